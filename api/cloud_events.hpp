// CloudEvents 1.0.2: the envelope in which platforms post events, read strictly. What the data means is for the route that takes it.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/json.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::api {

struct CloudEvent {
    std::string id;
    std::string source;  ///< a URI reference; with `id` it names the event for ever
    std::string type;
    std::string subject;                     ///< empty = none
    std::string time;                        ///< as it came, an RFC 3339 time with an offset; empty = none
    std::optional<json::Value> data;         ///< JSON; nothing where the event has none
    std::vector<json::Member> extensions{};  ///< strings, integers and booleans, in the order of their names

    /// The extension of that name in its canonical string encoding (CloudEvents 1.0.2, "Type System"), which is what binary mode would have
    /// carried; empty where it is absent.
    [[nodiscard]] std::string extension(std::string_view name) const;
};

/// Header fields `ce-<attribute>` of the HTTP binding's binary mode: attribute in lower case, value as it came.
using CloudEventFields = std::vector<std::pair<std::string, std::string>>;

/// Structured mode: one event as a JSON object (CloudEvents JSON format 1.0.2), also one element of a batch. `data` or `data_base64`, which
/// must be JSON as well. A member that is null is absent. errc::invalid with the pointer of the first fault: a required attribute that is
/// missing or empty, another specversion than 1.0, a name or a value that the specification does not allow, data that is no JSON.
[[nodiscard]] Result<CloudEvent> read_cloud_event(json::Value const& posted);

/// Binary mode: the attributes are header fields, the body is the data (CloudEvents HTTP binding 1.0.2, 3.1). The same rules; faults of a
/// field have no pointer, the detail names the field.
[[nodiscard]] Result<CloudEvent> read_cloud_event(CloudEventFields const& fields, std::optional<json::Value> data);

}  // namespace cl::api
