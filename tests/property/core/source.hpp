// Seeded randomness for property tests. The seed is printed; CL_SEED=<number> repeats a run.
//
// Threads: a Source belongs to one test.
#pragma once

#include "ledger/core/hash32.hpp"
#include "ledger/core/json.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace cl::test {

class Source {
public:
    Source() : seed_(chosen_seed()), engine_(seed_) {
        BOOST_TEST_MESSAGE("seed " << seed_ << " (repeat with CL_SEED=" << seed_ << ")");
    }

    /// Uniform in [low, high].
    std::int64_t number(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(engine_);
    }
    bool coin() { return number(0, 1) == 1; }
    template <class Choices>
    auto const& one_of(Choices const& choices) {
        return choices[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(std::size(choices)) - 1))];
    }
    Hash32 hash() {
        Hash32 out;
        for (auto& byte : out.bytes) byte = static_cast<std::uint8_t>(number(0, 255));
        return out;
    }
    /// A well-formed character of any length in UTF-8, control characters and NUL included.
    std::string character() {
        static constexpr std::pair<std::int64_t, std::int64_t> planes[] = {
            {0, 0x1f}, {0x20, 0x7f}, {0x20, 0x7f}, {0x80, 0x7ff}, {0x800, 0xd7ff}, {0xe000, 0xffff}, {0x10000, 0x10ffff}};
        auto const [low, high] = one_of(planes);
        return utf8(static_cast<std::uint32_t>(number(low, high)));
    }
    std::string text(std::int64_t most) {
        std::string out;
        for (std::int64_t length = number(0, most); length > 0; --length) out += character();
        return out;
    }
    json::Value value(int depth) {
        switch (number(0, depth > 0 ? 5 : 3)) {
        case 0: return json::Value();
        case 1: return json::Value(coin());
        case 2: return json::Value(coin() ? number(-5, 5) : number(-9'007'199'254'740'991, 9'007'199'254'740'991));
        case 3: return json::Value(text(12));
        case 4: {
            json::Array array;
            for (auto size = number(0, 4); size > 0; --size) array.push_back(value(depth - 1));
            return json::Value(std::move(array));
        }
        default: return json::Value(object(depth - 1));
        }
    }
    json::Object object(int depth) {
        json::Object out;
        for (auto size = number(0, 5); size > 0; --size) out.set(text(3), value(depth));
        return out;
    }

private:
    static std::uint64_t chosen_seed() {
        char const* const given = std::getenv("CL_SEED");
        return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
    }
    static std::string utf8(std::uint32_t c) {
        auto const tail = [c](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
        if (c < 0x80) return {static_cast<char>(c)};
        if (c < 0x800) return {static_cast<char>(0xc0 | c >> 6), tail(0)};
        if (c < 0x10000) return {static_cast<char>(0xe0 | c >> 12), tail(6), tail(0)};
        return {static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0)};
    }

    std::uint64_t seed_;
    std::mt19937_64 engine_;
};

}  // namespace cl::test
