// Exports: a whole-ledger NDJSON file and a static tile directory, each checked as an outsider would.
#include "ledger/core/note.hpp"
#include "ledger/core/sha256.hpp"
#include "ledger/core/tile.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

namespace fs = std::filesystem;

void fill(ServiceFixture& f, int count) {
    std::vector<service::AppendItem> items;
    for (int i = 0; i < count; ++i) {
        items.push_back(item(R"({"kind":"contact.added","phone":"+1555010)" + std::to_string(1'000 + i) +
                             R"(","source":{"record":")" + std::to_string(i) + R"("},"data":{"origin":"manual"}})"));
    }
    f.post("acme", std::move(items));
}

Hash32 root_of(std::vector<std::string> const& entries) {
    merkle::Frontier frontier;
    for (auto const& bytes : entries) frontier.append(leaf_hash(bytes));
    return frontier.root();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exports)

BOOST_AUTO_TEST_CASE(ndjson_has_the_exact_entries_and_a_trailer_that_covers_them) {
    ServiceFixture f;
    f.open();
    fill(f, 300);
    std::vector<std::string> lines;
    // Beside the running service.
    need(service::export_ndjson(f.dir(), [&](std::string_view line) -> Result<void> {
        BOOST_TEST_REQUIRE(line.back() == '\n');
        lines.emplace_back(line.substr(0, line.size() - 1));
        return {};
    }));
    auto const trailer_line = lines.back();
    lines.pop_back();
    BOOST_TEST((lines == f.entries()));
    auto const parsed = need(json::parse(trailer_line, 10'000));
    BOOST_TEST(json::write(parsed) == trailer_line);
    json::Object const& trailer = *parsed.as_object()->find("trailer")->as_object();
    BOOST_TEST((*trailer.find("entries") == json::Value(302)));
    BOOST_TEST((*trailer.find("first_seq") == json::Value(0)));
    BOOST_TEST((*trailer.find("last_seq") == json::Value(301)));
    auto const checkpoint = need(open_checkpoint(trailer.string("checkpoint"), f.service->verifier_key()));
    BOOST_TEST(checkpoint.size == 302);
    BOOST_TEST((checkpoint.root == root_of(lines)));
    // A writer that fails ends it.
    auto const failed =
        service::export_ndjson(f.dir(), [](std::string_view) -> Result<void> { return fail(errc::io, "full"); });
    BOOST_REQUIRE(!failed);
    BOOST_TEST(failed.error().detail == "full");
}

BOOST_AUTO_TEST_CASE(tiles_make_a_directory_as_c2sp_describes_it) {
    ServiceFixture f;
    f.open();
    fill(f, 598);  // 600 entries
    fs::path const out = f.dir().parent_path() / "tiles";
    need(service::export_tiles(f.dir(), out));
    std::set<std::string> files;
    for (auto const& file : fs::recursive_directory_iterator(out)) {
        if (file.is_regular_file()) files.insert(fs::relative(file.path(), out).string());
    }
    std::set<std::string> const expected = {"checkpoint",     "tile/0/000",       "tile/0/001",       "tile/0/002.p/88",
                                            "tile/1/000.p/2", "tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"};
    BOOST_TEST(files == expected, boost::test_tools::per_element());
    auto const checkpoint = need(open_checkpoint(test::read_file(out / "checkpoint"), f.service->verifier_key()));
    std::vector<std::string> entries;
    std::string hashes;
    for (auto const* name : {"tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"}) {
        std::string const bundle = test::read_file(out / name);
        for (auto const bytes : need(tile::split_bundle(bundle))) entries.emplace_back(bytes);
    }
    BOOST_TEST((entries == f.entries()));
    BOOST_TEST((checkpoint.root == root_of(entries)));
    for (auto const* name : {"tile/0/000", "tile/0/001", "tile/0/002.p/88"}) hashes += test::read_file(out / name);
    for (std::size_t i = 0; i < entries.size(); ++i)
        BOOST_TEST_REQUIRE((leaf_hash(entries[i]).view() == hashes.substr(i * 32, 32)));
    std::string const level1 = test::read_file(out / "tile/1/000.p/2");
    BOOST_TEST((tile::subtree_root(hashes, 0, 8).view() == level1.substr(0, 32)));
    BOOST_TEST((tile::subtree_root(hashes, 256, 8).view() == level1.substr(32, 32)));
    // Never over something that is there.
    BOOST_TEST(!service::export_tiles(f.dir(), out));
}

BOOST_AUTO_TEST_CASE(an_older_ledger_is_not_signed_again) {
    ServiceFixture f;
    f.open();
    f.close();
    fs::copy_file(f.dir() / "ledger.db", f.dir() / "old");
    f.open();
    fill(f, 3);
    f.close();
    fs::copy_file(f.dir() / "old", f.dir() / "ledger.db", fs::copy_options::overwrite_existing);
    auto const made = service::export_ndjson(f.dir(), [](std::string_view) { return Result<void>{}; });
    BOOST_REQUIRE(!made);
    BOOST_TEST((made.error().code == errc::rollback_detected));
}

BOOST_AUTO_TEST_SUITE_END()
