// Ledgers of ledger_builder.hpp as files: a ledger.db with the real schema, an NDJSON export, a head file, keys and notes. What is written
// can be altered first, in any way, so that tests can play the forger who rebuilds a file perfectly.
//
// Threads: any; each object belongs to one.
#pragma once

#include "ledger/core/head_slots.hpp"
#include "ledger/core/store_format.hpp"
#include "ledger/core/tile.hpp"
#include "ledger/sqlite/connection.hpp"
#include "ledger/sqlite/transaction.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/ledger_builder.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace cl::test {

inline constexpr sqlite::Identity ledger_identity{"ledger.db", store_format::ledger_application_id,
                                                  store_format::ledger_user_version, store_format::ledger_schema};

/// The rows of a ledger.db.
struct Tables {
    std::map<Seq, std::string> entries;
    std::map<std::pair<std::int64_t, merkle::Size>, std::string> tiles;
    std::map<merkle::Size, std::string> checkpoints;
};

/// Full tiles of all levels over the lines.
inline std::map<std::pair<std::int64_t, merkle::Size>, std::string> tiles_of(std::vector<std::string> const& lines) {
    std::map<std::pair<std::int64_t, merkle::Size>, std::string> tiles;
    std::vector<std::string> hashes;
    for (std::string const& line : lines) hashes.emplace_back(leaf_hash(line).view());
    for (std::int64_t level = 0; hashes.size() >= 256; ++level) {
        std::vector<std::string> above;
        for (std::size_t at = 0; at + 256 <= hashes.size(); at += 256) {
            std::string tile;
            for (std::size_t i = at; i < at + 256; ++i) tile += hashes[i];
            above.emplace_back(tile::subtree_root(tile, 0, tile::height).view());
            tiles[{level, static_cast<merkle::Size>(at / 256)}] = std::move(tile);
        }
        hashes = std::move(above);
    }
    return tiles;
}

/// What the service would have stored: all entries, their tiles, checkpoints at `sizes`.
inline Tables tables_of(Ledger const& ledger, std::vector<merkle::Size> const& sizes) {
    Tables tables;
    for (std::size_t i = 0; i < ledger.lines.size(); ++i) tables.entries[static_cast<Seq>(i)] = ledger.lines[i];
    tables.tiles = tiles_of(ledger.lines);
    for (merkle::Size const size : sizes) tables.checkpoints[size] = ledger.note_at(size);
    return tables;
}

inline void insert_rows(sqlite::Connection& connection, Tables const& tables) {
    auto transaction = must(sqlite::Transaction::write(connection));
    auto entries = must(connection.prepare("INSERT INTO entries VALUES(?1, ?2)"));
    for (auto const& [seq, bytes] : tables.entries) must(sqlite::Query(entries).bind(1, seq).bind_text(2, bytes).run());
    auto tiles = must(connection.prepare("INSERT INTO tiles VALUES(?1, ?2, ?3)"));
    for (auto const& [place, bytes] : tables.tiles) {
        must(sqlite::Query(tiles).bind(1, place.first).bind(2, place.second).bind_blob(3, bytes).run());
    }
    auto notes = must(connection.prepare("INSERT INTO checkpoints VALUES(?1, ?2)"));
    for (auto const& [size, note] : tables.checkpoints) must(sqlite::Query(notes).bind(1, size).bind_text(2, note).run());
    must(transaction.commit());
}

inline std::filesystem::path write_database(std::filesystem::path const& path, Tables const& tables) {
    sqlite::Settings settings;
    settings.page_size = store_format::ledger_page_size;
    settings.synchronous = sqlite::Synchronous::off;
    std::filesystem::remove(path);
    auto connection = must(sqlite::Connection::create(path, settings, ledger_identity));
    insert_rows(connection, tables);
    return path;
}

/// The lines, and the trailer that belongs to them.
inline std::string trailer_of(Ledger const& ledger) {
    json::Object const inner{
        {"entries", ledger.size()}, {"first_seq", 0}, {"last_seq", ledger.size() - 1}, {"checkpoint", ledger.note()}};
    return json::write(json::Value(json::Object{{"trailer", inner}}));
}

inline std::string ndjson_of(std::vector<std::string> const& lines, std::string const& trailer) {
    std::string out;
    for (std::string const& line : lines) out += line + "\n";
    return trailer.empty() ? out : out + trailer + "\n";
}

/// A head file with two slots: generation 1 and 2.
inline std::string head_of(std::string const& older, std::string const& newer) {
    return must(head_slots::encode(1, older)) + must(head_slots::encode(2, newer));
}

}  // namespace cl::test
