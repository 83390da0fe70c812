// Habits of record keeping: evidence erased early, opt-ins by the dozen, texts that should not be there: CL-062, 077, 080, 081.
#include "ledger/consent/facts.hpp"
#include "ledger/consent/rules_impl.hpp"
#include "ledger/consent/transitions.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::consent {
std::optional<Millis> newest_act(ContactState const& contact) noexcept {
    std::optional<Millis> newest = contact.backed_evidence_at;
    auto const look = [&](std::optional<Millis> const& time) {
        if (time) newest = std::max(newest.value_or(*time), *time);
    };
    auto const look_at_levels = [&](LevelTimes const& held) {
        for (auto const& time : {held.conversational, held.informational, held.promotional}) look(time);
    };
    if (contact.revoked) look(contact.revoked->key);
    look_at_levels(contact.held);
    for (auto const& [id, list] : contact.lists) look_at_levels(list.held);
    return newest;
}

Verdict erased_early(Judged const& judged) {
    if (judged.kind != Kind::subject_erased) return std::nullopt;
    if (judged.contact.erased && judged.contact.opened_seq < 0) return std::nullopt;  // nothing since: nothing goes
    auto const newest = newest_act(judged.contact);
    if (!newest || judged.entry.recorded_at - *newest >= judged.pack.retention_ms) return std::nullopt;
    return finding(
        judged, "CL-062", Severity::high,
        "last act " + format_time(*newest) + ", to be kept until " + format_time(*newest + judged.pack.retention_ms));
}

std::optional<Burst> next_burst(Entry const& entry, Kind kind, Pack const& pack, AccountState const& account,
                                ContactState const& contact) {
    bool const counted = is_opt_in_by_hand(kind) && !contact.opted_in && entry.actor && entry.actor->kind != "contact" &&
                         entry.actor->kind != "import";
    if (!counted) return std::nullopt;
    auto const known = account.bursts.find(entry.actor->id);
    bool const fresh = known == account.bursts.end() || entry.recorded_at - known->second.since > pack.bulk_window_ms;
    return fresh ? Burst{entry.recorded_at, 1} : Burst{known->second.since, known->second.count + 1};
}

void count_burst(Step& step) {
    auto const next = next_burst(step.entry, step.kind, step.pack, step.account, step.contact);
    if (!next) return;
    auto& bursts = step.account.bursts;
    std::string const& actor = step.entry.actor->id;
    if (bursts.size() >= limits::account_bursts && !bursts.contains(actor)) {
        std::erase_if(
            bursts, [&](auto const& burst) { return step.entry.recorded_at - burst.second.since > step.pack.bulk_window_ms; });
        if (bursts.size() >= limits::account_bursts) return;
    }
    bursts.insert_or_assign(actor, *next);
}

Verdict opt_ins_in_bulk(Judged const& judged) {
    auto const next = next_burst(judged.entry, judged.kind, judged.pack, judged.account, judged.contact);
    if (!next || next->count != judged.pack.bulk_opt_ins) return std::nullopt;
    return finding(judged, "CL-077", Severity::high,
                   std::to_string(next->count) + " contacts opted in by one person since " + format_time(next->since));
}

namespace {

/// What the screens saw in the entry's texts when it was made: the texts themselves are out of a replay's reach.
bool is_suspected(Judged const& judged, std::string_view what) {
    json::Value const* const suspected = judged.entry.data.find("suspected");
    json::Array const* const ids = suspected == nullptr ? nullptr : suspected->as_array();
    return ids != nullptr && std::find(ids->begin(), ids->end(), json::Value(what)) != ids->end();
}

}  // namespace

Verdict health_information_suspected(Judged const& judged) {
    if (!is_suspected(judged, "phi")) return std::nullopt;
    return finding(judged, "CL-080", Severity::high);
}

Verdict personal_data_suspected(Judged const& judged) {
    if (!is_suspected(judged, "personal_data")) return std::nullopt;
    return finding(judged, "CL-081", Severity::low);
}

}  // namespace cl::consent
