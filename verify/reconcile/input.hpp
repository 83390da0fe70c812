// A file of sends or rejections, as units of work that end where a record ends. CSV or NDJSON, decided by content.
//
// Threads: one thread at a time; the crew (crew.hpp) takes turns.
#pragma once

#include "ledger/core/csv.hpp"
#include "ledger/core/limits.hpp"
#include "verify/small_file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace cl::verify::reconcile {

inline constexpr csv::Limits csv_limits = {limits::reconcile_row_bytes, limits::reconcile_field_bytes,
                                           limits::reconcile_fields};

enum class Form : std::uint8_t { csv, ndjson };

class Input {
public:
    /// Skips a byte order mark and reads the first record. errc::io, not_found; malformed where the file is empty, compressed or UTF-16.
    [[nodiscard]] static Result<Input> open(std::filesystem::path const& path);

    [[nodiscard]] Form form() const noexcept { return form_; }
    /// The first record: a CSV file's header, which next() does not give again; the first line of NDJSON, which it does.
    [[nodiscard]] std::string const& first() const noexcept { return first_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Replaces `text` by the next records, whole ones. False at the end. errc::io. A record that is longer than the limit is given
    /// shortened, but longer than the limit.
    [[nodiscard]] Result<bool> next(std::string& text);

private:
    Input(FileDescriptor file, std::size_t size) : file_(std::move(file)), size_(size) {}
    [[nodiscard]] std::size_t whole_records(std::string_view text, bool last) const;
    [[nodiscard]] Result<void> pass_over_line();

    FileDescriptor file_;
    std::size_t size_ = 0;
    std::size_t offset_ = 0;  // of what was not given yet
    Form form_ = Form::csv;
    std::string first_;
};

}  // namespace cl::verify::reconcile
