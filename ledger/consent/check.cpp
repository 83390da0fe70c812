// The reasons against a message, the gravest first.
#include "ledger/consent/check.hpp"

#include "ledger/consent/levels.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {
namespace {

struct Named {
    CheckReason reason;
    std::string_view name;
};
constexpr std::array<Named, 11> reasons = {{
    {CheckReason::ok, "ok"},
    {CheckReason::unknown_number, "unknown_number"},
    {CheckReason::opted_out, "opted_out"},
    {CheckReason::blocked, "blocked"},
    {CheckReason::level_too_low, "level_too_low"},
    {CheckReason::not_a_member, "not_a_member"},
    {CheckReason::list_optout_pending, "list_optout_pending"},
    {CheckReason::review_open, "review_open"},
    {CheckReason::consent_disputed, "consent_disputed"},
    {CheckReason::consent_expired, "consent_expired"},
    {CheckReason::erased, "erased"},
}};

std::optional<Seq> known(Seq seq) noexcept {
    return seq < 0 ? std::nullopt : std::optional(seq);
}

CheckAnswer by(CheckReason reason, std::optional<Mark> const& mark, Seq otherwise) noexcept {
    if (mark) return {reason, mark->seq, mark->key};
    return {reason, known(otherwise), std::nullopt};
}

/// Out, by whatever came last: an opt-out, or a block that has been lifted since.
CheckAnswer opted_out(ContactState const& contact) noexcept {
    std::optional<Mark> last = contact.revoked;
    if (contact.blocked_mark && (!last || contact.blocked_mark->key > last->key)) last = contact.blocked_mark;
    return by(CheckReason::opted_out, last, contact.since_seq);
}

bool may_confirm(ContactState const& contact, Pack const& pack, Millis now) noexcept {
    std::optional<Mark> const& mark = contact.customer_revoked;
    return mark && now >= mark->key && now - mark->key <= pack.confirmation_window_ms;
}

std::optional<CheckAnswer> disputed(ContactState const& contact) {
    for (Finding const& open : contact.open) {
        if (open.severity == Severity::critical && (open.id == "CL-002" || open.id == "CL-030")) {
            return CheckAnswer{CheckReason::consent_disputed, open.seq, std::nullopt};
        }
    }
    return std::nullopt;
}

/// The contact asked to be taken off the list, or stands on the list of those who did (S20).
std::optional<CheckAnswer> off_list(AccountState const& account, ContactState const& contact, std::string_view list) {
    auto const found = contact.lists.find(list);
    if (found != contact.lists.end() && list_opt_out_stands(found->second)) {
        return by(CheckReason::list_optout_pending, found->second.opted_out, found->second.seq);
    }
    for (auto const& [id, membership] : contact.lists) {
        auto const defined = account.lists.find(id);
        if (membership.member && defined != account.lists.end() && defined->second.opt_out_of == list) {
            return CheckAnswer{CheckReason::list_optout_pending, membership.seq, membership.added_at};
        }
    }
    if (found == contact.lists.end()) return CheckAnswer{CheckReason::not_a_member, std::nullopt, std::nullopt};
    if (!found->second.member) return CheckAnswer{CheckReason::not_a_member, found->second.seq, found->second.removed_at};
    return std::nullopt;
}

/// What speaks for the list: `general` is consent that names none.
struct HeldFor {
    LevelTimes named;
    LevelTimes general;
};

HeldFor held_for(ContactState const& contact, std::string_view list) noexcept {
    HeldFor held{{}, contact.held};
    if (!contact.opted_in) return {};
    auto const found = contact.lists.find(list);
    if (list.empty() || found == contact.lists.end()) return held;
    // A request to be taken off the list ends what had been given for all lists until then, for this one.
    if (found->second.floor) drop_until(held.general, *found->second.floor);
    held.named = found->second.held;
    return held;
}

Level level_without_end(ContactState const& contact, std::string_view list) noexcept {
    HeldFor const held = held_for(contact, list);
    return std::max(highest(held.named), highest(held.general));
}

/// Nothing is left of a consent that came to its end, by an entry or by the pack.
bool expired(ContactState const& contact, std::string_view list, Level needed) noexcept {
    // What was held for long enough, had the pack no end to it.
    if (level_without_end(contact, list) >= needed) return true;
    if (level_without_end(contact, list) != Level::none) return false;
    if (contact.floor) return true;
    auto const found = contact.lists.find(list);
    return found != contact.lists.end() && found->second.floor.has_value();
}

CheckAnswer check_campaign(CheckMessage const& message, Pack const& pack, AccountState const& account,
                           ContactState const& contact, Millis now) {
    auto const review = std::find_if(contact.obligations.begin(), contact.obligations.end(),
                                     [](Obligation const& open) { return open.kind == "review"; });
    if (review != contact.obligations.end()) return {CheckReason::review_open, review->seq, review->opened_at};
    if (!message.list.empty()) {
        if (std::optional<CheckAnswer> const against = off_list(account, contact, message.list)) return *against;
    }
    Level const needed = level_required(account, message.list);
    if (level_for(contact, message.list, pack, now) < needed) {
        auto const reason = expired(contact, message.list, needed) ? CheckReason::consent_expired : CheckReason::level_too_low;
        return {reason, known(contact.since_seq), std::nullopt};
    }
    return {CheckReason::ok, known(contact.since_seq), std::nullopt};
}

}  // namespace

std::optional<MessageType> message_type_from(std::string_view text) noexcept {
    if (text == "one_to_one") return MessageType::one_to_one;
    if (text == "campaign") return MessageType::campaign;
    if (text == "confirmation") return MessageType::confirmation;
    return std::nullopt;
}

std::string_view name(CheckReason reason) noexcept {
    auto const found = std::find_if(reasons.begin(), reasons.end(), [&](Named const& one) { return one.reason == reason; });
    return found == reasons.end() ? std::string_view{} : found->name;
}

Level level_required(AccountState const& account, std::string_view list) noexcept {
    auto const defined = account.lists.find(list);
    bool const says = defined != account.lists.end() && defined->second.level_required != Level::none;
    return says ? defined->second.level_required : Level::informational;
}

Level level_for(ContactState const& contact, std::string_view list, Pack const& pack, Millis now) noexcept {
    HeldFor held = held_for(contact, list);
    drop_expired(held.named, pack, now);
    drop_expired(held.general, pack, now);
    return std::max(highest(held.named), highest(held.general));
}

CheckAnswer check(CheckMessage const& message, Pack const& pack, AccountState const& account, ContactState const* contact,
                  Millis now) {
    if (contact == nullptr || contact->contact_seq == 0) return {};
    if (contact->erased) return by(CheckReason::erased, contact->revoked, contact->since_seq);
    if (contact->blocked) return by(CheckReason::blocked, contact->blocked_mark, contact->since_seq);
    if (!contact->opted_in) {
        bool const confirms = message.type == MessageType::confirmation && may_confirm(*contact, pack, now);
        if (confirms) return by(CheckReason::ok, contact->customer_revoked, contact->since_seq);
        return opted_out(*contact);
    }
    if (std::optional<CheckAnswer> const dispute = disputed(*contact)) return *dispute;
    if (message.type == MessageType::campaign) return check_campaign(message, pack, account, *contact, now);
    return {CheckReason::ok, known(contact->since_seq), std::nullopt};
}

}  // namespace cl::consent
