// What each kind does to a contact: T1-T16 and I1-I7, levels, counters.
#include "ledger/consent/business_days.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <ostream>

namespace cl {
static std::ostream& operator<<(std::ostream& out, Level level) {
    return out << name(level);
}
}  // namespace cl

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(transitions)

BOOST_AUTO_TEST_CASE(t1_a_stop_opts_out_and_leaves_the_lists) {
    History history{ticked(5, {form(3, {"promo"})}), joined(6, "promo")};
    BOOST_TEST(history.contact.level == Level::promotional);
    Outcome const outcome = history.add(stop(10));
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::none);
    BOOST_TEST(history.contact.lists["promo"].member);
    BOOST_TEST(history.contact.lists["promo"].level == Level::none);
    BOOST_TEST((*outcome.state == StateAfter{false, false, Level::none, std::nullopt}));
}

BOOST_AUTO_TEST_CASE(t1_a_pack_may_have_a_stop_clear_the_lists) {
    History history{added(0), joined(6, "promo")};
    history.pack.stop_clears_lists = true;
    history.add(stop(10));
    BOOST_TEST(!history.contact.lists["promo"].member);
}

BOOST_AUTO_TEST_CASE(t2_another_stop_is_no_new_message) {
    History history{added(0), stop(10), stop(20)};
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.revoked->key == at(20));
    BOOST_TEST(history.contact.since_seq == 2);
}

BOOST_AUTO_TEST_CASE(t3_a_later_message_opts_in_for_conversation_only) {
    History history{ticked(5, {form(3)}), stop(10), hi(11)};
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::conversational);
}

BOOST_AUTO_TEST_CASE(t4_a_compliance_keyword_opts_in_where_the_pack_says_so) {
    Event event = hi(20);
    event.data.set("class", "help");
    History history{added(0), stop(10), event};
    BOOST_TEST(history.contact.opted_in);
    History strict{added(0), stop(10)};
    strict.pack.compliance_keyword_reopts_in = false;
    strict.add(event);
    BOOST_TEST(!strict.contact.opted_in);
    strict.add(hi(21));
    BOOST_TEST(strict.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(t5_nothing_inbound_counts_while_blocked) {
    History history{added(0), blocked(5)};
    ContactState const before = history.contact;
    history.add(hi(6));
    history.add(optout(7, "promo"));
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.obligations.empty());
    history.add(stop(8));
    BOOST_TEST(history.contact.revoked->key == at(8));
    BOOST_TEST(!before.revoked.has_value());
}

BOOST_AUTO_TEST_CASE(t6_an_agent_opts_in_with_the_level_of_the_evidence) {
    struct Row {
        std::vector<Evidence> shown;
        Level level;
    };
    Evidence unnamed = form(3);
    std::erase(unnamed.fields, "disclosure");
    Evidence notices = form(3);
    notices.scope->purpose = "notices";
    Row const rows[] = {{{}, Level::none},
                        {{attestation(3)}, Level::conversational},
                        {{sms(3)}, Level::conversational},
                        {{call(3)}, Level::informational},
                        {{evidence("in_person", 3, {"witness"})}, Level::informational},
                        {{evidence("email", 3, {"message_id"})}, Level::informational},
                        {{form(3)}, Level::promotional},
                        {{unnamed}, Level::informational},
                        {{notices}, Level::informational},
                        {{call(3), form(3)}, Level::promotional},
                        {{evidence("rumour", 3, {})}, Level::none}};
    for (Row const& row : rows) {
        History const history{ticked(5, row.shown)};
        BOOST_TEST(history.contact.opted_in);
        BOOST_TEST(history.contact.level == row.level);
    }
}

BOOST_AUTO_TEST_CASE(t6_purpose_and_disclosure_may_be_the_entrys) {
    Evidence item = form(3);
    item.scope.reset();
    std::erase(item.fields, "disclosure");
    History const history{
        {Kind::opt_in_consent, 5, {{"method", "form"}, {"purpose", "marketing"}, {"disclosure", "d-1"}}, {item}}};
    BOOST_TEST(history.contact.level == Level::promotional);
}

BOOST_AUTO_TEST_CASE(t7_an_agent_opts_out) {
    History const history{ticked(5, {call(3)}), unticked(6)};
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::none);
    BOOST_TEST(history.contact.revoked.has_value());
    BOOST_TEST(!history.contact.customer_revoked.has_value());
}

