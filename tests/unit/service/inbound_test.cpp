// Inbound messages: what they record, and what a message that is delivered again does.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using consent::InboundClass;
using service::ItemStatus;
using test::need;
using test::ServiceFixture;

BOOST_AUTO_TEST_SUITE(inbound)

BOOST_AUTO_TEST_CASE(a_stop_from_an_unseen_number_makes_one_entry_with_its_evidence) {
    ServiceFixture f;
    f.open();
    auto const answer = f.text("STOP", "m1");
    BOOST_TEST((answer.cls == InboundClass::stop));
    BOOST_REQUIRE(answer.results.size() == 1U);
    auto const entry = need(decode(*answer.results[0].entry));
    BOOST_TEST(entry.kind == "opt_out.stop");
    BOOST_REQUIRE(entry.evidence.size() == 1U);
    BOOST_TEST(entry.evidence[0].kind == "inbound_sms");
    BOOST_TEST((entry.evidence[0].verified == false));
    BOOST_TEST(entry.source->record == "m1");
    BOOST_TEST(!f.look().state.opted_in);
    auto const log = need(log::open_log_reader({f.dir() / "ledger.db", f.dir() / "vault.db"}));
    auto const opening = need(log->opening(entry.seq, "/evidence/0"));
    BOOST_REQUIRE(opening);
    BOOST_TEST((content_commitment(opening->salt, opening->content) == entry.evidence[0].digest));
}

