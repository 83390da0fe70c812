// What is remembered of one contact so that any time of its past can be asked for: when it was in or out, on which lists, with what consent.
// Times are order keys (docs/behaviour.md "Order and precedence"): when things happened, whenever they were recorded.
//
// Threads: changed by the thread that builds the history; after that read by any.
#pragma once

#include "ledger/consent/state.hpp"
#include "verify/reconcile/send.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace cl::verify::reconcile {

/// Why a contact is out.
enum class Cause : std::uint8_t {
    none,        ///< it is in, or never was
    block,       ///< S13
    agent,       ///< an agent's act
    customer,    ///< the contact's own: STOP, a request, an OPTOUT for everything
    erased,      ///< subject.erased
    reassigned,  ///< the number has a new holder
};

/// In or out, from `at` on.
struct Stretch {
    Millis at = 0;
    Millis recorded_at = 0;
    Seq seq = 0;
    Millis out_at = 0;  ///< since when it is out, if it is
    Seq out_seq = 0;    ///< the entry that says so
    bool opted_in = false;
    bool blocked = false;
    bool backdated = false;  ///< the entry was recorded later than its kind allows (CL-070)
    bool keyword = false;    ///< out by a STOP
    Cause cause = Cause::none;
};

/// On a list or not, from `at` on.
struct ListStretch {
    Millis at = 0;
    Seq seq = 0;
    Millis asked_at = 0;  ///< of the request to be taken off, if it stands
    Seq asked_seq = 0;
    Millis floor =
        std::numeric_limits<Millis>::min();  ///< consent to everything that is not later does not count for this list
    bool member = false;
    bool asked_off = false;
};

/// Consent of one level for one list, or for all: from the time of its evidence until it ended.
struct Grant {
    Millis from = 0;
    Millis latest = 0;  ///< newest evidence for the same
    Millis until = std::numeric_limits<Millis>::max();
    Seq seq = 0;      ///< the entry that recorded it first
    Seq end_seq = 0;  ///< the one that ended it
    Level level{};
    bool open = true;
    bool expired = false;  ///< ended by consent.expired
};

struct Track {
    ListId list = no_list;  ///< no_list: consent that names no list
    std::vector<ListStretch> stretches;
    std::vector<Grant> grants;
};

/// Something that a message of the contact's asked for: an answer, or to be taken off one list alone.
struct Asked {
    Millis at = 0;
    Seq seq = 0;
};

struct Contact {
    std::uint32_t number = 0;  ///< from 0, in the order of first appearance
    std::uint32_t account = 0;
    Millis last_key = std::numeric_limits<Millis>::min();
    std::uint32_t changes = 0;
    bool reordered = false;                                     ///< an entry arrived that happened before an earlier one
    bool too_long = false;                                      ///< over a limit: not judged
    Millis first_consent = std::numeric_limits<Millis>::max();  ///< by its evidence, to more than a conversation; max: never
    Hash32 id;
    std::vector<Stretch> stretches;  ///< by `at`
    std::vector<Track> tracks;       ///< few
    std::vector<Asked> triggers;     ///< that owe a reply (S17, S18), by `at`
    std::vector<Asked> off_list;     ///< requests by text to be taken off one list, by `at`
};

/// The newest that is not later than `at`, and the oldest that is not earlier; null if there is none.
[[nodiscard]] Asked const* asked_until(std::vector<Asked> const& asked, Millis at) noexcept;
[[nodiscard]] Asked const* asked_from(std::vector<Asked> const& asked, Millis at) noexcept;
/// Null before the first.
[[nodiscard]] Stretch const* stretch_at(Contact const& contact, Millis at) noexcept;
[[nodiscard]] Track const* track_of(Contact const& contact, ListId list) noexcept;
[[nodiscard]] ListStretch const* list_at(Contact const& contact, ListId list, Millis at) noexcept;

/// The level held at `at` for a campaign to `list`, by evidence of that time, whenever it was recorded: what names the list, or none; less
/// what the pack lets count no more.
[[nodiscard]] Level level_at(Contact const& contact, ListId list, consent::Pack const& pack, Millis at) noexcept;
/// When the grant came to its end by `at` without being asked for: by consent.expired, or by the pack.
[[nodiscard]] std::optional<Millis> expiry_of(Grant const& grant, consent::Pack const& pack, Millis at) noexcept;
/// A consent of `required` or more for `list` that had expired by `at`, and nothing was asked since; else null.
[[nodiscard]] Grant const* expired_at(Contact const& contact, ListId list, Level required, consent::Pack const& pack,
                                      Millis at) noexcept;
/// Contact::first_consent, from the grants.
[[nodiscard]] Millis first_consent(Contact const& contact) noexcept;

}  // namespace cl::verify::reconcile
