// The file of rows that were not taken, each with its line and the reason before it, so that it can be mended and imported itself: CSV of CSV,
// NDJSON of NDJSON (rejected_line.hpp). It is written as `FILE.part` and replaces FILE when the import has come to its end. Rows hold numbers: mode
// 0600.
//
// Threads: one thread at a time.
#pragma once

#include "api/import/part_file.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::import {

/// SHA-256 of a beginning of a file, taken at any time while the file grows: of whole blocks one upon the other, and of what is behind them.
class Prefix {
public:
    void add(std::string_view text);
    [[nodiscard]] Hash32 digest() const;
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

private:
    Hash32 blocks_{};
    std::string rest_;
    std::uint64_t bytes_ = 0;
};

/// So much of the file was written when a journal was, and what it was.
struct Kept {
    std::uint64_t bytes = 0;
    Hash32 digest{};
    friend bool operator==(Kept const&, Kept const&) = default;
};

class Rejects {
public:
    Rejects() = default;
    Rejects(Rejects const&) = delete;
    Rejects& operator=(Rejects const&) = delete;
    /// What was begun stays as `FILE.part`.
    ~Rejects();

    /// Before any row is read. Nothing of `path` or of an earlier `.part` is changed. errc::io where it could not be written; errc::usage where
    /// one of them is there and holds something else than rejected rows; errc::busy where another import writes it.
    [[nodiscard]] Result<void> open(std::filesystem::path const& path);
    /// What is imported: NDJSON, or CSV with this header.
    void of_lines() { lines_ = true; }
    void of_columns(std::vector<std::string_view> const& header);
    /// From the first row.
    [[nodiscard]] Result<void> begin();
    /// Behind what a journal knows of, which may stand in the `.part` or, after an end, in the file itself. False, with nothing changed, where it
    /// is in neither: the rows that were rejected then would be missing.
    [[nodiscard]] Result<bool> go_on(Kept const& kept);

    /// A row of CSV. Where the file was one of rejected rows itself, the line and reason of that time are left out.
    void add(std::int64_t line, std::string_view reason, std::vector<std::string_view> const& cells);
    /// A row as it stands: a line of NDJSON, or what is no row of CSV.
    void add_text(std::int64_t line, std::string_view reason, std::string_view text);
    /// What was added is with the operating system; until then it is in memory. errc::io.
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Kept kept() const { return {written_.bytes(), written_.digest()}; }
    /// On the disk, in place of the file of that name. errc::io.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] bool wanted() const noexcept { return file_.is_open(); }
    [[nodiscard]] std::filesystem::path part() const { return file_.path(); }

private:
    void record(std::string_view line, std::string_view reason, std::vector<std::string_view> const& cells, std::size_t from);

    PartFile file_;
    Prefix written_;
    std::string ahead_;  ///< not yet written
    bool begun_ = false;
    bool lines_ = false;
    std::vector<std::string> header_;
    std::size_t from_ = 0;  ///< its first cell that is the row's own
};

}  // namespace cl::api::import
