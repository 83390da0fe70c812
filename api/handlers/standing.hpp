// What the routes share that are shorthand for posting one entry, and that record nothing where it stands already: settings, holds,
// erasure.
//
// Threads: as handlers.hpp.
#pragma once

#include "api/router.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/json.hpp"
#include "ledger/service/queries.hpp"

namespace cl::api::handlers {

/// `item` as POST …/changes takes it; pointers of faults are those of the body that was its `data`.
[[nodiscard]] Result<consent::ChangeItem> parse_standing(json::Object const& item);

enum class Standing : std::uint8_t {
    may_be_new,     ///< it is recorded if nothing, or something else, stands
    must_be_there,  ///< it ends what stands: 404 where nothing does, unless this request ended it before, by its Idempotency-Key
    if_due,         ///< an erasure of what is not needed any more: service::AppendItem::if_due
};

/// Answers with the entry that `change` stands by already (200), or records it (201): without an Idempotency-Key under one that is made
/// from what stood before, so that two who put the same at the same time make one entry.
void record_standing(Call call, Result<consent::ChangeItem> change, Standing standing);

}  // namespace cl::api::handlers
