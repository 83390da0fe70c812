// What is nothing that can be verified, and databases that were altered as files.
#include "tests/unit/verify/support.hpp"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

using namespace cl;
using namespace cl::test;
namespace check = cl::verify::check;

namespace {

/// Verifies and requires "could not finish".
void is_no_pass(std::filesystem::path const& path, std::string_view words) {
    auto const report = verify_path(path);
    BOOST_TEST(code_of(report) == 3);
    BOOST_TEST(report.integrity.clean());
    BOOST_TEST(says(report, words), to_text(report, false));
}

/// Names and sizes of what is in a folder.
std::vector<std::string> listing(std::filesystem::path const& folder) {
    std::vector<std::string> names;
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
        names.push_back(file.path().filename().string() + " " + std::to_string(file.file_size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Verifies in a child that may read the folder and write nothing in it; its exit code. 98 if something was left there, 99 if the rights
/// could not be given up.
int exit_code_of_nobody(std::filesystem::path const& folder, std::filesystem::path const& path) {
    std::filesystem::permissions(folder.parent_path(), std::filesystem::perms(0755));
    for (auto const& file : std::filesystem::directory_iterator(folder)) {
        std::filesystem::permissions(file, std::filesystem::perms(0444));
    }
    std::filesystem::permissions(folder, std::filesystem::perms(0555));
    auto const before = listing(folder);
    pid_t const child = ::fork();
    if (child == 0) {
        bool const dropped = ::geteuid() != 0 || (::setgid(65534) == 0 && ::setuid(65534) == 0);
        ::_exit(dropped ? code_of(verify_path(path)) : 99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    std::filesystem::permissions(folder, std::filesystem::perms(0755));
    int const code = WIFEXITED(status) ? WEXITSTATUS(status) : 97;
    return listing(folder) == before ? code : 98;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source)

BOOST_AUTO_TEST_CASE(what_is_not_there_or_not_ours_is_no_pass) {
    TempDir const dir;
    is_no_pass(dir / "absent", "cannot open");
    is_no_pass(dir.path(), "has no ledger.db");
    write_file(dir / "empty", "");
    is_no_pass(dir / "empty", "is empty");
    write_file(dir / "garbage", std::string("\x7f"
                                            "ELF\x00\x01\x02",
                                            7) +
                                    std::string(5000, '\xff'));
    is_no_pass(dir / "garbage", "neither a ledger.db");
    BOOST_REQUIRE(::mkfifo((dir / "pipe").c_str(), 0600) == 0);
    is_no_pass(dir / "pipe", "not a regular file");
    is_no_pass("/dev/null", "not a regular file");
}

BOOST_AUTO_TEST_CASE(a_file_that_may_not_be_read_is_no_pass) {
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(small_ledger(), {10}));
    BOOST_REQUIRE(::chmod((dir / "ledger.db").c_str(), 0) == 0);
    if (::access((dir / "ledger.db").c_str(), R_OK) == 0) return;  // this user may read everything
    is_no_pass(dir / "ledger.db", "cannot open");
}

BOOST_AUTO_TEST_CASE(another_programs_database_is_no_pass) {
    TempDir const dir;
    constexpr sqlite::Identity other{"other.db", 0x11223344, 1,
                                     "CREATE TABLE entries(seq INTEGER PRIMARY KEY, entry TEXT) STRICT;"};
    must(sqlite::Connection::create(dir / "other.db", sqlite::Settings{}, other));
    is_no_pass(dir / "other.db", "application id");
    constexpr sqlite::Identity newer{"ledger.db", store_format::ledger_application_id, store_format::ledger_user_version + 1,
                                     store_format::ledger_schema};
    must(sqlite::Connection::create(dir / "newer.db", sqlite::Settings{}, newer));
    is_no_pass(dir / "newer.db", "format version 2");
}

BOOST_AUTO_TEST_CASE(a_ledger_without_entries_is_no_pass) {
    is_no_pass(
        [] {
            static TempDir const dir;
            return write_database(dir / "ledger.db", Tables{});
        }(),
        "There are no entries");
}

BOOST_AUTO_TEST_CASE(an_altered_schema_is_found_and_the_entries_are_checked_all_the_same) {
    Ledger ledger = small_ledger();
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(ledger, {10}));
    {
        auto owner = must(sqlite::Connection::open_owner(dir / "ledger.db", sqlite::Settings{}, ledger_identity));
        must(owner.exec(
            "DROP TRIGGER entries_keep; UPDATE entries SET entry = replace(entry, 'agent-7', 'agent-8') WHERE seq = 4"));
    }
    auto const report = verify_path(dir / "ledger.db");
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(found(report, check::schema) == 1);
    BOOST_TEST(*report.integrity.first_bad() == 4);
}

BOOST_AUTO_TEST_CASE(rows_below_zero_and_far_away_are_found) {
    Ledger const ledger = small_ledger();
    Tables tables = tables_of(ledger, {10});
    tables.entries[1'000'000'000'000] = ledger.lines[3];
    auto const far = verify_tables(tables);
    BOOST_TEST(code_of(far) == 1);
    BOOST_TEST(first_seq(far, check::missing) == 10);
}

BOOST_AUTO_TEST_CASE(a_flipped_byte_within_an_entry_is_found_where_it_is) {
    Ledger const ledger = large_ledger(300);
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(ledger, {300}));
    std::string const sound = read_file(dir / "ledger.db");
    for (std::size_t seq = 0; seq < 300; seq += 13) {
        std::string bytes = sound;
        std::size_t const at = bytes.rfind(ledger.lines[seq]);
        BOOST_REQUIRE(at != std::string::npos);
        bytes[at + seq] = static_cast<char>(bytes[at + seq] ^ 1);
        write_file(dir / "copy.db", bytes);
        auto const report = verify_path(dir / "copy.db");
        BOOST_TEST(code_of(report) == 1);
        BOOST_TEST(*report.integrity.first_bad() == static_cast<Seq>(seq));
    }
}

BOOST_AUTO_TEST_CASE(flipped_bytes_anywhere_pass_only_where_nothing_is_stored) {
    Ledger const ledger = large_ledger(300);
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(ledger, {300}));
    std::string const sound = read_file(dir / "ledger.db");
    std::string const root = to_base64(ledger.checkpoint_at(300).root.view());
    int found_bad = 0;
    for (std::size_t at = 0; at < sound.size(); at += 2003) {
        std::string bytes = sound;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x15);
        write_file(dir / "copy.db", bytes);
        auto const report = verify_path(dir / "copy.db");
        bool const unharmed =
            code_of(report) == 0 && report.root && to_base64(report.root->view()) == root && report.signed_to == 300;
        bool const refused = code_of(report) == 1 || code_of(report) == 3;
        BOOST_TEST((unharmed || refused), "byte " << at << ": " << to_text(report, true));
        found_bad += refused ? 1 : 0;
    }
    BOOST_TEST(found_bad > 20);
}

BOOST_AUTO_TEST_CASE(a_database_that_was_cut_short_never_passes) {
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(large_ledger(300), {300}));
    std::string const sound = read_file(dir / "ledger.db");
    for (std::size_t const part : {2UL, 3UL, 5UL}) {
        write_file(dir / "cut.db", sound.substr(0, sound.size() * (part - 1) / part));
        auto const report = verify_path(dir / "cut.db");
        BOOST_TEST((code_of(report) == 1 || code_of(report) == 3));
    }
}

