// A start that takes a new name for a ledger and is cut short: it is finished by the next one, without a second entry, and never where somebody
// may hold a checkpoint under that name (docs/promises.md "A new name").
#include "ledger/core/head_slots.hpp"
#include "tests/unit/service/backups.hpp"
#include "tests/unit/service/child.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>

using namespace cl;
using namespace cl::test;
namespace fs = std::filesystem;

namespace {

std::string const new_name = "ledger.example/restored";

/// The fixture's directory becomes what a restore makes of a backup of it: `behind` with the head of what is lost, else without one.
void restore_older(ServiceFixture& f, TempDir const& temp, bool behind) {
    f.open();
    f.text("hello", "m1");
    back_up(f, temp / "b");
    f.text("STOP", "m2");
    f.close();
    fs::rename(f.dir(), temp / "lost");
    auto asked = wish(temp / "b", f.dir());
    if (behind) asked.head = temp / "lost/head";
    need(service::restore_backup(asked));
}

/// What happens once the entry is on disk: the next step, before `head` is opened.
using Fate = std::function<Result<void>()>;
Result<std::unique_ptr<service::Service>> open_until(ServiceFixture& f, Fate const& fate) {
    auto doors = service::file_doors();
    doors.open_projections = [&, open = doors.open_projections](
                                 service::DataDir const& dir,
                                 state::Identity const& identity) -> Result<std::unique_ptr<state::Projections>> {
        CL_TRY_ASSIGN(auto made, open(dir, identity));
        CL_TRY(fate());
        return made;
    };
    return service::open_service(f.dir(), f.environment(), under_a_new_name(new_name), doors);
}
void cut_short(ServiceFixture& f) {
    auto const opened = open_until(f, [] { return Result<void>(fail(errc::io, "cut short")); });
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().detail == "cut short");
}

std::size_t times_restored(ServiceFixture const& f) {
    std::size_t times = 0;
    for (auto const& bytes : f.entries()) times += need(decode(bytes)).kind == "ledger.restored" ? 1U : 0U;
    return times;
}

errc refusal(ServiceFixture& f, service::Options const& options) {
    auto const opened = f.try_open(options);
    f.close();
    BOOST_REQUIRE(!opened);
    return opened.error().code;
}

/// It goes on under the name; whoever was shown something is shown what follows from it.
void goes_on(ServiceFixture& f, service::Options const& options) {
    auto const size = f.entries().size();
    need(f.try_open(options));
    BOOST_TEST(f.service->origin() == new_name);
    BOOST_TEST(times_restored(f) == 1U);
    BOOST_TEST(f.entries().size() == size);
    BOOST_TEST(!fs::exists(f.dir() / "renaming"));
    f.text("STOP", "m3");
    f.close();
    need(f.try_open());
    BOOST_TEST(f.service->origin() == new_name);
    f.close();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(new_names)

BOOST_AUTO_TEST_CASE(a_start_that_was_cut_short_before_the_head_is_finished_by_the_next_one) {
    for (bool const behind : {true, false}) {
        for (bool const asked_again : {true, false}) {
            ServiceFixture f;
            TempDir temp;
            restore_older(f, temp, behind);
            cut_short(f);
            BOOST_TEST(times_restored(f) == 1U);
            goes_on(f, asked_again ? under_a_new_name(new_name) : service::Options{});
        }
    }
}

BOOST_AUTO_TEST_CASE(a_start_that_is_killed_as_it_writes_the_head_is_finished_by_the_next_one) {
    for (bool const behind : {true, false}) {
        ServiceFixture f;
        TempDir temp;
        restore_older(f, temp, behind);
        int const ended = in_child([&] {
            auto const opened = open_until(f, [] {
                end_at_call(SYS_pwrite64);
                return Result<void>();
            });
            return 0;
        });
        BOOST_TEST(ended == 128 + SIGSYS);
        BOOST_TEST(times_restored(f) == 1U);
        BOOST_TEST(fs::exists(f.dir() / "head"));
        goes_on(f, under_a_new_name(new_name));
    }
}

BOOST_AUTO_TEST_CASE(a_head_that_cannot_be_written_costs_no_name) {
    ServiceFixture f;
    TempDir temp;
    restore_older(f, temp, false);
    fs::create_symlink(temp / "nowhere/head", f.dir() / "head");
    BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::io));
    BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::io));
    fs::remove(f.dir() / "head");
    goes_on(f, under_a_new_name(new_name));
}

