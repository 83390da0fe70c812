// Reconcile as one call: verify the ledger, remember every contact's past, and hold what a platform says it sent against it.
#pragma once

#include "verify/options.hpp"
#include "verify/reconcile/columns.hpp"
#include "verify/reconcile/report.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace cl::verify::reconcile {

struct FileOptions {
    std::filesystem::path path;
    ColumnNames columns;           ///< as the user names them
    std::optional<Layout> layout;  ///< nothing: found by the header
};

struct Options {
    verify::Options ledger;  ///< `observe` is not to be set
    FileOptions sends;
    std::optional<FileOptions> rejects;
    std::optional<std::filesystem::path> contact_key;  ///< without it, keys/contact.key of a data directory
    std::string account;                               ///< of rows that name none; empty: the ledger's only one
    SendType type = SendType::unknown;                 ///< of rows that say nothing
    std::string list;                                  ///< of campaigns that name none
    bool utc = false;                                  ///< times without an offset are UTC
    Settings settings;
    unsigned workers = 0;  ///< threads that read and judge rows; 0 = one for each core
    /// Told now and then how far it is, by one thread at a time: rows judged, bytes read of how many.
    std::function<void(std::int64_t rows, std::size_t done, std::size_t total)> progress;
};

/// Never fails: what could not be done is in the report. Blocks; starts threads of its own and joins them. Writes nothing but the pin file.
/// Reads contact.key only if the files name numbers.
[[nodiscard]] Report reconcile(Options options, Clock const& clock);

}  // namespace cl::verify::reconcile
