// May this number be texted: each reason has a history that gives it, and one beside it that does not.
#include "ledger/consent/check.hpp"

#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::consent {
std::ostream& operator<<(std::ostream& out, CheckReason reason) {
    return out << name(reason);
}
}  // namespace cl::consent

namespace cl::consent::test {
namespace {

using R = CheckReason;

CheckAnswer ask(History const& history, MessageType type, std::string list = {}, std::int64_t minutes = 10'000) {
    return check({type, std::move(list)}, history.pack, history.account, &history.contact, at(minutes));
}
CheckReason one_to_one(History const& history) {
    return ask(history, MessageType::one_to_one).reason;
}
CheckReason campaign(History const& history, std::string list = {}) {
    return ask(history, MessageType::campaign, std::move(list)).reason;
}
Event list_defined(std::string_view id, json::Object data) {
    data.set("list", id);
    return {Kind::list_defined, 0, std::move(data)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(may_i_text)

BOOST_AUTO_TEST_CASE(nothing_known_nothing_allowed) {
    History const nobody;
    BOOST_TEST(one_to_one(nobody) == R::unknown_number);
    BOOST_TEST(check({}, nobody.pack, nobody.account, nullptr, at(0)).reason == R::unknown_number);
    BOOST_TEST(!check({}, nobody.pack, nobody.account, nullptr, at(0)).allowed());
    BOOST_TEST(one_to_one(History{added(0)}) == R::ok);
}

BOOST_AUTO_TEST_CASE(a_stop_denies_everything_and_names_itself) {
    History const history{added(0), ticked(1, {form(1)}), stop(5)};
    CheckAnswer const answer = ask(history, MessageType::one_to_one);
    BOOST_TEST(answer.reason == R::opted_out);
    BOOST_TEST(answer.seq.value() == 3);
    BOOST_TEST(answer.since.value() == at(5));
    BOOST_TEST(campaign(history) == R::opted_out);
}

BOOST_AUTO_TEST_CASE(one_confirmation_in_time) {
    History const history{added(0), stop(5)};
    BOOST_TEST(ask(history, MessageType::confirmation, {}, 5).reason == R::ok);
    BOOST_TEST(ask(history, MessageType::confirmation, {}, 10).reason == R::ok);
    BOOST_TEST(ask(history, MessageType::confirmation, {}, 11).reason == R::opted_out);
    BOOST_TEST(ask(history, MessageType::confirmation, {}, 4).reason == R::opted_out);
    // Nobody asked for what an agent's tick is: there is nothing to confirm.
    BOOST_TEST(ask({added(0), unticked(5)}, MessageType::confirmation, {}, 6).reason == R::opted_out);
    BOOST_TEST(ask({added(0), blocked(4), stop(5)}, MessageType::confirmation, {}, 6).reason == R::blocked);
}

BOOST_AUTO_TEST_CASE(a_block_goes_before_an_opt_out_and_leaves_one_behind) {
    History history{added(0), stop(1), blocked(5)};
    BOOST_TEST(one_to_one(history) == R::blocked);
    history.add(unblocked(6));
    CheckAnswer const answer = ask(history, MessageType::one_to_one);
    BOOST_TEST(answer.reason == R::opted_out);
    BOOST_TEST(answer.since.value() == at(5));
}

BOOST_AUTO_TEST_CASE(a_conversation_is_no_consent_to_a_campaign) {
    History history{added(0), stop(1), hi(5)};
    BOOST_TEST(one_to_one(history) == R::ok);
    BOOST_TEST(campaign(history) == R::level_too_low);
    history.add(consent(6, {call(6)}));
    BOOST_TEST(campaign(history) == R::ok);
}

BOOST_AUTO_TEST_CASE(a_list_says_what_it_needs) {
    History history;
    history.add(list_defined("promo", {{"name", "Promo"}, {"level_required", "promotional"}}));
    history.add(added(1));
    history.add(joined(2, "promo"));
    history.add(consent(3, {call(3)}));
    BOOST_TEST(campaign(history, "promo") == R::level_too_low);
    history.add(consent(4, {form(4, {"promo"})}));
    BOOST_TEST(campaign(history, "promo") == R::ok);
}

BOOST_AUTO_TEST_CASE(consent_to_one_list_is_none_to_another) {
    History const history{added(0), ticked(1, {form(1, {"promo"})}), joined(2, "promo"), joined(2, "news")};
    BOOST_TEST(campaign(history, "promo") == R::ok);
    BOOST_TEST(campaign(history, "news") == R::level_too_low);
    BOOST_TEST(campaign(history) == R::level_too_low);
}

BOOST_AUTO_TEST_CASE(who_is_not_on_a_list_gets_nothing_of_it) {
    History history{added(0), ticked(1, {form(1)})};
    BOOST_TEST(campaign(history, "promo") == R::not_a_member);
    history.add(joined(2, "promo"));
    BOOST_TEST(campaign(history, "promo") == R::ok);
    history.add(left(3, "promo"));
    CheckAnswer const answer = ask(history, MessageType::campaign, "promo");
    BOOST_TEST(answer.reason == R::not_a_member);
    BOOST_TEST(answer.since.value() == at(3));
}

BOOST_AUTO_TEST_CASE(an_optout_denies_its_list_before_an_agent_has_acted) {
    History history{added(0), ticked(1, {form(1)}), joined(2, "promo"), joined(2, "news"), optout(5, "promo")};
    CheckAnswer const answer = ask(history, MessageType::campaign, "promo");
    BOOST_TEST(answer.reason == R::list_optout_pending);
    BOOST_TEST(answer.seq.value() == 5);
    BOOST_TEST(campaign(history, "news") == R::ok);
    BOOST_TEST(one_to_one(history) == R::ok);  // S21
    history.add(consent(6, {form(6, {"promo"})}));
    BOOST_TEST(campaign(history, "promo") == R::ok);
}

BOOST_AUTO_TEST_CASE(the_opt_out_list_denies_its_list) {
    History history;
    history.add(list_defined("promo-out", {{"name", "Promo Opt Out"}, {"opt_out_of", "promo"}}));
    for (Event const& event : {added(1), ticked(1, {form(1)}), joined(2, "promo"), joined(2, "news")}) history.add(event);
    BOOST_TEST(campaign(history, "promo") == R::ok);
    history.add(joined(3, "promo-out"));
    BOOST_TEST(campaign(history, "promo") == R::list_optout_pending);
    BOOST_TEST(campaign(history, "news") == R::ok);
    history.add(left(4, "promo-out"));
    BOOST_TEST(campaign(history, "promo") == R::ok);
}

BOOST_AUTO_TEST_CASE(an_open_review_denies_campaigns) {
    History history{added(0), ticked(1, {form(1)})};
    history.add({Kind::review_opened, 5, {}, {sms(5)}, {"contact", "contact"}});
    BOOST_TEST(campaign(history) == R::review_open);
    BOOST_TEST(one_to_one(history) == R::ok);
    history.add({Kind::review_resolved, 6, {{"opened", history.seq}, {"verdict", "not_opt_out"}}});
    BOOST_TEST(campaign(history) == R::ok);
}

BOOST_AUTO_TEST_CASE(a_disputed_consent_denies_everything) {
    History history{added(0), stop(1), ticked(5)};
    CheckAnswer const answer = ask(history, MessageType::one_to_one);
    BOOST_TEST(answer.reason == R::consent_disputed);
    BOOST_TEST(answer.seq.value() == 3);
    history.add(consent(6, {form(6)}, {{"for", answer.seq.value()}}));
    BOOST_TEST(one_to_one(history) == R::ok);
}

BOOST_AUTO_TEST_CASE(an_expired_consent_says_so) {
    History history{added(0), ticked(1, {form(1)})};
    history.add({Kind::consent_expired, 5, {{"reason", "two years"}}});
    BOOST_TEST(campaign(history) == R::consent_expired);
    history.add(ticked(6, {form(6)}));
    BOOST_TEST(campaign(history) == R::ok);
}

BOOST_AUTO_TEST_CASE(who_was_erased_stays_out) {
    History history{added(0), ticked(1, {form(1)})};
    history.add({Kind::subject_erased, 5, {}, {}, {"agent", "dpo"}});
    BOOST_TEST(one_to_one(history) == R::erased);
}

BOOST_AUTO_TEST_CASE(names_are_those_of_the_wire) {
    BOOST_TEST(name(R::list_optout_pending) == "list_optout_pending");
    BOOST_TEST(message_type_from("campaign").has_value());
    BOOST_TEST(!message_type_from("Campaign").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent::test
