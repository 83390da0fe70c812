// Answers: what the items of a batch became, told after COMMIT with receipts (DESIGN.md 1 "The receipt is in the answer").
//
// Threads: belongs to the writer.
#pragma once

#include "ledger/service/core.hpp"
#include "ledger/service/intake.hpp"
#include "ledger/service/jobs.hpp"
#include "ledger/service/tile_source.hpp"

#include <vector>

namespace cl::service {

class Delivery {
public:
    /// All outlive the object.
    Delivery(Core& core, state::Reader& reader, TileSource& tiles) : core_(&core), reader_(&reader), tiles_(&tiles) {}

    /// A result that waits for its batch's COMMIT. The job that holds it stays where it is until then.
    void expect(ItemResult& result, Intake::Taken const& taken);
    /// Fills what was expected, from the batch and, for older entries, from the log. errc of the store: the writer must stop.
    [[nodiscard]] Result<void> settle(Batch& batch);
    /// Nothing was committed: the items of the batch were not recorded.
    void abandon() { expected_.clear(); }

    /// Adds proofs to the published checkpoint where they are wanted, and answers.
    void answer(Job& job);

private:
    struct Expected {
        ItemResult* result;
        Intake::Taken taken;
    };
    [[nodiscard]] Result<void> fill_stored(ItemResult& result, Seq seq);
    [[nodiscard]] Result<void> add_receipts(std::vector<ItemResult>& results, ReceiptDetail detail, Published const& published);
    [[nodiscard]] Result<std::string> opened_reply(Seq seq);

    Core* core_;
    state::Reader* reader_;
    TileSource* tiles_;
    std::vector<Expected> expected_;
};

}  // namespace cl::service
