#include "ledger/state/buffer.hpp"

#include "ledger/state/weight.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace cl::state {
namespace {

// A row of each kind is written for most entries; measured states of usual contacts are about this big.
constexpr std::size_t usual_contact_bytes = 512;

std::size_t key_weight(ContactKeyRef const& key) noexcept {
    return node_bytes + sizeof(key) + key.account.size();
}

constexpr std::size_t request_weight = node_bytes + sizeof(Hash32) + sizeof(RequestRecord);

// Twice: a vector that grows has both copies.
constexpr std::size_t index_weight = 2 * sizeof(IndexEntry);

bool before(IndexEntry const& entry, std::int64_t account_seq) noexcept {
    return entry.account_seq < account_seq;
}

}  // namespace

std::size_t ContactKeyHasher::operator()(ContactKeyRef const& key) const noexcept {
    // The contact is uniform already; the account only tells equal numbers of two tenants apart.
    return Hash32Hasher{}(key.contact) ^ (std::hash<std::string>{}(key.account) * 0x9E3779B97F4A7C15ULL);
}

void FindingChanges::lay_over(FindingId const& id, FindingRow& row) const {
    if (auto const raised = rows.find(id); raised != rows.end()) {
        row = raised->second;
    } else if (auto const cure = cures.find(id); cure != cures.end()) {
        row.closed_by = cure->second;
    }
}

Buffer::Buffer(std::size_t expected_bytes)
    : findings_(std::make_shared<FindingChanges>()), obligations_(std::make_shared<ObligationChanges>()) {
    contacts_.reserve(expected_bytes / usual_contact_bytes);
    requests_.reserve(expected_bytes / usual_contact_bytes);
}

void Buffer::absorb(BatchChanges&& changes, Watermark const& watermark) {
    absorb_contacts(changes);
    absorb_requests(changes);
    absorb_index(changes.index);
    absorb_findings(changes);
    absorb_accounts(changes);
    absorb_duties(changes.duties);
    absorb_members(changes);
    watermark_ = watermark;
}

// Nodes change hands instead of being copied: this runs under the overlay's mutex.
void Buffer::absorb_contacts(BatchChanges& changes) {
    while (!changes.contacts.empty()) {
        auto node = changes.contacts.extract(changes.contacts.begin());
        if (!node.mapped()) continue;
        bytes_ += weight(*node.mapped());
        auto placed = contacts_.insert(std::move(node));
        if (placed.inserted) {
            bytes_ += key_weight(placed.position->first);
        } else {
            bytes_ -= weight(*placed.position->second);
            placed.position->second = std::move(placed.node.mapped());
        }
    }
}

void Buffer::absorb_requests(BatchChanges& changes) {
    while (!changes.requests.empty()) {
        auto placed = requests_.insert(changes.requests.extract(changes.requests.begin()));
        if (placed.inserted) {
            bytes_ += request_weight;
        } else {
            placed.position->second = placed.node.mapped();
        }
    }
}

void Buffer::absorb_index(std::vector<BatchChanges::IndexRow> const& rows) {
    for (auto const& row : rows) {
        auto [account, fresh] = index_.try_emplace(row.account);
        if (fresh) bytes_ += node_bytes + sizeof(*account) + row.account.size();
        auto& entries = account->second;
        // Nearly always the end: account_seq counts up.
        auto const place = entries.empty() || entries.back().account_seq < row.account_seq
                               ? entries.end()
                               : std::lower_bound(entries.begin(), entries.end(), row.account_seq, before);
        if (place != entries.end() && place->account_seq == row.account_seq) {
            place->seq = row.seq;
        } else {
            entries.insert(place, IndexEntry{row.account_seq, row.seq});
            bytes_ += index_weight;
        }
    }
}

void Buffer::absorb_findings(BatchChanges& changes) {
    for (auto& [account, row] : changes.raised) {
        FindingId id{account, row.finding.seq, row.finding.id};
        auto const size = weight(row) + node_bytes + sizeof(id) + account.size() + id.id.size();
        if (auto const known = findings_->rows.find(id); known != findings_->rows.end()) {
            bytes_ -= weight(known->second) + node_bytes + sizeof(id) + account.size() + id.id.size();
        }
        findings_->cures.erase(id);
        findings_->rows.insert_or_assign(std::move(id), std::move(row));
        bytes_ += size;
    }
    for (auto const& [account, closed] : changes.closed) {
        FindingId id{account, closed.seq, closed.id};
        if (auto const raised = findings_->rows.find(id); raised != findings_->rows.end()) {
            raised->second.closed_by = closed.by;
        } else {
            auto const size = node_bytes + sizeof(id) + account.size() + id.id.size() + sizeof(Seq);
            if (findings_->cures.insert_or_assign(std::move(id), closed.by).second) bytes_ += size;
        }
    }
}

void Buffer::absorb_accounts(BatchChanges const& changes) {
    for (auto const& [account, state] : changes.accounts) {
        if (!state) continue;
        auto [place, fresh] = accounts_.try_emplace(account);
        if (fresh) {
            bytes_ += node_bytes + sizeof(*place) + account.size();
        } else {
            bytes_ -= weight(*place->second);
        }
        place->second = state;
        bytes_ += weight(*state);
    }
    for (auto const& token : changes.tokens) {
        auto [place, fresh] = tokens_.try_emplace(token.id);
        bytes_ -= fresh ? 0 : weight(place->second);
        place->second = token;
        bytes_ += weight(token) + (fresh ? node_bytes : 0);
    }
}

void Buffer::absorb_duties(std::vector<BatchChanges::Duty>& duties) {
    for (auto& [account, row] : duties) {
        auto const size = weight(row);
        ObligationChanges::Key key{std::move(account), ObligationKey{row.due_at, row.seq}};
        auto const key_size = node_bytes + sizeof(key) + key.first.size();
        auto [place, fresh] = obligations_->rows.try_emplace(std::move(key));
        bytes_ += size + (fresh ? key_size : 0);
        if (!fresh) bytes_ -= weight(place->second);
        place->second = std::move(row);
    }
}

void Buffer::absorb_members(BatchChanges& changes) {
    for (auto& [list, rows] : changes.members) {
        auto [place, fresh] = members_.try_emplace(list);
        if (fresh) bytes_ += node_bytes + sizeof(*place) + list.account.size() + list.list.size();
        bytes_ += node_bytes + 2 * sizeof(MemberChunk) + sizeof(rows) + rows.capacity() * sizeof(MemberChange);
        place->second.push_back(std::make_shared<std::vector<MemberChange> const>(std::move(rows)));
    }
    for (auto const& [account, seq] : changes.policies) {
        if (policies_.insert_or_assign(account, seq).second) bytes_ += node_bytes + sizeof(account) + account.size();
    }
}

std::shared_ptr<consent::ContactState const> Buffer::contact(ContactKeyRef const& key) const {
    auto const found = contacts_.find(key);
    return found == contacts_.end() ? nullptr : found->second;
}

std::optional<RequestRecord> Buffer::request(Hash32 const& key) const {
    auto const found = requests_.find(key);
    if (found == requests_.end()) return std::nullopt;
    return found->second;
}

std::optional<Seq> Buffer::seq_at(std::string_view account, std::int64_t account_seq) const {
    auto const found = index_.find(account);
    if (found == index_.end()) return std::nullopt;
    auto const& entries = found->second;
    auto const entry = std::lower_bound(entries.begin(), entries.end(), account_seq, before);
    if (entry == entries.end() || entry->account_seq != account_seq) return std::nullopt;
    return entry->seq;
}

}  // namespace cl::state
