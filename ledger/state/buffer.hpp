// One buffer of the overlay: the newest value of every key that a run of batches has changed, and how far those batches reach. It is
// filled, then frozen, then written to state.db in key order.
//
// Threads: none of its own. The overlay fills it under a mutex; frozen, any thread may read it.
#pragma once

#include "ledger/state/projections.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cl::state {

/// A finding's place in the order of `GET /findings`.
struct FindingId {
    std::string account;
    Seq seq = 0;
    std::string id;
    friend auto operator<=>(FindingId const&, FindingId const&) = default;
};

/// Findings raised, and cures of findings that were raised before this buffer began. An object of its own because a page of findings
/// holds it while state.db is read; the rest of a buffer must be freed by the flusher, not by whoever looked last.
struct FindingChanges {
    std::map<FindingId, FindingRow> rows;
    std::map<FindingId, Seq> cures;

    /// The newest that this layer knows about the finding, laid over what older layers said.
    void lay_over(FindingId const& id, FindingRow& row) const;
};

/// Obligations by their place in the account's queue, open and closed ones. An object of its own for the same reason.
struct ObligationChanges {
    using Key = std::pair<std::string, ObligationKey>;
    std::map<Key, ObligationRow> rows;
};

/// What one batch changed of one list. Shared with readers, never changed.
using MemberChunk = std::shared_ptr<std::vector<MemberChange> const>;

struct IndexEntry {
    std::int64_t account_seq = 0;
    Seq seq = 0;
};

class Buffer {
public:
    /// `expected_bytes`: how big it may become; its hash tables are sized for that, so that no merge pays for growing one.
    explicit Buffer(std::size_t expected_bytes);

    /// Takes a batch: the last write of a key stays. Within a batch, findings are raised before they are cured.
    void absorb(BatchChanges&& changes, Watermark const& watermark);

    /// True until the first batch, even an empty one: its watermark is something to write.
    [[nodiscard]] bool empty() const noexcept { return !watermark_.has_value(); }
    /// An estimate of the memory held, from above for usual states.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
    /// Of the last batch. Precondition: not empty().
    [[nodiscard]] Watermark const& watermark() const { return *watermark_; }

    /// Null, or nothing: not in this buffer.
    [[nodiscard]] std::shared_ptr<consent::ContactState const> contact(ContactKeyRef const& key) const;
    [[nodiscard]] std::optional<RequestRecord> request(Hash32 const& key) const;
    [[nodiscard]] std::optional<Seq> seq_at(std::string_view account, std::int64_t account_seq) const;

    [[nodiscard]] auto const& contacts() const noexcept { return contacts_; }
    [[nodiscard]] auto const& requests() const noexcept { return requests_; }
    /// By account, and by account_seq within it.
    [[nodiscard]] auto const& index() const noexcept { return index_; }
    [[nodiscard]] auto const& accounts() const noexcept { return accounts_; }
    [[nodiscard]] auto const& tokens() const noexcept { return tokens_; }
    [[nodiscard]] std::shared_ptr<FindingChanges const> findings() const noexcept { return findings_; }
    [[nodiscard]] std::shared_ptr<ObligationChanges const> obligations() const noexcept { return obligations_; }
    /// The chunks of each list in the order of the batches.
    [[nodiscard]] auto const& members() const noexcept { return members_; }
    [[nodiscard]] auto const& policies() const noexcept { return policies_; }

private:
    void absorb_contacts(BatchChanges& changes);
    void absorb_requests(BatchChanges& changes);
    void absorb_index(std::vector<BatchChanges::IndexRow> const& rows);
    void absorb_findings(BatchChanges& changes);
    void absorb_accounts(BatchChanges const& changes);
    void absorb_duties(std::vector<BatchChanges::Duty>& duties);
    void absorb_members(BatchChanges& changes);

    std::optional<Watermark> watermark_;
    std::size_t bytes_ = 0;
    decltype(BatchChanges::contacts) contacts_;
    decltype(BatchChanges::requests) requests_;
    std::map<std::string, std::vector<IndexEntry>, std::less<>> index_;
    std::map<std::string, std::shared_ptr<consent::AccountState const>> accounts_;
    std::map<std::string, TokenRecord> tokens_;
    std::shared_ptr<FindingChanges> findings_;
    std::shared_ptr<ObligationChanges> obligations_;
    std::map<ListRef, std::vector<MemberChunk>> members_;
    std::map<std::string, Seq> policies_;
};

}  // namespace cl::state
