// How far an answer and an erasure reach: not beyond the account and the contact that were asked for, and as far as what was written of them.
#include "ledger/service/cursor.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <limits>

using namespace cl;
using service::ItemStatus;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

constexpr char const* ann = "+15550100123";

std::string change(std::string const& kind, std::string const& record, std::string const& data, std::string const& who = {}) {
    std::string const subject = who.empty() ? "" : R"("phone":")" + who + R"(",)";
    return R"({"kind":")" + kind + R"(",)" + subject + R"("source":{"record":")" + record + R"("},"data":)" + data + "}";
}

std::string pointer_of(service::ItemResult const& result) {
    return result.problem ? result.problem->pointer : "accepted";
}

BOOST_AUTO_TEST_SUITE(reach)

BOOST_AUTO_TEST_CASE(a_made_up_cursor_leads_nowhere) {
    ServiceFixture f;
    f.open();
    f.define("beta");
    auto const theirs = f.post(change("contact.added", "a", R"({"origin":"manual"})", ann));
    auto const answer = f.post("beta", {item(change("contact.added", "b", R"({"origin":"manual"})", ann))});
    auto const queries = need(f.service->make_queries());
    Hash32 const own = queries->contact_of("beta", ann);
    std::string const filter = "history\nbeta\n" + to_hex(own);
    auto const ask = [&](Seq seq) { return queries->history("beta", own, 10, service::write_position(filter, seq)); };
    BOOST_TEST(need(ask(answer.results.at(0).seq)).items.size() == 1U);
    for (Seq const seq : {theirs.seq, Seq{0}, Seq{-1}, answer.results.at(0).seq + 1, Seq{1'000'000}}) {
        auto const page = ask(seq);
        BOOST_TEST_REQUIRE(!page.has_value(), seq);
        BOOST_TEST((page.error().code == errc::invalid));
    }
}

BOOST_AUTO_TEST_CASE(a_made_up_cursor_names_no_place_before_the_first) {
    ServiceFixture f;
    f.open();
    f.define("beta");
    auto const queries = need(f.service->make_queries());
    std::string const filter = "changes\nbeta\n\n\n\n\n\n-\n-\n-\nnewest";
    auto const ask = [&](std::int64_t position) {
        service::ChangeFilter one;
        one.limit = 10;
        one.cursor = service::write_position(filter, position);
        return queries->changes("beta", one);
    };
    BOOST_TEST(need(ask(1)).items.size() == 1U);
    for (std::int64_t const position :
         {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        auto const page = ask(position);
        BOOST_TEST_REQUIRE(!page.has_value(), position);
        BOOST_TEST((page.error().code == errc::invalid));
    }
}

BOOST_AUTO_TEST_CASE(the_end_of_the_numbers_is_no_beginning) {
    ServiceFixture f;
    f.open();
    service::ChangeFilter filter;
    filter.after = std::numeric_limits<std::int64_t>::max();
    auto const page = need(f.service->make_queries())->changes("acme", filter);
    BOOST_REQUIRE(!page.has_value());
    BOOST_TEST((page.error().code == errc::invalid));
}

BOOST_AUTO_TEST_CASE(what_is_written_about_an_entry_is_about_its_contact_and_goes_with_it) {
    ServiceFixture f;
    f.open();
    auto const in = f.post(change("opt_in.agent", "a", "{}", ann));  // CL-001
    std::string const seq = std::to_string(in.seq);
    auto const waiver = f.post(
        change("finding.waived", "w",
               R"({"rule":"CL-001","seq":)" + seq + R"(,"until":"2999-01-01T00:00:00Z","reason":"Nora Quixotic said so"})"));
    auto const note = f.post(change("record.corrected", "c", R"({"seq":)" + seq + R"(,"note":"Nora Quixotic of Elm St"})"));
    for (auto const& result : {waiver, note}) {
        BOOST_REQUIRE((result.status == ItemStatus::recorded));
        BOOST_TEST((result.contact == in.contact));
    }
    BOOST_REQUIRE((f.post(change("subject.erased", "e", "{}", ann)).status == ItemStatus::recorded));
    f.close();
    auto const log = need(log::open_log_reader({f.dir() / "ledger.db", f.dir() / "vault.db"}));
    auto const reason = need(log->opening(waiver.seq, "/data/reason"));
    auto const text = need(log->opening(note.seq, "/data/note"));
    BOOST_TEST((!reason || reason->content.empty()));
    BOOST_TEST((!text || text->content.empty()));
}

BOOST_AUTO_TEST_CASE(a_reference_is_to_an_entry_of_the_account) {
    ServiceFixture f;
    f.open();
    f.define("beta");
    auto const theirs = f.post("beta", {item(change("contact.added", "b", R"({"origin":"manual"})", ann))}).results.at(0);
    auto const other = f.post(change("contact.added", "o", R"({"origin":"manual"})", "+15550100124"));
    for (Seq const seq : {theirs.seq, Seq{0}, other.seq + 1'000}) {
        std::string const text = std::to_string(seq);
        BOOST_TEST(pointer_of(f.post(change("record.corrected", "c" + text, R"({"seq":)" + text + "}"))) == "/data/seq");
        BOOST_TEST(pointer_of(f.post(change("obligation.assigned", "s" + text,
                                            R"({"obligation":)" + text + R"(,"assignee":"a7"})"))) == "/data/obligation");
    }
    f.post(change("contact.added", "x", R"({"origin":"manual"})", ann));
    BOOST_TEST(pointer_of(f.post(change("record.corrected", "y", R"({"seq":)" + std::to_string(other.seq) + "}", ann))) ==
               "/data/seq");
}

BOOST_AUTO_TEST_CASE(a_known_number_stays_out_of_the_log_where_the_contact_is_named_by_its_id) {
    ServiceFixture f;
    f.open();
    auto const in = f.post(change("contact.added", "a", R"({"origin":"manual"})", ann));
    std::string const id = to_hex(*in.contact);
    auto const by_id = [&](std::string const& kind, std::string const& record) {
        return R"({"kind":")" + kind + R"(","contact":")" + id + R"(","source":{"record":")" + record + R"("},"data":{}})";
    };
    BOOST_TEST(pointer_of(f.post(by_id("opt_in.agent", "r-15550100123"))) == "/source/record");
    auto const out = f.post(by_id("opt_out.agent", "r-15550100123"));
    BOOST_REQUIRE((out.status == ItemStatus::recorded));
    BOOST_TEST(need(decode(*out.entry)).source->record == "withheld");
    BOOST_TEST((f.post(by_id("opt_out.agent", "r-15550100123")).status == ItemStatus::replayed));
    BOOST_TEST((f.post(by_id("opt_in.agent", "r-1")).status == ItemStatus::recorded));
    auto const entries = f.entries();
    BOOST_TEST(std::none_of(entries.begin(), entries.end(),
                            [](std::string const& bytes) { return bytes.find("5550100123") != std::string::npos; }));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
