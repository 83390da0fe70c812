// Answers of the service as JSON, as docs/openapi describes it. One function a shape, so that a shape has one place.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/json.hpp"
#include "ledger/service/queries.hpp"
#include "ledger/service/requests.hpp"

#include <cstddef>
#include <optional>

namespace cl::api {

/// Result R. `detail` decides about `leaf_hash` and `receipt`; `index`: its item's place in the request, of a batch.
[[nodiscard]] json::Object render(service::ItemResult const& result, service::ReceiptDetail detail,
                                  std::optional<std::size_t> index = {});
/// A contact's state: opted_in, blocked, level, lists.
[[nodiscard]] json::Object render(consent::ContactState const& state);
[[nodiscard]] json::Object render(consent::Finding const& finding);
/// A finding with its catalogue text: title and citation.
[[nodiscard]] json::Object render(service::FindingView const& view);
[[nodiscard]] json::Object render(service::AsOf const& as_of);
[[nodiscard]] json::Object render(service::ContactView const& view);
/// One entry of a list: the entry itself, as JSON, and its findings.
[[nodiscard]] Result<json::Object> render(service::EntryView const& view);

}  // namespace cl::api
