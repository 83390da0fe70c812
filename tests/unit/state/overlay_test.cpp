// The overlay without a flusher: the test takes the flusher's part, step by step.
#include "ledger/state/overlay.hpp"

#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <thread>

namespace cl::state::test {
namespace {

constexpr Options tiny{.buffer_bytes = 20'000, .flush_ms = 3'600'000};

/// Merges until a freeze would be due, or until there is no room. The number of batches.
std::int64_t fill(Overlay& overlay, std::int64_t first) {
    std::int64_t number = first;
    for (; overlay.room() && number < first + 10'000; ++number) overlay.merge(entry_changes("acme", number), watermark(number));
    return number - first;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(overlay)

BOOST_AUTO_TEST_CASE(there_is_room_until_both_buffers_are_full) {
    Overlay overlay(tiny);
    auto const batches = fill(overlay, 0);
    BOOST_TEST(batches > 10);
    BOOST_TEST(batches < 100);
    BOOST_TEST(!overlay.room());

    auto const frozen = overlay.next();
    BOOST_REQUIRE(frozen);
    BOOST_TEST(!overlay.room());  // being written is not written
    overlay.written();
    BOOST_TEST(overlay.room());
    BOOST_TEST(frozen->bytes() >= tiny.buffer_bytes);
    BOOST_TEST(frozen->bytes() < 2 * tiny.buffer_bytes);
}

BOOST_AUTO_TEST_CASE(while_one_buffer_is_being_written_the_other_one_has_room) {
    Overlay overlay(tiny);
    overlay.merge(entry_changes("acme", 1), watermark(1));
    overlay.give_order(Overlay::Order::drain);  // freezes without waiting
    BOOST_REQUIRE(overlay.next());
    BOOST_TEST(overlay.room());
    BOOST_TEST(fill(overlay, 2) > 10);
    BOOST_TEST(!overlay.room());
}

BOOST_AUTO_TEST_CASE(both_buffers_answer_and_the_active_one_wins) {
    Overlay overlay(tiny);
    overlay.merge(contact_change("acme", 1, 10), watermark(1));
    overlay.merge(contact_change("acme", 2, 20), watermark(2));
    overlay.give_order(Overlay::Order::drain);  // freezes without waiting
    BOOST_REQUIRE(overlay.next());
    overlay.merge(contact_change("acme", 2, 21), watermark(3));

    BOOST_TEST(overlay.contact({"acme", hash(1)})->contact_seq == 10);
    BOOST_TEST(overlay.contact({"acme", hash(2)})->contact_seq == 21);
    overlay.written();
    BOOST_TEST(!overlay.contact({"acme", hash(1)}));
    BOOST_TEST(overlay.contact({"acme", hash(2)})->contact_seq == 21);
}

BOOST_AUTO_TEST_CASE(a_failed_buffer_comes_again_and_is_not_let_go) {
    Overlay overlay({.buffer_bytes = 20'000, .flush_ms = 0});
    overlay.merge(entry_changes("acme", 1), watermark(1));
    auto const frozen = overlay.next();
    BOOST_REQUIRE(frozen);
    overlay.failed(fail(errc::io, "disk full"));
    BOOST_TEST(overlay.error()->detail == "disk full");
    BOOST_TEST(*overlay.seq_at("acme", 1) == 1);
    BOOST_TEST(overlay.next() == frozen);
    overlay.written();
    BOOST_TEST(!overlay.error().has_value());
    BOOST_TEST(!overlay.seq_at("acme", 1).has_value());
}

BOOST_AUTO_TEST_CASE(draining_gives_what_is_left_and_then_nothing) {
    Overlay overlay(tiny);
    overlay.merge(entry_changes("acme", 1), watermark(1));
    overlay.give_order(Overlay::Order::drain);
    auto const first = overlay.next();
    BOOST_REQUIRE(first);
    BOOST_TEST((first->watermark() == watermark(1)));
    overlay.merge(entry_changes("acme", 2), watermark(2));
    overlay.written();
    auto const second = overlay.next();
    BOOST_REQUIRE(second);
    BOOST_TEST((second->watermark() == watermark(2)));
    overlay.written();
    BOOST_TEST(!overlay.next());
}

BOOST_AUTO_TEST_CASE(draining_ends_at_the_first_failure) {
    Overlay overlay(tiny);
    overlay.merge(entry_changes("acme", 1), watermark(1));
    overlay.give_order(Overlay::Order::drain);
    BOOST_REQUIRE(overlay.next());
    overlay.failed(fail(errc::io, "disk full"));
    BOOST_TEST(!overlay.next());
    BOOST_TEST(overlay.error().has_value());
}

BOOST_AUTO_TEST_CASE(stopping_gives_nothing_though_there_is_something) {
    Overlay overlay(tiny);
    overlay.merge(entry_changes("acme", 1), watermark(1));
    overlay.give_order(Overlay::Order::stop);
    BOOST_TEST(!overlay.next());
    BOOST_TEST(*overlay.seq_at("acme", 1) == 1);
}

BOOST_AUTO_TEST_CASE(a_half_full_buffer_is_frozen_before_its_time) {
    Overlay overlay(tiny);
    std::atomic<bool> given = false;
    std::thread flusher([&] {
        auto const frozen = overlay.next();
        given = frozen && frozen->bytes() >= tiny.buffer_bytes / 2;
    });
    Buffer same(0);
    for (std::int64_t number = 0; same.bytes() < tiny.buffer_bytes / 2; ++number) {
        same.absorb(entry_changes("acme", number), watermark(number));
        overlay.merge(entry_changes("acme", number), watermark(number));
    }
    flusher.join();
    BOOST_TEST(given);
}

BOOST_AUTO_TEST_CASE(a_small_buffer_is_frozen_when_its_time_has_come) {
    Overlay overlay({.buffer_bytes = 64 << 20, .flush_ms = 30});
    overlay.merge(entry_changes("acme", 1), watermark(1));
    auto const begin = std::chrono::steady_clock::now();
    BOOST_TEST(overlay.next());
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= std::chrono::milliseconds(25)));
}

BOOST_AUTO_TEST_CASE(waiting_for_room_ends_when_a_buffer_is_written) {
    Overlay overlay(tiny);
    fill(overlay, 0);
    std::atomic<bool> has_room = false;
    std::thread writer([&] {
        overlay.wait_for_room();
        has_room = overlay.room();
    });
    BOOST_REQUIRE(overlay.next());
    BOOST_TEST(!has_room);
    overlay.written();
    writer.join();
    BOOST_TEST(has_room);
}

BOOST_AUTO_TEST_CASE(waiting_for_room_ends_when_a_flush_fails_since_else_it_might_never) {
    Overlay overlay({.buffer_bytes = 20'000, .flush_ms = 1});
    fill(overlay, 0);
    BOOST_REQUIRE(overlay.next());
    std::atomic<bool> over = false;
    std::thread writer([&] {
        overlay.wait_for_room();
        over = true;
    });
    while (!over) overlay.failed(fail(errc::io, "disk full"));
    writer.join();
    BOOST_TEST(!overlay.room());
    BOOST_TEST(overlay.error().has_value());
}

BOOST_AUTO_TEST_CASE(a_page_of_findings_begun_before_a_flush_is_complete_after_it) {
    Overlay overlay(tiny);
    BatchChanges raise;
    raise.raised.push_back({"acme", finding(1)});
    overlay.merge(std::move(raise), watermark(2));
    overlay.give_order(Overlay::Order::drain);
    BOOST_REQUIRE(overlay.next());
    BatchChanges cure;
    cure.closed.push_back({"acme", {"CL-001", 1, 2}});
    cure.raised.push_back({"acme", finding(2)});
    cure.raised.push_back({"other", finding(2)});
    overlay.merge(std::move(cure), watermark(3));

    auto const view = overlay.findings("acme", {}, 10);
    BOOST_TEST(view.rows.size() == 2U);
    // The frozen buffer goes to disk, the active one is frozen and goes too.
    overlay.written();
    BOOST_REQUIRE(overlay.next());
    overlay.written();

    std::vector<FindingRow> rows{finding(1), finding(2)};
    overlay.complete(view, "acme", rows);
    BOOST_TEST(*rows[0].closed_by == 2);
    BOOST_TEST(!rows[1].closed_by.has_value());
}

BOOST_AUTO_TEST_CASE(findings_come_after_the_key_and_at_most_as_many_as_asked) {
    Overlay overlay(tiny);
    BatchChanges raise;
    for (Seq seq = 1; seq <= 5; ++seq) {
        raise.raised.push_back({"acme", finding(seq, "CL-001")});
        raise.raised.push_back({"acme", finding(seq, "CL-005")});
    }
    overlay.merge(std::move(raise), watermark(6));
    auto const view = overlay.findings("acme", {2, "CL-001"}, 3);
    BOOST_REQUIRE(view.rows.size() == 3U);
    BOOST_TEST(view.rows[0].finding.seq == 2);
    BOOST_TEST(view.rows[0].finding.id == "CL-005");
    BOOST_TEST(view.rows[2].finding.id == "CL-005");
    BOOST_TEST(overlay.findings("acme", {5, "CL-005"}, 3).rows.empty());
    BOOST_TEST(overlay.findings("acm", {}, 3).rows.empty());
}

BOOST_AUTO_TEST_CASE(cleared_it_knows_nothing_and_has_room) {
    Overlay overlay(tiny);
    fill(overlay, 0);
    overlay.clear();
    BOOST_TEST(overlay.room());
    BOOST_TEST(!overlay.seq_at("acme", 0).has_value());
    BOOST_TEST(!overlay.contact({"acme", hash(0)}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
