// The tree in memory, its snapshots and its tiles agree with the plain RFC 6962 tree at every size.
#include "ledger/service/tile_source.hpp"
#include "tests/support/seeded_random.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>

using namespace cl;

namespace {

/// A log that has only tiles.
class Tiles final : public log::LogReader {
public:
    Result<log::Head> head() override { return log::Head{}; }
    Result<std::optional<std::string>> entry(Seq) override { return std::optional<std::string>{}; }
    Result<void> range(Seq, Seq, std::function<bool(Seq, std::string_view)> const&) override { return {}; }
    Result<std::optional<std::string>> tile(int level, merkle::Size index) override {
        auto const found = kept.find({level, index});
        return found == kept.end() ? std::optional<std::string>{} : std::optional(found->second);
    }
    Result<std::optional<log::StoredCheckpoint>> last_checkpoint() override { return std::optional<log::StoredCheckpoint>{}; }
    Result<std::optional<log::Opening>> opening(Seq, std::string_view) override { return std::optional<log::Opening>{}; }
    Result<Orphans> openings_from(Seq) override { return Orphans{}; }
    Result<OpeningCount> count_openings(Seq) override { return OpeningCount{}; }
    Result<std::optional<log::MessageId>> message(Hash32 const&) override { return std::optional<log::MessageId>{}; }

    std::map<std::pair<int, merkle::Size>, std::string> kept;
};

}  // namespace

BOOST_AUTO_TEST_CASE(roots_and_proofs_of_growing_trees_verify) {
    std::uint32_t const seed = std::random_device{}();
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937 engine(seed);
    test::SeededRandom random(seed);
    Tiles log;
    service::Tree tree;
    merkle::Frontier frontier;
    std::vector<Hash32> leaves;
    std::vector<std::pair<std::shared_ptr<service::Edge const>, Hash32>> snapshots;
    while (leaves.size() < 70'000) {
        std::size_t const batch = 1 + engine() % 3'000;
        for (std::size_t i = 0; i < batch; ++i) {
            leaves.push_back(random_hash(random));
            tree.append(leaves.back());
            frontier.append(leaves.back());
        }
        for (auto const& full : tree.take_full()) log.kept[{full.level, full.index}] = full.tile->bytes(256);
        BOOST_TEST_REQUIRE((tree.root() == frontier.root()));
        snapshots.emplace_back(tree.snapshot(), frontier.root());
    }
    service::TileSource source(log);
    // Older snapshots stay what they were, and every later one leads to their roots too.
    for (auto const& [edge, root] : snapshots) {
        for (int i = 0; i < 20; ++i) {
            auto const index = static_cast<merkle::Size>(engine() % static_cast<std::uint64_t>(edge->size));
            auto const proof = source.inclusion(index, *edge);
            BOOST_TEST_REQUIRE(proof.has_value());
            BOOST_TEST_REQUIRE(
                merkle::verify_inclusion(index, edge->size, leaves[static_cast<std::size_t>(index)], *proof, root).has_value());
        }
        auto const earlier = source.root(edge->size, *snapshots.back().first);
        BOOST_TEST_REQUIRE((earlier.has_value() && *earlier == root));
    }
}
