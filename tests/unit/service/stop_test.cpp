// When the writer stops: a failed COMMIT, a clock that ran away, a full queue, an ordinary stop.
#include "ledger/core/limits.hpp"
#include "ledger/service/time_keeper.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <thread>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string added(int number) {
    return R"({"kind":"contact.added","phone":"+1555010)" + std::to_string(1000 + number) + R"(","source":{"record":"add-)" +
           std::to_string(number) + R"("},"data":{"origin":"manual"}})";
}

errc code_of(Result<service::AppendAnswer> const& answer) {
    BOOST_REQUIRE(!answer);
    return answer.error().code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stopping)

BOOST_AUTO_TEST_CASE(a_failed_commit_stops_the_writer_until_a_restart) {
    ServiceFixture f;
    f.open();
    auto const before = f.service->checkpoint();
    f.switches->fail_append = true;
    BOOST_TEST((code_of(f.try_post(ServiceFixture::request("acme", {item(added(1))}))) == errc::writer_stopped));
    f.switches->fail_append = false;
    // The disk is well again, but nothing is known about it.
    BOOST_TEST((code_of(f.try_post(ServiceFixture::request("acme", {item(added(2))}))) == errc::writer_stopped));
    BOOST_REQUIRE(f.service->readiness());
    BOOST_TEST((f.service->readiness()->code == errc::writer_stopped));
    BOOST_TEST(f.service->checkpoint() == before);
    // Reading goes on.
    auto const queries = need(f.service->make_queries());
    BOOST_TEST(need(queries->changes("acme", {})).items.size() == 1U);
    f.close();
    f.open();
    BOOST_TEST((f.post(added(1)).status == service::ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(a_commit_that_failed_too_late_is_found_again_and_its_retry_is_a_replay) {
    ServiceFixture f;
    f.open();
    f.switches->fail_after = true;
    BOOST_TEST((code_of(f.try_post(ServiceFixture::request("acme", {item(added(1))}))) == errc::writer_stopped));
    f.switches->fail_after = false;
    f.close();
    f.open();
    BOOST_TEST((f.post(added(1)).status == service::ItemStatus::replayed));
    BOOST_TEST(f.entries().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_clock_that_runs_ahead_stops_writing_and_one_that_goes_back_is_clamped) {
    ServiceFixture f;
    f.open();
    auto const first = need(decode(*f.post(added(1)).entry));
    f.clock.jump(-30'000);
    auto const second = need(decode(*f.post(added(2)).entry));
    BOOST_TEST(second.recorded_at == first.recorded_at);
    f.clock.jump(30'000 + limits::clock_jump_ms + 30'001);
    BOOST_TEST((code_of(f.try_post(ServiceFixture::request("acme", {item(added(3))}))) == errc::writer_stopped));
    BOOST_REQUIRE(f.service->readiness());
    BOOST_TEST(f.service->readiness()->detail.find("clock") != std::string::npos);
    f.close();
    f.open();
    BOOST_TEST((f.post(added(3)).status == service::ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(time_that_passes_is_no_jump) {
    test::FakeClock clock(1'000'000);
    service::TimeKeeper keeper(clock, 900'000);
    clock.advance(3'600'000);
    BOOST_TEST(need(keeper.next()) == 4'600'000);
    // Slow correction never adds up.
    for (int i = 0; i < 100; ++i) {
        clock.advance(10'000);
        clock.jump(1'000);
        BOOST_TEST(keeper.next().has_value());
    }
    clock.jump(limits::clock_jump_ms + 1);
    BOOST_TEST(!keeper.next());
    clock.jump(-(limits::clock_jump_ms + 1));
    BOOST_TEST(!keeper.next());  // once doubtful, always doubtful
}

BOOST_AUTO_TEST_CASE(a_full_queue_answers_busy_at_once_and_what_was_taken_is_recorded) {
    ServiceFixture f;
    f.open();
    f.switches->hold = true;
    // The writer is busy with this one, so that everything after it waits in the queue.
    int const before = f.switches->appends;
    std::promise<void> first;
    f.service->append(ServiceFixture::request("acme", {item(added(99))}),
                      [&](Result<service::AppendAnswer> const&) { first.set_value(); });
    while (f.switches->appends == before) std::this_thread::yield();
    constexpr std::size_t size = 8'000;
    std::atomic<int> recorded{0};
    std::atomic<int> busy{0};
    constexpr int requests = 12;
    for (int r = 0; r < requests; ++r) {
        std::vector<service::AppendItem> items(size);
        for (auto& one : items) one.fault = fail(errc::invalid, "made so");  // cheap to take, and counted all the same
        items[0] = item(added(r));
        auto request = ServiceFixture::request("acme", std::move(items));
        request.receipt = service::ReceiptDetail::none;
        f.service->append(std::move(request), [&](Result<service::AppendAnswer> answer) {
            if (answer) ++recorded;
            if (!answer && answer.error().code == errc::busy) ++busy;
        });
    }
    BOOST_TEST(busy >= 1);
    f.switches->hold = false;
    first.get_future().wait();
    f.service->stop();
    BOOST_TEST(recorded + busy == requests);
    BOOST_TEST(recorded >= 8);
    BOOST_TEST(f.entries().size() == static_cast<std::size_t>(recorded) + 3);
}

BOOST_AUTO_TEST_CASE(too_many_items_are_refused_whole) {
    ServiceFixture f;
    f.open();
    std::vector<service::AppendItem> items(limits::batch_items + 1);
    BOOST_TEST((code_of(f.try_post(ServiceFixture::request("acme", std::move(items)))) == errc::too_large));
}

BOOST_AUTO_TEST_CASE(stop_finishes_what_is_queued_and_later_appends_are_refused) {
    ServiceFixture f;
    f.open();
    f.switches->hold = true;
    std::vector<std::future<Result<service::AppendAnswer>>> waiting;
    for (int i = 0; i < 20; ++i) {
        auto promise = std::make_shared<std::promise<Result<service::AppendAnswer>>>();
        waiting.push_back(promise->get_future());
        f.service->append(ServiceFixture::request("acme", {item(added(i))}),
                          [promise](Result<service::AppendAnswer> answer) { promise->set_value(std::move(answer)); });
    }
    f.switches->hold = false;
    f.service->stop();
    for (auto& one : waiting) BOOST_TEST(one.get().has_value());
    f.service->stop();
    BOOST_TEST((code_of(f.try_post(ServiceFixture::request("acme", {item(added(99))}))) == errc::not_ready));
    BOOST_TEST(f.entries().size() == 22U);
}

BOOST_AUTO_TEST_SUITE_END()
