#include "verify/chain.hpp"

#include "verify/words.hpp"

#include <algorithm>

namespace cl::verify {

void Chain::add(std::string_view id, Seq seq, std::string what) {
    log_.add({id, seq, std::nullopt, std::move(what)});
}

void Chain::break_at(Seq seq) {
    lenient_ = true;
    broken_at_ = broken_at_ ? std::min(*broken_at_, seq) : seq;
}

Chain::Place Chain::place_of_row(Seq row, std::optional<Seq> written) {
    if (row > expected_) {
        add(check::missing, expected_,
            row == expected_ + 1
                ? "entry " + std::to_string(expected_) + " is missing"
                : "the entries " + std::to_string(expected_) + " to " + std::to_string(row - 1) + " are missing");
        break_at(expected_);
    }
    expected_ = row + 1;
    if (written && *written != row) {
        add(check::misplaced, row,
            "row " + std::to_string(row) + " holds what was written as entry " + std::to_string(*written));
        break_at(row);
        return {row, false};
    }
    return {row, true};
}

Chain::Place Chain::place_of_line(std::optional<Seq> written) {
    Seq const seq = written.value_or(expected_);
    std::string const line = "line " + std::to_string(seen_ + 1);
    if (seq < expected_) {
        add(check::misplaced, seq, line + " holds entry " + std::to_string(seq) + " again, or too late");
        break_at(seq);
        return {seq, false};
    }
    if (seq > expected_) {
        add(check::missing, expected_,
            line + " holds entry " + std::to_string(seq) + " where entry " + std::to_string(expected_) + " should stand");
        break_at(expected_);
    }
    expected_ = seq + 1;
    return {seq, true};
}

void Chain::check_fault(Item const& item, Place const& place) {
    if (!item.fault || item.envelope) {
        return;
    }
    bool const readable = item.fault->code == errc::entry_not_canonical;
    std::string const at = item.fault->pointer.empty() ? "" : " at " + printable(item.fault->pointer);
    add(readable ? check::not_canonical : check::not_an_entry, place.seq, printable(item.fault->detail) + at);
}

void Chain::check_prev(Hash32 const& prev, Seq seq) {
    if (seq == 0 && prev != Hash32{}) {
        add(check::chain, 0, "the first entry points to an entry before it");
    } else if (seq > 0 && previous_ == seq - 1 && prev != previous_leaf_) {
        add(check::chain, seq - 1,
            "entry " + std::to_string(seq) + " was written after another version of entry " + std::to_string(seq - 1));
    }
}

Chain::Place Chain::place(Item const& item) {
    std::optional<Seq> written;
    Hash32 const* prev = nullptr;
    if (item.entry) {
        written = item.entry->seq;
        prev = &item.entry->prev;
    } else if (item.envelope) {
        written = item.envelope->seq;
        prev = &item.envelope->prev;
    }
    Place const place = item.place ? place_of_row(*item.place, written) : place_of_line(written);
    check_fault(item, place);
    if (prev != nullptr && place.in_order) {
        check_prev(*prev, place.seq);
    }
    lenient_ = lenient_ || !item.entry;
    // After an entry in the wrong place nothing can be said about the link of the next one.
    previous_ = place.in_order ? std::optional<Seq>(place.seq) : std::nullopt;
    previous_leaf_ = item.leaf;
    ++seen_;
    return place;
}

void Chain::check_time(Entry const& entry) {
    if (last_time_ && entry.recorded_at < *last_time_) {
        add(check::time, entry.seq,
            "recorded at " + format_time(entry.recorded_at) + ", after an entry of " + format_time(*last_time_));
    }
    first_time_ = first_time_ ? first_time_ : entry.recorded_at;
    last_time_ = entry.recorded_at;
}

void Chain::link(Entry const& entry, Item const& item, Subjects const& subjects) {
    check_time(entry);
    if ((entry.seq == 0) != (item.kind == consent::Kind::ledger_created)) {
        add(check::beginning, entry.seq,
            entry.seq == 0 ? "the first entry is not ledger.created" : "ledger.created stands in the middle of the log");
    }
    if (item.content_fault) {
        std::string const at = item.content_fault->pointer.empty() ? "" : " at " + printable(item.content_fault->pointer);
        add(check::content, entry.seq, printable(item.content_fault->detail) + at);
    }
    if (entry.account_seq) {
        std::int64_t const due = subjects.account->count + 1;
        if (*entry.account_seq != due && !(lenient_ && *entry.account_seq > due)) {
            add(check::account_count, entry.seq,
                "account " + printable(entry.account) + ": its entry " + std::to_string(due) +
                    " should stand here, and this is number " + std::to_string(*entry.account_seq));
        }
        subjects.account->count = *entry.account_seq;
    }
    if (subjects.contact == nullptr || !entry.contact_seq) {
        return;
    }
    ContactSlot& contact = *subjects.contact;
    std::int64_t const due = contact.count + 1;
    bool const jumped = lenient_ && *entry.contact_seq > due;
    if (*entry.contact_seq != due && !jumped) {
        add(check::contact_count, entry.seq,
            "contact " + shortened(*entry.contact) + ": its entry " + std::to_string(due) +
                " should stand here, and this is number " + std::to_string(*entry.contact_seq));
    } else if (!jumped && entry.contact_prev.value_or(-1) != contact.last) {
        add(check::contact_count, entry.seq,
            "contact " + shortened(*entry.contact) + ": does not point back to its entry before, which is entry " +
                std::to_string(contact.last));
    }
    contact.count = *entry.contact_seq;
    contact.last = entry.seq;
}

}  // namespace cl::verify
