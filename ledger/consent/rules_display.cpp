// What the platform shows after the act, against the state that the act leads to (S1, S4): CL-011, 016, 082.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

bool still_shown_as_in(Judged const& judged) {
    return !judged.contact.opted_in && claimed_opted_in(judged.entry.data) == true;
}

/// Rules that say the same of one kind of act, and say it better.
bool is_told(std::vector<Finding> const& raised) {
    constexpr std::array<std::string_view, 5> better = {"CL-011", "CL-016", "CL-023", "CL-032", "CL-033"};
    return std::any_of(raised.begin(), raised.end(),
                       [&](Finding const& one) { return std::find(better.begin(), better.end(), one.id) != better.end(); });
}

}  // namespace

Verdict stop_not_applied(Judged const& judged) {
    if (judged.kind != Kind::opt_out_stop || !still_shown_as_in(judged)) return std::nullopt;
    return finding(judged, "CL-011", Severity::critical, "the platform still shows the contact as opted in");
}

Verdict request_not_applied(Judged const& judged) {
    if (judged.kind != Kind::opt_out_request || !still_shown_as_in(judged)) return std::nullopt;
    return finding(judged, "CL-016", Severity::critical, "the platform still shows the contact as opted in");
}

Verdict status_display_diverges(Judged const& judged, std::vector<Finding> const& raised) {
    if (is_told(raised)) return std::nullopt;
    std::string what;
    auto const compare = [&](std::string_view name, std::optional<bool> shown, bool is) {
        if (!shown || *shown == is) return;
        what.append(what.empty() ? "" : "; ").append(name).append(*shown ? " is shown as true" : " is shown as false");
    };
    compare("opted_in", claimed_opted_in(judged.entry.data), judged.contact.opted_in);
    compare("blocked", claimed_blocked(judged.entry.data), judged.contact.blocked);
    if (what.empty()) return std::nullopt;
    return finding(judged, "CL-082", Severity::medium, std::move(what));
}

}  // namespace cl::consent
