#include "ledger/service/delivery.hpp"

#include <utility>

namespace cl::service {

void Delivery::expect(ItemResult& result, Intake::Taken const& taken, ReceiptDetail detail) {
    result.status = taken.status;
    result.seq = taken.seq;
    if (taken.status == ItemStatus::recorded) expected_.push_back(Expected{&result, detail == ReceiptDetail::full});
}

Result<void> Delivery::settle(Batch& batch) {
    for (Expected const& one : std::exchange(expected_, {})) {
        ItemResult& result = *one.result;
        Recorded const* const recorded = batch.recorded(result.seq);
        if (recorded == nullptr) return fail(errc::store_corrupt, "a batch does not have what it recorded");
        result.leaf = recorded->leaf;
        result.contact = recorded->contact;
        result.state = recorded->state;
        result.findings = recorded->findings;
        if (!one.with_entry) continue;
        CL_TRY_ASSIGN(std::string bytes, batch.entry(recorded->seq));
        result.entry = std::make_shared<std::string const>(std::move(bytes));
    }
    return {};
}

}  // namespace cl::service
