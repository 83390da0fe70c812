#include "ledger/state/overlay_reader.hpp"

#include "ledger/state/flusher.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cl::state {
namespace {

/// The first `limit` rows of two ordered sources: the first `limit` keys of each contain the first `limit` of all. Which of two rows of a
/// key comes first does not matter: Overlay::complete lays the newest over it.
template <class Row, class Key>
std::vector<Row> first_rows(std::vector<Row>& newer, std::vector<Row>& stored, std::size_t limit, Key const& key) {
    std::map<std::invoke_result_t<Key const&, Row const&>, Row> ordered;
    for (auto* source : {&newer, &stored}) {
        for (Row& row : *source) ordered.try_emplace(key(row), std::move(row));
    }
    std::vector<Row> page;
    page.reserve(std::min(limit, ordered.size()));
    for (auto& [at, row] : ordered) {
        if (page.size() == limit) break;
        page.push_back(std::move(row));
    }
    return page;
}

}  // namespace

Result<std::unique_ptr<Reader>> OverlayReader::open(std::shared_ptr<Shared> shared) {
    std::unique_ptr<OverlayReader> reader(new OverlayReader(std::move(shared)));
    CL_TRY(reader->db());
    return std::unique_ptr<Reader>(std::move(reader));
}

Result<DbReader*> OverlayReader::db() {
    if (!db_ || epoch_ != shared_->epoch) {
        std::scoped_lock const lock(shared_->files);
        db_.reset();
        CL_TRY_ASSIGN(auto opened, DbReader::open(shared_->path));
        db_.emplace(std::move(opened));
        epoch_ = shared_->epoch;
    }
    return &*db_;
}

template <class T>
Result<T> OverlayReader::judged(Result<T> result) {
    if (!result && speaks_of_corruption(result.error())) {
        // Unless the file that said so is gone already.
        if (epoch_ == shared_->epoch) shared_->distrusted = true;
        return fail(errc::store_corrupt, "state.db contradicts itself and will be rebuilt at the next start");
    }
    return result;
}

Result<std::shared_ptr<consent::ContactState const>> OverlayReader::contact(std::string_view account, Hash32 const& contact) {
    if (auto found = shared_->overlay.contact(ContactKeyRef{std::string(account), contact})) return found;
    CL_TRY_ASSIGN(auto* const db, this->db());
    return judged(db->contact(account, contact));
}

Result<std::optional<RequestRecord>> OverlayReader::request(Hash32 const& key) {
    if (auto found = shared_->overlay.request(key)) return found;
    CL_TRY_ASSIGN(auto* const db, this->db());
    return judged(db->request(key));
}

Result<std::optional<Seq>> OverlayReader::seq_at(std::string_view account, std::int64_t account_seq) {
    if (auto found = shared_->overlay.seq_at(account, account_seq)) return found;
    CL_TRY_ASSIGN(auto* const db, this->db());
    return judged(db->seq_at(account, account_seq));
}

Result<std::vector<FindingRow>> OverlayReader::findings(std::string_view account, FindingKey const& after, std::size_t limit) {
    auto view = shared_->overlay.findings(account, after, limit);
    CL_TRY_ASSIGN(auto* const db, this->db());
    CL_TRY_ASSIGN(auto stored, judged(db->findings(account, after, limit)));

    auto page =
        first_rows(view.rows, stored, limit, [](FindingRow const& row) { return std::pair(row.finding.seq, row.finding.id); });
    shared_->overlay.complete(view, account, page);
    return page;
}

Result<std::vector<ObligationRow>> OverlayReader::obligations(std::string_view account, bool closed, ObligationKey const& after,
                                                              std::size_t limit) {
    auto view = shared_->overlay.obligations(account, after, limit);
    CL_TRY_ASSIGN(auto* const db, this->db());
    CL_TRY_ASSIGN(auto stored, judged(db->obligations(account, closed, after, limit)));
    // What the overlay knows to have been closed is in the page as well: without it the page would end early, and so would the reading of
    // whoever goes on until a page is short.
    auto page = first_rows(view.rows, stored, limit, [](ObligationRow const& row) {
        return ObligationKey{row.due_at, row.seq};
    });
    shared_->overlay.complete(view, account, page);
    return page;
}

Result<std::vector<Hash32>> OverlayReader::members(ListRef const& list, std::optional<Hash32> const& after, std::size_t limit) {
    auto const chunks = shared_->overlay.members(list);
    CL_TRY_ASSIGN(auto* const db, this->db());
    CL_TRY_ASSIGN(auto const stored, judged(db->members(list, after, limit)));
    // The first `limit` of all, whatever they are now.
    std::set<Hash32> first(stored.begin(), stored.end());
    for (MemberChunk const& chunk : chunks) {
        for (MemberChange const& change : *chunk) {
            bool const beyond = first.size() == limit && (first.empty() || change.contact > *first.rbegin());
            if (beyond || (after && change.contact <= *after)) continue;
            first.insert(change.contact);
            if (first.size() > limit) first.erase(std::prev(first.end()));
        }
    }
    return std::vector<Hash32>(first.begin(), first.end());
}

Result<std::vector<std::string>> OverlayReader::lists_in_use(std::string_view account, std::string_view after,
                                                             std::size_t limit) {
    auto const recent = shared_->overlay.lists_in_use(account, after, limit);
    CL_TRY_ASSIGN(auto* const db, this->db());
    CL_TRY_ASSIGN(auto const stored, judged(db->lists_in_use(account, after, limit)));
    std::vector<std::string> all;
    std::set_union(recent.begin(), recent.end(), stored.begin(), stored.end(), std::back_inserter(all));
    if (all.size() > limit) all.resize(limit);
    return all;
}

std::optional<Seq> OverlayReader::policy(std::string_view account) const {
    return shared_->directory.policy(account);
}

std::shared_ptr<consent::AccountState const> OverlayReader::account(std::string_view account) const {
    return shared_->directory.account(account);
}

std::optional<TokenRecord> OverlayReader::token(std::string_view id) const {
    return shared_->directory.token(id);
}

std::vector<TokenRecord> OverlayReader::tokens(std::string_view account, std::string_view after, std::size_t limit) const {
    return shared_->directory.tokens(account, after, limit);
}

}  // namespace cl::state
