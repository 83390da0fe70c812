// Readers beside the writer and the flusher. The thread sanitizer looks for races, the assertions for what was missed on its way from a
// buffer to the next one or to state.db.
#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace cl::state::test {
namespace {

constexpr std::int64_t batches = 400;
constexpr std::uint64_t hot_contacts = 7;

/// Batch `number`: an entry of its own, one of a few contacts that change over and over, a finding, the cure of the one before.
BatchChanges batch(std::int64_t number) {
    BatchChanges changes = entry_changes("acme", number);
    auto const hot = 1'000'000 + static_cast<std::uint64_t>(number) % hot_contacts;
    changes.contacts[ContactKeyRef{"acme", hash(hot)}] = contact_state(number);
    changes.raised.push_back({"acme", finding(number)});
    changes.closed.push_back({"acme", {"CL-001", number - 1, number}});
    changes.accounts["acme"] = account_state(number);
    changes.tokens.push_back(token("t_" + std::to_string(number)));
    return changes;
}

/// What batches 1 … merged have left must be there, or something newer. The number of things that are not.
int missed(Reader& reader, std::int64_t merged, std::int64_t look) {
    auto const key = hash(static_cast<std::uint64_t>(look));
    int wrong = 0;
    auto const own = reader.contact("acme", key);
    wrong += !(own && *own && (*own)->contact_seq == look);
    auto const newest = reader.contact("acme", hash(1'000'000 + static_cast<std::uint64_t>(merged) % hot_contacts));
    wrong += !(newest && *newest && (*newest)->contact_seq >= merged);
    auto const request = reader.request(key);
    wrong += !(request && *request && (*request)->seq == look);
    auto const seq = reader.seq_at("acme", look);
    wrong += !(seq && *seq == look);
    auto const account = reader.account("acme");
    wrong += !(account && account->account_seq >= merged);
    wrong += !reader.token("t_" + std::to_string(look)).has_value();

    auto const page = reader.findings("acme", {look - 1, "~"}, 3);
    auto const expected = static_cast<std::size_t>(std::min<std::int64_t>(3, merged - look + 1));
    if (!page || page->size() < expected) return wrong + 1;
    for (std::size_t row = 0; row < page->size(); ++row) {
        auto const& [found, contact, closed_by] = (*page)[row];
        auto const about = look + static_cast<std::int64_t>(row);
        wrong += found.seq != about;
        // Cured by the next batch, if that was merged before we asked.
        if (about < merged) wrong += closed_by != std::optional<Seq>(about + 1);
    }
    return wrong;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(concurrent)

BOOST_AUTO_TEST_CASE(nothing_is_missed_while_it_moves) {
    TempDir const dir;
    // Buffers of a few batches, flushed as fast as the disk takes them: everything is on the move all the time.
    auto const projections = open(dir / "state.db", identity(), {.buffer_bytes = 30'000, .flush_ms = 0});
    std::atomic<std::int64_t> merged = 0;
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::atomic<std::int64_t> looks = 0;

    std::vector<std::thread> readers;
    for (std::int64_t reader_number = 0; reader_number < 3; ++reader_number) {
        readers.emplace_back([&, reader_number] {
            auto reader = projections->make_reader();
            if (!reader) {
                ++wrong;
                return;
            }
            for (std::int64_t look = reader_number; !done; look += 13) {
                auto const reached = merged.load();
                if (reached == 0) continue;
                // Mostly what is new and moving, sometimes what is old.
                auto const back = look % 4 == 0 ? look % reached : look % std::min<std::int64_t>(reached, 12);
                wrong += missed(**reader, reached, reached - back);
                ++looks;
            }
        });
    }
    for (std::int64_t number = 1; number <= batches; ++number) {
        while (!projections->room_for_batch()) projections->wait_for_room();
        projections->merge(batch(number), watermark(number));
        merged = number;
        // The readers may take longer to begin than all of the batches do.
        while (number == 1 && looks == 0 && wrong == 0) std::this_thread::yield();
        if (number % 50 == 0) std::this_thread::yield();
    }
    done = true;
    for (auto& reader : readers) reader.join();

    BOOST_TEST(wrong == 0);
    BOOST_TEST(looks > 0);
    BOOST_TEST(!projections->flush_error().has_value());
    must(projections->close());
    BOOST_TEST(stored_size(dir / "state.db") == batches);
}

BOOST_AUTO_TEST_CASE(readers_survive_a_reset_and_a_close_beside_them) {
    TempDir const dir;
    auto const projections = open(dir / "state.db", identity(), {.buffer_bytes = 30'000, .flush_ms = 0});
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    std::thread reading([&] {
        auto reader = projections->make_reader();
        while (!done) {
            for (std::int64_t number = 1; number <= 20; ++number) {
                // Before a reset or after it: known as it was, or unknown.
                auto const found = (*reader)->contact("acme", hash(static_cast<std::uint64_t>(number)));
                wrong += !found || (*found && (*found)->contact_seq != number);
                wrong += !(*reader)->findings("acme", {}, 10).has_value();
            }
        }
    });
    for (int round = 0; round < 10; ++round) {
        for (std::int64_t number = 1; number <= 20; ++number) {
            while (!projections->room_for_batch()) projections->wait_for_room();
            projections->merge(batch(number), watermark(number));
        }
        must(projections->reset());
    }
    must(projections->close());
    done = true;
    reading.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
