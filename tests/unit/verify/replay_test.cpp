// What the rules say: findings raised, cured, waived, gathered; a status that differs; and what cannot be judged.
#include "ledger/consent/pack_json.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/verify/support.hpp"

using namespace cl;
using namespace cl::test;

namespace {

verify::Report verify_ledger(Ledger const& ledger, std::optional<consent::Severity> fail_on = consent::Severity::critical,
                             std::optional<Millis> at = std::nullopt) {
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {ledger.size()}));
    options.fail_on = fail_on;
    options.at = at;
    return verify_with(options);
}

std::int64_t open_of(verify::Report const& report, std::string_view rule) {
    auto const count = report.consent.open_by_rule.find(rule);
    return count == report.consent.open_by_rule.end() ? 0 : count->second;
}

Entry waiver(std::string_view rule, Seq seq, Millis until = test_now + 1, std::string_view account = "demo") {
    return account_draft("finding.waived",
                         {{"rule", rule},
                          {"seq", seq},
                          {"until", format_time(until)},
                          {"reason", json::Object{{"commit", to_hex(sha256("reason"))}}}},
                         account);
}

/// For entries that decode() would refuse.
void replace(std::string& line, std::string_view from, std::string_view to) {
    std::size_t const at = line.find(from);
    BOOST_REQUIRE(at != std::string::npos);
    line.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(replay)

BOOST_AUTO_TEST_CASE(an_opt_in_without_consent_is_reported_with_its_law) {
    Ledger ledger = small_ledger();
    Seq const seq = ledger.add(contact_draft("opt_in.agent", "bob"));
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 4);
    BOOST_TEST(verdict(report) == "findings");
    BOOST_TEST(open_of(report, "CL-001") == 1);
    BOOST_TEST(open_of(report, "CL-002") == 1);
    BOOST_REQUIRE(!report.consent.details.empty());
    auto const& detail = report.consent.details.front();
    BOOST_TEST(detail.seq == seq);
    BOOST_TEST(detail.account == "demo");
    BOOST_TEST((detail.contact == contact_named("bob")));
    BOOST_TEST(says(report, "entry " + std::to_string(seq) + ", account demo"));
    BOOST_TEST(says(report, std::string(detail.rule->remedy.substr(0, 30))));
}

BOOST_AUTO_TEST_CASE(fail_on_decides_the_exit_code_and_nothing_else) {
    Ledger ledger = small_ledger();
    Entry late = contact_draft("opt_out.agent", "ann");
    late.actor = Actor{"agent", "stranger"};  // CL-006, high
    ledger.add(late);
    BOOST_TEST(code_of(verify_ledger(ledger, consent::Severity::critical)) == 0);
    BOOST_TEST(code_of(verify_ledger(ledger, consent::Severity::high)) == 4);
    BOOST_TEST(code_of(verify_ledger(ledger, consent::Severity::info)) == 4);
    auto const never = verify_ledger(ledger, std::nullopt);
    BOOST_TEST(code_of(never) == 0);
    BOOST_TEST(verdict(never) == "findings");
    BOOST_TEST(open_of(never, "CL-006") == 1);
}

BOOST_AUTO_TEST_CASE(a_cured_finding_is_counted_and_not_open) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    Entry opted_in = contact_draft("opt_in.agent", "dan");
    Seq const seq = ledger.add(opted_in);
    BOOST_TEST(open_of(verify_ledger(ledger), "CL-001") == 1);
    Entry consent = contact_draft("consent.recorded", "dan", {{"for", seq}});
    consent.evidence = {call_evidence(start_time)};
    ledger.add(consent);
    auto const report = verify_ledger(ledger);
    BOOST_TEST_INFO(to_text(report, false));
    BOOST_TEST(open_of(report, "CL-001") == 0);
    BOOST_TEST(report.consent.cured >= 1);
    for (auto const& detail : report.consent.details) BOOST_TEST(detail.rule->id != "CL-001");
}

BOOST_AUTO_TEST_CASE(a_waiver_holds_until_its_time) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    Seq const seq = ledger.add(contact_draft("opt_in.agent", "dan"));
    ledger.add(account_draft("finding.waived", {{"rule", "CL-001"},
                                                {"seq", seq},
                                                {"until", format_time(test_now + 1)},
                                                {"reason", json::Object{{"commit", to_hex(sha256("reason"))}}}}));
    auto const before = verify_ledger(ledger, consent::Severity::critical, test_now);
    BOOST_TEST(code_of(before) == 0);
    BOOST_TEST(before.consent.waived == 1);
    BOOST_TEST(says(before, "waived until"));
    auto const after = verify_ledger(ledger, consent::Severity::critical, test_now + 1);
    BOOST_TEST(code_of(after) == 4);
    BOOST_TEST(after.consent.waived == 0);
}

