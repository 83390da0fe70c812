// How much was recorded on each day.
#include "ledger/core/limits.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>

namespace cl::service {
namespace {

void count(ActivityDay& day, std::string_view kind) {
    ++day.entries;
    if (kind.starts_with("opt_in.")) ++day.opt_ins;
    if (kind.starts_with("opt_out.")) ++day.opt_outs;
    if (kind == "contact.blocked") ++day.blocks;
}

}  // namespace

Result<ActivityView> QueriesImpl::activity(std::string_view account, Millis since) {
    CL_TRY(check_ready());
    auto const published = core_->published.get();
    auto const known = state_->account(account);
    if (!known) return fail(errc::not_found, "no such account");
    ActivityView view;
    view.as_of = as_of(*published);
    view.counted_from = since;
    std::size_t scanned = 0;
    for (std::int64_t position = known->account_seq; position >= 1; --position) {
        CL_TRY_ASSIGN(auto const seq, state_->seq_at(account, position));
        if (!seq || *seq > published->last()) continue;  // merged, not yet published
        CL_TRY_ASSIGN(std::string const bytes, bytes_of(*seq));
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        if (entry.recorded_at < since) break;
        if (++scanned > limits::page_scan) {
            view.complete = false;
            view.counted_from = entry.recorded_at + 1;
            break;
        }
        // recorded_at never decreases along account_seq, so the days come in turn.
        Millis const start = start_of_day(entry.recorded_at);
        if (view.days.empty() || view.days.back().start != start) view.days.push_back({start});
        count(view.days.back(), entry.kind);
    }
    std::reverse(view.days.begin(), view.days.end());
    return view;
}

Millis start_of_day(Millis time) noexcept {
    Millis const into = time % day_ms;
    return time - (into < 0 ? into + day_ms : into);
}

}  // namespace cl::service
