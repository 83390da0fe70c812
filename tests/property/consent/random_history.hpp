// Random events of one contact, from a seed that is printed.
#pragma once

#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

namespace cl::consent::test {

/// The seed of a run: printed, and settable by CL_TEST_SEED to repeat it.
[[nodiscard]] inline std::uint64_t fresh_seed() {
    char const* const given = std::getenv("CL_TEST_SEED");
    std::uint64_t const seed = given != nullptr ? std::stoull(given) : std::random_device{}();
    BOOST_TEST_MESSAGE("seed " << seed << " (set CL_TEST_SEED to repeat)");
    return seed;
}

class Chooser {
public:
    explicit Chooser(std::uint64_t seed) : engine_(seed) {}
    [[nodiscard]] std::int64_t below(std::int64_t n) { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(engine_); }
    [[nodiscard]] bool once_in(std::int64_t n) { return below(n) == 0; }
    template <class T>
    [[nodiscard]] T const& among(std::vector<T> const& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<std::int64_t>(choices.size())))];
    }
    template <class T>
    void shuffle(std::vector<T>& items) {
        std::shuffle(items.begin(), items.end(), engine_);
    }

private:
    std::mt19937_64 engine_;
};

[[nodiscard]] inline Pack const& random_pack(Chooser& choose) {
    return all_packs()[static_cast<std::size_t>(choose.below(static_cast<std::int64_t>(all_packs().size())))];
}

[[nodiscard]] inline std::string random_list(Chooser& choose) {
    return choose.among<std::string>({"a", "b"});
}

/// Up to two items, dated not later than `minutes`.
[[nodiscard]] inline std::vector<Evidence> random_evidence(Chooser& choose, std::int64_t minutes) {
    std::vector<Evidence> items;
    for (std::int64_t i = choose.below(3); i > 0; --i) {
        std::int64_t const when = minutes - choose.below(30);
        switch (choose.below(5)) {
        case 0: items.push_back(call(when)); break;
        case 1: items.push_back(form(when)); break;
        case 2: items.push_back(form(when, {random_list(choose)})); break;
        case 3: items.push_back(attestation(when)); break;
        default: items.push_back(sms(when)); break;
        }
    }
    return items;
}

/// Any event about a contact but its first, contact.added.
[[nodiscard]] inline Event random_event(Chooser& choose, std::int64_t m) {
    switch (choose.below(20)) {
    case 0:
    case 1: return stop(m);
    case 2:
    case 3: return hi(m);
    case 4:
    case 5:
    case 6: return ticked(m, random_evidence(choose, m));
    case 7: return unticked(m);
    case 8: return {Kind::opt_in_consent, m, {{"method", "form"}}, random_evidence(choose, m)};
    case 9:
    case 10: return consent(m, random_evidence(choose, m));
    case 11: return {Kind::opt_out_request, m, {{"via", "phone"}}};
    case 12: return {Kind::opt_out_request, m, {{"via", "web"}, {"list", random_list(choose)}}};
    case 13: return blocked(m);
    case 14: return unblocked(m);
    case 15: return joined(m, random_list(choose));
    case 16: return left(m, random_list(choose));
    case 17: return optout(m, random_list(choose));
    case 18:
        return choose.once_in(2) ? Event{Kind::consent_expired, m} : Event{Kind::consent_expired, m, list(random_list(choose))};
    default: return choose.once_in(2) ? Event{Kind::number_reassigned, m} : Event{Kind::subject_erased, m};
    }
}

/// What an event was, for the report of a failure.
[[nodiscard]] inline std::string describe(Event const& event) {
    std::string out = std::to_string(event.minutes) + " " + std::string(info(event.kind).name) + " " + json::write(event.data);
    for (Evidence const& item : event.evidence) {
        out += " " + item.kind + "@" + std::to_string((*item.occurred_at - at(0)) / minute);
        if (item.scope && !item.scope->lists.empty()) out += ":" + item.scope->lists.front();
    }
    return out;
}
[[nodiscard]] inline std::string describe(std::vector<Event> const& events) {
    std::string out;
    for (Event const& event : events) out += "\n  " + describe(event);
    return out;
}

/// The shortest history that this finds by leaving events out of a bad one, for which `fault` still has something to say.
template <class Fault>
[[nodiscard]] std::vector<Event> shrunk(std::vector<Event> events, Fault fault) {
    for (std::size_t at = 0; at < events.size();) {
        std::vector<Event> fewer = events;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
        bool const still = !fewer.empty() && !fault(fewer).empty();
        at = still ? 0 : at + 1;
        if (still) events = std::move(fewer);
    }
    return events;
}

/// Fails, with the shortest history that shows it, if `fault` is not empty for the events.
template <class Fault>
void require_holds(std::vector<Event> const& events, Fault fault) {
    std::string const why = fault(events);
    if (why.empty()) return;
    std::vector<Event> const small = shrunk(events, fault);
    BOOST_REQUIRE_MESSAGE(false, fault(small) << describe(small));
}

}  // namespace cl::consent::test
