// The three forms in which changes are posted (one object, an array, NDJSON lines), taken apart into items that keep their places.
//
// Threads: pure functions, any thread.
#pragma once

#include "api/http.hpp"
#include "ledger/service/requests.hpp"

#include <vector>

namespace cl::api::handlers {

enum class BatchForm : std::uint8_t { one, array, lines };

struct ChangeBatch {
    BatchForm form = BatchForm::one;
    service::ReceiptDetail receipt = service::ReceiptDetail::full;
    std::vector<service::AppendItem> items;
};

/// Reads the body by its Content-Type. An item that is not acceptable stays in its place with its fault; only a body that cannot be
/// taken apart at all, or asks for too much, fails as a whole (malformed, too_large, invalid).
[[nodiscard]] Result<ChangeBatch> parse_batch(Request const& request);

/// About what the answer will take, before there is one.
[[nodiscard]] std::size_t answer_bytes(ChangeBatch const& batch);

}  // namespace cl::api::handlers
