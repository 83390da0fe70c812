// Pages over the queue of obligations.
#include "ledger/core/limits.hpp"
#include "ledger/service/cursor.hpp"
#include "ledger/service/patience.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cl::service {
namespace {

using state::ObligationKey;
using state::ObligationRow;
using DutyStatus = ObligationFilter::Status;

constexpr int patience = 100;  // a page takes longer than a contact

std::string filter_text(std::string_view account, ObligationFilter const& filter) {
    std::string const assignee = filter.assignee ? "=" + *filter.assignee : std::string();
    return "obligations\n" + std::string(account) + "\n" + std::to_string(static_cast<int>(filter.status)) + "\n" +
           filter.kind + "\n" + assignee + "\n" + (filter.due_before ? std::to_string(*filter.due_before) : "-") + "\n" +
           (filter.contact ? to_hex(*filter.contact) : "-");
}

bool matches(ObligationRow const& row, ObligationFilter const& filter) {
    bool const wanted_status =
        filter.status == DutyStatus::all || row.closed_at.has_value() == (filter.status == DutyStatus::closed);
    bool const wanted_kind = filter.kind.empty() || row.kind == filter.kind;
    bool const wanted_assignee = !filter.assignee || row.assignee == *filter.assignee;
    return wanted_status && wanted_kind && wanted_assignee && (!filter.contact || row.contact == *filter.contact);
}

ObligationKey key_of(ObligationRow const& row) noexcept {
    return {row.due_at, row.seq};
}

Result<ObligationKey> read_key(std::string const& filter, std::string_view cursor) {
    CL_TRY_ASSIGN(std::string const payload, read_cursor(filter, cursor));
    ObligationKey key;
    char const* const end = payload.data() + payload.size();
    auto const due = std::from_chars(payload.data(), end, key.due_at);
    bool const two = due.ec == std::errc() && due.ptr != end && *due.ptr == ' ';
    if (!two || std::from_chars(due.ptr + 1, end, key.seq).ptr != end) {
        return fail(errc::invalid, "not a cursor of this list with this filter", "/cursor");
    }
    return key;
}

}  // namespace

class ObligationPager {
public:
    ObligationPager(state::Reader& reader, std::string_view account, ObligationFilter const& filter)
        : reader_(&reader),
          account_(account),
          filter_(&filter),
          filter_text_(filter_text(account, filter)),
          size_(page_size(filter.limit)) {}

    /// The page as of `last`, or nothing where something is seen that is newer.
    Result<std::optional<Page<ObligationRow>>> page(Seq last) {
        page_ = {};
        ObligationKey after;
        if (!filter_->cursor.empty()) {
            CL_TRY_ASSIGN(after, read_key(filter_text_, filter_->cursor));
        }
        for (std::size_t scanned = 0; scanned < limits::page_scan; scanned += limits::page_items) {
            CL_TRY_ASSIGN(auto rows, some(after));
            for (ObligationRow& row : rows) {
                if (row.changed_by > last) return std::optional<Page<ObligationRow>>();
                if (filter_->due_before && row.due_at >= *filter_->due_before) return std::optional(std::move(page_));
                bool const wanted = matches(row, *filter_);
                if (wanted && page_.items.size() == size_) return go_on(after);
                after = key_of(row);
                if (wanted) page_.items.push_back(std::move(row));
            }
            if (rows.size() < limits::page_items) return std::optional(std::move(page_));
        }
        return go_on(after);
    }

private:
    /// The next rows of the status that is asked for, and perhaps some of the other.
    Result<std::vector<ObligationRow>> some(ObligationKey const& after) {
        bool const closed = filter_->status == DutyStatus::closed;
        CL_TRY_ASSIGN(auto rows, reader_->obligations(account_, closed, after, limits::page_items));
        if (filter_->status != DutyStatus::all) return rows;
        CL_TRY_ASSIGN(auto others, reader_->obligations(account_, true, after, limits::page_items));
        rows.insert(rows.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
        // Where both have it, the one that was read last: nothing is opened again.
        std::stable_sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) {
            return key_of(a) < key_of(b) || (key_of(a) == key_of(b) && a.changed_by > b.changed_by);
        });
        auto const same = [](auto const& a, auto const& b) { return key_of(a) == key_of(b); };
        rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
        if (rows.size() > limits::page_items) rows.resize(limits::page_items);
        return rows;
    }

    Result<std::optional<Page<ObligationRow>>> go_on(ObligationKey const& after) {
        page_.has_more = true;
        page_.next_cursor = write_cursor(filter_text_, std::to_string(after.due_at) + " " + std::to_string(after.seq));
        return std::optional(std::move(page_));
    }

    state::Reader* reader_;
    std::string_view account_;
    ObligationFilter const* filter_;
    std::string filter_text_;
    std::size_t size_;
    Page<ObligationRow> page_;
};

Result<Page<ObligationRow>> QueriesImpl::obligations(std::string_view account, ObligationFilter const& filter) {
    ObligationPager pager(*state_, account, filter);
    Patience patience;
    do {
        CL_TRY_ASSIGN(auto const seen, see(account));
        CL_TRY_ASSIGN(auto page, pager.page(seen.published->last()));
        if (page) {
            page->as_of = as_of(*seen.published);
            return std::move(*page);
        }
    } while (patience.wait());
    return fail(errc::not_ready, "the queue changes faster than it can be read; try again");
}

}  // namespace cl::service
