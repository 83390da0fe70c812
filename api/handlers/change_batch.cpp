#include "api/handlers/change_batch.hpp"

#include "api/handlers/query.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::handlers {

namespace {

/// WIRE.md 1: above this many items a batch is answered briefly unless it asks otherwise.
constexpr std::size_t full_receipts_up_to = 100;

service::AppendItem parse_item(json::Value const& posted) {
    service::AppendItem item;
    if (json::Object const* object = posted.as_object()) {
        item.correlation_id = object->string("correlation_id").substr(0, limits::id_chars);
    }
    auto change = consent::parse_change(posted);
    if (change) {
        item.change = std::move(*change);
    } else {
        item.fault = std::move(change).error();
    }
    return item;
}

Error too_many() {
    return fail(errc::too_large, "One request holds at most " + std::to_string(limits::batch_items) + " changes.");
}

Result<ChangeBatch> parse_json(Request const& request) {
    ChangeBatch batch;
    auto const take = [&batch](json::Value&& one) -> Result<void> {
        if (batch.items.size() == limits::batch_items) {
            return too_many();
        }
        batch.items.push_back(parse_item(one));
        return {};
    };
    CL_TRY_ASSIGN(auto const single, json::parse_elements(request.body, limits::http_batch_body_bytes, take));
    if (single) {
        batch.items.push_back(parse_item(*single));
        return batch;
    }
    if (batch.items.empty()) {
        return fail(errc::invalid, "The array holds no change.");
    }
    batch.form = BatchForm::array;
    return batch;
}

Result<ChangeBatch> parse_lines(Request const& request) {
    ChangeBatch batch;
    batch.form = BatchForm::lines;
    std::string_view rest = request.body;
    while (!rest.empty()) {
        auto const end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            continue;
        }
        if (batch.items.size() == limits::batch_items) {
            return too_many();
        }
        auto const posted = json::parse(line, limits::http_body_bytes);
        if (posted) {
            batch.items.push_back(parse_item(*posted));
        } else {
            service::AppendItem item;
            item.fault = posted.error();
            batch.items.push_back(std::move(item));
        }
    }
    if (batch.items.empty()) {
        return fail(errc::invalid, "The body holds no change.");
    }
    return batch;
}

Result<service::ReceiptDetail> receipt_detail(Request const& request, ChangeBatch const& batch) {
    auto const asked = request.parameter("receipt");
    if (!asked) {
        return batch.items.size() > full_receipts_up_to ? service::ReceiptDetail::brief : service::ReceiptDetail::full;
    }
    if (*asked == "full") {
        // A full receipt is a few kilobytes; nothing is written yet, so the poster can choose.
        if (batch.items.size() > limits::full_receipts) {
            return fail(errc::too_large, "receipt=full is for at most " + std::to_string(limits::full_receipts) +
                                             " changes in one request; ask for brief and fetch proofs by seq, or post fewer.");
        }
        return service::ReceiptDetail::full;
    }
    if (*asked == "brief") {
        return service::ReceiptDetail::brief;
    }
    if (*asked == "none") {
        return service::ReceiptDetail::none;
    }
    return fail(errc::invalid, "Query parameter `receipt` must be `full`, `brief` or `none`.");
}

/// What of an item can stand in its entry in clear; what is sealed leaves a commitment.
std::size_t clear_bytes(consent::ChangeItem const& change) {
    std::size_t sealed = 0;
    for (consent::Sealed const& one : change.sealed) {
        sealed += one.content.size();
    }
    return change.canonical.size() > sealed ? change.canonical.size() - sealed : 0;
}

}  // namespace

std::size_t answer_bytes(ChangeBatch const& batch) {
    constexpr std::size_t brief = 512;
    constexpr std::size_t full = 4'096;  // the entry's fixed members, its findings, a proof with its checkpoint
    std::size_t total = 0;
    for (service::AppendItem const& item : batch.items) {
        total += brief;
        if (batch.receipt == service::ReceiptDetail::full && item.change) {
            total += full + clear_bytes(*item.change) / 4 * 5;
        }
    }
    return total;
}

Result<ChangeBatch> parse_batch(Request const& request) {
    CL_TRY(check_parameters(request, {"receipt"}));
    bool const lines = request.content_type == "application/x-ndjson" || request.content_type == "application/jsonl";
    CL_TRY_ASSIGN(ChangeBatch batch, lines ? parse_lines(request) : parse_json(request));
    CL_TRY_ASSIGN(batch.receipt, receipt_detail(request, batch));
    return batch;
}

}  // namespace cl::api::handlers
