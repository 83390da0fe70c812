// Where the ledger and the platform or the carrier know different things of a number.
#include "verify/reconcile/rule.hpp"

namespace cl::verify::reconcile {
namespace {

/// An opt-out that the ledger has a little later than the carrier: the same one, on its way.
bool out_soon_after(Case const& c) {
    Stretch const* const then = stretch_at(*c.contact, c.send.at + c.settings.propagation_ms);
    return then != nullptr && !then->opted_in;
}

constexpr std::int32_t carrier_says_out = 0;
constexpr std::int32_t ledger_says_out = 1;

}  // namespace

Verdict platform_drift(Case const& c) {
    if (c.send.outcome == Outcome::opted_out && c.in() && !out_soon_after(c)) {
        return Facts{c.standing->seq, c.standing->at, carrier_says_out};
    }
    bool const let_through = c.send.outcome == Outcome::delivered && c.out() && !c.may_confirm() &&
                             c.send.type != SendType::confirmation && c.since_out() > c.settings.propagation_ms;
    return let_through ? Verdict(Facts{c.standing->out_seq, c.standing->out_at, ledger_says_out}) : std::nullopt;
}

Verdict sent_to_unknown(Case const& c) {
    bool const never_in = c.known() && !c.standing->opted_in && !c.standing->blocked && c.standing->cause == Cause::none;
    if (!c.went_out() || (c.known() && !never_in)) {
        return std::nullopt;
    }
    if (never_in) {
        return Facts{c.standing->seq, c.standing->at, 2};
    }
    bool const later = c.contact != nullptr && !c.contact->stretches.empty();
    return later ? Facts{c.contact->stretches.front().seq, c.contact->stretches.front().at, 1} : Facts{};
}

Verdict excused_afterwards(Case const& c) {
    bool const excused = c.went_out() && c.in() && c.standing->backdated && c.send.at < c.standing->recorded_at;
    return excused ? Verdict(Facts{c.standing->seq, c.standing->recorded_at, 0}) : std::nullopt;
}

std::string drift_words(Facts const& facts, Millis at) {
    std::string const entry = "entry " + std::to_string(facts.seq);
    if (facts.detail == carrier_says_out) {
        return "refused as opted out, but in by " + entry + ", " + elapsed(at - facts.since) + " before";
    }
    return "delivered " + elapsed(at - facts.since) + " after the opt-out in " + entry;
}

std::string unknown_words(Facts const& facts, Millis) {
    if (facts.detail == 0) {
        return "the ledger never heard of this contact";
    }
    return facts.detail == 1 ? "first heard of later, in entry " + std::to_string(facts.seq)
                             : "known since entry " + std::to_string(facts.seq) + ", but never opted in by then";
}

std::string excused_words(Facts const& facts, Millis at) {
    return "allowed only by entry " + std::to_string(facts.seq) + ", recorded " + elapsed(facts.since - at) + " after the send";
}

std::string first_message_words(Facts const& facts, Millis at) {
    return "first consent, by its evidence, " + elapsed(facts.since - at) + " after this message";
}

std::string elapsed(Millis time) {
    constexpr Millis minute = 60'000;
    constexpr Millis hour = 60 * minute;
    constexpr Millis day = 24 * hour;
    if (time < 2 * minute) {
        return std::to_string(time / 1000) + " s";
    }
    if (time < 2 * hour) {
        return std::to_string(time / minute) + " min";
    }
    return time < 2 * day ? std::to_string(time / hour) + " h" : std::to_string(time / day) + " days";
}

}  // namespace cl::verify::reconcile
