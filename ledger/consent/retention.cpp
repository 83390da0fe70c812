#include "ledger/consent/retention.hpp"

#include "ledger/consent/facts.hpp"

#include <array>

namespace cl::consent {
namespace {

constexpr std::array<std::string_view, 6> names = {"nothing", "in_use", "keep", "due", "held", "erased"};

Retention status_of(ContactState const& contact, RetentionOf const& found, bool held, Millis now) noexcept {
    if (contact.erased) return Retention::erased;
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
