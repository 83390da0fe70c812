// Random bytes that are the same in every run of the same seed. For tests: ledgers that are equal to the byte.
//
// Threads: any; one object's bytes are in order only on one thread.
#pragma once

#include "ledger/core/random.hpp"

#include <cstdint>
#include <mutex>
#include <random>

namespace cl::test {

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> out) override {
        std::lock_guard const lock(mutex_);
        for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(engine_() & 0xff);
    }

private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

}  // namespace cl::test
