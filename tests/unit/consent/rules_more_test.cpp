// CL-004 to CL-082 that are not in rules_consent_test.cpp or rules_other_test.cpp: each with what raises it and what must not.
#include "ledger/consent/change_item.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

constexpr std::int64_t day = 24 * 60;

Event with(Event event, std::string_view member, json::Value value) {
    event.data.set(member, std::move(value));
    return event;
}
Event defined_list(char const* id, char const* purpose, char const* opt_out_of = nullptr) {
    json::Object data{{"list", id}, {"purpose", purpose}};
    if (opt_out_of != nullptr) data.set("opt_out_of", opt_out_of);
    return {Kind::list_defined, 0, std::move(data)};
}
Event reassigned(std::int64_t m) {
    return {Kind::number_reassigned, m};
}
Event expired(std::int64_t m) {
    return {Kind::consent_expired, m};
}
Evidence scoped(Evidence item, char const* purpose, std::vector<std::string> lists) {
    item.scope = Scope{purpose, std::move(lists), {}};
    return item;
}

BOOST_AUTO_TEST_SUITE(rules_more)

BOOST_AUTO_TEST_CASE(cl004_a_file_that_nothing_fixes) {
    Evidence held = call(3);
    held.held_by = "crm";
    BOOST_TEST(!raised(History().add(ticked(5, {held})), "CL-004"));
    std::erase(held.fields, "recording");
    Outcome const outcome = History().add(ticked(5, {held}));
    BOOST_REQUIRE(raised(outcome, "CL-004", Severity::high));
    BOOST_TEST(find(outcome, "CL-004")->what == "verbal_call lacks a digest of what crm holds");
    held.held_by.clear();
    BOOST_TEST(!raised(History().add(ticked(5, {held})), "CL-004"));
    held.held_by = "crm";
    Event refusal = stop(5);
    refusal.evidence = {held};
    BOOST_TEST(!raised(History().add(refusal), "CL-004"));
    History history{ticked(5, {held})};
    BOOST_TEST(!closed(history.add(consent(8, {form(4)}, {{"for", 1}})), "CL-004", 1));
    BOOST_TEST(closed(history.add(consent(8, {call(4)}, {{"for", 1}})), "CL-004", 1));
}

BOOST_AUTO_TEST_CASE(cl007_consent_for_something_else) {
    Event news = joined(5, "news");
    news.evidence = {form(3, {"promo"})};
    BOOST_TEST(raised(History{added(0)}.add(news), "CL-007", Severity::high));
    news.evidence = {form(3, {"promo", "news"})};
    BOOST_TEST(!raised(History{added(0)}.add(news), "CL-007"));
    news.evidence = {form(3)};
    BOOST_TEST(!raised(History{added(0)}.add(news), "CL-007"));
    BOOST_TEST(raised(History{defined_list("news", "notices"), added(0)}.add(news), "CL-007"));  // the form is for marketing
    BOOST_TEST(!raised(History{defined_list("news", "marketing"), added(0)}.add(news), "CL-007"));
    json::Object const both{{"method", "form"}, {"lists", json::Array{"a", "b"}}};
    BOOST_TEST(raised(History().add({Kind::opt_in_consent, 5, both, {form(3, {"a"})}}), "CL-007"));
    BOOST_TEST(!raised(History().add({Kind::opt_in_consent, 5, both, {form(3, {"a"}), form(4, {"b"})}}), "CL-007"));
    BOOST_TEST(raised(History().add(consent(5, {scoped(call(3), "notices", {})}, {{"purpose", "marketing"}})), "CL-007"));
    BOOST_TEST(!raised(History().add(consent(5, {scoped(call(3), "marketing", {})}, {{"purpose", "marketing"}})), "CL-007"));
}

