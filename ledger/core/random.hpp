// Randomness as something that is passed in, so that tests can make ledgers that are equal to the byte.
#pragma once

#include "ledger/core/hash32.hpp"

#include <cstddef>
#include <span>
#include <string>

namespace cl {

/// Implementations are safe to call from any thread.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// libsodium's generator.
class SystemRandom final : public Random {
public:
    SystemRandom();
    void fill(std::span<std::uint8_t> out) override;
};

[[nodiscard]] Hash32 random_hash(Random& random);

}  // namespace cl
