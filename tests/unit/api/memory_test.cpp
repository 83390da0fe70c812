#include "api/memory.hpp"

#include "ledger/core/limits.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

namespace cl::api {

namespace {

constexpr std::size_t small = limits::http_body_bytes;
constexpr std::size_t share = limits::http_principal_bytes;
constexpr std::size_t pool = limits::http_memory_bytes;

struct Fixture {
    std::shared_ptr<Memory> memory = std::make_shared<Memory>();
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(memory_test, Fixture)

BOOST_AUTO_TEST_CASE(a_hold_grows_is_traded_and_goes) {
    {
        Hold one(memory, "a");
        BOOST_TEST(one.grow(100));
        BOOST_TEST(one.grow(50));  // holds more already
        BOOST_TEST(memory->used() == 100u);
        BOOST_TEST(one.grow(300));
        BOOST_TEST(memory->used() == 300u);
        one.trade(7);
        BOOST_TEST(memory->used() == 7u);
    }
    BOOST_TEST(memory->used() == 0u);
}

BOOST_AUTO_TEST_CASE(one_token_cannot_take_what_is_anothers) {
    Hold first(memory, "a");
    Hold second(memory, "a");
    BOOST_TEST(first.grow(share - small));
    BOOST_TEST(!second.grow(small + 1));
    BOOST_TEST(second.bytes() == 0u);
    BOOST_TEST(second.grow(small));  // and small requests have a little more
    Hold third(memory, "a");
    BOOST_TEST(third.grow(small));
    Hold other(memory, "b");
    BOOST_TEST(other.grow(share));
}

BOOST_AUTO_TEST_CASE(an_announced_body_takes_of_its_tokens_half_and_of_nobody_elses) {
    Hold first(memory, "a");
    BOOST_TEST(first.announce(share / 2));
    BOOST_TEST(memory->used() == 0u);
    Hold second(memory, "a");
    BOOST_TEST(!second.announce(small + 1));
    BOOST_TEST(second.announce(small));
    for (char const* const token : {"b", "c", "d", "e", "f", "g"}) {
        BOOST_TEST(Hold(memory, token).announce(share));  // a token's single request
    }
    // What arrives is not counted twice, and what has been answered not at all.
    BOOST_TEST(first.grow(share / 4));
    BOOST_TEST(second.grow(small));
    Hold third(memory, "a");
    BOOST_TEST(!third.announce(2 * small));
    second.trade(0);
    first.trade(share / 2 - 2 * small);
    BOOST_TEST(third.announce(2 * small));
    Hold fourth(memory, "a");
    BOOST_TEST(!fourth.announce(2 * small));
    third.trade(0);
    BOOST_TEST(fourth.announce(2 * small));
}

BOOST_AUTO_TEST_CASE(a_single_request_may_be_larger_than_its_tokens_share) {
    Hold only(memory, "a");
    BOOST_TEST(only.grow(share + 10 * small));
    Hold second(memory, "a");
    BOOST_TEST(!second.grow(2 * small));
}

BOOST_AUTO_TEST_CASE(large_holds_leave_a_quarter_of_the_pool_to_small_ones) {
    std::vector<std::unique_ptr<Hold>> large;
    for (int i = 0; i < 100; ++i) {
        auto one = std::make_unique<Hold>(memory, "t" + std::to_string(i));
        if (!one->grow(16 * small)) {
            break;
        }
        large.push_back(std::move(one));
    }
    BOOST_TEST(memory->used() <= pool / 4 * 3);
    BOOST_TEST(memory->used() > pool / 4 * 3 - 16 * small);
    Hold stop(memory, "someone");
    BOOST_TEST(stop.grow(small));
    BOOST_TEST(!stop.grow(small + 1));
    BOOST_TEST(stop.bytes() == small);
}

BOOST_AUTO_TEST_CASE(what_is_in_use_already_is_counted_whether_it_fits_or_not) {
    Hold answer(memory, "a");
    answer.trade(pool + 5);
    BOOST_TEST(memory->used() == pool + 5);
    Hold next(memory, "b");
    BOOST_TEST(!next.grow(1));
    answer.trade(0);
    BOOST_TEST(next.grow(1));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