BOOST_AUTO_TEST_CASE(cl009_a_certificate_that_was_never_claimed) {
    auto const certified = [](std::int64_t age, bool claimed) {
        std::vector<std::string> fields{"expires_at", "issuer", "token"};
        if (claimed) fields.emplace_back("claimed_at");
        return History().add(ticked(5, {evidence("third_party_certificate", 5 - age, std::move(fields))}));
    };
    BOOST_TEST(raised(certified(91 * day, false), "CL-009", Severity::medium));
    BOOST_TEST(!raised(certified(90 * day, false), "CL-009"));
    BOOST_TEST(!raised(certified(91 * day, true), "CL-009"));
}

BOOST_AUTO_TEST_CASE(cl011_and_cl016_the_platform_goes_on) {
    BOOST_TEST(raised(History{added(0)}.add(with(stop(5), "claimed", json::Object{{"opted_in", true}})), "CL-011",
                      Severity::critical));
    BOOST_TEST(!raised(History{added(0)}.add(with(stop(5), "claimed", json::Object{{"opted_in", false}})), "CL-011"));
    // A late STOP that a newer opt-in overtook: the platform is right.
    BOOST_TEST(!raised(History{ticked(8, {call(7)})}.add(late(with(stop(5), "claimed", json::Object{{"opted_in", true}}), 10)),
                       "CL-011"));
    Event request{Kind::opt_out_request, 5, {{"via", "phone"}, {"claimed", json::Object{{"opted_in", true}}}}};
    Outcome const outcome = History{added(0)}.add(request);
    BOOST_TEST(raised(outcome, "CL-016", Severity::critical));
    BOOST_TEST(!raised(outcome, "CL-082"));
    request.data.set("list", "promo");
    BOOST_TEST(!raised(History{added(0)}.add(request), "CL-016"));
}

BOOST_AUTO_TEST_CASE(cl014_opted_out_for_no_reason_that_is_told) {
    BOOST_TEST(raised(History{added(0)}.add(unticked(5)), "CL-014", Severity::info));
    BOOST_TEST(!raised(History{added(0)}.add(with(unticked(5), "reason", json::Object{{"commit", "x"}})), "CL-014"));
    BOOST_TEST(!raised(History{added(0), {Kind::review_opened, 2}}.add(unticked(5)), "CL-014"));
    BOOST_TEST(!raised(History{added(0), stop(2)}.add(unticked(5)), "CL-014"));
    Event shown = unticked(5);
    shown.evidence = {call(4)};
    BOOST_TEST(!raised(History{added(0)}.add(shown), "CL-014"));
}

BOOST_AUTO_TEST_CASE(cl015_a_revocation_in_own_words) {
    BOOST_TEST(raised(History{stop(1)}.add(with(hi(5), "class", "review")), "CL-015", Severity::high));
    BOOST_TEST(!raised(History{stop(1)}.add(hi(5)), "CL-015"));
    History history{added(0), {Kind::review_opened, 1}};
    BOOST_TEST(!raised(history.add(left(2, "x")), "CL-015"));
    BOOST_TEST(raised(history.add(left(40 * day, "x")), "CL-015", Severity::high));
    BOOST_TEST(!raised(history.add(left(41 * day, "x")), "CL-015"));  // said once
    History answered{added(0), {Kind::review_opened, 1}, {Kind::review_resolved, 5, {{"opened", 2}, {"verdict", "opt_out"}}}};
    BOOST_TEST(!raised(answered.add(left(40 * day, "x")), "CL-015"));
}

