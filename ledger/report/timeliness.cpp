// Opt-out timeliness: how long each revocation took from when it was made until it was in force, against the limits of the pack that was in
// force. Opt-outs first, in the order of the ledger; then what an OPTOUT or a doubtful message asked of a person, by due date.
#include "ledger/consent/opt_out_time.hpp"
#include "ledger/report/duties.hpp"
#include "ledger/report/spread.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_timeliness[] = {
    "seq",          "contact",      "phone",           "what",          "via",    "list",          "keyword", "reply_to",
    "requested_at", "processed_at", "elapsed_seconds", "business_days", "due_at", "limit_seconds", "status",  "actor",
    "findings"};
constexpr std::array<std::string_view, 2> duties = {"remove_from_list", "review"};
constexpr int most_days = 400;

/// The fewest business days within which it would have been in time; nothing above most_days.
Cell business_days(consent::Pack const& pack, Millis requested, Millis processed) {
    if (processed > consent::due_at(pack, requested, most_days)) return {};
    int low = 0;
    for (int high = most_days; low < high;) {
        int const middle = low + (high - low) / 2;
        processed <= consent::due_at(pack, requested, middle) ? high = middle : low = middle + 1;
    }
    return std::int64_t{low};
}

std::vector<std::string> opt_outs() {
    std::vector<std::string> kinds;
    for (consent::KindInfo const& one : consent::all_kinds()) {
        if (consent::is_opt_out(one.kind)) kinds.emplace_back(one.name);
    }
    return kinds;
}

std::string_view status_of(consent::Timeliness how) noexcept {
    switch (how) {
    case consent::Timeliness::over_target:
    case consent::Timeliness::urgent: return "over_sla";
    case consent::Timeliness::overdue: return "late";
    case consent::Timeliness::imported: return "imported";
    case consent::Timeliness::in_time: break;
    }
    return "in_time";
}

struct Took {
    Spread seconds;
    std::int64_t rows = 0;
    std::int64_t late = 0;
    std::int64_t over_sla = 0;
    std::int64_t open = 0;
};

