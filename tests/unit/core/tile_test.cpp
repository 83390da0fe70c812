// C2SP tlog-tiles: paths (with the vectors of tessera's api/layout), widths, bundles, subtree roots.
#include "ledger/core/tile.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"
#include "tests/unit/core/samples.hpp"

namespace cl::tile {
namespace {

BOOST_AUTO_TEST_SUITE(tile_)

BOOST_AUTO_TEST_CASE(paths) {
    std::pair<Coord, char const*> const cases[] = {
        {{0, 0, 256}, "tile/0/000"},
        {{0, 0, 1}, "tile/0/000.p/1"},
        {{1, 0, 255}, "tile/1/000.p/255"},
        {{0, 999, 256}, "tile/0/999"},
        {{0, 1000, 256}, "tile/0/x001/000"},
        {{0, 1234067, 256}, "tile/0/x001/x234/067"},
        {{15, 455667, 256}, "tile/15/x455/667"},
        {{15, 123456789, 41}, "tile/15/x123/x456/789.p/41"},
        {{63, 0, 256}, "tile/63/000"},
        {{entries, 123456789, 256}, "tile/entries/x123/x456/789"},
        {{entries, 0, 256}, "tile/entries/000"},
        {{entries, 1, 1}, "tile/entries/001.p/1"},
        {{0, std::numeric_limits<merkle::Size>::max(), 256}, "tile/0/x009/x223/x372/x036/x854/x775/807"},
    };
    for (auto const& [coord, text] : cases) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(path(coord) == text);
            BOOST_CHECK(parse_path(text).value() == coord);
        }
    }
}

