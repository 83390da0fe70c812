// Obligations, members and policies: seen before, across and after a flush, and after a restart; what an entry changed of them.
#include "ledger/state/projections.hpp"
#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace cl::state::test {
namespace {

using consent::ContactState;

ContactState with_duty(Seq seq, Millis due_at, std::string assignee = {}) {
    ContactState state;
    state.contact_seq = 1;
    state.obligations.push_back({.kind = "remove_from_list",
                                 .seq = seq,
                                 .list = "promo",
                                 .opened_at = 1'000,
                                 .due_at = due_at,
                                 .assignee = std::move(assignee)});
    return state;
}

ContactState on_lists(std::initializer_list<std::pair<char const*, bool>> lists) {
    ContactState state;
    state.contact_seq = 1;
    for (auto const& [id, member] : lists) state.lists[id].member = member;
    return state;
}

Entry entry_of(std::uint64_t contact, Seq seq) {
    Entry entry;
    entry.account = "acme";
    entry.contact = hash(contact);
    entry.seq = seq;
    entry.recorded_at = 50'000 + seq;
    return entry;
}

/// A contact's way from one state to the next, by entry `seq`.
BatchChanges step(std::uint64_t contact, Seq seq, ContactState const* before, ContactState const& after) {
    BatchChanges changes;
    note_contact(changes, entry_of(contact, seq), before, after);
    return changes;
}

ObligationRow row(std::uint64_t contact, Seq seq, Millis due_at, Seq changed_by) {
    return {.seq = seq,
            .contact = hash(contact),
            .kind = "remove_from_list",
            .list = "promo",
            .opened_at = 1'000,
            .due_at = due_at,
            .assignee = {},
            .changed_by = changed_by,
            .closed_at = std::nullopt};
}

std::vector<Hash32> ordered(std::vector<std::uint64_t> const& contacts) {
    std::vector<Hash32> hashes;
    for (auto const contact : contacts) hashes.push_back(hash(contact));
    std::sort(hashes.begin(), hashes.end());
    return hashes;
}

template <class Row>
std::vector<Row> open_only(std::vector<Row> rows) {
    std::erase_if(rows, [](Row const& one) { return one.closed_at.has_value(); });
    return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lists)

BOOST_AUTO_TEST_CASE(an_obligation_is_noted_when_it_is_opened_assigned_and_closed_and_not_otherwise) {
    ContactState const open = with_duty(5, 900);
    auto const opened = step(1, 5, nullptr, open);
    BOOST_REQUIRE(opened.duties.size() == 1U);
    BOOST_TEST((opened.duties[0].row == row(1, 5, 900, 5)));
    BOOST_TEST(opened.duties[0].account == "acme");

    auto const unchanged = step(1, 6, &open, open);
    BOOST_TEST(unchanged.duties.empty());
    ContactState reported = open;
    reported.obligations[0].reported = true;  // the rules' own note is nothing new to the queue
    BOOST_TEST(step(1, 6, &open, reported).duties.empty());

    ContactState const assigned = with_duty(5, 900, "agent-7");
    auto const reassigned = step(1, 7, &open, assigned);
    BOOST_REQUIRE(reassigned.duties.size() == 1U);
    BOOST_TEST(reassigned.duties[0].row.assignee == "agent-7");
    BOOST_TEST(reassigned.duties[0].row.changed_by == 7);
    BOOST_TEST(!reassigned.duties[0].row.closed_at.has_value());

    ContactState done = assigned;
    done.obligations.clear();
    auto const closed = step(1, 9, &assigned, done);
    BOOST_REQUIRE(closed.duties.size() == 1U);
    BOOST_TEST(closed.duties[0].row.assignee == "agent-7");
    BOOST_TEST(closed.duties[0].row.changed_by == 9);
    BOOST_TEST((closed.duties[0].row.closed_at == std::optional<Millis>(50'009)));
}

BOOST_AUTO_TEST_CASE(a_contact_is_noted_once_and_a_membership_when_it_begins_and_ends) {
    ContactState const first = on_lists({{"promo", true}, {"vip", false}});
    auto const came = step(1, 5, nullptr, first);
    BOOST_TEST(came.members.size() == 2U);  // all contacts, and one list: `vip` says that nobody came
    BOOST_REQUIRE((came.members.contains({"acme", ""}) && came.members.contains({"acme", "promo"})));
    BOOST_TEST(came.members.at({"acme", "promo"})[0].member);

    BOOST_TEST(step(1, 6, &first, first).members.empty());
    ContactState const second = on_lists({{"alpha", true}, {"promo", false}, {"vip", true}, {"zeta", false}});
    auto const moved = step(1, 7, &first, second);
    BOOST_TEST(moved.members.size() == 3U);
    BOOST_TEST(moved.members.at({"acme", "alpha"})[0].member);
    BOOST_TEST(!moved.members.at({"acme", "promo"})[0].member);
    BOOST_TEST(moved.members.at({"acme", "vip"})[0].member);
}

BOOST_AUTO_TEST_CASE(the_queue_is_in_the_order_of_due_dates_across_overlay_and_file) {
    TempDir const dir;
    ContactState const state = with_duty(5, 900);
    {
        auto const projections = open(dir / "state.db");
        projections->merge(step(1, 5, nullptr, state), watermark(6));
        projections->merge(step(2, 6, nullptr, with_duty(6, 300)), watermark(7));
        must(projections->close());
    }
    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    projections->merge(step(3, 8, nullptr, with_duty(8, 600)), watermark(9));
    projections->merge(step(4, 9, nullptr, with_duty(9, 900)), watermark(10));
    std::vector<ObligationRow> const all{row(2, 6, 300, 6), row(3, 8, 600, 8), row(1, 5, 900, 5), row(4, 9, 900, 9)};
    BOOST_TEST((must(reader->obligations("acme", false, {}, 10)) == all));
    BOOST_TEST(must(reader->obligations("acme", false, {}, 0)).empty());
    BOOST_TEST(must(reader->obligations("acm", false, {}, 10)).empty());

    std::vector<ObligationRow> paged;
    for (ObligationKey after;;) {
        auto const page = must(reader->obligations("acme", false, after, 3));
        paged.insert(paged.end(), page.begin(), page.end());
        if (page.size() < 3) break;
        after = {page.back().due_at, page.back().seq};
    }
    BOOST_TEST((paged == all));
}

BOOST_AUTO_TEST_CASE(a_closed_obligation_leaves_the_open_queue_at_once_and_in_the_file) {
    TempDir const dir;
    for (auto const& options : {patient, eager}) {
        std::filesystem::remove(dir / "state.db");
        auto projections = open(dir / "state.db", identity(), options);
        auto const reader = must(projections->make_reader());
        ContactState const state = with_duty(5, 900);
        ContactState const done = on_lists({});
        projections->merge(step(1, 5, nullptr, state), watermark(6));
        projections->merge(step(2, 6, nullptr, with_duty(6, 950)), watermark(7));
        if (options.flush_ms == 0) wait_until_stored(dir / "state.db", 7);
        projections->merge(step(1, 7, &state, done), watermark(8));
        if (options.flush_ms == 0) wait_until_stored(dir / "state.db", 8);
        ObligationRow closed = row(1, 5, 900, 7);
        closed.closed_at = 50'007;
        for (int round = 0; round < 2; ++round) {
            auto const now = round == 0 ? std::unique_ptr<Reader>() : must(projections->make_reader());
            Reader& asked = now ? *now : *reader;
            auto const open_rows = open_only(must(asked.obligations("acme", false, {}, 10)));
            BOOST_TEST((open_rows == std::vector<ObligationRow>{row(2, 6, 950, 6)}));
            auto closed_rows = must(asked.obligations("acme", true, {}, 10));
            std::erase_if(closed_rows, [](ObligationRow const& one) { return !one.closed_at; });
            BOOST_TEST((closed_rows == std::vector<ObligationRow>{closed}));
            must(projections->close());
            projections = open(dir / "state.db", identity(), options);
        }
        // In the file itself nothing of it is left among the open ones.
        BOOST_TEST((must(must(projections->make_reader())->obligations("acme", false, {}, 10)).size() == 1U));
        must(projections->close());
    }
}

BOOST_AUTO_TEST_CASE(a_page_is_not_short_because_the_overlay_has_closed_what_the_file_has_open) {
    TempDir const dir;
    std::vector<ContactState> states;
    {
        auto const projections = open(dir / "state.db");
        for (Seq seq = 0; seq < 6; ++seq) {
            states.push_back(with_duty(seq, 100 + seq));
            projections->merge(step(static_cast<std::uint64_t>(seq), seq, nullptr, states.back()), watermark(seq + 1));
        }
        must(projections->close());
    }
    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    for (Seq seq = 0; seq < 3; ++seq) {
        projections->merge(
            step(static_cast<std::uint64_t>(seq), 10 + seq, &states[static_cast<std::size_t>(seq)], on_lists({})),
            watermark(11 + seq));
    }
    auto const first = must(reader->obligations("acme", false, {}, 3));
    BOOST_TEST(first.size() == 3U);
    BOOST_TEST(open_only(first).empty());
    auto const second = must(reader->obligations("acme", false, {first.back().due_at, first.back().seq}, 3));
    BOOST_TEST(open_only(second).size() == 3U);
}

BOOST_AUTO_TEST_CASE(members_of_all_layers_are_one_page_in_order) {
    TempDir const dir;
    ContactState const in = on_lists({{"promo", true}});
    ContactState const out = on_lists({{"promo", false}});
    {
        auto const projections = open(dir / "state.db");
        for (std::uint64_t const contact : {1U, 2U, 3U}) {
            auto changes = step(contact, static_cast<Seq>(contact), nullptr, in);
            changes.contacts[{"acme", hash(contact)}] = contact_state(static_cast<std::int64_t>(contact));
            projections->merge(std::move(changes), watermark(static_cast<Seq>(contact) + 1));
        }
        must(projections->close());
    }
    auto projections = open(dir / "state.db");
    auto reader = must(projections->make_reader());
    projections->merge(step(4, 4, nullptr, in), watermark(5));
    projections->merge(step(1, 5, &in, out), watermark(6));
    projections->merge(step(5, 6, nullptr, out), watermark(7));
    // Who left is still named until the flush; the state decides.
    BOOST_TEST((must(reader->members({"acme", "promo"}, std::nullopt, 10)) == ordered({1, 2, 3, 4})));
    BOOST_TEST((must(reader->members({"acme", ""}, std::nullopt, 10)) == ordered({1, 2, 3, 4, 5})));
    BOOST_TEST(must(reader->members({"acme", "vip"}, std::nullopt, 10)).empty());
    BOOST_TEST(must(reader->members({"zeta", "promo"}, std::nullopt, 10)).empty());

    std::vector<Hash32> paged;
    for (std::optional<Hash32> after;;) {
        auto const page = must(reader->members({"acme", ""}, after, 2));
        paged.insert(paged.end(), page.begin(), page.end());
        if (page.size() < 2) break;
        after = page.back();
    }
    BOOST_TEST((paged == ordered({1, 2, 3, 4, 5})));

    must(projections->close());
    projections = open(dir / "state.db");
    reader = must(projections->make_reader());
    BOOST_TEST((must(reader->members({"acme", "promo"}, std::nullopt, 10)) == ordered({2, 3, 4})));
}

BOOST_AUTO_TEST_CASE(the_last_change_of_a_membership_in_one_buffer_counts) {
    TempDir const dir;
    ContactState const in = on_lists({{"promo", true}});
    ContactState const out = on_lists({{"promo", false}});
    {
        auto const projections = open(dir / "state.db");
        projections->merge(step(1, 1, nullptr, in), watermark(2));
        projections->merge(step(1, 2, &in, out), watermark(3));
        projections->merge(step(2, 3, nullptr, in), watermark(4));
        projections->merge(step(2, 4, &in, out), watermark(5));
        projections->merge(step(2, 5, &out, in), watermark(6));
        must(projections->close());
    }
    auto const projections = open(dir / "state.db");
    BOOST_TEST((must(must(projections->make_reader())->members({"acme", "promo"}, std::nullopt, 10)) == ordered({2})));
}

BOOST_AUTO_TEST_CASE(lists_in_use_are_named_once_in_order) {
    TempDir const dir;
    {
        auto const projections = open(dir / "state.db");
        projections->merge(step(1, 1, nullptr, on_lists({{"b", true}, {"d", true}})), watermark(2));
        must(projections->close());
    }
    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    projections->merge(step(2, 2, nullptr, on_lists({{"a", true}, {"b", true}, {"c", true}})), watermark(3));
    using Ids = std::vector<std::string>;
    BOOST_TEST((must(reader->lists_in_use("acme", "", 10)) == Ids{"a", "b", "c", "d"}));
    BOOST_TEST((must(reader->lists_in_use("acme", "", 2)) == Ids{"a", "b"}));
    BOOST_TEST((must(reader->lists_in_use("acme", "b", 10)) == Ids{"c", "d"}));
    BOOST_TEST(must(reader->lists_in_use("acme", "d", 10)).empty());
    BOOST_TEST(must(reader->lists_in_use("acm", "", 10)).empty());
}

BOOST_AUTO_TEST_CASE(the_policy_in_force_is_remembered) {
    TempDir const dir;
    for (int round = 0; round < 2; ++round) {
        auto const projections = open(dir / "state.db");
        auto const reader = must(projections->make_reader());
        if (round == 0) {
            BOOST_TEST(!reader->policy("acme").has_value());
            for (Seq const seq : {4, 7}) {
                BatchChanges changes;
                changes.policies["acme"] = seq;
                projections->merge(std::move(changes), watermark(seq + 1));
            }
        }
        BOOST_TEST((reader->policy("acme") == std::optional<Seq>(7)));
        BOOST_TEST(!reader->policy("zeta").has_value());
        must(projections->close());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
