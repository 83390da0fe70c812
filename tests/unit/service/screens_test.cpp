// The screens on the way to the ledger: by the pack in force when the entry is made, and not for what was recorded before.
#include "ledger/consent/pack_json.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>

using namespace cl;
using service::ItemStatus;
using test::need;
using test::ServiceFixture;

namespace {

std::string note(std::string const& text, std::string const& record, std::string const& kind = "opt_in.agent",
                 std::string const& member = "note") {
    return R"({"kind":")" + kind + R"(","phone":"+15550100123","source":{"record":")" + record + R"("},"data":{")" + member +
           R"(":")" + text + R"("}})";
}

std::string activate_strict() {
    std::string const digest = to_hex(consent::pack_digest(*consent::find_pack({"strict", 1})));
    return R"({"kind":"policy.activated","source":{"record":"p"},"data":{"pack":"strict","rules":1,"digest":")" + digest +
           R"("}})";
}

std::string bytes_of(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool on_disk(ServiceFixture const& f, std::string_view text) {
    for (auto const& file : std::filesystem::directory_iterator(f.dir())) {
        if (file.is_regular_file() && bytes_of(file.path()).find(text) != std::string::npos) return true;
    }
    return false;
}

BOOST_AUTO_TEST_SUITE(screens)

BOOST_AUTO_TEST_CASE(health_information_never_reaches_the_disk) {
    ServiceFixture f;
    f.open();
    auto const size = f.service->stats().size;
    auto const refused = f.post(note("diagnosed with lupus, metformin 500 mg", "a"));
    BOOST_TEST((refused.status == ItemStatus::refused));
    BOOST_TEST((refused.problem->code == errc::phi_suspected));
    BOOST_TEST(refused.problem->pointer == "/data/note");
    BOOST_TEST(f.service->stats().size == size);
    auto const blocked = f.post(note("diagnosed with lupus, metformin 500 mg", "b", "contact.blocked", "reason"));
    BOOST_TEST((blocked.status == ItemStatus::recorded));
    BOOST_TEST(f.look().state.blocked);
    auto const stop = f.text("stop messaging me, I was diagnosed with lupus and take metformin", "m1");
    BOOST_TEST((stop.cls == consent::InboundClass::review));
    f.close();
    BOOST_TEST(!on_disk(f, "lupus"));
    BOOST_TEST(!on_disk(f, "metformin"));
}

BOOST_AUTO_TEST_CASE(a_refusal_leaves_the_key_free) {
    ServiceFixture f;
    f.open();
    BOOST_TEST((f.post(note("diagnosed with lupus", "a")).status == ItemStatus::refused));
    BOOST_TEST((f.post(note("asked by phone", "a")).status == ItemStatus::recorded));
}

BOOST_AUTO_TEST_CASE(a_stricter_pack_refuses_what_is_new_and_replays_what_is_old) {
    ServiceFixture f;
    f.open();
    std::string const text = "SSN 212-09-9999 on file";
    auto const flagged = f.post(note(text, "a"));
    BOOST_REQUIRE((flagged.status == ItemStatus::recorded));
    BOOST_TEST(std::any_of(flagged.findings.begin(), flagged.findings.end(),
                           [](consent::Finding const& one) { return one.id == "CL-081"; }));
    auto const message = f.send(f.message("my ssn is 212-09-9999", "m1", "+15550100777"));
    BOOST_TEST(need(decode(*message.results.at(0).entry)).data.contains("suspected"));
    BOOST_REQUIRE((f.post(activate_strict()).status == ItemStatus::recorded));
    auto const refused = f.post(note(text, "b"));
    BOOST_TEST((refused.status == ItemStatus::refused));
    BOOST_TEST((refused.problem->code == errc::invalid));
    auto const again = f.post(note(text, "a"));
    BOOST_TEST((again.status == ItemStatus::replayed));
    BOOST_TEST(again.seq == flagged.seq);
    auto const redelivered = f.send(f.message("my ssn is 212-09-9999", "m1", "+15550100777"));
    BOOST_TEST((redelivered.results.at(0).status == ItemStatus::replayed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
