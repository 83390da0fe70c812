// Makes a large ledger.db (and an export of the same) for measuring the verifier: any number of entries over any number of contacts, in a
// mix of kinds, with tiles and a signed checkpoint every 4,096 entries. The ledger's own memory use is that of its contacts.
//
//     bench_make_ledger DIRECTORY ENTRIES CONTACTS
#include "tests/support/ledger_files.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace {

using namespace cl;
using namespace cl::test;

constexpr merkle::Size batch = 4096;

/// What happens to contact number `who` in round `round`, at `now`: comes in with consent, stops, and so on. Nothing that a rule objects
/// to, so that the verifier's memory shows what entries cost, not what findings do.
Entry next_change(std::int64_t who, std::int64_t round, Millis now) {
    std::string const name = "contact-" + std::to_string(who);
    Entry draft;
    switch (round % 4) {
    case 0:
        draft = contact_draft("opt_in.consent", name, {{"method", "call"}});
        draft.evidence = {call_evidence(now)};
        break;
    case 1:
        draft = contact_draft("opt_out.stop", name, {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}});
        draft.actor = Actor{"contact", "contact"};
        draft.evidence = {inbound_evidence(now)};
        break;
    case 2: draft = contact_draft("contact.edited", name, {{"fields", json::Array{"email"}}}); break;
    default: draft = contact_draft("opt_out.agent", name); break;
    }
    draft.to = "+15550199999";
    draft.source->record = "rec-" + std::to_string(who) + "-" + std::to_string(round);
    draft.request = RequestTag{to_hex(sha256(name)), to_hex(sha256(draft.source->record))};
    return draft;
}

/// Tiles and tree, level by level.
class TileMaker {
public:
    void add(Hash32 const& leaf, Tables& tables) {
        frontier_.append(leaf);
        add(0, leaf, tables);
    }
    [[nodiscard]] Checkpoint checkpoint() const { return {std::string(origin), frontier_.size(), frontier_.root()}; }

private:
    void add(std::size_t level, Hash32 const& hash, Tables& tables) {
        hashes_[level].append(hash.view());
        if (hashes_[level].size() < tile::full_bytes) return;
        Hash32 const root = tile::subtree_root(hashes_[level], 0, tile::height);
        tables.tiles[{static_cast<std::int64_t>(level), indexes_[level]++}] = std::move(hashes_[level]);
        hashes_[level].clear();
        add(level + 1, root, tables);
    }
    merkle::Frontier frontier_;
    std::array<std::string, 8> hashes_;
    std::array<merkle::Size, 8> indexes_{};
};

void make(std::filesystem::path const& directory, std::int64_t entries, std::int64_t contacts) {
    std::filesystem::create_directories(directory);
    sqlite::Settings settings;
    settings.page_size = store_format::ledger_page_size;
    settings.synchronous = sqlite::Synchronous::off;
    auto connection = must(sqlite::Connection::create(directory / "ledger.db", settings, ledger_identity));
    std::ofstream lines(directory / "export.ndjson", std::ios::binary);
    auto const signer = make_signer();
    EntryMaker maker;
    TileMaker tree;
    Tables tables;
    for (std::int64_t i = 0; i < entries; ++i) {
        Entry draft = i == 0   ? maker.created()
                      : i == 1 ? account_draft("account.defined", {})
                      : i == 2 ? account_draft("actor.defined", {{"actor", "agent-7"}})
                               : next_change(i % contacts, i / contacts, maker.now());
        std::string bytes = maker.append(draft);
        tree.add(maker.last_leaf(), tables);
        lines << bytes << '\n';
        tables.entries[i] = std::move(bytes);
        if ((i + 1) % batch == 0 || i + 1 == entries) {
            tables.checkpoints[i + 1] = sign_checkpoint(tree.checkpoint(), *signer);
            insert_rows(connection, tables);
            tables = Tables{};
        }
    }
    json::Object const trailer{{"entries", entries},
                               {"first_seq", 0},
                               {"last_seq", entries - 1},
                               {"checkpoint", sign_checkpoint(tree.checkpoint(), *signer)}};
    lines << json::write(json::Value(json::Object{{"trailer", trailer}})) << '\n';
    must(connection.checkpoint(sqlite::CheckpointMode::truncate));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: bench_make_ledger DIRECTORY ENTRIES CONTACTS\n", stderr);
        return 2;
    }
    make(argv[1], std::atoll(argv[2]), std::atoll(argv[3]));
    return 0;
}
