// Whatever happens to a contact, in whatever order it is told: the invariants, precedence, and that nothing is ever more permissive than
// the true order (WIRE.md 3).
#include "tests/property/consent/random_history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

constexpr int histories = 4'000;

/// Events at distinct minutes, contact.added first in most of them, in the order in which they happened.
std::vector<Event> random_events(Chooser& choose, std::int64_t most) {
    std::vector<Event> events;
    std::int64_t m = 100;
    if (!choose.once_in(4)) events.push_back(added(m));
    for (std::int64_t n = 1 + choose.below(most); n > 0; --n) events.push_back(random_event(choose, m += 1 + choose.below(20)));
    return events;
}

/// Told all at once, long after they happened, so that the order key is when each happened.
History told(std::vector<Event> const& events) {
    History history;
    for (Event const& event : events) history.add(late(event, 100'000));
    return history;
}

/// What may be sent: a level below informational allows no campaign, so none and conversational allow the same.
Level permission(Level level) {
    return std::max(level, Level::conversational);
}

/// Empty if `a` allows nothing that `b` does not.
std::string excess(ContactState const& a, ContactState const& b) {
    if (a.opted_in && !b.opted_in) return "opted in";
    if (!a.blocked && b.blocked) return "not blocked";
    if (permission(a.level) > permission(b.level))
        return "level " + std::string(name(a.level)) + " over " + std::string(name(b.level));
    for (auto const& [id, list] : a.lists) {
        auto const other = b.lists.find(id);
        Membership const none;
        Membership const& against = other == b.lists.end() ? none : other->second;
        if (list.member && !against.member) return "member of " + id;
        if (permission(list.level) > permission(against.level)) return "level of list " + id;
        bool const pending = list_opt_out_stands(against) && !list_opt_out_stands(list);
        if (pending && list.member) return "opt-out of list " + id + " forgotten";
    }
    return {};
}

bool is_opt_out(Event const& event) {
    bool const request = event.kind == Kind::opt_out_request && !event.data.contains("list");
    return request || event.kind == Kind::opt_out_stop || event.kind == Kind::opt_out_agent ||
           event.kind == Kind::contact_blocked || event.kind == Kind::number_reassigned || event.kind == Kind::subject_erased;
}

/// I1, I5, I7 and the shape of a state, at each entry.
void check_step(ContactState const& before, ContactState const& after, Event const& event, Outcome const& outcome) {
    BOOST_TEST(!(after.blocked && after.opted_in), "I1");
    BOOST_TEST((after.opted_in || after.level == Level::none), "no level while out");
    if (event.kind == Kind::contact_unblocked) BOOST_TEST(after.opted_in == before.opted_in, "I5");
    if (event.kind == Kind::trigger_fired) {
        BOOST_TEST(after.opted_in == before.opted_in, "I7");
        BOOST_TEST((after.level == before.level), "I7");
        for (auto const& [id, list] : after.lists) {
            BOOST_TEST(list.member == (before.lists.contains(id) && before.lists.at(id).member), "I7");
        }
    }
    if (before.blocked && event.kind == Kind::opt_in_inbound) BOOST_TEST((after.blocked && !after.opted_in), "I2");
    if (event.kind == Kind::opt_out_stop) {
        for (auto const& [id, list] : before.lists) BOOST_TEST(after.lists.at(id).member == list.member, "I6");
    }
    Level highest = Level::none;
    for (auto const& [id, list] : after.lists) highest = std::max(highest, list.level);
    BOOST_TEST((after.level >= highest), "the level is the highest held");
    bool const rises = after.level > before.level;
    bool const returns = after.opted_in && !before.opted_in;
    BOOST_TEST((!rises || !event.evidence.empty() || returns), "no level without evidence");
    BOOST_TEST(outcome.state->opted_in == after.opted_in);
    BOOST_TEST(outcome.state->blocked == after.blocked);
    BOOST_TEST((outcome.state->level == after.level));
    BOOST_TEST(after.contact_seq == before.contact_seq + 1);
}

BOOST_AUTO_TEST_SUITE(histories_of_a_contact)

BOOST_AUTO_TEST_CASE(invariants_hold_after_any_sequence) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        std::vector<Event> events = random_events(choose, 25);
        if (choose.once_in(2)) choose.shuffle(events);
        BOOST_TEST_CONTEXT(describe(events)) {
            History history;
            for (Event const& event : events) {
                ContactState const before = history.contact;
                Outcome const outcome = history.add(choose.once_in(2) ? event : late(event, event.minutes + choose.below(500)));
                check_step(before, history.contact, event, outcome);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_opt_out_that_is_the_last_to_happen_stands) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        std::vector<Event> events = random_events(choose, 15);
        while (!is_opt_out(events.back())) events.push_back(random_event(choose, events.back().minutes + 1));
        choose.shuffle(events);
        BOOST_TEST_CONTEXT(describe(events)) {
            BOOST_TEST(!told(events).contact.opted_in);
        }
    }
}

BOOST_AUTO_TEST_CASE(no_order_of_delivery_is_more_permissive_than_the_true_one) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        std::vector<Event> const events = random_events(choose, 10);
        ContactState const truth = told(events).contact;
        std::vector<Event> shuffled = events;
        choose.shuffle(shuffled);
        BOOST_TEST_CONTEXT("happened" << describe(events) << "\ntold" << describe(shuffled)) {
            BOOST_REQUIRE_EQUAL(excess(told(shuffled).contact, truth), "");
        }
    }
}

/// A repetition that is not recognised as one (another id, after the window) changes nothing. The one exception is allowed to change
/// towards the truth: an opt-in without later evidence that a late opt-out had undone, though it was later.
BOOST_AUTO_TEST_CASE(repeating_anything_changes_nothing) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        std::vector<Event> const happened = random_events(choose, 12);
        std::vector<Event> events = happened;
        bool const in_order = choose.once_in(2);
        if (!in_order) choose.shuffle(events);
        History history = told(events);
        Event const again = choose.among(events);
        ContactState const before = history.contact;
        history.add(late(again, 100'000));
        BOOST_TEST_CONTEXT(describe(events) << "\nagain" << describe({again})) {
            bool const towards_truth = excess(history.contact, told(happened).contact).empty();
            if (!towards_truth) BOOST_REQUIRE_EQUAL(excess(history.contact, before), "");
            if (in_order) BOOST_REQUIRE_EQUAL(excess(history.contact, before), "");
            if (again.kind == Kind::subject_erased) continue;  // an erasure takes effect whenever it is recorded
            BOOST_REQUIRE_EQUAL(excess(before, history.contact), "");
        }
    }
}

BOOST_AUTO_TEST_CASE(state_texts_are_exact_and_replay_equals_the_first_run) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories / 4; ++i) {
        std::vector<Event> events = random_events(choose, 25);
        choose.shuffle(events);
        BOOST_TEST_CONTEXT(describe(events)) {
            History first;
            History second;
            for (Event const& event : events) {
                Outcome const once = first.add(event);
                // The second run goes through the text form before each entry, as a service does that reads its projections.
                second.contact = contact_from_text(to_text(second.contact)).value();
                second.account = account_from_text(to_text(second.account)).value();
                Outcome const twice = second.add(event);
                BOOST_TEST((once.state == twice.state));
                BOOST_TEST((once.raised == twice.raised));
                BOOST_TEST((once.closed == twice.closed));
            }
            BOOST_TEST((first.contact == second.contact));
            BOOST_TEST((first.account == second.account));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
