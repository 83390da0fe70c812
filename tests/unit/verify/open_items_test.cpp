// What is open of a contact comes back as it was kept, and takes few bytes.
#include "verify/open_items.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <random>

using namespace cl;
using verify::OpenFinding;
using verify::OpenItems;
using verify::PackedItems;

namespace {

void comes_back(OpenItems const& items) {
    PackedItems packed;
    packed.assign(items);
    BOOST_TEST((packed.items() == items));
    packed.assign({});
    BOOST_TEST(packed.empty());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(open_items)

BOOST_AUTO_TEST_CASE(nothing_is_kept_as_nothing) {
    BOOST_TEST(PackedItems().empty());
    BOOST_TEST((PackedItems().items() == OpenItems{}));
    comes_back({});
}

BOOST_AUTO_TEST_CASE(every_part_comes_back) {
    Seq const most = 9'007'199'254'740'991;
    comes_back(
        {{{3, 2, consent::Severity::high, true, "verbal_call lacks recording"}, {4, 2, consent::Severity::high, true}}, {}});
    comes_back({{{most, 65'535, consent::Severity::critical, true}, {0, 0, consent::Severity::info, false}}, {}});
    comes_back({{}, {{most, -62'135'596'800'000}, {0, std::numeric_limits<Millis>::max() / 2}}});
    comes_back(
        {{{127, 127, consent::Severity::low, false}, {128, 128, consent::Severity::medium, true}}, {{128, 1}, {127, 0}}});
}

BOOST_AUTO_TEST_CASE(random_items_come_back) {
    auto const seed = std::random_device{}();
    BOOST_TEST_MESSAGE("seed " << seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 500; ++round) {
        OpenItems items;
        for (auto count = random() % 20; count > 0; --count) {
            items.findings.push_back({static_cast<Seq>(random() >> 11 >> random() % 50), static_cast<std::uint16_t>(random()),
                                      static_cast<consent::Severity>(random() % 5), random() % 2 == 0});
        }
        for (auto count = random() % 20; count > 0; --count) {
            items.unproven.push_back({static_cast<Seq>(random() >> 11), static_cast<Millis>(random() >> 11) - (1LL << 40)});
        }
        comes_back(items);
    }
}

BOOST_AUTO_TEST_CASE(a_finding_takes_a_few_bytes) {
    OpenItems items;
    for (int i = 0; i < 200; ++i) {
        items.findings.push_back({1'000'000 + 2'000 * i, 3, consent::Severity::critical, true});
        items.unproven.push_back({1'000'000 + 2'000 * i, 1'795'000'000'000 + 100'000 * i});
    }
    PackedItems packed;
    packed.assign(items);
    BOOST_TEST(packed.bytes() < 200U * 10);
}

BOOST_AUTO_TEST_SUITE_END()
