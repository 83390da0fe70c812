// One member's value: what each Shape accepts, and its stored spelling.
#include "ledger/consent/change_item.hpp"
#include "ledger/consent/classifier.hpp"
#include "ledger/consent/data_schema.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/trace_context.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

Error wrong(std::string const& pointer, std::string why) {
    return fail(errc::invalid, std::move(why), pointer);
}

Result<json::Value> read_string(MemberRule const& rule, std::string const* text, std::string const& pointer) {
    if (text == nullptr) return wrong(pointer, "must be a string");
    switch (rule.shape) {
    case Shape::id:
        if (!valid_id(*text)) return wrong(pointer, "must be an id: 1 to 128 of letters, digits and . _ : -");
        return json::Value(*text);
    case Shape::line:
        if (!valid_line(*text, limits::line_bytes)) return wrong(pointer, "must be a short text on one line");
        return json::Value(*text);
    case Shape::text:
        if (text->size() > limits::text_bytes) return wrong(pointer, "the text is too long");
        return json::Value(*text);
    case Shape::digest:
        if (!hash_from_hex(*text)) return wrong(pointer, "must be 64 lower-case hexadecimal digits");
        return json::Value(*text);
    case Shape::time: {
        auto const time = parse_rfc3339(*text);
        if (!time) return wrong(pointer, "must be a time in RFC 3339 with an offset");
        return json::Value(format_time(*time));
    }
    default: break;
    }
    if (std::find(rule.choices.begin(), rule.choices.end(), *text) == rule.choices.end()) {
        std::string why = "must be one of";
        for (std::string_view const choice : rule.choices) why.append(" ").append(choice);
        return wrong(pointer, std::move(why));
    }
    return json::Value(*text);
}

Result<json::Value> read_number(std::int64_t const* number, std::string const& pointer) {
    if (number == nullptr || *number < 0) return wrong(pointer, "must be an integer from 0");
    return json::Value(*number);
}

Result<json::Value> read_element(Shape shape, json::Value const& value, std::string const& pointer) {
    std::string const* const text = value.as_string();
    if (text == nullptr) return wrong(pointer, "must be a string");
    switch (shape) {
    case Shape::words:
        if (!valid_line(*text, limits::line_bytes) || fold(*text).empty()) {
            return wrong(pointer, "must be a short text with at least one letter or digit");
        }
        return json::Value(*text);
    case Shape::numbers: {
        auto number = normalise_phone(*text);
        if (!number) return wrong(pointer, number.error().detail);
        return json::Value(std::move(*number));
    }
    case Shape::accounts:
        if (*text != "*" && !valid_account(*text)) return wrong(pointer, "must be an account or *");
        return json::Value(*text);
    default:
        if (!valid_id(*text)) return wrong(pointer, "must be an id: 1 to 128 of letters, digits and . _ : -");
        return json::Value(*text);
    }
}

Result<json::Value> read_array(Shape shape, json::Array const* array, std::string const& pointer) {
    if (array == nullptr) return wrong(pointer, "must be an array");
    if (array->empty()) return wrong(pointer, "must not be empty");
    if (array->size() > limits::lists_per_item) return wrong(pointer, "has more than 64 elements");
    json::Array out;
    for (std::size_t i = 0; i < array->size(); ++i) {
        std::string const at = pointer + "/" + std::to_string(i);
        CL_TRY_ASSIGN(json::Value element, read_element(shape, (*array)[i], at));
        if (std::find(out.begin(), out.end(), element) != out.end()) return wrong(at, "stands twice");
        out.push_back(std::move(element));
    }
    return json::Value(std::move(out));
}

Result<json::Value> read_claimed(json::Object const* object, std::string const& pointer) {
    if (object == nullptr) return wrong(pointer, "must be an object");
    if (object->empty()) return wrong(pointer, "must have opted_in or blocked");
    for (json::Member const& member : *object) {
        std::string const at = json::pointer_join(pointer, member.name);
        if (member.name != "opted_in" && member.name != "blocked") return wrong(at, "unknown member");
        if (member.value.as_bool() == nullptr) return wrong(at, "must be true or false");
    }
    return json::Value(*object);
}

Result<json::Value> read_settings(json::Object const* object, std::string const& pointer) {
    if (object == nullptr) return wrong(pointer, "must be an object");
    if (object->size() > limits::lists_per_item) return wrong(pointer, "has more than 64 members");
    for (json::Member const& member : *object) {
        std::string const at = json::pointer_join(pointer, member.name);
        if (!valid_id(member.name)) return wrong(pointer, "has a member whose name is not an id");
        std::string const* const text = member.value.as_string();
        bool const scalar = member.value.as_bool() != nullptr || member.value.as_int() != nullptr;
        if (!scalar && (text == nullptr || !valid_line(*text, limits::line_bytes))) {
            return wrong(at, "must be an integer, true, false or a short text");
        }
    }
    return json::Value(*object);
}

}  // namespace

Result<json::Value> read_member(MemberRule const& rule, json::Value const& value, std::string const& pointer) {
    switch (rule.shape) {
    case Shape::id:
    case Shape::line:
    case Shape::text:
    case Shape::choice:
    case Shape::time:
    case Shape::digest: return read_string(rule, value.as_string(), pointer);
    case Shape::seq:
    case Shape::count: return read_number(value.as_int(), pointer);
    case Shape::flag:
        if (value.as_bool() == nullptr) return wrong(pointer, "must be true or false");
        return value;
    case Shape::ids:
    case Shape::words:
    case Shape::numbers:
    case Shape::accounts: return read_array(rule.shape, value.as_array(), pointer);
    case Shape::settings: return read_settings(value.as_object(), pointer);
    case Shape::claimed: return read_claimed(value.as_object(), pointer);
    case Shape::trace:
        if (value.as_string() == nullptr || !valid_traceparent(*value.as_string())) {
            return wrong(pointer, "must be a traceparent of version 00");
        }
        return value;
    }
    return wrong(pointer, "unknown member");
}

bool is_commitment(json::Value const& value) {
    json::Object const* const object = value.as_object();
    return object != nullptr && object->size() == 1 && hash_from_hex(object->string("commit"));
}

bool valid_line(std::string_view text, std::size_t limit) {
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    return !text.empty() && text.size() <= limit && json::valid_utf8(text) && std::none_of(text.begin(), text.end(), control);
}

}  // namespace cl::consent
