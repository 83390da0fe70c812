// Pages over contacts: all of an account, or those on a list.
#include "ledger/core/limits.hpp"
#include "ledger/service/contact_sweep.hpp"
#include "ledger/service/cursor.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

using ContactStatus = ContactFilter::Status;

std::string filter_text(std::string_view account, ContactFilter const& filter) {
    return "contacts\n" + std::string(account) + "\n" + filter.list + "\n" + std::to_string(static_cast<int>(filter.status)) +
           "\n" + std::string(name(filter.at_least));
}

bool matches(consent::ContactState const& state, ContactFilter const& filter) {
    if (state.level < filter.at_least) return false;
    switch (filter.status) {
    case ContactStatus::all: return true;
    case ContactStatus::opted_in: return state.opted_in;
    case ContactStatus::opted_out: return !state.opted_in;
    case ContactStatus::blocked: return state.blocked;
    case ContactStatus::erased: return state.erased;
    }
    return false;
}

std::optional<ContactRow> row_of(Hash32 const& contact, consent::ContactState const& state, ContactFilter const& filter) {
    if (!matches(state, filter)) return std::nullopt;
    ContactRow row;
    if (!filter.list.empty()) {
        auto const found = state.lists.find(filter.list);
        if (found == state.lists.end() || !found->second.member) return std::nullopt;
        row.membership = found->second;
    }
    row.contact = contact;
    row.opted_in = state.opted_in;
    row.blocked = state.blocked;
    row.erased = state.erased;
    row.level = state.level;
    auto const stands = [](auto const& list) { return list.second.member; };
    row.lists = static_cast<std::size_t>(std::count_if(state.lists.begin(), state.lists.end(), stands));
    row.obligations = state.obligations.size();
    row.first_seq = state.first_seq;
    row.last_seq = state.last_seq;
    return row;
}

}  // namespace

class ContactPager {
public:
    ContactPager(QueriesImpl& queries, std::string_view account, ContactFilter const& filter)
        : queries_(&queries),
          list_{std::string(account), filter.list},
          filter_(&filter),
          filter_text_(filter_text(account, filter)),
          size_(page_size(filter.limit)),
          sweep_(queries, list_.account,
                 [this](std::size_t place, consent::ContactState const* state) { keep(place, state); }) {}

    Result<Page<ContactRow>> page() {
        CL_TRY(sweep_.begin());
        if (!filter_->cursor.empty()) {
            CL_TRY_ASSIGN(std::string const payload, read_cursor(filter_text_, filter_->cursor));
            CL_TRY_ASSIGN(after_, hash_from_bytes(payload));
        }
        CL_TRY(look());
        CL_TRY(sweep_.settle());
        if (sweep_.contacts().empty() && !after_ && !filter_->list.empty() && !sweep_.account().lists.contains(filter_->list)) {
            return fail(errc::not_found, "There is no such list.");
        }
        return assemble();
    }

private:
    void keep(std::size_t place, consent::ContactState const* state) {
        if (rows_.size() <= place) rows_.resize(place + 1);
        rows_[place] = state == nullptr ? std::nullopt : row_of(sweep_.contacts()[place], *state, *filter_);
    }

    /// Until the page has more than it takes, or nobody is left, or enough was looked at.
    Result<void> look() {
        auto after = after_;
        std::size_t const some = size_ + 1;
        std::size_t found = 0;
        while (found <= size_ && rows_.size() < limits::page_scan) {
            CL_TRY_ASSIGN(auto const contacts, queries_->state_->members(list_, after, some));
            for (Hash32 const& contact : contacts) {
                CL_TRY(sweep_.look(contact));
                if (rows_.back()) ++found;
            }
            if (contacts.size() < some) {
                all_seen_ = true;
                return {};
            }
            after = contacts.back();
        }
        return {};
    }

    Page<ContactRow> assemble() {
        Page<ContactRow> page;
        page.as_of = as_of(sweep_.published());
        std::size_t last = 0;
        for (std::size_t place = 0; place < rows_.size(); ++place) {
            if (rows_[place] && page.items.size() == size_) return go_on(std::move(page), last);
            last = place;
            if (rows_[place]) page.items.push_back(std::move(*rows_[place]));
        }
        return all_seen_ ? std::move(page) : go_on(std::move(page), last);
    }

    Page<ContactRow> go_on(Page<ContactRow> page, std::size_t last) const {
        page.has_more = true;
        page.next_cursor = write_cursor(filter_text_, sweep_.contacts()[last].view());
        return page;
    }

    QueriesImpl* queries_;
    state::ListRef list_;
    ContactFilter const* filter_;
    std::string filter_text_;
    std::size_t size_;
    ContactSweep sweep_;
    std::optional<Hash32> after_;
    std::vector<std::optional<ContactRow>> rows_;  // of each place
    bool all_seen_ = false;
};

Result<Page<ContactRow>> QueriesImpl::contacts(std::string_view account, ContactFilter const& filter) {
    return ContactPager(*this, account, filter).page();
}

}  // namespace cl::service
