// The findings, each with its law, when it was first seen, and whether somebody waived or cured it.
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"

#include <algorithm>
#include <map>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_findings[] = {
    "rule",          "severity",  "title",     "seq",          "contact",
    "phone",         "kind",      "actor",     "what",         "status",
    "first_seen",    "closed_by", "waived_by", "waived_until", "waived_by_actor",
    "waiver_reason", "citation",  "remedy",    "fingerprint"};

bool contains(std::vector<std::string> const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

class Findings final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_findings; }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        service::Queries::FindingFilter filter;
        filter.status = desk.filter.status;
        filter.contact = desk.filter.contact;
        filter.limit = limits::report_page_items;
        filter.cursor = cursor_;
        CL_TRY_ASSIGN(auto const page, desk.queries.findings(desk.account, filter));
        for (service::FindingView const& view : page.items) {
            if (view.finding.seq > desk.bound) return false;
            CL_TRY(add(desk, view, emit));
        }
        cursor_ = page.next_cursor;
        return page.has_more;
    }

    void end(std::vector<Section>& sections) const override {
        Section section{"by_rule", "By rule", {"rule", "rows"}, {}};
        for (auto const& [rule, rows] : rules_) section.rows.push_back({rule, rows});
        sections.push_back(std::move(section));
    }

private:
    static bool wanted(Desk const& desk, service::FindingView const& view, Entry const& entry) {
        Filter const& asked = desk.filter;
        bool const of_kind = asked.kinds.empty() || contains(asked.kinds, entry.kind) || contains(asked.kinds, view.finding.id);
        service::ChangeFilter rest = entry_filter(asked);
        rest.kinds.clear();
        return of_kind && service::matches(entry, rest);
    }

    Result<void> add(Desk const& desk, service::FindingView const& view, Emit const& emit) {
        service::Principal const everybody{{}, consent::Role::admin, {"*"}};
        CL_TRY_ASSIGN(std::string const bytes, desk.queries.entry(everybody, view.finding.seq));
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        if (!wanted(desk, view, entry)) return {};
        ++rules_[view.finding.id];
        CL_TRY_ASSIGN(Cell const number, number_of(desk, view.contact));
        consent::RuleInfo const* const rule = consent::find_rule(view.finding.id);
        auto const& waiver = view.waiver;
        Cell reason;
        if (waiver && waiver->reason && desk.filter.personal == Personal::full) reason = text_cell(*waiver->reason);
        emit({text_cell(view.finding.id), text_cell(consent::name(view.finding.severity)),
              rule ? text_cell(rule->title) : Cell(), view.finding.seq,
              view.contact ? text_cell(to_hex(*view.contact)) : Cell(), number, text_cell(entry.kind), actor_cell(entry),
              text_cell(view.finding.what), text_cell(view.closed_by ? "closed" : (waiver ? "waived" : "open")),
              time_cell(entry.recorded_at), view.closed_by ? Cell(*view.closed_by) : Cell(), waiver ? Cell(waiver->by) : Cell(),
              waiver ? time_cell(waiver->until) : Cell(), waiver && waiver->actor ? text_cell(waiver->actor->id) : Cell(),
              reason, rule ? text_cell(rule->citation) : Cell(), rule ? text_cell(rule->remedy) : Cell(),
              text_cell(desk.account + "/" + std::to_string(view.finding.seq) + "/" + view.finding.id)});
        return {};
    }

    std::string cursor_;
    std::map<std::string, std::int64_t> rules_;
};

}  // namespace

std::unique_ptr<Source> make_findings() {
    return std::make_unique<Findings>();
}

}  // namespace cl::report
