// Erasing a person: the openings go, the entries and their proofs stay, the suppression stays, a hold forbids it.
#include "ledger/service/erasure.hpp"

#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using test::need;
using test::ServiceFixture;

namespace {

namespace fs = std::filesystem;

std::string change(std::string const& kind, std::string const& record, std::string const& data = "{}",
                   std::string const& phone = "+15550100123") {
    return R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"record":")" + record + R"("},"data":)" + data +
           "}";
}

std::optional<log::Opening> opening(ServiceFixture const& f, Seq seq, std::string const& pointer) {
    auto const log = need(log::open_log_reader({f.dir() / "ledger.db", f.dir() / "vault.db"}));
    return need(log->opening(seq, pointer));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(erasure)

BOOST_AUTO_TEST_CASE(openings_go_and_entries_stay) {
    ServiceFixture f;
    f.open();
    auto const note = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    auto const other = f.post(change("opt_in.agent", "b", R"({"note":"somebody else"})", "+15550100777"));
    BOOST_TEST(opening(f, note.seq, "/data/note").has_value());
    auto const erased = f.post(change("subject.erased", "e"));
    BOOST_TEST((erased.status == service::ItemStatus::recorded));
    BOOST_TEST(!opening(f, note.seq, "/data/note"));
    BOOST_TEST(!opening(f, note.seq, "/contact"));
    BOOST_TEST(opening(f, other.seq, "/data/note").has_value());
    BOOST_TEST(f.entries().at(static_cast<std::size_t>(note.seq)) == *note.entry);
    BOOST_TEST(!f.look().state.opted_in);
    f.close();
    BOOST_TEST(!test::found_in_child("a private remark", f.dir() / "vault.db"));
    BOOST_TEST(test::found_in_child("somebody else", f.dir() / "vault.db"));
}

BOOST_AUTO_TEST_CASE(a_vault_from_before_the_erasure_is_erased_again_at_start) {
    ServiceFixture f;
    f.open();
    auto const note = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    f.close();
    fs::copy_file(f.dir() / "vault.db", f.dir() / "kept");
    f.open();
    f.post(change("subject.erased", "e"));
    f.close();
    fs::copy_file(f.dir() / "kept", f.dir() / "vault.db", fs::copy_options::overwrite_existing);
    BOOST_TEST(opening(f, note.seq, "/data/note").has_value());
    f.open();
    BOOST_TEST(!opening(f, note.seq, "/data/note"));
}

BOOST_AUTO_TEST_CASE(a_hold_forbids_erasure_until_it_is_released) {
    ServiceFixture f;
    f.open();
    auto const note = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    auto const refused = [&](std::string const& record) {
        auto const result = f.post(change("subject.erased", record));
        BOOST_REQUIRE(result.problem);
        return result.problem->code == errc::hold;
    };
    f.post(change("hold.placed", "h1", R"({"matter":"case-1"})"));
    f.post(change("hold.placed", "h2", R"({"matter":"case-2"})"));
    BOOST_TEST(refused("e1"));
    f.post(change("hold.released", "h3", R"({"matter":"case-1"})"));
    BOOST_TEST(refused("e2"));
    f.post(change("hold.released", "h4", R"({"matter":"case-2"})"));
    f.post(R"({"kind":"hold.placed","source":{"record":"h5"},"data":{"matter":"all"}})");
    BOOST_TEST(refused("e3"));
    BOOST_TEST(opening(f, note.seq, "/data/note").has_value());
    f.post(R"({"kind":"hold.released","source":{"record":"h6"},"data":{"matter":"all"}})");
    BOOST_TEST((f.post(change("subject.erased", "e4")).status == service::ItemStatus::recorded));
    BOOST_TEST(!opening(f, note.seq, "/data/note"));
}

BOOST_AUTO_TEST_CASE(a_damaged_entry_on_the_way_is_the_stores_fault_and_not_the_posters) {
    for (std::string const stored : {"", "{", "null", R"({"v":2})", R"({"v":1,"seq":3})"}) {
        BOOST_TEST_CONTEXT(stored) {
            auto const read = [&](Seq) { return Result<std::string>(stored); };
            auto const holds = service::contact_holds(3, read);
            BOOST_REQUIRE(!holds);
            BOOST_TEST((holds.error().code == errc::store_corrupt));
            auto const erased = service::erased_by(3, read);
            BOOST_REQUIRE(!erased);
            BOOST_TEST(!service::is_refusal(erased.error().code));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
