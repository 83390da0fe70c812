// Which column of a file is which: found by its name, in the exports of the common platforms and in files made by hand, or told by the user.
//
// Threads: pure functions and constant data; a Columns does not change once it is made.
#pragma once

#include "ledger/core/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify::reconcile {

enum class Field : std::uint8_t {
    contact,
    to,
    account,
    at,
    type,
    list,
    status,
    direction,
    error,
    reason,
    provider,
    body,
    opt_out_text,
    marketing,
    utc_offset,
    state,
    count_of_fields,
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::count_of_fields);
[[nodiscard]] std::string_view name(Field field) noexcept;
[[nodiscard]] std::optional<Field> field_from(std::string_view name) noexcept;

/// Whose export it is: what its error codes mean, whether numbers come without `+` and times in UTC without saying so.
enum class Layout : std::uint8_t { generic, twilio, bandwidth, sinch, telnyx, vonage, plivo };
[[nodiscard]] std::string_view name(Layout layout) noexcept;
[[nodiscard]] std::optional<Layout> layout_from(std::string_view name) noexcept;

/// The user's own words: field -> the name of its column.
using ColumnNames = std::map<Field, std::string>;

struct Columns {
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    Layout layout = Layout::generic;
    std::size_t width = 0;                        ///< columns of the header
    std::array<std::size_t, field_count> places;  ///< by field; `absent` where there is no such column
    [[nodiscard]] bool has(Field field) const noexcept { return places[static_cast<std::size_t>(field)] != absent; }
};

/// From the names of a header (or the members of a first JSON object). errc::invalid where a column that the user names is not there, or a
/// field that counts has two columns of one name. No text of the file is repeated in an error: a file without a header has numbers there.
[[nodiscard]] Result<Columns> find_columns(std::vector<std::string_view> const& header, ColumnNames const& given,
                                           std::optional<Layout> layout);

/// What a single name stands for, for files whose records name their members themselves. Of two members for one field the lower rank counts.
struct NameMatch {
    Field field{};
    std::size_t rank = 0;
};
[[nodiscard]] std::optional<NameMatch> match_name(std::string_view column, ColumnNames const& given);

}  // namespace cl::verify::reconcile
