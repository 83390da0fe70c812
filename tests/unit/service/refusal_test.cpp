// What is not recorded, and that a refusal leaves no trace.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using service::ItemStatus;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string change(std::string const& kind, std::string const& record, std::string const& data = "{}") {
    return R"({"kind":")" + kind + R"(","phone":"+15550100123","source":{"record":")" + record + R"("},"data":)" + data + "}";
}

errc code_of(service::ItemResult const& result) {
    BOOST_REQUIRE(result.problem);
    return result.problem->code;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refusal)

BOOST_AUTO_TEST_CASE(roles_decide_who_may_post_what) {
    ServiceFixture f;
    f.open();
    auto const as = [&](consent::Role role, std::string const& text) {
        auto request = ServiceFixture::request("acme", {item(text)});
        request.principal = ServiceFixture::principal(role, "acme");
        return need(f.try_post(std::move(request))).results.at(0);
    };
    BOOST_TEST((as(consent::Role::writer, change("contact.blocked", "a")).status == ItemStatus::recorded));
    BOOST_TEST((code_of(as(consent::Role::sender, change("contact.blocked", "b"))) == errc::forbidden));
    BOOST_TEST((code_of(as(consent::Role::auditor, change("opt_in.agent", "c"))) == errc::forbidden));
    BOOST_TEST((code_of(as(consent::Role::writer,
                           R"({"kind":"list.defined","source":{"record":"d"},"data":{"list":"promo"}})")) == errc::forbidden));
}

BOOST_AUTO_TEST_CASE(a_token_of_another_account_is_refused_whole) {
    ServiceFixture f;
    f.open();
    auto request = ServiceFixture::request("acme", {item(change("contact.blocked", "a"))});
    request.principal = ServiceFixture::principal(consent::Role::admin, "other");
    auto const answer = f.try_post(std::move(request));
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().code == errc::forbidden));
}

BOOST_AUTO_TEST_CASE(an_unknown_account_and_an_unknown_contact_are_refused) {
    ServiceFixture f;
    f.open();
    BOOST_TEST((code_of(f.post("nobody", {item(change("contact.blocked", "a"))}).results[0]) == errc::not_found));
    auto const unknown =
        f.post(R"({"kind":"contact.blocked","contact":")" + std::string(64, 'a') + R"(","source":{"record":"b"},"data":{}})");
    BOOST_TEST((code_of(unknown) == errc::invalid));
    BOOST_TEST(unknown.problem->pointer == "/contact");
    BOOST_TEST(f.service->stats().size == 2);
    auto const known = f.post(change("contact.blocked", "c"));
    auto const by_id = f.post(R"({"kind":"contact.unblocked","contact":")" + to_hex(*known.contact) +
                              R"(","source":{"record":"d"},"data":{}})");
    BOOST_TEST((by_id.status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(an_unknown_pack_is_refused) {
    ServiceFixture f;
    f.open();
    auto const answer = f.post(R"({"kind":"account.defined","source":{"record":"p"},"data":{"pack":"no-such-pack"}})");
    BOOST_TEST((code_of(answer) == errc::invalid));
    BOOST_TEST(answer.problem->pointer == "/data/pack");
}

BOOST_AUTO_TEST_CASE(enforce_refuses_a_critical_opt_in_and_never_an_opt_out) {
    ServiceFixture f;
    f.open();
    f.post(R"({"kind":"account.defined","source":{"record":"e"},"data":{"enforce":true}})");
    f.post(change("contact.blocked", "b1"));
    auto const size = f.service->stats().size;
    auto const refused = f.post(change("opt_in.agent", "i1"));
    BOOST_TEST((code_of(refused) == errc::refused_by_policy));
    BOOST_TEST(f.service->stats().size == size);
    auto const out = f.post(change("opt_out.agent", "o1"));
    BOOST_TEST((out.status == ItemStatus::recorded));
    BOOST_TEST(out.seq == size);
    // The refusal left no trace: the chain and the counts go on as if it had not been.
    auto const entries = f.entries();
    auto const last = need(decode(entries.back()));
    auto const before = need(decode(entries[entries.size() - 2]));
    BOOST_TEST((last.prev == leaf_hash(entries[entries.size() - 2])));
    BOOST_TEST(*last.account_seq == *before.account_seq + 1);
    BOOST_TEST(*last.contact_seq == *before.contact_seq + 1);
    // The same key may be tried again; a refusal is not remembered.
    BOOST_TEST((code_of(f.post(change("opt_in.agent", "i1"))) == errc::refused_by_policy));
}

BOOST_AUTO_TEST_CASE(without_enforce_the_same_is_recorded_and_flagged) {
    ServiceFixture f;
    f.open();
    f.post(change("contact.blocked", "b1"));
    auto const recorded = f.post(change("opt_in.agent", "i1"));
    BOOST_TEST((recorded.status == ItemStatus::recorded));
    BOOST_TEST(!recorded.findings.empty());
    BOOST_TEST(!recorded.state->opted_in);
}

BOOST_AUTO_TEST_CASE(texts_are_sealed_and_open_to_their_commitment) {
    ServiceFixture f;
    f.open();
    auto const result = f.post(change("opt_in.agent", "n", R"({"note":"asked by phone"})"));
    BOOST_TEST(result.entry->find("asked by phone") == std::string::npos);
    BOOST_TEST(result.entry->find("5550100123") == std::string::npos);
    auto const log = need(log::open_log_reader({f.dir() / "ledger.db", f.dir() / "vault.db"}));
    auto const note = need(log->opening(result.seq, "/data/note"));
    BOOST_REQUIRE(note);
    BOOST_TEST(note->content == "asked by phone");
    BOOST_TEST(result.entry->find(to_hex(content_commitment(note->salt, note->content))) != std::string::npos);
    auto const phone = need(log->opening(result.seq, "/contact"));
    BOOST_REQUIRE(phone);
    BOOST_TEST((contact_id(phone->salt, "acme", phone->content) == *result.contact));
    // Only the first entry opens the number.
    auto const second = f.post(change("opt_out.agent", "n2"));
    BOOST_TEST(!need(log->opening(second.seq, "/contact")));
}

BOOST_AUTO_TEST_SUITE_END()
