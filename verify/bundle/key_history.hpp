// Who signs the ledger, by its entries: ledger.created names the first key, key.rotated and ledger.restored the next ones.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/bundle/findings.hpp"
#include "verify/bundle/manifest.hpp"
#include "verify/item.hpp"
#include "verify/trust.hpp"

#include <optional>
#include <string>

namespace cl::verify::bundle {

class KeyHistory {
public:
    /// Every entry, in order.
    void see(Entry const& entry, consent::Kind kind, Findings& findings);
    /// As keys.json states it.
    [[nodiscard]] Keys const& keys() const noexcept { return keys_; }
    [[nodiscard]] Identity const& identity() const noexcept { return identity_; }
    /// The key that signed checkpoints of that size.
    [[nodiscard]] std::optional<note::VerifierKey> at(merkle::Size size) const;

private:
    void begin(Seq seq, std::string vkey, std::string origin, Findings& findings);

    Keys keys_;
    Identity identity_;
};

}  // namespace cl::verify::bundle