BOOST_AUTO_TEST_CASE(another_account_cannot_waive) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    Seq const seq = ledger.add(contact_draft("opt_in.agent", "dan"));
    ledger.add(account_draft("finding.waived",
                             {{"rule", "CL-001"},
                              {"seq", seq},
                              {"until", format_time(test_now + 1)},
                              {"reason", json::Object{{"commit", to_hex(sha256("reason"))}}}},
                             "other"));
    BOOST_TEST(code_of(verify_ledger(ledger)) == 4);
}

BOOST_AUTO_TEST_CASE(another_account_cannot_displace_a_waiver) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    Seq const seq = ledger.add(contact_draft("opt_in.agent", "dan"));
    ledger.add(waiver("CL-001", seq));
    ledger.add(waiver("CL-001", seq, test_now - 1, "other"));
    BOOST_TEST(verify_ledger(ledger).consent.waived == 1);
    ledger.add(waiver("CL-001", seq, test_now - 1));  // its own account takes it back
    BOOST_TEST(verify_ledger(ledger).consent.waived == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_waived_before_it_is_on_record) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    Seq const ahead = ledger.size() + 1;
    ledger.add(waiver("CL-001", ahead));
    BOOST_TEST(ledger.add(contact_draft("opt_in.agent", "dan")) == ahead);
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 4);
    BOOST_TEST(report.consent.waived == 0);
    BOOST_TEST(!says(report, "waived until"));
    ledger.add(waiver("CL-001", ledger.size()));  // its own number
    BOOST_TEST(code_of(verify_ledger(ledger)) == 4);
    ledger.add(waiver("CL-001", ahead));
    BOOST_TEST(verify_ledger(ledger).consent.waived == 1);
}

BOOST_AUTO_TEST_CASE(gathered_findings_are_waived_one_by_one) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    for (int i = 0; i < 30; ++i) ledger.add(contact_draft("contact.added", "c" + std::to_string(i), {{"origin", "import"}}));
    ledger.add(waiver("CL-001", 2));
    ledger.add(waiver("CL-001", 31));
    ledger.add(waiver("CL-002", 5));  // another rule
    auto const report = verify_ledger(ledger, consent::Severity::medium);
    BOOST_TEST(code_of(report) == 4);
    BOOST_TEST(open_of(report, "CL-001") == 28);
    BOOST_TEST(report.consent.waived == 2);
    BOOST_REQUIRE(report.consent.aggregates.size() == 1);
    BOOST_TEST(report.consent.aggregates[0].count == 28);
    BOOST_TEST(report.consent.aggregates[0].waived == 2);
    BOOST_TEST(report.consent.aggregates[0].samples[0] == 3);
    BOOST_TEST(says(report, "28 cases of a platform default or an import"));
    BOOST_TEST(says(report, "(and 2 waived)"));
    for (Seq seq = 3; seq < 31; ++seq) ledger.add(waiver("CL-001", seq));
    auto const all = verify_ledger(ledger, consent::Severity::medium);
    BOOST_TEST(code_of(all) == 0);
    BOOST_TEST(all.consent.waived == 30);
    BOOST_TEST(says(all, "0 cases of a platform default or an import (and 30 waived)"));
}

BOOST_AUTO_TEST_CASE(hundreds_of_open_findings_of_one_contact_replay_as_they_were_judged) {
    // More than the rules keep open, from an agent who never recorded consent; then consent that covers what is still open.
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    ledger.add(account_draft("actor.defined", {{"actor", "agent-7"}}));
    auto const many = static_cast<std::int64_t>(limits::contact_open_items) + 50;
    for (std::int64_t i = 0; i < many; ++i) ledger.add(contact_draft("opt_in.agent", "dan"));
    auto const open = verify_ledger(ledger);
    BOOST_TEST(open_of(open, "CL-001") == many);
    BOOST_TEST(open_of(open, "CL-900") == 0);
    Entry consent = contact_draft("consent.recorded", "dan");
    consent.evidence = {call_evidence(start_time)};
    ledger.add(consent);
    ledger.add(contact_draft("opt_in.agent", "dan"));
    auto const cured = verify_ledger(ledger);
    BOOST_TEST(cured.consent.cured == static_cast<std::int64_t>(limits::contact_open_items));
    BOOST_TEST(open_of(cured, "CL-001") == 50);
    BOOST_TEST(open_of(cured, "CL-900") == 0);
}

