// What open() trusts and what it makes anew.
#include "ledger/sqlite/connection.hpp"
#include "ledger/state/projections.hpp"
#include "ledger/state/schema.hpp"
#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>

namespace cl::state::test {
namespace {

constexpr std::int64_t many = 2'000;

/// A cleanly closed file with contacts 0 … many-1, a token and an account.
void make_closed_file(std::filesystem::path const& path) {
    auto const projections = open(path);
    BatchChanges changes;
    for (std::int64_t number = 0; number < many; ++number) {
        changes.contacts[ContactKeyRef{"acme", hash(static_cast<std::uint64_t>(number))}] = contact_state(number);
    }
    changes.tokens.push_back(token("t_1"));
    changes.accounts["acme"] = account_state(1);
    projections->merge(std::move(changes), watermark(many));
    must(projections->close());
}

/// A file as a killed process leaves it: one batch committed, maybe not all of it moved out of the WAL, no mark.
void make_killed_file(std::filesystem::path const& path, std::string const& boot) {
    TempDir const dir;
    auto const projections = open(dir / "live.db", identity(boot), eager);
    projections->merge(entry_changes("acme", 1), watermark(1));
    wait_until_stored(dir / "live.db", 1);
    copy_files(dir / "live.db", path);
}

void write_file(std::filesystem::path const& path, std::string const& content) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

void overwrite(std::filesystem::path const& path, std::size_t offset, std::string const& content) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(offset));
    file << content;
    BOOST_REQUIRE(file.flush());
}

/// Opens the file and demands that it was made anew and works.
void require_anew(std::filesystem::path const& path, Identity const& who = identity()) {
    auto const projections = open(path, who);
    BOOST_TEST((projections->watermark() == Watermark{}));
    auto const reader = must(projections->make_reader());
    for (std::uint64_t number = 0; number < 3; ++number) BOOST_TEST(!must(reader->contact("acme", hash(number))));
    BOOST_TEST(!reader->token("t_1").has_value());
    BOOST_TEST(!reader->account("acme"));
    projections->merge(entry_changes("acme", 1), watermark(2));
    must(projections->close());
    BOOST_TEST((open(path, who)->watermark() == watermark(2)));
}

sqlite::Connection owner(std::filesystem::path const& path) {
    return must(sqlite::Connection::open_owner(path, owner_settings, file_identity));
}

