// A change as posted (docs/http-api.md "A change"), strictly validated and taken apart: what goes into the entry in clear, and what goes
// into the vault behind a commitment.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/consent/screen.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cl::consent {

/// A personal value that the entry holds only a commitment to.
struct Sealed {
    std::string pointer;  ///< where in the entry the commitment stands: `/data/note`, `/evidence/0`, `/contact`
    std::string content;  ///< the opening: the text, or the JCS of the evidence item as posted
};

/// A posted text in which a screen sees something.
struct Suspicion {
    std::string pointer;  ///< `/data/note`, `/evidence/0/words`
    ScreenResult seen;
};

struct ChangeItem {
    Kind kind{};
    std::string phone;  ///< E.164, or empty if `contact` names the subject
    std::optional<Hash32> contact;
    std::optional<Millis> occurred_at;
    std::optional<Actor> actor;
    std::string platform;       ///< source.platform
    std::string record;         ///< source.record as the entry shows it: `withheld` if it carried the posted number
    std::string posted_record;  ///< source.record as posted: what a retry is recognised by; never stored in clear
    std::string channel;
    std::string to;                  ///< E.164 or an id of the account's own sender
    json::Object data;               ///< clear members only, `claimed` included as data.claimed {opted_in?, blocked?}
    std::vector<Evidence> evidence;  ///< digests not yet set
    std::string
        message_from;  ///< opt_in.inbound: E.164 of its message's sender where `contact` names the subject, to be compared
    std::vector<Sealed> sealed;         ///< free texts (`/data/…`) and evidence items (`/evidence/i`, one for each item)
    std::vector<Suspicion> suspicions;  ///< what the account's pack decides about (screened_item.hpp)
    std::string correlation_id;         ///< echoed, never stored
    std::string canonical;              ///< JCS of the item as posted without correlation_id: what request.body digests
};

/// Validates one posted item: unknown members, wrong types, missing or foreign `data` members of the kind (‡ free texts are moved to
/// `sealed`), evidence kinds and shapes, ids, times, phone. errc::invalid with the pointer of the first fault; never repeats input.
/// The posted number's digits in a clear member are refused, in a protective kind sealed instead (docs/http-api.md "Names, numbers, times").
/// Kinds that only the program writes are refused.
[[nodiscard]] Result<ChangeItem> parse_change(json::Value const& posted);

/// A change that only takes permission away: the protective kinds, a removal from a list (which is how an opt-out of that list is carried
/// out), a review that is opened or ends as an opt-out, an expiry, a reassignment. Nothing refuses an opt-out: under a used
/// idempotency key such a change is rather recorded beside the first one than lost.
[[nodiscard]] bool only_restricts(ChangeItem const& item) noexcept;

/// Says in an opt_in.inbound that its message differs from what it is said to be: `message_id` or `from` (CL-020).
void note_mismatch(ChangeItem& item, std::string_view member);

/// The same strictness for entries that are read: `data` of a stored entry of `kind` (free texts are {"commit": hex}).
/// errc::entry_malformed with a pointer.
[[nodiscard]] Result<void> check_stored_data(Kind kind, json::Object const& data);

/// Ids (docs/format.md "Entry"): account `[a-z0-9][a-z0-9-]{0,62}`, others `[A-Za-z0-9._:-]{1,128}`.
[[nodiscard]] bool valid_account(std::string_view text) noexcept;
[[nodiscard]] bool valid_id(std::string_view text) noexcept;

}  // namespace cl::consent
