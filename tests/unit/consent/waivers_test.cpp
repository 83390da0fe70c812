// finding.waived, and which open findings are kept where there is no room for all.
#include "ledger/core/limits.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

Event waived(std::int64_t m, char const* rule, Seq seq, std::int64_t until) {
    return {Kind::finding_waived,
            m,
            {{"rule", rule}, {"seq", seq}, {"until", format_time(at(until))}, {"reason", json::Object{{"commit", "x"}}}},
            {},
            {"agent", "auditor-1"}};
}
bool in_force(History const& history, char const* rule, Seq seq, std::int64_t minutes, Seq last = 1'000'000'000) {
    return waiver_of(history.account, Finding{rule, Severity::critical, seq, {}}, at(minutes), last) != nullptr;
}

BOOST_AUTO_TEST_SUITE(waivers)

BOOST_AUTO_TEST_CASE(a_waiver_names_rule_and_seq_and_ends) {
    History history{ticked(5), waived(10, "CL-001", 1, 100)};
    BOOST_TEST(in_force(history, "CL-001", 1, 99));
    BOOST_TEST(!in_force(history, "CL-001", 1, 100));
    BOOST_TEST(!in_force(history, "CL-002", 1, 99));
    BOOST_TEST(!in_force(history, "CL-001", 2, 99));
    BOOST_TEST(!in_force(history, "CL-001", 1, 99, 1));  // made after what is looked at
    BOOST_TEST(history.contact.open.size() == 1U);       // it stays on record as what it is
}

BOOST_AUTO_TEST_CASE(the_last_waiver_counts_and_none_is_about_what_comes_later) {
    History history{ticked(5), waived(10, "CL-001", 1, 100), waived(20, "CL-001", 1, 21)};
    BOOST_TEST(!in_force(history, "CL-001", 1, 50));
    History early{waived(1, "CL-001", 1, 100), waived(2, "CL-001", 3, 100), ticked(5)};
    BOOST_TEST(!in_force(early, "CL-001", 1, 50));
    BOOST_TEST(!in_force(early, "CL-001", 3, 50));
}

BOOST_AUTO_TEST_CASE(a_waiver_about_the_account_alone_counts_too) {
    History history{ticked(5)};
    Entry entry;
    entry.seq = 7;
    entry.account = "acme";
    entry.recorded_at = at(10);
    entry.data = waived(10, "CL-001", 1, 100).data;
    (void)history.add(entry, Kind::finding_waived);
    BOOST_TEST(in_force(history, "CL-001", 1, 50));
}

BOOST_AUTO_TEST_CASE(they_are_bounded_and_what_has_expired_makes_room) {
    History history;
    history.seq = 1'000'000;
    for (std::size_t i = 0; i < limits::account_waivers; ++i) history.add(waived(1, "CL-001", static_cast<Seq>(i), 50));
    Finding const next{"CL-001", Severity::high, 500'000, {}};
    BOOST_TEST(!has_room_for_waiver(history.account, next, at(49)));
    BOOST_TEST(has_room_for_waiver(history.account, Finding{"CL-001", Severity::high, 3, {}}, at(49)));
    history.add(waived(10, "CL-001", 500'000, 500));
    BOOST_TEST(!in_force(history, "CL-001", 500'000, 20));
    BOOST_TEST(has_room_for_waiver(history.account, next, at(50)));
    history.add(waived(50, "CL-001", 500'000, 500));
    BOOST_TEST(in_force(history, "CL-001", 500'000, 60));
    BOOST_TEST(history.account.waivers.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_denies_every_message_is_never_pushed_out) {
    History history{added(0), stop(10), ticked(20)};
    BOOST_REQUIRE(history.contact.open.back().id == "CL-002");
    for (int i = 0; i < 600; ++i) history.add(joined(30 + i, "promo"));
    auto const count = [&](std::string_view id) {
        return std::count_if(history.contact.open.begin(), history.contact.open.end(),
                             [&](Finding const& one) { return one.id == id; });
    };
    BOOST_TEST(count("CL-002") == 1);
    BOOST_TEST(history.contact.open.size() == limits::contact_open_items);
    BOOST_TEST(history.contact.left_out > 0);
    std::int64_t const before = history.contact.left_out;
    history.add(ticked(700));  // CL-001 is one of many, CL-002 pushes one of the others out
    BOOST_TEST(count("CL-002") == 2);
    BOOST_TEST(history.contact.open.size() == limits::contact_open_items);
    BOOST_TEST(history.contact.left_out == before + 2);
}

BOOST_AUTO_TEST_CASE(a_lesser_finding_pushes_nothing_out) {
    History history{added(0), optout(1, "promo")};
    for (int i = 0; i < 256; ++i) history.add(joined(2 + i, "promo"));
    auto const open = history.contact.open;
    Evidence partial = call(299);
    std::erase(partial.fields, "words");
    Event event = joined(300, "news");
    event.evidence = {partial};
    BOOST_TEST(raised(history.add(event), "CL-003", Severity::high));
    BOOST_TEST((history.contact.open == open));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
