// The file of rows that were not taken: CSV, with the line and the reason before the cells of the row, so that it can be mended and imported
// itself. Rows hold numbers: mode 0600.
//
// Threads: one thread at a time.
#pragma once

#include "ledger/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::import {

class Rejects {
public:
    /// Begins a new file (an old one is overwritten), or goes on behind the first `keep` bytes of one. errc::io.
    [[nodiscard]] Result<void> open(std::filesystem::path const& path, std::uint64_t keep);
    /// The first record: `import_line`, `import_reason`, and the file's own header, or `row` for NDJSON.
    [[nodiscard]] Result<void> header(std::vector<std::string_view> const& own);
    [[nodiscard]] Result<void> add(std::int64_t line, std::string_view reason, std::vector<std::string_view> const& cells);
    /// What is written is with the operating system. errc::io.
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool wanted() const noexcept { return out_.is_open(); }

private:
    [[nodiscard]] Result<void> record(std::string_view first, std::string_view second,
                                      std::vector<std::string_view> const& cells);

    std::ofstream out_;
    std::uint64_t bytes_ = 0;
};

}  // namespace cl::api::import
