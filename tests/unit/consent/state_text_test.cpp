// The text forms of states: exact both ways, and nothing else is read.
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(state_text)

BOOST_AUTO_TEST_CASE(a_contact_with_everything) {
    History history{ticked(5, {form(3, {"promo"})}),
                    joined(6, "promo"),
                    stop(10),
                    ticked(20),
                    blocked(21),
                    ticked(22),
                    unblocked(23),
                    hi(24),
                    consent(26, {form(25, {"news"}), call(25)}),
                    optout(27, "promo"),
                    {Kind::consent_expired, 28, {{"list", "news"}}},
                    {Kind::consent_expired, 29},
                    {Kind::review_opened, 30},
                    {Kind::obligation_assigned, 31, {{"obligation", 13}, {"assignee", "agent-1"}}},
                    left(32, "news"),
                    ticked(40, {call(39)})};
    ContactState& state = history.contact;
    state.reassigned = Mark{3, at(2)};
    state.left_out = 2;
    state.last_platform = "crm";
    state.last_occurred = at(40);
    state.obligations.front().reported = true;
    BOOST_TEST(state.backed_opt_in.has_value());
    BOOST_TEST(!state.open.empty());
    BOOST_TEST(!state.obligations.empty());
    auto const back = contact_from_text(to_text(state));
    BOOST_REQUIRE(back.has_value());
    BOOST_TEST((*back == state));
    BOOST_TEST(to_text(*back) == to_text(state));
    history.add({Kind::subject_erased, 50});
    BOOST_TEST((contact_from_text(to_text(history.contact)).value() == history.contact));
}

BOOST_AUTO_TEST_CASE(a_contact_with_nothing) {
    BOOST_TEST((contact_from_text(to_text(ContactState{})).value() == ContactState{}));
    BOOST_TEST(to_text(ContactState{}) == R"({"first":-1,"last":-1,"n":0,"since":-1})");
}

BOOST_AUTO_TEST_CASE(an_account_with_everything_and_with_nothing) {
    AccountState state;
    state.account_seq = 7;
    state.last_seq = 9;
    state.enforce = true;
    state.policies = {named_policy("us-2025").value(), {9, 77, "of-tomorrow", 3, R"({"x":1})", nullptr}};
    Policy overridden{12, 78, "strict", 1, R"({"revocation_days":1})", nullptr};
    BOOST_TEST(restore(overridden));
    state.policies.push_back(overridden);
    state.actors = {{"agent-1", 1}, {"agent-2", 2}};
    state.lists = {{"promo", {"marketing", Level::promotional, "", 3}}, {"out", {"", Level::none, "promo", 4}}};
    state.triggers = {{"OPTOUT", {{"optout", "no more"}, true, "optout", "promo", 5, true}}};
    state.disclosures = {{"d-1", {6, 17}}};
    state.bursts = {{"agent-7", {at(0), 3}}};
    state.waivers = {{{5, "CL-001"}, {6, at(9)}}};
    state.holds = {{"case-1", 8}};
    BOOST_TEST((account_from_text(to_text(state)).value() == state));
    BOOST_TEST((account_from_text(to_text(AccountState{})).value() == AccountState{}));
}

BOOST_AUTO_TEST_CASE(what_is_not_such_a_text_is_refused) {
    for (char const* const text :
         {"", "[]", "{", R"({"in":1})", R"({"lv":"high"})", R"({"rv":[1]})", R"({"rv":["1",2]})", R"({"lists":[]})",
          R"({"lists":{"a":1}})", R"({"open":[{"i":"CL-001","v":"grave"}]})", R"({"open":{}})", R"({"be":"x"})"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!contact_from_text(text).has_value());
        }
    }
    for (char const* const text :
         {"", "[]", R"({"en":"yes"})", R"({"ac":{"a":"b"}})", R"({"tr":{"t":{"w":[1]}}})", R"({"li":[]})"}) {
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!account_from_text(text).has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
