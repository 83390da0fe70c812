// The list-removal queue: who asked to be taken off which list, by when it must be done, and who is to do it.
#include "ledger/core/limits.hpp"
#include "ledger/report/duties.hpp"

namespace cl::report {

Result<bool> DutyWalk::step(Desk const& desk, service::ObligationFilter::Status status, std::string const& kind,
                            std::function<Result<void>(state::ObligationRow const&)> const& visit) {
    service::ObligationFilter filter;
    filter.status = status;
    filter.kind = kind;
    filter.contact = desk.filter.contact;
    filter.limit = limits::report_page_items;
    filter.cursor = cursor_;
    CL_TRY_ASSIGN(auto const page, desk.queries.obligations(desk.account, filter));
    for (state::ObligationRow const& row : page.items) {
        bool const wanted = row.seq <= desk.bound && (desk.filter.list.empty() || row.list == desk.filter.list) &&
                            (desk.filter.actor.empty() || row.assignee == desk.filter.actor);
        if (wanted) CL_TRY(visit(row));
    }
    cursor_ = page.next_cursor;
    return page.has_more;
}

namespace {

constexpr std::string_view columns_of_queue[] = {"seq",       "contact", "phone",    "list",      "opened_at", "due_at",
                                                 "days_left", "overdue", "assignee", "closed_at", "closed_by"};
constexpr Millis day_ms = 24LL * 3'600 * 1'000;

class Queue final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_queue; }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        using Status = service::ObligationFilter::Status;
        Status status = Status::open;
        if (desk.filter.status == "closed") status = Status::closed;
        if (desk.filter.status == "all") status = Status::all;
        return walk_.step(desk, status, "remove_from_list", [&](state::ObligationRow const& row) -> Result<void> {
            if (!in_time(desk.filter, row.due_at)) return {};
            CL_TRY_ASSIGN(Cell const number, number_of(desk, row.contact));
            bool const overdue = row.closed_at.value_or(desk.now) > row.due_at;
            overdue_ += overdue ? 1 : 0;
            nobody_ += row.assignee.empty() ? 1 : 0;
            // Rounded down: what is due in an hour has no day left, what was due an hour ago has -1.
            Millis const left = row.due_at - desk.now;
            std::int64_t const days = left >= 0 ? left / day_ms : -((-left + day_ms - 1) / day_ms);
            emit({row.seq, to_hex(row.contact), number, text_cell(row.list), time_cell(row.opened_at), time_cell(row.due_at),
                  row.closed_at ? Cell() : Cell(days), overdue, text_cell(row.assignee), time_cell(row.closed_at),
                  row.closed_at ? Cell(row.changed_by) : Cell()});
            return {};
        });
    }

    void end(std::vector<Section>& sections) const override {
        sections.push_back({"queue", "The queue", {"what", "rows"}, {{"overdue", overdue_}, {"nobody's", nobody_}}});
    }

private:
    DutyWalk walk_;
    std::int64_t overdue_ = 0;
    std::int64_t nobody_ = 0;
};

}  // namespace

std::unique_ptr<Source> make_removal_queue() {
    return std::make_unique<Queue>();
}

}  // namespace cl::report