class Timeliness final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_timeliness; }

    /// The limits of today; rows are judged by those that were in force.
    Result<void> begin(Desk const& desk, std::vector<Fact>& about) override {
        consent::Pack const& pack = pack_now(desk);
        about.emplace_back("policy pack", std::string(pack.name) + " " + std::to_string(pack.rules));
        about.emplace_back("days to honour a revocation", std::to_string(pack.revocation_business_days));
        about.emplace_back("days to take off a list", std::to_string(pack.list_removal_days));
        about.emplace_back("days to review", std::to_string(pack.review_days));
        about.emplace_back("seconds before over_sla", std::to_string(pack.optout_sla_ms / 1'000));
        return {};
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        if (phase_ == 0) {
            CL_TRY_ASSIGN(bool const more, walk_.step(desk, [&](Seen const& seen) { return opt_out(desk, seen, emit); }));
            if (!more) ++phase_;
            return true;
        }
        std::string const kind(duties.at(phase_ - 1));
        auto const& asked = desk.filter.kinds;
        bool const wanted = asked.empty() || std::find(asked.begin(), asked.end(), kind) != asked.end();
        bool more = false;
        if (wanted) {
            CL_TRY_ASSIGN(more, duty_.step(desk, service::ObligationFilter::Status::all, kind,
                                           [&](state::ObligationRow const& row) { return duty(desk, row, emit); }));
        }
        if (!more) ++phase_;
        return phase_ <= duties.size();
    }

    void end(std::vector<Section>& sections) const override {
        Section section{"elapsed",
                        "Seconds from the request until it was in force (percentiles are at most 1.6 % too high)",
                        {"what", "rows", "late", "over_sla", "open", "p50", "p90", "p95", "p99", "longest"},
                        {}};
        for (auto const& [what, took] : took_) {
            Row row{what, took.rows, took.late, took.over_sla, took.open};
            for (int const percent : {50, 90, 95, 99}) {
                row.push_back(took.seconds.count() > 0 ? Cell(took.seconds.percentile(percent)) : Cell());
            }
            row.push_back(took.seconds.count() > 0 ? Cell(took.seconds.most()) : Cell());
            section.rows.push_back(std::move(row));
        }
        sections.push_back(std::move(section));
    }

private:
    struct Case {
        Seq seq;
        Hash32 contact;
        std::string what, via, list, keyword, reply_to;
        Millis requested;
        std::optional<Millis> processed;
        Millis due;
        std::string status;
        Cell actor;
        std::string findings;
    };

    Result<void> opt_out(Desk const& desk, Seen const& seen, Emit const& emit) {
        Entry const& entry = seen.entry;
        if (!entry.contact) return {};
        consent::Pack const& pack = pack_at(desk, entry.seq);
        consent::OptOutTime const took = consent::opt_out_time(entry, pack);
        std::string_view const via = entry.data.string("via");
        std::string reply_to;  // the text that the person answered, where the provider says so
        for (std::size_t i = 0; i < entry.evidence.size() && reply_to.empty(); ++i) {
            CL_TRY_ASSIGN(reply_to, evidence_member(desk, entry, i, "in_reply_to"));
        }
        return add(desk, pack, emit,
                   {entry.seq, *entry.contact, entry.kind, std::string(via.empty() ? entry.channel : via),
                    std::string(entry.data.string("list")), std::string(entry.data.string("keyword")), std::move(reply_to),
                    took.requested, entry.recorded_at, took.due, std::string(status_of(took.how)), actor_cell(entry),
                    rules_of(seen.findings)});
    }

    Result<void> duty(Desk const& desk, state::ObligationRow const& row, Emit const& emit) {
        if (!in_time(desk.filter, row.opened_at)) return {};
        bool const late = row.closed_at.value_or(desk.now) > row.due_at;
        std::string status = late ? "overdue" : "open";
        if (row.closed_at) status = late ? "late" : "in_time";
        return add(desk, pack_at(desk, row.seq), emit,
                   {row.seq,
                    row.contact,
                    row.kind,
                    {},
                    row.list,
                    {},
                    {},
                    row.opened_at,
                    row.closed_at,
                    row.due_at,
                    std::move(status),
                    text_cell(row.assignee),
                    {}});
    }

    Result<void> add(Desk const& desk, consent::Pack const& pack, Emit const& emit, Case one) {
        Took& took = took_[one.what];
        ++took.rows;
        took.late += one.status == "late" || one.status == "overdue" ? 1 : 0;
        took.over_sla += one.status == "over_sla" ? 1 : 0;
        took.open += one.processed ? 0 : 1;
        Cell elapsed;
        if (one.processed) {
            Millis const seconds = std::max<Millis>(0, *one.processed - one.requested) / 1'000;
            if (one.status != "imported") took.seconds.add(seconds);
            elapsed = seconds;
        }
        if (desk.filter.status != "all" && desk.filter.status != one.status) return {};
        CL_TRY_ASSIGN(Cell const number, number_of(desk, one.contact));
        bool const by_person = !one.what.starts_with("opt_out");
        emit({one.seq, to_hex(one.contact), number, text_cell(one.what), text_cell(one.via), text_cell(one.list),
              text_cell(one.keyword), text_cell(one.reply_to), time_cell(one.requested), time_cell(one.processed), elapsed,
              one.processed ? business_days(pack, one.requested, *one.processed) : Cell(), time_cell(one.due),
              by_person ? Cell() : Cell(pack.optout_sla_ms / 1'000), text_cell(one.status), one.actor,
              text_cell(one.findings)});
        return {};
    }

    EntryWalk walk_{opt_outs()};
    DutyWalk duty_;
    std::size_t phase_ = 0;
    std::map<std::string, Took> took_;
};

}  // namespace

std::unique_ptr<Source> make_timeliness() {
    return std::make_unique<Timeliness>();
}

}  // namespace cl::report
