// policy.activated: what is refused, and by which pack each later entry is judged, also after a rebuild.
#include "ledger/consent/pack_json.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace cl;
using service::ItemStatus;
using test::need;
using test::ServiceFixture;

namespace {

std::string activation(std::string const& pack, std::string const& record, std::string const& overrides = {}) {
    consent::Pack const* const known = consent::find_pack({pack, 1});
    std::string const digest = known != nullptr ? to_hex(consent::pack_digest(*known)) : std::string(64, '0');
    return R"({"kind":"policy.activated","actor":{"kind":"agent","id":"boss"},"source":{"record":")" + record +
           R"("},"data":{"pack":")" + pack + R"(","rules":1,"digest":")" + digest + R"(")" +
           (overrides.empty() ? "" : R"(,"overrides":)" + overrides) + "}}";
}

std::string pointer_of(service::ItemResult const& result) {
    return result.problem ? result.problem->pointer : "accepted";
}

Entry entry_at(ServiceFixture const& f, Seq seq) {
    return need(decode(f.entries().at(static_cast<std::size_t>(seq))));
}

BOOST_AUTO_TEST_SUITE(policy_of_an_account)

BOOST_AUTO_TEST_CASE(what_cannot_be_put_in_force_is_refused) {
    ServiceFixture f;
    f.open();
    auto const size = f.service->stats().size;
    BOOST_TEST(pointer_of(f.post(activation("no-such-pack", "a"))) == "/data/pack");
    BOOST_TEST(pointer_of(f.post(activation("us-2027", "b"))) == "/data/overrides/confirmed_effective");
    BOOST_TEST(pointer_of(f.post(activation("strict", "c", R"({"revocation_days":30})"))) == "/data/overrides/revocation_days");
    std::string other = activation("strict", "d");
    std::string const digest = to_hex(consent::pack_digest(*consent::find_pack({"strict", 1})));
    other.replace(other.find(digest), 64, 64, 'f');
    BOOST_TEST(pointer_of(f.post(other)) == "/data/digest");
    BOOST_TEST(pointer_of(f.post(R"({"kind":"account.defined","source":{"record":"e"},"data":{"pack":"us-2027"}})")) ==
               "/data/pack");
    BOOST_TEST(f.service->stats().size == size);
}

BOOST_AUTO_TEST_CASE(entries_are_judged_by_the_pack_in_force) {
    ServiceFixture f;
    f.open();
    auto const before = f.text("HELP", "m1");
    auto const activated = f.post(activation("strict", "p1", R"({"revocation_days":1})"));
    BOOST_REQUIRE(pointer_of(activated) == "accepted");
    auto const after = f.text("Stop texting me please", "m2");
    BOOST_TEST((after.cls == consent::InboundClass::stop));
    BOOST_TEST(entry_at(f, before.results.at(0).seq).policy->pack == "texting");
    BOOST_TEST(!entry_at(f, activated.seq).policy.has_value());
    BOOST_TEST(entry_at(f, after.results.at(0).seq).policy->pack == "strict");
    // Under this pack neither a HELP nor an ordinary message opts in again.
    f.text("HELP", "m3");
    f.text("hello", "m4");
    BOOST_TEST(!f.look().state.opted_in);
    BOOST_TEST((f.post(activation("strict", "p1", R"({"revocation_days":1})")).status == ItemStatus::replayed));
}

BOOST_AUTO_TEST_CASE(a_rebuild_from_the_ledger_finds_the_same) {
    ServiceFixture f;
    f.open();
    f.text("hello", "m1");
    f.post(activation("strict", "p1"));
    f.text("stop", "m2");
    f.text("hello", "m3");
    auto const kept = f.look().state;
    f.close();
    std::filesystem::remove(f.dir() / "state.db");
    f.open();
    BOOST_TEST((f.look().state == kept));
    BOOST_TEST(!kept.opted_in);
    // The past is looked at by the pack of then.
    auto const queries = need(f.service->make_queries());
    auto const view = need(queries->contact("acme", queries->contact_of("acme", "+15550100123"), std::nullopt, f.clock.now()));
    BOOST_TEST(!view.state.opted_in);
    auto const again = f.text("Stop texting me please", "m4");
    BOOST_TEST((again.cls == consent::InboundClass::stop));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
