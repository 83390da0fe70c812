#include "api/cloud_events.hpp"

#include "ledger/core/ascii.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/limits.hpp"

#include <boost/url/decode_view.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/pct_string_view.hpp>

#include <algorithm>
#include <array>

namespace cl::api {

namespace {

/// Where an attribute was found, for the sentence and the pointer of a fault.
enum class Mode : std::uint8_t { structured, binary };

Error wrong(Mode mode, std::string_view attribute, std::string_view what) {
    if (mode == Mode::structured) {
        return fail(errc::invalid, std::string(what), json::pointer_join("", attribute));
    }
    // The name was looked at before: it is letters and digits.
    return fail(errc::invalid, "header field ce-" + std::string(attribute) + ": " + std::string(what));
}

/// CloudEvents 1.0.2, "Attribute Naming Convention".
bool attribute_name(std::string_view name) noexcept {
    return !name.empty() && name.size() <= limits::id_chars &&
           std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

bool uri_reference(std::string_view text) {
    auto const url = boost::urls::parse_uri_reference(boost::urls::string_view(text.data(), text.size()));
    if (!url) return false;
    // Boost.URL 1.81 takes an authority that runs into the path, which RFC 3986 3.3 does not.
    auto const path = url->encoded_path();
    return !url->has_authority() || path.empty() || path.front() == '/';
}

/// `application/json`, `text/json`, `application/vnd.x+json`, with or without parameters.
bool json_type(std::string_view type) {
    std::string bare = ascii::lower(type.substr(0, type.find(';')));
    while (bare.ends_with(' ') || bare.ends_with('\t')) {
        bare.pop_back();
    }
    return bare.ends_with("/json") || bare.ends_with("+json");
}

/// One context attribute that the specification defines.
struct Attribute {
    std::string_view name;
    bool required;
    std::string CloudEvent::*into;  ///< null: looked at, not kept
    bool (*good)(std::string_view text);
    std::string_view must;
};

constexpr Attribute attributes[] = {
    {"specversion", true, nullptr, [](std::string_view text) { return text == "1.0"; }, "must be 1.0"},
    {"id", true, &CloudEvent::id, [](std::string_view) { return true; }, ""},
    {"source", true, &CloudEvent::source, uri_reference, "must be a URI reference"},
    {"type", true, &CloudEvent::type, [](std::string_view) { return true; }, ""},
    {"subject", false, &CloudEvent::subject, [](std::string_view) { return true; }, ""},
    {"time", false, &CloudEvent::time, [](std::string_view text) { return parse_rfc3339(text).has_value(); },
     "must be a time in RFC 3339 with an offset"},
    {"datacontenttype", false, nullptr, json_type, "must be JSON: the data of other types is not read here"},
    {"dataschema", false, nullptr, uri_reference, "must be a URI"},
};

Attribute const* known(std::string_view name) noexcept {
    auto const* const found =
        std::find_if(std::begin(attributes), std::end(attributes), [&](Attribute const& one) { return one.name == name; });
    return found == std::end(attributes) ? nullptr : found;
}

/// Puts one attribute where it belongs.
Result<void> take(Mode mode, std::string_view name, json::Value const& value, CloudEvent& event) {
    if (!attribute_name(name)) {
        // The name is not repeated: it may be anything.
        return fail(errc::invalid, "the name of an attribute is letters a to z and digits",
                    mode == Mode::structured ? json::pointer_join("", name) : std::string());
    }
    std::string const* const text = value.as_string();
    if (Attribute const* const attribute = known(name)) {
        if (text == nullptr || text->empty()) {
            return wrong(mode, name, "must be a string that is not empty");
        }
        if (text->size() > limits::message_id_bytes) {
            return wrong(mode, name, "must be at most " + std::to_string(limits::message_id_bytes) + " bytes");
        }
        if (!attribute->good(*text)) {
            return wrong(mode, name, attribute->must);
        }
        if (attribute->into != nullptr) {
            event.*attribute->into = *text;
        }
        return {};
    }
    if (text == nullptr && value.as_int() == nullptr && value.as_bool() == nullptr) {
        return wrong(mode, name, "an extension must be a string, an integer or a boolean");
    }
    event.extensions.push_back({std::string(name), value});
    return {};
}

/// What is required is there.
Result<void> complete(Mode mode, CloudEvent const& event, bool versioned) {
    if (!versioned) {
        return wrong(mode, "specversion", "is required");
    }
    for (Attribute const& attribute : attributes) {
        if (attribute.required && attribute.into != nullptr && (event.*attribute.into).empty()) {
            return wrong(mode, attribute.name, "is required");
        }
    }
    return {};
}

Result<json::Value> decoded(json::Value const& posted) {
    constexpr std::string_view member = "data_base64";
    auto const bytes =
        posted.as_string() == nullptr ? Result<std::string>(fail(errc::malformed, {})) : from_base64(*posted.as_string());
    if (!bytes) {
        return wrong(Mode::structured, member, "must be base64");
    }
    auto value = json::parse(*bytes, limits::http_body_bytes);
    if (!value) {
        return wrong(Mode::structured, member, "must be JSON: the data of other types is not read here");
    }
    return std::move(*value);
}

/// CloudEvents HTTP binding 1.0.2, 3.1.3.2: percent-encoded.
Result<std::string> header_value(std::string_view name, std::string_view value) {
    auto const encoded = boost::urls::make_pct_string_view(boost::urls::string_view(value.data(), value.size()));
    if (!encoded) {
        return wrong(Mode::binary, name, "must be percent-encoded");
    }
    std::string text;
    for (char const c : boost::urls::decode_view(*encoded)) {
        text.push_back(c);
    }
    if (!json::valid_utf8(text)) {
        return wrong(Mode::binary, name, "must be UTF-8");
    }
    return text;
}

}  // namespace

std::string CloudEvent::extension(std::string_view name) const {
    auto const found =
        std::find_if(extensions.begin(), extensions.end(), [&](json::Member const& one) { return one.name == name; });
    if (found == extensions.end()) return {};
    if (std::string const* const text = found->value.as_string()) return *text;
    if (auto const* const number = found->value.as_int()) return std::to_string(*number);
    return *found->value.as_bool() ? "true" : "false";
}

Result<CloudEvent> read_cloud_event(json::Value const& posted) {
    json::Object const* const object = posted.as_object();
    if (object == nullptr) {
        return fail(errc::invalid, "an event must be an object");
    }
    CloudEvent event;
    bool versioned = false;
    for (json::Member const& member : *object) {
        if (member.value.is_null()) {
            continue;  // JSON format 1.0.2, 2.2: as if it were absent
        }
        if (member.name == "data" || member.name == "data_base64") {
            if (event.data) {
                return wrong(Mode::structured, member.name, "data and data_base64 exclude each other");
            }
            if (member.name == "data") {
                event.data = member.value;
            } else {
                CL_TRY_ASSIGN(event.data, decoded(member.value));
            }
            continue;
        }
        CL_TRY(take(Mode::structured, member.name, member.value, event));
        versioned = versioned || member.name == "specversion";
    }
    CL_TRY(complete(Mode::structured, event, versioned));
    return event;
}

Result<CloudEvent> read_cloud_event(CloudEventFields const& fields, std::optional<json::Value> data) {
    CloudEventFields sorted = fields;
    std::sort(sorted.begin(), sorted.end());
    CloudEvent event;
    bool versioned = false;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        std::string const& name = sorted[i].first;
        if (!attribute_name(name)) {
            return fail(errc::invalid, "the name of an attribute is letters a to z and digits");
        }
        // datacontenttype is the Content-Type (3.1.1).
        if (name == "datacontenttype" || (i > 0 && sorted[i - 1].first == name)) {
            return wrong(Mode::binary, name, "must not be there, or not twice");
        }
        CL_TRY_ASSIGN(std::string text, header_value(name, sorted[i].second));
        CL_TRY(take(Mode::binary, name, json::Value(std::move(text)), event));
        versioned = versioned || name == "specversion";
    }
    CL_TRY(complete(Mode::binary, event, versioned));
    event.data = std::move(data);
    return event;
}

}  // namespace cl::api
