// What a run trusts: the key, and the user's own memory of the ledger (trusted checkpoints, the pin); and how the ledger's own statements
// about itself (entry 0, trailer, head) fit to that.
//
// Threads: a function without state; its result is a plain value.
#pragma once

#include "verify/claims.hpp"
#include "verify/options.hpp"
#include "verify/pin.hpp"
#include "verify/source.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cl::verify {

enum class KeyFrom { none, file, pin, ledger, bundle };

/// What the entries themselves say of who signs them.
struct Identity {
    std::string origin;                        ///< empty if it cannot be read
    std::optional<note::VerifierKey> key;      ///< the one in force now
    std::vector<note::VerifierKey> earlier{};  ///< those that it took the place of
    bool first_only = false;                   ///< later entries, which may give it another name, are not read yet
};

/// Of the first entry; what is wrong with it goes into `log`.
[[nodiscard]] Identity identity_of(std::optional<std::string> const& first, IntegrityLog& log);

struct Trust {
    std::string origin;                    ///< as entry 0 states; empty if it cannot be read
    std::optional<note::VerifierKey> key;  ///< what signatures are checked with
    KeyFrom key_from = KeyFrom::none;
    std::optional<std::string> named;  ///< the given key is entry 0's under this other name
    std::vector<Claim> claims;
    std::optional<Pin> pin;  ///< as found
    std::vector<Incomplete> incomplete;
};

/// Reads the files named in `options`; what contradicts goes into `log`. `notes`: what the source states of itself.
[[nodiscard]] Trust establish_trust(Options const& options, Identity const& own, std::vector<FoundNote> const& notes,
                                    IntegrityLog& log);

}  // namespace cl::verify
