// The tables of state.db. All of it can be rebuilt from the log; no format promise goes with it.
//
// Threads: constant data, any thread.
#pragma once

#include "ledger/core/limits.hpp"
#include "ledger/sqlite/connection.hpp"

#include <cstdint>

namespace cl::state {

// WITHOUT ROWID: rows are small and looked up by key, so one tree instead of two. Binary keys come in key order from the flusher.
// meta.generation makes every update of that row change its page, which the sync of the clean mark relies on (mark.cpp).
inline constexpr char schema_text[] = R"(
CREATE TABLE meta(
    one INTEGER NOT NULL PRIMARY KEY CHECK(one = 1),
    ledger BLOB NOT NULL CHECK(length(ledger) = 32),
    rules INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    clean INTEGER NOT NULL CHECK(clean IN (0, 1)),
    generation INTEGER NOT NULL,
    size INTEGER NOT NULL CHECK(size >= 0),
    leaf BLOB NOT NULL CHECK(length(leaf) = 32)
) STRICT;
CREATE TABLE contacts(
    account TEXT NOT NULL,
    contact BLOB NOT NULL CHECK(length(contact) = 32),
    state TEXT NOT NULL,
    PRIMARY KEY(account, contact)
) STRICT, WITHOUT ROWID;
CREATE TABLE requests(
    key BLOB NOT NULL PRIMARY KEY CHECK(length(key) = 32),
    seq INTEGER NOT NULL,
    body BLOB NOT NULL CHECK(length(body) = 32)
) STRICT, WITHOUT ROWID;
CREATE TABLE account_index(
    account TEXT NOT NULL,
    account_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY(account, account_seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE findings(
    account TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    severity TEXT NOT NULL,
    contact BLOB CHECK(length(contact) = 32),
    what TEXT NOT NULL,
    closed_by INTEGER,
    PRIMARY KEY(account, seq, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE accounts(
    account TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens(
    id TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    accounts TEXT NOT NULL,
    secret_hash BLOB NOT NULL CHECK(length(secret_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    retires_at INTEGER,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
-- Open ones and closed ones apart: the open queue is short and read from its beginning, the closed ones only grow.
CREATE TABLE obligations(
    account TEXT NOT NULL,
    closed INTEGER NOT NULL CHECK(closed IN (0, 1)),
    due_at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    contact BLOB NOT NULL CHECK(length(contact) = 32),
    kind TEXT NOT NULL,
    list TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    assignee TEXT NOT NULL,
    changed_by INTEGER NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY(account, closed, due_at, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE members(
    account TEXT NOT NULL,
    list TEXT NOT NULL,
    contact BLOB NOT NULL CHECK(length(contact) = 32),
    PRIMARY KEY(account, list, contact)
) STRICT, WITHOUT ROWID;
CREATE TABLE policies(
    account TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)";

/// "CLst", and the version of the tables above: raise it with any change of them.
inline constexpr sqlite::Identity file_identity{"state.db", 0x434C7374, 4, sqlite::Sql(schema_text)};

/// The owner's connection. It starts `full`, for the mark; set_synchronous(off) follows (docs/architecture.md "The data directory").
inline constexpr sqlite::Settings owner_settings{
    .page_size = 4096, .synchronous = sqlite::Synchronous::full, .cache_bytes = limits::state_owner_cache_bytes};
inline constexpr sqlite::Settings reader_settings{.page_size = 4096, .cache_bytes = limits::state_reader_cache_bytes};

}  // namespace cl::state
