#include "api/feed.hpp"

#include "ledger/core/limits.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

namespace cl::api {

namespace {

constexpr char const* changes = "/v1/accounts/acme/changes";

struct Feeding : test::Fixture {
    Feeding() { *service.newest = 3; }
    std::future<Response> later(std::string const& query) {
        return std::async(std::launch::async, [this, query] { return ask(Method::get, changes + query, "auditor"); });
    }
    static bool ready(std::future<Response>& answer) {
        return answer.wait_for(std::chrono::milliseconds(100)) == std::future_status::ready;
    }
    static std::string link(Response const& response) {
        for (auto const& [name, value] : response.headers) {
            if (name == "Link") return value;
        }
        return {};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(feed_test, Feeding)

BOOST_AUTO_TEST_CASE(what_is_there_is_answered_at_once) {
    Response const response = ask(Method::get, std::string(changes) + "?after=1&wait=60", "auditor");
    BOOST_TEST(parsed(response).find("data")->as_array()->size() == 2u);
    BOOST_TEST(*parsed(response).find("next_after")->as_int() == 3);
    BOOST_TEST(link(response) == "</v1/accounts/acme/changes?wait=60&after=3>; rel=\"next\"");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_waited_for) {
    auto answer = later("?after=3&wait=60");
    BOOST_TEST(!ready(answer));
    service.publish("other");
    BOOST_TEST(!ready(answer));
    *service.newest = 4;
    service.publish("acme");
    Response const response = answer.get();
    BOOST_TEST(response.status == 200);
    BOOST_TEST(parsed(response).find("data")->as_array()->size() == 1u);
    BOOST_TEST(app.memory()->used() == 0u);
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_an_empty_page_says_where_it_stands) {
    for (char const* const query : {"?after=3&wait=0", "?after=3&wait=1"}) {
        Response const response = ask(Method::get, changes + std::string(query), "auditor");
        BOOST_TEST(response.status == 200);
        BOOST_TEST(parsed(response).find("data")->as_array()->empty());
        BOOST_TEST(*parsed(response).find("next_after")->as_int() == 3);
    }
}

BOOST_AUTO_TEST_CASE(entries_that_the_filter_leaves_out_move_the_place_and_not_the_answer) {
    auto answer = later("?after=3&wait=1&actor=nobody");
    *service.newest = 7;
    service.publish("acme");
    Response const response = answer.get();
    BOOST_TEST(parsed(response).find("data")->as_array()->empty());
    BOOST_TEST(*parsed(response).find("next_after")->as_int() == 7);
}

BOOST_AUTO_TEST_CASE(a_server_that_ends_answers_who_waits_and_lets_nobody_wait) {
    auto answer = later("?after=3&wait=60");
    BOOST_TEST(!ready(answer));
    app.drain();
    BOOST_TEST(answer.get().status == 200);
    BOOST_TEST(ask(Method::get, std::string(changes) + "?after=3&wait=60", "auditor").status == 503);
    app.stop();
}

BOOST_AUTO_TEST_CASE(waiting_goes_with_a_place_and_has_a_limit) {
    for (char const* const query :
         {"?wait=1", "?after=3&wait=61", "?after=3&wait=-1", "?after=3&wait=x", "?after=3&wait=1&cursor=c"}) {
        BOOST_TEST(ask(Method::get, changes + std::string(query), "auditor").status == 422);
    }
}

BOOST_AUTO_TEST_CASE(one_entry_answers_all_who_wait_for_it) {
    // More than there is memory for in the largest answers that they could get; nobody lets go of what it holds before all are answered.
    constexpr std::size_t count = 4 * limits::http_memory_bytes / limits::page_answer_bytes;
    std::vector<std::shared_ptr<Hold>> holds;
    std::vector<std::future<Response>> answers;
    for (std::size_t i = 0; i < count; ++i) {
        Request request;
        request.method = Method::get;
        request.path = changes;
        request.query = {{"after", "3"}, {"wait", "60"}};
        request.authorization = "Bearer auditor";
        auto admitted = app.admit(request);
        BOOST_REQUIRE(admitted.has_value());
        holds.push_back(std::make_shared<Hold>(app.memory(), "auditor"));
        auto const promise = std::make_shared<std::promise<Response>>();
        answers.push_back(promise->get_future());
        app.handle(
            std::move(*admitted), std::move(request), [promise](Response made) { promise->set_value(std::move(made)); },
            holds.back());
    }
    *service.newest = 4;
    service.publish("acme");
    for (auto& answer : answers) BOOST_TEST(answer.get().status == 200);
}

BOOST_AUTO_TEST_CASE(no_more_wait_than_may) {
    std::atomic<std::size_t> looks{0};
    Feed::Look const look = [&](Result<service::Queries*> const&, bool last) {
        ++looks;
        return last;
    };
    auto const fill = [&](std::string const& account, std::size_t count) {
        // The readers' queue is shorter than the number of those who may wait.
        for (std::size_t i = 0; i < count;) i += app.feed().wait(account, std::chrono::hours(1), look) ? 1U : 0U;
        return !app.feed().wait(account, std::chrono::hours(1), look);
    };
    // An account takes half of what is left, however often it asks, and the next one is let in.
    BOOST_TEST(fill("acme", limits::feed_waiters / 2));
    BOOST_TEST(fill("other", limits::feed_waiters / 4));
    BOOST_TEST(fill("third", limits::feed_waiters / 8));
    BOOST_TEST(!app.feed().wait("acme", std::chrono::hours(1), look));
    app.stop();
    BOOST_TEST(looks.load() >= limits::feed_waiters / 8 * 7);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
