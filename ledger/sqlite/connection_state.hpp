// Private to the room: what a Connection holds.
//
// Threads: as the Connection.
#pragma once

#include "ledger/sqlite/connection.hpp"

namespace cl::sqlite {

struct Connection::State {
    explicit State(sqlite3* opened) noexcept : handle(opened) {}
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    ~State();

    sqlite3* handle;
    int wal_pages = 0;  // written by SQLite's WAL hook: the address must not change, hence the unique_ptr
};

}  // namespace cl::sqlite
