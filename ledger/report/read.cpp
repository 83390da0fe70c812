#include "ledger/report/read.hpp"

#include "ledger/consent/facts.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::report {

namespace {

Result<Seen> seen(service::EntryView&& view) {
    CL_TRY_ASSIGN(Entry entry, decode(view.bytes));
    return Seen{std::move(entry), std::move(view.bytes), std::move(view.findings)};
}

}  // namespace

Result<Entry> entry_at(Desk const& desk, Seq seq) {
    CL_TRY_ASSIGN(service::EntryView const view, desk.queries.view(desk.account, seq));
    return decode(view.bytes);
}

service::ChangeFilter entry_filter(Filter const& filter) {
    service::ChangeFilter asked;
    asked.kinds = filter.kinds;
    asked.actor = filter.actor;
    asked.list = filter.list;
    asked.since = filter.from;
    asked.until = filter.to;
    return asked;
}

Result<bool> ContactWalk::step(Desk const& desk, std::function<Result<void>(Seen&&)> const& visit) {
    if (at_ == 0) {
        CL_TRY_ASSIGN(chain_, desk.queries.chain(desk.account, *desk.filter.contact));
    }
    bytes_ = 0;
    std::size_t const end = std::min(chain_.size(), at_ + limits::report_page_items);
    while (at_ < end && bytes_ < limits::report_page_bytes) {
        if (chain_[at_] > desk.bound) return false;
        CL_TRY_ASSIGN(service::EntryView view, desk.queries.view(desk.account, chain_[at_++]));
        bytes_ += view.bytes.size();
        CL_TRY_ASSIGN(Seen one, seen(std::move(view)));
        CL_TRY(visit(std::move(one)));
    }
    return at_ < chain_.size();
}

void EntryWalk::begin(Desk const& desk) {
    begun_ = true;
    filter_ = entry_filter(desk.filter);
    if (!kinds_.empty()) {
        std::erase_if(filter_.kinds, [this](std::string const& kind) {
            return std::find(kinds_.begin(), kinds_.end(), kind) == kinds_.end();
        });
    }
    if (desk.filter.kinds.empty()) filter_.kinds = kinds_;
    nothing_ = !desk.filter.kinds.empty() && filter_.kinds.empty();
    filter_.order = service::Order::oldest_first;
    filter_.limit = limits::report_page_items;
}

Result<bool> EntryWalk::step(Desk const& desk, std::function<Result<void>(Seen const&)> const& visit) {
    if (!begun_) begin(desk);
    if (nothing_) return false;
    if (desk.filter.contact) {
        return contact_.step(desk,
                             [&](Seen&& one) { return service::matches(one.entry, filter_) ? visit(one) : Result<void>(); });
    }
    CL_TRY_ASSIGN(auto page, desk.queries.changes(desk.account, filter_));
    for (service::EntryView& view : page.items) {
        if (view.seq > desk.bound) return false;
        CL_TRY_ASSIGN(Seen const one, seen(std::move(view)));
        CL_TRY(visit(one));
    }
    filter_.cursor = page.next_cursor;
    return page.has_more;
}

Result<Cell> number_of(Desk const& desk, consent::ContactState const* state) {
    if (desk.filter.personal == Personal::none || state == nullptr || state->first_seq < 0) return Cell();
    Cell const gone = text_cell("erased");
    if (state->opened_seq < 0) return gone;
    CL_TRY_ASSIGN(auto opened, desk.queries.opening(state->opened_seq, "/contact"));
    if (!opened || opened->empty()) return gone;
    if (desk.filter.personal == Personal::full) return Cell(Phone{std::move(*opened)});
    constexpr std::size_t shown = 4;
    return text_cell("***" + opened->substr(opened->size() - std::min(shown, opened->size())));
}

Result<Cell> number_of(Desk const& desk, std::optional<Hash32> const& contact) {
    if (!contact || desk.filter.personal == Personal::none) return Cell();
    CL_TRY_ASSIGN(auto const state, desk.queries.state(desk.account, *contact));
    return number_of(desk, state.get());
}

std::string_view status_of(consent::ContactState const* state) noexcept {
    if (state == nullptr) return {};
    if (state->erased) return "erased";
    if (state->blocked) return "blocked";
    return state->opted_in ? "opted_in" : "opted_out";
}

consent::Pack const& pack_at(Desk const& desk, Seq seq) noexcept {
    consent::Pack const* const pack = consent::pack_of_entry(desk.state.policies, seq);
    return pack != nullptr ? *pack : consent::texting_pack();
}

consent::Pack const& pack_now(Desk const& desk) noexcept {
    consent::Pack const* const pack = consent::pack_in_force(desk.state.policies);
    return pack != nullptr ? *pack : consent::texting_pack();
}

std::string join(std::vector<std::string> const& words, std::string_view between) {
    std::string out;
    for (std::string const& word : words) {
        if (!out.empty()) out += between;
        out += word;
    }
    return out;
}

std::string rules_of(std::vector<service::FindingView> const& findings) {
    std::vector<std::string> ids;
    for (service::FindingView const& one : findings) {
        std::string word = one.finding.id;
        if (one.closed_by) {
            word += " (closed by " + std::to_string(*one.closed_by) + ")";
        } else if (one.waiver) {
            word += " (waived by " + std::to_string(one.waiver->by) + " until " + format_time(one.waiver->until) + ")";
        }
        ids.push_back(std::move(word));
    }
    return join(ids);
}

std::string evidence_kinds(Entry const& entry) {
    std::vector<std::string> kinds;
    for (Evidence const& item : entry.evidence) kinds.push_back(item.kind);
    return join(kinds);
}

Result<std::string> evidence_member(Desk const& desk, Entry const& entry, std::size_t index, std::string_view name) {
    auto const& fields = entry.evidence[index].fields;
    bool const there = std::find(fields.begin(), fields.end(), name) != fields.end();
    if (!there || desk.filter.personal != Personal::full) return std::string();
    CL_TRY_ASSIGN(auto const opened, desk.queries.opening(entry.seq, "/evidence/" + std::to_string(index)));
    auto const value = opened ? json::parse(*opened, limits::opening_bytes) : Result<json::Value>(json::Value());
    json::Object const* const item = value ? value->as_object() : nullptr;
    return item == nullptr ? std::string() : std::string(item->string(name));
}

Cell actor_cell(Entry const& entry) {
    return entry.actor ? text_cell(entry.actor->id) : Cell();
}

Cell lists_cell(Entry const& entry) {
    if (std::string_view const own = entry.data.string("list"); !own.empty()) return text_cell(own);
    std::vector<std::string> named = consent::lists_of(Evidence{}, entry.data);
    for (Evidence const& item : entry.evidence) {
        for (std::string& list : consent::lists_of(item, entry.data)) {
            if (std::find(named.begin(), named.end(), list) == named.end()) named.push_back(std::move(list));
        }
    }
    return text_cell(join(named));
}

bool in_time(Filter const& filter, Millis time) noexcept {
    return (!filter.from || time >= *filter.from) && (!filter.to || time < *filter.to);
}

}  // namespace cl::report
