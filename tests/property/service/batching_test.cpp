// The same requests in any batching give the same ledger to the byte, with the same clock and the same random bytes.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <random>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

/// Posted items of a few contacts, with repetitions, conflicts, refusals and opt-outs among them.
std::vector<std::string> random_items(std::mt19937& engine, int count) {
    std::vector<std::string> const kinds = {"contact.added",     "opt_in.agent", "opt_out.agent", "contact.blocked",
                                            "contact.unblocked", "list.added",   "list.removed",  "subject.erased"};
    std::vector<std::string> items;
    for (int i = 0; i < count; ++i) {
        std::string const& kind = kinds[engine() % kinds.size()];
        std::string data = "{}";
        if (kind == "contact.added") data = R"({"origin":"manual","name":"N)" + std::to_string(engine() % 3) + R"("})";
        if (kind.starts_with("list.")) data = R"({"list":"promo"})";
        if (kind == "opt_in.agent") data = R"({"note":"n)" + std::to_string(engine() % 3) + R"("})";
        std::string const record = "r" + std::to_string(engine() % static_cast<unsigned>(count));
        items.push_back(R"({"kind":")" + kind + R"(","phone":"+1555010010)" + std::to_string(engine() % 5) +
                        R"(","source":{"record":")" + record + R"("},"data":)" + data + "}");
    }
    return items;
}

/// Posts the items in requests of random size, several waiting at once, and returns the ledger.
std::vector<std::string> run(std::vector<std::string> const& items, unsigned largest, std::uint32_t seed) {
    std::mt19937 engine(seed);
    ServiceFixture f(42);
    f.open();
    f.post(R"({"kind":"account.defined","source":{"record":"enforce"},"data":{"enforce":true}})");
    f.switches->hold = largest > 1;  // what is posted now waits together
    std::vector<std::future<bool>> answers;
    for (std::size_t at = 0; at < items.size();) {
        std::size_t const size = std::min<std::size_t>(items.size() - at, 1 + engine() % largest);
        std::vector<service::AppendItem> some;
        for (std::size_t i = 0; i < size; ++i) some.push_back(item(items[at + i]));
        at += size;
        auto promise = std::make_shared<std::promise<bool>>();
        answers.push_back(promise->get_future());
        f.service->append(ServiceFixture::request("acme", std::move(some)),
                          [promise](Result<service::AppendAnswer> const& answer) { promise->set_value(answer.has_value()); });
        if (largest == 1) answers.back().wait();
    }
    f.switches->hold = false;
    for (auto& answer : answers) BOOST_TEST(answer.get());
    f.close();
    return f.entries();
}

}  // namespace

BOOST_AUTO_TEST_CASE(any_batching_gives_the_same_ledger) {
    std::uint32_t const seed = std::random_device{}();
    BOOST_TEST_MESSAGE("seed " << seed);
    BOOST_TEST_CONTEXT("seed " << seed) {
        std::mt19937 engine(seed);
        auto const next = [&] { return static_cast<std::uint32_t>(engine()); };
        for (int round = 0; round < 3; ++round) {
            auto const items = random_items(engine, 120);
            auto const one_by_one = run(items, 1, next());
            BOOST_TEST(one_by_one.size() > 20U);
            for (unsigned const largest : {7U, 40U, 200U}) {
                auto const batched = run(items, largest, next());
                BOOST_TEST_REQUIRE((batched == one_by_one));
            }
        }
    }
}