BOOST_AUTO_TEST_CASE(t8_a_block_opts_out_in_the_same_entry_and_revokes_nothing) {
    History history{ticked(5, {call(3)})};
    Outcome const outcome = history.add(blocked(6));
    BOOST_TEST((*outcome.state == StateAfter{false, true, Level::none, std::nullopt}));
    BOOST_TEST(!history.contact.revoked.has_value());
}

BOOST_AUTO_TEST_CASE(t9_an_unblock_leaves_out) {
    History const history{ticked(5, {call(3)}), blocked(6), unblocked(7)};
    BOOST_TEST(!history.contact.blocked);
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.since_seq == 3);
}

BOOST_AUTO_TEST_CASE(t10_evidence_may_be_older_than_the_unblock) {
    History history{added(0), blocked(6), unblocked(9)};
    history.add(ticked(10, {call(7)}));
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::informational);
    History older{added(0), blocked(6), unblocked(9), ticked(10, {call(5)})};
    BOOST_TEST(older.contact.level == Level::informational);
}

BOOST_AUTO_TEST_CASE(t10_an_opt_in_while_blocked_leaves_nothing_behind) {
    History const history{blocked(0), ticked(5, {call(3)}), unblocked(6), hi(7)};
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::conversational);
}

BOOST_AUTO_TEST_CASE(t11_an_optout_opens_a_duty_and_changes_nothing_else) {
    History history{ticked(5, {form(3, {"promo"})}), joined(6, "promo")};
    ContactState const before = history.contact;
    history.add(optout(10, "promo"));
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.lists["promo"].member);
    BOOST_TEST(history.contact.level == before.level);
    BOOST_REQUIRE(history.contact.obligations.size() == 1U);
    Obligation const& duty = history.contact.obligations.front();
    BOOST_TEST(duty.kind == "remove_from_list");
    BOOST_TEST(duty.list == "promo");
    BOOST_TEST(duty.due_at == due_at(at(10), 10));
    history.add(optout(11, "promo"));
    BOOST_TEST(history.contact.obligations.size() == 1U);
    BOOST_TEST(history.contact.obligations.front().seq == 3);
}

BOOST_AUTO_TEST_CASE(t11_the_list_may_be_the_triggers_and_without_one_it_is_account_level) {
    History history{
        {Kind::trigger_defined, 0, {{"trigger", "bye"}, {"class", "optout"}, {"list", "promo"}, {"match", "exact"}}}, added(1)};
    history.add({Kind::trigger_fired, 2, {{"trigger", "bye"}}});
    BOOST_TEST(history.contact.obligations.front().list == "promo");
    BOOST_TEST(history.contact.opted_in);
    history.add({Kind::trigger_fired, 3, {{"trigger", "OPTOUT"}}});
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.customer_revoked->key == at(3));
    History help{added(1), {Kind::trigger_fired, 2, {{"trigger", "HELP"}}}, {Kind::trigger_fired, 3, {{"trigger", "deals"}}}};
    BOOST_TEST(help.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(t12_a_removal_closes_the_duty_of_that_list_only) {
    History history{added(0), joined(1, "promo"), joined(2, "news"), optout(10, "promo"), optout(11, "news")};
    Outcome const outcome = history.add(left(20, "promo"));
    BOOST_TEST((outcome.state->list == ListChange{"promo", false}));
    BOOST_REQUIRE(history.contact.obligations.size() == 1U);
    BOOST_TEST(history.contact.obligations.front().list == "news");
    BOOST_TEST(!history.contact.lists["promo"].member);
    BOOST_TEST(history.contact.lists["news"].member);
    BOOST_TEST(!history.add(left(21, "promo")).state->list.has_value());
}

BOOST_AUTO_TEST_CASE(t13_an_addition_keeps_the_mark_unless_newer_consent_names_the_list) {
    History history{added(0), optout(10, "promo"), left(11, "promo")};
    Outcome const outcome = history.add(joined(12, "promo"));
    BOOST_TEST((outcome.state->list == ListChange{"promo", true}));
    BOOST_TEST(list_opt_out_stands(history.contact.lists["promo"]));
    history.add(consent(20, {form(19, {"promo"})}));
    BOOST_TEST(!list_opt_out_stands(history.contact.lists["promo"]));
    BOOST_TEST(history.contact.lists["promo"].level == Level::promotional);
}

BOOST_AUTO_TEST_CASE(t16_expiry_takes_the_level_and_reassignment_everything) {
    History history{ticked(5, {form(3, {"promo"}), call(3)}), joined(6, "promo")};
    history.add({Kind::consent_expired, 10, {{"list", "promo"}}});
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.lists["promo"].level == Level::none);
    BOOST_TEST(history.contact.level == Level::informational);
    history.add({Kind::consent_expired, 11});
    BOOST_TEST(history.contact.level == Level::none);
    BOOST_TEST(history.contact.opted_in);
    history.add(consent(12, {call(4)}));
    BOOST_TEST(history.contact.level == Level::none);
    history.add({Kind::number_reassigned, 20});
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(!history.contact.lists["promo"].consent_at.has_value());
    history.add(ticked(30, {form(19, {"promo"})}));
    BOOST_TEST(history.contact.level == Level::none);
    history.add(ticked(31, {form(21, {"promo"})}));
    BOOST_TEST(history.contact.level == Level::promotional);
}

