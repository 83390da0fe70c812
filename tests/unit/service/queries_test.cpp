// Reading: pages, filters, cursors, the past, tiles, and the border between tenants.
#include "ledger/core/limits.hpp"
#include "ledger/core/tile.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <utility>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string change(std::string const& kind, std::string const& record, std::string const& data = "{}",
                   std::string const& phone = "+15550100123", std::string const& more = "") {
    return R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"platform":"crm","record":")" + record + R"("},)" +
           more + R"("data":)" + data + "}";
}

template <class T>
errc code_of(Result<T> const& result) {
    BOOST_REQUIRE(!result);
    return result.error().code;
}

std::vector<std::int64_t> positions(service::Page<service::EntryView> const& page) {
    std::vector<std::int64_t> all;
    for (auto const& view : page.items) all.push_back(view.position);
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(queries)

BOOST_AUTO_TEST_CASE(changes_page_in_both_directions_without_gap_or_repetition) {
    ServiceFixture f;
    f.open();
    for (int i = 0; i < 11; ++i) f.post(change(i % 2 == 0 ? "contact.blocked" : "contact.unblocked", "r" + std::to_string(i)));
    auto const queries = need(f.service->make_queries());
    for (auto const order : {service::Order::newest_first, service::Order::oldest_first}) {
        service::ChangeFilter filter;
        filter.order = order;
        filter.limit = 5;
        std::vector<std::int64_t> all;
        for (;;) {
            auto const page = need(queries->changes("acme", filter));
            auto const some = positions(page);
            all.insert(all.end(), some.begin(), some.end());
            BOOST_TEST(page.has_more == !page.next_cursor.empty());
            if (!page.has_more) break;
            filter.cursor = page.next_cursor;
        }
        std::vector<std::int64_t> expected;
        for (std::int64_t i = 1; i <= 12; ++i) expected.push_back(order == service::Order::oldest_first ? i : 13 - i);
        BOOST_TEST(all == expected, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(filters_choose_and_the_feed_goes_on_after_a_position) {
    ServiceFixture f;
    f.open();
    f.post(
        change("contact.added", "a", R"({"origin":"manual"})", "+15550100123", R"("actor":{"kind":"agent","id":"agent-7"},)"));
    f.clock.advance(1'000);
    Millis const middle = f.clock.now();
    f.post(change("list.added", "b", R"({"list":"promo"})"));
    f.clock.advance(1'000);
    f.post(change("opt_out.agent", "c", "{}", "+15550100123", R"("actor":{"kind":"agent","id":"agent-8"},)"));
    auto const queries = need(f.service->make_queries());
    auto const ask = [&](auto const& set) {
        service::ChangeFilter filter;
        set(filter);
        return positions(need(queries->changes("acme", filter)));
    };
    using Seqs = std::vector<std::int64_t>;
    BOOST_TEST((ask([](auto& x) { x.kinds = {"list.added", "opt_out.agent"}; }) == Seqs{4, 3}));
    BOOST_TEST((ask([](auto& x) { x.actor = "agent-7"; }) == Seqs{2}));
    BOOST_TEST((ask([](auto& x) { x.platform = "crm"; }) == Seqs{4, 3, 2}));
    BOOST_TEST((ask([](auto& x) { x.list = "promo"; }) == Seqs{3}));
    BOOST_TEST((ask([&](auto& x) { x.since = middle; }) == Seqs{4, 3}));
    BOOST_TEST((ask([&](auto& x) { x.until = middle; }) == Seqs{2, 1}));
    BOOST_TEST((ask([&](auto& x) { x.since = middle, x.order = service::Order::oldest_first; }) == Seqs{3, 4}));
    BOOST_TEST((ask([&](auto& x) { x.since = middle, x.until = middle + 1; }) == Seqs{3}));
    BOOST_TEST((ask([](auto& x) { x.after = 2; }) == Seqs{3, 4}));
    BOOST_TEST((ask([](auto& x) { x.after = 4; }) == Seqs{}));
    BOOST_TEST((ask([](auto& x) { x.kinds = {"no.such"}; }) == Seqs{}));
}

BOOST_AUTO_TEST_CASE(an_entry_is_about_each_list_that_it_names) {
    ServiceFixture f;
    f.open();
    auto const record = [&f](std::string const& text) { BOOST_REQUIRE(!f.post(text).problem); };
    record(change("opt_in.consent", "a", R"({"method":"form","lists":["promo","news"]})"));
    std::string const proof =
        R"("evidence":[{"kind":"web_form","occurred_at":")" + format_time(f.clock.now()) +
        R"(","url":"https://acme.example/f","form":"f1","scope":{"purpose":"marketing","lists":["vip"]}}],)";
    record(change("consent.recorded", "b", R"({"lists":["promo"]})", "+15550100123", proof));
    record(change("opt_out.request", "c", R"({"via":"web","list":"news"})"));
    auto const queries = need(f.service->make_queries());
    auto const about = [&](std::string const& list) {
        service::ChangeFilter filter;
        filter.list = list;
        return positions(need(queries->changes("acme", filter)));
    };
    using Seqs = std::vector<std::int64_t>;
    BOOST_TEST((about("promo") == Seqs{3, 2}));
    BOOST_TEST((about("news") == Seqs{4, 2}));
    BOOST_TEST((about("vip") == Seqs{3}));
    BOOST_TEST((about("prom") == Seqs{}));
}

BOOST_AUTO_TEST_CASE(a_cursor_of_another_list_or_no_cursor_at_all_is_refused) {
    ServiceFixture f;
    f.open();
    f.define("other");
    for (int i = 0; i < 5; ++i) f.post(change("contact.blocked", "r" + std::to_string(i)));
    auto const queries = need(f.service->make_queries());
    service::ChangeFilter filter;
    filter.limit = 2;
    std::string const cursor = need(queries->changes("acme", filter)).next_cursor;
    auto const history = need(queries->history("acme", queries->contact_of("acme", "+15550100123"), 2, {}));
    filter.cursor = cursor;
    BOOST_TEST((code_of(queries->changes("other", filter)) == errc::invalid));
    filter.platform = "crm";
    BOOST_TEST((code_of(queries->changes("acme", filter)) == errc::invalid));
    filter.platform.clear();
    for (std::string const& bad :
         {std::string("x"), std::string("===="), cursor + "A", history.next_cursor, std::string(300, 'A')}) {
        filter.cursor = bad;
        BOOST_TEST((code_of(queries->changes("acme", filter)) == errc::invalid));
        service::Queries::FindingFilter findings;
        findings.cursor = bad;
        BOOST_TEST((code_of(queries->findings("acme", findings)) == errc::invalid));
        BOOST_TEST(
            (code_of(queries->history("other", queries->contact_of("acme", "+15550100123"), 2, bad)) == errc::not_found));
    }
    filter.cursor = cursor;
    filter.limit = 50;  // another page size is the same list
    BOOST_TEST(need(queries->changes("acme", filter)).items.size() == 4U);
}

BOOST_AUTO_TEST_CASE(history_walks_one_contact_newest_first) {
    ServiceFixture f;
    f.open();
    for (int i = 0; i < 7; ++i) {
        f.post(change("contact.blocked", "a" + std::to_string(i)));
        f.post(change("contact.blocked", "b" + std::to_string(i), "{}", "+15550100777"));
    }
    auto const queries = need(f.service->make_queries());
    Hash32 const contact = queries->contact_of("acme", "+15550100123");
    std::vector<std::int64_t> all;
    std::string cursor;
    do {
        auto const page = need(queries->history("acme", contact, 3, cursor));
        for (auto const& view : page.items) {
            BOOST_TEST((need(decode(view.bytes)).contact == contact));
            all.push_back(view.position);
        }
        cursor = page.next_cursor;
    } while (!cursor.empty());
    BOOST_TEST((all == std::vector<std::int64_t>{7, 6, 5, 4, 3, 2, 1}));
    BOOST_TEST((code_of(queries->history("acme", queries->contact_of("acme", "+15550100999"), 3, {})) == errc::not_found));
}

BOOST_AUTO_TEST_CASE(the_past_is_what_was_true_and_what_was_known) {
    ServiceFixture f;
    f.open();
    Millis const start = f.clock.now();
    f.text("hello", "m1");
    f.clock.advance(10'000);
    // A STOP that was sent two seconds after the start and arrives late.
    f.send(R"({"from":"+15550100123","to":"+15550199999","body":"STOP","message_id":"m2","received_at":")" +
           format_time(start + 2'000) + R"("})");
    auto const queries = need(f.service->make_queries());
    Hash32 const contact = queries->contact_of("acme", "+15550100123");
    auto const opted_in = [&](std::optional<Millis> at, std::optional<Millis> known_at) {
        return need(queries->contact("acme", contact, at, known_at)).state.opted_in;
    };
    BOOST_TEST(!opted_in({}, {}));
    BOOST_TEST(opted_in(start + 1'000, {}));
    BOOST_TEST(!opted_in(start + 3'000, {}));
    BOOST_TEST(opted_in({}, start + 3'000));  // nobody had told the ledger by then
    BOOST_TEST(!opted_in({}, start + 10'000));
    auto const before = need(queries->contact("acme", contact, start - 1, {}));
    BOOST_TEST(!before.known);
    auto const now = need(queries->contact("acme", contact, {}, {}));
    BOOST_REQUIRE(!now.because.empty());
    BOOST_TEST(now.because.back() == now.as_of.seq);
    auto const stranger = need(queries->contact("acme", queries->contact_of("acme", "+15550100999"), {}, {}));
    BOOST_TEST(!stranger.known);
}

BOOST_AUTO_TEST_CASE(a_look_into_the_past_reads_no_more_entries_than_it_may_however_early_it_looks) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.added", "a", R"({"origin":"manual"})"));
    Millis const early = f.clock.now();
    f.clock.advance(1'000);
    auto const edit = [&f](std::size_t count, std::string const& record) {
        std::vector<service::AppendItem> items;
        for (std::size_t i = 0; i < count; ++i) {
            if (items.size() == limits::batch_items) f.post("acme", std::exchange(items, {}));
            items.push_back(cl::test::item(change("contact.edited", record + std::to_string(i), R"({"fields":["email"]})")));
        }
        f.post("acme", std::move(items));
    };
    auto const queries = need(f.service->make_queries());
    Hash32 const contact = queries->contact_of("acme", "+15550100123");
    edit(limits::contact_replay - 1, "e");
    BOOST_TEST(need(queries->contact("acme", contact, early, std::nullopt)).known);
    edit(1, "f");
    for (Millis const time : {early, early - 1, f.clock.now()}) {
        BOOST_TEST((queries->contact("acme", contact, time, std::nullopt).error().code == errc::too_large));
        BOOST_TEST((queries->contact("acme", contact, std::nullopt, time).error().code == errc::too_large));
    }
    BOOST_TEST(need(queries->contact("acme", contact, std::nullopt, std::nullopt)).known);
}

BOOST_AUTO_TEST_CASE(findings_are_listed_filtered_and_paged) {
    ServiceFixture f;
    f.open();
    for (int i = 0; i < 5; ++i) {
        std::string const phone = "+1555010020" + std::to_string(i);
        f.post(change("contact.blocked", "b" + std::to_string(i), "{}", phone));
        f.post(change("opt_in.agent", "i" + std::to_string(i), "{}", phone));  // CL-030: blocked
    }
    auto const queries = need(f.service->make_queries());
    service::Queries::FindingFilter filter;
    filter.rule = "CL-030";
    filter.limit = 2;
    std::set<Seq> seqs;
    for (;;) {
        auto const page = need(queries->findings("acme", filter));
        for (auto const& row : page.items) {
            BOOST_TEST(row.finding.id == "CL-030");
            seqs.insert(row.finding.seq);
        }
        if (!page.has_more) break;
        filter.cursor = page.next_cursor;
    }
    BOOST_TEST(seqs.size() == 5U);
    filter = {};
    filter.contact = queries->contact_of("acme", "+15550100203");
    for (auto const& row : need(queries->findings("acme", filter)).items) BOOST_TEST((row.contact == filter.contact));
    filter = {};
    filter.at_least = consent::Severity::critical;
    for (auto const& row : need(queries->findings("acme", filter)).items) {
        BOOST_TEST((row.finding.severity == consent::Severity::critical));
    }
    filter.status = "nonsense";
    BOOST_TEST((code_of(queries->findings("acme", filter)) == errc::invalid));
}

BOOST_AUTO_TEST_CASE(open_findings_are_counted_without_those_that_were_waived_or_closed) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.blocked", "b", "{}", "+15550100300"));
    auto const critical = f.post(change("opt_in.agent", "i", "{}", "+15550100300"));  // CL-030: blocked
    auto const queries = need(f.service->make_queries());
    auto const listed = [&](consent::Severity severity) {
        service::Queries::FindingFilter filter;
        filter.limit = limits::page_items;
        auto const page = need(queries->findings("acme", filter));
        return std::count_if(page.items.begin(), page.items.end(),
                             [severity](auto const& row) { return row.finding.severity == severity; });
    };
    auto const counted = [&](consent::Severity severity) {
        auto const counts = need(queries->finding_counts("acme"));
        BOOST_TEST(counts.complete);
        return counts.open.at(static_cast<std::size_t>(severity));
    };
    auto const before = counted(consent::Severity::critical);
    BOOST_TEST(before > 0);
    BOOST_TEST(before == listed(consent::Severity::critical));
    auto const waived = f.post(R"({"kind":"finding.waived","source":{"record":"w"},"data":{"rule":"CL-030","seq":)" +
                               std::to_string(critical.seq) + R"(,"until":"2099-01-01T00:00:00Z","reason":"x"}})");
    BOOST_REQUIRE(!waived.problem);
    BOOST_TEST(counted(consent::Severity::critical) == before - 1);
    BOOST_TEST(counted(consent::Severity::critical) == listed(consent::Severity::critical));
    BOOST_TEST((code_of(queries->finding_counts("nobody")) == errc::not_found));
}

BOOST_AUTO_TEST_CASE(another_tenants_entry_is_not_found) {
    ServiceFixture f;
    f.open();
    f.define("other");
    auto const mine = f.post(change("contact.blocked", "a"));
    auto const theirs = f.post("other", {item(change("contact.blocked", "a"))}).results[0];
    auto const queries = need(f.service->make_queries());
    auto const me = ServiceFixture::principal(consent::Role::auditor, "acme");
    BOOST_TEST(need(queries->entry(me, mine.seq)) == *mine.entry);
    BOOST_TEST((code_of(queries->entry(me, theirs.seq)) == errc::not_found));
    BOOST_TEST((code_of(queries->proof(me, theirs.seq)) == errc::not_found));
    BOOST_TEST((code_of(queries->entry(me, 0)) == errc::not_found));  // the ledger's own
    BOOST_TEST((code_of(queries->entry(me, 99)) == errc::not_found));
    BOOST_TEST((code_of(queries->entry(me, -1)) == errc::not_found));
    auto const all = ServiceFixture::principal(consent::Role::auditor, "*");
    BOOST_TEST(queries->entry(all, 0).has_value());
    BOOST_TEST(need(queries->entry(all, theirs.seq)) == *theirs.entry);
    BOOST_TEST((mine.contact != theirs.contact));  // the same number is another pseudonym there
}

BOOST_AUTO_TEST_CASE(tiles_and_bundles_are_those_of_the_entries) {
    ServiceFixture f;
    f.open();
    std::vector<service::AppendItem> items;
    for (int i = 0; i < 300; ++i) items.push_back(item(change("contact.blocked", "r" + std::to_string(i))));
    f.post("acme", std::move(items));
    auto const entries = f.entries();
    auto const queries = need(f.service->make_queries());
    std::string hashes;
    for (auto const& bytes : entries) hashes.append(leaf_hash(bytes).view());
    BOOST_TEST((need(queries->tile({0, 0, 256})) == hashes.substr(0, 8192)));
    BOOST_TEST((need(queries->tile({0, 1, 46})) == hashes.substr(8192, 46 * 32)));
    BOOST_TEST((need(queries->tile({0, 1, 3})) == hashes.substr(8192, 3 * 32)));
    BOOST_TEST((need(queries->tile({0, 0, 7})) == hashes.substr(0, 7 * 32)));
    BOOST_TEST((need(queries->tile({1, 0, 1})) == tile::subtree_root(hashes.substr(0, 8192), 0, 8).view()));
    for (tile::Coord const& none :
         {tile::Coord{0, 1, 47}, {0, 2, 1}, {1, 0, 2}, {2, 0, 1}, {tile::entries, 1, 47}, {63, 0, 1}}) {
        BOOST_TEST((code_of(queries->tile(none)) == errc::not_found));
    }
    std::string const bundle = need(queries->tile({tile::entries, 1, 46}));
    auto const parts = need(tile::split_bundle(bundle));
    BOOST_REQUIRE(parts.size() == 46U);
    BOOST_TEST(parts.back() == entries.back());
}

BOOST_AUTO_TEST_SUITE_END()
