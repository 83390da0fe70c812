// Levels as a function of what evidence supports and when.
#include "ledger/consent/levels.hpp"

#include <algorithm>

namespace cl::consent {

Level highest(LevelTimes const& held) noexcept {
    if (held.promotional) return Level::promotional;
    if (held.informational) return Level::informational;
    return held.conversational ? Level::conversational : Level::none;
}

void support(LevelTimes& held, Level level, Millis time) noexcept {
    auto const raise = [time](std::optional<Millis>& at) { at = std::max(at.value_or(time), time); };
    switch (level) {
    case Level::none: break;
    case Level::conversational: raise(held.conversational); break;
    case Level::informational: raise(held.informational); break;
    case Level::promotional: raise(held.promotional); break;
    }
}

void drop_until(LevelTimes& held, Millis time) noexcept {
    for (std::optional<Millis>* const at : {&held.conversational, &held.informational, &held.promotional}) {
        if (*at && **at <= time) at->reset();
    }
}

void drop_until(ContactState& contact, Millis time) noexcept {
    drop_until(contact.held, time);
    for (auto& [id, list] : contact.lists) drop_until(list.held, time);
}

void drop_expired(LevelTimes& held, Pack const& pack, Millis now) noexcept {
    auto const drop = [&](std::optional<Millis>& at, Level level) {
        if (at && has_expired(pack, level, *at, now)) at.reset();
    };
    drop(held.conversational, Level::conversational);
    drop(held.informational, Level::informational);
    drop(held.promotional, Level::promotional);
}

void drop_all(ContactState& contact) noexcept {
    contact.held = {};
    for (auto& [id, list] : contact.lists) list.held = {};
}

void refresh_levels(ContactState& contact) noexcept {
    contact.level = contact.opted_in ? highest(contact.held) : Level::none;
    for (auto& [id, list] : contact.lists) {
        list.level = contact.opted_in ? highest(list.held) : Level::none;
        contact.level = std::max(contact.level, list.level);
    }
}

}  // namespace cl::consent
