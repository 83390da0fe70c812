// The findings of a contact that a later entry can still cure.
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr std::array<std::string_view, 12> curable = {"CL-001", "CL-002", "CL-003", "CL-004", "CL-005", "CL-030",
                                                      "CL-045", "CL-048", "CL-060", "CL-061", "CL-080", "CL-081"};

/// What matters more when there is no room for all: by severity, and before all else what denies every message
/// (docs/http-api.md "May I text these numbers?").
int rank(Finding const& finding) {
    bool const denies = finding.id == "CL-002" || finding.id == "CL-030";
    return static_cast<int>(finding.severity) + (denies ? 1 : 0);
}

/// Makes room for one more: something that matters less goes, of the least the oldest. False if nothing matters less. Whatever found no
/// room stays on record and is counted; it just cannot be cured any more.
bool make_room(ContactState& contact, Finding const& next) {
    std::vector<Finding>& open = contact.open;
    if (open.size() < limits::contact_open_items) return true;
    ++contact.left_out;
    auto const least =
        std::min_element(open.begin(), open.end(), [](Finding const& a, Finding const& b) { return rank(a) < rank(b); });
    if (rank(*least) >= rank(next)) return false;
    open.erase(least);
    return true;
}

}  // namespace

void open_findings(Step& step) {
    bool opened = false;
    for (Finding const& finding : step.outcome.raised) {
        if (std::find(curable.begin(), curable.end(), finding.id) == curable.end()) continue;
        if (!make_room(step.contact, finding)) continue;
        step.contact.open.push_back(finding);
        opened = true;
    }
    if (opened) step.contact.unproven.push_back(step.mark());
    forget_proven(step.contact);
}

void forget_proven(ContactState& contact) {
    std::erase_if(contact.unproven, [&](Mark const& mark) {
        return std::none_of(contact.open.begin(), contact.open.end(),
                            [&](Finding const& open) { return open.seq == mark.seq; });
    });
}

}  // namespace cl::consent
