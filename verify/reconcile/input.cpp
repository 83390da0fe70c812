#include "verify/reconcile/input.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cl::verify::reconcile {
namespace {

constexpr std::size_t npos = std::string_view::npos;

Result<std::size_t> length_of_mark(std::string_view start) {
    if (start.starts_with("\xEF\xBB\xBF")) {
        return 3;
    }
    if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
        return fail(errc::malformed, "the file is UTF-16; save it as UTF-8");
    }
    if (start.starts_with("\x1F\x8B") || start.starts_with("PK\x03\x04")) {
        return fail(errc::malformed, "the file is compressed; unpack it first");
    }
    return 0;
}

}  // namespace

Result<Input> Input::open(std::filesystem::path const& path) {
    CL_TRY_ASSIGN(FileDescriptor file, open_regular(path));
    CL_TRY_ASSIGN(std::size_t const size, size_of(file));
    Input input(std::move(file), size);
    CL_TRY_ASSIGN(std::string const start, read_at(input.file_, 0, limits::reconcile_row_bytes * 2));
    CL_TRY_ASSIGN(input.offset_, length_of_mark(start));
    std::string_view const text = std::string_view(start).substr(input.offset_);
    if (text.find_first_not_of(" \t\r\n") == npos) {
        return fail(errc::malformed, "the file is empty");
    }
    input.form_ = text[text.find_first_not_of(" \t\r\n")] == '{' ? Form::ndjson : Form::csv;
    bool const last = start.size() == size;
    std::size_t const line = std::min(text.find('\n'), text.size());
    std::size_t const end = input.form_ == Form::ndjson ? line : csv::read(text, last, nullptr, csv_limits);
    input.first_ = text.substr(0, end);
    input.offset_ += input.form_ == Form::csv ? end : 0;
    return input;
}

/// How much of `text` is whole records; 0 if not even one.
std::size_t Input::whole_records(std::string_view text, bool last) const {
    if (last) {
        return text.size();
    }
    if (form_ == Form::ndjson || text.find('"') == npos) {
        return text.rfind('\n') + 1;  // npos + 1 is 0
    }
    std::size_t whole = 0;
    while (std::size_t const length = csv::read(text.substr(whole), false, nullptr, csv_limits)) {
        bool const ended = text[whole + length - 1] == '\n';
        if (!ended) {
            break;
        }
        whole += length;
    }
    return whole;
}

Result<void> Input::pass_over_line() {
    for (;;) {
        CL_TRY_ASSIGN(std::string const text, read_at(file_, offset_, limits::reconcile_chunk_bytes));
        std::size_t const line = text.find('\n');
        offset_ += line == npos ? text.size() : line + 1;
        if (line != npos || text.empty()) {
            return {};
        }
    }
}

Result<bool> Input::next(std::string& text) {
    CL_TRY_ASSIGN(text, read_at(file_, offset_, limits::reconcile_chunk_bytes));
    if (text.empty()) {
        return false;
    }
    bool const last = text.size() < limits::reconcile_chunk_bytes;
    std::size_t const whole = whole_records(text, last);
    if (whole > 0) {
        text.resize(whole);
        offset_ += whole;
        return true;
    }
    // One line without an end as far as can be seen: enough of it to be refused, and on with the next one.
    text.resize(limits::reconcile_row_bytes + 2);
    CL_TRY(pass_over_line());
    return true;
}

}  // namespace cl::verify::reconcile
