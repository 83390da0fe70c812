// A file of rows: CSV with a header, or NDJSON, told apart by content. Memory is bounded by the limits of a row, whatever the file.
//
// Threads: one thread at a time.
#pragma once

#include "ledger/core/csv.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/limits.hpp"

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::import {

inline constexpr csv::Limits csv_limits = {limits::import_row_bytes, limits::import_row_bytes, limits::import_columns};

/// Before a row among rejects stand the line and the reason (rejected_line.hpp).
inline constexpr std::size_t ndjson_line_bytes = limits::stream_line_bytes + limits::import_row_bytes;
inline constexpr char const* line_too_long = "a line of more than 1,048,576 bytes";

enum class Form : std::uint8_t { csv, ndjson };

struct Row {
    std::int64_t line = 0;  ///< of the file, where it begins; from 1
    std::string_view text;  ///< as it stands, without its line end; cut where it is too long. Until the next row is read
    std::vector<std::string_view> cells;  ///< of CSV
    std::string fault;                    ///< why it is no row; empty = it is one
};

class RowReader {
public:
    /// `in` outlives the reader.
    explicit RowReader(std::istream& in) : in_(in) {}

    /// Passes over a byte order mark and looks what it is; reads the header of CSV. errc::malformed for an empty, compressed or UTF-16
    /// file, or a header that is none; errc::io.
    /// `lines`: it is NDJSON, whatever it looks like.
    [[nodiscard]] Result<void> begin(bool lines = false);
    [[nodiscard]] Form form() const noexcept { return form_; }
    [[nodiscard]] std::vector<std::string_view> header() const { return {header_.begin(), header_.end()}; }

    /// The first row of NDJSON, before any is taken; cut where it is too long.
    [[nodiscard]] std::string_view first_line() const;
    /// The next row that is not blank; false at the end. errc::io.
    [[nodiscard]] Result<bool> next(Row& row);
    /// Bytes that have been read as rows.
    [[nodiscard]] std::uint64_t taken() const noexcept { return taken_; }

private:
    [[nodiscard]] Result<bool> next_record(Row& row);
    [[nodiscard]] Result<std::size_t> length_of_record(csv::Record* record);
    [[nodiscard]] Result<void> fill();
    [[nodiscard]] Result<void> pass_over_line();
    void take(std::size_t bytes);

    std::istream& in_;
    Form form_ = Form::csv;
    std::vector<std::string> header_;
    csv::Record record_;
    std::string buffer_;
    std::size_t at_ = 0;  ///< in the buffer, where the next row begins
    bool ended_ = false;
    std::int64_t line_ = 1;
    std::uint64_t taken_ = 0;
};

}  // namespace cl::api::import
