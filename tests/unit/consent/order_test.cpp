// Order and precedence (docs/behaviour.md "Order and precedence"): what arrives late, at the same time, twice. And `enforce`.
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(order)

struct Row {
    char const* what;
    std::vector<Event> events;
    bool opted_in;
};

BOOST_AUTO_TEST_CASE(who_is_in_after_what) {
    Row const rows[] = {
        {"a late STOP beats an ordinary message that arrived before it",
         {added(0), stop(5), hi(20), late(stop(10), 30)},
         false},
        {"a late STOP beats an opt-in without evidence", {added(0), ticked(20), late(stop(10), 30)}, false},
        {"a late STOP beats an agent's own word", {added(0), ticked(20, {attestation(19)}), late(stop(10), 30)}, false},
        {"a late STOP beats an opt-in on evidence older than it", {added(0), ticked(20, {call(9)}), late(stop(10), 30)}, false},
        {"and on evidence of the same moment", {added(0), ticked(20, {call(10)}), late(stop(10), 30)}, false},
        {"a late STOP yields to a later opt-in on later evidence",
         {added(0), ticked(20, {call(11)}), late(stop(10), 30)},
         true},
        {"of equal times the STOP counts, arriving last", {added(0), ticked(20, {call(15)}), late(stop(20), 30)}, false},
        {"of equal times the STOP counts, arriving first", {added(0), stop(20), ticked(20, {call(20)})}, false},
        {"a message of the STOP's moment does not opt in", {added(0), stop(20), hi(20)}, false},
        {"a message sent before the STOP does not opt in", {added(0), stop(20), late(hi(19), 21)}, false},
        {"an agent's opt-in dated before the STOP does not opt in",
         {added(0), stop(20), late(ticked(19, {call(18)}), 30)},
         false},
        {"a message sent before the unblock does not opt in", {added(0), blocked(5), unblocked(10), late(hi(9), 12)}, false},
        {"nor at its moment", {added(0), blocked(5), unblocked(10), hi(10)}, false},
        {"a message after the unblock does", {added(0), blocked(5), unblocked(10), hi(11)}, true},
        {"an opt-in dated within the block does not",
         {added(0), blocked(5), unblocked(10), late(ticked(9, {call(8)}), 12)},
         false},
        {"an agent may tick the box in the moment of the unblock",
         {added(0), blocked(5), unblocked(10), ticked(10, {call(8)})},
         true},
        {"a late block opts out", {added(0), late(blocked(5), 12)}, false},
        {"a reassigned number starts anew",
         {ticked(5, {call(4)}), {Kind::number_reassigned, 10}, late(ticked(9, {call(8)}), 20)},
         false},
        {"a late reassignment yields to the new holder's consent",
         {ticked(20, {call(15)}), late({Kind::number_reassigned, 10}, 30)},
         true},
        {"a recorded consent backs the opt-in that it cures",
         {added(0), ticked(20), consent(22, {call(15)}), late(stop(10), 30)},
         true},
        {"an agent's late opt-out counts as any", {added(0), stop(5), hi(20), late(unticked(10), 30)}, false},
        {"a STOP dated in the future counts from when it was recorded", {added(0), late(stop(500), 10), hi(20)}, true},
    };
    for (Row const& row : rows) {
        BOOST_TEST_CONTEXT(row.what) {
            History history;
            for (Event const& event : row.events) history.add(event);
            BOOST_TEST(history.contact.opted_in == row.opted_in);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_overtaken_stop_still_takes_what_is_older_than_it) {
    History history{ticked(5, {form(3)}), ticked(20, {call(15)})};
    BOOST_TEST(int(history.contact.level) == int(Level::promotional));
    history.add(late(stop(10), 30));
    BOOST_TEST(history.contact.opted_in);
    BOOST_TEST(int(history.contact.level) == int(Level::informational));
    BOOST_TEST(history.contact.revoked->key == at(10));
}

BOOST_AUTO_TEST_CASE(an_unblock_that_is_not_later_than_the_block_has_no_effect) {
    BOOST_TEST(History({added(0), blocked(5), late(unblocked(4), 6)}).contact.blocked);
    BOOST_TEST(History({added(0), blocked(5), unblocked(5)}).contact.blocked);
    BOOST_TEST(!History({added(0), blocked(5), unblocked(6)}).contact.blocked);
}

BOOST_AUTO_TEST_CASE(repeating_an_old_act_changes_nothing) {
    BOOST_TEST(History({added(0), stop(10), hi(20), late(stop(10), 30)}).contact.opted_in);
    BOOST_TEST(!History({added(0), blocked(5), unblocked(10), late(blocked(5), 20)}).contact.blocked);
    BOOST_TEST(History({added(0), left(5, "a"), joined(10, "a"), late(left(5, "a"), 20)}).contact.lists.at("a").member);
    BOOST_TEST(!History({added(0), joined(5, "a"), left(10, "a"), late(joined(5, "a"), 20)}).contact.lists.at("a").member);
}

BOOST_AUTO_TEST_CASE(lists_follow_the_order_too) {
    BOOST_TEST(!History({added(0), left(10, "a"), late(joined(10, "a"), 20)}).contact.lists.at("a").member);
    BOOST_TEST(History({added(0), joined(10, "a"), late(left(5, "a"), 20)}).contact.lists.at("a").member);
    BOOST_TEST(!History({added(0), joined(10, "a"), late(left(10, "a"), 20)}).contact.lists.at("a").member);
    Event const request{Kind::opt_out_request, 5, {{"via", "web"}, {"list", "a"}}};
    BOOST_TEST(!History({added(0), joined(10, "a"), late(request, 20)}).contact.lists.at("a").member);
    BOOST_TEST(
        !History({added(0), joined(10, "a"), late(request, 20), late(joined(10, "a"), 21)}).contact.lists.at("a").member);
    BOOST_TEST(History({added(0), joined(10, "a"), late(request, 20), joined(25, "a")}).contact.lists.at("a").member);
    // An OPTOUT that arrives after its removal, or after a newer consent to the list, is nobody's duty any more.
    BOOST_TEST(History({added(0), left(10, "a"), late(optout(5, "a"), 20)}).contact.obligations.empty());
    BOOST_TEST(History({added(0), consent(12, {form(10, {"a"})}), late(optout(5, "a"), 20)}).contact.obligations.empty());
}

BOOST_AUTO_TEST_CASE(without_a_message_time_the_recording_counts) {
    Entry entry;
    entry.recorded_at = at(5);
    BOOST_TEST(order_key(entry) == at(5));
    entry.occurred_at = at(3);
    BOOST_TEST(order_key(entry) == at(3));
    entry.occurred_at = at(8);
    BOOST_TEST(order_key(entry) == at(5));
}

BOOST_AUTO_TEST_CASE(enforce_refuses_what_is_critical_and_never_an_opt_out) {
    AccountState lenient;
    AccountState strict;
    strict.enforce = true;
    Outcome const bad = History().add(ticked(5));
    BOOST_TEST(!refusal(Kind::opt_in_agent, lenient, bad).has_value());
    BOOST_REQUIRE(refusal(Kind::opt_in_agent, strict, bad).has_value());
    BOOST_TEST(refusal(Kind::opt_in_agent, strict, bad)->find("CL-001") != std::string::npos);
    BOOST_TEST(!refusal(Kind::opt_in_agent, strict, History().add(ticked(5, {call(3)}))).has_value());
    BOOST_TEST(!refusal(Kind::contact_added, strict, History().add(added(5))).has_value());
    Outcome const late_stop = History().add(late(stop(0), 100 * 24 * 60));
    BOOST_TEST(raised(late_stop, "CL-010", Severity::critical));
    BOOST_TEST(!refusal(Kind::opt_out_stop, strict, late_stop).has_value());
    BOOST_TEST(refusal(Kind::list_added, strict, History{stop(0), hi(1)}.add(joined(5, "a"))).has_value());
    Event unblock = unblocked(5);
    BOOST_TEST(!refusal(Kind::contact_unblocked, strict, History{blocked(0)}.add(unblock)).has_value());
    unblock.data = claimed(true);
    BOOST_TEST(refusal(Kind::contact_unblocked, strict, History{blocked(0)}.add(unblock)).has_value());
    Event block = blocked(5);
    block.data = claimed(true);
    BOOST_TEST(!refusal(Kind::contact_blocked, strict, History{added(0)}.add(block)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
