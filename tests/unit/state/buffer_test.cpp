#include "ledger/state/buffer.hpp"

#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::state::test {

BOOST_AUTO_TEST_SUITE(buffer)

BOOST_AUTO_TEST_CASE(a_new_buffer_is_empty_until_its_first_batch_even_an_empty_one) {
    Buffer buffer(0);
    BOOST_TEST(buffer.empty());
    buffer.absorb({}, watermark(3));
    BOOST_TEST(!buffer.empty());
    BOOST_TEST((buffer.watermark() == watermark(3)));
    BOOST_TEST(buffer.bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(the_last_write_of_a_key_stays) {
    Buffer buffer(0);
    buffer.absorb(entry_changes("acme", 1), watermark(1));
    BatchChanges second = contact_change("acme", 1, 2);
    second.requests[hash(1)] = RequestRecord{9, hash(9)};
    second.index.push_back({"acme", 1, 9});
    buffer.absorb(std::move(second), watermark(2));

    BOOST_TEST(buffer.contact({"acme", hash(1)})->contact_seq == 2);
    BOOST_TEST((*buffer.request(hash(1)) == RequestRecord{9, hash(9)}));
    BOOST_TEST(*buffer.seq_at("acme", 1) == 9);
    BOOST_TEST((buffer.watermark() == watermark(2)));
}

BOOST_AUTO_TEST_CASE(keys_that_are_not_there_are_not_found) {
    Buffer buffer(0);
    buffer.absorb(entry_changes("acme", 1), watermark(1));
    BOOST_TEST(!buffer.contact({"acme", hash(2)}));
    BOOST_TEST(!buffer.contact({"other", hash(1)}));
    BOOST_TEST(!buffer.request(hash(2)));
    BOOST_TEST(!buffer.seq_at("acme", 2).has_value());
    BOOST_TEST(!buffer.seq_at("acme", 0).has_value());
    BOOST_TEST(!buffer.seq_at("other", 1).has_value());
}

BOOST_AUTO_TEST_CASE(the_index_is_in_order_whatever_order_it_came_in) {
    Buffer buffer(0);
    BatchChanges changes;
    for (std::int64_t const account_seq : {5, 2, 9, 1, 2}) changes.index.push_back({"acme", account_seq, account_seq * 10});
    buffer.absorb(std::move(changes), watermark(1));

    std::vector<std::int64_t> order;
    for (auto const& entry : buffer.index().at("acme")) order.push_back(entry.account_seq);
    BOOST_TEST(order == (std::vector<std::int64_t>{1, 2, 5, 9}), boost::test_tools::per_element());
    BOOST_TEST(*buffer.seq_at("acme", 5) == 50);
}

BOOST_AUTO_TEST_CASE(a_cure_changes_a_row_of_the_same_buffer_and_is_kept_apart_for_an_older_one) {
    Buffer buffer(0);
    BatchChanges changes;
    changes.raised.push_back({"acme", finding(4)});
    changes.closed.push_back({"acme", {"CL-001", 4, 6}});
    changes.closed.push_back({"acme", {"CL-001", 2, 6}});
    buffer.absorb(std::move(changes), watermark(7));

    auto const findings = buffer.findings();
    BOOST_TEST(findings->rows.size() == 1U);
    BOOST_TEST(*findings->rows.at({"acme", 4, "CL-001"}).closed_by == 6);
    BOOST_TEST(findings->cures.size() == 1U);

    FindingRow older = finding(2);
    findings->lay_over({"acme", 2, "CL-001"}, older);
    BOOST_TEST(*older.closed_by == 6);
    FindingRow unrelated = finding(3);
    findings->lay_over({"acme", 3, "CL-001"}, unrelated);
    BOOST_TEST(!unrelated.closed_by.has_value());
}

BOOST_AUTO_TEST_CASE(a_finding_raised_again_is_open_again) {
    Buffer buffer(0);
    BatchChanges cure;
    cure.closed.push_back({"acme", {"CL-001", 2, 6}});
    buffer.absorb(std::move(cure), watermark(7));
    BatchChanges again;
    again.raised.push_back({"acme", finding(2)});
    buffer.absorb(std::move(again), watermark(8));

    BOOST_TEST(buffer.findings()->cures.empty());
    FindingRow row;
    buffer.findings()->lay_over({"acme", 2, "CL-001"}, row);
    BOOST_TEST((row == finding(2)));
}

BOOST_AUTO_TEST_CASE(the_estimate_counts_keys_once_and_follows_the_size_of_values) {
    Buffer buffer(0);
    auto everything = [](std::int64_t number) {
        BatchChanges changes = entry_changes("acme", 1);
        changes.accounts["acme"] = account_state(number);
        changes.tokens.push_back(token("t_1"));
        changes.raised.push_back({"acme", finding(1)});
        return changes;
    };
    buffer.absorb(everything(1), watermark(1));
    auto const once = buffer.bytes();
    BOOST_TEST(once > 500U);
    buffer.absorb(everything(2), watermark(2));
    BOOST_TEST(buffer.bytes() == once);

    auto big = std::make_shared<consent::ContactState>(*contact_state(1));
    for (int list = 0; list < 100; ++list) big->lists["list-" + std::to_string(list)] = {};
    BatchChanges changes;
    changes.contacts[ContactKeyRef{"acme", hash(1)}] = big;
    buffer.absorb(std::move(changes), watermark(3));
    BOOST_TEST(buffer.bytes() > once + 100 * sizeof(consent::Membership));

    buffer.absorb(contact_change("acme", 1, 4), watermark(4));
    BOOST_TEST(buffer.bytes() == once);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
