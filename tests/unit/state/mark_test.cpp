// The clean mark: where it is on the disk, and when.
#include "ledger/state/mark.hpp"

#include "ledger/state/schema.hpp"
#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::state::test {
namespace {

/// The mark as it stands in the database file itself, whatever its WAL says.
bool clean_in_file_alone(std::filesystem::path const& path) {
    TempDir const dir;
    std::filesystem::copy_file(path, dir / "alone.db");
    auto connection = must(sqlite::Connection::open_owner(dir / "alone.db", owner_settings, file_identity));
    return must(read_meta(connection)).clean;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mark)

BOOST_AUTO_TEST_CASE(a_new_file_has_no_mark) {
    TempDir const dir;
    auto const projections = open(dir / "state.db");
    BOOST_TEST(!clean_in_file_alone(dir / "state.db"));
}

BOOST_AUTO_TEST_CASE(close_sets_it_and_open_takes_it_out_of_the_file_itself_before_anything_changes) {
    TempDir const dir;
    must(open(dir / "state.db")->close());
    BOOST_TEST(clean_in_file_alone(dir / "state.db"));
    // In its WAL only, an unsynced reset of the WAL could lose the removal and bring the old mark back.
    auto const projections = open(dir / "state.db");
    BOOST_TEST(!clean_in_file_alone(dir / "state.db"));
}

BOOST_AUTO_TEST_CASE(ending_without_close_sets_none) {
    TempDir const dir;
    {
        auto const projections = open(dir / "state.db", identity(), eager);
        projections->merge(entry_changes("acme", 1), watermark(1));
        wait_until_stored(dir / "state.db", 1);
    }
    BOOST_TEST(!clean_in_file_alone(dir / "state.db"));
}

BOOST_AUTO_TEST_CASE(what_it_vouches_for_is_in_the_file_when_it_is_set) {
    TempDir const dir;
    auto const path = dir / "state.db";
    auto connection = must(sqlite::Connection::create(path, owner_settings, file_identity));
    must(insert_meta(connection, identity()));
    must(clear_mark(connection, "boot-9"));
    must(connection.exec("UPDATE meta SET size = 7"));
    must(set_mark(connection));
    // The WAL has the mark; the file alone has the change that came before it, without the mark.
    auto const meta = must(read_meta(connection));
    BOOST_TEST(meta.clean);
    BOOST_TEST(meta.identity.boot_id == "boot-9");
    BOOST_TEST((meta.identity.ledger == identity().ledger));
    TempDir const other;
    std::filesystem::copy_file(path, other / "alone.db");
    auto alone = must(sqlite::Connection::open_owner(other / "alone.db", owner_settings, file_identity));
    BOOST_TEST(must(read_meta(alone)).watermark.size == 7);
    BOOST_TEST(!must(read_meta(alone)).clean);
}

BOOST_AUTO_TEST_CASE(a_file_without_the_row_is_corrupt) {
    TempDir const dir;
    auto connection = must(sqlite::Connection::create(dir / "state.db", owner_settings, file_identity));
    BOOST_TEST((read_meta(connection).error().code == errc::store_corrupt));
    BOOST_TEST((clear_mark(connection, "boot-1").error().code == errc::store_corrupt));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