BOOST_AUTO_TEST_CASE(verifying_changes_no_byte) {
    TempDir const dir;
    write_database(dir / "ledger.db", tables_of(small_ledger(), {10}));
    std::string const before = read_file(dir / "ledger.db");
    verify_path(dir / "ledger.db");
    BOOST_TEST(read_file(dir / "ledger.db") == before);
}

BOOST_AUTO_TEST_CASE(verifying_makes_no_file_and_removes_none) {
    Ledger const ledger = small_ledger();
    TempDir const dir;
    auto const verify_in = [](std::filesystem::path const& folder, std::filesystem::path const& path) {
        auto const before = listing(folder);
        auto const report = verify_path(path);
        BOOST_TEST(code_of(report) == 0, to_text(report, false));
        BOOST_TEST(report.size == 10);
        BOOST_TEST(listing(folder) == before, boost::test_tools::per_element());
    };
    std::filesystem::create_directory(dir / "bare");
    write_database(dir / "bare/ledger.db", tables_of(ledger, {10}));
    verify_in(dir / "bare", dir / "bare/ledger.db");
    write_file(dir / "bare/ledger.db-wal", "");  // as a truncated one is left behind
    verify_in(dir / "bare", dir / "bare/ledger.db");

    std::filesystem::create_directory(dir / "data");
    auto owner = must(sqlite::Connection::create(dir / "data/ledger.db", sqlite::Settings{}, ledger_identity));
    insert_rows(owner, tables_of(ledger, {10}));
    write_file(dir / "data/head", head_of(ledger.note_at(7), ledger.note()));
    verify_in(dir / "data", dir / "data");  // beside its owner

    std::filesystem::create_directory(dir / "copy");
    copy_in_child(dir / "data/ledger.db", dir / "copy/ledger.db");
    copy_in_child(dir / "data/ledger.db-wal", dir / "copy/ledger.db-wal");
    BOOST_TEST(std::filesystem::file_size(dir / "copy/ledger.db-wal") > 0U);
    verify_in(dir / "copy", dir / "copy/ledger.db");

    BOOST_TEST(exit_code_of_nobody(dir / "copy", dir / "copy/ledger.db") == 0);
    BOOST_TEST(exit_code_of_nobody(dir / "bare", dir / "bare/ledger.db") == 0);
}

BOOST_AUTO_TEST_CASE(a_long_end_without_any_checkpoint_is_found) {
    // Slow to build as entries, quick as a judgement: 131,073 entries after the last checkpoint.
    Ledger ledger;
    ledger.add(account_draft("account.defined", {}));
    for (int i = 0; i < 131'080; ++i) {
        ledger.add(account_draft("actor.defined", {{"actor", "agent-" + std::to_string(i % 100)}}));
    }
    Tables tables = tables_of(ledger, {2});
    auto const report = verify_tables(tables);
    BOOST_TEST(code_of(report) == 1);
    BOOST_TEST(first_seq(report, check::unsigned_tail) == 2);
    tables.checkpoints[20] = ledger.note_at(20);
    BOOST_TEST(code_of(verify_tables(tables)) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
