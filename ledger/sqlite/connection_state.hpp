// Private to the room: what a Connection holds.
//
// Threads: as the Connection.
#pragma once

#include "ledger/sqlite/connection.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

namespace cl::sqlite {

/// A file as it was at one moment, as far as the file system tells.
struct FileState {
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t changed_s = 0;
    std::int64_t changed_ns = 0;
    bool shared = false;  ///< -wal and -shm are there: a program has it open, or was killed
    friend bool operator==(FileState const&, FileState const&) = default;
};

struct Connection::State {
    explicit State(sqlite3* opened) noexcept : handle(opened) {}
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State();

    sqlite3* handle;
    int wal_pages = 0;  // written by SQLite's WAL hook: the address must not change, hence the unique_ptr
    std::optional<std::pair<std::filesystem::path, FileState>> lay_still;  // of a file read without locks
};

}  // namespace cl::sqlite
