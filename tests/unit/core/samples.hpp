// Values that several tests of core need.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/random.hpp"
#include "tests/common/places.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <string>

namespace cl::test {

/// Bytes first, first + 1, ...: the seed and the contact key of the golden vectors.
inline SecretBytes counting_secret(std::uint8_t first) {
    std::array<std::uint8_t, 32> bytes{};
    std::iota(bytes.begin(), bytes.end(), first);
    return SecretBytes(bytes);
}

inline Hash32 filled_hash(std::uint8_t byte) {
    Hash32 hash;
    hash.bytes.fill(byte);
    return hash;
}

/// Gives 0, 1, 2, ... forever.
class CountingRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& byte : out) byte = next_++;
    }

private:
    std::uint8_t next_ = 0;
};

inline std::string file_text(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    BOOST_REQUIRE_MESSAGE(file.good(), "cannot open " << path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Folder of vectors that are not part of the repository; empty, with a message, where it is not there.
inline std::filesystem::path shared_vectors(std::string const& name) {
    auto const folder = cl::test::source_dir() / ".." / "shared" / "data" / "vectors" / name;
    if (!std::filesystem::exists(folder)) {
        BOOST_TEST_MESSAGE("skipped: ../shared is not here (" << name << " vectors)");
        return {};
    }
    return folder;
}

/// An entry with every member, every optional member of a member included.
inline Entry full_entry() {
    Entry entry;
    entry.seq = 12;
    entry.prev = filled_hash(0xc4);
    entry.recorded_at = 1'795'435'200'412;
    entry.occurred_at = 1'795'435'200'000;
    entry.account = "acme";
    entry.account_seq = 7;
    entry.contact = filled_hash(0x3f);
    entry.contact_seq = 2;
    entry.contact_prev = 3;
    entry.kind = "opt_in.consent";
    entry.data.set("method", "call");
    entry.data.set("lists", json::Array{json::Value("promo")});
    entry.actor = Actor{"agent", "agent-7"};
    entry.source = Source{"crm", "chg-991", "t_4f"};
    entry.channel = "voice";
    entry.to = "+15550199999";
    Evidence call;
    call.kind = "verbal_call";
    call.occurred_at = 1'795'435'100'000;
    call.digest = filled_hash(0x77);
    call.fields = {"agent", "words"};
    call.scope = Scope{"marketing", {"promo"}, "Acme Shoes, Inc."};
    call.for_seq = 3;
    call.verified = false;
    call.held_by = "crm";
    entry.evidence = {call};
    entry.state = StateAfter{true, false, Level::promotional, ListChange{"promo", true}};
    entry.policy = PolicyRef{"texting", 1};
    entry.request = RequestTag{to_hex(filled_hash(0xe0)), to_hex(filled_hash(0x9d))};
    return entry;
}

}  // namespace cl::test
