// Changes that come as CloudEvents: the event's data is the change item, its attributes stand in for what the item does not say.
//
// Threads: pure functions, any thread.
#pragma once

#include "api/cloud_events.hpp"
#include "ledger/service/requests.hpp"

namespace cl::api::handlers {

/// The `type` of an event that carries a change; others are refused.
inline constexpr std::string_view change_event_type = "com.consent-ledger.change";

/// An event in structured mode, also an element of a batch. `time` is the change's occurred_at where it has none, `source` with `id` its
/// key where there is no other, the extension `correlationid` its correlation_id. A `subject` that carries the change's number is refused,
/// for subjects are logged on the way; never that of an opt-out or a block.
[[nodiscard]] service::AppendItem event_item(json::Value const& posted);
/// In binary mode: `data` is the body.
[[nodiscard]] service::AppendItem event_item(CloudEventFields const& fields, json::Value data);

}  // namespace cl::api::handlers
