// CL-001, 002, 003, 005, 006: each with what raises it, what must not, and what cures it.
#include "ledger/consent/rules.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(rules_consent)

BOOST_AUTO_TEST_CASE(cl001_an_explicit_opt_in_without_evidence_is_critical) {
    History history;
    BOOST_TEST(raised(history.add(ticked(0)), "CL-001", Severity::critical));
    BOOST_TEST(raised(History().add({Kind::opt_in_consent, 0, {{"method", "form"}}}), "CL-001", Severity::critical));
    BOOST_TEST(raised(History().add({Kind::opt_in_inbound, 0, {{"message", "m"}}}), "CL-001", Severity::critical));
}

BOOST_AUTO_TEST_CASE(cl001_evidence_not_later_than_the_opt_in_satisfies_it) {
    BOOST_TEST(!raised(History().add(ticked(5, {call(3)})), "CL-001"));
    BOOST_TEST(!raised(History().add(ticked(5, {call(5)})), "CL-001"));
    BOOST_TEST(raised(History().add(late(ticked(5, {call(6)}), 7)), "CL-001"));
    BOOST_TEST(!raised(History().add(hi(5)), "CL-001"));
}

BOOST_AUTO_TEST_CASE(cl001_undated_evidence_and_evidence_for_another_entry_do_not_count) {
    Evidence undated = call(0);
    undated.occurred_at.reset();
    BOOST_TEST(raised(History().add(ticked(5, {undated})), "CL-001"));
    Evidence other = call(0);
    other.for_seq = 99;
    BOOST_TEST(raised(History().add(ticked(5, {other})), "CL-001"));
}

BOOST_AUTO_TEST_CASE(cl001_a_platform_default_is_medium_and_only_where_it_opts_in) {
    History history;
    BOOST_TEST(raised(history.add(added(0)), "CL-001", Severity::medium));
    BOOST_TEST(!raised(history.add(added(1)), "CL-001"));
    History import;
    Event event = added(0);
    event.data = {{"origin", "import"}};
    event.actor = {"import", "migration"};
    BOOST_TEST(raised(import.add(event), "CL-001", Severity::medium));
    event.evidence = {form(-10)};
    BOOST_TEST(!raised(History().add(event), "CL-001"));
}

