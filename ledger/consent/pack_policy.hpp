// The pack in force for an account: chosen by policy.activated, or named by account.defined, from the entry after it on; with what the
// account overrides: docs/policy-packs.md "Activating one".
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/consent/pack.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/json.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cl::consent {

/// One activation. Equal if it says the same.
struct Policy {
    Seq seq = 0;       ///< the entry that activated it
    Millis since = 0;  ///< when that was recorded
    std::string pack;
    std::int64_t rules = 0;
    std::string overrides;                 ///< canonical JSON; empty: none
    std::shared_ptr<Pack const> in_force;  ///< with the overrides; null if this program does not know such a pack
    friend bool operator==(Policy const& a, Policy const& b) {
        return a.seq == b.seq && a.since == b.since && a.pack == b.pack && a.rules == b.rules && a.overrides == b.overrides &&
               (a.in_force == nullptr) == (b.in_force == nullptr);
    }
};

/// What `data` of a policy.activated asks for, at `at`. errc::invalid with a pointer (`/data/pack` …): a pack or a revision that this
/// program does not know, a digest that is not the pack's, an override that is unknown, out of range or looser than the pack, a date
/// that is wanting, or still to come.
[[nodiscard]] Result<Policy> read_policy(json::Object const& data, Millis at);
/// The pack of that name in its first revision, as account.defined names it. errc::invalid at `/data/pack`: unknown, or off until its
/// date is confirmed, which only policy.activated can do.
[[nodiscard]] Result<Policy> named_policy(std::string_view pack);
/// The pack with overrides, which are members of `overrides`. errc::invalid below `pointer`.
[[nodiscard]] Result<Pack> with_overrides(Pack const& pack, json::Object const& overrides, Millis at,
                                          std::string const& pointer);

/// Sets `in_force` of a policy that was read before, from its other members. False if this program cannot.
[[nodiscard]] bool restore(Policy& policy);

/// The activations of an account, oldest first, the newest limits::account_policies of them.
using Policies = std::vector<Policy>;
/// Adds what a stored policy.activated or account.defined (`activated`: which) says. What this program cannot make sense of is kept
/// as a pack that it does not know.
void add_policy(Policies& policies, Seq seq, json::Object const& data, Millis recorded_at, bool activated);
/// The pack for the next entry: `texting` if none was activated, null if it is none that this program knows.
[[nodiscard]] Pack const* pack_in_force(Policies const& policies) noexcept;
/// The same for the entry at `seq`, and for what happened at `time`. For what is older than all that are kept, `texting`.
[[nodiscard]] Pack const* pack_of_entry(Policies const& policies, Seq seq) noexcept;
[[nodiscard]] Pack const* pack_at(Policies const& policies, Millis time) noexcept;

}  // namespace cl::consent
