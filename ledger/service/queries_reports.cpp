// What reports ask besides the pages: an account, a contact and its entries one by one, and what the vault still has.
#include "ledger/core/limits.hpp"
#include "ledger/service/erasure.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cl::service {

Result<AccountView> QueriesImpl::account(std::string_view account) {
    CL_TRY_ASSIGN(SeenAccount seen, see(account));
    return AccountView{std::move(seen.state), seen.published->last()};
}

Result<std::shared_ptr<consent::ContactState const>> QueriesImpl::state(std::string_view account, Hash32 const& contact) {
    CL_TRY_ASSIGN(Seen seen, see(account, contact));
    return std::move(seen.state);
}

Result<std::vector<Seq>> QueriesImpl::chain(std::string_view account, Hash32 const& contact) {
    CL_TRY_ASSIGN(Seen const seen, see(account, contact));
    if (!seen.state) return fail(errc::not_found, "There is no such contact.");
    if (seen.state->contact_seq > static_cast<std::int64_t>(limits::contact_replay)) {
        return fail(errc::too_large, "the contact has too many entries for one document; read its history instead");
    }
    std::vector<Seq> seqs;
    CL_TRY(walk_contact(
        seen.state->last_seq, [this](Seq seq) { return bytes_of(seq); },
        [&](Entry const& entry) {
            seqs.push_back(entry.seq);
            return true;
        }));
    std::reverse(seqs.begin(), seqs.end());
    return seqs;
}

Result<EntryView> QueriesImpl::view(std::string_view account, Seq seq) {
    auto const published = core_->published.get();
    Error const hidden = fail(errc::not_found, "no such entry");
    if (seq < 0 || seq > published->last()) return hidden;
    CL_TRY_ASSIGN(std::string bytes, bytes_of(seq));
    CL_TRY_ASSIGN(Entry const entry, decode(bytes));
    if (entry.account != account) return hidden;
    return view_of(account, entry, std::move(bytes), entry.account_seq.value_or(0));
}

Result<std::optional<std::string>> QueriesImpl::opening(Seq seq, std::string_view pointer) {
    CL_TRY_ASSIGN(auto found, log_->opening(seq, pointer));
    if (!found) return std::optional<std::string>();
    return std::optional(std::move(found->content));
}

Result<CustodyView> QueriesImpl::custody(std::string_view account, Hash32 const& contact) {
    CL_TRY_ASSIGN(Seen const seen, see(account, contact));
    if (!seen.state) return fail(errc::not_found, "There is no such contact.");
    CustodyView view;
    auto const read = [this](Seq seq) { return bytes_of(seq); };
    CL_TRY_ASSIGN(auto const own, contact_holds(seen.state->last_seq, read));
    std::set<std::string> matters;
    for (auto const& [matter, by] : own) matters.insert(matter);
    if (auto const known = state_->account(account)) {
        for (auto const& [matter, by] : known->holds) matters.insert(matter);
    }
    view.holds.assign(matters.begin(), matters.end());
    CL_TRY(walk_contact(seen.state->last_seq, read, [&](Entry const& entry) {
        if (entry.kind != consent::info(consent::Kind::subject_erased).name) return true;
        view.erased_by = entry.seq;
        view.erased_at = entry.recorded_at;
        return false;
    }));
    return view;
}

}  // namespace cl::service
