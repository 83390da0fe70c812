// Whatever is posted, in whatever order, under whatever ids, with restarts in between: no opt-out is lost, and nothing that was recorded
// changes (docs/promises.md "Retries").
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <random>

using namespace cl;
using service::ItemStatus;
using test::need;
using test::ServiceFixture;

namespace {

/// Few numbers, ids and records, so that they meet.
struct Requests {
    explicit Requests(std::uint32_t seed) : engine(seed) {}

    unsigned below(unsigned n) { return static_cast<unsigned>(engine() % n); }
    std::string phone() { return "+1555010011" + std::to_string(below(3)); }
    std::string id() { return "m" + std::to_string(below(12)); }

    std::string message(std::string const& body, std::string const& from) { return ServiceFixture::message(body, id(), from); }
    std::string change(std::string const& kind, std::string const& from) {
        std::string const data = kind == "contact.added"     ? R"({"origin":"manual"})"
                                 : kind == "opt_out.request" ? R"({"via":"phone"})"
                                 : kind.starts_with("list.") ? R"({"list":"promo"})"
                                                             : "{}";
        return R"({"kind":")" + kind + R"(","phone":")" + from + R"(","source":{"record":")" + id() + R"("},"data":)" + data +
               "}";
    }

    std::mt19937 engine;
};

bool is_out(ServiceFixture const& f, std::string const& phone) {
    return !f.look(phone).state.opted_in;
}

void check_stop(ServiceFixture& f, Requests& requests) {
    static constexpr char const* words[] = {"STOP", "Stop.", "unsubscribe", "STOP!!", "arret"};
    std::string const from = requests.phone();
    auto const answer = f.send(requests.message(words[requests.below(5)], from));
    BOOST_TEST_REQUIRE((answer.cls == consent::InboundClass::stop));
    BOOST_TEST_REQUIRE(answer.results.size() == 1U);
    auto const& result = answer.results[0];
    BOOST_TEST_REQUIRE((result.status != ItemStatus::refused));
    BOOST_TEST_REQUIRE(need(decode(*result.entry)).kind == "opt_out.stop");
    // One that was sent before under the same id is the older message; what came after it may have opted in again.
    if (result.status == ItemStatus::recorded) BOOST_TEST_REQUIRE(is_out(f, from));
}

void check_protective(ServiceFixture& f, Requests& requests) {
    static constexpr char const* kinds[] = {"opt_out.agent", "opt_out.request", "contact.blocked"};
    std::string const from = requests.phone();
    std::string const text = requests.change(kinds[requests.below(3)], from);
    auto const result = f.post(text, requests.below(3) == 0 ? "key" + std::to_string(requests.below(4)) : "");
    BOOST_TEST_REQUIRE((result.status != ItemStatus::refused));
    if (result.status == ItemStatus::recorded) BOOST_TEST_REQUIRE(is_out(f, from));
}

void do_anything(ServiceFixture& f, Requests& requests) {
    static constexpr char const* kinds[] = {"contact.added", "opt_in.agent", "contact.unblocked",
                                            "list.added",    "list.removed", "consent.recorded"};
    static constexpr char const* bodies[] = {"hello", "HELP", "OPTOUT", "START", "ok thanks", "please leave me alone"};
    if (requests.below(2) == 0) {
        f.post(requests.change(kinds[requests.below(6)], requests.phone()), requests.below(3) == 0 ? "key1" : "");
    } else {
        (void)f.try_send(requests.message(bodies[requests.below(6)], requests.phone()));
    }
}

void restart(ServiceFixture& f, bool without_projections) {
    f.close();
    if (without_projections) {
        for (auto const& file : std::filesystem::directory_iterator(f.dir())) {
            if (file.path().filename().string().starts_with("state.db")) std::filesystem::remove(file.path());
        }
    }
    need(f.try_open());
}

std::string standing(ServiceFixture const& f) {
    std::string out;
    for (int i = 0; i < 3; ++i) {
        auto const state = f.look("+1555010011" + std::to_string(i)).state;
        out += state.opted_in ? "in " : "out ";
        out += state.blocked ? "blocked " : "";
    }
    return out;
}

void run(std::uint32_t seed) {
    Requests requests(seed);
    ServiceFixture f(seed);
    f.open();
    std::vector<std::string> recorded;
    for (int step = 0; step < 150; ++step) {
        f.clock.advance(1 + requests.below(60'000));
        switch (requests.below(8)) {
        case 0:
        case 1: check_stop(f, requests); break;
        case 2: check_protective(f, requests); break;
        default: do_anything(f, requests); break;
        }
        if (step % 50 != 49) continue;
        std::string const before = standing(f);
        restart(f, step == 99);
        BOOST_TEST_REQUIRE(standing(f) == before);
        auto const now = f.entries();
        BOOST_TEST_REQUIRE(now.size() >= recorded.size());
        BOOST_TEST_REQUIRE(std::equal(recorded.begin(), recorded.end(), now.begin()));
        recorded = now;
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(no_sequence_of_requests_makes_an_opt_out_disappear) {
    char const* const given = std::getenv("CL_TEST_SEED");
    std::uint32_t const first = given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
    int const runs = given != nullptr ? 1 : 12;
    for (int i = 0; i < runs; ++i) {
        auto const seed = first + static_cast<std::uint32_t>(i);
        BOOST_TEST_CONTEXT("seed " << seed << " (set CL_TEST_SEED to repeat)") run(seed);
    }
}
