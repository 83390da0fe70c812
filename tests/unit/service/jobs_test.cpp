// The queue before the writer: accounts take turns, an account's own order stays, and a full queue is not full for everybody.
#include "ledger/service/jobs.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using service::AppendJob;
using service::InboundJob;
using service::Job;
using service::Queue;

namespace {

Job bulk(std::string account, std::size_t items, std::string mark = {}) {
    AppendJob job;
    job.request.account = std::move(account);
    job.request.idempotency_key = std::move(mark);
    job.request.items.resize(items);
    return job;
}

Job message(std::string account) {
    InboundJob job;
    job.request.account = std::move(account);
    return job;
}

/// Takes what a turn grants, as the writer does; the account it was.
std::string take(Queue& queue) {
    auto turn = queue.pop(0);
    if (!turn) return "nobody";
    std::string account = turn->account;
    if (auto* append = std::get_if<AppendJob>(&turn->what.job)) {
        append->next += turn->granted;
        if (append->next < append->request.items.size()) queue.put_back(std::move(*turn));
    }
    return account;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jobs)

BOOST_AUTO_TEST_CASE(one_accounts_bulk_does_not_stand_before_anothers_message) {
    Queue queue;
    for (int i = 0; i < 6; ++i) BOOST_TEST(queue.push(bulk("a", 10'000)));
    BOOST_TEST(queue.push(message("b")));
    BOOST_TEST(queue.push(bulk("c", 300)));
    BOOST_TEST(take(queue) == "a");
    BOOST_TEST(take(queue) == "b");
    BOOST_TEST(take(queue) == "c");
    BOOST_TEST(take(queue) == "a");
    BOOST_TEST(take(queue) == "c");
    for (int i = 0; i < 100; ++i) BOOST_TEST_REQUIRE(take(queue) == "a");
}

BOOST_AUTO_TEST_CASE(within_an_account_jobs_keep_their_order) {
    Queue queue;
    for (std::string const mark : {"1", "2", "3"}) BOOST_TEST(queue.push(bulk("a", 700, mark)));
    BOOST_TEST(queue.push(bulk("b", 10'000)));
    std::string order;
    while (order.size() < 3) {
        auto turn = queue.pop(0);
        BOOST_REQUIRE(turn);
        auto& job = std::get<AppendJob>(turn->what.job);
        job.next += turn->granted;
        bool const finished = job.next >= job.request.items.size();
        if (finished && turn->account == "a") order += job.request.idempotency_key;
        if (!finished) queue.put_back(std::move(*turn));
    }
    BOOST_TEST(order == "123");
}

BOOST_AUTO_TEST_CASE(small_jobs_of_one_account_are_a_turn_together) {
    Queue queue;
    for (std::size_t i = 0; i < 2 * limits::queue_turn; ++i) BOOST_TEST_REQUIRE(queue.push(message("a")));
    BOOST_TEST(queue.push(message("b")));
    std::size_t before = 0;
    while (take(queue) == "a") ++before;
    BOOST_TEST(before == limits::queue_turn);
}

BOOST_AUTO_TEST_CASE(a_queue_that_one_account_filled_still_takes_a_little_of_another) {
    Queue queue;
    while (queue.push(bulk("a", 8'000))) {
    }
    BOOST_TEST(queue.items() <= limits::queue_items);
    BOOST_TEST(queue.items() > limits::queue_items - 8'000);
    while (queue.push(bulk("a", 1))) {
    }
    BOOST_TEST(queue.items() == limits::queue_items);
    BOOST_TEST(queue.push(message("b")));
    BOOST_TEST(!queue.push(bulk("b", limits::queue_share_items)));  // one is in already
    BOOST_TEST(queue.push(bulk("b", limits::queue_share_items - 1)));
    BOOST_TEST(!queue.push(message("b")));
    // The part for others has an end as well.
    int others = 0;
    while (queue.push(bulk("other-" + std::to_string(others), limits::queue_share_items))) ++others;
    BOOST_TEST(queue.items() <= limits::queue_items / 4 * 5);
    BOOST_TEST(others > 10);
}

BOOST_AUTO_TEST_CASE(what_is_taken_makes_room_and_a_closed_queue_empties) {
    Queue queue;
    while (queue.push(bulk("a", 8'000))) {
    }
    while (take(queue) == "a") {
    }
    BOOST_TEST(queue.items() == 0U);
    BOOST_TEST(queue.push(bulk("a", 8'000)));
    queue.close();
    BOOST_TEST(!queue.push(message("b")));
    BOOST_TEST(take(queue) == "a");
    BOOST_TEST(take(queue) == "a");  // put back after the close
}

BOOST_AUTO_TEST_SUITE_END()
