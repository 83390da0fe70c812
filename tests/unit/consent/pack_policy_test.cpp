// Activating a pack, and overriding it: what is refused, and what is in force from which entry on.
#include "ledger/consent/pack_policy.hpp"

#include "ledger/consent/pack_json.hpp"
#include "ledger/core/limits.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(policies)

json::Object activation(std::string const& pack, json::Object overrides = {}) {
    Pack const* const known = find_pack({pack, 1});
    json::Object data = {
        {"pack", pack}, {"rules", 1}, {"digest", known != nullptr ? to_hex(pack_digest(*known)) : std::string(64, '0')}};
    if (!overrides.empty()) data.set("overrides", std::move(overrides));
    return data;
}

std::string pointer_of(json::Object const& data, Millis now = at(0)) {
    auto const read = read_policy(data, now);
    return read ? "accepted" : read.error().pointer;
}

Pack in_force(std::string const& pack, json::Object overrides) {
    auto const read = read_policy(activation(pack, std::move(overrides)), at(0));
    BOOST_REQUIRE(read.has_value());
    return *read->in_force;
}

BOOST_AUTO_TEST_CASE(what_cannot_be_activated) {
    for (Pack const& pack : all_packs()) {
        if (pack.needs_confirmed_date) continue;
        BOOST_TEST_CONTEXT(pack.name) BOOST_TEST(pointer_of(activation(std::string(pack.name))) == "accepted");
    }
    BOOST_TEST(pointer_of(activation("no-such-pack")) == "/data/pack");
    json::Object other = activation("strict");
    other.set("rules", 2);
    BOOST_TEST(pointer_of(other) == "/data/rules");
    other = activation("strict");
    other.set("digest", to_hex(pack_digest(texting_pack())));
    BOOST_TEST(pointer_of(other) == "/data/digest");
}

BOOST_AUTO_TEST_CASE(a_law_to_come_is_off_until_its_date_is_confirmed) {
    std::string const place = "/data/overrides/confirmed_effective";
    auto const bare = read_policy(activation("us-2027"), at(0));
    BOOST_REQUIRE(!bare.has_value());
    BOOST_TEST(bare.error().pointer == place);
    BOOST_TEST(bare.error().detail.find("is off") != std::string::npos);
    auto const on = [&](char const* date, Millis now) {
        return pointer_of(activation("us-2027", {{"confirmed_effective", date}}), now);
    };
    Millis const day = parse_rfc3339("2027-01-31T00:00:00Z").value();
    BOOST_TEST(on("2027-01-31", day) == "accepted");
    BOOST_TEST(on("2027-01-31", day - 1) == place);  // still to come
    for (char const* const no_date : {"2027-02-30", "31.01.2027", "2027-1-31", "soon", ""}) {
        BOOST_TEST_CONTEXT(no_date) BOOST_TEST(on(no_date, day) == place);
    }
    BOOST_TEST(pointer_of(activation("us-2027", {{"confirmed_effective", 20270131}}), day) == place);
    // A pack whose law is in force waits for nothing.
    BOOST_TEST(pointer_of(activation("us-2025", {{"confirmed_effective", "2025-04-11"}})) == place);
    BOOST_TEST(named_policy("us-2027").error().pointer == "/data/pack");
    BOOST_TEST(named_policy("us-2025").has_value());
    BOOST_TEST(named_policy("no-such-pack").error().pointer == "/data/pack");
}

BOOST_AUTO_TEST_CASE(overrides_may_only_be_stricter) {
    struct {
        char const* pack;
        char const* name;
        json::Value value;
        bool accepted;
    } const rows[] = {
        {"texting", "revocation_days", 5, true},
        {"texting", "revocation_days", 10, true},
        {"texting", "revocation_days", 11, false},
        {"texting", "revocation_days", -1, false},
        {"texting", "revocation_days", true, false},
        {"texting", "revocation_days", "5", false},
        {"texting", "retention_days", 3'653, true},
        {"texting", "retention_days", 365, false},
        {"eu-gdpr", "retention_days", 365, true},  // left free: Art. 5(1)(e) asks for less
        {"eu-gdpr", "retention_days", 0, false},   // but within its range
        {"texting", "stop_clears_lists", true, true},
        {"eu-gdpr", "stop_clears_lists", false, false},
        {"texting", "compliance_keyword_reopts_in", false, true},
        {"strict", "compliance_keyword_reopts_in", true, false},
        {"strict", "compliance_keyword_reopts_in", "no", false},
        {"texting", "added_is_opted_in", false, true},
        {"us-2025", "added_is_opted_in", true, false},
        {"texting", "match", "contains", true},
        {"strict", "match", "whole", false},
        {"strict", "match", "fuzzy", false},
        {"texting", "list_request_scope", "account", true},
        {"strict", "list_request_scope", "list", false},
        {"texting", "calendar", "every-day", true},
        {"texting", "calendar", "ca-federal", false},  // other holidays are neither stricter nor looser
        {"ca-casl", "calendar", "us-federal", false},
        {"strict", "calendar", "weekends", false},
        {"texting", "promotional_validity_days", 365, true},
        {"strict", "promotional_validity_days", 0, false},  // 0 is for ever
        {"strict", "promotional_validity_days", 365, true},
        {"ca-casl", "informational_validity_days", 0, true},  // left free: an express oral consent does not end
        {"ca-casl", "conversational_validity_days", 0, false},
        {"texting", "send_from_hour", 9, true},
        {"texting", "send_from_hour", 7, false},
        {"texting", "send_from_hour", 21, false},  // not before send_until_hour
        {"texting", "exposure_low_cents", 1, false},
        {"texting", "needs_confirmed_date", false, false},
        {"texting", "rules", 2, false},
        {"texting", "evidence", "web_form", false},
        {"texting", "sla", 5, false},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.pack << " " << row.name << " " << json::write(row.value)) {
            std::string const place = "/data/overrides/" + std::string(row.name);
            BOOST_TEST(pointer_of(activation(row.pack, {{row.name, row.value}})) == (row.accepted ? "accepted" : place));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_law_to_come_may_be_replaced_by_the_later_order) {
    Millis const later = parse_rfc3339("2027-06-01T00:00:00Z").value();
    json::Object const overrides = {{"confirmed_effective", "2027-01-31"}, {"list_request_scope", "list"}};
    auto const read = read_policy(activation("us-2027", overrides), later);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->in_force->list_request_scope == RequestScope::list));
}

