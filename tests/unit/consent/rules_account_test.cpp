// What a rule takes from the account: its lists and their consent, the people that it counts, what it enforces.
#include "ledger/core/limits.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(rules_account)

BOOST_AUTO_TEST_CASE(cl045_by_what_the_newer_consent_names) {
    auto const addition = [](std::vector<Evidence> shown) {
        History history{added(0), joined(1, "promo"), optout(10, "promo"), left(11, "promo")};
        return history.add({Kind::list_added, 30, list("promo"), std::move(shown)});
    };
    BOOST_TEST(raised(addition({}), "CL-045"));
    BOOST_TEST(!raised(addition({form(20, {"promo"})}), "CL-045"));
    BOOST_TEST(!raised(addition({form(20, {"vip", "promo"})}), "CL-045"));
    BOOST_TEST(raised(addition({form(20, {"vip"})}), "CL-045"));
    BOOST_TEST(raised(addition({form(5, {"promo"})}), "CL-045"));
    BOOST_TEST(raised(addition({attestation(20)}), "CL-045"));
    BOOST_TEST(!raised(addition({call(20)}), "CL-045"));
}

BOOST_AUTO_TEST_CASE(cl046_by_the_consent_that_is_held) {
    auto const addition = [](std::initializer_list<Event> before) {
        History history(before);
        history.account.lists["promo"] = {
            .purpose = "marketing", .level_required = Level::promotional, .opt_out_of = {}, .seq = 1};
        return history.add(joined(30, "promo"));
    };
    BOOST_TEST(raised(addition({added(0)}), "CL-046"));
    BOOST_TEST(!raised(addition({ticked(5, {form(4)})}), "CL-046"));
    BOOST_TEST(!raised(addition({ticked(5, {form(4, {"promo"})})}), "CL-046"));
    BOOST_TEST(raised(addition({ticked(5, {form(4, {"promo"})}), {Kind::consent_expired, 20}}), "CL-046"));
}

BOOST_AUTO_TEST_CASE(people_whose_opt_ins_are_counted_are_a_bounded_number) {
    History history;
    for (std::size_t i = 0; i < limits::account_bursts; ++i) history.account.bursts["p" + std::to_string(i)] = {at(10), 1};
    auto const by = [&](char const* who, std::int64_t m) {
        History one = history;
        Event event = ticked(m, {call(m)});
        event.actor = {"agent", who};
        one.add(event);
        return one.account.bursts;
    };
    BOOST_TEST(!by("new", 10).contains("new"));  // none of the others is over
    BOOST_TEST(by("p7", 10).at("p7").count == 2);
    auto const later = by("new", 100);
    BOOST_TEST(later.contains("new"));
    BOOST_TEST(later.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_enforce_refuses) {
    AccountState account;
    Outcome outcome;
    outcome.raised = {{"CL-001", Severity::critical, 1, ""}};
    BOOST_TEST(!refusal(Kind::opt_in_agent, account, outcome).has_value());
    account.enforce = true;
    for (Kind const kind : {Kind::opt_in_agent, Kind::opt_in_consent, Kind::opt_in_inbound}) {
        BOOST_TEST(refusal(kind, account, outcome).value_or("").find("Opted in without recorded consent") != std::string::npos);
    }
    for (Kind const kind : {Kind::opt_out_agent, Kind::contact_blocked, Kind::opt_out_stop, Kind::contact_edited}) {
        BOOST_TEST(!refusal(kind, account, outcome).has_value());
    }
    outcome.raised = {{"CL-003", Severity::high, 1, ""}};
    BOOST_TEST(!refusal(Kind::opt_in_agent, account, outcome).has_value());
    outcome.raised = {{"CL-033", Severity::high, 1, ""}};
    BOOST_TEST(refusal(Kind::contact_unblocked, account, outcome).has_value());
    BOOST_TEST(!refusal(Kind::opt_in_agent, account, outcome).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
