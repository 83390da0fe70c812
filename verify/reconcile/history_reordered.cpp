// Contacts whose entries arrived out of order: read once more, held in memory, and replayed for each time at which something happened.
#include "ledger/core/limits.hpp"
#include "verify/pipeline.hpp"
#include "verify/reconcile/history.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cl::verify::reconcile {
namespace {

consent::Pack const& pack_of(consent::AccountState const& account, Entry const& entry) {
    consent::Pack const* const pack = consent::pack_of_entry(account.policies, entry.seq);
    return pack != nullptr ? *pack : consent::texting_pack();
}

}  // namespace

void History::rebuild(Contact& contact, std::vector<Entry> const& entries) {
    std::set<Millis> times;
    for (Entry const& entry : entries) {
        times.insert(consent::order_key(entry));
    }
    contact.stretches.clear();
    contact.tracks.clear();
    contact.changes = 0;
    consent::AccountState definitions = definitions_[contact.account];
    for (Millis const time : times) {
        consent::ContactState state;
        consent::Outcome outcome;
        Entry const* newest = nullptr;
        for (Entry const& entry : entries) {
            Millis const key = consent::order_key(entry);
            auto const kind = consent::kind_from(entry.kind);
            if (key > time || !kind) {
                continue;
            }
            consent::Outcome const done = consent::apply(entry, *kind, pack_of(definitions, entry), definitions, &state);
            if (key == time) {
                newest = &entry;
                outcome = done;
            }
        }
        if (newest != nullptr) {
            note(contact, time, *newest, *consent::kind_from(newest->kind), state, outcome);
        }
    }
}

std::optional<Incomplete> History::read_again(std::filesystem::path const& ledger, merkle::Size entries) {
    std::unordered_map<Hash32, std::vector<Entry>, Hash32Hasher> held;
    std::size_t kept = 0;
    merkle::Size seen = 0;
    auto const take = [&](Prepared const& batch) {
        for (Item const& item : batch.items) {
            if (seen++ >= entries || !item.entry || !item.entry->contact) {
                continue;
            }
            auto const found = contacts_.find(*item.entry->contact);
            if (found == contacts_.end() || !found->second.reordered || found->second.too_long) {
                continue;
            }
            std::vector<Entry>& own = held[found->first];
            bool const room =
                kept < limits::reconcile_reordered_entries && own.size() < limits::reconcile_reordered_per_contact;
            if (!room) {
                kept -= own.size();
                own.clear();
                found->second.too_long = true;
                continue;
            }
            own.push_back(*item.entry);
            ++kept;
        }
    };
    auto source = open_source(ledger);
    std::optional<Error> failure = source ? run_pipeline(**source, 0, nullptr, 0, take) : std::optional(source.error());
    if (failure || seen < entries) {
        return Incomplete{
            "The ledger could not be read a second time: " +
                (failure ? printable(failure->detail, 4096) : std::string("it is shorter than before")) + ".",
            "Contacts whose entries arrived out of order were not judged. Take a copy of the ledger, and run again."};
    }
    for (auto const& [id, own] : held) {
        Contact& contact = contacts_.find(id)->second;
        if (!contact.too_long) {
            rebuild(contact, own);
        }
    }
    return std::nullopt;
}

std::vector<Incomplete> History::complete(std::filesystem::path const& ledger, merkle::Size entries) {
    std::vector<Incomplete> all;
    if (reordered_ > 0) {
        if (auto failure = read_again(ledger, entries)) {
            for (auto& [id, contact] : contacts_) {
                contact.too_long = contact.too_long || contact.reordered;
            }
            all.push_back(std::move(*failure));
        }
    }
    std::set<Hash32> left_out;
    for (auto& [id, contact] : contacts_) {
        contact.first_consent = first_consent(contact);
        for (auto* const asked : {&contact.triggers, &contact.off_list}) {
            std::stable_sort(asked->begin(), asked->end(), [](Asked const& a, Asked const& b) { return a.at < b.at; });
        }
        if (contact.too_long) {
            left_out.insert(id);
        }
    }
    if (!left_out.empty() && all.empty()) {
        std::string names;
        for (auto id = left_out.begin(); id != left_out.end() && names.size() < 200; ++id) {
            names += " " + shortened(*id);
        }
        all.push_back(
            {"Sends to " + counted(static_cast<std::int64_t>(left_out.size()), "contact", "contacts") +
                 " cannot be judged: " + (ambiguous_ > 0 ? "two accounts claim the same contact, or there are" : "there are") +
                 " more changes, or more entries out of order, than are held in memory. The first of them:" + names,
             "Read the history of these contacts by hand."});
    }
    return all;
}

}  // namespace cl::verify::reconcile
