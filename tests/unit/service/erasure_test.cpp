// Erasing a person: the openings go, the entries and their proofs stay, the suppression stays, a hold forbids it.
#include "ledger/consent/pack_policy.hpp"
#include "ledger/sqlite/connection.hpp"
#include "tests/unit/service/erasing.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <thread>

using namespace cl;
using test::change;
using test::need;
using test::opening;
using test::ServiceFixture;

namespace fs = std::filesystem;

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

service::AppendItem erasure_if_due(std::string const& record) {
    auto made = test::item(change("subject.erased", record));
    made.if_due = true;
    return made;
}

/// Opted out so long ago that nobody needs the record any more.
void stop_long_ago(ServiceFixture& f) {
    f.open();
    f.post(change("opt_out.stop", "s"));
    f.clock.advance(consent::texting_pack().retention_ms + 1);
}

BOOST_AUTO_TEST_CASE(what_is_due_is_erased_and_what_is_not_is_kept) {
    ServiceFixture f;
    stop_long_ago(f);
    f.post(change("opt_out.stop", "s2", "{}", "+15550100777"));
    auto const due = f.post("acme", {erasure_if_due("e1")}).results.at(0);
    BOOST_TEST((due.status == service::ItemStatus::recorded));
    auto other = test::item(change("subject.erased", "e2", "{}", "+15550100777"));
    other.if_due = true;
    auto const kept = f.post("acme", {std::move(other)}).results.at(0);
    BOOST_REQUIRE(kept.problem);
    BOOST_TEST((kept.problem->code == errc::refused_by_policy));
    BOOST_TEST(kept.problem->detail.find("needed until") != std::string::npos);
    auto const again = f.post("acme", {erasure_if_due("e3")}).results.at(0);
    BOOST_REQUIRE(again.problem);
    BOOST_TEST(again.problem->detail.find("nothing was recorded since") != std::string::npos);
}

