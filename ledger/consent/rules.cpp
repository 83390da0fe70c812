// The table of rules, and the names of severities.
#include "ledger/consent/rules.hpp"

#include "ledger/consent/rules_impl.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

using Rule = Verdict (*)(Judged const&);

constexpr std::array table = {
    Rule{opt_in_without_consent},
    Rule{agent_opt_in_after_stop},
    Rule{consent_record_incomplete},
    Rule{evidence_without_digest},
    Rule{attestation_only},
    Rule{actor_unknown},
    Rule{consent_scope_too_narrow},
    Rule{certificate_unclaimed},
    Rule{opt_out_late},
    Rule{opt_out_without_basis},
    Rule{revocation_missed},
    Rule{re_opt_in_without_message},
    Rule{re_opt_in_by_older_message},
    Rule{re_opt_in_by_stop},
    Rule{re_opt_in_not_applied},
    Rule{re_opt_in_by_compliance_keyword},
    Rule{re_opt_in_by_unverified_webhook},
    Rule{opt_in_while_blocked},
    Rule{message_while_blocked},
    Rule{block_not_opted_out},
    Rule{unblock_opted_in},
    Rule{not_removed_in_time},
    Rule{removed_late},
    Rule{wrong_list_removed},
    Rule{trigger_without_list},
    Rule{list_addition_after_opt_out},
    Rule{list_addition_without_consent},
    Rule{on_list_and_its_opt_out_list},
    Rule{consent_expired},
    Rule{number_reassigned},
    Rule{erased_early},
    Rule{backdated},
    Rule{future_dated},
    Rule{out_of_order},
    Rule{opt_ins_in_bulk},
    Rule{stale_disclosure},
    Rule{health_information_suspected},
    Rule{personal_data_suspected},
};

constexpr std::array<std::string_view, 5> severities = {"info", "low", "medium", "high", "critical"};

}  // namespace

std::string_view name(Severity severity) noexcept {
    return severities[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severity_from(std::string_view text) noexcept {
    auto const found = std::find(severities.begin(), severities.end(), text);
    if (found == severities.end()) return std::nullopt;
    return static_cast<Severity>(found - severities.begin());
}

RuleInfo const* find_rule(std::string_view id) noexcept {
    auto const rules = all_rules();
    auto const found = std::find_if(rules.begin(), rules.end(), [&](RuleInfo const& rule) { return rule.id == id; });
    return found == rules.end() ? nullptr : &*found;
}

Finding finding(Judged const& judged, std::string_view id, Severity severity, std::string what) {
    return {std::string(id), severity, judged.entry.seq, std::move(what)};
}

std::vector<Finding> judge(Judged const& judged) {
    std::vector<Finding> found;
    for (Rule const rule : table) {
        if (Verdict verdict = rule(judged)) found.push_back(std::move(*verdict));
    }
    return found;
}

void judge_after(Judged const& judged, std::vector<Finding>& raised) {
    for (Rule const rule : {Rule{stop_not_applied}, Rule{request_not_applied}}) {
        if (Verdict verdict = rule(judged)) raised.push_back(std::move(*verdict));
    }
    if (Verdict verdict = status_display_diverges(judged, raised)) raised.push_back(std::move(*verdict));
}

}  // namespace cl::consent