BOOST_AUTO_TEST_CASE(platform_defaults_are_gathered_in_one_line) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    for (int i = 0; i < 50; ++i) ledger.add(contact_draft("contact.added", "c" + std::to_string(i), {{"origin", "import"}}));
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 0);
    BOOST_REQUIRE(report.consent.aggregates.size() == 1);
    BOOST_TEST(report.consent.aggregates[0].count == 50);
    BOOST_TEST(report.consent.aggregates[0].samples.size() == limits::verify_samples);
    BOOST_TEST(report.consent.aggregates[0].samples[0] == 2);
    BOOST_TEST(report.consent.details.empty());
    BOOST_TEST(report.consent.not_shown == 0);
    BOOST_TEST(says(report, "50 cases of a platform default or an import"));
}

BOOST_AUTO_TEST_CASE(a_status_that_differs_is_a_finding_and_not_tampering) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    Entry stop = contact_draft("opt_out.stop", "eve", {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}});
    stop.actor = Actor{"contact", "contact"};
    stop.state = StateAfter{true, false, Level::promotional, std::nullopt};
    Seq const seq = ledger.add(stop);
    auto const report = verify_ledger(ledger, consent::Severity::high);
    BOOST_TEST(code_of(report) == 4);
    BOOST_TEST(report.integrity.clean());
    BOOST_TEST(open_of(report, "CL-900") == 1);
    BOOST_TEST(report.consent.details.front().seq == seq);
    BOOST_TEST(says(report, "rules revision 1"));
    BOOST_TEST(code_of(verify_ledger(ledger, consent::Severity::critical)) == 0);
}

BOOST_AUTO_TEST_CASE(an_unknown_kind_is_checked_but_not_judged) {
    Ledger ledger = small_ledger();
    Entry future = account_draft("quota.defined", {{"most", 5}});
    ledger.add(future);
    ledger.add(contact_draft("opt_in.agent", "bob"));
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.integrity.clean());
    BOOST_TEST(says(report, "Rules not evaluated for 1 entry: entries of kind quota.defined"));
    BOOST_TEST(says(report, "Rules not evaluated for 1 later entry"));
    BOOST_TEST(open_of(report, "CL-001") == 0);
    BOOST_TEST(report.judged == ledger.size() - 2);
}

BOOST_AUTO_TEST_CASE(an_unknown_kind_about_one_contact_leaves_the_others_judged) {
    Ledger ledger = small_ledger();
    ledger.add(contact_draft("contact.merged", "ann"));
    Seq const seq = ledger.add(contact_draft("opt_in.agent", "bob"));
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(open_of(report, "CL-001") == 1);
    BOOST_TEST(report.consent.details.front().seq == seq);
}

BOOST_AUTO_TEST_CASE(an_unknown_pack_or_revision_is_not_judged) {
    for (PolicyRef const& policy : {PolicyRef{"texting", 99}, PolicyRef{"callers", 1}}) {
        Ledger ledger = small_ledger();
        Entry entry = contact_draft("opt_in.agent", "bob");
        entry.policy = policy;
        ledger.add(entry);
        auto const report = verify_ledger(ledger);
        BOOST_TEST(code_of(report) == 3);
        BOOST_TEST(says(report, "policy pack " + policy.pack + ", rules revision " + std::to_string(policy.rules)));
    }
}

json::Object activation(std::string const& pack) {
    return {{"pack", pack}, {"rules", 1}, {"digest", to_hex(consent::pack_digest(*consent::find_pack({pack, 1})))}};
}

BOOST_AUTO_TEST_CASE(entries_are_replayed_by_the_pack_in_force) {
    Ledger ledger = small_ledger();
    ledger.add(account_draft("policy.activated", activation("strict")));
    Seq const seq = ledger.add(contact_draft("contact.added", "zoe", {{"origin", "manual"}}));
    BOOST_TEST(must(decode(ledger.lines[static_cast<std::size_t>(seq)])).policy->pack == "strict");
    auto const report = verify_ledger(ledger);
    BOOST_TEST(report.judged == ledger.size());
    BOOST_TEST(open_of(report, "CL-900") == 0);
}

BOOST_AUTO_TEST_CASE(an_entry_judged_by_a_pack_that_was_not_in_force_is_a_finding) {
    Ledger ledger = small_ledger();
    ledger.add(account_draft("policy.activated", activation("strict")));
    Entry entry = contact_draft("contact.blocked", "zoe");
    entry.policy = PolicyRef{"texting", 1};  // the state that it makes is the same by either pack
    ledger.add(entry);
    auto const report = verify_ledger(ledger);
    BOOST_TEST(open_of(report, "CL-900") == 1);
}

