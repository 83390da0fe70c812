// Texts of states in which one value is another one: refused, or another state in full; never a crash, and never half of one.
#include "ledger/core/limits.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>

namespace cl::consent::test {
namespace {

using json::Value;

/// Calls `visit` with the whole text for each value inside of it replaced by each of a few others.
void each_damage(Value const& part, std::function<Value(Value)> const& whole,
                 std::function<void(std::string const&)> const& visit) {
    for (Value const& other :
         {Value(), Value(true), Value("x"), Value(-7), Value(json::Array{}), Value(json::Array{Value(1), Value("y")}),
          Value(json::Object{}), Value(json::Object{{"z", "z"}})}) {
        visit(json::write(whole(other)));
    }
    if (auto const* object = part.as_object()) {
        for (json::Member const& member : *object) {
            auto const within = [&, name = member.name](Value value) {
                json::Object changed = *object;
                changed.set(name, std::move(value));
                return whole(std::move(changed));
            };
            each_damage(member.value, within, visit);
        }
    }
    if (auto const* array = part.as_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            auto const within = [&, i](Value value) {
                json::Array changed = *array;
                changed[i] = std::move(value);
                return whole(std::move(changed));
            };
            each_damage((*array)[i], within, visit);
        }
    }
}

template <class State, class Read>
void check_damage(State const& state, Read read) {
    Value const good = json::parse(to_text(state), 10'000'000).value();
    int refused = 0;
    int read_as_another = 0;
    each_damage(
        good, [](Value value) { return value; },
        [&](std::string const& text) {
            auto const back = read(text);
            if (!back) {
                ++refused;
                BOOST_TEST((back.error().code == errc::malformed));
                return;
            }
            ++read_as_another;
            auto const again = read(to_text(*back));
            BOOST_TEST_REQUIRE(again.has_value(), text);
            BOOST_TEST((*again == *back), text);
        });
    BOOST_TEST(refused > 100);
    BOOST_TEST(read_as_another > 0);
}

AccountState full_account() {
    History history;
    auto const define = [&](Kind kind, json::Object data) { history.add({kind, 1, std::move(data)}); };
    define(Kind::account_defined, {{"enforce", true}, {"pack", "us-2025"}});
    define(Kind::actor_defined, {{"actor", "agent-7"}});
    define(Kind::list_defined, {{"list", "promo"}, {"purpose", "marketing"}, {"level_required", "promotional"}});
    define(Kind::list_defined, {{"list", "promo-out"}, {"opt_out_of", "promo"}});
    define(Kind::trigger_defined, {{"trigger", "leave"},
                                   {"words", json::Array{"leave promo", "raus"}},
                                   {"match", "included"},
                                   {"class", "optout"},
                                   {"list", "promo"},
                                   {"reply", json::Object{{"commit", std::string(64, 'a')}}}});
    define(Kind::disclosure_defined, {{"disclosure", "d1"}});
    define(Kind::hold_placed, {{"matter", "m1"}});
    history.account.bursts["agent-7"] = {at(1), 3};
    history.account.waivers[{3, "CL-001"}] = {9, at(99)};
    return history.account;
}

BOOST_AUTO_TEST_SUITE(state_damage)

BOOST_AUTO_TEST_CASE(an_account) {
    AccountState const state = full_account();
    BOOST_TEST(!state.policies.empty());
    check_damage(state, [](std::string const& text) { return account_from_text(text); });
}

BOOST_AUTO_TEST_CASE(a_contact) {
    History history{
        ticked(5),          joined(6, "promo"), stop(10), blocked(21), unblocked(23), hi(24), consent(26, {form(25, {"news"})}),
        optout(27, "promo")};
    history.contact.lists_cleared = at(4);
    check_damage(history.contact, [](std::string const& text) { return contact_from_text(text); });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(account_definitions)

BOOST_AUTO_TEST_CASE(room_is_bounded_and_what_is_there_can_change) {
    History history;
    for (std::size_t i = 0; i <= limits::account_items; ++i) {
        history.add({Kind::list_defined, 1, {{"list", "l" + std::to_string(i)}}});
        history.add({Kind::actor_defined, 1, {{"actor", "a" + std::to_string(i)}}});
    }
    BOOST_TEST(history.account.lists.size() == limits::account_items);
    BOOST_TEST(history.account.actors.size() == limits::account_items);
    history.add({Kind::list_defined, 2, {{"list", "l0"}, {"purpose", "news"}}});
    BOOST_TEST(history.account.lists.at("l0").purpose == "news");
}

BOOST_AUTO_TEST_CASE(holds_of_the_account_are_its_own) {
    History history;
    history.add({Kind::hold_placed, 1, {{"matter", "m1"}}});
    BOOST_TEST(history.account.holds.empty());  // this one names a contact
    Entry entry;
    entry.seq = 50;
    entry.recorded_at = at(2);
    entry.kind = "hold.placed";
    entry.data = {{"matter", "m1"}};
    history.add(entry, Kind::hold_placed);
    BOOST_TEST(history.account.holds.at("m1") == 50);
    entry.data = {{"matter", "m2"}};
    history.add(entry, Kind::hold_released);
    BOOST_TEST(history.account.holds.size() == 1U);
    entry.data = {{"matter", "m1"}};
    history.add(entry, Kind::hold_released);
    BOOST_TEST(history.account.holds.empty());
}

BOOST_AUTO_TEST_CASE(a_waiver_finds_room_where_another_has_expired) {
    History history;
    history.seq = 1'000'000;
    auto const waive = [&](Seq seq, std::int64_t until) {
        history.add({Kind::finding_waived, 1, {{"rule", "CL-001"}, {"seq", seq}, {"until", format_time(at(until))}}});
    };
    for (std::size_t i = 0; i < limits::account_waivers; ++i) waive(static_cast<Seq>(i), 100);
    BOOST_TEST(history.account.waivers.size() == limits::account_waivers);
    Finding const next{"CL-001", Severity::critical, 999'999, ""};
    BOOST_TEST(!has_room_for_waiver(history.account, next, at(99)));
    BOOST_TEST(has_room_for_waiver(history.account, next, at(100)));
    BOOST_TEST(has_room_for_waiver(history.account, {"CL-001", Severity::critical, 3, ""}, at(99)));
    waive(999'999, 200);  // no room, and none of them has expired
    BOOST_TEST(!history.account.waivers.contains({999'999, "CL-001"}));
    waive(3, 200);
    BOOST_TEST(history.account.waivers.at({3, "CL-001"}).until == at(200));
    history.add({Kind::finding_waived, 150, {{"rule", "CL-001"}, {"seq", 999'999}, {"until", format_time(at(300))}}});
    BOOST_TEST(history.account.waivers.size() == 2U);
    BOOST_TEST(history.account.waivers.contains({999'999, "CL-001"}));
    waive(history.seq + 5, 400);  // of an entry that is still to come
    BOOST_TEST(history.account.waivers.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
