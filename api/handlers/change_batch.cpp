#include "api/handlers/change_batch.hpp"

#include "api/handlers/change_events.hpp"
#include "api/handlers/query.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api::handlers {

namespace {

/// docs/http-api.md "Batches": above this many items a batch is answered briefly unless it asks otherwise.
constexpr std::size_t full_receipts_up_to = 100;

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

/// One event, or with `batch` an array of them.
Result<ChangeBatch> parse_events(Request const& request, bool batch_expected) {
    ChangeBatch batch;
    auto const take = [&batch](json::Value&& one) -> Result<void> {
        if (batch.items.size() == limits::batch_items) {
            return too_many();
        }
        batch.items.push_back(event_item(one));
        return {};
    };
    CL_TRY_ASSIGN(auto const single, json::parse_elements(request.body, limits::http_batch_body_bytes, take));
    if (single.has_value() == batch_expected) {
        return fail(errc::invalid, batch_expected ? "a batch of events must be an array" : "an event must be an object");
    }
    if (single) {
        batch.items.push_back(event_item(*single));
        return batch;
    }
    if (batch.items.empty()) {
        return fail(errc::invalid, "The array holds no event.");
    }
    batch.form = BatchForm::array;
    return batch;
}

/// The attributes are header fields.
Result<ChangeBatch> parse_binary_event(Request const& request) {
    CL_TRY_ASSIGN(auto posted, json::parse(request.body, limits::http_body_bytes));
    ChangeBatch batch;
    batch.items.push_back(event_item(request.event, std::move(posted)));
    return batch;
}

Result<ChangeBatch> parse_body(Request const& request) {
    if (request.content_type == "application/cloudevents+json") {
        return parse_events(request, false);
    }
    if (request.content_type == "application/cloudevents-batch+json") {
        return parse_events(request, true);
    }
    return request.event.empty() ? parse_json(request) : parse_binary_event(request);
}

Result<service::ReceiptDetail> receipt_detail(Request const& request, ChangeBatch const& batch) {
    CL_TRY_ASSIGN(auto const asked, asked_receipt(request));
    if (!asked) {
        return batch.items.size() > full_receipts_up_to ? service::ReceiptDetail::brief : service::ReceiptDetail::full;
    }
    // A full receipt is a few kilobytes; nothing is written yet, so the poster can choose.
    if (*asked == service::ReceiptDetail::full && batch.items.size() > limits::full_receipts) {
        return fail(errc::too_large, "receipt=full is for at most " + std::to_string(limits::full_receipts) +
                                         " changes in one array; ask for brief and fetch proofs by seq, or post lines.");
    }
    return *asked;
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

std::string correlation_of(std::string_view posted) {
    posted = posted.substr(0, limits::id_chars);
    return std::string(posted.substr(0, json::valid_utf8_prefix(posted)));
}

service::AppendItem parse_item(json::Value const& posted) {
    service::AppendItem item;
    if (json::Object const* object = posted.as_object()) {
        item.correlation_id = correlation_of(object->string("correlation_id"));
    }
    auto change = consent::parse_change(posted);
    if (change && change->kind == consent::Kind::export_issued) {
        // What it states is found by the program, and proves that a bundle ends where it does: nobody states it for a bundle of their own.
        item.fault = fail(errc::invalid, "is recorded by POST …/exports alone", "/kind");
    } else if (change) {
        item.change = std::move(*change);
    } else {
        item.fault = std::move(change).error();
    }
    return item;
}

bool holds_protection(std::vector<service::AppendItem> const& items) {
    return std::any_of(items.begin(), items.end(), [](service::AppendItem const& item) {
        return item.change && consent::info(item.change->kind).protective;
    });
}

Result<std::optional<service::ReceiptDetail>> asked_receipt(Request const& request) {
    auto const asked = request.parameter("receipt");
    if (!asked) {
        return std::optional<service::ReceiptDetail>{};
    }
    if (*asked == "full") {
        return std::optional(service::ReceiptDetail::full);
    }
    if (*asked == "brief") {
        return std::optional(service::ReceiptDetail::brief);
    }
    if (*asked == "none") {
        return std::optional(service::ReceiptDetail::none);
    }
    return fail(errc::invalid, "Query parameter `receipt` must be `full`, `brief` or `none`.");
}

std::size_t answer_bytes(ChangeBatch const& batch) {
    constexpr std::size_t brief = 512;
    constexpr std::size_t full = 4'096;  // the entry's fixed members, its findings, a proof with its checkpoint
    std::size_t total = batch.items.size() * brief;
    for (service::AppendItem const& item : batch.items) {
        if (batch.receipt == service::ReceiptDetail::full && item.change) {
            total += full + clear_bytes(*item.change) / 4 * 5;
        }
    }
    return total;
}

Result<ChangeBatch> parse_batch(Request const& request) {
    CL_TRY(check_parameters(request, {"receipt"}));
    CL_TRY_ASSIGN(ChangeBatch batch, parse_body(request));
    CL_TRY_ASSIGN(batch.receipt, receipt_detail(request, batch));
    return batch;
}

}  // namespace cl::api::handlers
