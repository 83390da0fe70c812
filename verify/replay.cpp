#include "verify/replay.hpp"

#include "ledger/core/limits.hpp"
#include "verify/catalogue.hpp"
#include "verify/words.hpp"

namespace cl::verify {

namespace {

PolicyRef named(consent::Policy const& policy) {
    return {policy.pack, policy.rules};
}

PolicyRef named(consent::Pack const& pack) {
    return {std::string(pack.name), pack.rules};
}

std::string words(PolicyRef const& policy) {
    return "pack " + printable(policy.pack) + ", rules revision " + std::to_string(policy.rules);
}

std::string words(std::optional<StateAfter> const& state) {
    return state ? describe(*state) : std::string("none");
}

}  // namespace

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

void Replay::compare(Entry const& entry, consent::Pack const& pack, consent::Outcome const& outcome, OpenItems& open) {
    PolicyRef const in_force = named(pack);
    bool const other_pack = entry.policy && *entry.policy != in_force;
    if (entry.state == outcome.state && !other_pack) {
        return;
    }
    consent::Finding finding;
    finding.id = state_rule().id;
    finding.severity = state_rule().severity;
    finding.seq = entry.seq;
    finding.what = "recorded: " + words(entry.state) + "; replayed: " + words(outcome.state) + " (" + words(in_force) + ")";
    if (other_pack) {
        finding.what += "; the entry says that it was judged by " + words(*entry.policy) + ", which was not in force";
    }
    findings_.raise(finding, entry, open);
}

void Replay::raise(consent::Finding const& finding, Entry const& entry, Subjects const& subjects) {
    OpenItems open = subjects.account->open.items();
    findings_.raise(finding, entry, open);
    subjects.account->open.assign(open);
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
    consent::Pack const* const in_force = consent::pack_in_force(subjects.account->state.policies);
    bool const judged_by_unknown = entry.policy && consent::find_pack(*entry.policy) == nullptr;
    if (judged_by_unknown || (in_force == nullptr && subjects.contact != nullptr)) {
        PolicyRef const unknown = judged_by_unknown ? *entry.policy : named(subjects.account->state.policies.back());
        do_not_evaluate("entries of policy " + words(unknown), subjects);
        return;
    }
    // No pack has a say in what an account defines.
    consent::Pack const* const pack = in_force != nullptr ? in_force : &consent::texting_pack();
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
    compare(entry, *pack, outcome, open);
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
