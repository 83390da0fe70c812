// Private: the members that `data` of each kind may have (docs/openapi/kinds.yaml), as a table, and how one member's value is read. What is
// posted and what is stored are read by the same table.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "ledger/consent/kinds.hpp"
#include "ledger/core/json.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cl::consent {

/// What a member's value must be.
enum class Shape : std::uint8_t {
    id,        ///< valid_id
    line,      ///< a short clear text on one line
    text,      ///< ‡ free text: posted as a string, stored as {"commit": hex}
    choice,    ///< one of `choices`
    seq,       ///< a place in the log
    count,     ///< a number from 0
    flag,      ///< true or false
    ids,       ///< an array of ids, each once
    words,     ///< the texts of a trigger
    time,      ///< RFC 3339, stored in its one spelling
    digest,    ///< 64 hexadecimal digits
    numbers,   ///< an array of E.164 numbers
    accounts,  ///< an array of accounts, or `*`
    settings,  ///< a small object of integers, flags and short texts
    claimed,   ///< {opted_in?, blocked?}
    trace,     ///< a traceparent (W3C Trace Context)
};

struct MemberRule {
    std::string_view name;
    Shape shape;
    bool required = false;
    bool by_server = false;  ///< never posted inside `data`
    std::span<std::string_view const> choices = {};
};

/// The kind's own members.
[[nodiscard]] std::span<MemberRule const> data_members(Kind kind) noexcept;
/// Members that the server may add: `traceparent` to any entry, `claimed`, `suspected`, `text_withheld` to one about a contact.
[[nodiscard]] std::span<MemberRule const> server_members(Kind kind) noexcept;
/// Null for a member that the kind does not have.
[[nodiscard]] MemberRule const* find_member(Kind kind, std::string_view name) noexcept;

/// The stored form of a posted value (times and numbers in their one spelling; a text as it is). errc::invalid at `pointer`.
[[nodiscard]] Result<json::Value> read_member(MemberRule const& rule, json::Value const& value, std::string const& pointer);

/// True for {"commit": "<64 hex>"}.
[[nodiscard]] bool is_commitment(json::Value const& value);

/// A clear text on one line: 1 to `limit` bytes of UTF-8 without control characters.
[[nodiscard]] bool valid_line(std::string_view text, std::size_t limit);

}  // namespace cl::consent
