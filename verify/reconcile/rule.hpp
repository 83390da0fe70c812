// The findings that need sends or rejections: one small function a rule, all run over every row that is judged. Each states its whole
// condition; none relies on another having run before it.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "ledger/consent/rules.hpp"
#include "verify/reconcile/history.hpp"
#include "verify/reconcile/send.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cl::verify::reconcile {

struct Settings {
    /// After an opt-out a platform may need this long until it takes effect everywhere (Sinch documents ten minutes): CL-051, not CL-050.
    Millis propagation_ms = 600'000;
};

/// A row, and what the ledger says of its contact at its time.
struct Case {
    Send const& send;
    Contact const* contact;   ///< null: never heard of
    Stretch const* standing;  ///< null: not yet heard of
    History const& history;
    Settings const& settings;

    [[nodiscard]] bool went_out() const noexcept { return send.outcome == Outcome::sent || send.outcome == Outcome::delivered; }
    [[nodiscard]] bool known() const noexcept { return standing != nullptr; }
    [[nodiscard]] bool in() const noexcept { return known() && standing->opted_in && !standing->blocked; }
    [[nodiscard]] bool blocked() const noexcept { return known() && standing->blocked; }
    /// Somebody opted it out; a contact that never was in is not that.
    [[nodiscard]] bool out() const noexcept { return known() && !standing->opted_in && standing->cause != Cause::none; }
    [[nodiscard]] bool campaign() const noexcept { return send.type == SendType::campaign; }
    [[nodiscard]] Millis since_out() const noexcept { return send.at - standing->out_at; }
    /// Could be the one text that confirms the contact's own opt-out, 47 CFR 64.1200(a)(12): by its time and its type, as far as that is told.
    [[nodiscard]] bool may_confirm() const noexcept;
    [[nodiscard]] Level required() const { return history.level_required(contact->account, send.list); }
    [[nodiscard]] Level level() const noexcept { return level_at(*contact, send.list, pack(), send.at); }
    /// In force when it was sent.
    [[nodiscard]] consent::Pack const& pack() const noexcept { return history.pack(contact->account, send.at); }
};

/// What a rule found, small enough to be kept for each finding of a unit of work.
struct Facts {
    Seq seq = -1;             ///< the entry that it rests on; -1 = none
    Millis since = 0;         ///< when that took effect
    std::int32_t detail = 0;  ///< what only the rule understands
};

using Verdict = std::optional<Facts>;

struct Rule {
    consent::RuleInfo info;
    Verdict (*judge)(Case const&);                  ///< null for a rule that needs all sends of a contact (gather.cpp)
    std::string (*words)(Facts const&, Millis at);  ///< the facts of one case; no personal value
};

/// In the order of their ids.
[[nodiscard]] std::span<Rule const> all_rules() noexcept;

/// Places in all_rules(), for the rules that are raised by name.
[[nodiscard]] std::size_t rule_number(std::string_view id);

/// `12 min`, `3 days`: how long after.
[[nodiscard]] std::string elapsed(Millis time);

// rules_after.cpp: after an opt-out or a block
[[nodiscard]] Verdict confirmation_wrong(Case const& c);       // CL-012
[[nodiscard]] Verdict sent_while_blocked(Case const& c);       // CL-034
[[nodiscard]] Verdict sent_after_opt_out(Case const& c);       // CL-050
[[nodiscard]] Verdict sent_while_propagating(Case const& c);   // CL-051
[[nodiscard]] Verdict sent_after_reassignment(Case const& c);  // CL-061
// rules_campaign.cpp
[[nodiscard]] Verdict campaign_without_opt_out_text(Case const& c);  // CL-047
[[nodiscard]] Verdict campaign_without_level(Case const& c);         // CL-052
[[nodiscard]] Verdict campaign_to_non_member(Case const& c);         // CL-053
[[nodiscard]] Verdict campaign_in_quiet_hours(Case const& c);        // CL-054
[[nodiscard]] Verdict campaign_after_expiry(Case const& c);          // CL-060
// rules_record.cpp: what the platform and the ledger know of each other
[[nodiscard]] Verdict platform_drift(Case const& c);      // CL-055
[[nodiscard]] Verdict sent_to_unknown(Case const& c);     // CL-056
[[nodiscard]] Verdict excused_afterwards(Case const& c);  // CL-070

// Their words
[[nodiscard]] std::string confirmation_words(Facts const& facts, Millis at);
[[nodiscard]] std::string missing_confirmation_words(Facts const& facts, Millis at);
[[nodiscard]] std::string after_words(Facts const& facts, Millis at);
[[nodiscard]] std::string blocked_words(Facts const& facts, Millis at);
[[nodiscard]] std::string level_words(Facts const& facts, Millis at);
[[nodiscard]] std::string opt_out_text_words(Facts const& facts, Millis at);
[[nodiscard]] std::string member_words(Facts const& facts, Millis at);
[[nodiscard]] std::string quiet_words(Facts const& facts, Millis at);
[[nodiscard]] std::string expiry_words(Facts const& facts, Millis at);
[[nodiscard]] std::string drift_words(Facts const& facts, Millis at);
[[nodiscard]] std::string unanswered_words(Facts const& facts, Millis at);
[[nodiscard]] std::string narrow_words(Facts const& facts, Millis at);
[[nodiscard]] std::string unknown_words(Facts const& facts, Millis at);
[[nodiscard]] std::string excused_words(Facts const& facts, Millis at);
[[nodiscard]] std::string first_message_words(Facts const& facts, Millis at);

/// Facts::detail of CL-050: the send was later than the last day on which the opt-out had to be honoured, too.
inline constexpr std::int32_t after_deadline = 1;
/// Facts::detail of CL-050 and CL-051: off one list only.
inline constexpr std::int32_t off_list = 2;
/// Facts::detail of CL-012.
inline constexpr std::int32_t confirmation_late = 0;
inline constexpr std::int32_t confirmation_marketing = 1;
inline constexpr std::int32_t confirmations_from = 2;  ///< 2 and more: so many texts

}  // namespace cl::verify::reconcile