BOOST_AUTO_TEST_CASE(cl001_is_raised_even_where_the_opt_in_has_no_effect) {
    History history{blocked(0)};
    BOOST_TEST(raised(history.add(ticked(1)), "CL-001"));
    BOOST_TEST(!history.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(cl001_a_repeated_opt_in_of_a_proven_contact_is_not_judged_again) {
    History history{ticked(5, {call(3)})};
    BOOST_TEST(!raised(history.add(ticked(6)), "CL-001"));
    History unproven{added(0)};
    BOOST_TEST(raised(unproven.add(ticked(6)), "CL-001", Severity::critical));
}

BOOST_AUTO_TEST_CASE(cl001_consent_recorded_before_the_opt_in_counts) {
    History history{added(0), stop(1), consent(4, {call(3)})};
    BOOST_TEST(!raised(history.add(ticked(5)), "CL-001"));
    History revoked{added(0), consent(2, {call(1)}), stop(3)};
    BOOST_TEST(raised(revoked.add(ticked(5)), "CL-001"));
}

BOOST_AUTO_TEST_CASE(cl001_is_cured_by_older_evidence_or_by_naming_the_entry) {
    History history{ticked(5)};
    BOOST_TEST(!closed(history.add(consent(8, {call(6)})), "CL-001", 1));
    BOOST_TEST(!closed(history.add(consent(8, {attestation(4)})), "CL-001", 1));
    BOOST_TEST(closed(history.add(consent(8, {call(5)})), "CL-001", 1));
    BOOST_TEST(history.contact.open.empty());
    BOOST_TEST(history.contact.unproven.empty());

    History named{ticked(5)};
    BOOST_TEST(!closed(named.add(consent(8, {call(6)}, {{"for", 17}})), "CL-001", 1));
    BOOST_TEST(closed(named.add(consent(8, {call(6)}, {{"for", 1}})), "CL-001", 1));

    History by_item{ticked(5)};
    Evidence item = call(4);
    item.for_seq = 1;
    BOOST_TEST(closed(by_item.add(consent(8, {item})), "CL-001", 1));
}

BOOST_AUTO_TEST_CASE(cl002_an_agent_after_a_stop_without_newer_evidence) {
    History history{added(0), stop(10)};
    Outcome const outcome = history.add(ticked(20, {call(5)}));
    BOOST_TEST(raised(outcome, "CL-002", Severity::critical));
    BOOST_TEST(!raised(outcome, "CL-001"));
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(int(history.contact.level) == int(Level::none));
    BOOST_TEST(raised(History{added(0), stop(10)}.add(ticked(20)), "CL-002"));
    BOOST_TEST(raised(History{added(0), stop(10)}.add({Kind::opt_in_consent, 20, {{"method", "form"}}, {form(5)}}), "CL-002"));
    BOOST_TEST(raised(History{added(0), {Kind::opt_out_request, 10, {{"via", "phone"}}}}.add(ticked(20)), "CL-002"));
}

BOOST_AUTO_TEST_CASE(cl002_not_with_newer_evidence_nor_after_an_agents_opt_out) {
    BOOST_TEST(!raised(History{added(0), stop(10)}.add(ticked(20, {call(5), call(15)})), "CL-002"));
    BOOST_TEST(raised(History{added(0), stop(10)}.add(ticked(20, {call(10)})), "CL-002"));
    BOOST_TEST(!raised(History{added(0), unticked(10)}.add(ticked(20)), "CL-002"));
    BOOST_TEST(!raised(History{added(0), stop(10), hi(15)}.add(ticked(20)), "CL-002"));
    BOOST_TEST(!raised(History{added(0), stop(10)}.add(late(ticked(5), 20)), "CL-002"));
}

BOOST_AUTO_TEST_CASE(cl002_is_cured_by_consent_given_after_the_opt_out_alone) {
    History history{added(0), stop(10), ticked(20)};
    BOOST_TEST(!closed(history.add(consent(30, {call(9)}, {{"for", 3}})), "CL-002", 3));
    BOOST_TEST(!closed(history.add(consent(30, {attestation(15)}, {{"for", 3}})), "CL-002", 3));
    BOOST_TEST(closed(history.add(consent(30, {call(15)}, {{"for", 3}})), "CL-002", 3));
}

BOOST_AUTO_TEST_CASE(cl002_is_answered_by_a_later_proper_opt_in) {
    History history{added(0), stop(10), ticked(20), stop(30)};
    BOOST_TEST(closed(history.add(hi(40)), "CL-002", 3));
}

BOOST_AUTO_TEST_CASE(cl003_lists_what_is_missing) {
    Evidence item = call(3);
    std::erase(item.fields, "recording");
    std::erase(item.fields, "words");
    Outcome const outcome = History().add(ticked(5, {item}));
    BOOST_REQUIRE(raised(outcome, "CL-003", Severity::high));
    BOOST_TEST(find(outcome, "CL-003")->what == "verbal_call lacks words, recording");
    BOOST_TEST(!raised(History().add(ticked(5, {call(3)})), "CL-003"));
    BOOST_TEST(!raised(History().add(ticked(5)), "CL-003"));
}

BOOST_AUTO_TEST_CASE(cl003_is_about_consent_not_about_opt_outs) {
    Event event = stop(5);
    event.evidence.front().fields = {"from"};
    BOOST_TEST(!raised(History().add(event), "CL-003"));
}

BOOST_AUTO_TEST_CASE(cl003_is_cured_by_a_complete_record) {
    Evidence item = call(3);
    std::erase(item.fields, "recording");
    History history{ticked(5, {item})};
    BOOST_TEST(!closed(history.add(consent(8, {item}, {{"for", 1}})), "CL-003", 1));
    BOOST_TEST(!closed(history.add(consent(8, {attestation(3)}, {{"for", 1}})), "CL-003", 1));
    BOOST_TEST(!closed(history.add(consent(8, {form(3)}, {{"for", 1}})), "CL-003", 1));
    BOOST_TEST(!closed(history.add(consent(8, {call(6)})), "CL-003", 1));
    BOOST_TEST(closed(history.add(consent(8, {call(3)}, {{"for", 1}})), "CL-003", 1));
}

BOOST_AUTO_TEST_CASE(cl003_needs_each_kind_that_was_incomplete) {
    Evidence spoken = call(3);
    std::erase(spoken.fields, "recording");
    Evidence written = form(3);
    std::erase(written.fields, "ip");
    History history{ticked(5, {spoken, written})};
    BOOST_TEST(!closed(history.add(consent(8, {call(3)}, {{"for", 1}})), "CL-003", 1));
    BOOST_TEST(!closed(history.add(consent(8, {form(3)}, {{"for", 1}})), "CL-003", 1));
    BOOST_TEST(closed(history.add(consent(8, {call(3), form(4)}, {{"for", 1}})), "CL-003", 1));
}

BOOST_AUTO_TEST_CASE(cl005_only_an_agents_word) {
    Outcome const outcome = History().add(ticked(5, {attestation(3)}));
    BOOST_TEST(raised(outcome, "CL-005", Severity::medium));
    BOOST_TEST(raised(outcome, "CL-001", Severity::critical));
    BOOST_TEST(!raised(History().add(ticked(5, {attestation(3), call(3)})), "CL-005"));
    BOOST_TEST(!raised(History().add(ticked(5)), "CL-005"));
    History history{ticked(5, {attestation(3)})};
    BOOST_TEST(closed(history.add(consent(8, {call(4)})), "CL-005", 1));
}

BOOST_AUTO_TEST_CASE(cl006_nobody_the_system_or_a_stranger) {
    for (Kind const kind : {Kind::opt_in_agent, Kind::opt_out_agent, Kind::contact_blocked, Kind::contact_unblocked,
                            Kind::contact_edited, Kind::list_added, Kind::list_removed, Kind::review_resolved}) {
        BOOST_TEST_CONTEXT(info(kind).name) {
            Event event{kind, 0, list("promo")};
            BOOST_TEST(!raised(History().add(event), "CL-006"));
            event.actor = {"system", "job"};
            BOOST_TEST(raised(History().add(event), "CL-006", Severity::high));
            event.actor = {"agent", "agent-8"};
            History roster{{Kind::actor_defined, 0, {{"actor", "agent-7"}}}};
            BOOST_TEST(raised(roster.add(event), "CL-006"));
            event.actor = {"agent", "agent-7"};
            BOOST_TEST(!raised(roster.add(event), "CL-006"));
            event.actor = {"api", "sync"};
            BOOST_TEST(!raised(roster.add(event), "CL-006"));
        }
    }
}

BOOST_AUTO_TEST_CASE(cl006_an_absent_actor_and_automatic_kinds) {
    Entry entry;
    entry.seq = 1;
    entry.kind = "contact.blocked";
    entry.contact = Hash32{};
    BOOST_TEST(raised(History().add(entry, Kind::contact_blocked), "CL-006"));
    BOOST_TEST(!raised(History().add(entry, Kind::opt_out_stop), "CL-006"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
