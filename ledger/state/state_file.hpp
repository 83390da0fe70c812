// state.db as its owner has it: adopted if it can be trusted whole, else made anew; written one frozen buffer at a time; closed with a
// mark.
//
// Threads: one at a time; the flusher while it runs.
#pragma once

#include "ledger/sqlite/connection.hpp"
#include "ledger/state/buffer.hpp"
#include "ledger/state/buffer_writer.hpp"
#include "ledger/state/directory.hpp"
#include "ledger/state/projections.hpp"

#include <filesystem>
#include <memory>

namespace cl::state {

/// What is kept in memory of the file.
struct Loaded {
    Watermark watermark;
    Directory::Accounts accounts;
    Directory::Tokens tokens;
    Directory::Policies policies;
};

class StateFile {
public:
    /// Adopts the file if it is ours, of this identity, whole, and either marked clean or last used in this very boot (a killed process:
    /// the kernel has all its pages); an empty boot id is no boot. A file without the mark is also checked page by page. Whatever is not
    /// adopted is removed and made anew. Fails for I/O reasons only: errc::io, busy, store_locked.
    [[nodiscard]] static Result<std::unique_ptr<StateFile>> open(std::filesystem::path const& path, Identity const& identity);
    /// Removes what is there and makes a new one.
    [[nodiscard]] static Result<std::unique_ptr<StateFile>> create_anew(std::filesystem::path const& path,
                                                                        Identity const& identity);
    /// The file with its -wal, -shm and -journal; no error if there is none.
    [[nodiscard]] static Result<void> remove(std::filesystem::path const& path);

    /// What the file held when it was opened. Gives it away.
    [[nodiscard]] Loaded take_loaded() noexcept { return std::move(loaded_); }
    /// One transaction, in key order, with the buffer's watermark; then a checkpoint, so that the next one reuses the WAL.
    [[nodiscard]] Result<void> write(Buffer const& buffer);
    /// The clean-shutdown mark (mark.hpp). Nothing may be written after it.
    [[nodiscard]] Result<void> mark_clean();

private:
    StateFile(sqlite::Connection connection, BufferWriter writer, Loaded loaded)
        : connection_(std::move(connection)), writer_(std::move(writer)), loaded_(std::move(loaded)) {}

    [[nodiscard]] static Result<std::unique_ptr<StateFile>> adopt(std::filesystem::path const& path, Identity const& identity);
    [[nodiscard]] static Result<std::unique_ptr<StateFile>> finish_open(sqlite::Connection connection, Loaded loaded);

    sqlite::Connection connection_;
    BufferWriter writer_;  // its statements after their connection
    Loaded loaded_;
};

}  // namespace cl::state
