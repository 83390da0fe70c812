// What the service is asked and what it answers: plain values between the HTTP side and the one writer.
//
// Threads: plain values; made on one thread, handed over whole.
#pragma once

#include "ledger/consent/change_item.hpp"
#include "ledger/consent/inbound.hpp"
#include "ledger/consent/rules.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cl::service {

/// Who asks: a token that was checked (docs/tokens.md).
struct Principal {
    std::string token;  ///< its id
    consent::Role role{};
    std::vector<std::string> accounts;  ///< `*` = all
    [[nodiscard]] bool covers(std::string_view account) const noexcept;
    [[nodiscard]] bool covers_all() const noexcept;
};

/// Why a bearer token was not taken, for the operator; the client is told less.
enum class AuthFault : std::uint8_t {
    malformed,  ///< not of a token's form, or its checksum does not fit
    unknown,    ///< no such token, or not its secret
    expired,
    revoked,
    not_ready,  ///< the service is starting: nobody's fault
};
struct AuthRefusal {
    AuthFault fault{};
    std::string token;  ///< its id, if it is one of this ledger; never what a stranger chose
    Error error;        ///< for the client
};
using Authentication = boost::system::result<Principal, AuthRefusal>;

/// A token to be made.
struct TokenWish {
    std::string account;  ///< `*` = all
    consent::Role role{};
    std::optional<Millis> expires_at{};
};

/// A token to be made in the place of another one, of the same role and accounts.
struct TokenRotation {
    std::string token;   ///< the id of the one that goes
    Millis overlap = 0;  ///< for how long that one is taken still, limits::token_overlap_ms at most
    std::optional<Millis>
        expires_at{};  ///< of the new one; nothing: it lives as long as the old one was to live from its making
};

/// What is told of a token: never its secret, nor the hash of it.
struct TokenView {
    std::string id;
    consent::Role role{};
    std::vector<std::string> accounts;  ///< `*` = all
    Millis created_at = 0;
    std::optional<Millis> expires_at{};
    std::optional<Millis> revoked_at{};
    std::optional<Millis> last_used_at{};  ///< to the minute
};
struct TokenPage {
    std::vector<TokenView> items;
    std::string next;  ///< the id after which the next page begins; empty = the last one
};

/// How much of a receipt is wanted (docs/http-api.md "A change", `?receipt=`).
enum class ReceiptDetail : std::uint8_t { full, brief, none };

/// One item of `POST …/changes`: accepted by parse_change, or refused already with `fault` (its place in the batch is kept).
struct AppendItem {
    std::optional<consent::ChangeItem> change;
    std::optional<Error> fault;
    std::string correlation_id;
    std::string event{};       ///< source and id of the CloudEvent it came in: its key, where there is no other; empty = none
    std::string pointer{};     ///< where the change stands in what was posted (`/data` of an event); not in `fault`
    bool only_replay = false;  ///< errc::not_found unless it was recorded before: it would end what does not stand
    bool if_due = false;  ///< of subject.erased: only if the contact's record is not needed any more (consent/retention.hpp)
};

struct AppendRequest {
    std::string account;
    Principal principal;
    std::string idempotency_key;  ///< the header; empty = each item's source.platform and source.record stand in
    ReceiptDetail receipt = ReceiptDetail::full;
    std::vector<AppendItem> items;
    std::string traceparent{};    ///< a valid one, or empty; kept with what is recorded, no part of what makes a retry
    std::size_t first_index = 0;  ///< of items[0] in what was posted: a stream comes in parts
};

struct InboundRequest {
    std::string account;
    Principal principal;
    consent::InboundMessage message;
    ReceiptDetail receipt = ReceiptDetail::full;
    std::string traceparent{};  ///< as in AppendRequest
};

enum class ItemStatus : std::uint8_t { recorded, replayed, refused };

/// What became of one item (docs/http-api.md "A change"). For recorded and replayed: the entry as it is stored.
struct ItemResult {
    ItemStatus status = ItemStatus::refused;
    std::optional<Error> problem;  ///< for refused
    Seq seq = -1;
    std::optional<Hash32> contact;
    Hash32 leaf;
    std::optional<StateAfter> state;
    std::vector<consent::Finding> findings;    ///< raised by this entry
    std::shared_ptr<std::string const> entry;  ///< the exact bytes, for receipt=full
    std::string proof;                         ///< C2SP tlog-proof text, for receipt=full
    std::string correlation_id;
};

/// What the whole request got. All recorded items are durable, in the tree and under `checkpoint`.
struct AppendAnswer {
    std::vector<ItemResult> results;  ///< in request order
    std::string checkpoint;           ///< the note that covers them
};

struct InboundAnswer {
    consent::InboundClass cls{};
    bool ignored = false;  ///< no phone number as sender: 202, nothing recorded
    std::vector<ItemResult> results;
    std::optional<std::string> reply_text;
    std::string checkpoint;
};

/// Called exactly once, on a thread of the service's own that is there for answers (or on the caller's, if the request is refused at
/// once): it may take its time, but must not wait for the service.
/// The failures of a whole request: errc::busy, not_ready, writer_stopped, too_large.
using AppendDone = std::function<void(Result<AppendAnswer>)>;
using InboundDone = std::function<void(Result<InboundAnswer>)>;

}  // namespace cl::service