BOOST_AUTO_TEST_CASE(too_many_overrides) {
    json::Object many;
    for (std::size_t i = 0; i <= limits::policy_overrides; ++i) many.set("x" + std::to_string(i), 1);
    BOOST_TEST(pointer_of(activation("strict", many)) == "/data/overrides");
}

BOOST_AUTO_TEST_CASE(overrides_take_effect_in_their_unit) {
    Pack const pack = in_force("texting", {{"optout_sla_seconds", 30}, {"retention_days", 3'653}, {"match", "begins_with"}});
    BOOST_TEST(pack.optout_sla_ms == 30'000);
    BOOST_TEST(pack.retention_ms == 3'653LL * 24 * 3'600 * 1'000);
    BOOST_TEST((pack.match == MatchMode::begins_with));
    BOOST_TEST(pack.revocation_business_days == texting_pack().revocation_business_days);
    BOOST_TEST(pack.name == "texting");
}

BOOST_AUTO_TEST_CASE(in_force_from_the_next_entry_on) {
    Policies policies;
    BOOST_TEST(pack_in_force(policies) == &texting_pack());
    add_policy(policies, 7, activation("strict"), at(7), true);
    add_policy(policies, 9, activation("ca-casl", {{"revocation_days", 3}}), at(9), true);
    BOOST_TEST(pack_in_force(policies)->name == "ca-casl");
    BOOST_TEST(pack_in_force(policies)->revocation_business_days == 3);
    BOOST_TEST(pack_of_entry(policies, 7)->name == "texting");
    BOOST_TEST(pack_of_entry(policies, 8)->name == "strict");
    BOOST_TEST(pack_of_entry(policies, 9)->name == "strict");
    BOOST_TEST(pack_of_entry(policies, 10)->name == "ca-casl");
    BOOST_TEST(pack_at(policies, at(6))->name == "texting");
    BOOST_TEST(pack_at(policies, at(8))->name == "strict");
    BOOST_TEST(pack_at(policies, at(900))->name == "ca-casl");
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_is_kept_as_unknown) {
    Policies policies;
    json::Object foreign = activation("of-tomorrow", {{"x", 1}});
    foreign.set("rules", 9);
    add_policy(policies, 1, foreign, at(1), true);
    BOOST_TEST(pack_in_force(policies) == nullptr);
    BOOST_TEST(policies.back().pack == "of-tomorrow");
    BOOST_TEST(policies.back().rules == 9);
    json::Object changed = activation("strict");
    changed.set("digest", std::string(64, 'a'));
    add_policy(policies, 2, changed, at(2), true);
    BOOST_TEST(pack_in_force(policies) == nullptr);
    add_policy(policies, 3, activation("strict", {{"revocation_days", 99}}), at(3), true);
    BOOST_TEST(pack_in_force(policies) == nullptr);
    add_policy(policies, 4, activation("strict"), at(4), true);
    BOOST_TEST(pack_in_force(policies)->name == "strict");
}

BOOST_AUTO_TEST_CASE(naming_the_pack_in_force_keeps_its_overrides) {
    Policies policies;
    add_policy(policies, 1, {{"enforce", true}}, at(1), false);
    add_policy(policies, 2, {{"pack", "texting"}}, at(2), false);
    BOOST_TEST(policies.empty());
    add_policy(policies, 3, activation("texting", {{"revocation_days", 3}}), at(3), true);
    add_policy(policies, 4, {{"pack", "texting"}}, at(4), false);
    BOOST_TEST(pack_in_force(policies)->revocation_business_days == 3);
    add_policy(policies, 5, {{"pack", "us-2025"}}, at(5), false);
    BOOST_TEST(pack_in_force(policies)->name == "us-2025");
}

BOOST_AUTO_TEST_CASE(the_newest_are_kept) {
    Policies policies;
    auto const seq_of = [](std::size_t i) { return static_cast<Seq>(i); };
    for (std::size_t i = 0; i < limits::account_policies + 3; ++i) {
        add_policy(policies, seq_of(i), activation(i % 2 == 0 ? "strict" : "texting"), at(0), true);
    }
    BOOST_TEST(policies.size() == limits::account_policies);
    BOOST_TEST(policies.front().seq == 3);
    BOOST_TEST(pack_of_entry(policies, 2)->name == "texting");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
