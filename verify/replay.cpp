#include "verify/replay.hpp"

#include "ledger/core/limits.hpp"
#include "verify/catalogue.hpp"
#include "verify/words.hpp"

namespace cl::verify {

void Replay::do_not_evaluate(std::string const& why, Subjects const& subjects) {
    bool const room = reasons_.size() < limits::verify_names || reasons_.contains(why);
    ++reasons_[room ? why : "other kinds of entries that this program does not know"];
    if (subjects.contact != nullptr) {
        subjects.contact->unsure = true;
    } else if (subjects.account != nullptr) {
        subjects.account->unsure = true;
    } else {
        all_unsure_ = true;
    }
}

void Replay::skip(Item const& item, Subjects const& subjects) {
    if (item.envelope) {
        do_not_evaluate("entries of format version " + std::to_string(item.envelope->version), Subjects{});
        return;
    }
    // A fault of the bytes: an integrity finding says so already, and what follows cannot be judged against it.
    if (subjects.contact != nullptr) {
        subjects.contact->unsure = true;
    } else if (subjects.account == nullptr) {
        all_unsure_ = true;
    }
}

void Replay::compare(Entry const& entry, consent::Outcome const& outcome, OpenItems& open) {
    if (entry.state == outcome.state) {
        return;
    }
    auto const words = [](std::optional<StateAfter> const& state) { return state ? describe(*state) : std::string("none"); };
    consent::Finding finding;
    finding.id = state_rule().id;
    finding.severity = state_rule().severity;
    finding.seq = entry.seq;
    finding.what = "recorded: " + words(entry.state) + "; replayed: " + words(outcome.state) + " (pack " +
                   (entry.policy ? entry.policy->pack + ", rules revision " + std::to_string(entry.policy->rules) : "texting") +
                   ")";
    findings_.raise(finding, entry, open);
}

void Replay::apply(Item const& item, Subjects const& subjects) {
    Entry const& entry = *item.entry;
    if (!item.kind) {
        do_not_evaluate("entries of kind " + printable(entry.kind), subjects);
        return;
    }
    if (item.content_fault) {
        skip(item, subjects);
        return;
    }
    consent::Pack const* const pack = entry.policy ? consent::find_pack(*entry.policy) : &consent::texting_pack();
    if (pack == nullptr) {
        do_not_evaluate("entries of policy pack " + printable(entry.policy->pack) + ", rules revision " +
                            std::to_string(entry.policy->rules),
                        subjects);
        return;
    }
    if (all_unsure_ || subjects.account->unsure || (subjects.contact != nullptr && subjects.contact->unsure)) {
        ++depending_;
        return;
    }
    ContactSlot* const contact = subjects.contact;
    PackedItems& packed = contact != nullptr ? contact->open : subjects.account->open;
    OpenItems open = packed.items();
    if (contact != nullptr) {
        findings_.lend(open, contact->state);
    }
    consent::Outcome const outcome =
        consent::apply(entry, *item.kind, *pack, subjects.account->state, contact != nullptr ? &contact->state : nullptr);
    ++judged_;
    for (consent::Finding const& finding : outcome.raised) {
        findings_.raise(finding, entry, open);
    }
    for (consent::Closed const& closed : outcome.closed) {
        findings_.cure(closed, open);
    }
    compare(entry, outcome, open);
    if (observe_) {
        observe_({entry, *item.kind, *pack, subjects.account->state, contact != nullptr ? &contact->state : nullptr, outcome});
    }
    if (contact != nullptr) {
        findings_.take_back(open, contact->state);
    }
    packed.assign(open);
}

std::vector<Incomplete> Replay::incomplete() const {
    std::vector<Incomplete> all;
    for (auto const& [why, count] : reasons_) {
        all.push_back({"Rules not evaluated for " + counted(count, "entry", "entries") + ": " + why +
                           ", which this program does not know.",
                       "Verify with the release that wrote them, or a newer one.", true});
    }
    if (depending_ > 0) {
        all.push_back({"Rules not evaluated for " + counted(depending_, "later entry", "later entries") +
                           ": they depend on entries that could not be read or judged.",
                       "Resolve what is said about those first.", true});
    }
    return all;
}

}  // namespace cl::verify
