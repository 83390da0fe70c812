// What somebody must still do: obligations and reviews.
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

std::int64_t number(json::Object const& data, std::string_view member) {
    json::Value const* const value = data.find(member);
    return value == nullptr || value->as_int() == nullptr ? -1 : *value->as_int();
}

}  // namespace

void open_obligation(Step& step, std::string_view kind, std::string_view list) {
    std::vector<Obligation>& open = step.contact.obligations;
    bool const already = !list.empty() && std::any_of(open.begin(), open.end(), [&](Obligation const& earlier) {
        return earlier.kind == kind && earlier.list == list;
    });
    int const days = kind == "review" ? step.pack.review_days : step.pack.list_removal_days;
    // Asked twice is due once, by the first asking. A full queue already denies what one more would deny.
    if (already || open.size() >= limits::contact_open_items) return;
    open.push_back({.kind = std::string(kind),
                    .seq = step.entry.seq,
                    .list = std::string(list),
                    .opened_at = step.key,
                    .due_at = due_at(step.pack, step.key, days),
                    .assignee = {}});
}

void apply_work(Step& step) {
    std::vector<Obligation>& open = step.contact.obligations;
    json::Object const& data = step.entry.data;
    if (step.kind == Kind::review_opened) {
        open_obligation(step, "review", {});
    } else if (step.kind == Kind::review_resolved) {
        Seq const opened = number(data, "opened");
        std::erase_if(open, [&](Obligation const& item) { return item.kind == "review" && item.seq == opened; });
    } else {
        Seq const seq = number(data, "obligation");
        auto const item = std::find_if(open.begin(), open.end(), [&](Obligation const& each) { return each.seq == seq; });
        if (item != open.end()) item->assignee = data.string("assignee");
    }
}

}  // namespace cl::consent
