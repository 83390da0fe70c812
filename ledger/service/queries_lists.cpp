// The account's lists, and what stands of a definition that is put.
#include "ledger/core/limits.hpp"
#include "ledger/service/cursor.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cl::service {
namespace {

constexpr std::size_t some_members = 64;

std::string filter_text(std::string_view account) {
    return "lists\n" + std::string(account);
}

}  // namespace

Result<bool> QueriesImpl::anybody_on(std::string_view account, std::string_view list, Seq last) {
    state::ListRef const ref{std::string(account), std::string(list)};
    for (std::optional<Hash32> after;;) {
        CL_TRY_ASSIGN(auto const contacts, state_->members(ref, after, some_members));
        for (Hash32 const& contact : contacts) {
            CL_TRY_ASSIGN(auto const state, state_->contact(account, contact));
            auto const found = state ? state->lists.find(list) : decltype(state->lists.end()){};
            if (state && found != state->lists.end() && found->second.member && found->second.seq <= last) return true;
        }
        if (contacts.size() < some_members) return false;
        after = contacts.back();
    }
}

Result<Page<ListView>> QueriesImpl::lists(std::string_view account, std::size_t limit, std::string_view cursor) {
    CL_TRY_ASSIGN(auto const seen, see(account));
    std::string const filter = filter_text(account);
    std::string after;
    if (!cursor.empty()) {
        CL_TRY_ASSIGN(after, read_cursor(filter, cursor));
    }
    std::size_t const size = page_size(limit);
    CL_TRY_ASSIGN(auto const used, state_->lists_in_use(account, after, size + 1));
    Page<ListView> page;
    page.as_of = as_of(*seen.published);
    auto defined = seen.state->lists.upper_bound(after);
    auto in_use = used.begin();
    for (;;) {
        if (in_use == used.end() && used.size() > size) {
            // There may be more that are in use behind the last one that was read.
            page.has_more = true;
            page.next_cursor = write_cursor(filter, used.back());
            return page;
        }
        if (defined == seen.state->lists.end() && in_use == used.end()) return page;
        bool const is_defined = in_use == used.end() || (defined != seen.state->lists.end() && defined->first <= *in_use);
        std::string const id = is_defined ? defined->first : *in_use;
        if (page.items.size() == size) {
            page.has_more = true;
            page.next_cursor = write_cursor(filter, page.items.back().id);
            return page;
        }
        if (in_use != used.end() && *in_use == id) ++in_use;
        if (is_defined) {
            page.items.push_back({id, defined->second});
            ++defined;
            continue;
        }
        CL_TRY_ASSIGN(bool const anybody, anybody_on(account, id, seen.published->last()));
        if (anybody) page.items.push_back({id, std::nullopt});
    }
}

}  // namespace cl::service
