#include "api/reader_pool.hpp"

#include "tests/unit/api/fake_service.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <future>

namespace cl::api {

BOOST_AUTO_TEST_SUITE(reader_pool_test)

BOOST_AUTO_TEST_CASE(long_work_leaves_a_thread_to_look_ups) {
    test::FakeService service;
    ReaderPool pool(service, 2, 8);
    std::promise<void> go_on;
    auto const waited = go_on.get_future().share();
    std::atomic<int> running{0};
    std::atomic<int> done{0};
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(pool.submit_long([&] {
            ++running;
            waited.wait();
            ++done;
        }));
    }
    std::promise<bool> looked_up;
    BOOST_TEST(pool.submit([&](Result<service::Queries*> queries) { looked_up.set_value(queries.has_value()); }));
    auto answer = looked_up.get_future();
    BOOST_REQUIRE((answer.wait_for(std::chrono::seconds(20)) == std::future_status::ready));
    BOOST_TEST(answer.get());
    BOOST_TEST(running <= 1);
    go_on.set_value();
    pool.stop();
    BOOST_TEST(done == 3);  // what was taken is finished
    BOOST_TEST(!pool.submit_long([] {}));
}

BOOST_AUTO_TEST_CASE(the_line_of_long_work_has_an_end) {
    test::FakeService service;
    ReaderPool pool(service, 1, 4);
    std::promise<void> go_on;
    auto const waited = go_on.get_future().share();
    int taken = 0;
    while (taken < 100 && pool.submit_long([waited] { waited.wait(); })) {
        ++taken;
    }
    BOOST_TEST(taken >= 4);
    BOOST_TEST(taken <= 5);  // one may be running
    go_on.set_value();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
