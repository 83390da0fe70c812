// What the items of a batch became, told from the batch itself after COMMIT. What has to be read, proved or written out is left to the
// answer desk: the writer's time is everybody's.
//
// Threads: belongs to the writer.
#pragma once

#include "ledger/service/intake.hpp"
#include "ledger/service/jobs.hpp"

#include <vector>

namespace cl::service {

class Delivery {
public:
    /// A result that waits for its batch's COMMIT. It stays where it is in memory until then. `detail`: whether the entry is wanted.
    void expect(ItemResult& result, Intake::Taken const& taken, ReceiptDetail detail);
    /// Fills what was recorded from the batch; a replay has its seq and status only. errc of the store: the writer must stop.
    [[nodiscard]] Result<void> settle(Batch& batch);
    /// Nothing was committed: the items of the batch were not recorded.
    void abandon() { expected_.clear(); }

private:
    struct Expected {
        ItemResult* result;
        bool with_entry;
    };
    std::vector<Expected> expected_;
};

}  // namespace cl::service
