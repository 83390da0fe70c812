// The table of rules, and the names of severities.
#include "ledger/consent/rules.hpp"

#include "ledger/consent/rules_impl.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

using Rule = Verdict (*)(Judged const&);

constexpr std::array<Rule, 17> table = {
    opt_in_without_consent,
    agent_opt_in_after_stop,
    consent_record_incomplete,
    attestation_only,
    actor_unknown,
    opt_out_late,
    re_opt_in_without_message,
    re_opt_in_by_older_message,
    re_opt_in_by_stop,
    re_opt_in_not_applied,
    opt_in_while_blocked,
    message_while_blocked,
    block_not_opted_out,
    unblock_opted_in,
    list_addition_after_opt_out,
    backdated,
    future_dated,
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

}  // namespace cl::consent