// The message is in the queue before the erasure, and no reader can have seen it: the writer alone knows.
BOOST_AUTO_TEST_CASE(a_message_that_comes_between_the_look_and_the_erasure_keeps_the_contact) {
    for (std::string const body : {"hi there", "STOP"}) {
        BOOST_TEST_CONTEXT(body) {
            ServiceFixture f;
            stop_long_ago(f);
            f.switches->hold = true;
            int const appends = f.switches->appends;
            std::promise<void> busy;
            f.service->append(ServiceFixture::request(
                                  "acme", {test::item(change("contact.added", "x", R"({"origin":"manual"})", "+15550100888"))}),
                              [&](Result<service::AppendAnswer> const&) { busy.set_value(); });
            while (f.switches->appends == appends) std::this_thread::yield();
            // The writer waits for its disk, and these two for the writer, in this order.
            service::InboundRequest request{"acme", ServiceFixture::principal(consent::Role::writer, "acme"), {}, {}};
            request.message = need(consent::parse_inbound(need(json::parse(ServiceFixture::message(body, "m1"), 1'000))));
            f.service->inbound(std::move(request), [](Result<service::InboundAnswer> const&) {});
            BOOST_TEST(f.look().state.contact_seq == 1);
            std::promise<service::ItemResult> promise;
            f.service->append(ServiceFixture::request("acme", {erasure_if_due("e")}),
                              [&](Result<service::AppendAnswer> const& answer) { promise.set_value(answer->results.at(0)); });
            f.switches->hold = false;
            auto const result = promise.get_future().get();
            BOOST_REQUIRE(result.problem);
            BOOST_TEST((result.problem->code == errc::refused_by_policy));
            BOOST_TEST(f.look().state.contact_seq == 2);
            BOOST_TEST(!f.look().state.erased);
        }
    }
}

BOOST_AUTO_TEST_CASE(who_comes_back_is_known_by_number_again_and_what_was_erased_stays_gone) {
    ServiceFixture f;
    f.open();
    auto const before = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    f.post(change("subject.erased", "e1"));
    BOOST_TEST(f.look().state.opened_seq == -1);
    f.clock.advance(1'000);
    // Named by its id: there is no number to keep.
    auto const by_id = f.post(R"({"kind":"contact.edited","contact":")" + to_hex(*before.contact) +
                              R"(","source":{"record":"b"},"data":{"fields":["name"]}})");
    BOOST_TEST(!opening(f, by_id.seq, "/contact"));
    f.text("hello again", "m1");
    auto const kept = opening(f, by_id.seq, "/contact");  // under the first entry since the erasure
    BOOST_REQUIRE(kept);
    BOOST_TEST(kept->content == "+15550100123");
    BOOST_TEST((contact_id(kept->salt, "acme", kept->content) == *before.contact));
    BOOST_TEST(!opening(f, before.seq, "/contact"));
    BOOST_TEST(!opening(f, before.seq, "/data/note"));
    BOOST_TEST(f.look().state.opted_in);
    f.text("and again", "m2");  // once is enough
    // The projections come to the same from the log alone.
    f.close();
    fs::remove(f.dir() / "state.db");
    f.open();
    BOOST_TEST(f.look().state.opened_seq == by_id.seq);
    f.post(change("subject.erased", "e2"));
    BOOST_TEST(!opening(f, by_id.seq, "/contact"));
    BOOST_TEST(f.look().state.opened_seq == -1);
    f.close();
    BOOST_TEST(!test::found_in_child("15550100123", f.dir() / "vault.db"));
}

BOOST_AUTO_TEST_CASE(an_erased_person_who_says_stop_stays_out_and_has_a_number_to_pass_on) {
    ServiceFixture f;
    f.open();
    f.text("STOP", "m1");
    f.post(change("subject.erased", "e1"));
    // What a platform posts about an erased person does not opt in, and brings no number back.
    f.clock.advance(1'000);
    auto const added = f.post(change("contact.added", "again", R"({"origin":"import"})"));
    BOOST_TEST(!added.state->opted_in);
    BOOST_TEST(!opening(f, added.seq, "/contact"));
    f.text("STOP", "m2");
    BOOST_TEST(opening(f, added.seq, "/contact").has_value());
    BOOST_TEST(f.look().state.erased);
    BOOST_TEST(!f.look().state.opted_in);
    // An erasure that is posted with the number does not bring it back.
    auto const erased = f.post(change("subject.erased", "e2"));
    BOOST_TEST(!opening(f, erased.seq, "/contact"));
    f.close();
    BOOST_TEST(!test::found_in_child("15550100123", f.dir() / "vault.db"));
}

BOOST_AUTO_TEST_CASE(the_number_of_an_erased_person_comes_back_by_an_act_of_their_own_alone) {
    ServiceFixture f;
    f.open();
    Millis const before = f.clock.now();
    f.text("STOP", "m1");
    f.clock.advance(1'000);
    f.post(change("subject.erased", "e1"));
    f.clock.advance(1'000);
    auto const proven = [&](std::string const& kind, std::string const& data, Millis at) {
        return R"({"kind":")" + kind + R"(","phone":"+15550100123","source":{"record":"p)" + std::to_string(at) +
               R"("},"data":)" + data + R"(,"evidence":[{"kind":"web_form","occurred_at":")" + format_time(at) +
               R"(","url":"https://acme.example/join","form":"f1","form_version":"2","disclosure":"d1","checkbox_default":"off",)" +
               R"("ip":"192.0.2.1","user_agent":"x","scope":{"purpose":"marketing"}}]})";
    };
    // One's own list once more, an agent's edit, a hold: others say it.
    auto const first = f.post(change("contact.added", "r1", R"({"origin":"import"})"));
    f.post(change("contact.edited", "r2", R"({"fields":["name"],"name":"Ana"})"));
    f.post(change("opt_out.stop", "r3"));
    f.post(change("opt_out.request", "r4", R"({"via":"email"})"));
    f.post(change("hold.placed", "r5", R"({"matter":"case-1"})"));
    // The consent that was on record before, once more.
    BOOST_TEST(!f.post(proven("opt_in.consent", R"({"method":"form"})", before)).problem);
    BOOST_TEST(!opening(f, first.seq, "/contact"));
    f.close();
    BOOST_TEST(!test::found_in_child("15550100123", f.dir() / "vault.db"));
    f.open();
    BOOST_TEST(f.look().state.opened_seq == first.seq);
    // A form that was filled in since.
    f.clock.advance(1'000);
    BOOST_TEST(!f.post(proven("consent.recorded", "{}", f.clock.now())).problem);
    auto const kept = opening(f, first.seq, "/contact");
    BOOST_REQUIRE(kept);
    BOOST_TEST(kept->content == "+15550100123");
}

BOOST_AUTO_TEST_CASE(the_certificate_says_no_more_than_the_files_do) {
    ServiceFixture f;
    f.open();
    auto const note = f.post(change("opt_in.agent", "a", R"({"note":"a private remark"})"));
    auto const view = [&] { return need(need(f.service->make_queries())->erasure("acme", *note.contact)); };
    auto const until = [&](auto const& holds) {
        for (int i = 0; i < 1'000 && !holds(); ++i) {
            f.clock.advance(1'000);
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return holds();
    };
    {
        auto other = need(sqlite::Connection::open_hostile(f.dir() / "vault.db"));
        auto select = need(other.prepare("SELECT seq FROM openings"));
        sqlite::Query pinned(select);
        BOOST_REQUIRE(need(pinned.step()));
        f.post(change("subject.erased", "e"));
        BOOST_TEST(view().openings_left == 0);
        BOOST_TEST(!view().finished);
        BOOST_TEST(!view().searched);
        f.post(change("contact.added", "x", R"({"origin":"manual"})", "+15550100777"));  // the service goes on
    }
    BOOST_TEST(until([&] { return view().finished; }));
    BOOST_TEST(until([&] { return view().searched; }));
    BOOST_TEST(!view().found);
    BOOST_TEST(!test::found_in_child("a private remark", f.dir() / "vault.db"));
    // After a restart the salts are not known any more.
    f.close();
    f.open();
    BOOST_TEST(view().finished);
    BOOST_TEST(!view().searched);
    // Nor by another erasure, which finds nothing to be overwritten: there is nothing that could be searched for.
    auto const again = f.post(change("subject.erased", "e2", R"({"request":"dsr-2"})"));
    BOOST_TEST(view().erased_by == again.seq);
    auto const other = f.post(change("contact.added", "y", R"({"origin":"manual"})", "+15550100888"));
    f.post(change("subject.erased", "e3", "{}", "+15550100888"));
    BOOST_TEST(until([&] { return need(need(f.service->make_queries())->erasure("acme", *other.contact)).searched; }));
    BOOST_TEST(view().finished);
    BOOST_TEST(!view().searched);
}

BOOST_AUTO_TEST_CASE(erasures_while_another_program_reads_the_vault_are_over_when_it_has_ended) {
    ServiceFixture f;
    f.open();
    auto const who = [](int i) { return "+1555010" + std::to_string(1'000 + i); };
    for (int i = 0; i < 20; ++i) f.post(change("contact.added", "a" + std::to_string(i), R"({"origin":"manual"})", who(i)));
    std::optional<Hash32> last;
    {
        auto other = need(sqlite::Connection::open_hostile(f.dir() / "vault.db"));
        auto select = need(other.prepare("SELECT seq FROM openings"));
        sqlite::Query pinned(select);
        BOOST_REQUIRE(need(pinned.step()));
        for (int i = 0; i < 20; ++i) last = f.post(change("subject.erased", "e" + std::to_string(i), "{}", who(i))).contact;
        auto const view = need(need(f.service->make_queries())->erasure("acme", *last));
        BOOST_TEST(view.openings_left == 0);
        BOOST_TEST(!view.finished);
        BOOST_TEST(!view.searched);
    }
    f.post(change("subject.erased", "z", "{}", who(30)));
    BOOST_TEST(need(need(f.service->make_queries())->erasure("acme", *last)).finished);
    f.close();
    BOOST_TEST(!test::found_in_child("+15550101019", f.dir() / "vault.db"));
}

BOOST_AUTO_TEST_SUITE_END()
