// The forms in which changes are posted as a whole (one object, an array, CloudEvents), taken apart into items that keep their places. Lines
// come as a stream: change_stream.
//
// Threads: pure functions, any thread.
#pragma once

#include "api/http.hpp"
#include "ledger/core/json.hpp"
#include "ledger/service/requests.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::handlers {

enum class BatchForm : std::uint8_t { one, array };

struct ChangeBatch {
    BatchForm form = BatchForm::one;
    service::ReceiptDetail receipt = service::ReceiptDetail::full;
    std::vector<service::AppendItem> items;
};

/// Reads the body by its Content-Type. An item that is not acceptable stays in its place with its fault; only a body that cannot be
/// taken apart at all, or asks for too much, fails as a whole (malformed, too_large, invalid).
[[nodiscard]] Result<ChangeBatch> parse_batch(Request const& request);

/// One change item; with its fault where it is not acceptable.
[[nodiscard]] service::AppendItem parse_item(json::Value const& posted);

/// Whether there is an opt-out or a block among them: what no rate ever refuses (docs/tokens.md "Rates").
[[nodiscard]] bool holds_protection(std::vector<service::AppendItem> const& items);

/// As much of a correlation id as is given back: limits::id_chars, and no part of a character.
[[nodiscard]] std::string correlation_of(std::string_view posted);

/// `?receipt=`; nothing without it. errc::invalid.
[[nodiscard]] Result<std::optional<service::ReceiptDetail>> asked_receipt(Request const& request);

/// About what the answer will take, before there is one.
[[nodiscard]] std::size_t answer_bytes(ChangeBatch const& batch);

}  // namespace cl::api::handlers
