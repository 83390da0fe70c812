// Private: the small pieces of a state's text form: members that are written only where they differ from their default, and a reader
// that goes on after a fault and remembers it, so that reading is as flat as writing.
//
// Threads: plain values, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/json.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cl::consent {

void put_flag(json::Object& out, std::string_view key, bool value);
void put_text(json::Object& out, std::string_view key, std::string_view value);
void put_time(json::Object& out, std::string_view key, std::optional<Millis> value);
void put_level(json::Object& out, std::string_view key, Level value);

/// Reads with defaults; failed() tells whether anything was of another type than it should be.
class Reader {
public:
    void fail() noexcept { failed_ = true; }
    [[nodiscard]] bool failed() const noexcept { return failed_; }

    [[nodiscard]] bool flag(json::Object const& in, std::string_view key);
    [[nodiscard]] std::int64_t number(json::Object const& in, std::string_view key, std::int64_t absent);
    [[nodiscard]] std::optional<Millis> time(json::Object const& in, std::string_view key);
    [[nodiscard]] Level level(json::Object const& in, std::string_view key);
    [[nodiscard]] std::int64_t integer(json::Value const& value);
    /// Empty where the value is no object. The reference lives as long as the value, or as the reader.
    [[nodiscard]] json::Object const& object(json::Value const& value);
    [[nodiscard]] json::Object const& member_object(json::Object const& in, std::string_view key);
    /// Empty where the member is absent.
    [[nodiscard]] json::Array const& member_array(json::Object const& in, std::string_view key);
    /// Fails unless an array of `size` elements.
    [[nodiscard]] json::Array const& array(json::Value const& value, std::size_t size);

private:
    json::Object const no_members_;
    json::Array const no_elements_;
    bool failed_ = false;
};

}  // namespace cl::consent
