// CL-010 to CL-071: each with what raises it and what must not.
#include "ledger/consent/business_days.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace cl::consent::test {
namespace {

constexpr std::int64_t day = 24 * 60;

BOOST_AUTO_TEST_SUITE(rules_other)

BOOST_AUTO_TEST_CASE(cl010_by_how_late_the_opt_out_was_processed) {
    auto const processed = [](std::int64_t minutes) { return History().add(late(stop(0), minutes)); };
    BOOST_TEST(!raised(processed(0), "CL-010"));
    BOOST_TEST(!raised(processed(5), "CL-010"));
    BOOST_TEST(raised(processed(6), "CL-010", Severity::medium));
    BOOST_TEST(raised(processed(day), "CL-010", Severity::medium));
    BOOST_TEST(raised(processed(day + 1), "CL-010", Severity::high));
    // From Monday 2026-11-16 ten business days lead to 2026-12-01, with Thanksgiving between.
    std::int64_t const due = (due_at(at(0), 10) - at(0)) / minute;
    BOOST_TEST(format_time(due_at(at(0), 10)) == "2026-12-01T23:59:59.999Z");
    BOOST_TEST(raised(processed(due), "CL-010", Severity::high));
    BOOST_TEST(raised(processed(due + 1), "CL-010", Severity::critical));
}

BOOST_AUTO_TEST_CASE(cl010_whoever_wrote_the_opt_out_down_but_not_an_import) {
    Event request{Kind::opt_out_request, 0, {{"via", "email"}}};
    for (Event event : {request, unticked(0)}) {
        BOOST_TEST(!raised(History().add(event), "CL-010"));
        BOOST_TEST(!raised(History().add(late(event, 5)), "CL-010"));
        BOOST_TEST(raised(History().add(late(event, 60)), "CL-010", Severity::medium));
        BOOST_TEST(raised(History().add(late(event, 2 * day)), "CL-010", Severity::high));
        BOOST_TEST(raised(History().add(late(event, 100 * day)), "CL-010", Severity::critical));
        event.actor = {"import", "old"};
        BOOST_TEST(!raised(History().add(late(event, 100 * day)), "CL-010"));
    }
    // A block is not a wish of the customer's.
    BOOST_TEST(!raised(History().add(late(blocked(0), 100 * day)), "CL-010"));
}

BOOST_AUTO_TEST_CASE(cl020_a_re_opt_in_without_its_message) {
    Event event = hi(20);
    event.evidence.clear();
    BOOST_TEST(raised(History{stop(10)}.add(event), "CL-020", Severity::critical));
    event.evidence = {call(15)};
    BOOST_TEST(raised(History{stop(10)}.add(event), "CL-020"));
    BOOST_TEST(!raised(History{stop(10)}.add(hi(20)), "CL-020"));
}

BOOST_AUTO_TEST_CASE(cl021_a_re_opt_in_by_a_message_that_is_not_later) {
    for (std::int64_t const sent : {5, 10}) {
        Event event = hi(20);
        event.evidence = {sms(sent)};
        History history{stop(10)};
        BOOST_TEST(raised(history.add(event), "CL-021", Severity::high));
        BOOST_TEST(!history.contact.opted_in);
    }
    BOOST_TEST(!raised(History{stop(10)}.add(hi(11)), "CL-021"));
}

BOOST_AUTO_TEST_CASE(cl022_a_re_opt_in_by_a_stop) {
    Event event = hi(20);
    event.data = {{"message", "m"}, {"class", "stop"}};
    History history{stop(10)};
    BOOST_TEST(raised(history.add(event), "CL-022", Severity::critical));
    BOOST_TEST(!history.contact.opted_in);
    BOOST_TEST(!raised(History{stop(10)}.add(hi(20)), "CL-022"));
}

BOOST_AUTO_TEST_CASE(cl023_a_re_opt_in_that_the_platform_did_not_apply) {
    Event event = hi(20);
    event.data.set("claimed", json::Object{{"opted_in", false}});
    BOOST_TEST(raised(History{stop(10)}.add(event), "CL-023", Severity::low));
    BOOST_TEST(!raised(History{stop(10), blocked(12)}.add(event), "CL-023"));
    BOOST_TEST(!raised(History{stop(25)}.add(late(event, 30)), "CL-023"));
    event.data.set("claimed", json::Object{{"opted_in", true}});
    BOOST_TEST(!raised(History{stop(10)}.add(event), "CL-023"));
    Event fired = optout(20, "promo");
    BOOST_TEST(!raised(History{stop(10)}.add(fired), "CL-023"));
    fired.data.set("claimed", json::Object{{"opted_in", false}});
    BOOST_TEST(raised(History{stop(10)}.add(fired), "CL-023"));
}

BOOST_AUTO_TEST_CASE(cl030_an_opt_in_while_blocked) {
    BOOST_TEST(raised(History{blocked(0)}.add(ticked(5, {call(3)})), "CL-030", Severity::critical));
    BOOST_TEST(raised(History{blocked(0)}.add({Kind::opt_in_consent, 5, {{"method", "call"}}, {call(3)}}), "CL-030"));
    BOOST_TEST(!raised(History{blocked(0), unblocked(4)}.add(ticked(5, {call(3)})), "CL-030"));
    // Recorded after the unblocking, but dated before it.
    BOOST_TEST(raised(History{blocked(0), unblocked(6)}.add(late(ticked(5, {call(3)}), 8)), "CL-030"));
    BOOST_TEST(!raised(History{blocked(0)}.add(hi(5)), "CL-030"));
}

BOOST_AUTO_TEST_CASE(cl030_is_answered_by_the_right_order) {
    History history{blocked(0), ticked(5, {call(3)}), unblocked(6)};
    BOOST_TEST(!closed(history.add(ticked(7)), "CL-030", 2));
    BOOST_TEST(closed(history.add(ticked(8, {call(3)})), "CL-030", 2));
}

BOOST_AUTO_TEST_CASE(cl031_a_message_acted_on_while_blocked) {
    BOOST_TEST(raised(History{stop(0), blocked(1)}.add(hi(5)), "CL-031", Severity::medium));
    BOOST_TEST(raised(History{blocked(1)}.add(optout(5, "promo")), "CL-031"));
    BOOST_TEST(!raised(History{stop(0), blocked(1), unblocked(2)}.add(hi(5)), "CL-031"));
    BOOST_TEST(!raised(History{blocked(1)}.add(stop(5)), "CL-031"));
}

BOOST_AUTO_TEST_CASE(cl032_a_block_that_leaves_the_platform_opted_in) {
    Event event = blocked(5);
    BOOST_TEST(!raised(History{added(0)}.add(event), "CL-032"));
    event.data = claimed(false);
    BOOST_TEST(!raised(History{added(0)}.add(event), "CL-032"));
    event.data = claimed(true);
    History history{added(0)};
    BOOST_TEST(raised(history.add(event), "CL-032", Severity::high));
    BOOST_TEST(!history.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(cl033_an_unblocking_that_opts_in) {
    Event event = unblocked(5);
    event.data = claimed(true);
    History history{blocked(0)};
    BOOST_TEST(raised(history.add(event), "CL-033", Severity::high));
    BOOST_TEST(!history.contact.opted_in);
    event.data = claimed(false);
    BOOST_TEST(!raised(History{blocked(0)}.add(event), "CL-033"));
    BOOST_TEST(!raised(History{blocked(0)}.add(unblocked(5)), "CL-033"));
}

BOOST_AUTO_TEST_CASE(cl045_added_after_an_optout_of_that_list) {
    BOOST_TEST(raised(History{added(0), optout(10, "promo")}.add(joined(20, "promo")), "CL-045", Severity::critical));
    BOOST_TEST(!raised(History{added(0), optout(10, "promo")}.add(joined(20, "notices")), "CL-045"));
    BOOST_TEST(!raised(History{added(0)}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(
        raised(History{added(0), {Kind::opt_out_request, 10, {{"via", "web"}, {"list", "promo"}}}}.add(joined(20, "promo")),
               "CL-045"));
}

BOOST_AUTO_TEST_CASE(cl045_newer_consent_that_names_the_list_answers_the_optout) {
    BOOST_TEST(
        !raised(History{added(0), optout(10, "promo"), consent(16, {form(15, {"promo"})})}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(
        raised(History{added(0), optout(10, "promo"), consent(16, {form(15, {"news"})})}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(
        raised(History{added(0), optout(10, "promo"), consent(16, {form(9, {"promo"})})}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(raised(History{added(0), optout(10, "promo"), consent(16, {form(15)})}.add(joined(20, "promo")), "CL-045"));
    Event with_form = joined(20, "promo");
    with_form.evidence = {form(15)};
    BOOST_TEST(!raised(History{added(0), optout(10, "promo")}.add(with_form), "CL-045"));
    with_form.evidence = {attestation(15)};
    BOOST_TEST(raised(History{added(0), optout(10, "promo")}.add(with_form), "CL-045"));
}

BOOST_AUTO_TEST_CASE(cl045_after_a_stop_any_newer_consent_answers) {
    BOOST_TEST(raised(History{added(0), stop(10), hi(12)}.add(joined(20, "promo")), "CL-045", Severity::critical));
    BOOST_TEST(!raised(History{added(0), stop(10), ticked(16, {form(15)})}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(!raised(History{added(0), stop(10), ticked(16, {form(15, {"promo"})})}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(raised(History{added(0), stop(10), ticked(16, {form(15, {"news"})})}.add(joined(20, "promo")), "CL-045"));
    BOOST_TEST(!raised(History{added(0), stop(10)}.add(late(joined(5, "promo"), 20)), "CL-045"));
}

BOOST_AUTO_TEST_CASE(cl045_is_cured_by_the_removal_or_by_newer_consent) {
    History history{added(0), optout(10, "promo"), joined(20, "promo")};
    BOOST_TEST(!closed(history.add(left(25, "news")), "CL-045", 3));
    BOOST_TEST(closed(history.add(left(30, "promo")), "CL-045", 3));
    History asked{added(0), optout(10, "promo"), joined(20, "promo")};
    BOOST_TEST(closed(asked.add(consent(30, {form(29, {"promo"})})), "CL-045", 3));
}

BOOST_AUTO_TEST_CASE(cl070_by_kind) {
    BOOST_TEST(!raised(History().add(late(stop(0), 5)), "CL-070"));
    BOOST_TEST(raised(History().add(late(stop(0), 6)), "CL-070", Severity::high));
    BOOST_TEST(!raised(History().add(late(blocked(0), day)), "CL-070"));
    BOOST_TEST(raised(History().add(late(blocked(0), day + 1)), "CL-070", Severity::high));
    Event import = late(stop(0), day);
    import.actor = {"import", "old"};
    BOOST_TEST(!raised(History().add(import), "CL-070"));
    import.recorded = day + 1;
    BOOST_TEST(raised(History().add(import), "CL-070", Severity::info));
}

BOOST_AUTO_TEST_CASE(cl071_dated_in_the_future) {
    BOOST_TEST(!raised(History().add(late(stop(2), 0)), "CL-071"));
    BOOST_TEST(raised(History().add(late(stop(3), 0)), "CL-071", Severity::medium));
}

BOOST_AUTO_TEST_CASE(the_catalogue_knows_every_rule_once_and_says_all) {
    std::set<std::string_view> ids;
    for (RuleInfo const& rule : all_rules()) {
        BOOST_TEST_CONTEXT(rule.id) {
            BOOST_TEST(ids.insert(rule.id).second);
            BOOST_TEST(find_rule(rule.id) == &rule);
            for (std::string_view const text : {rule.title, rule.citation, rule.condition, rule.remedy})
                BOOST_TEST(!text.empty());
            // Whoever reads a finding can follow what it cites.
            for (std::string_view const unclear :
                 {"from memory", "secondary source", "Source document", "text seen", "DESIGN", "WIRE"})
                BOOST_TEST(rule.citation.find(unclear) == std::string_view::npos, unclear);
        }
    }
    std::set<std::string_view> const expected = {
        "CL-001", "CL-002", "CL-003", "CL-004", "CL-005", "CL-006", "CL-007", "CL-009", "CL-010", "CL-011", "CL-014",
        "CL-015", "CL-016", "CL-020", "CL-021", "CL-022", "CL-023", "CL-024", "CL-025", "CL-030", "CL-031", "CL-032",
        "CL-033", "CL-040", "CL-041", "CL-043", "CL-044", "CL-045", "CL-046", "CL-048", "CL-060", "CL-061", "CL-062",
        "CL-070", "CL-071", "CL-072", "CL-077", "CL-079", "CL-080", "CL-081", "CL-082"};
    BOOST_TEST(ids == expected);
    BOOST_TEST(find_rule("CL-999") == nullptr);
}

BOOST_AUTO_TEST_CASE(severities_have_names) {
    for (Severity const one : {Severity::info, Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        BOOST_TEST((severity_from(name(one)) == one));
    }
    BOOST_TEST(!severity_from("grave"));
}

BOOST_AUTO_TEST_CASE(account_entries_raise_nothing) {
    History history;
    BOOST_TEST(history.add(late({Kind::actor_defined, 0, {{"actor", "agent-1"}}}, 100 * day)).raised.empty());
}

BOOST_AUTO_TEST_CASE(open_findings_are_bounded_and_the_least_severe_go_first) {
    History history{added(0)};
    for (int i = 0; i < 300; ++i) {
        history.add(optout(10 + i * 3, "promo"));
        history.add(joined(11 + i * 3, "promo"));
    }
    BOOST_TEST(history.contact.open.size() == 256U);
    BOOST_TEST(history.contact.unproven.size() == 256U);
    for (Finding const& open : history.contact.open) BOOST_TEST(open.id == "CL-045");
    BOOST_TEST(history.contact.left_out == 45);  // 300, and the default's CL-001, in 256 places
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
