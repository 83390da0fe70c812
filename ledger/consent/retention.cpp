#include "ledger/consent/retention.hpp"

#include "ledger/consent/facts.hpp"

#include <array>

namespace cl::consent {
namespace {

constexpr std::array<std::string_view, 6> names = {"nothing", "in_use", "keep", "due", "held", "erased"};

Retention status_of(ContactState const& contact, RetentionOf const& found, bool held, Millis now) noexcept {
    if (contact.erased && contact.opened_seq < 0) return Retention::erased;
    if (held) return Retention::held;
    if (!found.keep_until) return Retention::nothing;
    if (contact.opted_in && contact.level != Level::none) return Retention::in_use;
    return *found.keep_until <= now ? Retention::due : Retention::keep;
}

}  // namespace

RetentionOf retention_of(ContactState const& contact, Pack const& pack, bool held, Millis now) noexcept {
    RetentionOf found;
    found.last_act = newest_act(contact);
    if (found.last_act) found.keep_until = *found.last_act + pack.retention_ms;
    found.status = status_of(contact, found, held, now);
    return found;
}

std::optional<Error> not_due(RetentionOf const& found) {
    switch (found.status) {
    case Retention::due: return std::nullopt;
    case Retention::held: return fail(errc::hold, "a legal hold forbids it");
    case Retention::in_use: return fail(errc::refused_by_policy, "its consent is in use: the contact is opted in by it");
    case Retention::erased: return fail(errc::refused_by_policy, "it was erased, and nothing was recorded since");
    case Retention::keep:
    case Retention::nothing: break;
    }
    return fail(errc::refused_by_policy, found.keep_until
                                             ? "its record is needed until " + format_time(*found.keep_until)
                                             : std::string("there is no act on record from which its time would count"));
}

std::string_view name(Retention status) noexcept {
    return names[static_cast<std::size_t>(status)];
}

std::optional<Retention> retention_from(std::string_view text) noexcept {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == text) return static_cast<Retention>(i);
    }
    return std::nullopt;
}

}  // namespace cl::consent
