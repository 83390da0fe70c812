#include "ledger/state/projections.hpp"

#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace cl::state::test {
namespace {

/// What a batch with something of everything must look like to a reader.
BatchChanges everything(std::int64_t number) {
    BatchChanges changes = entry_changes("acme", number);
    changes.accounts["acme"] = account_state(number);
    changes.tokens.push_back(token("t_" + std::to_string(number)));
    changes.raised.push_back({"acme", finding(number)});
    return changes;
}

void require_everything(Reader& reader, std::int64_t number) {
    auto const key = hash(static_cast<std::uint64_t>(number));
    auto const contact = must(reader.contact("acme", key));
    BOOST_REQUIRE(contact);
    BOOST_TEST((*contact == *contact_state(number)));
    auto const request = must(reader.request(key));
    BOOST_REQUIRE(request.has_value());
    BOOST_TEST((*request == RequestRecord{number, hash(static_cast<std::uint64_t>(number) + 1)}));
    BOOST_TEST((must(reader.seq_at("acme", number)) == std::optional<Seq>(number)));
    BOOST_TEST((reader.token("t_" + std::to_string(number)) == token("t_" + std::to_string(number))));
    auto const findings = must(reader.findings("acme", {number - 1, "~"}, 1));
    BOOST_REQUIRE(findings.size() == 1U);
    BOOST_TEST((findings[0] == finding(number)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(projections)

BOOST_AUTO_TEST_CASE(an_unknown_key_is_unknown) {
    TempDir const dir;
    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    BOOST_TEST(!must(reader->contact("acme", hash(1))));
    BOOST_TEST(!must(reader->request(hash(1))).has_value());
    BOOST_TEST(!must(reader->seq_at("acme", 1)).has_value());
    BOOST_TEST(must(reader->findings("acme", {}, 10)).empty());
    BOOST_TEST(!reader->account("acme"));
    BOOST_TEST(!reader->token("t_1").has_value());
    BOOST_TEST((projections->watermark() == Watermark{}));
    BOOST_TEST(!projections->flush_error().has_value());
}

BOOST_AUTO_TEST_CASE(a_batch_is_seen_at_once_before_any_flush) {
    TempDir const dir;
    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    projections->merge(everything(5), watermark(6));
    require_everything(*reader, 5);
    BOOST_TEST(reader->account("acme")->account_seq == 5);
    BOOST_TEST((projections->watermark() == watermark(6)));
    BOOST_TEST(stored_size(dir / "state.db") == 0);
}

BOOST_AUTO_TEST_CASE(a_batch_is_seen_after_its_flush) {
    TempDir const dir;
    auto const projections = open(dir / "state.db", identity(), eager);
    auto const reader = must(projections->make_reader());
    projections->merge(everything(5), watermark(6));
    wait_until_stored(dir / "state.db", 6);
    projections->merge(everything(8), watermark(9));
    wait_until_stored(dir / "state.db", 9);
    require_everything(*reader, 5);
    require_everything(*reader, 8);
    BOOST_TEST(!projections->flush_error().has_value());
}

BOOST_AUTO_TEST_CASE(all_is_there_after_a_clean_restart_in_another_boot) {
    TempDir const dir;
    {
        auto const projections = open(dir / "state.db");
        projections->merge(everything(5), watermark(6));
        projections->merge(everything(8), watermark(9));
        must(projections->close());
        must(projections->close());  // idempotent
    }
    auto const projections = open(dir / "state.db", identity("boot-2"));
    BOOST_TEST((projections->watermark() == watermark(9)));
    auto const reader = must(projections->make_reader());
    require_everything(*reader, 5);
    require_everything(*reader, 8);
    BOOST_TEST((*reader->account("acme") == *account_state(8)));
}

BOOST_AUTO_TEST_CASE(a_reader_goes_on_reading_after_close_and_after_its_projections_are_gone) {
    TempDir const dir;
    auto projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    projections->merge(everything(5), watermark(6));
    must(projections->close());
    require_everything(*reader, 5);
    projections.reset();
    require_everything(*reader, 5);
}

BOOST_AUTO_TEST_CASE(tenants_do_not_see_each_other) {
    TempDir const dir;
    for (auto const& options : {patient, eager}) {
        auto const projections = open(dir / "state.db", identity(), options);
        auto const reader = must(projections->make_reader());
        projections->merge(everything(5), watermark(6));
        if (options.flush_ms == 0) wait_until_stored(dir / "state.db", 6);
        BOOST_TEST(!must(reader->contact("acm", hash(5))));
        BOOST_TEST(!must(reader->seq_at("acme2", 5)).has_value());
        BOOST_TEST(must(reader->findings("acme2", {}, 10)).empty());
        BOOST_TEST(!reader->account("acme2"));
        must(projections->close());
    }
}

BOOST_AUTO_TEST_CASE(findings_of_all_layers_are_one_page_in_order) {
    TempDir const dir;
    {
        auto const projections = open(dir / "state.db");
        BatchChanges stored;
        for (Seq const seq : {1, 4, 7}) stored.raised.push_back({"acme", finding(seq)});
        projections->merge(std::move(stored), watermark(8));
        must(projections->close());
    }
    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    BatchChanges merged;
    merged.raised.push_back({"acme", finding(4, "CL-005")});
    merged.raised.push_back({"acme", finding(2)});
    merged.raised.push_back({"acme", finding(9)});
    merged.closed.push_back({"acme", {"CL-001", 4, 9}});
    merged.closed.push_back({"acme", {"CL-001", 3, 9}});  // never raised: no row comes of it
    projections->merge(std::move(merged), watermark(10));

    std::vector<FindingRow> expected{finding(1), finding(2), finding(4), finding(4, "CL-005"), finding(7), finding(9)};
    expected[2].closed_by = 9;
    BOOST_TEST((must(reader->findings("acme", {}, 100)) == expected));
    BOOST_TEST(must(reader->findings("acme", {}, 0)).empty());

    // Page by page it is the same.
    std::vector<FindingRow> paged;
    for (Reader::FindingKey after;;) {
        auto const page = must(reader->findings("acme", after, 2));
        if (page.empty()) break;
        BOOST_TEST(page.size() <= 2U);
        paged.insert(paged.end(), page.begin(), page.end());
        after = {page.back().finding.seq, page.back().finding.id};
    }
    BOOST_TEST((paged == expected));
}

BOOST_AUTO_TEST_CASE(a_cure_reaches_a_finding_that_is_in_the_database) {
    TempDir const dir;
    auto const projections = open(dir / "state.db", identity(), eager);
    auto const reader = must(projections->make_reader());
    BatchChanges raise;
    raise.raised.push_back({"acme", finding(1)});
    projections->merge(std::move(raise), watermark(2));
    wait_until_stored(dir / "state.db", 2);
    BatchChanges cure;
    cure.closed.push_back({"acme", {"CL-001", 1, 2}});
    projections->merge(std::move(cure), watermark(3));
    wait_until_stored(dir / "state.db", 3);
    auto const rows = must(reader->findings("acme", {}, 10));
    BOOST_REQUIRE(rows.size() == 1U);
    BOOST_TEST((rows[0].closed_by == std::optional<Seq>(2)));
    BOOST_TEST(rows[0].finding.what == "no evidence");
}

BOOST_AUTO_TEST_CASE(a_revoked_token_stays_revoked) {
    TempDir const dir;
    {
        auto const projections = open(dir / "state.db");
        auto const reader = must(projections->make_reader());
        BatchChanges created;
        created.tokens.push_back(token("t_1"));
        projections->merge(std::move(created), watermark(1));
        BOOST_TEST(!reader->token("t_1")->revoked_at.has_value());
        BatchChanges revoked;
        revoked.tokens.push_back(token("t_1", true));
        projections->merge(std::move(revoked), watermark(2));
        BOOST_TEST(reader->token("t_1")->revoked_at.has_value());
        must(projections->close());
    }
    auto const projections = open(dir / "state.db");
    BOOST_TEST((must(projections->make_reader())->token("t_1") == token("t_1", true)));
}

BOOST_AUTO_TEST_CASE(reset_forgets_everything_also_for_readers_that_were_there) {
    TempDir const dir;
    for (auto const& options : {patient, eager}) {
        auto const projections = open(dir / "state.db", identity(), options);
        auto const reader = must(projections->make_reader());
        projections->merge(everything(5), watermark(6));
        if (options.flush_ms == 0) wait_until_stored(dir / "state.db", 6);
        require_everything(*reader, 5);
        must(projections->reset());

        BOOST_TEST((projections->watermark() == Watermark{}));
        BOOST_TEST(!must(reader->contact("acme", hash(5))));
        BOOST_TEST(!must(reader->request(hash(5))).has_value());
        BOOST_TEST(must(reader->findings("acme", {}, 10)).empty());
        BOOST_TEST(!reader->account("acme"));
        BOOST_TEST(!reader->token("t_5").has_value());

        projections->merge(everything(8), watermark(9));
        require_everything(*reader, 8);
        must(projections->close());
        require_everything(*reader, 8);
        BOOST_TEST(!must(reader->contact("acme", hash(5))));
        std::filesystem::remove(dir / "state.db");
    }
}

BOOST_AUTO_TEST_CASE(a_full_overlay_has_no_room_until_it_is_flushed) {
    TempDir const dir;
    auto const projections = open(dir / "state.db", identity(), {.buffer_bytes = 1, .flush_ms = 1});
    auto const reader = must(projections->make_reader());
    for (std::int64_t number = 0; number < 200; ++number) {
        while (!projections->room_for_batch()) projections->wait_for_room();
        projections->merge(everything(number), watermark(number + 1));
    }
    BOOST_TEST(!projections->flush_error().has_value());
    for (std::int64_t number = 0; number < 200; ++number) require_everything(*reader, number);
    must(projections->close());
    BOOST_TEST(stored_size(dir / "state.db") == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