BOOST_AUTO_TEST_CASE(a_message_after_a_stop_opts_in_again_and_a_redelivery_of_an_older_one_does_not) {
    ServiceFixture f;
    f.open();
    auto const hello = f.text("hello", "m1");
    BOOST_TEST(!hello.results.empty());
    f.clock.advance(1'000);
    f.text("STOP", "m2");
    BOOST_TEST(!f.look().state.opted_in);
    f.clock.advance(1'000);
    auto const again = f.text("hello", "m1");
    for (auto const& result : again.results) BOOST_TEST((result.status == ItemStatus::replayed));
    BOOST_TEST(!f.look().state.opted_in);
    f.clock.advance(1'000);
    f.text("hello again", "m3");
    BOOST_TEST(f.look().state.opted_in);
    f.clock.advance(1'000);
    auto const stop = f.text("STOP", "m2");
    BOOST_TEST((stop.cls == InboundClass::stop));
    BOOST_TEST((stop.results.at(0).status == ItemStatus::replayed));
    BOOST_TEST(f.look().state.opted_in);
}

BOOST_AUTO_TEST_CASE(a_message_without_effect_is_remembered_too) {
    ServiceFixture f;
    f.open();
    f.text("hello", "m1");
    auto const size = f.service->stats().size;
    f.clock.advance(1'000);
    auto const silent = f.text("just chatting", "m2");  // opted in already: no effect
    BOOST_TEST(silent.results.empty());
    BOOST_TEST(f.service->stats().size == size);
    f.clock.advance(1'000);
    f.text("STOP", "m3");
    f.clock.advance(1'000);
    auto const again = f.text("just chatting", "m2");
    BOOST_TEST(again.results.empty());
    BOOST_TEST(!f.look().state.opted_in);
    // Also after the projections and the process are gone.
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    f.open();
    f.clock.advance(1'000);
    BOOST_TEST(f.text("just chatting", "m2").results.empty());
    BOOST_TEST(!f.look().state.opted_in);
}

BOOST_AUTO_TEST_CASE(another_text_under_a_known_id_is_a_conflict_unless_it_says_stop) {
    ServiceFixture f;
    f.open();
    f.text("hello", "m1");
    auto const other = f.try_send(ServiceFixture::message("something else", "m1"));
    BOOST_REQUIRE(!other);
    BOOST_TEST((other.error().code == errc::idempotency_conflict));
    f.clock.advance(1'000);
    auto const stop = f.text("STOP", "m1");
    BOOST_REQUIRE(stop.results.size() == 1U);
    BOOST_TEST((stop.results[0].status == ItemStatus::recorded));
    BOOST_TEST(!f.look().state.opted_in);
    auto const again = f.text("STOP", "m1");
    BOOST_TEST((again.results.at(0).status == ItemStatus::replayed));
    BOOST_TEST(again.results.at(0).seq == stop.results[0].seq);
}

BOOST_AUTO_TEST_CASE(whatever_protects_is_taken_under_a_known_id_and_opts_nobody_in) {
    ServiceFixture f;
    f.open();
    f.post(R"({"kind":"trigger.defined","source":{"record":"t1"},"data":{"trigger":"bye","words":["genug"],"match":"exact",)"
           R"("class":"optout","list":"promo"}})");
    f.post(R"({"kind":"trigger.defined","source":{"record":"t2"},"data":{"trigger":"mute","words":["mute"],"match":"exact",)"
           R"("class":"custom"}})");
    f.text("hello", "m1");
    f.clock.advance(1'000);
    f.text("STOP", "m2");
    struct Row {
        char const* body;
        InboundClass cls;
        char const* kind;
    };
    for (Row const& row :
         {Row{"Genug!", InboundClass::optout, "trigger.fired"}, Row{"mute", InboundClass::trigger, "trigger.fired"},
          Row{"please stop texting me", InboundClass::review, "review.opened"}}) {
        BOOST_TEST_CONTEXT(row.body) {
            f.clock.advance(1'000);
            auto const taken = f.text(row.body, "m1");
            BOOST_TEST((taken.cls == row.cls));
            BOOST_REQUIRE(taken.results.size() == 1U);  // S2 taken literally would make a second entry that opts in
            BOOST_TEST((taken.results[0].status == ItemStatus::recorded));
            BOOST_TEST(need(decode(*taken.results[0].entry)).kind == row.kind);
            BOOST_TEST(!f.look().state.opted_in);
            auto const again = f.text(row.body, "m1");
            BOOST_TEST((again.results.at(0).status == ItemStatus::replayed));
            BOOST_TEST(again.results.at(0).seq == taken.results[0].seq);
        }
    }
    for (char const* const body : {"HELP", "START", "hello again"}) {
        auto const other = f.try_send(ServiceFixture::message(body, "m1"));
        BOOST_REQUIRE(!other);
        BOOST_TEST((other.error().code == errc::idempotency_conflict));
    }
    BOOST_TEST((f.text("hello", "m1").results.at(0).status == ItemStatus::replayed));
    BOOST_TEST(!f.look().state.opted_in);
}

BOOST_AUTO_TEST_CASE(a_stop_is_taken_whatever_its_other_members_look_like) {
    ServiceFixture f;
    f.open();
    auto const odd =
        f.send(R"({"from":"+15550100123","to":"","body":"STOP","message_id":"a/b c\u0000=","provider":"my provider"})");
    BOOST_REQUIRE(odd.results.size() == 1U);
    auto const entry = need(decode(*odd.results[0].entry));
    BOOST_TEST(entry.source->record == "withheld");
    BOOST_TEST(entry.to.empty());
    BOOST_TEST(entry.data.contains("text_withheld"));
    auto const again =
        f.send(R"({"from":"+15550100123","to":"","body":"STOP","message_id":"a/b c\u0000=","provider":"my provider"})");
    BOOST_TEST((again.results.at(0).status == ItemStatus::replayed));
    auto const other =
        f.send(R"({"from":"+15550100123","to":"","body":"STOP","message_id":"a/b d=","provider":"my provider"})");
    BOOST_TEST((other.results.at(0).status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(a_sender_without_its_plus_is_refused_not_ignored) {
    auto const message = consent::parse_inbound(need(json::parse(ServiceFixture::message("STOP", "m1", "15550107006"), 4096)));
    BOOST_REQUIRE(!message);
    BOOST_TEST((message.error().code == errc::invalid));
    BOOST_TEST(message.error().pointer == "/from");
    BOOST_TEST(message.error().detail.find("country code") != std::string::npos);
    BOOST_TEST(message.error().detail.find("5550107006") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_blocked_contact_is_not_opted_in_by_writing_and_its_stop_is_recorded) {
    ServiceFixture f;
    f.open();
    f.post(R"({"kind":"contact.blocked","phone":"+15550100123","source":{"record":"b"},"data":{}})");
    f.clock.advance(1'000);
    BOOST_TEST(f.text("hello", "m1").results.empty());
    BOOST_TEST(f.look().state.blocked);
    BOOST_TEST(!f.look().state.opted_in);
    BOOST_TEST(f.text("STOP", "m2").results.size() == 1U);
}

BOOST_AUTO_TEST_CASE(help_while_out_makes_two_entries_and_a_replay_has_both) {
    ServiceFixture f;
    f.open();
    f.text("STOP", "m1");
    f.clock.advance(1'000);
    auto const help = f.text("HELP", "m2");
    BOOST_TEST((help.cls == InboundClass::help));
    auto const again = f.text("HELP", "m2");
    BOOST_TEST(again.results.size() == help.results.size());
    for (std::size_t i = 0; i < again.results.size(); ++i) BOOST_TEST(again.results[i].seq == help.results[i].seq);
}

BOOST_AUTO_TEST_CASE(a_trigger_answers_with_its_sealed_reply_even_from_the_same_batch) {
    ServiceFixture f;
    f.open();
    f.post(
        R"({"kind":"trigger.defined","source":{"record":"t"},"data":{"trigger":"hours","words":["hours"],"match":"exact","class":"custom","reply":"We are open until five"}})");
    auto const answer = f.text("Hours?", "m1");
    BOOST_TEST((answer.cls == InboundClass::trigger));
    BOOST_REQUIRE(answer.reply_text);
    BOOST_TEST(*answer.reply_text == "We are open until five");
}

BOOST_AUTO_TEST_CASE(short_codes_are_counted_and_ignored) {
    ServiceFixture f;
    f.open();
    auto const size = f.service->stats().size;
    auto const answer = f.send(ServiceFixture::message("STOP", "m1", "12345"));
    BOOST_TEST(answer.ignored);
    BOOST_TEST(f.service->stats().ignored_senders == 1);
    BOOST_TEST(f.service->stats().size == size);
}

BOOST_AUTO_TEST_CASE(an_unknown_account_is_refused) {
    ServiceFixture f;
    need(f.try_open());
    auto const answer = f.try_send(ServiceFixture::message("STOP", "m1"));
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().code == errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