BOOST_AUTO_TEST_CASE(cl020_the_message_must_be_the_one_that_is_named) {
    Event other = with(hi(5), "mismatch", json::Array{"message_id"});
    BOOST_TEST(raised(History{stop(1)}.add(other), "CL-020", Severity::critical));
    BOOST_TEST(raised(History{stop(1)}.add(with(hi(5), "mismatch", json::Array{"from"})), "CL-020"));
    Event unnamed = hi(5);
    std::erase(unnamed.evidence.front().fields, "message_id");
    BOOST_TEST(raised(History{stop(1)}.add(unnamed), "CL-020"));
    auto const mismatch = [](char const* subject, char const* id, char const* from) {
        std::string const text =
            std::string(R"({"kind":"opt_in.inbound",)") + subject +
            R"(,"source":{"record":"r"},"data":{"message":"SM1"},"evidence":[{"kind":"inbound_sms","body":"hi",)" +
            R"("message_id":")" + id + R"(","from":")" + from + R"(","to":"12345"}]})";
        auto const item = parse_change(json::parse(text, 65'536).value()).value();
        json::Value const* const noted = item.data.find("mismatch");
        return (noted == nullptr ? "none" : json::write(*noted)) + " " + item.message_from;
    };
    constexpr char const* phone = R"("phone":"+15550100123")";
    BOOST_TEST(mismatch(phone, "SM1", "+1 555 010 0123") == "none ");
    BOOST_TEST(mismatch(phone, "SM1", "15550100123") == "none ");
    BOOST_TEST(mismatch(phone, "SM2", "+15550100123") == R"(["message_id"] )");
    BOOST_TEST(mismatch(phone, "SM2", "+15550100124") == R"(["message_id","from"] )");
    std::string const contact = R"("contact":")" + std::string(64, '0') + R"(")";
    BOOST_TEST(mismatch(contact.c_str(), "SM1", "+15550100123") == "none +15550100123");
}

BOOST_AUTO_TEST_CASE(cl023_is_silent_about_what_opts_nobody_in) {
    auto const shown_out = [](Event event) { return with(std::move(event), "claimed", json::Object{{"opted_in", false}}); };
    Event fired = shown_out(optout(20, "promo"));
    BOOST_TEST(raised(History{stop(10)}.add(fired), "CL-023"));
    fired.data.erase("list");
    BOOST_TEST(!raised(History{stop(10)}.add(fired), "CL-023"));
    BOOST_TEST(!raised(History{stop(10)}.add(shown_out(with(hi(20), "class", "stop"))), "CL-023"));
    BOOST_TEST(!raised(History{stop(10)}.add(shown_out(with(hi(20), "class", "review"))), "CL-023"));
    History strict{stop(10)};
    strict.pack.compliance_keyword_reopts_in = false;
    BOOST_TEST(!raised(strict.add(shown_out(with(hi(20), "class", "help"))), "CL-023"));
}

BOOST_AUTO_TEST_CASE(cl024_help_and_optout_opt_back_in) {
    for (char const* const cls : {"help", "optout"}) {
        History history{stop(1)};
        BOOST_TEST(raised(history.add(with(hi(5), "class", cls)), "CL-024", Severity::info));
        BOOST_TEST(history.contact.opted_in);
    }
    for (char const* const cls : {"other", "start"})
        BOOST_TEST(!raised(History{stop(1)}.add(with(hi(5), "class", cls)), "CL-024"));
    BOOST_TEST(!raised(History{stop(1)}.add(optout(5, "promo")), "CL-024"));
}

BOOST_AUTO_TEST_CASE(cl025_a_signature_that_did_not_hold) {
    Event event = hi(5);
    event.evidence.front().verified = false;
    BOOST_TEST(!raised(History{stop(1)}.add(event), "CL-025"));  // posted with a token, no provider's signature in sight
    event.evidence.front().fields.emplace_back("signature_scheme");
    BOOST_TEST(raised(History{stop(1)}.add(event), "CL-025", Severity::high));
    event.evidence.front().verified = true;
    BOOST_TEST(!raised(History{stop(1)}.add(event), "CL-025"));
}

BOOST_AUTO_TEST_CASE(cl040_and_cl041_by_when_the_removal_came) {
    History history{added(0), joined(1, "promo"), optout(2, "promo")};
    Millis const due = history.contact.obligations.at(0).due_at;
    std::int64_t const last = (due - at(0)) / minute;
    BOOST_TEST(!raised(history.add(joined(last, "news")), "CL-040"));
    BOOST_TEST(raised(history.add(joined(last + 1, "other")), "CL-040", Severity::critical));
    BOOST_TEST(!raised(history.add(left(last + 2, "other")), "CL-040"));
    Outcome const removal = history.add(left(last + 3, "promo"));
    BOOST_TEST(raised(removal, "CL-041", Severity::high));
    BOOST_TEST(!raised(removal, "CL-040"));
    History in_time{added(0), joined(1, "promo"), optout(2, "promo")};
    BOOST_TEST(!raised(in_time.add(left(last, "promo")), "CL-041"));
    BOOST_TEST(!raised(in_time.add(joined(last + 1, "news")), "CL-040"));
    History only{added(0), joined(1, "promo"), optout(2, "promo")};
    Outcome const late_one = only.add(left(last + 1, "promo"));
    BOOST_TEST(raised(late_one, "CL-041"));
    BOOST_TEST(!raised(late_one, "CL-040"));
}

BOOST_AUTO_TEST_CASE(cl043_the_wrong_list) {
    History const asked{added(0), joined(1, "promo"), joined(1, "news"), optout(2, "promo")};
    BOOST_TEST(raised(History(asked).add(left(5, "news")), "CL-043", Severity::medium));
    BOOST_TEST(raised(History(asked).add(with(left(5, "news"), "because", 4)), "CL-043", Severity::high));
    BOOST_TEST(!raised(History(asked).add(with(left(5, "news"), "because", 1)), "CL-043"));
    BOOST_TEST(!raised(History(asked).add(left(5, "promo")), "CL-043"));
    BOOST_TEST(!raised(History{added(0), joined(1, "news")}.add(left(5, "news")), "CL-043"));
}

BOOST_AUTO_TEST_CASE(cl044_an_optout_without_a_list) {
    Event fired = optout(5, "promo");
    BOOST_TEST(!raised(History{added(0)}.add(fired), "CL-044"));
    fired.data.erase("list");
    BOOST_TEST(raised(History{added(0)}.add(fired), "CL-044", Severity::medium));
    Event const keyword = with(stop(5), "keyword", "optout");
    BOOST_TEST(raised(History{defined_list("promo", "marketing"), added(0)}.add(keyword), "CL-044"));
    BOOST_TEST(!raised(History{added(0)}.add(keyword), "CL-044"));
    BOOST_TEST(!raised(History{defined_list("promo", "marketing"), added(0)}.add(stop(5)), "CL-044"));
}

BOOST_AUTO_TEST_CASE(cl046_a_marketing_list_without_consent_to_it) {
    auto const joins = [](std::vector<Event> const& before) {
        History history{defined_list("promo", "marketing"), added(0)};
        for (Event const& event : before) history.add(event);
        return history.add(joined(20, "promo"));
    };
    BOOST_TEST(raised(joins({}), "CL-046", Severity::high));
    BOOST_TEST(!raised(joins({consent(5, {form(3)})}), "CL-046"));
    BOOST_TEST(!raised(joins({consent(5, {scoped(call(3), "marketing", {"promo"})})}), "CL-046"));
    BOOST_TEST(raised(joins({consent(5, {call(3)})}), "CL-046"));
    BOOST_TEST(raised(joins({consent(5, {form(3, {"news"})})}), "CL-046"));
    Outcome const after_stop = joins({stop(10)});
    BOOST_TEST(raised(after_stop, "CL-045"));
    BOOST_TEST(!raised(after_stop, "CL-046"));
    BOOST_TEST(!raised(History{defined_list("promo", "notices"), added(0)}.add(joined(20, "promo")), "CL-046"));
    BOOST_TEST(!raised(History{added(0)}.add(joined(20, "promo")), "CL-046"));
}

BOOST_AUTO_TEST_CASE(cl048_on_both_lists_until_one_is_left) {
    for (auto const& [first, second] : {std::pair("promo", "promo-out"), std::pair("promo-out", "promo")}) {
        History history{defined_list("promo-out", "", "promo"), added(0), joined(1, first)};
        BOOST_TEST(raised(history.add(joined(2, second)), "CL-048", Severity::medium));
        BOOST_TEST(!raised(history.add(joined(3, "news")), "CL-048"));
        BOOST_TEST(closed(history.add(left(4, first)), "CL-048", 4));
    }
    History alone{defined_list("promo-out", "", "promo"), added(0), joined(1, "promo"), left(2, "promo")};
    BOOST_TEST(!raised(alone.add(joined(3, "promo-out")), "CL-048"));
}

BOOST_AUTO_TEST_CASE(cl060_consent_that_had_expired) {
    BOOST_TEST(raised(History{added(0), expired(10)}.add(ticked(20, {call(5)})), "CL-060", Severity::high));
    BOOST_TEST(!raised(History{added(0), expired(10)}.add(ticked(20, {call(15)})), "CL-060"));
    BOOST_TEST(!raised(History{added(0)}.add(ticked(20, {call(5)})), "CL-060"));
    Event news = joined(20, "news");
    news.evidence = {form(5, {"news"})};
    BOOST_TEST(raised(History{added(0), {Kind::consent_expired, 10, list("news")}}.add(news), "CL-060"));
    BOOST_TEST(!raised(History{added(0), {Kind::consent_expired, 10, list("promo")}}.add(news), "CL-060"));
    History history{expired(10), ticked(20, {call(5)})};
    BOOST_TEST(!closed(history.add(consent(30, {call(6)}, {{"for", 2}})), "CL-060", 2));
    BOOST_TEST(closed(history.add(consent(30, {call(15)}, {{"for", 2}})), "CL-060", 2));
}

BOOST_AUTO_TEST_CASE(cl061_the_former_holders_consent) {
    BOOST_TEST(raised(History{added(0), reassigned(10)}.add(ticked(20, {call(5)})), "CL-061", Severity::critical));
    BOOST_TEST(!raised(History{added(0), reassigned(10)}.add(ticked(20, {call(5), call(15)})), "CL-061"));
    BOOST_TEST(!raised(History{added(0), stop(10)}.add(ticked(20, {call(5)})), "CL-061"));
    Outcome const nothing = History{added(0), reassigned(10)}.add(ticked(20));
    BOOST_TEST(raised(nothing, "CL-001"));
    BOOST_TEST(!raised(nothing, "CL-061"));
    History history{reassigned(10), ticked(20, {call(5)})};
    BOOST_TEST(!closed(history.add(consent(30, {call(9)}, {{"for", 2}})), "CL-061", 2));
    BOOST_TEST(closed(history.add(consent(30, {call(25)}, {{"for", 2}})), "CL-061", 2));
}

BOOST_AUTO_TEST_CASE(cl062_erased_within_five_years) {
    Event const erasure{Kind::subject_erased, 1'827 * day + 9};
    BOOST_TEST(raised(History{stop(10)}.add(erasure), "CL-062", Severity::high));
    BOOST_TEST(!raised(History{stop(9)}.add(erasure), "CL-062"));
    BOOST_TEST(raised(History{stop(1), ticked(20, {call(15)})}.add(erasure), "CL-062"));
    BOOST_TEST(!raised(History{added(0)}.add({Kind::subject_erased, 5}), "CL-062"));
    BOOST_TEST(!raised(History{stop(10), {Kind::subject_erased, 20}}.add({Kind::subject_erased, 21}), "CL-062"));
    BOOST_TEST(raised(History{stop(10), {Kind::subject_erased, 20}, stop(30)}.add({Kind::subject_erased, 40}), "CL-062"));
    BOOST_TEST(!raised(History{stop(10), {Kind::subject_erased, 20}, stop(30)}.add({Kind::subject_erased, 1'827 * day + 30}),
                       "CL-062"));
}

BOOST_AUTO_TEST_CASE(cl072_told_out_of_order) {
    auto const told = [](char const* first, char const* second, std::int64_t minutes,
                         Actor const& actor = {"agent", "agent-7"}) {
        History history;
        Entry entry;
        entry.contact = Hash32{};
        entry.account = "acme";
        entry.seq = 1;
        entry.recorded_at = at(100);
        entry.occurred_at = at(50);
        entry.source = Source{first, "r1", "t"};
        entry.actor = actor;
        (void)history.add(entry, Kind::contact_blocked);
        entry.seq = 2;
        entry.occurred_at = at(minutes);
        entry.source = Source{second, "r2", "t"};
        return history.add(entry, Kind::contact_unblocked);
    };
    BOOST_TEST(raised(told("crm", "crm", 49), "CL-072", Severity::low));
    BOOST_TEST(!raised(told("crm", "crm", 50), "CL-072"));
    BOOST_TEST(!raised(told("crm", "erp", 49), "CL-072"));
    BOOST_TEST(!raised(told("", "", 49), "CL-072"));
    BOOST_TEST(!raised(told("crm", "crm", 49, {"import", "old"}), "CL-072"));
}

BOOST_AUTO_TEST_CASE(cl077_opt_ins_by_the_dozen) {
    auto const run = [](int count, Millis apart, Actor const& actor) {
        AccountState account;
        int found = 0;
        for (int i = 0; i < count; ++i) {
            Entry entry;
            entry.seq = i;
            entry.account = "acme";
            entry.contact = Hash32{};
            entry.actor = actor;
            entry.recorded_at = at(0) + i * apart;
            ContactState contact;
            found += raised(apply(entry, Kind::opt_in_agent, texting_pack(), account, &contact), "CL-077", Severity::high);
        }
        return found;
    };
    Actor const agent{"agent", "agent-7"};
    BOOST_TEST(run(19, 100, agent) == 0);
    BOOST_TEST(run(20, 100, agent) == 1);
    BOOST_TEST(run(39, 100, agent) == 1);
    BOOST_TEST(run(40, 4'000, agent) == 0);
    BOOST_TEST(run(40, 100, {"import", "old"}) == 0);
}

BOOST_AUTO_TEST_CASE(cl079_a_disclosure_that_was_not_in_force) {
    auto const disclosure = [](std::int64_t m) {
        return Event{Kind::disclosure_defined, m, {{"disclosure", "d-1"}, {"text", json::Object{{"commit", "x"}}}}};
    };
    Event const signed_up{Kind::opt_in_consent, 20, {{"method", "form"}, {"disclosure", "d-1"}}, {form(10)}};
    BOOST_TEST(!raised(History{disclosure(5)}.add(signed_up), "CL-079"));
    BOOST_TEST(raised(History{disclosure(15)}.add(signed_up), "CL-079", Severity::medium));
    BOOST_TEST(raised(History{disclosure(5)}.add(with(signed_up, "disclosure", "d-2")), "CL-079"));
    BOOST_TEST(!raised(History().add(signed_up), "CL-079"));
}

BOOST_AUTO_TEST_CASE(cl082_another_status_than_the_ledgers) {
    auto const shows = [](Event event, bool in) { return with(std::move(event), "claimed", json::Object{{"opted_in", in}}); };
    BOOST_TEST(raised(History{added(0)}.add(shows(unticked(5), true)), "CL-082", Severity::medium));
    BOOST_TEST(!raised(History{added(0)}.add(shows(unticked(5), false)), "CL-082"));
    BOOST_TEST(raised(History{blocked(0)}.add(shows(ticked(5, {call(3)}), true)), "CL-082"));
    BOOST_TEST(raised(History{added(0)}.add(with(joined(5, "x"), "claimed", json::Object{{"blocked", true}})), "CL-082"));
    Outcome const block = History{added(0)}.add(shows(blocked(5), true));
    BOOST_TEST(raised(block, "CL-032"));
    BOOST_TEST(!raised(block, "CL-082"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
