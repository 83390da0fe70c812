// The projections: everything that can be asked quickly and rebuilt from the log (docs/architecture.md "The data directory"). An
// in-memory overlay of two buffers in front of state.db (synchronous=OFF), flushed in key order on a thread of its own. Deleting state.db
// changes no answer.
#pragma once

#include "ledger/consent/state.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cl::state {

/// By which an append is recognised when it is sent again (docs/format.md "Commitments, pseudonyms, request tags").
struct RequestRecord {
    Seq seq = 0;
    Hash32 body;
    friend bool operator==(RequestRecord const&, RequestRecord const&) = default;
};

/// One row of `GET /findings`.
struct FindingRow {
    consent::Finding finding;
    std::optional<Hash32> contact;
    std::optional<Seq> closed_by;
    friend bool operator==(FindingRow const&, FindingRow const&) = default;
};

/// One row of `GET /obligations`: what somebody must still do, or has done.
struct ObligationRow {
    Seq seq = 0;  ///< the entry that opened it; an entry opens one at most
    Hash32 contact;
    std::string kind;
    std::string list;
    Millis opened_at = 0;
    Millis due_at = 0;
    std::string assignee;             ///< empty = nobody
    Seq changed_by = 0;               ///< the entry that opened, assigned or closed it, whichever came last
    std::optional<Millis> closed_at;  ///< recorded_at of the entry that closed it; nothing = open
    friend bool operator==(ObligationRow const&, ObligationRow const&) = default;
};

/// The place of an obligation in the queue: what is due first comes first.
struct ObligationKey {
    Millis due_at = std::numeric_limits<Millis>::min();
    Seq seq = -1;
    friend auto operator<=>(ObligationKey const&, ObligationKey const&) = default;
};

/// A list of an account; the empty id stands for all its contacts.
struct ListRef {
    std::string account;
    std::string list;
    friend auto operator<=>(ListRef const&, ListRef const&) = default;
};

/// A contact came on the list, or left it.
struct MemberChange {
    Hash32 contact;
    bool member = false;
};

/// A token as token.created and token.revoked left it.
struct TokenRecord {
    std::string id;
    consent::Role role{};
    std::vector<std::string> accounts;  ///< `*` = all
    Hash32 secret_hash;
    Millis created_at = 0;
    std::optional<Millis> expires_at{};  ///< as it was made
    std::optional<Millis> retires_at{};  ///< the end that a rotation has set
    std::optional<Millis> revoked_at{};
    /// From when on it is not taken any more, unless it is revoked before.
    [[nodiscard]] std::optional<Millis> end() const noexcept {
        if (!expires_at || !retires_at) return expires_at ? expires_at : retires_at;
        return std::min(*expires_at, *retires_at);
    }
    [[nodiscard]] bool in_force(Millis now) const noexcept { return !revoked_at && !(end() && now >= *end()); }
    friend bool operator==(TokenRecord const&, TokenRecord const&) = default;
};

/// How far the projections are: the entry they include last (size 0: none).
struct Watermark {
    std::int64_t size = 0;
    Hash32 leaf;
    friend bool operator==(Watermark const&, Watermark const&) = default;
};

struct ContactKeyRef {
    std::string account;
    Hash32 contact;
    friend bool operator==(ContactKeyRef const&, ContactKeyRef const&) = default;
};
struct ContactKeyHasher {
    [[nodiscard]] std::size_t operator()(ContactKeyRef const& key) const noexcept;
};

/// What a batch of entries changes: filled by the writer, seen by the batch's later drafts, merged after COMMIT.
struct BatchChanges {
    std::unordered_map<ContactKeyRef, std::shared_ptr<consent::ContactState const>, ContactKeyHasher> contacts;
    std::unordered_map<Hash32, RequestRecord, Hash32Hasher> requests;
    std::unordered_map<std::string, std::shared_ptr<consent::AccountState const>> accounts;
    struct IndexRow {
        std::string account;
        std::int64_t account_seq = 0;
        Seq seq = 0;
    };
    std::vector<IndexRow> index;
    struct Raised {
        std::string account;
        FindingRow row;
    };
    std::vector<Raised> raised;
    struct Cured {
        std::string account;
        consent::Closed closed;
    };
    std::vector<Cured> closed;
    std::vector<TokenRecord> tokens;
    struct Duty {
        std::string account;
        ObligationRow row;
    };
    std::vector<Duty> duties;                              ///< in the order of the entries
    std::map<ListRef, std::vector<MemberChange>> members;  ///< each list's in the order of the entries
    std::map<std::string, Seq> policies;                   ///< account -> its last policy.activated
};

/// Adds what an entry changed of the lists that its contact stands in: obligations, memberships, and all contacts. `before`: null if
/// this is the contact's first entry. Precondition: the entry has an account and a contact.
void note_contact(BatchChanges& changes, Entry const& entry, consent::ContactState const* before,
                  consent::ContactState const& after);

