// What a column of a file can be: the members of a row, the names under which exports have them, and the shapes of the platforms' own files.
//
// Threads: constant data and pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::api::import {

enum class Member : std::uint8_t {
    phone,
    status,
    opted_in,
    opted_out,
    blocked,
    asked_by_contact,  ///< yes: the opt-out is the person's own
    occurred_at,
    added_at,
    list,
    opt_out_list,
    keyword,
    via,
    reason,
    name,
    to,
    channel,
    batch,
    method,
    purpose,
    disclosure,
    count_of_members,
};
inline constexpr std::size_t member_count = static_cast<std::size_t>(Member::count_of_members);
[[nodiscard]] std::string_view name(Member member) noexcept;
[[nodiscard]] std::optional<Member> member_from(std::string_view name) noexcept;

/// A file as a platform exports it: how it is recognised, which columns are which, and what no column says.
struct Shape {
    std::string_view name;
    std::span<std::string_view const> recognised_by;  ///< all of these columns (plain names); none: never by itself
    std::span<std::pair<std::string_view, Member> const> columns;
    std::optional<std::pair<Member, std::string_view>> constant;
    bool bare_numbers;  ///< E.164 without `+`
};
/// `aws`, `twilio`, `azure` and `csv`; null for another name.
[[nodiscard]] Shape const* find_shape(std::string_view name) noexcept;
/// The shape of a header of plain names; `csv` where it is no platform's.
[[nodiscard]] Shape const& detect_shape(std::span<std::string const> header) noexcept;

/// How the user says that a file is to be read.
struct Wishes {
    std::string shape;                               ///< empty: by the header
    std::map<std::string, std::string> columns{};    ///< column -> member, `evidence.…`, or `-` for none
    std::map<std::string, std::string> constants{};  ///< member -> what all rows have
    bool utc = false;                                ///< times without a zone are UTC
    bool bare_numbers = false;                       ///< numbers are E.164 without `+`
    std::string platform;                            ///< source.platform; empty: the shape's name
    std::string actor = "import";                    ///< actor.id
};

}  // namespace cl::api::import
