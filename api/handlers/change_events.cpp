#include "api/handlers/change_events.hpp"

#include "api/handlers/change_batch.hpp"
#include "ledger/consent/posted_number.hpp"

#include <utility>

namespace cl::api::handlers {

namespace {

service::AppendItem faulty(Error fault) {
    service::AppendItem item;
    item.fault = std::move(fault);
    return item;
}

/// `within`: where the data stands in what was posted. `at`: the pointer of an attribute, empty in binary mode.
service::AppendItem take(CloudEvent event, std::string const& within, std::string (*at)(std::string_view attribute)) {
    std::string const correlation = correlation_of(event.extension("correlationid"));
    auto const refused = [&](std::string pointer, std::string why) {
        service::AppendItem item = faulty(fail(errc::invalid, std::move(why), std::move(pointer)));
        item.correlation_id = correlation;
        return item;
    };
    if (event.type != change_event_type) {
        return refused(at("type"), "type must be " + std::string(change_event_type));
    }
    json::Object* const data = event.data ? event.data->as_object() : nullptr;
    if (data == nullptr) {
        return refused(within, "data must be a change item, an object");
    }
    if (!event.time.empty() && !data->contains("occurred_at")) {
        data->set("occurred_at", event.time);
    }
    service::AppendItem item = parse_item(*event.data);
    if (item.correlation_id.empty()) {
        item.correlation_id = correlation;
    }
    if (item.fault) {
        item.fault->pointer.insert(0, within);
        return item;
    }
    bool const protective = consent::info(item.change->kind).protective;
    if (!protective && consent::carries_number(event.subject, item.change->phone)) {
        return refused(at("subject"), "subject must not carry the number");
    }
    item.event = event.source + "\n" + event.id;
    item.pointer = within;
    return item;
}

std::string in_document(std::string_view attribute) {
    return json::pointer_join("", attribute);
}

std::string in_header(std::string_view) {
    return {};
}

}  // namespace

service::AppendItem event_item(json::Value const& posted) {
    auto event = read_cloud_event(posted);
    return event ? take(std::move(*event), "/data", in_document) : faulty(std::move(event).error());
}

service::AppendItem event_item(CloudEventFields const& fields, json::Value data) {
    auto event = read_cloud_event(fields, std::move(data));
    return event ? take(std::move(*event), {}, in_header) : faulty(std::move(event).error());
}

}  // namespace cl::api::handlers