BOOST_AUTO_TEST_CASE(a_pack_that_is_not_the_one_known_by_its_name_is_not_judged_until_another_is_activated) {
    Ledger ledger = small_ledger();
    json::Object other = activation("strict");
    other.set("digest", std::string(64, 'a'));
    ledger.add(account_draft("policy.activated", other));
    ledger.add(contact_draft("opt_in.agent", "zoe"));
    ledger.add(account_draft("policy.activated", activation("texting")));
    ledger.add(contact_draft("opt_in.agent", "yan"));
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(says(report, "Rules not evaluated for 1 entry: entries of policy pack strict, rules revision 1"));
    BOOST_TEST(report.judged == ledger.size() - 1);
}

BOOST_AUTO_TEST_CASE(an_unknown_version_keeps_its_place_in_the_chain) {
    Ledger ledger = small_ledger();
    std::string future = ledger.lines.back();
    Entry next = must(decode(future));
    next.seq = 10;
    next.prev = leaf_hash(ledger.lines.back());
    future = must(encode(next));
    replace(future, R"("v":1)", R"("v":2)");
    ledger.add_raw(future);
    auto const report = verify_ledger(ledger);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.integrity.clean());
    BOOST_TEST(says(report, "format version 2"));
    std::string broken = future;
    replace(broken, to_hex(leaf_hash(ledger.lines[9])), std::string(64, '0'));
    ledger.lines.back() = broken;
    auto const bad = verify_ledger(ledger);
    BOOST_TEST(code_of(bad) == 1);
    BOOST_TEST(first_seq(bad, verify::check::chain) == 9);
}

BOOST_AUTO_TEST_CASE(open_obligations_are_counted_and_overdue_is_judged_at_the_time_asked_for) {
    Ledger ledger = small_ledger();
    ledger.add(account_draft("list.defined", {{"list", "promo"}}));
    ledger.add(account_draft(
        "trigger.defined",
        {{"trigger", "t1"}, {"words", json::Array{"optout"}}, {"match", "exact"}, {"class", "optout"}, {"list", "promo"}}));
    Entry fired = contact_draft("trigger.fired", "ann", {{"trigger", "t1"}, {"list", "promo"}});
    fired.actor = Actor{"contact", "contact"};
    fired.evidence = {inbound_evidence(start_time)};
    ledger.add(fired);
    auto const soon = verify_ledger(ledger, consent::Severity::critical, start_time);
    BOOST_TEST(soon.consent.obligations_open == 1);
    BOOST_TEST(soon.consent.obligations_overdue == 0);
    auto const late = verify_ledger(ledger, consent::Severity::critical, start_time + 60LL * 86'400'000);
    BOOST_TEST(late.consent.obligations_overdue == 1);
    BOOST_TEST(says(late, "OVERDUE: remove_from_list promo"));
}

BOOST_AUTO_TEST_CASE(tampering_beats_incomplete_beats_findings) {
    Ledger ledger = small_ledger();
    ledger.add(contact_draft("opt_in.agent", "bob"));
    BOOST_TEST(code_of(verify_ledger(ledger)) == 4);
    ledger.add(account_draft("quota.defined", {}));
    BOOST_TEST(code_of(verify_ledger(ledger)) == 3);
    ledger.lines[4].insert(1, " ");
    BOOST_TEST(code_of(verify_ledger(ledger, std::nullopt)) == 1);
}

BOOST_AUTO_TEST_CASE(more_findings_than_the_limit_are_counted_all_the_same) {
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    auto const many = static_cast<std::int64_t>(limits::verify_details) + 500;
    for (std::int64_t i = 0; i < many; ++i) {
        Entry ticked = contact_draft("opt_in.agent", "c" + std::to_string(i));
        ticked.actor = Actor{"agent", "agent-" + std::to_string(i)};  // by one agent it would be a bulk change, CL-077
        ledger.add(ticked);
    }
    ledger.add(waiver("CL-001", 1 + many));  // one whose details are not kept
    auto const report = verify_ledger(ledger);
    BOOST_TEST(open_of(report, "CL-001") == many - 1);
    BOOST_TEST(report.consent.waived == 1);
    BOOST_TEST(report.consent.details.size() == limits::verify_details);
    BOOST_TEST(report.consent.not_shown == 500);
    BOOST_TEST(to_json(report).find(R"("truncated":true)") != std::string::npos);
    BOOST_TEST(says(report, "and 10,400 more"));
    BOOST_TEST(to_text(report, false).size() < 40'000U);
}

BOOST_AUTO_TEST_SUITE_END()
