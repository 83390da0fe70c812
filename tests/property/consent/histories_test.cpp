// Whatever happens to a contact, in whatever order it is told: the invariants, precedence, and that nothing is ever more permissive than
// the true order (docs/behaviour.md "What holds whatever happens"); under every policy pack.
#include "ledger/consent/check.hpp"
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
History told(std::vector<Event> const& events, Pack const& pack) {
    History history;
    history.pack = pack;
    for (Event const& event : events) history.add(late(event, 100'000));
    return history;
}

/// As they happened: the minutes of a random history are all different.
std::vector<Event> as_happened(std::vector<Event> events) {
    std::sort(events.begin(), events.end(), [](Event const& a, Event const& b) { return a.minutes < b.minutes; });
    return events;
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

bool is_opt_out(Event const& event, Pack const& pack) {
    bool const all = pack.list_request_scope == RequestScope::account || !event.data.contains("list");
    bool const request = (event.kind == Kind::opt_out_request || event.kind == Kind::trigger_fired) && all;
    return request || event.kind == Kind::opt_out_stop || event.kind == Kind::opt_out_agent ||
           event.kind == Kind::contact_blocked || event.kind == Kind::number_reassigned || event.kind == Kind::subject_erased;
}

/// What a STOP and an OPTOUT leave as it was: I6 and I7, unless the pack chooses otherwise.
std::string list_fault(ContactState const& before, ContactState const& after, Event const& event, Pack const& pack) {
    bool const kept = (event.kind == Kind::opt_out_stop && !pack.stop_clears_lists) ||
                      (event.kind == Kind::trigger_fired && pack.list_request_scope == RequestScope::list);
    for (auto const& [id, list] : after.lists) {
        bool const was = before.lists.contains(id) && before.lists.at(id).member;
        if (kept && list.member != was) return "I6, I7: the membership changed";
    }
    return {};
}

/// I1, I2, I5, I6, I7 and the shape of a state, at each entry.
std::string step_fault(ContactState const& before, ContactState const& after, Event const& event, Pack const& pack) {
    if (after.blocked && after.opted_in) return "I1";
    if (!after.opted_in && after.level != Level::none) return "a level while out";
    if (event.kind == Kind::contact_unblocked && after.opted_in != before.opted_in) return "I5";
    bool const list_alone = event.kind == Kind::trigger_fired && pack.list_request_scope == RequestScope::list;
    if (list_alone && (after.opted_in != before.opted_in || after.level != before.level)) return "I7";
    if (event.kind == Kind::trigger_fired && after.opted_in && !before.opted_in) return "I7: an OPTOUT opted in";
    if (before.blocked && event.kind == Kind::opt_in_inbound && !(after.blocked && !after.opted_in)) return "I2";
    Level highest = Level::none;
    for (auto const& [id, list] : after.lists) highest = std::max(highest, list.level);
    if (after.level < highest) return "a list's level above the contact's";
    bool const returns = after.opted_in && !before.opted_in;
    if (after.level > before.level && event.evidence.empty() && !returns) return "a level without evidence";
    if (after.contact_seq != before.contact_seq + 1) return "not counted";
    return list_fault(before, after, event, pack);
}

/// I3: nothing but the one confirmation may be sent to somebody who is out.
std::string send_fault(History const& history, std::int64_t minutes) {
    for (MessageType const type : {MessageType::one_to_one, MessageType::campaign}) {
        for (char const* const list : {"", "a"}) {
            auto const answer = check({type, list}, history.pack, history.account, &history.contact, at(minutes));
            if (answer.allowed() && !history.contact.opted_in) return "I3: allowed while out";
            bool const may = level_for(history.contact, list, history.pack, at(minutes)) >= Level::informational;
            if (answer.allowed() && type == MessageType::campaign && !may) return "a campaign without its level";
        }
    }
    return {};
}

/// Entry by entry, under one pack after another.
std::string sequence_fault(std::vector<Event> const& events, std::size_t first_pack) {
    History history;
    for (std::size_t i = 0; i < events.size(); ++i) {
        history.pack = all_packs()[(first_pack + i / 8) % all_packs().size()];
        ContactState const before = history.contact;
        Outcome const outcome = history.add(events[i]);
        std::string fault = step_fault(before, history.contact, events[i], history.pack);
        if (fault.empty()) fault = send_fault(history, events[i].recorded.value_or(events[i].minutes));
        ContactState const& after = history.contact;
        bool const same = outcome.state && outcome.state->opted_in == after.opted_in &&
                          outcome.state->blocked == after.blocked && outcome.state->level == after.level;
        if (fault.empty() && !same) fault = "the entry states something else";
        if (!fault.empty()) return fault + " at " + describe(events[i]) + " under " + std::string(history.pack.name);
    }
    return {};
}

/// A repetition that is not recognised as one (another id, after the window) changes nothing. The one exception is allowed to change
/// towards the truth: an opt-in without later evidence that a late opt-out had undone, though it was later.
std::string repetition_fault(std::vector<Event> const& events, Event const& again, Pack const& pack, bool in_order) {
    History history = told(events, pack);
    ContactState const before = history.contact;
    history.add(late(again, 100'000));
    bool const towards_truth = excess(history.contact, told(as_happened(events), pack).contact).empty();
    std::string const gained = excess(history.contact, before);
    if ((in_order || !towards_truth) && !gained.empty()) return "gained: " + gained;
    if (again.kind == Kind::subject_erased) return {};  // an erasure takes effect whenever it is recorded
    std::string const lost = excess(before, history.contact);
    return lost.empty() ? lost : "lost: " + lost;
}

BOOST_AUTO_TEST_SUITE(histories_of_a_contact)

BOOST_AUTO_TEST_CASE(invariants_hold_after_any_sequence) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        std::vector<Event> events = random_events(choose, 25);
        if (choose.once_in(2)) choose.shuffle(events);
        for (Event& event : events) {
            if (choose.once_in(2)) event.recorded = event.minutes + choose.below(500);
        }
        auto const first_pack = static_cast<std::size_t>(choose.below(6));
        require_holds(events, [=](std::vector<Event> const& some) { return sequence_fault(some, first_pack); });
    }
}

BOOST_AUTO_TEST_CASE(an_opt_out_that_is_the_last_to_happen_stands) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        Pack const& pack = random_pack(choose);
        std::vector<Event> events = random_events(choose, 15);
        while (!is_opt_out(events.back(), pack)) events.push_back(random_event(choose, events.back().minutes + 1));
        choose.shuffle(events);
        require_holds(events, [&](std::vector<Event> const& some) -> std::string {
            if (!is_opt_out(as_happened(some).back(), pack)) return {};
            return told(some, pack).contact.opted_in ? "opted in under " + std::string(pack.name) : std::string();
        });
    }
}

BOOST_AUTO_TEST_CASE(no_order_of_delivery_is_more_permissive_than_the_true_one) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        Pack const& pack = random_pack(choose);
        std::vector<Event> shuffled = random_events(choose, 10);
        choose.shuffle(shuffled);
        require_holds(shuffled, [&](std::vector<Event> const& some) {
            return excess(told(some, pack).contact, told(as_happened(some), pack).contact);
        });
    }
}