BOOST_AUTO_TEST_CASE(consent_is_per_list_and_the_level_is_the_highest_held) {
    History history{ticked(5, {form(3, {"promo"}), call(3)})};
    BOOST_TEST(history.contact.level == Level::promotional);
    BOOST_TEST(history.contact.lists["promo"].level == Level::promotional);
    Outcome const outcome = history.add({Kind::opt_out_request, 10, {{"via", "web"}, {"list", "promo"}}});
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::informational);
    BOOST_TEST(history.contact.lists["promo"].level == Level::none);
    BOOST_TEST(!outcome.state->list.has_value());  // was no member
    BOOST_TEST(!history.contact.customer_revoked.has_value());
}

BOOST_AUTO_TEST_CASE(a_request_for_one_list_removes_and_closes_its_duty) {
    History history{added(0), joined(1, "promo"), optout(5, "promo")};
    Outcome const outcome = history.add({Kind::opt_out_request, 10, {{"via", "phone"}, {"list", "promo"}}});
    BOOST_TEST((outcome.state->list == ListChange{"promo", false}));
    BOOST_TEST(history.contact.obligations.empty());
    BOOST_TEST(history.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(a_new_contact_is_opted_in_by_the_platform_without_a_level) {
    History const history{added(0)};
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::none);
    Event import = added(0);
    import.evidence = {form(-5)};
    BOOST_TEST(History{import}.contact.level == Level::none);
    History shy;
    shy.pack.added_is_opted_in = false;
    shy.add(added(0));
    BOOST_TEST(!shy.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(who_writes_first_is_in_for_conversation) {
    Event event = added(0);
    event.data = {{"origin", "inbound"}};
    BOOST_TEST(History{event}.contact.level == Level::none);  // the level never rises without evidence
    event.evidence = {sms(0)};
    BOOST_TEST(History{event}.contact.level == Level::conversational);
}

BOOST_AUTO_TEST_CASE(adding_never_opts_in_who_is_known) {
    BOOST_TEST(!History({stop(0), added(5)}).contact.opted_in);
    BOOST_TEST(!History({added(0), stop(1), added(5)}).contact.opted_in);
    BOOST_TEST(!History({{Kind::contact_edited, 0}, added(5)}).contact.opted_in);
}

BOOST_AUTO_TEST_CASE(nothing_known_nothing_allowed) {
    BOOST_TEST(!History({joined(0, "promo")}).contact.opted_in);
    BOOST_TEST(!History({consent(5, {form(3)})}).contact.opted_in);
    BOOST_TEST(!History({{Kind::review_opened, 0}}).contact.opted_in);
}

BOOST_AUTO_TEST_CASE(recorded_consent_raises_the_level_and_waits_for_who_is_out) {
    History history{added(0), consent(5, {call(3)})};
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::informational);
    History out{added(0), stop(1), consent(5, {call(3)})};
    BOOST_TEST(!out.contact.opted_in);
    BOOST_TEST(out.contact.level == Level::none);
    out.add(ticked(6));
    BOOST_TEST(out.contact.level == Level::informational);
    BOOST_TEST(History({added(0), consent(5, {call(9)})}).contact.level == Level::none);  // dated after it was recorded
}

BOOST_AUTO_TEST_CASE(reviews_open_and_close_and_a_verdict_changes_nothing) {
    History history{added(0), {Kind::review_opened, 1}, {Kind::review_opened, 2}};
    BOOST_REQUIRE(history.contact.obligations.size() == 2U);
    BOOST_TEST(history.contact.obligations.front().due_at == due_at(at(1), 10));
    history.add({Kind::obligation_assigned, 3, {{"obligation", 2}, {"assignee", "agent-9"}}});
    BOOST_TEST(history.contact.obligations.front().assignee == "agent-9");
    history.add({Kind::review_resolved, 4, {{"opened", 2}, {"verdict", "opt_out"}}});
    BOOST_REQUIRE(history.contact.obligations.size() == 1U);
    BOOST_TEST(history.contact.obligations.front().seq == 3);
    BOOST_TEST(history.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(erasure_opts_out_and_a_later_opt_in_ends_it) {
    History history{ticked(5, {form(3)}), {Kind::subject_erased, 10}};
    BOOST_TEST(history.contact.erased);
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(history.contact.level == Level::none);
    history.add(late(ticked(9, {form(3)}), 12));
    BOOST_TEST(history.contact.erased);
    history.add(hi(13));
    BOOST_TEST(!history.contact.erased);
    BOOST_TEST(history.contact.level == Level::conversational);
}

BOOST_AUTO_TEST_CASE(records_about_records_change_no_status) {
    for (Kind const kind :
         {Kind::contact_edited, Kind::record_corrected, Kind::finding_waived, Kind::hold_placed, Kind::hold_released}) {
        History history{ticked(5, {form(3, {"promo"})}), joined(6, "promo")};
        ContactState before = history.contact;
        Outcome const outcome = history.add({kind, 10, {{"matter", "m-1"}, {"seq", 1}}});
        BOOST_TEST(outcome.state->opted_in);
        before.contact_seq = 3;
        before.last_seq = 3;
        BOOST_TEST((history.contact == before));
    }
}

BOOST_AUTO_TEST_CASE(counters) {
    History history{added(0), joined(1, "promo")};
    BOOST_TEST(history.contact.contact_seq == 2);
    BOOST_TEST(history.contact.first_seq == 1);
    BOOST_TEST(history.contact.last_seq == 2);
    BOOST_TEST(history.contact.since_seq == 1);
    BOOST_TEST(history.account.account_seq == 2);
    BOOST_TEST(history.account.last_seq == 2);
    Entry entry;
    entry.seq = 9;
    entry.kind = "ledger.created";
    AccountState none;
    BOOST_TEST(!apply(entry, Kind::ledger_created, texting_pack(), none, nullptr).state.has_value());
    BOOST_TEST((none == AccountState{}));
}

BOOST_AUTO_TEST_CASE(a_full_record_of_lists_falls_back_to_the_account) {
    History history{added(0)};
    for (int i = 0; i < 1024; ++i) history.add(joined(1, "l" + std::to_string(i)));
    history.add(joined(2, "one-more"));
    BOOST_TEST(history.contact.lists.size() == 1024U);
    history.add(optout(3, "another"));
    BOOST_TEST(!history.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(an_account_defines_itself) {
    History history;
    history.add({Kind::account_defined, 0, {{"enforce", true}, {"pack", "texting"}}});
    history.add({Kind::actor_defined, 0, {{"actor", "agent-7"}}});
    history.add({Kind::list_defined, 0, {{"list", "promo"}, {"purpose", "marketing"}, {"level_required", "promotional"}}});
    history.add({Kind::list_defined, 0, {{"list", "out"}, {"opt_out_of", "promo"}}});
    history.add({Kind::trigger_defined,
                 0,
                 {{"trigger", "t"},
                  {"words", json::Array{"I'm In!"}},
                  {"match", "included"},
                  {"class", "custom"},
                  {"reply", json::Object{}}}});
    history.add({Kind::disclosure_defined, 0, {{"disclosure", "d-1"}}});
    AccountState const& account = history.account;
    BOOST_TEST(account.enforce);
    BOOST_TEST(account.actors.at("agent-7") == 2);
    BOOST_TEST((account.lists.at("promo") == ListDef{"marketing", Level::promotional, "", 3}));
    BOOST_TEST(account.lists.at("out").opt_out_of == "promo");
    BOOST_TEST((account.triggers.at("t") == TriggerDef{{"im in"}, true, "custom", "", 5, true}));
    BOOST_TEST(account.disclosures.at("d-1").seq == 6);
    Entry hold;
    hold.seq = 7;
    hold.account = "acme";
    hold.data = {{"matter", "m-1"}};
    AccountState state = account;
    (void)apply(hold, Kind::hold_placed, texting_pack(), state, nullptr);
    BOOST_TEST(state.holds.at("m-1") == 7);
    (void)apply(hold, Kind::hold_released, texting_pack(), state, nullptr);
    BOOST_TEST(state.holds.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