/// A good file, changed in one way, must be made anew.
template <class Change>
void spoil(Change const& change) {
    TempDir const dir;
    make_closed_file(dir / "state.db");
    {
        auto connection = owner(dir / "state.db");
        change(connection);
    }
    require_anew(dir / "state.db");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(opening)

BOOST_AUTO_TEST_CASE(a_killed_process_of_this_boot_leaves_a_file_that_is_used) {
    TempDir const dir;
    make_killed_file(dir / "state.db", "boot-1");
    auto const projections = open(dir / "state.db", identity("boot-1"));
    BOOST_TEST((projections->watermark() == watermark(1)));
    auto const reader = must(projections->make_reader());
    BOOST_TEST(must(reader->contact("acme", hash(1))));
}

BOOST_AUTO_TEST_CASE(what_was_not_flushed_is_gone_and_the_watermark_says_so) {
    TempDir const dir;
    make_killed_file(dir / "state.db", "boot-1");
    {
        auto const projections = open(dir / "state.db");
        projections->merge(entry_changes("acme", 2), watermark(2));
        BOOST_TEST((projections->watermark() == watermark(2)));
    }
    auto const projections = open(dir / "state.db");
    BOOST_TEST((projections->watermark() == watermark(1)));
    auto const reader = must(projections->make_reader());
    BOOST_TEST(must(reader->contact("acme", hash(1))));
    BOOST_TEST(!must(reader->contact("acme", hash(2))));
}

BOOST_AUTO_TEST_CASE(a_killed_process_of_another_boot_leaves_nothing) {
    TempDir const dir;
    make_killed_file(dir / "state.db", "boot-1");
    require_anew(dir / "state.db", identity("boot-2"));
}

BOOST_AUTO_TEST_CASE(an_unknown_boot_is_never_the_same_boot) {
    TempDir const dir;
    make_killed_file(dir / "state.db", "");
    require_anew(dir / "state.db", identity(""));
}

BOOST_AUTO_TEST_CASE(a_clean_file_that_was_opened_in_a_new_boot_belongs_to_that_boot) {
    TempDir const dir;
    make_closed_file(dir / "state.db");
    { auto const killed = open(dir / "state.db", identity("boot-2")); }
    BOOST_TEST((open(dir / "state.db", identity("boot-2"))->watermark() == watermark(many)));
    require_anew(dir / "state.db", identity("boot-1"));
}

BOOST_AUTO_TEST_CASE(another_ledger_or_other_rules_start_anew) {
    TempDir const dir;
    Identity other_ledger = identity();
    other_ledger.ledger = hash(2);
    Identity other_rules = identity();
    other_rules.rules = 2;
    for (auto const& who : {other_ledger, other_rules}) {
        make_closed_file(dir / "state.db");
        require_anew(dir / "state.db", who);
        std::filesystem::remove(dir / "state.db");
    }
}

BOOST_AUTO_TEST_CASE(garbage_starts_anew_with_all_that_lies_beside_it) {
    TempDir const dir;
    for (std::string const& content : {std::string(), std::string("x"), std::string(100'000, '\xA5'),
                                       "SQLite format 3" + std::string(1, '\0') + std::string(5'000, '\x01')}) {
        write_file(dir / "state.db", content);
        write_file(dir / "state.db-wal", "not a log");
        write_file(dir / "state.db-shm", "not an index");
        write_file(dir / "state.db-journal", "not a journal");
        require_anew(dir / "state.db");
        BOOST_TEST(!std::filesystem::exists(dir / "state.db-journal"));
    }
}

BOOST_AUTO_TEST_CASE(a_truncated_file_starts_anew) {
    TempDir const dir;
    make_killed_file(dir / "state.db", "boot-1");
    { auto const moved = owner(dir / "state.db"); }  // its close moves the WAL into the file
    std::filesystem::resize_file(dir / "state.db", std::filesystem::file_size(dir / "state.db") - 4096);
    require_anew(dir / "state.db");
}

BOOST_AUTO_TEST_CASE(another_application_another_version_and_another_schema_start_anew) {
    spoil([](sqlite::Connection& db) { must(db.exec("PRAGMA application_id=7")); });
    spoil([](sqlite::Connection& db) { must(db.exec("PRAGMA user_version=99")); });
    spoil([](sqlite::Connection& db) { must(db.exec("CREATE TABLE extra(x)")); });
    spoil([](sqlite::Connection& db) { must(db.exec("DROP TABLE findings")); });
}

BOOST_AUTO_TEST_CASE(rows_that_nobody_here_would_write_start_anew) {
    spoil([](sqlite::Connection& db) { must(db.exec("DELETE FROM meta")); });
    spoil([](sqlite::Connection& db) { must(db.exec("UPDATE tokens SET role = 'king'")); });
    spoil([](sqlite::Connection& db) { must(db.exec("UPDATE tokens SET accounts = '{}'")); });
    spoil([](sqlite::Connection& db) { must(db.exec("UPDATE accounts SET state = 'nonsense'")); });
}

BOOST_AUTO_TEST_CASE(a_harmless_change_of_a_row_is_not_seen_as_damage) {
    TempDir const dir;
    make_closed_file(dir / "state.db");
    {
        auto connection = owner(dir / "state.db");
        must(connection.exec("UPDATE tokens SET role = 'writer'"));
    }
    auto const projections = open(dir / "state.db");
    BOOST_TEST((projections->watermark() == watermark(many)));
    BOOST_TEST((must(projections->make_reader())->token("t_1")->role == consent::Role::writer));
}

BOOST_AUTO_TEST_CASE(a_broken_page_after_a_kill_is_found_when_opening) {
    TempDir const dir;
    make_closed_file(dir / "state.db");
    { auto const killed = open(dir / "state.db"); }
    auto const middle = std::filesystem::file_size(dir / "state.db") / 2 / 4096 * 4096;
    overwrite(dir / "state.db", middle, std::string(4096, '\xA5'));
    require_anew(dir / "state.db");
}

BOOST_AUTO_TEST_CASE(a_broken_page_that_is_met_in_use_is_an_error_and_the_file_is_not_kept) {
    TempDir const dir;
    make_closed_file(dir / "state.db");
    auto const middle = std::filesystem::file_size(dir / "state.db") / 2 / 4096 * 4096;
    overwrite(dir / "state.db", middle, std::string(4096, '\xA5'));

    auto const projections = open(dir / "state.db");
    auto const reader = must(projections->make_reader());
    int failures = 0;
    for (std::uint64_t number = 0; number < static_cast<std::uint64_t>(many); ++number) {
        auto const found = reader->contact("acme", hash(number));
        if (found) continue;
        ++failures;
        BOOST_TEST((found.error().code == errc::store_corrupt));
    }
    BOOST_TEST(failures > 0);
    auto const closed = projections->close();
    BOOST_REQUIRE(!closed);
    BOOST_TEST((closed.error().code == errc::state_stale));
    BOOST_TEST(!std::filesystem::exists(dir / "state.db"));
    require_anew(dir / "state.db");
}

BOOST_AUTO_TEST_CASE(a_place_where_no_file_can_be_is_an_error_of_io) {
    TempDir const dir;
    auto const nowhere = Projections::open(dir / "missing" / "state.db", identity());
    BOOST_REQUIRE(!nowhere);
    BOOST_TEST((nowhere.error().code == errc::io));

    std::filesystem::create_directories(dir / "state.db" / "full");
    auto const directory = Projections::open(dir / "state.db", identity());
    BOOST_REQUIRE(!directory);
    BOOST_TEST((directory.error().code == errc::io));
    BOOST_TEST(std::filesystem::exists(dir / "state.db" / "full"));
}

BOOST_AUTO_TEST_CASE(nobody_else_may_read_the_file) {
    TempDir const dir;
    auto const projections = open(dir / "state.db");
    for (auto const* name : {"state.db", "state.db-wal", "state.db-shm"}) {
        auto const mode = std::filesystem::status(dir / name).permissions();
        BOOST_TEST(
            ((mode & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) == std::filesystem::perms::none),
            name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
