#include "verify/reconcile/history.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::verify::reconcile {
namespace {

Cause cause_of(consent::Kind kind) noexcept {
    using consent::Kind;
    switch (kind) {
    case Kind::opt_out_stop:
    case Kind::opt_out_request:
    case Kind::trigger_fired: return Cause::customer;
    case Kind::opt_out_agent: return Cause::agent;
    case Kind::contact_blocked: return Cause::block;
    case Kind::number_reassigned: return Cause::reassigned;
    case Kind::subject_erased: return Cause::erased;
    default: return Cause::none;
    }
}

/// The stretch that begins with this entry, or nothing where it changes nothing that a send is judged by.
std::optional<Stretch> next_stretch(Stretch const* last, Millis at, Entry const& entry, consent::Kind kind,
                                    consent::ContactState const& after) {
    Stretch next = last != nullptr ? *last : Stretch{};
    // A request that concerns one list alone revokes nothing here.
    bool const revokes = kind == consent::Kind::contact_blocked || (after.revoked && after.revoked->seq == entry.seq);
    Cause const cause = !after.opted_in && revokes ? cause_of(kind) : Cause::none;
    bool const graver = !after.opted_in && cause > next.cause;
    bool const changed = last == nullptr || last->opted_in != after.opted_in || last->blocked != after.blocked || graver;
    if (!changed) {
        return std::nullopt;
    }
    next.at = at;
    next.recorded_at = entry.recorded_at;
    next.seq = entry.seq;
    next.backdated = false;
    next.opted_in = after.opted_in;
    next.blocked = after.blocked;
    if (after.opted_in) {
        next.cause = Cause::none;
        next.keyword = false;
    } else if (graver) {
        next.cause = cause;
        next.out_at = at;
        next.out_seq = entry.seq;
        next.keyword = kind == consent::Kind::opt_out_stop;
    }
    return next;
}

/// HELP, OPTOUT and every trigger with a reply of its own are answered (S17, S18).
bool owes_reply(std::string_view trigger, consent::AccountState const& account) {
    auto const defined = account.triggers.find(trigger);
    if (defined == account.triggers.end()) {
        return trigger == "HELP" || trigger == "OPTOUT";
    }
    return defined->second.has_reply || defined->second.cls != "custom";
}

/// Opens, renews or ends the grant of one level.
void note_grant(std::vector<Grant>& grants, Level level, std::optional<Millis> held, Millis at, Entry const& entry,
                consent::Kind kind) {
    auto const open = std::find_if(grants.rbegin(), grants.rend(),
                                   [level](Grant const& grant) { return grant.level == level && grant.open; });
    if (held && open == grants.rend()) {
        grants.push_back({.from = *held, .latest = *held, .seq = entry.seq, .level = level});
    } else if (held) {
        open->from = std::min(open->from, *held);
        open->latest = std::max(open->latest, *held);
    } else if (open != grants.rend()) {
        open->until = at;
        open->end_seq = entry.seq;
        open->open = false;
        open->expired = kind == consent::Kind::consent_expired;
    }
}

void note_grants(std::vector<Grant>& grants, consent::LevelTimes const& held, Millis at, Entry const& entry,
                 consent::Kind kind) {
    note_grant(grants, Level::conversational, held.conversational, at, entry, kind);
    note_grant(grants, Level::informational, held.informational, at, entry, kind);
    note_grant(grants, Level::promotional, held.promotional, at, entry, kind);
}

bool holds_any(consent::LevelTimes const& held) noexcept {
    return held.conversational || held.informational || held.promotional;
}

}  // namespace

std::uint32_t History::account_number(std::string const& name) {
    auto const [found, made] = accounts_.try_emplace(name, static_cast<std::uint32_t>(account_names_.size()));
    if (made) {
        account_names_.push_back(name);
        definitions_.emplace_back();
    }
    return found->second;
}

ListId History::list_number(std::string const& name) {
    auto const [found, made] = lists_.try_emplace(name, static_cast<ListId>(list_names_.size() + 1));
    if (made) {
        list_names_.push_back(name);
    }
    return found->second;
}

Contact& History::contact_of(Entry const& entry) {
    std::uint32_t const account = account_number(entry.account);
    auto const [found, made] = contacts_.try_emplace(*entry.contact);
    Contact& contact = found->second;
    if (made) {
        contact.number = static_cast<std::uint32_t>(contacts_.size() - 1);
        contact.account = account;
        contact.id = *entry.contact;
    } else if (contact.account != account) {
        ++ambiguous_;
        contact.too_long = true;
    }
    return contact;
}

void History::see(Replayed const& seen) {
    Entry const& entry = seen.entry;
    if (seen.kind == consent::Kind::ledger_created) {
        auto const check = hash_from_hex(entry.data.string("contact_key_check"));
        key_check_ = check ? std::optional(*check) : std::nullopt;
    }
    if (seen.contact == nullptr) {
        if (!entry.account.empty()) {
            definitions_[account_number(entry.account)] = seen.account;
        }
        return;
    }
    Contact& contact = contact_of(entry);
    Millis const key = consent::order_key(entry);
    if (key < contact.last_key && !contact.reordered) {
        contact.reordered = true;
        ++reordered_;
    }
    contact.last_key = std::max(contact.last_key, key);
    note_asked(contact, key, entry, seen.kind, seen.account);
    if (!contact.reordered) {
        note(contact, key, entry, seen.kind, *seen.contact, seen.outcome);
    }
}

