// What an answer to an append promises: the stored bytes, their place, a proof that an outsider can check.
#include "ledger/core/note.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

std::string added(int number) {
    return R"({"kind":"contact.added","phone":"+1555010)" + std::to_string(1000 + number) +
           R"(","source":{"platform":"crm","record":"add-)" + std::to_string(number) + R"("},"data":{"origin":"manual"}})";
}

void check_receipt(service::ItemResult const& result, note::VerifierKey const& key) {
    BOOST_REQUIRE(result.entry);
    BOOST_TEST((leaf_hash(*result.entry) == result.leaf));
    auto const proof = need(parse_proof(result.proof));
    BOOST_TEST(proof.index == result.seq);
    auto const checkpoint = need(verify_proof(proof, result.leaf, key));
    BOOST_TEST(checkpoint.size > result.seq);
    auto const entry = need(decode(*result.entry));
    BOOST_TEST(entry.seq == result.seq);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(receipt)

BOOST_AUTO_TEST_CASE(one_change_gets_a_receipt_that_verifies) {
    ServiceFixture f;
    f.open();
    auto const result = f.post(added(1));
    BOOST_TEST((result.status == service::ItemStatus::recorded));
    BOOST_TEST(result.seq == 2);  // after ledger.created and account.defined
    check_receipt(result, f.service->verifier_key());
    BOOST_TEST(f.entries().at(2) == *result.entry);
    BOOST_REQUIRE(result.state);
    BOOST_TEST(result.state->opted_in);
}

BOOST_AUTO_TEST_CASE(receipts_verify_across_tile_borders) {
    ServiceFixture f;
    f.open();
    for (int round = 0; round < 3; ++round) {
        std::vector<service::AppendItem> items;
        for (int i = 0; i < 300; ++i) items.push_back(item(added(round * 300 + i)));
        auto const answer = f.post("acme", std::move(items));
        for (auto const& result : answer.results) check_receipt(result, f.service->verifier_key());
    }
    BOOST_TEST(f.service->stats().size == 902);
}

BOOST_AUTO_TEST_CASE(a_request_larger_than_a_batch_is_answered_once_whole) {
    ServiceFixture f;
    f.open();
    std::vector<service::AppendItem> items;
    for (int i = 0; i < 5'000; ++i) items.push_back(item(added(i)));
    auto request = ServiceFixture::request("acme", std::move(items));
    request.receipt = service::ReceiptDetail::brief;
    auto const answer = need(f.try_post(std::move(request)));
    BOOST_TEST(answer.results.size() == 5'000U);
    for (auto const& result : answer.results) BOOST_TEST_REQUIRE((result.status == service::ItemStatus::recorded));
    BOOST_TEST(!answer.results.front().entry);
    auto const checkpoint = need(read_checkpoint(answer.checkpoint));
    BOOST_TEST(checkpoint.size == 5'002);
    BOOST_TEST(f.service->stats().batches >= 3);
}

BOOST_AUTO_TEST_CASE(bad_items_keep_their_place_and_good_ones_are_recorded) {
    ServiceFixture f;
    f.open();
    auto const answer = f.post("acme", {item(added(1)), item(R"({"kind":"contact.added","phone":"12"})"), item(added(2))});
    BOOST_TEST((answer.results[0].status == service::ItemStatus::recorded));
    BOOST_REQUIRE(answer.results[1].problem);
    BOOST_TEST((answer.results[1].problem->code == errc::invalid));
    BOOST_TEST(answer.results[2].seq == answer.results[0].seq + 1);
}

BOOST_AUTO_TEST_CASE(concurrent_appends_each_get_their_own_place) {
    ServiceFixture f;
    f.open();
    constexpr int threads = 4;
    constexpr int each = 25;
    std::vector<std::vector<service::ItemResult>> got(threads);
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t) {
        running.emplace_back([&, t] {
            for (int i = 0; i < each; ++i) got[static_cast<std::size_t>(t)].push_back(f.post(added(t * each + i)));
        });
    }
    // A reader beside them: every answer is about what is published.
    auto const queries = need(f.service->make_queries());
    for (int i = 0; i < 50; ++i) {
        auto const page = need(queries->changes("acme", {}));
        for (auto const& view : page.items) BOOST_TEST_REQUIRE(view.seq <= page.as_of.seq);
        auto const checkpoint = need(read_checkpoint(f.service->checkpoint()));
        auto const proof = need(queries->proof(ServiceFixture::principal(), checkpoint.size - 1));
        auto const bytes = need(queries->entry(ServiceFixture::principal(), checkpoint.size - 1));
        BOOST_TEST_REQUIRE(verify_proof(need(parse_proof(proof)), leaf_hash(bytes), f.service->verifier_key()).has_value());
    }
    for (auto& thread : running) thread.join();
    std::vector<Seq> seqs;
    for (auto const& results : got) {
        for (auto const& result : results) {
            check_receipt(result, f.service->verifier_key());
            seqs.push_back(result.seq);
        }
    }
    std::sort(seqs.begin(), seqs.end());
    for (std::size_t i = 0; i < seqs.size(); ++i) BOOST_TEST(seqs[i] == static_cast<Seq>(i) + 2);
}

BOOST_AUTO_TEST_SUITE_END()