BOOST_AUTO_TEST_CASE(refuses_other_paths) {
    for (auto const* text : {"",
                             "tile",
                             "tile/",
                             "tile/0",
                             "tile/0/",
                             "/tile/0/000",
                             "tile/0/000/",
                             "tile/64/000",
                             "tile/-1/000",
                             "tile/00/000",
                             "tile/0/0",
                             "tile/0/00",
                             "tile/0/0000",
                             "tile/0/x000/001",
                             "tile/0/x001",
                             "tile/0/001/002",
                             "tile/0/xx01/000",
                             "tile/0/x01/000",
                             "tile/0/000.p/0",
                             "tile/0/000.p/256",
                             "tile/0/000.p/01",
                             "tile/0/000.p/",
                             "tile/0/000.p",
                             "tile/0/000.p/-1",
                             "tile/0/000.p/1/",
                             "tile/0/000.p/1x",
                             "tile/0/-01",
                             "tile/0/ 00",
                             "tile/data/000",
                             "tile/Entries/000",
                             "tiles/0/000",
                             "tile/8/0/000",
                             "tile/0/x009/x223/x372/x036/x854/x775/808",
                             "tile/0/x999/x999/x999/x999/x999/x999/999",
                             "tile//0/000",
                             "tile/0//000"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(!parse_path(text));
            BOOST_CHECK(parse_path(text).error().code == errc::note_malformed);
        }
    }
    BOOST_TEST(!parse_path("tile/0/" + std::string(100'000, 'x')).has_value());
}

BOOST_AUTO_TEST_CASE(paths_of_tiles_that_cannot_be_are_bugs) {
    for (Coord const& coord : {Coord{-2, 0, 1}, Coord{64, 0, 1}, Coord{0, -1, 1}, Coord{0, 0, 0}, Coord{0, 0, 257}}) {
        BOOST_CHECK_THROW((void)path(coord), std::logic_error);
    }
}

// C2SP tlog-tiles: size 256, and size 70,000: 273 full tiles and 112 at level 0; one full and 17 at level 1; 1 at level 2.
BOOST_AUTO_TEST_CASE(widths) {
    BOOST_TEST(width_at(0, 0, 0) == 0);
    BOOST_TEST(width_at(0, 0, 255) == 255);
    BOOST_TEST(width_at(0, 0, 256) == 256);
    BOOST_TEST(width_at(1, 0, 255) == 0);
    BOOST_TEST(width_at(1, 0, 256) == 1);
    BOOST_TEST(width_at(0, 1, 256) == 0);
    BOOST_TEST(width_at(0, 272, 70'000) == 256);
    BOOST_TEST(width_at(0, 273, 70'000) == 112);
    BOOST_TEST(width_at(0, 274, 70'000) == 0);
    BOOST_TEST(width_at(entries, 273, 70'000) == 112);
    BOOST_TEST(width_at(1, 0, 70'000) == 256);
    BOOST_TEST(width_at(1, 1, 70'000) == 17);
    BOOST_TEST(width_at(2, 0, 70'000) == 1);
    BOOST_TEST(width_at(3, 0, 70'000) == 0);
    auto const largest = std::numeric_limits<merkle::Size>::max();
    BOOST_TEST(width_at(7, 0, largest) == 127);
    BOOST_TEST(width_at(8, 0, largest) == 0);
    BOOST_TEST(width_at(63, 0, largest) == 0);
    BOOST_TEST(width_at(0, largest, largest) == 0);
    BOOST_TEST(width_at(0, -1, largest) == 0);
}

BOOST_AUTO_TEST_CASE(bundles) {
    std::string bundle;
    BOOST_TEST(append_to_bundle("abc", bundle).has_value());
    BOOST_TEST(append_to_bundle("", bundle).has_value());
    BOOST_TEST(append_to_bundle(std::string(limits::entry_bytes, 'x'), bundle).has_value());
    BOOST_TEST(to_hex(bundle.substr(0, 9)) == "00036162630000ffff");
    auto const parts = split_bundle(bundle).value();
    BOOST_REQUIRE(parts.size() == 3U);
    BOOST_TEST(parts[0] == "abc");
    BOOST_TEST(parts[1].empty());
    BOOST_TEST(parts[2].size() == limits::entry_bytes);

    std::string const before = bundle;
    BOOST_CHECK(append_to_bundle(std::string(limits::entry_bytes + 1, 'x'), bundle).error().code == errc::too_large);
    BOOST_TEST(bundle == before);
}

BOOST_AUTO_TEST_CASE(torn_bundles) {
    std::string const bundle("\0\3abc\0\2de", 9);
    BOOST_TEST(split_bundle(bundle).value().size() == 2U);
    BOOST_TEST(split_bundle("").value().empty());
    for (std::size_t size = 1; size < bundle.size(); ++size) {
        bool const whole = size == 5;
        auto const parts = split_bundle(bundle.substr(0, size));
        BOOST_TEST(parts.has_value() == whole);
        if (!whole) BOOST_CHECK(parts.error().code == errc::note_malformed);
    }
    BOOST_TEST(split_bundle(std::string(512, '\0')).value().size() == 256U);
    BOOST_CHECK(split_bundle(std::string(514, '\0')).error().code == errc::note_malformed);
}

BOOST_AUTO_TEST_CASE(subtree_roots_are_those_of_the_tree) {
    std::string hashes;
    std::vector<Hash32> leaves;
    for (int i = 0; i < 256; ++i) {
        leaves.push_back(sha256(std::to_string(i)));
        hashes += leaves.back().view();
    }
    for (int level = 0; level <= height; ++level) {
        int const width = 1 << level;
        for (int begin = 0; begin < 256; begin += width) {
            merkle::Frontier tree;
            for (int i = begin; i < begin + width; ++i) tree.append(leaves[static_cast<std::size_t>(i)]);
            BOOST_CHECK(subtree_root(hashes, begin, level) == tree.root());
        }
    }
    BOOST_CHECK_THROW((void)subtree_root(hashes, 256, 0), std::logic_error);
    BOOST_CHECK_THROW((void)subtree_root(hashes, 128, 8), std::logic_error);
    BOOST_CHECK_THROW((void)subtree_root(hashes, -1, 0), std::logic_error);
    BOOST_CHECK_THROW((void)subtree_root(hashes, 0, 9), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::tile
