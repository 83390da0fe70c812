// A page has an end in bytes, too, and goes on from there without a gap.
#include "ledger/core/limits.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <mutex>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

/// An opt-in that names many lists: an entry of about 20 kB.
std::string wide(int number) {
    std::string lists;
    for (int i = 0; i < 64; ++i) {
        std::string const id = std::to_string(i);
        lists += (i == 0 ? "\"" : ",\"") + std::string(125 - id.size(), 'l') + id + "\"";
    }
    std::string const scope = R"("scope":{"purpose":"marketing","lists":[)" + lists + "]}";
    return R"({"kind":"opt_in.consent","phone":"+15550100123","source":{"record":"wide-)" + std::to_string(number) +
           R"("},"data":{"method":"form","purpose":"marketing","lists":[)" + lists +
           R"(]},"evidence":[{"kind":"web_form","occurred_at":"2026-11-01T10:00:00Z","url":"https://example.com/f",)" + scope +
           "}]}";
}

std::size_t bytes_of(std::vector<service::EntryView> const& items) {
    std::size_t total = 0;
    for (auto const& view : items) total += view.bytes.size();
    return total;
}

/// Follows a list to its end; the sizes of its pages are checked.
template <class Next>
std::vector<std::int64_t> walk(Next const& next, int& pages) {
    std::vector<std::int64_t> positions;
    std::string cursor;
    for (pages = 1;; ++pages) {
        auto const page = next(cursor);
        BOOST_TEST_REQUIRE(!page.items.empty());
        BOOST_TEST(bytes_of(page.items) <= limits::page_bytes + limits::entry_bytes);
        for (auto const& view : page.items) positions.push_back(view.position);
        BOOST_TEST(page.has_more == !page.next_cursor.empty());
        if (page.next_cursor.empty()) return positions;
        cursor = page.next_cursor;
    }
}

void check_dense(std::vector<std::int64_t> const& positions, std::int64_t newest) {
    BOOST_TEST_REQUIRE(positions.size() == static_cast<std::size_t>(newest));
    for (std::size_t i = 0; i < positions.size(); ++i)
        BOOST_TEST_REQUIRE(positions[i] == newest - static_cast<std::int64_t>(i));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page)

BOOST_AUTO_TEST_CASE(pages_end_at_their_bytes_and_lead_on) {
    ServiceFixture f;
    f.open();
    auto const first = f.post(wide(0));
    BOOST_REQUIRE(!first.problem);
    std::size_t const size = first.entry->size();
    BOOST_TEST(size > 10'000U);
    int const count = static_cast<int>(limits::page_bytes / size * 3 / 2);
    BOOST_REQUIRE(count < static_cast<int>(limits::page_items));
    std::vector<service::AppendItem> items;
    for (int i = 1; i < count; ++i) items.push_back(item(wide(i)));
    f.post("acme", std::move(items));
    auto const queries = need(f.service->make_queries());
    int pages = 0;
    service::ChangeFilter filter;
    filter.limit = limits::page_items;
    check_dense(walk(
                    [&](std::string const& cursor) {
                        filter.cursor = cursor;
                        return need(queries->changes("acme", filter));
                    },
                    pages),
                count + 1);
    BOOST_TEST(pages == 2);
    auto const contact = queries->contact_of("acme", "+15550100123");
    check_dense(
        walk([&](std::string const& cursor) { return need(queries->history("acme", contact, limits::page_items, cursor)); },
             pages),
        count);
    BOOST_TEST(pages == 2);
}

BOOST_AUTO_TEST_CASE(a_page_behind_an_entry_says_how_far_it_looked) {
    ServiceFixture f;
    f.open();
    for (int i = 0; i < 5; ++i) {
        f.post(R"({"kind":"contact.added","phone":"+15550100123","source":{"record":"feed-)" + std::to_string(i) +
               R"("},"data":{"origin":"manual"}})");
    }
    auto const queries = need(f.service->make_queries());
    service::ChangeFilter filter;
    filter.order = service::Order::oldest_first;
    filter.limit = 3;
    filter.after = 0;
    auto const first = need(queries->changes("acme", filter));
    BOOST_TEST(first.items.size() == 3u);
    BOOST_TEST(first.read_to == 3);
    BOOST_TEST(first.has_more);
    filter.after = first.read_to;
    auto const second = need(queries->changes("acme", filter));
    BOOST_TEST(second.items.front().position == 4);
    BOOST_TEST(second.read_to == 6);  // five, and the account's definition
    filter.after = 6;
    auto const end = need(queries->changes("acme", filter));
    BOOST_TEST(end.items.empty());
    BOOST_TEST(end.read_to == 6);
    filter.after = 0;
    filter.actor = "nobody";
    BOOST_TEST(need(queries->changes("acme", filter)).read_to == 6);
    filter.after = 7;
    auto const beyond = queries->changes("acme", filter);
    BOOST_REQUIRE(!beyond.has_value());
    BOOST_TEST((beyond.error().code == errc::invalid));
}

BOOST_AUTO_TEST_CASE(whoever_listens_hears_of_published_entries) {
    ServiceFixture f;
    f.open();
    std::mutex mutex;
    std::vector<std::string> heard;
    std::string checkpoint;
    f.service->on_published([&](std::string_view account) {
        std::lock_guard const lock(mutex);
        heard.emplace_back(account);
        checkpoint = f.service->checkpoint();
    });
    auto const entry =
        f.post(R"({"kind":"contact.added","phone":"+15550100123","source":{"record":"a"},"data":{"origin":"manual"}})");
    f.service->on_published({});
    f.post(R"({"kind":"contact.added","phone":"+15550100123","source":{"record":"b"},"data":{"origin":"manual"}})");
    BOOST_REQUIRE(heard.size() == 1u);
    BOOST_TEST(heard.front() == "acme");
    // What it hears of can be read already.
    BOOST_TEST(checkpoint.find("\n" + std::to_string(entry.seq + 1) + "\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
