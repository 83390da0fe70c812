// Private: what level of consent is held, and how evidence and revocations change it.
//
// Threads: pure functions on values, any thread.
#pragma once

#include "ledger/consent/state.hpp"

namespace cl::consent {

/// The highest level held.
[[nodiscard]] Level highest(LevelTimes const& held) noexcept;
/// Supports `level` as of `time`; an older support of the same level is superseded.
void support(LevelTimes& held, Level level, Millis time) noexcept;
/// Drops what is not later than `time`.
void drop_until(LevelTimes& held, Millis time) noexcept;
/// The same for the contact and all its lists.
void drop_until(ContactState& contact, Millis time) noexcept;
/// Drops what counts no more at `now`, by the pack (CL-060).
void drop_expired(LevelTimes& held, Pack const& pack, Millis now) noexcept;
/// Drops everything held.
void drop_all(ContactState& contact) noexcept;
/// Sets the contact's level and each list's from what is held: none while not opted in; the contact's is the highest of all.
void refresh_levels(ContactState& contact) noexcept;

}  // namespace cl::consent
