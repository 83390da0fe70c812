#include "api/import/row_reader.hpp"

#include "api/import/rejected_line.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api::import {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t chunk_bytes = 1'048'576;

std::string_view without_end(std::string_view text) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

bool too_long(std::string_view line) {
    return line.size() > (line.starts_with(rejected_line_start) ? ndjson_line_bytes : limits::stream_line_bytes);
}

std::string_view describe(csv::Fault fault) {
    switch (fault) {
    case csv::Fault::none: break;
    case csv::Fault::quote_inside: return "a quote inside of a cell that does not begin with one";
    case csv::Fault::text_after_quote: return "text between a closing quote and the next comma";
    case csv::Fault::unclosed: return "a quote that is not closed";
    case csv::Fault::record_too_long:
    case csv::Fault::field_too_long: return "a row of more than 65,536 bytes";
    case csv::Fault::too_many_fields: return "more than 256 cells";
    }
    return {};
}

}  // namespace

Result<void> RowReader::fill() {
    buffer_.erase(0, at_);
    at_ = 0;
    std::size_t const kept = buffer_.size();
    buffer_.resize(kept + chunk_bytes);
    in_.read(buffer_.data() + kept, static_cast<std::streamsize>(chunk_bytes));
    if (in_.bad()) return fail(errc::io, "the file cannot be read");
    auto const got = static_cast<std::size_t>(in_.gcount());
    buffer_.resize(kept + got);
    ended_ = got < chunk_bytes;
    return {};
}

void RowReader::take(std::size_t bytes) {
    auto const from = buffer_.begin() + static_cast<std::ptrdiff_t>(at_);
    line_ += std::count(from, from + static_cast<std::ptrdiff_t>(bytes), '\n');
    at_ += bytes;
    taken_ += bytes;
}

/// With its end; 0 at the end of the file. What is longer than a row may be ends where the buffer does.
Result<std::size_t> RowReader::length_of_record(csv::Record* record) {
    for (;;) {
        std::string_view const rest = std::string_view(buffer_).substr(at_);
        if (form_ == Form::csv) {
            std::size_t const length = csv::read(rest, ended_, record, csv_limits);
            if (length > 0 || ended_) return length;
        } else {
            std::size_t const line = rest.find('\n');
            if (line != npos) return line + 1;
            if (ended_ || too_long(rest)) return rest.size();
        }
        CL_TRY(fill());
    }
}

Result<void> RowReader::pass_over_line() {
    for (;;) {
        std::size_t const line = buffer_.find('\n', at_);
        take((line == npos ? buffer_.size() : line + 1) - at_);
        if (line != npos || ended_) return {};
        CL_TRY(fill());
    }
}

Result<void> RowReader::begin(bool lines) {
    CL_TRY(fill());
    std::string_view const start = buffer_;
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        return fail(errc::malformed, "the file is UTF-16: save it as UTF-8");
    }
    if (start.starts_with("\x1F\x8B") || start.starts_with("PK\x03\x04")) {
        return fail(errc::malformed, "the file is compressed or a spreadsheet: save it as CSV");
    }
    if (start.starts_with("\xEF\xBB\xBF")) take(3);
    std::size_t const first = buffer_.find_first_not_of(" \t\r\n", at_);
    if (first == npos) return fail(errc::malformed, "the file is empty");
    form_ = lines || buffer_[first] == '{' ? Form::ndjson : Form::csv;
    if (form_ == Form::ndjson) return {};
    take(first - at_);
    if (buffer_.find('\n', at_) == npos && buffer_.find('\r', at_) != npos) {
        return fail(errc::malformed, "its lines end with CR alone: save it with LF or CRLF");
    }
    Row row;
    CL_TRY(next_record(row));
    if (!row.fault.empty()) return fail(errc::malformed, "its first row is no header: " + row.fault);
    header_.assign(row.cells.begin(), row.cells.end());
    return {};
}

std::string_view RowReader::first_line() const {
    std::size_t const from = std::min(buffer_.find_first_not_of(" \t\r\n", at_), buffer_.size());
    std::size_t const end = std::min(buffer_.find('\n', from), buffer_.size());
    return without_end(std::string_view(buffer_).substr(from, end - from));
}

Result<bool> RowReader::next_record(Row& row) {
    row.line = line_;
    row.fault.clear();
    CL_TRY_ASSIGN(std::size_t const length, length_of_record(&record_));
    if (length == 0) return false;
    std::string_view const text = std::string_view(buffer_).substr(at_, length);
    bool const whole = text.ends_with('\n') || (ended_ && at_ + length == buffer_.size());
    row.text = without_end(text).substr(0, limits::import_row_bytes);
    row.cells.clear();
    if (form_ == Form::csv) {
        row.fault = describe(record_.fault);
        row.cells.assign(record_.fields.begin(), record_.fields.end());
    } else if (too_long(text)) {
        row.fault = line_too_long;
    } else {
        row.text = without_end(text);
    }
    if (whole) {
        take(length);
        return true;
    }
    // The rest of it is passed over, which moves the buffer: a row that is none has no cells, and its text is not kept.
    row.cells.clear();
    row.text = {};
    take(length);
    CL_TRY(pass_over_line());
    return true;
}

Result<bool> RowReader::next(Row& row) {
    for (;;) {
        CL_TRY_ASSIGN(bool const more, next_record(row));
        if (!more) return false;
        bool const blank = row.fault.empty() && row.text.find_first_not_of(" \t\r") == npos && !row.text.starts_with('"');
        if (!blank) return true;
    }
}

}  // namespace cl::api::import
