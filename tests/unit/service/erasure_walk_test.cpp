// How an erasure finds its entries, in portions, and what may come between them.
#include "ledger/service/erasure.hpp"
#include "tests/unit/service/erasing.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

using namespace cl;
using test::change;
using test::need;
using test::opening;
using test::ServiceFixture;

namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(erasure_walk)

/// Reads the ledger's entries and counts how often.
struct CountingReader {
    explicit CountingReader(ServiceFixture const& f) : entries(f.entries()) {}
    service::EntryReader reader() {
        return [this](Seq seq) {
            ++reads;
            return Result<std::string>(entries.at(static_cast<std::size_t>(seq)));
        };
    }
    std::vector<std::string> entries;
    int reads = 0;
};

BOOST_AUTO_TEST_CASE(all_erasures_of_a_contact_walk_its_entries_once) {
    constexpr int erasures = 50;
    ServiceFixture f;
    f.open();
    std::set<Seq> own;
    std::vector<Seq> erased;
    for (int i = 0; i < erasures; ++i) {
        own.insert(f.post(change("opt_in.agent", "a" + std::to_string(i), R"({"note":"a remark"})")).seq);
        f.post(change("opt_in.agent", "b" + std::to_string(i), R"({"note":"another"})", "+15550100777"));
        auto const one =
            f.post(change("subject.erased", "e" + std::to_string(i), R"({"request":"r)" + std::to_string(i) + R"("})"));
        BOOST_REQUIRE(!one.problem);
        own.insert(one.seq);
        erased.push_back(one.seq);
    }
    for (std::size_t const most : {std::size_t{1}, std::size_t{7}, std::size_t{1'000}}) {
        BOOST_TEST_CONTEXT(most) {
            CountingReader counting(f);
            service::ErasureWalk walk;
            BOOST_TEST(walk.empty());
            walk.add(0);  // no erasure
            for (Seq const seq : erased) walk.add(seq);
            std::vector<Seq> found;
            while (!walk.empty()) {
                auto const portion = need(walk.next(most, counting.reader()));
                BOOST_TEST(portion.size() <= most);
                found.insert(found.end(), portion.begin(), portion.end());
            }
            BOOST_TEST(found.size() == own.size());
            BOOST_TEST((std::set<Seq>(found.begin(), found.end()) == own));
            BOOST_TEST(counting.reads <= 5 * erasures + 1);
        }
    }
    // One alone reaches back to the one before it, the first to the contact's first entry.
    CountingReader counting(f);
    for (std::size_t const which : {std::size_t{0}, std::size_t{20}}) {
        service::ErasureWalk walk;
        walk.add(erased[which]);
        BOOST_TEST(need(walk.next(1'000, counting.reader())).size() == 2u);
        BOOST_TEST(walk.empty());
    }
    // Nor does the writer look for holds further back, where none can be in force.
    counting.reads = 0;
    BOOST_TEST(need(service::contact_holds(erased.back(), counting.reader())).empty());
    BOOST_TEST(counting.reads == 1);
    auto const held = f.post(change("hold.placed", "h", R"({"matter":"case-1"})"));
    CountingReader again(f);
    BOOST_TEST(need(service::contact_holds(held.seq, again.reader())).at("case-1") == held.seq);
    BOOST_TEST(again.reads == 2);
}

std::vector<service::AppendItem> remarks(int from, int to) {
    std::vector<service::AppendItem> items;
    for (int i = from; i < to; ++i) {
        items.push_back(test::item(change("contact.edited", "n" + std::to_string(i),
                                          R"({"fields":["name"],"name":"remark )" + std::to_string(i) + R"("})")));
    }
    return items;
}

BOOST_AUTO_TEST_CASE(a_stop_does_not_wait_for_what_a_start_erases_again) {
    constexpr int entries = 2'100;  // some portions
    ServiceFixture f;
    f.open();
    auto const first = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    for (int i = 0; i < entries; i += 300) f.post("acme", remarks(i, i + 300));
    f.close();
    fs::copy_file(f.dir() / "vault.db", f.dir() / "kept");
    f.open();
    f.post(change("subject.erased", "e"));
    f.close();
    fs::copy_file(f.dir() / "kept", f.dir() / "vault.db", fs::copy_options::overwrite_existing);
    f.switches->hold_erase = true;
    f.switches->erased = 0;
    need(f.try_begin());
    while (f.switches->erased == 0) std::this_thread::yield();
    std::thread stop([&] { f.service->stop(); });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // until the queue is closed
    f.switches->hold_erase = false;
    stop.join();
    BOOST_TEST(f.switches->erased == 1);
    f.service.reset();
    BOOST_TEST(opening(f, first.seq, "/data/note").has_value());
    need(f.try_open());
    BOOST_TEST(f.switches->erased > 2);
    BOOST_TEST(!opening(f, first.seq, "/data/note"));
    auto const view = need(need(f.service->make_queries())->erasure("acme", *first.contact));
    BOOST_TEST(view.openings_left == 0);
    BOOST_TEST(view.openings_erased == entries + 2);
    BOOST_TEST(view.finished);
}

BOOST_AUTO_TEST_CASE(files_that_cannot_be_searched_stop_nobody) {
    ServiceFixture f;
    f.open();
    f.switches->fail_search = true;
    auto const note = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    f.post(change("subject.erased", "e"));
    auto const view = [&] { return need(need(f.service->make_queries())->erasure("acme", *note.contact)); };
    auto const said = [&] {
        auto const lines = f.lines();
        return std::count_if(lines.begin(), lines.end(),
                             [](auto const& line) { return line.find("could not be searched") != std::string::npos; });
    };
    for (int i = 0; i < 1'000 && said() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    BOOST_TEST(said() == 1);
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST(!f.post(change("opt_in.agent", "b" + std::to_string(i), "{}", "+15550100777")).problem);
    }
    BOOST_TEST(said() == 1);
    BOOST_TEST(view().finished);
    BOOST_TEST(!view().searched);
    f.switches->fail_search = false;
    for (int i = 0; i < 1'000 && !view().searched; ++i) {
        f.clock.advance(30'000);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    BOOST_TEST(view().searched);
    BOOST_TEST(!view().found);
}

BOOST_AUTO_TEST_CASE(a_damaged_entry_on_the_way_is_the_stores_fault_and_not_the_posters) {
    for (std::string const stored : {"", "{", "null", R"({"v":2})", R"({"v":1,"seq":3})"}) {
        BOOST_TEST_CONTEXT(stored) {
            auto const read = [&](Seq) { return Result<std::string>(stored); };
            auto const holds = service::contact_holds(3, read);
            BOOST_REQUIRE(!holds);
            BOOST_TEST((holds.error().code == errc::store_corrupt));
            service::ErasureWalk walk;
            walk.add(3);
            auto const erased = walk.next(10, read);
            BOOST_REQUIRE(!erased);
            BOOST_TEST(!service::is_refusal(erased.error().code));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
