// The machine's randomness, through libsodium.
#include "ledger/core/random.hpp"

#include <sodium.h>

#include <stdexcept>

namespace cl {

SystemRandom::SystemRandom() {
    // Safe to repeat and from any thread (libsodium 1.0.12 and later).
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
}

void SystemRandom::fill(std::span<std::uint8_t> out) {
    randombytes_buf(out.data(), out.size());
}

Hash32 random_hash(Random& random) {
    Hash32 hash;
    random.fill(hash.bytes);
    return hash;
}

}  // namespace cl
