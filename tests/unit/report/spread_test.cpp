// Percentiles against the values sorted.
#include "ledger/report/spread.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

using cl::report::Spread;

BOOST_AUTO_TEST_SUITE(spread)

BOOST_AUTO_TEST_CASE(small_values_are_exact) {
    Spread spread;
    BOOST_TEST(spread.percentile(50) == 0);
    for (std::int64_t value = 1; value <= 10; ++value) spread.add(value);
    BOOST_TEST(spread.percentile(50) == 5);
    BOOST_TEST(spread.percentile(90) == 9);
    BOOST_TEST(spread.percentile(99) == 10);
    BOOST_TEST(spread.percentile(1) == 1);
    spread.add(-5);
    BOOST_TEST(spread.percentile(1) == 0);
    BOOST_TEST(spread.count() == 11);
}

BOOST_AUTO_TEST_CASE(large_ones_are_at_most_a_64th_too_high) {
    std::mt19937_64 random(20261124);
    for (int round = 0; round < 50; ++round) {
        std::vector<std::int64_t> values(1 + random() % 500);
        Spread spread;
        for (std::int64_t& value : values) {
            value = static_cast<std::int64_t>(random() >> (12 + random() % 50));
            spread.add(value);
        }
        std::sort(values.begin(), values.end());
        for (int const percent : {1, 50, 90, 95, 99, 100}) {
            std::size_t const rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
            std::int64_t const exact = values[std::max<std::size_t>(rank, 1) - 1];
            BOOST_TEST(spread.percentile(percent) >= exact);
            BOOST_TEST(spread.percentile(percent) <= exact + exact / 64 + 1);
        }
        BOOST_TEST(spread.most() == values.back());
    }
}

BOOST_AUTO_TEST_SUITE_END()
