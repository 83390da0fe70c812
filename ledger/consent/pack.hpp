// The policy pack: the choices of the rules that a jurisdiction or the source document makes. Data, passed in. A pack never changes
// once released: what the law or the source says anew is another pack, or a revision of one. docs/policy-packs.md has the table.
//
// Threads: constant data, any thread.
#pragma once

#include "ledger/consent/business_days.hpp"
#include "ledger/consent/screen.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace cl::consent {

/// How a keyword must stand in a message to opt out at once (docs/policy-packs.md "Keywords").
enum class MatchMode : std::uint8_t {
    whole,        ///< alone, courtesies and misspellings aside: classifier.hpp. Any other revocation goes to review
    begins_with,  ///< or first in the message
    contains,     ///< or anywhere in it, as a word
};

/// What a request to be taken off one list, or an OPTOUT for one, ends.
enum class RequestScope : std::uint8_t {
    list,     ///< that list (S15, S21)
    account,  ///< everything from the account: "revoke-all"
};

/// What evidence of one kind must hold (CL-003), and what it is worth.
struct EvidenceTerms {
    std::string_view kind;
    Level level;  ///< promotional: only where marketing and a disclosure are named, else informational
    std::span<std::string_view const> required;  ///< a name with `|` is satisfied by either
};

/// A pack's choices; times in milliseconds.
struct Pack {
    std::string_view name;
    std::int64_t rules;                 ///< revision of rules + keyword lists that produced a `state`
    std::string_view in_force_from;     ///< since when the law that it follows applies; empty: none, or no date
    bool needs_confirmed_date;          ///< off until somebody gives the date from which that law applies
    bool added_is_opted_in;             ///< contact.added opts in (the source document's default)
    bool stop_clears_lists;             ///< S1, I6
    bool ordinary_message_reopts_in;    ///< any later message opts back in (S2); if not, START alone does
    bool compliance_keyword_reopts_in;  ///< HELP and OPTOUT count as a new message (S2 read literally, T4)
    RequestScope list_request_scope;
    MatchMode match;
    std::span<std::string_view const>
        languages;  ///< whose keyword lists opt out at once; a keyword of another one goes to review
    Calendar calendar;
    int receipt_hours_west;           ///< the date of receipt is the one this far west of UTC
    int revocation_business_days;     ///< 47 CFR 64.1200(a)(10); days of the calendar, as the next two
    int list_removal_days;            ///< S19: after an OPTOUT
    int review_days;                  ///< for a revocation in the contact's own words
    Millis optout_sla_ms;             ///< CL-010 medium above this
    Millis optout_urgent_ms;          ///< CL-010 high above this
    Millis automatic_skew_ms;         ///< CL-070 for automatic kinds
    Millis manual_skew_ms;            ///< CL-070 for agents' acts
    Millis future_skew_ms;            ///< CL-071
    Millis confirmation_window_ms;    ///< 47 CFR 64.1200(a)(12): the one confirmation of an opt-out
    Millis retention_ms;              ///< CL-062: how long evidence is needed after the last act
    Millis certificate_claim_ms;      ///< CL-009: an unclaimed certificate is gone after this
    std::int64_t bulk_opt_ins;        ///< CL-077: so many opt-ins by one person …
    Millis bulk_window_ms;            ///< … within this time
    Millis conversational_valid_ms;   ///< CL-060: how long consent of a level counts; 0 = until it is revoked
    Millis informational_valid_ms;    ///< the same
    Millis promotional_valid_ms;      ///< the same
    std::int64_t exposure_low_cents;  ///< CL-050: what one message against the law may cost
    std::int64_t exposure_high_cents;
    std::string_view exposure_currency;  ///< ISO 4217
    int send_from_hour;                  ///< CL-054: campaigns go out from this hour …
    int send_until_hour;                 ///< … until that one, by the contact's clock
    ScreenSetting health_screen;         ///< S22: what becomes of a text that seems to hold health information (CL-080)
    ScreenSetting personal_screen;       ///< the same for personal data that consent has no need of (CL-081)
    std::span<EvidenceTerms const> evidence;
    std::span<std::string_view const> free;  ///< names of the fields (pack_fields.hpp) that an override may also loosen
};

/// The default pack `texting`: the source document's behaviour with US deadlines.
[[nodiscard]] Pack const& texting_pack() noexcept;
/// All packs that this program knows, the default first.
[[nodiscard]] std::span<Pack const> all_packs() noexcept;
/// Null for a pack this program does not know (its entries' rules are then not evaluated).
[[nodiscard]] Pack const* find_pack(PolicyRef const& ref) noexcept;

/// How long consent of that level counts, 0 for ever; and whether consent of `given` counts no more at `now`.
[[nodiscard]] Millis valid_ms(Pack const& pack, Level level) noexcept;
[[nodiscard]] bool has_expired(Pack const& pack, Level level, Millis given, Millis now) noexcept;
/// When something received at `received` is due, after so many days of the pack's calendar.
[[nodiscard]] Millis due_at(Pack const& pack, Millis received, int days);

}  // namespace cl::consent