BOOST_AUTO_TEST_CASE(repeating_anything_changes_nothing) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories; ++i) {
        Pack const& pack = random_pack(choose);
        std::vector<Event> events = random_events(choose, 12);
        bool const in_order = choose.once_in(2);
        if (!in_order) choose.shuffle(events);
        Event const again = choose.among(events);
        require_holds(events, [&](std::vector<Event> const& some) -> std::string {
            bool const there =
                std::any_of(some.begin(), some.end(), [&](Event const& e) { return e.minutes == again.minutes; });
            return there ? repetition_fault(some, again, pack, in_order) : std::string();
        });
    }
}

/// Empty if a run that goes through the text form before each entry, as a service does that reads its projections, is the same.
std::string replay_fault(std::vector<Event> const& events, Pack const& pack) {
    History first;
    History second;
    first.pack = second.pack = pack;
    for (Event const& event : events) {
        Outcome const once = first.add(event);
        second.contact = contact_from_text(to_text(second.contact)).value();
        second.account = account_from_text(to_text(second.account)).value();
        Outcome const twice = second.add(event);
        if (once.state != twice.state) return "another state";
        if (once.raised != twice.raised) return "other findings";
        if (once.closed != twice.closed) return "other cures";
    }
    return first.contact == second.contact && first.account == second.account ? "" : "something was not in the text";
}

BOOST_AUTO_TEST_CASE(state_texts_are_exact_and_replay_equals_the_first_run) {
    Chooser choose(fresh_seed());
    for (int i = 0; i < histories / 4; ++i) {
        Pack const& pack = random_pack(choose);
        std::vector<Event> events = random_events(choose, 25);
        choose.shuffle(events);
        require_holds(events, [&](std::vector<Event> const& some) { return replay_fault(some, pack); });
    }
}

BOOST_AUTO_TEST_CASE(a_bad_history_is_made_small) {
    Chooser choose(fresh_seed());
    std::vector<Event> events = random_events(choose, 40);
    std::int64_t const m = events.back().minutes;
    events.insert(events.begin() + 1, {stop(m + 1), blocked(m + 2)});
    auto const fault = [&](std::vector<Event> const& some) -> std::string {
        bool const stopped = std::any_of(some.begin(), some.end(), [&](Event const& e) { return e.minutes == m + 1; });
        bool const block = std::any_of(some.begin(), some.end(), [&](Event const& e) { return e.minutes == m + 2; });
        return stopped && block ? "both" : "";
    };
    std::vector<Event> const small = shrunk(events, fault);
    BOOST_REQUIRE(small.size() == 2U);
    BOOST_TEST((small[0].kind == Kind::opt_out_stop));
    BOOST_TEST((small[1].kind == Kind::contact_blocked));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
