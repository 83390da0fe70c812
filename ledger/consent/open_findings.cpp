// The findings of a contact that a later entry can still cure.
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

constexpr std::array<std::string_view, 6> curable = {"CL-001", "CL-002", "CL-003", "CL-005", "CL-030", "CL-045"};

/// Makes room for one more: the least severe goes, of these the oldest. It stays on record, it just cannot be cured any more.
void make_room(std::vector<Finding>& open) {
    if (open.size() < limits::contact_open_items) return;
    open.erase(
        std::min_element(open.begin(), open.end(), [](Finding const& a, Finding const& b) { return a.severity < b.severity; }));
}

}  // namespace

void open_findings(Step& step) {
    bool opened = false;
    for (Finding const& finding : step.outcome.raised) {
        if (std::find(curable.begin(), curable.end(), finding.id) == curable.end()) continue;
        make_room(step.contact.open);
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