BOOST_AUTO_TEST_CASE(a_torn_head_is_none) {
    ServiceFixture f;
    TempDir temp;
    restore_older(f, temp, false);
    cut_short(f);
    write_file(f.dir() / "head", std::string(3'000, 'x'));
    goes_on(f, {});
}

BOOST_AUTO_TEST_CASE(a_start_that_is_cut_short_before_the_entry_or_in_its_commit_leaves_the_name_free) {
    for (bool const there : {true, false}) {
        ServiceFixture f;
        TempDir temp;
        restore_older(f, temp, true);
        (there ? f.switches->fail_after : f.switches->fail_append) = true;
        BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::io));
        f.switches->fail_after = f.switches->fail_append = false;
        BOOST_TEST(times_restored(f) == (there ? 1U : 0U));
        if (!there) BOOST_TEST((refusal(f, {}) == errc::rollback_detected));
        need(f.try_open(under_a_new_name(new_name)));
        BOOST_TEST(times_restored(f) == 1U);
        BOOST_TEST(f.service->origin() == new_name);
    }
}

BOOST_AUTO_TEST_CASE(another_name_after_it_is_another_entry) {
    ServiceFixture f;
    TempDir temp;
    restore_older(f, temp, true);
    cut_short(f);
    need(f.try_open(under_a_new_name("ledger.example/third")));
    BOOST_TEST(f.service->origin() == "ledger.example/third");
    BOOST_TEST(times_restored(f) == 2U);
    f.close();
    fs::remove(f.dir() / "head");
    BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::usage));
    BOOST_TEST((refusal(f, under_a_new_name("ledger.example/third")) == errc::usage));
}

/// The ledger is at the entry that gave the name, as after a cut start; but it was served, and what it signed later is known elsewhere.
BOOST_AUTO_TEST_CASE(a_copy_of_the_moment_after_the_entry_does_not_get_the_name) {
    ServiceFixture f;
    TempDir temp;
    restore_older(f, temp, false);
    need(f.try_open(under_a_new_name(new_name)));
    back_up(f, temp / "b2");
    auto const size = f.entries().size();
    f.text("STOP", "m3");
    f.close();
    fs::rename(f.dir(), temp / "lost2");
    need(service::restore_backup(wish(temp / "b2", f.dir())));
    BOOST_TEST(f.entries().size() == size);
    BOOST_TEST((refusal(f, {}) == errc::rollback_detected));
    BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::usage));
    // Nor with the head of what is lost now, of before the name, or none that can be read.
    for (std::string const from : {"lost2/head", "lost/head", "b2/backup.json"}) {
        fs::copy_file(temp / from, f.dir() / "head", fs::copy_options::overwrite_existing);
        BOOST_TEST_CONTEXT(from) {
            BOOST_TEST((refusal(f, {}) == errc::rollback_detected));
            BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::usage));
        }
    }
    BOOST_TEST(times_restored(f) == 1U);
}

/// The file that says so is not believed against a checkpoint, nor of another entry, nor in pieces.
BOOST_AUTO_TEST_CASE(a_file_renaming_that_was_left_gives_no_name_that_was_signed_for) {
    ServiceFixture f;
    TempDir temp;
    restore_older(f, temp, false);
    cut_short(f);
    fs::copy(f.dir(), temp / "cut", fs::copy_options::recursive);
    auto const mark = read_file(f.dir() / "renaming");
    need(f.try_open());
    f.text("STOP", "m3");
    f.close();
    // The older ledger again, with the mark, beside the head of what was signed since.
    for (std::string const file : {"ledger.db", "vault.db", "renaming"}) {
        fs::copy_file(temp / "cut" / file, f.dir() / file, fs::copy_options::overwrite_existing);
    }
    BOOST_TEST((refusal(f, {}) == errc::rollback_detected));
    BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::usage));
    for (std::string const& other : {std::string(), mark.substr(0, 20), mark + mark, std::string(64, '0') + "\n"}) {
        fs::remove(f.dir() / "head");
        write_file(f.dir() / "renaming", other);
        BOOST_TEST((refusal(f, {}) == errc::rollback_detected));
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_a_stored_checkpoint_has_was_signed_for) {
    ServiceFixture f;
    TempDir temp;
    restore_older(f, temp, false);
    cut_short(f);
    auto const mark = read_file(f.dir() / "renaming");
    need(f.try_open());
    f.close();  // stores the last checkpoint
    fs::remove(f.dir() / "head");
    write_file(f.dir() / "renaming", mark);
    BOOST_TEST((refusal(f, {}) == errc::rollback_detected));
    BOOST_TEST((refusal(f, under_a_new_name(new_name)) == errc::usage));
}

BOOST_AUTO_TEST_SUITE_END()