Track& History::track(Contact& contact, ListId list) {
    auto const found =
        std::find_if(contact.tracks.begin(), contact.tracks.end(), [list](Track const& track) { return track.list == list; });
    if (found != contact.tracks.end()) {
        return *found;
    }
    contact.tracks.push_back({list, {}, {}});
    return contact.tracks.back();
}

void History::note(Contact& contact, Millis at, Entry const& entry, consent::Kind kind, consent::ContactState const& after,
                   consent::Outcome const& outcome) {
    contact.too_long = contact.too_long || contact.changes >= limits::reconcile_changes_per_contact;
    if (contact.too_long) {
        return;
    }
    Stretch const* const last = contact.stretches.empty() ? nullptr : &contact.stretches.back();
    if (auto next = next_stretch(last, at, entry, kind, after)) {
        next->backdated = after.opted_in && std::any_of(outcome.raised.begin(), outcome.raised.end(),
                                                        [](consent::Finding const& finding) { return finding.id == "CL-070"; });
        contact.stretches.push_back(*next);
        ++contact.changes;
    }
    if (holds_any(after.held) || track_of(contact, no_list) != nullptr) {
        std::vector<Grant>& grants = track(contact, no_list).grants;
        std::size_t const before = grants.size();
        note_grants(grants, after.held, at, entry, kind);
        contact.changes += static_cast<std::uint32_t>(grants.size() - before);
    }
    note_lists(contact, at, entry, kind, after);
}

void History::note_asked(Contact& contact, Millis at, Entry const& entry, consent::Kind kind,
                         consent::AccountState const& account) {
    bool const fired = kind == consent::Kind::trigger_fired && owes_reply(entry.data.string("trigger"), account);
    bool const narrow =
        kind == consent::Kind::opt_out_request && entry.data.string("via") == "text" && entry.data.contains("list");
    if (!fired && !narrow) {
        return;
    }
    if (contact.triggers.size() + contact.off_list.size() >= limits::reconcile_changes_per_contact) {
        contact.too_long = true;
        return;
    }
    (fired ? contact.triggers : contact.off_list).push_back({at, entry.seq});
}

void History::note_lists(Contact& contact, Millis at, Entry const& entry, consent::Kind kind,
                         consent::ContactState const& after) {
    for (auto const& [name, list] : after.lists) {
        Track& kept = track(contact, list_number(name));
        std::size_t const before = kept.grants.size() + kept.stretches.size();
        note_grants(kept.grants, list.held, at, entry, kind);
        ListStretch next{.at = at, .seq = entry.seq, .member = list.member, .asked_off = consent::list_opt_out_stands(list)};
        next.floor = list.floor.value_or(next.floor);
        if (next.asked_off) {
            next.asked_at = list.opted_out->key;
            next.asked_seq = list.opted_out->seq;
        }
        ListStretch const last = kept.stretches.empty() ? ListStretch{} : kept.stretches.back();
        bool const same = last.member == next.member && last.asked_off == next.asked_off && last.floor == next.floor;
        if (!same) {
            kept.stretches.push_back(next);
        }
        contact.changes += static_cast<std::uint32_t>(kept.grants.size() + kept.stretches.size() - before);
    }
}

Contact const* History::find(Hash32 const& contact) const {
    auto const found = contacts_.find(contact);
    return found == contacts_.end() ? nullptr : &found->second;
}

void History::each_contact(std::function<void(Contact const&)> const& visit) const {
    for (auto const& [id, contact] : contacts_) {
        visit(contact);
    }
}

std::optional<std::uint32_t> History::account_from(std::string_view name) const {
    auto const found = accounts_.find(name);
    return found == accounts_.end() ? std::nullopt : std::optional(found->second);
}

ListId History::list_from(std::string_view name) const {
    if (name.empty()) {
        return no_list;
    }
    auto const found = lists_.find(name);
    return found == lists_.end() ? unknown_list : found->second;
}

Level History::level_required(std::uint32_t account, ListId list) const {
    consent::AccountState const& definitions = definitions_[account];
    bool const known = list != no_list && list != unknown_list;
    auto const defined = known ? definitions.lists.find(list_name(list)) : definitions.lists.end();
    bool const says = defined != definitions.lists.end() && defined->second.level_required != Level::none;
    return says ? defined->second.level_required : Level::informational;
}

consent::Pack const& History::pack(std::uint32_t account, Millis at) const {
    consent::Pack const* const pack = consent::pack_at(definitions_[account].policies, at);
    return pack != nullptr ? *pack : consent::texting_pack();
}

}  // namespace cl::verify::reconcile
