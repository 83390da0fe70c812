// The overlay: two buffers of changes in front of state.db. The writer fills the active one; when it is big enough or old enough it is
// frozen and written by the flusher while a fresh one fills. A frozen buffer is let go only after its COMMIT, so that a reader that asks
// the overlay first and state.db second misses nothing.
//
// Threads: safe for all. merge() and wait_for_room() are the writer thread's, next(), written() and failed() the flusher's. Critical
// sections are look-ups, except merge's, which moves one batch's nodes (1 to 3 ms for the biggest batch).
#pragma once

#include "ledger/state/buffer.hpp"
#include "ledger/state/projections.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::state {

/// A page of findings begun: what the overlay has of it, and the layers that must be laid over what state.db adds.
struct FindingsView {
    std::vector<FindingRow> rows;                  ///< in no particular order; a finding may be there twice
    std::shared_ptr<FindingChanges const> frozen;  ///< may be null
    std::shared_ptr<FindingChanges const> active;  ///< changes under the overlay's mutex: only Overlay::complete looks at it
};

/// The same for obligations.
struct ObligationsView {
    std::vector<ObligationRow> rows;
    std::shared_ptr<ObligationChanges const> frozen;  ///< may be null
    std::shared_ptr<ObligationChanges const> active;  ///< changes under the overlay's mutex
};

class Overlay {
public:
    explicit Overlay(Options const& options);

    // The writer.
    /// False: both buffers are full.
    [[nodiscard]] bool room() const;
    /// Takes a batch, whole. Precondition: room(); without it the batch is taken all the same, since dropping it would be a lie.
    void merge(BatchChanges&& changes, Watermark const& watermark);
    /// Blocks until there is room or a flush has failed (then error() says why, and calling again waits for the next attempt).
    void wait_for_room();

    // Readers. Nothing: not in the overlay, ask state.db.
    [[nodiscard]] std::shared_ptr<consent::ContactState const> contact(ContactKeyRef const& key) const;
    [[nodiscard]] std::optional<RequestRecord> request(Hash32 const& key) const;
    [[nodiscard]] std::optional<Seq> seq_at(std::string_view account, std::int64_t account_seq) const;
    /// At most `limit` rows of each buffer, the first ones after `after`. Take it before reading state.db.
    [[nodiscard]] FindingsView findings(std::string_view account, Reader::FindingKey const& after, std::size_t limit) const;
    /// Lays the view's layers over rows from anywhere, so that each says the newest.
    void complete(FindingsView const& view, std::string_view account, std::vector<FindingRow>& rows) const;
    [[nodiscard]] ObligationsView obligations(std::string_view account, ObligationKey const& after, std::size_t limit) const;
    void complete(ObligationsView const& view, std::string_view account, std::vector<ObligationRow>& rows) const;
    /// All that the overlay has of the list.
    [[nodiscard]] std::vector<MemberChunk> members(ListRef const& list) const;
    /// The first `limit` ids after `after` of lists that the overlay has anything of, ordered.
    [[nodiscard]] std::vector<std::string> lists_in_use(std::string_view account, std::string_view after,
                                                        std::size_t limit) const;

    // The flusher.
    /// Waits for a buffer to write and freezes it; after a failure, the same one again. Null: stop.
    [[nodiscard]] std::shared_ptr<Buffer const> next();
    /// The buffer that next() gave is in state.db, committed.
    void written();
    /// It is not. Waits one flush interval, so that a full disk is not hammered.
    void failed(Error error);

    // Starting and stopping.
    enum class Order : std::uint8_t { run, drain, stop };
    /// drain: next() gives what is left without waiting, then null, and null after a failure. stop: null at once.
    void give_order(Order order);
    /// The last failure, until a flush succeeds again.
    [[nodiscard]] std::optional<Error> error() const;
    /// Forgets all changes and errors. Only while no flusher runs.
    void clear();

private:
    // All with mutex_ held.
    [[nodiscard]] bool has_room() const noexcept;
    void freeze();

    Options const options_;

    mutable std::mutex mutex_;
    std::condition_variable work_;  // for the flusher
    std::condition_variable room_;  // for the writer
    // Below: under mutex_.
    std::shared_ptr<Buffer> active_;
    std::shared_ptr<Buffer const> frozen_;
    Order order_ = Order::run;
    std::optional<Error> error_;
    std::uint64_t failures_ = 0;
};

}  // namespace cl::state
