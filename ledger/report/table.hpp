// A report as values: cells, rows, what stands above the table and what stands below it. Nothing here knows where rows come from or what
// they become.
//
// Threads: plain values.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cl::report {

/// A number that was opened, E.164: each format has its own safe spelling of it.
struct Phone {
    std::string e164;
    friend bool operator==(Phone const&, Phone const&) = default;
};

/// Empty, a text, an integer, yes or no, or a number.
using Cell = std::variant<std::monostate, std::string, std::int64_t, bool, Phone>;
using Row = std::vector<Cell>;

/// Empty where the text is.
[[nodiscard]] inline Cell text_cell(std::string_view text) {
    if (text.empty()) return {};
    return std::string(text);
}
[[nodiscard]] inline Cell time_cell(std::optional<Millis> const& time) {
    if (!time) return {};
    return format_time(*time);
}
[[nodiscard]] inline Cell seq_cell(Seq seq) {
    if (seq < 0) return {};
    return seq;
}

using Fact = std::pair<std::string, std::string>;

/// What every report says of itself before its rows.
struct Head {
    std::string report;  ///< its name, as in the path
    std::string title;
    std::string account;
    std::string origin;   ///< of the ledger
    std::string program;  ///< name and version
    Millis generated_at = 0;
    Seq as_of = -1;          ///< the last entry that it speaks of
    std::string checkpoint;  ///< the signed note over these entries
    std::vector<Fact> filters{};
    std::vector<Fact> about{};  ///< of the one thing that the report is about; a value may have several lines
};

/// A small table below the rows.
struct Section {
    std::string name;
    std::string title;
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

/// What it says after its rows.
struct Tail {
    std::int64_t rows = 0;
    Seq as_of = -1;          ///< what is told of the present is as of this entry, or an earlier one not before the head's
    std::string checkpoint;  ///< that covers it
    std::vector<Section> sections{};
};

}  // namespace cl::report