/// Reading, from the overlay first and state.db behind it. One object belongs to one thread at a time. Every call sees at least what
/// was merged before it.
class Reader {
public:
    virtual ~Reader() = default;
    /// Null for an unknown contact.
    [[nodiscard]] virtual Result<std::shared_ptr<consent::ContactState const>> contact(std::string_view account,
                                                                                       Hash32 const& contact) = 0;
    [[nodiscard]] virtual Result<std::optional<RequestRecord>> request(Hash32 const& key) = 0;
    [[nodiscard]] virtual Result<std::optional<Seq>> seq_at(std::string_view account, std::int64_t account_seq) = 0;
    /// Findings of an account with (seq, id) after `after` in that order, at most `limit`.
    struct FindingKey {
        Seq seq = -1;
        std::string id;
    };
    [[nodiscard]] virtual Result<std::vector<FindingRow>> findings(std::string_view account, FindingKey const& after,
                                                                   std::size_t limit) = 0;
    /// The first `limit` obligations after `after`, of those that are open, or closed. A row that lately became the other may be among
    /// them: each is given as it is now, and `closed_at` decides.
    [[nodiscard]] virtual Result<std::vector<ObligationRow>> obligations(std::string_view account, bool closed,
                                                                         ObligationKey const& after, std::size_t limit) = 0;
    /// The first `limit` contacts after `after`, by id, that stand on the list, or lately did: their state decides.
    [[nodiscard]] virtual Result<std::vector<Hash32>> members(ListRef const& list, std::optional<Hash32> const& after,
                                                              std::size_t limit) = 0;
    /// The first `limit` ids after `after` of lists that somebody stands on, or lately did.
    [[nodiscard]] virtual Result<std::vector<std::string>> lists_in_use(std::string_view account, std::string_view after,
                                                                        std::size_t limit) = 0;
    /// The account's last policy.activated. From memory.
    [[nodiscard]] virtual std::optional<Seq> policy(std::string_view account) const = 0;
    /// Null for an unknown account. From memory.
    [[nodiscard]] virtual std::shared_ptr<consent::AccountState const> account(std::string_view account) const = 0;
    /// Nothing for an unknown token. From memory.
    [[nodiscard]] virtual std::optional<TokenRecord> token(std::string_view id) const = 0;
    /// The first `limit` tokens after the id `after`, by id; of that account alone, or all with an empty `account`. From memory.
    [[nodiscard]] virtual std::vector<TokenRecord> tokens(std::string_view account, std::string_view after,
                                                          std::size_t limit) const = 0;
};

/// What state.db must belong to; anything else is rebuilt, never repaired.
struct Identity {
    Hash32 ledger;           ///< leaf hash of entry 0
    std::int64_t rules = 0;  ///< pack revision that the text forms depend on
    std::string boot_id;     ///< of this machine's boot: another one without a clean-shutdown mark means rebuild
};

/// How much is kept in memory before state.db, and for how long; tests make it small.
struct Options {
    /// One of the two buffers; it may overshoot by one batch.
    std::size_t buffer_bytes = limits::overlay_bytes;
    /// The oldest change waits at most this long for its flush, and a failed flush for its retry.
    int flush_ms = limits::overlay_flush_ms;
};

/// The writer's side. merge, flush and close belong to the writer thread; make_reader may be called from any thread.
class Projections {
public:
    /// Opens or creates `path`. Where the file is foreign, torn, of another identity, another boot without the clean mark, it is deleted
    /// and created anew: watermark() is then size 0 and the caller replays the log. A file is never trusted half.
    [[nodiscard]] static Result<std::unique_ptr<Projections>> open(std::filesystem::path const& path, Identity const& identity,
                                                                   Options const& options = {});
    /// Without close() it ends like a killed process: what was not flushed is not written, and there is no mark.
    virtual ~Projections() = default;

    [[nodiscard]] virtual Watermark watermark() const = 0;
    /// Forgets everything (the file's watermark does not fit the log): as after a fresh open.
    [[nodiscard]] virtual Result<void> reset() = 0;
    /// False if both buffers are full (the writer stops draining, 503).
    [[nodiscard]] virtual bool room_for_batch() const = 0;
    /// Takes over a batch, to which `watermark` is the end. Never blocks on the disk. Precondition: room_for_batch(), not closed. Within
    /// a batch, findings are raised first and cured second.
    virtual void merge(BatchChanges&& changes, Watermark const& watermark) = 0;
    /// Blocks until room_for_batch() (rebuild only), or until a flush has failed: see flush_error().
    virtual void wait_for_room() = 0;
    /// Errors of the flusher thread, if any: state.db is disposable, but the service says so in readyz.
    [[nodiscard]] virtual std::optional<Error> flush_error() const = 0;
    /// Flushes all and sets the clean-shutdown mark, which reaches the disk after everything that it vouches for. Idempotent after a
    /// success. errc::state_stale: the file contradicted itself while in use, and was removed. Any other failure: no mark was set.
    [[nodiscard]] virtual Result<void> close() = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Reader>> make_reader() = 0;
};

}  // namespace cl::state
