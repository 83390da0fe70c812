// How much was recorded on each day.
#include "ledger/core/limits.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {

Result<std::optional<Entry>> QueriesImpl::published_at(std::string_view account, std::int64_t position, Seq last) {
    CL_TRY_ASSIGN(auto const seq, state_->seq_at(account, position));
    if (!seq || *seq > last) return std::optional<Entry>();  // merged, not yet published
    CL_TRY_ASSIGN(std::string const bytes, bytes_of(*seq));
    CL_TRY_ASSIGN(Entry entry, decode(bytes));
    return std::optional<Entry>(std::move(entry));
}

Result<ActivityView> QueriesImpl::activity(std::string_view account, Millis since) {
    CL_TRY(check_ready());
    auto const published = core_->published.get();
    auto const known = state_->account(account);
    if (!known) return fail(errc::not_found, "no such account");
    CountedDays counted = core_->day_counts.get(account);
    std::size_t left = limits::page_scan;
    // Too much has come since: the newest come first again.
    if (counted.last == 0 || known->account_seq - counted.last > static_cast<std::int64_t>(left)) {
        counted = {known->account_seq + 1, known->account_seq, {}};
    }
    for (std::int64_t position = counted.last + 1; position <= known->account_seq; ++position, --left) {
        CL_TRY_ASSIGN(auto const entry, published_at(account, position, published->last()));
        if (!entry) break;
        counted.count(entry->recorded_at, entry->kind);
        counted.last = position;
    }
    ActivityView view;
    view.as_of = as_of(*published);
    view.counted_from = since;
    // recorded_at never decreases along account_seq, so the first one before `since` is the end.
    for (; counted.first > 1; --counted.first, --left) {
        CL_TRY_ASSIGN(auto const entry, published_at(account, counted.first - 1, published->last()));
        if (!entry) {
            if (counted.days.empty()) --counted.last;
            ++left;
            continue;
        }
        if (entry->recorded_at < since) break;
        if (left == 0) {
            view.complete = false;
            view.counted_from = entry->recorded_at + 1;
            break;
        }
        counted.count(entry->recorded_at, entry->kind);
    }
    for (auto day = counted.days.lower_bound(since); day != counted.days.end(); ++day) view.days.push_back(day->second);
    core_->day_counts.keep(account, std::move(counted));
    return view;
}

Millis start_of_day(Millis time) noexcept {
    Millis const into = time % day_ms;
    return time - (into < 0 ? into + day_ms : into);
}

}  // namespace cl::service
