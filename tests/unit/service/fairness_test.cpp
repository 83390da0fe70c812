// One account's bulk and another's STOP, through the whole service.
#include "ledger/core/limits.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <future>
#include <thread>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

using namespace std::chrono_literals;

std::string added(int number) {
    return R"({"kind":"contact.added","phone":"+1555010)" + std::to_string(1000 + number) + R"(","source":{"record":"add-)" +
           std::to_string(number) + R"("},"data":{"origin":"manual"}})";
}

service::AppendRequest bulk(int from, int count) {
    std::vector<service::AppendItem> items;
    for (int i = from; i < from + count; ++i) items.push_back(item(added(i)));
    auto request = ServiceFixture::request("acme", std::move(items));
    request.receipt = service::ReceiptDetail::brief;
    return request;
}

std::future<Result<service::InboundAnswer>> stop_of(ServiceFixture const& f, std::string const& account) {
    service::InboundRequest request{
        account, ServiceFixture::principal(consent::Role::writer, account), {}, service::ReceiptDetail::full};
    request.message = need(consent::parse_inbound(need(json::parse(ServiceFixture::message("STOP", "m-1"), 10'000))));
    auto promise = std::make_shared<std::promise<Result<service::InboundAnswer>>>();
    auto future = promise->get_future();
    f.service->inbound(std::move(request),
                       [promise](Result<service::InboundAnswer> answer) { promise->set_value(std::move(answer)); });
    return future;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fairness)

BOOST_AUTO_TEST_CASE(a_stop_is_in_the_next_batch_whatever_another_account_has_queued) {
    ServiceFixture f;
    f.open();
    f.define("other");
    auto const before = static_cast<Seq>(f.entries().size());
    f.switches->hold = true;
    // The writer is busy with this one, so that everything after it waits in the queue.
    int const appends = f.switches->appends;
    std::promise<void> first;
    f.service->append(bulk(0, 1), [&](Result<service::AppendAnswer> const&) { first.set_value(); });
    while (f.switches->appends == appends) std::this_thread::yield();
    std::promise<std::vector<Seq>> seqs;
    std::vector<Seq> order;
    constexpr int requests = 3;
    for (int r = 0; r < requests; ++r) {
        f.service->append(bulk(1 + r * 2'000, 2'000), [&, r](Result<service::AppendAnswer> const& answer) {
            for (auto const& result : answer->results) order.push_back(result.seq);
            if (r == requests - 1) seqs.set_value(order);
        });
    }
    auto stop = stop_of(f, "other");
    f.switches->hold = false;
    auto const answer = need(stop.get());
    BOOST_REQUIRE(answer.results.size() == 1U);
    // The held entry, one turn of the bulk, and then the STOP.
    BOOST_TEST(answer.results[0].seq == before + 1 + static_cast<Seq>(limits::queue_turn));
    auto const bulk_seqs = seqs.get_future().get();
    BOOST_TEST(bulk_seqs.size() == 6'000U);
    BOOST_TEST(std::is_sorted(bulk_seqs.begin(), bulk_seqs.end()));  // the account's own order
}

BOOST_AUTO_TEST_CASE(an_answer_that_takes_long_holds_up_neither_the_writer_nor_a_short_answer) {
    ServiceFixture f;
    f.open();
    f.define("other");
    std::promise<void> go_on;
    std::shared_future<void> const waited = go_on.get_future().share();
    std::promise<void> finished;
    f.service->append(bulk(0, static_cast<int>(limits::short_answer_items) + 1), [&](Result<service::AppendAnswer> const&) {
        waited.wait();
        finished.set_value();
    });
    auto stop = stop_of(f, "other");
    bool const answered = stop.wait_for(20s) == std::future_status::ready;
    BOOST_TEST(answered);
    BOOST_TEST((f.post(added(500)).status == service::ItemStatus::recorded));
    go_on.set_value();
    finished.get_future().wait();
}

BOOST_AUTO_TEST_CASE(replays_of_a_whole_batch_are_told_from_the_ledger) {
    ServiceFixture f;
    f.open();
    auto request = bulk(0, 700);
    auto again = bulk(0, 700);
    again.receipt = service::ReceiptDetail::full;
    auto const first = need(f.try_post(std::move(request)));
    auto const second = need(f.try_post(std::move(again)));
    BOOST_REQUIRE(second.results.size() == first.results.size());
    auto const entries = f.entries();
    for (std::size_t i = 0; i < first.results.size(); ++i) {
        auto const& told = second.results[i];
        BOOST_TEST_REQUIRE((told.status == service::ItemStatus::replayed));
        BOOST_TEST_REQUIRE(told.seq == first.results[i].seq);
        BOOST_TEST_REQUIRE((told.leaf == first.results[i].leaf));
        BOOST_TEST_REQUIRE((told.contact == first.results[i].contact));
        BOOST_TEST_REQUIRE((told.state == first.results[i].state));
        BOOST_TEST_REQUIRE((told.findings == first.results[i].findings));
        BOOST_TEST_REQUIRE(*told.entry == entries.at(static_cast<std::size_t>(told.seq)));
        BOOST_TEST_REQUIRE(verify_proof(need(parse_proof(told.proof)), told.leaf, f.service->verifier_key()).has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
