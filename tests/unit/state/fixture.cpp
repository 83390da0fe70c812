#include "tests/unit/state/fixture.hpp"

#include "ledger/sqlite/connection.hpp"
#include "ledger/state/mark.hpp"
#include "ledger/state/schema.hpp"

#include <chrono>
#include <system_error>
#include <thread>

namespace cl::state::test {

Hash32 hash(std::uint64_t number) {
    Hash32 result;
    std::uint64_t mixed = number;
    for (auto& byte : result.bytes) {
        mixed = (mixed ^ (mixed >> 31)) * 0x9E3779B97F4A7C15ULL + 0xD1B54A32D192ED03ULL;
        byte = static_cast<std::uint8_t>(mixed >> 56);
    }
    return result;
}

Identity identity(std::string boot) {
    return Identity{hash(1), 1, std::move(boot)};
}

Watermark watermark(std::int64_t size) {
    return Watermark{size, hash(static_cast<std::uint64_t>(size) + 1'000'000)};
}

std::shared_ptr<consent::ContactState const> contact_state(std::int64_t number) {
    consent::ContactState state;
    state.opted_in = number % 2 == 0;
    state.contact_seq = number;
    state.first_seq = 0;
    state.last_seq = number;
    state.since_seq = number;
    state.revoked = consent::Mark{number, 1'700'000'000'000 + number};
    auto& promo = state.lists["promo"];
    promo.member = true;
    promo.level = Level::promotional;
    promo.seq = number;
    return std::make_shared<consent::ContactState const>(std::move(state));
}

std::shared_ptr<consent::AccountState const> account_state(std::int64_t number) {
    consent::AccountState state;
    state.account_seq = number;
    state.last_seq = number;
    state.policies = {consent::named_policy("us-2025").value()};
    state.actors["agent-7"] = number;
    return std::make_shared<consent::AccountState const>(std::move(state));
}

TokenRecord token(std::string id, bool revoked) {
    return TokenRecord{std::move(id),
                       consent::Role::auditor,
                       {"acme", "a \"quoted\" one"},
                       hash(77),
                       1'000,
                       9'000,
                       7'000,
                       revoked ? std::optional<Millis>(5'000) : std::nullopt};
}

FindingRow finding(Seq seq, std::string id, std::string what) {
    FindingRow row;
    row.finding = consent::Finding{std::move(id), consent::Severity::medium, seq, std::move(what)};
    if (seq % 2 == 0) row.contact = hash(static_cast<std::uint64_t>(seq));
    return row;
}

BatchChanges entry_changes(std::string const& account, std::int64_t number) {
    auto const unsigned_number = static_cast<std::uint64_t>(number);
    BatchChanges changes = contact_change(account, unsigned_number, number);
    changes.requests[hash(unsigned_number)] = RequestRecord{number, hash(unsigned_number + 1)};
    changes.index.push_back({account, number, number});
    return changes;
}

BatchChanges contact_change(std::string const& account, std::uint64_t contact, std::int64_t number) {
    BatchChanges changes;
    changes.contacts[ContactKeyRef{account, hash(contact)}] = contact_state(number);
    return changes;
}

std::unique_ptr<Projections> open(std::filesystem::path const& path, Identity const& who, Options const& options) {
    return must(Projections::open(path, who, options));
}

std::int64_t stored_size(std::filesystem::path const& path) {
    auto connection = sqlite::Connection::open_reader(path, reader_settings, file_identity);
    if (!connection) return 0;
    return must(read_meta(*connection)).watermark.size;
}

void wait_until_stored(std::filesystem::path const& path, std::int64_t size) {
    for (int tries = 0; tries < 6'000; ++tries) {
        if (stored_size(path) == size) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    BOOST_FAIL("the flush did not come");
}

void copy_files(std::filesystem::path const& from, std::filesystem::path const& to) {
    for (auto const* suffix : {"", "-wal"}) {
        auto source = from;
        auto target = to;
        source += suffix;
        target += suffix;
        std::filesystem::remove(target);
        if (std::filesystem::exists(source)) std::filesystem::copy_file(source, target);
    }
}

}  // namespace cl::state::test
