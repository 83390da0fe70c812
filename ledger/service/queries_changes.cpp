// Pages over an account's changes.
#include "ledger/consent/facts.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/cursor.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

std::string text(std::optional<std::int64_t> const& value) {
    return value ? std::to_string(*value) : "-";
}

std::string filter_text(std::string_view account, ChangeFilter const& filter) {
    std::string out = "changes\n" + std::string(account) + "\n";
    for (std::string const& kind : filter.kinds) out += kind + ",";
    for (std::string const* part : {&filter.actor, &filter.platform, &filter.list, &filter.record}) out += "\n" + *part;
    out += "\n" + text(filter.since) + "\n" + text(filter.until) + "\n" + text(filter.after);
    return out + (filter.order == Order::oldest_first ? "\noldest" : "\nnewest");
}

bool about_list(Entry const& entry, std::string_view list) {
    if (entry.data.string("list") == list) return true;
    if (entry.state && entry.state->list && entry.state->list->id == list) return true;
    auto const consents = [&](Evidence const& item) {
        std::vector<std::string> const lists = consent::lists_of(item, entry.data);
        return std::find(lists.begin(), lists.end(), list) != lists.end();
    };
    return consents(Evidence{}) || std::any_of(entry.evidence.begin(), entry.evidence.end(), consents);
}

/// recorded_at never decreases along account_seq, so a walk can end early.
bool beyond(Entry const& entry, ChangeFilter const& filter, bool oldest_first) {
    if (oldest_first) return filter.until && entry.recorded_at >= *filter.until;
    return filter.since && entry.recorded_at < *filter.since;
}

}  // namespace

bool matches(Entry const& entry, ChangeFilter const& filter) {
    auto const& kinds = filter.kinds;
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), entry.kind) == kinds.end()) return false;
    if (!filter.actor.empty() && (!entry.actor || entry.actor->id != filter.actor)) return false;
    if (!filter.platform.empty() && (!entry.source || entry.source->platform != filter.platform)) return false;
    if (!filter.record.empty() && (!entry.source || entry.source->record != filter.record)) return false;
    if (!filter.list.empty() && !about_list(entry, filter.list)) return false;
    if (filter.since && entry.recorded_at < *filter.since) return false;
    return !filter.until || entry.recorded_at < *filter.until;
}

/// Walks an account's dense account_seq in either direction.
class ChangePager {
public:
    ChangePager(QueriesImpl& queries, std::string_view account, ChangeFilter const& filter)
        : queries_(&queries),
          account_(account),
          filter_(&filter),
          oldest_first_(filter.order == Order::oldest_first || filter.after),
          filter_text_(filter_text(account, filter)),
          room_(filter.limit) {}

    Result<Page<EntryView>> page() {
        auto const published = queries_->core_->published.get();
        last_ = published->last();
        page_.as_of = as_of(*published);
        auto const account = queries_->state_->account(account_);
        if (!account) return fail(errc::not_found, "no such account");
        newest_ = account->account_seq;
        CL_TRY_ASSIGN(std::int64_t position, start());
        page_.read_to = position - 1;
        for (std::size_t scanned = 0; position >= 1 && position <= newest_; position += oldest_first_ ? 1 : -1) {
            if (room_.full() || ++scanned > limits::page_scan) {
                page_.has_more = true;
                page_.next_cursor = write_position(filter_text_, position);
                break;
            }
            CL_TRY_ASSIGN(bool const more, look(position));
            if (!more) break;
            page_.read_to = position;
        }
        return std::move(page_);
    }

private:
    /// False where the walk is over.
    Result<bool> look(std::int64_t position) {
        CL_TRY_ASSIGN(auto const seq, queries_->state_->seq_at(account_, position));
        if (!seq || *seq > last_) return !oldest_first_;  // merged, not yet published
        CL_TRY_ASSIGN(std::string bytes, queries_->bytes_of(*seq));
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        if (beyond(entry, *filter_, oldest_first_)) return false;
        if (!matches(entry, *filter_)) return true;
        CL_TRY_ASSIGN(EntryView view, queries_->view_of(account_, entry, std::move(bytes), position));
        room_.add(view);
        page_.items.push_back(std::move(view));
        return true;
    }

    Result<std::int64_t> start() {
        if (!filter_->cursor.empty()) return read_position(filter_text_, filter_->cursor);
        // A copy that has more than the ledger is a copy of another one, or of one that was restored: to go on would repeat numbers.
        if (filter_->after && *filter_->after > newest_) {
            return fail(errc::invalid,
                        "`after` is beyond the account's newest entry, whose account_seq is " + std::to_string(newest_));
        }
        if (filter_->after) return *filter_->after + 1;
        if (oldest_first_) return filter_->since ? first_not_before(*filter_->since) : Result<std::int64_t>(1);
        return filter_->until ? last_before(*filter_->until) : Result<std::int64_t>(newest_);
    }

    /// The lowest account_seq recorded at or after `time`; newest_ + 1 if there is none.
    Result<std::int64_t> first_not_before(Millis time) {
        std::int64_t low = 1;
        std::int64_t high = newest_ + 1;
        while (low < high) {
            std::int64_t const middle = low + (high - low) / 2;
            CL_TRY_ASSIGN(auto const seq, queries_->state_->seq_at(account_, middle));
            if (!seq) return fail(errc::store_corrupt, "the account's index has a gap");
            CL_TRY_ASSIGN(std::string const bytes, queries_->bytes_of(*seq));
            CL_TRY_ASSIGN(Entry const entry, decode(bytes));
            (entry.recorded_at < time ? low : high) = entry.recorded_at < time ? middle + 1 : middle;
        }
        return low;
    }

    Result<std::int64_t> last_before(Millis time) {
        CL_TRY_ASSIGN(std::int64_t const first, first_not_before(time));
        return first - 1;
    }

    QueriesImpl* queries_;
    std::string_view account_;
    ChangeFilter const* filter_;
    bool oldest_first_;
    std::string filter_text_;
    Seq last_ = -1;
    std::int64_t newest_ = 0;
    PageRoom room_;
    Page<EntryView> page_;
};

Result<Page<EntryView>> QueriesImpl::changes(std::string_view account, ChangeFilter const& filter) {
    CL_TRY(check_ready());
    return ChangePager(*this, account, filter).page();
}

}  // namespace cl::service
