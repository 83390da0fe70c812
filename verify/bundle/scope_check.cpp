#include "verify/bundle/scope_check.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::bundle {
namespace {

namespace scope = bundle_format::scope;
using consent::Kind;

/// What entries are judged by, and who signs them.
bool belongs_in_context(Kind kind) {
    constexpr std::array kinds = {
        Kind::ledger_created, Kind::ledger_restored, Kind::key_rotated,        Kind::account_defined,  Kind::actor_defined,
        Kind::list_defined,   Kind::trigger_defined, Kind::disclosure_defined, Kind::policy_activated, Kind::export_issued};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

bool ScopeCheck::of_whole_account() const {
    return manifest_.scope.kind == scope::account || manifest_.scope.kind == scope::range;
}

void ScopeCheck::check_subject(Entry const& entry) {
    if (entry.account != manifest_.account) {
        findings_.add(
            check::scope, entry.seq,
            "the bundle is of account " + printable(manifest_.account) + ", the entry of \"" + printable(entry.account) + "\"");
    }
    if (manifest_.scope.contact && entry.contact != manifest_.scope.contact) {
        findings_.add(check::scope, entry.seq,
                      "the bundle is of contact " + shortened(*manifest_.scope.contact) + ", the entry of " +
                          (entry.contact ? shortened(*entry.contact) : "none"));
    }
    if (manifest_.scope.kind == scope::list && !entry.contact) {
        findings_.add(check::scope, entry.seq, "the bundle is of contacts of a list, and the entry is of none");
    }
    if (entry.seq >= manifest_.tree_size) {
        findings_.add(check::scope, entry.seq,
                      "the log was read up to " + grouped(manifest_.tree_size) + " entries, and this one comes later");
    }
}

void ScopeCheck::check_account_count(Entry const& entry) {
    std::int64_t const count = entry.account_seq.value_or(0);
    bool const starts = entries_ == 0;
    if (of_whole_account() && !(starts && manifest_.scope.kind == scope::range) && count != last_account_seq_ + 1) {
        findings_.add(check::account_count, entry.seq,
                      "entry " + std::to_string(last_account_seq_ + 1) +
                          " of the account should stand here, and this is number " + std::to_string(count));
    }
    if (starts) first_account_seq_ = count;
    last_account_seq_ = count;
}

void ScopeCheck::check_contact_count(Entry const& entry, ContactSlot& slot) {
    std::int64_t const count = entry.contact_seq.value_or(0);
    bool const met = slot.last >= 0;
    bool const any = !met && manifest_.scope.kind == scope::range;  // what came before lies before the range
    note_stranger(entry, met);
    if (!any && count != slot.count + 1) {
        findings_.add(check::contact_count, entry.seq,
                      "contact " + shortened(*entry.contact) + ": its entry " + std::to_string(slot.count + 1) +
                          " should stand here, and this is number " + std::to_string(count));
    } else if (!any && entry.contact_prev.value_or(-1) != slot.last) {
        findings_.add(check::contact_count, entry.seq,
                      "contact " + shortened(*entry.contact) + ": does not point back to its entry before, which is entry " +
                          std::to_string(slot.last));
    }
    slot.unsure = slot.unsure || (!met && count != 1);  // rules need the whole history
    slot.count = count;
    slot.last = entry.seq;
    last_contact_seq_ = count;
}

bool ScopeCheck::is_outside(Entry const& entry) const noexcept {
    return is_before(entry) || is_behind(entry);
}
bool ScopeCheck::is_before(Entry const& entry) const noexcept {
    return manifest_.scope.since && entry.recorded_at < *manifest_.scope.since;
}
bool ScopeCheck::is_behind(Entry const& entry) const noexcept {
    return manifest_.scope.until && entry.recorded_at >= *manifest_.scope.until;
}

/// `met`: an entry before was of the same contact.
void ScopeCheck::note_stranger(Entry const& entry, bool met) {
    if (!is_outside(entry)) {
        strangers_.erase(*entry.contact);
    } else if (!met) {
        strangers_.insert(*entry.contact);
    }
}

/// One entry may lie before the time asked for, the first, and one behind it, the last.
void ScopeCheck::check_range(Entry const& entry) {
    bool const early = is_before(entry);
    bool const late = is_behind(entry);
    if (early && entries_ > 0) {
        findings_.add(check::range, entry.seq, "it is a second entry from before the time that was asked for");
    }
    if (behind_) {
        findings_.add(check::range, entry.seq, "it is a second entry from behind the time that was asked for");
    }
    if (early && entries_ == 0) before_ = entry.seq;
    if (late && !behind_) behind_ = entry.seq;
}

/// The contact was put on the list by this entry.
void ScopeCheck::note_membership(Entry const& entry) {
    std::string const& list = manifest_.scope.list;
    bool const added = entry.state && entry.state->list && entry.state->list->id == list && entry.state->list->member;
    if (entry.contact && added) members_.insert(*entry.contact);
}

void ScopeCheck::take(Entry const& entry, Subjects const& subjects) {
    check_subject(entry);
    check_account_count(entry);
    if (manifest_.scope.kind == scope::range) check_range(entry);
    if (manifest_.scope.kind == scope::list) note_membership(entry);
    if (subjects.contact != nullptr) check_contact_count(entry, *subjects.contact);
    first_ = entries_ == 0 ? entry.seq : first_;
    last_ = entry.seq;
    ++entries_;
    if (is_outside(entry)) return;
    first_inside_ = inside_ == 0 ? entry.seq : first_inside_;
    last_inside_ = entry.seq;
    ++inside_;
}

void ScopeCheck::take_context(Entry const& entry, std::optional<Kind> kind) {
    bool const ours = entry.account.empty() || entry.account == manifest_.account;
    if (!ours || entry.contact || (kind && !belongs_in_context(*kind))) {
        findings_.add(check::scope, entry.seq,
                      "entries of kind " + printable(entry.kind) + (ours ? "" : " of another account") +
                          " do not belong in data/context.ndjson");
    }
}

void ScopeCheck::finish_range(Entry const* issued) {
    Scope const& range = manifest_.scope;
    if (range.since && !before_ && first_account_seq_ != 1) {
        findings_.add(check::range, first_,
                      "the entry before the first one is not shown, and this is number " + std::to_string(first_account_seq_) +
                          " of the account");
    }
    if (!range.since && first_account_seq_ != 1) {
        findings_.add(check::range, first_, "the account's first entries are not there");
    }
    json::Value const* const stated = issued != nullptr ? issued->data.find("account_seq") : nullptr;
    std::int64_t const end = stated != nullptr && stated->as_int() != nullptr ? *stated->as_int() : -1;
    if (!behind_ && issued != nullptr && last_account_seq_ != end) {
        findings_.add(check::range, last_,
                      "the entry behind the last one is not shown, and the account had " + grouped(end) +
                          " entries, of which this is number " + std::to_string(last_account_seq_));
    }
}

void ScopeCheck::finish_list(Book const& book) {
    book.each_contact([this](AccountSlot const&, Hash32 const& contact, ContactSlot const& slot) {
        if (!members_.contains(contact)) {
            findings_.add(check::scope, slot.last,
                          "contact " + shortened(contact) + " was never on list " + printable(manifest_.scope.list));
        }
    });
}

void ScopeCheck::finish(Book const& book, Entry const* issued) {
    if (entries_ == 0) {
        findings_.add(check::scope, std::nullopt, "there are no entries, and a bundle is never made without");
        return;
    }
    if (manifest_.scope.kind == scope::range) finish_range(issued);
    if (manifest_.scope.kind == scope::list) finish_list(book);
}

}  // namespace cl::verify::bundle
