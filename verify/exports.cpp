#include "verify/exports.hpp"

#include "ledger/core/bundle_format.hpp"
#include "verify/catalogue.hpp"
#include "verify/words.hpp"

namespace cl::verify {
namespace {

namespace scope = bundle_format::scope;

std::int64_t number(json::Object const& data, std::string_view name) {
    json::Value const* const value = data.find(name);
    return value != nullptr && value->as_int() != nullptr ? *value->as_int() : -1;
}

}  // namespace

void Exports::see(Seq seq, Subjects const& subjects) {
    recent_.push_back({seq, subjects.account, subjects.contact});
    if (recent_.size() > window_) recent_.pop_front();
}

/// How many entries the contact, or without one the account, had when the log had `size`: what it has now without those since.
std::optional<std::int64_t> Exports::count_at(merkle::Size size, AccountSlot const* account, ContactSlot const* contact) const {
    std::int64_t count = contact != nullptr ? contact->count : account->count;
    bool const all_before = contact != nullptr && contact->last < size;
    bool const reaches = recent_.empty() || recent_.front().seq <= size;
    if (all_before) return count;
    if (!reaches) return std::nullopt;
    for (auto each = recent_.rbegin(); each != recent_.rend() && each->seq >= size; ++each) {
        count -= (contact != nullptr ? each->contact == contact : each->account == account) ? 1 : 0;
    }
    return count;
}

std::optional<consent::Finding> Exports::judge(Entry const& entry, Subjects const& subjects, Book const& book) {
    auto const lie = [&entry](std::string what) {
        return consent::Finding{std::string(export_rule().id), export_rule().severity, entry.seq, std::move(what)};
    };
    json::Object const& data = entry.data;
    std::string_view const kind = data.string("scope");
    merkle::Size const size = number(data, "tree_size");
    if (size > entry.seq) {
        return lie("it states a log of " + grouped(size) + " entries, and is itself number " + grouped(entry.seq + 1));
    }
    bool const of_contact = kind == scope::contact;
    auto const who = hash_from_hex(data.string("contact"));
    ContactSlot const* const contact = of_contact && who ? book.find(*subjects.account, *who) : nullptr;
    if (of_contact && contact == nullptr) return lie("it is about a contact that has no entry");
    auto const count = count_at(size, subjects.account, contact);
    if (!count) {
        ++not_compared_;
        return std::nullopt;
    }
    ++compared_;
    std::string_view const member = of_contact ? "contact_seq" : "account_seq";
    std::int64_t const stated = number(data, member);
    if (stated != *count) {
        return lie("it states " + std::string(member) + " " + std::to_string(stated) + " at " + grouped(size) +
                   " entries, and it was " + std::to_string(*count));
    }
    bool const whole = of_contact || kind == scope::account;
    in_part_ += whole ? 0 : 1;
    std::int64_t const entries = number(data, "entries");
    bool const part = kind == scope::list || kind == scope::range;  // no more than all of the account's
    if ((whole && entries != *count) || (part && entries > *count)) {
        return lie("it states " + counted(entries, "entry", "entries") + ", and there were " + grouped(*count));
    }
    return std::nullopt;
}

}  // namespace cl::verify
