// The duty to take somebody off a list (S16, S19): CL-040, 041, 043, 044.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

constexpr std::string_view removal = "remove_from_list";

/// The list that the entry removes from, empty for other kinds.
std::string_view removed_from(Judged const& judged) {
    return judged.kind == Kind::list_removed ? judged.entry.data.string("list") : std::string_view{};
}

Obligation const* open_removal(ContactState const& contact, std::string_view list) {
    auto const found = std::find_if(contact.obligations.begin(), contact.obligations.end(), [&](Obligation const& open) {
        return open.kind == removal && (list.empty() || open.list == list);
    });
    return found == contact.obligations.end() ? nullptr : &*found;
}

std::string opened_in(Obligation const& open) {
    std::string what = open.list.empty() ? std::string() : open.list + ", ";
    return what + "opened in entry " + std::to_string(open.seq) + ", due " + format_time(open.due_at);
}

}  // namespace

std::string newly_overdue(Judged const& judged, std::string_view kind, std::string_view but_list) {
    std::string what;
    for (Obligation const& open : judged.contact.obligations) {
        bool const overdue = open.kind == kind && !open.reported && open.due_at < judged.entry.recorded_at;
        if (!overdue || (!but_list.empty() && open.list == but_list)) continue;
        what += (what.empty() ? "" : "; ") + opened_in(open);
    }
    return what;
}

Verdict not_removed_in_time(Judged const& judged) {
    std::string what = newly_overdue(judged, removal, removed_from(judged));
    if (what.empty()) return std::nullopt;
    return finding(judged, "CL-040", Severity::critical, "not removed from " + what);
}

Verdict removed_late(Judged const& judged) {
    if (judged.kind != Kind::list_removed) return std::nullopt;
    Obligation const* const open = open_removal(judged.contact, removed_from(judged));
    if (open == nullptr || judged.entry.recorded_at <= open->due_at) return std::nullopt;
    return finding(judged, "CL-041", Severity::high, opened_in(*open));
}

Verdict wrong_list_removed(Judged const& judged) {
    if (judged.kind != Kind::list_removed || open_removal(judged.contact, removed_from(judged)) != nullptr) {
        return std::nullopt;
    }
    Obligation const* const open = open_removal(judged.contact, {});
    if (open == nullptr) return std::nullopt;
    json::Value const* const because = judged.entry.data.find("because");
    bool const named = because != nullptr && because->as_int() != nullptr && *because->as_int() == open->seq;
    if (because != nullptr && !named) return std::nullopt;
    return finding(judged, "CL-043", named ? Severity::high : Severity::medium, "still to be removed from " + opened_in(*open));
}

Verdict trigger_without_list(Judged const& judged) {
    bool unmapped =
        judged.kind == Kind::opt_out_stop && judged.entry.data.string("keyword") == "optout" && !judged.account.lists.empty();
    if (judged.kind == Kind::trigger_fired) {
        FiredTrigger const fired = fired_trigger(judged.entry.data, judged.account);
        unmapped = fired.cls == "optout" && fired.list.empty();
    }
    if (!unmapped) return std::nullopt;
    return finding(judged, "CL-044", Severity::medium, "no list is to be found for it, so it opts out of everything");
}

}  // namespace cl::consent
