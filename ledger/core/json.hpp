// JSON as this program knows it: integers only, unique member names, one canonical spelling (RFC 8785, JCS). The one place
// where JSON text becomes values and back; nothing above core names a JSON library.
//
// Threads: plain values, any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cl::json {

class Value;
struct Member;

/// Members in RFC 8785 order (UTF-16 code units of the name), each name once.
class Object {
public:
    Object();
    Object(std::initializer_list<Member> members);
    /// From members in any order, in O(n log n); nothing where two have the same name.
    [[nodiscard]] static std::optional<Object> from_members(std::vector<Member> members);
    Object(Object const&);
    Object(Object&&) noexcept;
    Object& operator=(Object const&);
    Object& operator=(Object&&) noexcept;
    ~Object();

    /// Inserts, or replaces the member of that name.
    void set(std::string_view name, Value value);
    /// Removes the member if there is one.
    void erase(std::string_view name);
    /// Null where there is no such member. The pointer is valid until the object changes.
    [[nodiscard]] Value const* find(std::string_view name) const;
    [[nodiscard]] Value* find(std::string_view name);
    [[nodiscard]] bool contains(std::string_view name) const { return find(name) != nullptr; }
    /// The string member of that name, or an empty view where it is absent or no string.
    [[nodiscard]] std::string_view string(std::string_view name) const;
    [[nodiscard]] bool empty() const noexcept { return members_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }
    [[nodiscard]] std::vector<Member>::const_iterator begin() const noexcept { return members_.begin(); }
    [[nodiscard]] std::vector<Member>::const_iterator end() const noexcept { return members_.end(); }

    friend bool operator==(Object const&, Object const&);

private:
    std::vector<Member> members_;
};

using Array = std::vector<Value>;

/// null, true/false, an integer within 2^53-1, a UTF-8 string, an array or an object.
class Value {
public:
    Value() = default;                                     ///< null
    Value(bool b) : data_(b) {}                            // NOLINT(google-explicit-constructor)
    Value(std::int64_t n) : data_(n) {}                    // NOLINT(google-explicit-constructor)
    Value(int n) : data_(static_cast<std::int64_t>(n)) {}  // NOLINT(google-explicit-constructor)
    Value(std::string s) : data_(std::move(s)) {}          // NOLINT(google-explicit-constructor)
    Value(std::string_view s) : data_(std::string(s)) {}   // NOLINT(google-explicit-constructor)
    Value(char const* s) : data_(std::string(s)) {}        // NOLINT(google-explicit-constructor)
    Value(Array a) : data_(std::move(a)) {}                // NOLINT(google-explicit-constructor)
    Value(Object o) : data_(std::move(o)) {}               // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool is_null() const noexcept { return data_.index() == 0; }
    /// Null where the value is of another type. Valid until the value changes.
    [[nodiscard]] bool const* as_bool() const noexcept { return std::get_if<bool>(&data_); }
    [[nodiscard]] std::int64_t const* as_int() const noexcept { return std::get_if<std::int64_t>(&data_); }
    [[nodiscard]] std::string const* as_string() const noexcept { return std::get_if<std::string>(&data_); }
    [[nodiscard]] Array const* as_array() const noexcept { return std::get_if<Array>(&data_); }
    [[nodiscard]] Object const* as_object() const noexcept { return std::get_if<Object>(&data_); }
    [[nodiscard]] Array* as_array() noexcept { return std::get_if<Array>(&data_); }
    [[nodiscard]] Object* as_object() noexcept { return std::get_if<Object>(&data_); }

    friend bool operator==(Value const&, Value const&) = default;

private:
    std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> data_;
};

struct Member {
    std::string name;
    Value value;
    friend bool operator==(Member const&, Member const&) = default;
};

/// Strict reader. Refuses (errc::malformed, with what and where): anything but exactly one JSON text, NUL bytes, invalid UTF-8
/// and lone surrogates, duplicate member names, fractions and exponents, integers beyond 2^53-1, nesting beyond
/// limits::json_depth; errc::too_large above `max_bytes`, and above `max_nodes` values: a value is dozens of bytes in memory, and may be two
/// in the text.
[[nodiscard]] Result<Value> parse(std::string_view text, std::size_t max_bytes, std::size_t max_nodes = limits::json_nodes);

/// The same for a text that may be a long array: each element of the array goes to `visit` when it has been read and is not kept, and
/// `max_nodes` holds for each by itself. A failure of `visit` ends the reading and is returned. Elements before the place of a
/// failure have been visited. Nothing where the text was an array, else its value.
[[nodiscard]] Result<std::optional<Value>> parse_elements(std::string_view text, std::size_t max_bytes,
                                                          std::function<Result<void>(Value&&)> const& visit,
                                                          std::size_t max_nodes = limits::json_nodes);

/// RFC 8785 canonical text. The inverse of parse: parse(write(v)) == v. Strings must be valid UTF-8 (parse guarantees it).
[[nodiscard]] std::string write(Value const& value);
void write(Value const& value, std::string& out);
/// One JSON string literal with RFC 8785 escapes, appended; for writers that stream.
void write_string(std::string_view text, std::string& out);

/// True if `a` sorts before `b` by UTF-16 code units (RFC 8785 3.2.3). Both valid UTF-8.
[[nodiscard]] bool name_less(std::string_view a, std::string_view b) noexcept;

/// True if `text` is well-formed UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] bool valid_utf8(std::string_view text) noexcept;

/// Length of the longest well-formed beginning of `text`: where valid_utf8 says no, the offset of the first wrong byte sequence.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text) noexcept;

/// Appends `/name` to a JSON pointer, escaped (RFC 6901).
[[nodiscard]] std::string pointer_join(std::string_view pointer, std::string_view name);

}  // namespace cl::json
