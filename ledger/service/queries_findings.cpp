// Pages over an account's findings.
#include "ledger/core/limits.hpp"
#include "ledger/service/cursor.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cl::service {
namespace {

using FindingKey = state::Reader::FindingKey;

std::string filter_text(std::string_view account, Queries::FindingFilter const& filter) {
    return "findings\n" + std::string(account) + "\n" + filter.status + "\n" + std::string(consent::name(filter.at_least)) +
           "\n" + filter.rule + "\n" + (filter.contact ? to_hex(*filter.contact) : "-");
}

bool matches(state::FindingRow const& row, Queries::FindingFilter const& filter) {
    bool const closed = row.closed_by.has_value();
    bool const wanted_status = filter.status == "all" || (filter.status == "closed" ? closed : !closed);
    bool const wanted_rule = filter.rule.empty() || row.finding.id == filter.rule;
    bool const wanted_contact = !filter.contact || row.contact == filter.contact;
    return wanted_status && wanted_rule && wanted_contact && row.finding.severity >= filter.at_least;
}

std::string write_key(std::string const& filter, FindingKey const& key) {
    return write_cursor(filter, std::to_string(key.seq) + " " + key.id);
}

Result<FindingKey> read_key(std::string const& filter, std::string_view cursor) {
    CL_TRY_ASSIGN(std::string const payload, read_cursor(filter, cursor));
    FindingKey key;
    char const* const end = payload.data() + payload.size();
    auto const read = std::from_chars(payload.data(), end, key.seq);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != ' ') {
        return fail(errc::invalid, "not a cursor of this list with this filter", "/cursor");
    }
    key.id = std::string(read.ptr + 1, end);
    return key;
}

}  // namespace

Result<Page<state::FindingRow>> QueriesImpl::findings(std::string_view account, FindingFilter const& filter) {
    CL_TRY(check_ready());
    if (!filter.status.empty() && filter.status != "open" && filter.status != "closed" && filter.status != "all") {
        return fail(errc::invalid, "status is open, closed or all", "/status");
    }
    auto const published = core_->published.get();
    if (!state_->account(account)) return fail(errc::not_found, "no such account");
    std::string const key = filter_text(account, filter);
    FindingKey after;
    if (!filter.cursor.empty()) {
        CL_TRY_ASSIGN(after, read_key(key, filter.cursor));
    }
    Page<state::FindingRow> page;
    page.as_of = as_of(*published);
    std::size_t const size = page_size(filter.limit);
    for (std::size_t scanned = 0; scanned < limits::page_scan; scanned += limits::page_items) {
        CL_TRY_ASSIGN(auto rows, state_->findings(account, after, limits::page_items));
        for (state::FindingRow& row : rows) {
            if (row.finding.seq > published->last()) return page;
            if (row.closed_by && *row.closed_by > published->last()) row.closed_by.reset();
            bool const wanted = matches(row, filter);
            if (wanted && page.items.size() == size) {
                page.has_more = true;
                page.next_cursor = write_key(key, after);
                return page;
            }
            after = {row.finding.seq, row.finding.id};
            if (wanted) page.items.push_back(std::move(row));
        }
        if (rows.size() < limits::page_items) return page;
    }
    page.has_more = true;
    page.next_cursor = write_key(key, after);
    return page;
}

}  // namespace cl::service
