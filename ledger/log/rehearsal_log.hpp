// A store that begins where a ledger ends now, and keeps what is appended beside it, in a file without a name that is gone with the process. So
// what a writer would do can be tried without doing it: nothing reaches ledger.db or vault.db.
//
// Memory: about 150 bytes for an appended entry and for an opening; their bytes are in the file.
//
// Threads: as LogStore; the store and its readers may be used beside each other.
#pragma once

#include "ledger/log/log_store.hpp"

#include <filesystem>
#include <functional>
#include <memory>

namespace cl::log {

using LogReaderMaker = std::function<Result<std::unique_ptr<LogReader>>()>;

struct RehearsalLog {
    std::unique_ptr<LogStore> store;
    LogReaderMaker make_reader;  ///< may be called on any thread, and outlives the store
};

/// `base` opens readers of the ledger, which may grow meanwhile: entries from `head` on are not looked at. `folder` gets the file. Erasures and
/// what start-up removes are taken note of, or nothing at all. errc::io.
[[nodiscard]] Result<RehearsalLog> open_rehearsal_log(LogReaderMaker base, Head const& head,
                                                      std::filesystem::path const& folder);

}  // namespace cl::log
