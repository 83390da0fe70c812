// Rows in, bytes out: CSV, JSON, HTML, and the shapes that providers take. docs/reports.md has the formats.
//
// Threads: an object belongs to one thread at a time.
#pragma once

#include "ledger/report/table.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace cl::report {

/// Appends to `out` and keeps nothing of a row: memory does not grow with the report. begin, row …, end, each in its turn.
class Writer {
public:
    virtual ~Writer() = default;
    virtual void begin(Head const& head, std::span<std::string_view const> columns, std::string& out) = 0;
    virtual void row(Row const& row, std::string& out) = 0;
    virtual void end(Tail const& tail, std::string& out) = 0;
};

enum class Format : std::uint8_t { csv, json, html };
/// Of CSV. `spreadsheet`: with a byte order mark, every text quoted, and no cell that a spreadsheet takes for a formula (OWASP ASVS
/// 1.2.10). `bare`: header and rows alone, numbers as E.164, for a program that takes nothing else.
enum class Profile : std::uint8_t { plain, spreadsheet, bare };

/// RFC 4180.
[[nodiscard]] std::unique_ptr<Writer> csv_writer(Profile profile);
[[nodiscard]] std::unique_ptr<Writer> json_writer();
/// Self-contained, no script, for paper as well.
[[nodiscard]] std::unique_ptr<Writer> html_writer();
/// Each row's only cell as a line: NDJSON that a source has made.
[[nodiscard]] std::unique_ptr<Writer> line_writer();

}  // namespace cl::report
