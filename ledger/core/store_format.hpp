// The format of ledger.db, version 1, and of vault.db, version 2: constants only. The writer (ledger/log) and the verifier (verify) share this
// page and nothing else.
//
// A change of any text below is a new format: raise the user_version.
#pragma once

#include <cstdint>

namespace cl::store_format {

/// `PRAGMA application_id`, four ASCII letters: what `file` shows and what is checked first.
inline constexpr std::int32_t ledger_application_id = 0x434C4C47;  // "CLLG"
inline constexpr std::int32_t vault_application_id = 0x434C5641;   // "CLVA"

/// `PRAGMA user_version`: the format version of the file.
inline constexpr std::int32_t ledger_user_version = 1;
inline constexpr std::int32_t vault_user_version = 2;  // version 1: without vault_schema_2

/// Entries are 400-byte rows read in long runs: 8 KiB is as quick to write as 4 KiB and 13 % quicker to verify.
inline constexpr int ledger_page_size = 8192;
inline constexpr int vault_page_size = 4096;

/// ledger.db. Everything is appended at the end of its table, so that a commit touches few pages, in order.
/// - entries: `entry` is the entry's bytes, exactly (docs/format.md); seq runs from 0 without a gap.
/// - tiles: full tiles of hashes only (C2SP tlog-tiles), 256 hashes of 32 bytes; derived from the entries.
/// - checkpoints: signed checkpoints over the first `size` entries.
/// The triggers stop accidents, not attackers: the hash chain is what makes a change visible.
inline constexpr char ledger_schema[] = R"sql(
CREATE TABLE entries(
  seq INTEGER PRIMARY KEY CHECK(seq >= 0),
  entry TEXT NOT NULL
) STRICT;
CREATE TABLE tiles(
  level INTEGER NOT NULL CHECK(level BETWEEN 0 AND 7),
  idx INTEGER NOT NULL CHECK(idx >= 0),
  hashes BLOB NOT NULL CHECK(length(hashes) = 8192),
  PRIMARY KEY(level, idx)
) STRICT;
CREATE TABLE checkpoints(
  size INTEGER PRIMARY KEY CHECK(size >= 0),
  note TEXT NOT NULL
) STRICT;
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER tiles_keep BEFORE UPDATE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles are append-only'); END;
CREATE TRIGGER tiles_stay BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles are append-only'); END;
CREATE TRIGGER checkpoints_keep BEFORE UPDATE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_stay BEFORE DELETE ON checkpoints BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
)sql";

/// vault.db.
/// - openings: content and salt of a commitment, under the entry (`seq`) and the JSON pointer where it stands. Only rows with erased = 0
///   count. Erasing overwrites salt and content with zeros of the same length, in place, and sets erased = 1: rows are never deleted or
///   moved, because SQLite leaves stale copies of a moved row behind, even with secure_delete. 0 and 1 take no byte in a record, so
///   the row keeps its size.
/// - message_ids: the message-id window (docs/promises.md "Retries"): keyed digests of a provider's message id and of the message. `seq` is the
///   last entry of the batch that accepted it: a row above the ledger's end belongs to a batch that a crash undid, and must go with it, or the
///   provider's redelivery would be taken for a duplicate.
inline constexpr char vault_schema[] = R"sql(
CREATE TABLE openings(
  seq INTEGER NOT NULL CHECK(seq >= 0),
  pointer TEXT NOT NULL,
  salt BLOB NOT NULL CHECK(length(salt) = 32),
  content BLOB NOT NULL,
  erased INTEGER NOT NULL CHECK(erased IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX openings_at ON openings(seq, pointer) WHERE erased = 0;
CREATE TRIGGER openings_stay BEFORE DELETE ON openings BEGIN SELECT RAISE(ABORT, 'openings are overwritten, not deleted'); END;
CREATE TABLE message_ids(
  digest BLOB NOT NULL PRIMARY KEY CHECK(length(digest) = 32),
  body BLOB NOT NULL CHECK(length(body) = 32),
  time INTEGER NOT NULL,
  seq INTEGER NOT NULL CHECK(seq >= 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_ids_by_time ON message_ids(time);
CREATE INDEX message_ids_by_seq ON message_ids(seq);
)sql";

/// What version 2 of vault.db added: the erased openings of an entry are counted without reading the whole table. Readers take both versions;
/// the owner makes of version 1 version 2 when it opens the file.
/// Since then a row of an entry that never was (of a batch that a crash undid) is told apart from one that was erased, since another entry gets
/// that seq: with the zeros its pointer's first character becomes '-', so that it is no JSON pointer any more.
inline constexpr char vault_schema_2[] = R"sql(
CREATE INDEX openings_erased ON openings(seq, pointer) WHERE erased = 1;
)sql";

}  // namespace cl::store_format
