// Members of a JSON object that must all be there, and no others: for the files of a bundle, which have one spelling.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/core/hash32.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/merkle.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify::bundle {

class Members {
public:
    /// Null reads as an object without members: ok() says that something was missing.
    explicit Members(json::Object const* object) : object_(object), ok_(object != nullptr) {}
    explicit Members(json::Value const* value) : Members(value != nullptr ? value->as_object() : nullptr) {}

    /// A count, a position, a size: never negative.
    std::int64_t number(std::string_view name) {
        json::Value const* const value = take(name);
        std::int64_t const* const number = value != nullptr ? value->as_int() : nullptr;
        ok_ = ok_ && number != nullptr && *number >= 0;
        return ok_ ? *number : 0;
    }
    std::string text(std::string_view name) {
        json::Value const* const value = take(name);
        std::string const* const text = value != nullptr ? value->as_string() : nullptr;
        ok_ = ok_ && text != nullptr;
        return ok_ ? *text : std::string();
    }
    Hash32 hash(std::string_view name) {
        auto const hash = hash_from_hex(text(name));
        ok_ = ok_ && hash.has_value();
        return ok_ ? *hash : Hash32{};
    }
    /// An inclusion or consistency proof.
    std::vector<Hash32> hashes(std::string_view name) {
        std::vector<Hash32> out;
        for (json::Value const& value : array(name)) {
            auto const hash =
                value.as_string() != nullptr ? hash_from_hex(*value.as_string()) : Result<Hash32>(fail(errc::malformed, ""));
            ok_ = ok_ && hash.has_value();
            out.push_back(ok_ ? *hash : Hash32{});
        }
        return out;
    }
    json::Array const& array(std::string_view name) {
        static json::Array const none;
        json::Value const* const value = take(name);
        json::Array const* const array = value != nullptr ? value->as_array() : nullptr;
        ok_ = ok_ && array != nullptr;
        return ok_ ? *array : none;
    }
    Members object(std::string_view name) { return Members(take(name)); }
    [[nodiscard]] bool has(std::string_view name) const { return object_ != nullptr && object_->contains(name); }
    void require(bool condition) noexcept { ok_ = ok_ && condition; }
    /// Every member was asked for, and was what it should be.
    [[nodiscard]] bool ok() const { return ok_ && taken_ == object_->size(); }
    [[nodiscard]] json::Object const* all() const noexcept { return object_; }

private:
    json::Value const* take(std::string_view name) {
        json::Value const* const value = object_ != nullptr ? object_->find(name) : nullptr;
        taken_ += value != nullptr ? 1 : 0;
        return value;
    }
    json::Object const* object_;
    bool ok_;
    std::size_t taken_ = 0;
};

/// Reads canonical JSON of an object; nothing if it is not that.
inline std::optional<json::Value> read_canonical(std::string_view text) {
    auto value = json::parse(text, text.size());
    bool const canonical = value && value->as_object() != nullptr && json::write(*value) == text;
    return canonical ? std::optional<json::Value>(std::move(*value)) : std::nullopt;
}

}  // namespace cl::verify::bundle
