// A log in a temporary directory, and batches made of short texts: the log does not look into entries.
//
// Threads: as LogStore.
#pragma once

#include "ledger/core/store_format.hpp"
#include "ledger/log/sqlite_log.hpp"
#include "ledger/sqlite/connection.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/must.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cl::log::test {

using cl::test::must;
using cl::test::TempDir;
using cl::test::why;

inline SqliteLogPaths paths_in(TempDir const& dir) {
    return {dir / "ledger.db", dir / "vault.db"};
}

inline Row row(Seq seq, std::string bytes) {
    auto const leaf = leaf_hash(bytes);
    return Row{seq, std::move(bytes), leaf};
}

inline std::string entry_text(Seq seq) {
    return "entry number " + std::to_string(seq);
}

/// `count` entries from `from` on.
inline Batch batch_of(Seq from, Seq count) {
    Batch batch;
    for (Seq seq = from; seq < from + count; ++seq) batch.rows.push_back(row(seq, entry_text(seq)));
    return batch;
}

inline Hash32 hash_of(std::uint8_t fill) {
    Hash32 hash;
    hash.bytes.fill(fill);
    return hash;
}

/// Appends `count` entries at the head.
inline void grow(LogStore& store, Seq count) {
    auto const head = must(store.head());
    must(store.append(head, batch_of(head.size, count)));
}

inline std::vector<std::string> all(LogReader& reader, Seq first, Seq last) {
    std::vector<std::string> entries;
    must(reader.range(first, last, [&](Seq seq, std::string_view bytes) {
        BOOST_TEST(seq == first + static_cast<Seq>(entries.size()));
        entries.emplace_back(bytes);
        return true;
    }));
    return entries;
}

/// ledger.db opened past the room, as a careless tool would.
inline sqlite::Connection raw_ledger(TempDir const& dir) {
    constexpr sqlite::Identity ours{"ledger.db", store_format::ledger_application_id, store_format::ledger_user_version,
                                    store_format::ledger_schema};
    return must(sqlite::Connection::open_owner(dir / "ledger.db", sqlite::Settings{}, ours));
}

}  // namespace cl::log::test
