// What was recorded on each day, and an entry found by the platform's own id.
#include "ledger/core/limits.hpp"
#include "ledger/service/day_counts.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string change(std::string_view kind, int number, std::string_view data = "{}") {
    std::string const id = std::to_string(number);
    return R"({"kind":")" + std::string(kind) + R"(","phone":"+1555010)" + std::string(4 - id.size(), '0') + id +
           R"(","source":{"platform":"crm","record":"act-)" + std::string(kind) + id + R"("},"data":)" + std::string(data) +
           "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(activity)

BOOST_AUTO_TEST_CASE(days_are_counted_by_when_things_were_recorded) {
    ServiceFixture f;
    f.open();
    Millis const first = service::start_of_day(f.clock.now());
    BOOST_REQUIRE(!f.post(change("contact.added", 1, R"({"origin":"manual"})")).problem);
    BOOST_REQUIRE(!f.post(change("opt_out.agent", 1)).problem);
    f.clock.advance(2 * service::day_ms);
    BOOST_REQUIRE(!f.post(change("contact.blocked", 1)).problem);
    BOOST_REQUIRE(!f.post(change("opt_in.agent", 2)).problem);

    auto const queries = need(f.service->make_queries());
    auto const all = need(queries->activity("acme", first));
    BOOST_TEST(all.complete);
    BOOST_REQUIRE(all.days.size() == 2u);
    BOOST_TEST(all.days[0].start == first);
    BOOST_TEST(all.days[0].opt_outs == 1);
    BOOST_TEST(all.days[0].opt_ins == 0);
    BOOST_TEST(all.days[1].start == first + 2 * service::day_ms);
    BOOST_TEST(all.days[1].entries == 2);
    BOOST_TEST(all.days[1].blocks == 1);
    BOOST_TEST(all.days[1].opt_ins == 1);

    auto const later = need(queries->activity("acme", first + service::day_ms));
    BOOST_REQUIRE(later.days.size() == 1u);
    BOOST_TEST(later.days[0].entries == 2);
    BOOST_TEST((queries->activity("nobody", first).error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_day_begins_at_midnight_utc_on_either_side_of_1970) {
    BOOST_TEST(service::start_of_day(0) == 0);
    BOOST_TEST(service::start_of_day(service::day_ms - 1) == 0);
    BOOST_TEST(service::start_of_day(service::day_ms) == service::day_ms);
    BOOST_TEST(service::start_of_day(-1) == -service::day_ms);
}

BOOST_AUTO_TEST_CASE(what_was_counted_is_counted_once_and_what_comes_later_as_well) {
    ServiceFixture f;
    f.open();
    Millis const first = service::start_of_day(f.clock.now());
    BOOST_REQUIRE(!f.post(change("contact.added", 1, R"({"origin":"manual"})")).problem);
    f.clock.advance(service::day_ms);
    BOOST_REQUIRE(!f.post(change("opt_out.agent", 1)).problem);
    auto const queries = need(f.service->make_queries());
    auto const other = need(f.service->make_queries());
    BOOST_TEST(need(queries->activity("acme", first + service::day_ms)).days.size() == 1u);
    BOOST_TEST(need(other->activity("acme", first)).days.size() == 2u);
    BOOST_REQUIRE(!f.post(change("contact.blocked", 1)).problem);
    for (auto const& asked : {queries.get(), other.get(), queries.get()}) {
        auto const view = need(asked->activity("acme", first));
        BOOST_TEST(view.complete);
        BOOST_REQUIRE(view.days.size() == 2u);
        BOOST_TEST(view.days[0].opt_outs == 0);
        BOOST_TEST(view.days[1].entries == 2);
        BOOST_TEST(view.days[1].opt_outs == 1);
        BOOST_TEST(view.days[1].blocks == 1);
    }
}

BOOST_AUTO_TEST_CASE(newer_counts_take_the_place_of_wider_ones) {
    service::DayCounts counts;
    counts.keep("acme", {1, 100'000, {}});
    counts.keep("acme", {180'001, 200'000, {}});  // begun anew, since too much had come
    BOOST_TEST(counts.get("acme").first == 180'001);
    counts.keep("acme", {190'000, 200'000, {}});
    BOOST_TEST(counts.get("acme").first == 180'001);
    counts.keep("acme", {160'001, 200'000, {}});
    BOOST_TEST(counts.get("acme").first == 160'001);
    counts.keep("acme", {1, 199'999, {}});
    BOOST_TEST(counts.get("acme").last == 200'000);
    for (std::size_t i = 0; i < 2 * limits::day_count_accounts; ++i) counts.keep("other-" + std::to_string(i), {1, 2, {}});
    BOOST_TEST(counts.get("nobody").last == 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_counted_is_said) {
    ServiceFixture f;
    f.open();
    std::size_t const most = limits::page_scan;
    for (std::size_t made = 0; made < most + 10;) {
        std::vector<service::AppendItem> items;
        for (int i = 0; i < 2'000; ++i, ++made) {
            items.push_back(item(R"({"kind":"actor.defined","source":{"record":"many-)" + std::to_string(made) +
                                 R"("},"data":{"actor":"a"}})"));
        }
        f.post("acme", std::move(items));
        f.clock.advance(1'000);
    }
    auto const queries = need(f.service->make_queries());
    auto const view = need(queries->activity("acme", 0));
    BOOST_TEST(!view.complete);
    BOOST_TEST(view.counted_from > 0);
    std::int64_t counted = 0;
    for (auto const& day : view.days) counted += day.entries;
    BOOST_TEST(counted == static_cast<std::int64_t>(most));

    // The next one goes on where this one ended, and then all are counted.
    auto const next = need(queries->activity("acme", 0));
    BOOST_TEST(next.complete);
    std::int64_t all = 0;
    for (auto const& day : next.days) all += day.entries;
    BOOST_TEST(all > static_cast<std::int64_t>(most));
    BOOST_TEST(all == need(queries->changes("acme", service::ChangeFilter{})).items.at(0).position);
}

BOOST_AUTO_TEST_CASE(the_platforms_own_id_finds_its_entry) {
    ServiceFixture f;
    f.open();
    auto const made = f.post(change("opt_in.agent", 7));
    BOOST_REQUIRE(!f.post(change("opt_in.agent", 8)).problem);
    auto const queries = need(f.service->make_queries());
    service::ChangeFilter filter;
    filter.record = "act-opt_in.agent7";
    auto const found = need(queries->changes("acme", filter));
    BOOST_REQUIRE(found.items.size() == 1u);
    BOOST_TEST(found.items[0].seq == made.seq);
    filter.record = "act-opt_in.agent";
    BOOST_TEST(need(queries->changes("acme", filter)).items.empty());
}

BOOST_AUTO_TEST_SUITE_END()
