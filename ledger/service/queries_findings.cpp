// Pages over an account's findings.
#include "ledger/core/limits.hpp"
#include "ledger/service/cursor.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace cl::service {
namespace {

using FindingKey = state::Reader::FindingKey;

std::string filter_text(std::string_view account, Queries::FindingFilter const& filter) {
    return "findings\n" + std::string(account) + "\n" + filter.status + "\n" + std::string(consent::name(filter.at_least)) +
           "\n" + filter.rule + "\n" + (filter.contact ? to_hex(*filter.contact) : "-");
}

std::string_view status_of(state::FindingRow const& row, consent::Waiver const* waiver) {
    if (row.closed_by) return "closed";
    return waiver != nullptr ? "waived" : "open";
}

bool matches(state::FindingRow const& row, std::string_view status, Queries::FindingFilter const& filter) {
    bool const wanted_status = filter.status == "all" || status == (filter.status.empty() ? "open" : filter.status);
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

Result<Page<FindingView>> QueriesImpl::findings(std::string_view account, FindingFilter const& filter) {
    CL_TRY(check_ready());
    constexpr std::array<std::string_view, 5> statuses = {"", "open", "waived", "closed", "all"};
    if (std::find(statuses.begin(), statuses.end(), filter.status) == statuses.end()) {
        return fail(errc::invalid, "status is open, waived, closed or all", "/status");
    }
    auto const published = core_->published.get();
    auto const known = state_->account(account);
    if (!known) return fail(errc::not_found, "no such account");
    std::string const key = filter_text(account, filter);
    FindingKey after;
    if (!filter.cursor.empty()) {
        CL_TRY_ASSIGN(after, read_key(key, filter.cursor));
    }
    Millis const now = core_->env.clock.now();
    Page<FindingView> page;
    page.as_of = as_of(*published);
    std::size_t const size = page_size(filter.limit);
    for (std::size_t scanned = 0; scanned < limits::page_scan; scanned += limits::page_items) {
        CL_TRY_ASSIGN(auto rows, state_->findings(account, after, limits::page_items));
        for (state::FindingRow& row : rows) {
            if (row.finding.seq > published->last()) return page;
            if (row.closed_by && *row.closed_by > published->last()) row.closed_by.reset();
            consent::Waiver const* const waiver = consent::waiver_of(*known, row.finding, now, published->last());
            bool const wanted = matches(row, status_of(row, waiver), filter);
            if (wanted && page.items.size() == size) {
                page.has_more = true;
                page.next_cursor = write_key(key, after);
                return page;
            }
            after = {row.finding.seq, row.finding.id};
            if (!wanted) continue;
            CL_TRY_ASSIGN(FindingView view, with_waiver(std::move(row), known.get()));
            page.items.push_back(std::move(view));
        }
        if (rows.size() < limits::page_items) return page;
    }
    page.has_more = true;
    page.next_cursor = write_key(key, after);
    return page;
}

Result<FindingCounts> QueriesImpl::finding_counts(std::string_view account) {
    CL_TRY(check_ready());
    auto const published = core_->published.get();
    auto const known = state_->account(account);
    if (!known) return fail(errc::not_found, "no such account");
    Millis const now = core_->env.clock.now();
    FindingCounts counts;
    counts.as_of = as_of(*published);
    FindingKey after;
    for (std::size_t scanned = 0; scanned < limits::finding_count_scan; scanned += limits::page_items) {
        CL_TRY_ASSIGN(auto rows, state_->findings(account, after, limits::page_items));
        for (state::FindingRow& row : rows) {
            if (row.finding.seq > published->last()) return counts;
            if (row.closed_by && *row.closed_by > published->last()) row.closed_by.reset();
            if (status_of(row, consent::waiver_of(*known, row.finding, now, published->last())) == "open") {
                ++counts.open.at(static_cast<std::size_t>(row.finding.severity));
            }
            after = {row.finding.seq, row.finding.id};
        }
        if (rows.size() < limits::page_items) return counts;
    }
    counts.complete = false;
    return counts;
}

}  // namespace cl::service
