// Pieces of the states' text form.
#include "ledger/consent/state_fields.hpp"

namespace cl::consent {

void put_flag(json::Object& out, std::string_view key, bool value) {
    if (value) out.set(key, true);
}

void put_text(json::Object& out, std::string_view key, std::string_view value) {
    if (!value.empty()) out.set(key, value);
}

void put_time(json::Object& out, std::string_view key, std::optional<Millis> value) {
    if (value) out.set(key, *value);
}

void put_level(json::Object& out, std::string_view key, Level value) {
    if (value != Level::none) out.set(key, name(value));
}

bool Reader::flag(json::Object const& in, std::string_view key) {
    json::Value const* const value = in.find(key);
    if (value == nullptr) return false;
    if (value->as_bool() == nullptr) fail();
    return value->as_bool() != nullptr && *value->as_bool();
}

std::int64_t Reader::number(json::Object const& in, std::string_view key, std::int64_t absent) {
    json::Value const* const value = in.find(key);
    return value == nullptr ? absent : integer(*value);
}

std::optional<Millis> Reader::time(json::Object const& in, std::string_view key) {
    json::Value const* const value = in.find(key);
    if (value == nullptr) return std::nullopt;
    return integer(*value);
}

Level Reader::level(json::Object const& in, std::string_view key) {
    if (!in.contains(key)) return Level::none;
    std::optional<Level> const level = level_from(in.string(key));
    if (!level) fail();
    return level.value_or(Level::none);
}

std::int64_t Reader::integer(json::Value const& value) {
    if (value.as_int() == nullptr) {
        fail();
        return 0;
    }
    return *value.as_int();
}

json::Object const& Reader::object(json::Value const& value) {
    if (value.as_object() != nullptr) return *value.as_object();
    fail();
    return no_members_;
}

json::Object const& Reader::member_object(json::Object const& in, std::string_view key) {
    json::Value const* const value = in.find(key);
    return value == nullptr ? no_members_ : object(*value);
}

json::Array const& Reader::member_array(json::Object const& in, std::string_view key) {
    json::Value const* const value = in.find(key);
    if (value == nullptr) return no_elements_;
    if (value->as_array() != nullptr) return *value->as_array();
    fail();
    return no_elements_;
}

json::Array const& Reader::array(json::Value const& value, std::size_t size) {
    if (value.as_array() != nullptr && value.as_array()->size() == size) return *value.as_array();
    fail();
    return no_elements_;
}

}  // namespace cl::consent
