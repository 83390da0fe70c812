// A pack as canonical JSON, and its digest: what an account's administrator agrees to in policy.activated
// (docs/policy-packs.md "Activating one").
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/consent/pack.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/json.hpp"

namespace cl::consent {

/// All of the pack: two packs with the same JSON judge every entry alike. Written by json::write it is RFC 8785.
[[nodiscard]] json::Object pack_json(Pack const& pack);
/// SHA-256 of that text.
[[nodiscard]] Hash32 pack_digest(Pack const& pack);

}  // namespace cl::consent
