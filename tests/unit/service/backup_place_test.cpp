// Where a backup may lie, whether there is room for it, and when it has its name.
#include "ledger/service/new_files.hpp"
#include "tests/unit/service/backups.hpp"
#include "tests/unit/service/child.hpp"

#include <boost/test/unit_test.hpp>

#include <cerrno>

using namespace cl;
using namespace cl::test;
namespace fs = std::filesystem;

namespace {

Error refused(ServiceFixture& f, fs::path const& from, fs::path const& to) {
    auto const made = service::make_backup({from, to, true, {}}, f.clock);
    BOOST_REQUIRE_MESSAGE(!made, to);
    return made.error();
}

/// The working directory of the test's process, until it ends.
class In {
public:
    explicit In(fs::path const& dir) : before_(fs::current_path()) { fs::current_path(dir); }
    In(In const&) = delete;
    In& operator=(In const&) = delete;
    ~In() { fs::current_path(before_); }

private:
    fs::path before_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(backups_and_their_places)

BOOST_AUTO_TEST_CASE(no_way_of_naming_it_brings_a_backup_into_the_data_directory) {
    ServiceFixture f;
    TempDir temp;
    fs::create_directory_symlink(f.dir(), temp / "in");
    fs::create_directory_symlink(f.dir() / "keys", temp / "deeper");
    auto const before = names_in(f.dir());
    {
        In const data(f.dir());
        for (std::string const to : {"bk", "bk/", "./bk", "bk/.", "keys/bk", "../data/bk", "."}) {
            BOOST_TEST((refused(f, ".", to).code == errc::usage), to);
        }
        In const keys(f.dir() / "keys");
        BOOST_TEST((refused(f, "..", "bk").code == errc::usage));
        BOOST_TEST((refused(f, "..", "../bk//").code == errc::usage));
    }
    {
        In const beside(temp.path());
        for (fs::path const& to :
             {fs::path("in/bk"), fs::path("in"), fs::path("in/"), fs::path("deeper/../bk"), f.dir() / "bk"}) {
            BOOST_TEST((refused(f, "in", to).code == errc::usage), to);
            BOOST_TEST((refused(f, f.dir(), to).code == errc::usage), to);
        }
        BOOST_TEST((names_in(f.dir()) == before));
        back_up(f, "bk/");  // relative, and outside
    }
    BOOST_TEST(fs::exists(temp / "bk/backup.json"));
}

BOOST_AUTO_TEST_CASE(a_backup_lies_where_the_system_takes_its_name_to) {
    ServiceFixture f;
    TempDir temp;
    fs::create_directories(temp / "other/deep");
    fs::create_directory_symlink(temp / "other/deep", f.dir() / "out");
    back_up(f, f.dir() / "out/../y");
    BOOST_TEST(fs::exists(temp / "other/y/backup.json"));
    BOOST_TEST(!fs::exists(f.dir() / "y"));
    back_up(f, f.dir() / "out/z");
    BOOST_TEST(fs::exists(temp / "other/deep/z/backup.json"));
    for (fs::path const& to : {temp / "nowhere/b", fs::path(), fs::path("/"), temp / "other/.."}) {
        BOOST_TEST((refused(f, f.dir(), to).code == errc::io), to);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_ledger_is_said_to_be_none) {
    ServiceFixture f;
    TempDir temp;
    fs::create_directory(temp / "empty");
    for (std::string const from : {"nowhere", "empty"}) {
        for (fs::path const& to : {temp / "b", temp / from / "b"}) {
            auto const why = refused(f, temp / from, to);
            BOOST_TEST((why.code == errc::io));
            BOOST_TEST(why.detail.find("no ledger in this directory") != std::string::npos, why.detail);
        }
    }
    BOOST_TEST((names_in(temp.path()).empty()));
}

BOOST_AUTO_TEST_CASE(a_volume_without_room_is_found_before_anything_is_copied) {
    ServiceFixture f;
    TempDir temp;
    fs::create_directory(temp / "empty");
    // A file of more bytes than are free, none of which is on the disk.
    auto const much = static_cast<std::uintmax_t>(service::free_bytes(temp.path())) + (std::uintmax_t{1} << 36);
    fs::resize_file(f.dir() / "vault.db", much);
    for (std::string const to : {"b", "b/", "b//.", "empty", "empty/"}) {
        auto const why = refused(f, f.dir(), temp / to);
        BOOST_TEST((why.code == errc::io));
        BOOST_TEST(why.detail.find("no room") != std::string::npos, to << ": " << why.detail);
    }
    BOOST_TEST(!fs::exists(temp / "b.part"));
}

BOOST_AUTO_TEST_CASE(a_name_that_a_power_cut_may_undo_is_not_left_there) {
    for (bool const fails : {true, false}) {
        TempDir temp;
        int const outcome = in_child([&] {
            auto part = need(service::PartDirectory::make(temp / "b"));
            need(service::write_new_file(part.path() / "file", "bytes", 0600));
            if (fails) fail_call(SYS_fsync, EIO);
            auto const kept = part.keep();
            if (kept) return 0;
            return kept.error().code == errc::io ? 1 : 2;
        });
        BOOST_TEST(outcome == (fails ? 1 : 0));
        BOOST_TEST(fs::is_empty(temp.path()) == fails);
        BOOST_TEST(fs::exists(temp / "b/file") == !fails);
    }
}

BOOST_AUTO_TEST_SUITE_END()
