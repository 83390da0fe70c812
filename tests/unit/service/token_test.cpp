// Tokens: text form, creation, authentication.
#include "ledger/service/token_text.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>

using namespace cl;
using test::need;
using test::ServiceFixture;

namespace {

service::AuthFault fault_of(service::Authentication const& result) {
    BOOST_REQUIRE(result.has_error());
    BOOST_TEST((result.error().error.code == errc::unauthorized));
    return result.error().fault;
}

service::Principal taken(service::Authentication const& result) {
    BOOST_REQUIRE(result.has_value());
    return *result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_AUTO_TEST_CASE(the_text_is_strict_and_carries_zlibs_checksum) {
    BOOST_TEST(service::crc32("123456789") == 0xcbf43926U);
    test::SeededRandom random(7);
    auto const token = service::new_token_text(random);
    std::string const text = service::to_text(token);
    auto const back = need(service::parse_token_text(text));
    BOOST_TEST(back.id == token.id);
    BOOST_TEST(back.secret == token.secret);
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string torn = text;
        torn[i] = torn[i] == 'a' ? 'b' : 'a';
        BOOST_TEST(!service::parse_token_text(torn));
    }
    for (std::string const& bad :
         {std::string(), std::string("cl_"), std::string("cl__"), text.substr(0, text.size() - 1), text + "0", "x" + text}) {
        BOOST_TEST(!service::parse_token_text(bad));
    }
}

BOOST_AUTO_TEST_CASE(a_token_defines_its_account_and_authenticates_also_after_a_rebuild) {
    ServiceFixture f;
    need(f.try_open());
    auto const token = need(f.service->create_token({"shop", consent::Role::writer, {}}));
    auto const principal = taken(f.service->authenticate(token.text));
    BOOST_TEST(principal.token == token.id);
    BOOST_TEST((principal.role == consent::Role::writer));
    BOOST_TEST(principal.covers("shop"));
    BOOST_TEST(!principal.covers("acme"));
    BOOST_TEST(!principal.covers_all());
    auto const entries = f.entries();
    BOOST_REQUIRE(entries.size() == 3U);
    BOOST_TEST(need(decode(entries[1])).kind == "account.defined");
    auto const created = need(decode(entries[2]));
    BOOST_TEST(created.kind == "token.created");
    BOOST_TEST(consent::check_stored_data(consent::Kind::token_created, created.data).has_value());
    BOOST_TEST(entries[2].find(token.text.substr(token.text.size() - 72, 64)) == std::string::npos);
    need(f.service->create_token({"shop", consent::Role::auditor, {}}));
    BOOST_TEST(f.entries().size() == 4U);
    auto const everywhere = need(f.service->create_token({"*", consent::Role::admin, {}}));
    BOOST_TEST(taken(f.service->authenticate(everywhere.text)).covers_all());
    BOOST_TEST(need(decode(f.entries().back())).account.empty());
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    need(f.try_open());
    BOOST_TEST(f.service->authenticate(token.text).has_value());
    BOOST_TEST(f.service->authenticate(everywhere.text).has_value());
}

BOOST_AUTO_TEST_CASE(unknown_and_altered_tokens_are_unauthorized) {
    ServiceFixture f;
    need(f.try_open());
    auto const token = need(f.service->create_token({"shop", consent::Role::writer, {}}));
    auto other = need(service::parse_token_text(token.text));
    other.secret[0] = static_cast<char>(other.secret[0] ^ 1);
    auto const wrong = f.service->authenticate(service::to_text(other));
    test::SeededRandom random(99);
    auto const unknown = f.service->authenticate(service::to_text(service::new_token_text(random)));
    BOOST_TEST((fault_of(wrong) == service::AuthFault::unknown));
    BOOST_TEST((fault_of(unknown) == service::AuthFault::unknown));
    BOOST_TEST((wrong.error().error == unknown.error().error));  // a stranger does not learn which ids there are
    BOOST_TEST(wrong.error().token == token.id);
    BOOST_TEST(unknown.error().token.empty());  // what a stranger chose is in no log
    BOOST_TEST((fault_of(f.service->authenticate("Bearer " + token.text)) == service::AuthFault::malformed));
    BOOST_TEST((fault_of(f.service->authenticate(token.text.substr(0, 40))) == service::AuthFault::malformed));
    auto const bad = f.service->create_token({"No Such", consent::Role::writer, {}});
    BOOST_REQUIRE(!bad);
    BOOST_TEST((bad.error().code == errc::invalid));
}

/// An export is planned for a while before its statement is recorded.
BOOST_AUTO_TEST_CASE(a_token_that_was_revoked_meanwhile_states_no_export) {
    ServiceFixture f;
    f.open();
    auto const token = need(f.service->create_token({"acme", consent::Role::auditor, {}}));
    auto const ending = need(f.service->create_token({"acme", consent::Role::auditor, f.clock.now() + 60'000}));
    auto const state = [&](std::string const& id, std::string const& key) {
        auto request =
            ServiceFixture::request("acme",
                                    {test::item(R"({"kind":"export.issued","data":{"scope":"account","digest":")" +
                                                std::string(64, '0') + R"(","entries":1,"tree_size":4,"account_seq":1}})")},
                                    key);
        request.principal = service::Principal{id, consent::Role::auditor, {"acme"}};
        return need(f.try_post(std::move(request))).results.at(0);
    };
    BOOST_TEST((state(token.id, "1").status == service::ItemStatus::recorded));
    BOOST_TEST((state("cli", "2").status == service::ItemStatus::recorded));
    need(f.service->revoke_token(token.id, "acme", ServiceFixture::principal()));
    auto const size = f.service->stats().size;
    auto const refused = state(token.id, "3");
    BOOST_REQUIRE(refused.problem);
    BOOST_TEST((refused.problem->code == errc::unauthorized));
    f.clock.advance(59'999);
    BOOST_TEST((state(ending.id, "4").status == service::ItemStatus::recorded));
    f.clock.advance(1);
    BOOST_TEST((state(ending.id, "5").problem->code == errc::unauthorized));
    BOOST_TEST(f.service->stats().size == size + 1);
}

BOOST_AUTO_TEST_CASE(a_token_is_taken_until_the_moment_it_expires) {
    ServiceFixture f;
    need(f.try_open());
    Millis const end = f.clock.now() + 60'000;
    auto const token = need(f.service->create_token({"shop", consent::Role::writer, end}));
    BOOST_TEST(need(decode(f.entries().back())).data.string("expires") == format_time(end));
    BOOST_TEST(consent::check_stored_data(consent::Kind::token_created, need(decode(f.entries().back())).data).has_value());
    f.clock.advance(59'999);
    BOOST_TEST(f.service->authenticate(token.text).has_value());
    BOOST_TEST(f.service->in_force(token.id));
    f.clock.advance(1);
    BOOST_TEST((fault_of(f.service->authenticate(token.text)) == service::AuthFault::expired));
    BOOST_TEST(!f.service->in_force(token.id));
    // Who does not have the secret does not learn that it has expired.
    auto other = need(service::parse_token_text(token.text));
    other.secret[3] = static_cast<char>(other.secret[3] ^ 4);
    BOOST_TEST((fault_of(f.service->authenticate(service::to_text(other))) == service::AuthFault::unknown));
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    need(f.try_open());
    BOOST_TEST((fault_of(f.service->authenticate(token.text)) == service::AuthFault::expired));
    auto const late = f.service->create_token({"shop", consent::Role::writer, f.clock.now()});
    BOOST_REQUIRE(!late);
    BOOST_TEST(late.error().pointer == "/expires");
}

BOOST_AUTO_TEST_CASE(an_end_is_stored_in_the_one_spelling_of_a_time) {
    auto const created = [](std::string_view expires) {
        json::Object const data{{"token", "t"},
                                {"role", "writer"},
                                {"accounts", json::Array{"acme"}},
                                {"secret_hash", to_hex(Hash32{})},
                                {"expires", expires}};
        return consent::check_stored_data(consent::Kind::token_created, data).has_value();
    };
    auto const revoked = [](std::string_view at) {
        json::Object const data{{"token", "t"}, {"at", at}, {"replaced_by", "t2"}};
        return consent::check_stored_data(consent::Kind::token_revoked, data).has_value();
    };
    BOOST_TEST(created("2027-01-31T00:00:00.000Z"));
    BOOST_TEST(revoked("2027-01-31T00:00:00.000Z"));
    for (char const* const other : {"2027-01-31T00:00:00Z", "2027-01-31T01:00:00.000+01:00", "soon", ""}) {
        BOOST_TEST(!created(other));
        BOOST_TEST(!revoked(other));
    }
}

BOOST_AUTO_TEST_CASE(a_revoked_token_is_gone_with_the_answer_and_stays_gone) {
    ServiceFixture f;
    need(f.try_open());
    auto const token = need(f.service->create_token({"shop", consent::Role::writer, {}}));
    auto const kept = need(f.service->create_token({"shop", consent::Role::writer, {}}));
    auto const by = test::ServiceFixture::principal(consent::Role::admin, "shop");
    auto const foreign = f.service->revoke_token(token.id, "acme", by);
    BOOST_REQUIRE(!foreign);
    BOOST_TEST((foreign.error().code == errc::not_found));
    BOOST_TEST(f.service->authenticate(token.text).has_value());
    auto const first = need(f.service->revoke_token(token.id, "shop", by));
    BOOST_TEST(first.revoked_at.has_value());
    BOOST_TEST((fault_of(f.service->authenticate(token.text)) == service::AuthFault::revoked));
    BOOST_TEST(f.service->authenticate(kept.text).has_value());
    auto const entry = need(decode(f.entries().back()));
    BOOST_TEST(entry.kind == "token.revoked");
    BOOST_TEST(entry.account == "shop");
    BOOST_TEST(entry.source->token == "tok");
    BOOST_TEST(consent::check_stored_data(consent::Kind::token_revoked, entry.data).has_value());
    auto const entries = f.entries().size();
    f.clock.advance(1'000);
    BOOST_TEST((need(f.service->revoke_token(token.id, "", by)).revoked_at == first.revoked_at));
    BOOST_TEST(f.entries().size() == entries);
    BOOST_TEST(!f.service->revoke_token("nobody", "", by).has_value());
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    need(f.try_open());
    BOOST_TEST((fault_of(f.service->authenticate(token.text)) == service::AuthFault::revoked));
}

BOOST_AUTO_TEST_CASE(an_account_admin_cannot_revoke_a_token_for_all_accounts) {
    ServiceFixture f;
    f.open();
    auto const everywhere = need(f.service->create_token({"*", consent::Role::auditor, {}}));
    auto const by = test::ServiceFixture::principal(consent::Role::admin, "acme");
    BOOST_TEST(!f.service->revoke_token(everywhere.id, "acme", by).has_value());
    BOOST_TEST(f.service->tokens("acme", "", 10).items.empty());
    BOOST_TEST(need(f.service->revoke_token(everywhere.id, "", by)).revoked_at.has_value());
    BOOST_TEST(need(decode(f.entries().back())).account.empty());
}

BOOST_AUTO_TEST_CASE(a_rotation_is_one_transaction_and_both_tokens_are_taken_during_the_overlap) {
    ServiceFixture f;
    f.open();
    Millis const life = 90LL * 24 * 3'600'000;
    auto const old = need(f.service->create_token({"acme", consent::Role::sender, f.clock.now() + life}));
    f.clock.advance(1'000'000);
    auto const before = f.entries().size();
    auto const fresh = need(f.service->rotate_token({old.id, 3'600'000, {}}));
    auto const entries = f.entries();
    BOOST_REQUIRE(entries.size() == before + 2);
    auto const made = need(decode(entries[before]));
    auto const ended = need(decode(entries[before + 1]));
    BOOST_TEST(made.kind == "token.created");
    BOOST_TEST(made.data.string("expires") == format_time(f.clock.now() + life));  // as long a life as the old one's
    BOOST_TEST(ended.kind == "token.revoked");
    BOOST_TEST(ended.data.string("at") == format_time(f.clock.now() + 3'600'000));
    BOOST_TEST(ended.data.string("replaced_by") == fresh.id);
    BOOST_TEST(consent::check_stored_data(consent::Kind::token_revoked, ended.data).has_value());
    BOOST_TEST((taken(f.service->authenticate(fresh.text)).role == consent::Role::sender));
    BOOST_TEST(f.service->authenticate(old.text).has_value());
    // Again: the old one's end is not put off.
    f.clock.advance(3'000'000);
    auto const another = need(f.service->rotate_token({old.id, 3'600'000, {}}));
    BOOST_TEST(need(decode(f.entries().back())).data.string("at") == ended.data.string("at"));
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    need(f.try_open());
    f.clock.advance(599'999);
    BOOST_TEST(f.service->authenticate(old.text).has_value());
    f.clock.advance(1);
    BOOST_TEST((fault_of(f.service->authenticate(old.text)) == service::AuthFault::expired));
    BOOST_TEST(f.service->authenticate(fresh.text).has_value());
    BOOST_TEST(f.service->authenticate(another.text).has_value());
    BOOST_TEST((f.service->rotate_token({old.id, 0, {}}).error().code == errc::invalid));
    BOOST_TEST((f.service->rotate_token({"nobody", 0, {}}).error().code == errc::not_found));
    BOOST_TEST((f.service->rotate_token({fresh.id, limits::token_overlap_ms + 1, {}}).error().pointer == "/overlap_seconds"));
}

BOOST_AUTO_TEST_CASE(a_token_that_lives_as_long_as_times_go_can_be_rotated_later) {
    ServiceFixture f;
    f.open();
    auto const old = need(f.service->create_token({"acme", consent::Role::writer, latest_time}));
    f.clock.advance(1'000'000);
    auto const fresh = need(f.service->rotate_token({old.id, 0, {}}));
    BOOST_TEST(need(decode(f.entries()[f.entries().size() - 2])).data.string("expires") == format_time(latest_time));
    BOOST_TEST(f.service->authenticate(fresh.text).has_value());
}

BOOST_AUTO_TEST_CASE(a_rotation_without_overlap_revokes_and_one_that_fails_leaves_the_old_token) {
    ServiceFixture f;
    f.open();
    auto const old = need(f.service->create_token({"acme", consent::Role::writer, {}}));
    auto const fresh = need(f.service->rotate_token({old.id, 0, {}}));
    BOOST_TEST((fault_of(f.service->authenticate(old.text)) == service::AuthFault::revoked));
    BOOST_TEST(!need(decode(f.entries()[f.entries().size() - 2])).data.contains("expires"));
    auto const entries = f.entries().size();
    f.switches->fail_append = true;
    BOOST_TEST(!f.service->rotate_token({fresh.id, 1'000, {}}).has_value());
    f.switches->fail_append = false;
    f.close();
    need(f.try_open());
    BOOST_TEST(f.entries().size() == entries);
    f.clock.advance(10'000);
    BOOST_TEST(f.service->authenticate(fresh.text).has_value());
}

BOOST_AUTO_TEST_CASE(last_use_is_kept_to_the_minute_over_a_clean_restart_and_outside_the_log) {
    ServiceFixture f;
    f.open();
    auto const token = need(f.service->create_token({"acme", consent::Role::writer, {}}));
    auto const unused = need(f.service->create_token({"acme", consent::Role::writer, {}}));
    auto const entries = f.entries().size();
    f.clock.advance(125'000);
    Millis const now = f.clock.now();
    static_cast<void>(taken(f.service->authenticate(token.text)));
    auto const used = [&](std::string const& id) {
        for (auto const& one : f.service->tokens("acme", "", 100).items) {
            if (one.id == id) return one.last_used_at;
        }
        throw std::runtime_error("no such token");
    };
    BOOST_TEST((used(token.id) == now - now % 60'000));
    BOOST_TEST(!used(unused.id).has_value());
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    need(f.try_open());
    BOOST_TEST((used(token.id) == now - now % 60'000));
    BOOST_TEST(f.entries().size() == entries);
    f.close();
    for (char const* const damaged : {"", "{", "[]", R"({"x":1,"y":"no time"})"}) {
        std::ofstream(f.dir() / "last-used") << damaged;
        need(f.try_open());
        BOOST_TEST(!used(token.id).has_value());
        f.close();
    }
}

BOOST_AUTO_TEST_CASE(tokens_are_listed_by_account_in_pages) {
    ServiceFixture f;
    f.open();
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(need(f.service->create_token({"acme", consent::Role::writer, {}})).id);
    auto const other = need(f.service->create_token({"shop", consent::Role::admin, {}}));
    std::sort(ids.begin(), ids.end());
    std::vector<std::string> seen;
    std::string after;
    do {
        auto const page = f.service->tokens("acme", after, 2);
        BOOST_TEST(page.items.size() <= 2U);
        for (auto const& one : page.items) seen.push_back(one.id);
        after = page.next;
    } while (!after.empty());
    BOOST_TEST(seen == ids, boost::test_tools::per_element());
    BOOST_TEST(f.service->tokens("", "", 100).items.size() == 6U);
    BOOST_TEST(f.service->tokens("shop", "", 100).items.at(0).id == other.id);
}

BOOST_AUTO_TEST_SUITE_END()
