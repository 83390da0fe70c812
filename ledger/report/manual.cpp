// What people changed by hand: one row an act, and for each person how many of which sort, how many with evidence, and what was found wrong.
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"

#include <algorithm>
#include <map>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_manual[] = {
    "seq",      "recorded_at", "occurred_at", "actor_kind", "actor",         "kind",         "contact",  "phone", "list",
    "opted_in", "blocked",     "level",       "evidence",   "with_evidence", "reason_given", "platform", "token", "findings"};

std::vector<std::string> const by_hand = {
    "contact.added",     "contact.edited",  "opt_in.agent",     "opt_in.consent",      "consent.recorded", "opt_out.agent",
    "opt_out.request",   "list.added",      "list.removed",     "review.resolved",     "contact.blocked",  "contact.unblocked",
    "number.reassigned", "consent.expired", "record.corrected", "obligation.assigned", "finding.waived"};

struct Acts {
    std::int64_t all = 0, opt_ins = 0, opt_outs = 0, blocks = 0, unblocks = 0, list_changes = 0, backed = 0, found = 0,
                 closed = 0;
};

bool opts_in(Entry const& entry) {
    auto const kind = consent::kind_from(entry.kind);
    return kind && consent::is_opt_in_by_hand(*kind);
}

/// Whether more than an agent's own word stands for the act. Of an opt-in as CL-001 reads it: dated no later than the act, or recorded for
/// it since, which has closed the finding.
bool is_backed(Seen const& seen) {
    Entry const& entry = seen.entry;
    if (!opts_in(entry)) return std::any_of(entry.evidence.begin(), entry.evidence.end(), consent::is_consent_evidence);
    auto const own = consent::own_consent(entry);
    Millis const at = consent::change_time(entry);
    if (std::any_of(own.begin(), own.end(), [&](Evidence const* item) { return *item->occurred_at <= at; })) return true;
    return std::any_of(seen.findings.begin(), seen.findings.end(),
                       [](service::FindingView const& one) { return one.finding.id == "CL-001" && one.closed_by.has_value(); });
}

bool given(Entry const& entry, std::string_view member) {
    return entry.data.contains(member);
}

class ManualChanges final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_manual; }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        return walk_.step(desk, [&](Seen const& seen) { return add(desk, seen, emit); });
    }

    void end(std::vector<Section>& sections) const override {
        Section section{"actors",
                        "By person",
                        {"actor", "acts", "opt_ins", "opt_outs", "blocks", "unblocks", "list_changes", "opt_ins_with_evidence",
                         "percent_with_evidence", "findings", "findings_closed"},
                        {}};
        for (auto const& [actor, acts] : actors_) section.rows.push_back(row_of(actor, acts));
        if (others_.all > 0) section.rows.push_back(row_of("(all others)", others_));
        sections.push_back(std::move(section));
    }

private:
    static Row row_of(std::string const& actor, Acts const& acts) {
        return {actor.empty() ? "(nobody named)" : actor,
                acts.all,
                acts.opt_ins,
                acts.opt_outs,
                acts.blocks,
                acts.unblocks,
                acts.list_changes,
                acts.backed,
                acts.opt_ins > 0 ? Cell(acts.backed * 100 / acts.opt_ins) : Cell(),
                acts.found,
                acts.closed};
    }

    Acts& acts_of(std::string const& actor) {
        auto const known = actors_.find(actor);
        if (known != actors_.end()) return known->second;
        return actors_.size() < limits::report_actors ? actors_[actor] : others_;
    }

    Result<void> add(Desk const& desk, Seen const& seen, Emit const& emit) {
        Entry const& entry = seen.entry;
        // What a customer, a platform or an import did was not done by hand; who is not named may have been a person.
        if (entry.actor && entry.actor->kind != "agent") return {};
        bool const backed = is_backed(seen);
        bool const opt_in = opts_in(entry);
        Acts& acts = acts_of(entry.actor ? entry.actor->id : std::string());
        ++acts.all;
        acts.opt_ins += opt_in ? 1 : 0;
        acts.opt_outs += entry.kind.starts_with("opt_out.") ? 1 : 0;
        acts.blocks += entry.kind == "contact.blocked" ? 1 : 0;
        acts.unblocks += entry.kind == "contact.unblocked" ? 1 : 0;
        acts.list_changes += entry.kind.starts_with("list.") ? 1 : 0;
        acts.backed += opt_in && backed ? 1 : 0;
        acts.found += static_cast<std::int64_t>(seen.findings.size());
        acts.closed += std::count_if(seen.findings.begin(), seen.findings.end(),
                                     [](service::FindingView const& one) { return one.closed_by.has_value(); });
        CL_TRY_ASSIGN(Cell const number, number_of(desk, entry.contact));
        auto const& state = entry.state;
        emit({entry.seq, time_cell(entry.recorded_at), time_cell(entry.occurred_at),
              entry.actor ? text_cell(entry.actor->kind) : Cell(), actor_cell(entry), text_cell(entry.kind),
              entry.contact ? text_cell(to_hex(*entry.contact)) : Cell(), number, lists_cell(entry),
              state ? Cell(state->opted_in) : Cell(), state ? Cell(state->blocked) : Cell(),
              state ? text_cell(name(state->level)) : Cell(), text_cell(evidence_kinds(entry)), backed,
              given(entry, "note") || given(entry, "reason") || given(entry, "words"),
              entry.source ? text_cell(entry.source->platform) : Cell(), entry.source ? text_cell(entry.source->token) : Cell(),
              text_cell(rules_of(seen.findings))});
        return {};
    }

    EntryWalk walk_{by_hand};
    std::map<std::string, Acts> actors_;  // at most limits::report_actors
    Acts others_;
};

}  // namespace

std::unique_ptr<Source> make_manual_changes() {
    return std::make_unique<ManualChanges>();
}

}  // namespace cl::report
