// Retention and holds: until when each contact's openings are needed, what forbids their erasure, and what was erased. What an erased
// contact's entries committed to stays.
#include "ledger/consent/retention.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"

#include <map>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_retention[] = {"contact",    "phone", "status",    "state",     "last_act",
                                                     "keep_until", "holds", "erased_at", "erased_by", "entries"};

class Retention final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_retention; }

    Result<void> begin(Desk const& desk, std::vector<Fact>& about) override {
        constexpr Millis day_ms = 24LL * 3'600 * 1'000;
        consent::Pack const& pack = pack_now(desk);
        about.emplace_back("policy pack", std::string(pack.name) + " " + std::to_string(pack.rules));
        about.emplace_back("days to keep", std::to_string(pack.retention_ms / day_ms));
        for (auto const& [matter, by] : desk.state.holds) about.emplace_back("hold on the account", matter);
        return {};
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        if (desk.filter.contact) {
            CL_TRY(add(desk, *desk.filter.contact, emit));
            return false;
        }
        service::ContactFilter filter;
        filter.list = desk.filter.list;
        filter.limit = limits::report_page_items;
        filter.cursor = cursor_;
        CL_TRY_ASSIGN(auto const page, desk.queries.contacts(desk.account, filter));
        for (service::ContactRow const& row : page.items) {
            CL_TRY(add(desk, row.contact, emit));
        }
        cursor_ = page.next_cursor;
        return page.has_more;
    }

    void end(std::vector<Section>& sections) const override {
        Section section{"statuses", "How many", {"status", "contacts"}, {}};
        for (auto const& [status, rows] : statuses_) section.rows.push_back({status, rows});
        sections.push_back(std::move(section));
    }

private:
    /// Where a contact is asked for by its id, the list that it has to be on is looked at here.
    static bool on_list(Desk const& desk, consent::ContactState const& state) {
        if (desk.filter.list.empty()) return true;
        auto const found = state.lists.find(desk.filter.list);
        return found != state.lists.end() && found->second.member;
    }

    Result<void> add(Desk const& desk, Hash32 const& contact, Emit const& emit) {
        CL_TRY_ASSIGN(auto const state, desk.queries.state(desk.account, contact));
        if (!state) return fail(errc::not_found, "There is no such contact.");
        CL_TRY_ASSIGN(service::CustodyView const custody, desk.queries.custody(desk.account, contact));
        if (state->first_seq > desk.bound || !on_list(desk, *state)) return {};
        auto const found = consent::retention_of(*state, pack_now(desk), !custody.holds.empty(), desk.now);
        bool const ranged = desk.filter.from || desk.filter.to;
        if (ranged && (!found.keep_until || !in_time(desk.filter, *found.keep_until))) return {};
        std::string const status(consent::name(found.status));
        if (desk.filter.status != "all" && desk.filter.status != status) return {};
        ++statuses_[status];
        CL_TRY_ASSIGN(Cell const number, number_of(desk, state.get()));
        emit({to_hex(contact), number, status, text_cell(status_of(state.get())), time_cell(found.last_act),
              time_cell(found.keep_until), text_cell(join(custody.holds)),
              custody.erased_by ? time_cell(custody.erased_at) : Cell(), custody.erased_by ? Cell(*custody.erased_by) : Cell(),
              state->contact_seq});
        return {};
    }

    std::string cursor_;
    std::map<std::string, std::int64_t> statuses_;
};

}  // namespace

std::unique_ptr<Source> make_retention() {
    return std::make_unique<Retention>();
}

}  // namespace cl::report
