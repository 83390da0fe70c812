// Ledgers that nobody touched: every kind of source passes, and says what it could and could not see.
#include "ledger/core/json.hpp"
#include "tests/unit/verify/support.hpp"

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(clean)

BOOST_AUTO_TEST_CASE(a_database_passes_and_says_what_it_cannot_see) {
    Ledger const ledger = small_ledger();
    auto const report = verify_tables(tables_of(ledger, {1, 5, ledger.size()}));
    BOOST_TEST_INFO(to_text(report, false));
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST(verdict(report) == "intact");
    BOOST_TEST(report.size == ledger.size());
    BOOST_TEST((report.root == ledger.checkpoint_at(ledger.size()).root));
    BOOST_TEST(report.signed_to == ledger.size());
    BOOST_TEST(report.key == vkey_of(ledger.signer()));
    BOOST_TEST(says(report, "rollback not checked"));
    BOOST_TEST(says(report, "key taken from the ledger itself"));
    BOOST_TEST(report.judged == ledger.size());
}

BOOST_AUTO_TEST_CASE(tiles_of_two_levels_are_compared) {
    Ledger const ledger = large_ledger(700);
    auto const report = verify_tables(tables_of(ledger, {256, 300, 512, 700}));
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST(report.checked[1].id == "tiles");
    BOOST_TEST(report.checked[1].count == 2);
    BOOST_TEST(report.checked[2].count == 4);
}

BOOST_AUTO_TEST_CASE(a_database_without_any_signature_passes_only_if_no_key_was_given) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {}));
    BOOST_TEST(code_of(verify_with(options)) == 0);
    write_file(dir / "key", vkey_of(ledger.signer()) + "\n");
    options.key_file = dir / "key";
    BOOST_TEST(code_of(verify_with(options)) == 3);
}

BOOST_AUTO_TEST_CASE(a_given_key_is_used_and_no_longer_a_caveat) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {ledger.size()}));
    write_file(dir / "key", vkey_of(ledger.signer()) + "\n");
    options.key_file = dir / "key";
    auto const report = verify_with(options);
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST((report.key_from == verify::KeyFrom::file));
    BOOST_TEST(!says(report, "key taken from the ledger itself"));
}

BOOST_AUTO_TEST_CASE(an_export_passes_and_is_judged_as_of_its_last_entry) {
    Ledger const ledger = small_ledger();
    auto const report = verify_text(ndjson_of(ledger.lines, trailer_of(ledger)));
    BOOST_TEST_INFO(to_text(report, false));
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST((report.kind == verify::SourceKind::ndjson));
    BOOST_TEST(report.at == *report.last_time);
    BOOST_TEST(report.at_from == "the export's last entry");
    BOOST_TEST(report.signed_to == ledger.size());
}

BOOST_AUTO_TEST_CASE(a_missing_line_end_behind_the_trailer_does_not_matter) {
    Ledger const ledger = small_ledger();
    std::string bytes = ndjson_of(ledger.lines, trailer_of(ledger));
    bytes.pop_back();
    BOOST_TEST(code_of(verify_text(bytes)) == 0);
}

BOOST_AUTO_TEST_CASE(a_data_directory_is_guarded_by_its_head) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(ledger, {5}));
    write_file(dir / "head", head_of(ledger.note_at(7), ledger.note()));
    auto const report = verify_path(dir.path());
    BOOST_TEST_INFO(to_text(report, false));
    BOOST_TEST(code_of(report) == 0);
    BOOST_TEST(report.signed_to == ledger.size());
    BOOST_TEST(report.at == test_now);
    BOOST_TEST(!says(report, "rollback not checked"));
    BOOST_TEST(says(report, "the file head against the entries: 2"));
}

BOOST_AUTO_TEST_CASE(a_head_that_was_written_once_has_one_slot) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(ledger, {}));
    write_file(dir / "head", must(head_slots::encode(1, ledger.note())));
    BOOST_TEST(code_of(verify_path(dir.path())) == 0);
    write_file(dir / "head", must(head_slots::encode(1, ledger.note())) + std::string(head_slots::slot_bytes, '\0'));
    BOOST_TEST(code_of(verify_path(dir.path())) == 0);
}

BOOST_AUTO_TEST_CASE(rows_still_in_the_wal_are_seen) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    sqlite::Settings settings;
    settings.page_size = store_format::ledger_page_size;
    auto owner = must(sqlite::Connection::create(dir / "ledger.db", settings, ledger_identity));
    insert_rows(owner, tables_of(ledger, {ledger.size()}));
    BOOST_TEST(std::filesystem::file_size(dir / "ledger.db-wal") > 0U);
    auto const live = verify_path(dir / "ledger.db");
    BOOST_TEST(code_of(live) == 0);
    BOOST_TEST(live.size == ledger.size());
    TempDir const copy;
    copy_in_child(dir / "ledger.db", copy / "ledger.db");
    copy_in_child(dir / "ledger.db-wal", copy / "ledger.db-wal");
    BOOST_TEST(verify_path(copy / "ledger.db").size == ledger.size());
}

BOOST_AUTO_TEST_CASE(any_number_of_workers_gives_the_same_report) {
    Ledger const ledger = large_ledger(3000);
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {100, 1024, 2500, 3000}));
    options.workers = 1;
    auto const one = to_json(verify::verify(options, TestClock()));
    options.workers = 7;
    BOOST_TEST(to_json(verify::verify(options, TestClock())) == one);
}

BOOST_AUTO_TEST_CASE(progress_is_told_up_to_the_end) {
    Ledger const ledger = large_ledger(1500);
    TempDir const dir;
    verify::Options options;
    options.source = write_database(dir / "ledger.db", tables_of(ledger, {1500}));
    std::int64_t last = 0;
    options.progress = [&last](std::int64_t done, std::int64_t total) {
        BOOST_TEST(done >= last);
        BOOST_TEST(total == 1500);
        last = done;
    };
    BOOST_TEST(code_of(verify_with(options)) == 0);
    BOOST_TEST(last == 1500);
}

BOOST_AUTO_TEST_SUITE_END()
