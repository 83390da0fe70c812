// How far an import has come, in a small file beside it (--state), so that an interrupted one goes on where it was. It is a shortcut and never
// the truth: a journal that does not fit the file, the wishes, the rejects or the ledger is not used, and whatever is posted twice is recognised.
//
// Threads: one thread at a time.
#pragma once

#include "api/import/rejects.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace cl::api::import {

/// What became of the rows so far.
struct Tally {
    std::int64_t rows = 0;                        ///< read
    std::int64_t changes = 0;                     ///< made of them
    std::int64_t recorded = 0;                    ///< of these, new entries
    std::int64_t known = 0;                       ///< recorded by an earlier import
    std::int64_t rejected = 0;                    ///< rows of which a change was refused, or that are none
    std::map<std::string, std::int64_t> kinds{};  ///< recorded, or with a dry run to be recorded, by kind
};

struct Journal {
    Hash32 wishes{};                ///< of account, file's form, header and how it is read
    Hash32 rows{};                  ///< SHA-256 over the digest before and the text of the row, from 32 zero bytes
    std::int64_t seq = -1;          ///< the newest entry that this import has made or met
    std::string leaf;               ///< and its leaf hash, in hex: another ledger, or an older one, does not have it
    std::optional<Kept> rejects{};  ///< with all rows that were rejected so far; nothing where the run kept none
    Tally tally;
};

/// The journal of a file; nothing where there is none, or one of another version. errc::usage where the file is something else: it is not ours to
/// replace.
[[nodiscard]] Result<std::optional<Journal>> read_journal(std::filesystem::path const& path);
/// Replaces the file as a whole, mode 0600, on the disk: after a power cut there is no half of one, which nobody would know for ours. errc::io.
[[nodiscard]] Result<void> write_journal(std::filesystem::path const& path, Journal const& journal);
/// The digest of the rows with one more.
[[nodiscard]] Hash32 with_row(Hash32 const& rows, std::string_view text);

}  // namespace cl::api::import
