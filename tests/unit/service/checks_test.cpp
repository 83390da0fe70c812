// Readiness: what the next start needs is looked for while the service still runs without it.
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>

using namespace cl;
using test::ServiceFixture;

namespace {

/// Name of the check -> what is wrong with it, a second later than the last look.
std::map<std::string, std::string> failures(ServiceFixture& f) {
    f.clock.advance(1'000);
    std::map<std::string, std::string> found;
    for (service::Check const& check : f.service->checks()) {
        if (check.failure) found.emplace(check.name, check.failure->detail);
    }
    return found;
}

struct Row {
    char const* check;
    char const* file;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(a_well_service_passes_all_of_them) {
    ServiceFixture f;
    f.open();
    std::vector<std::string> names;
    for (service::Check const& check : f.service->checks()) names.emplace_back(check.name);
    std::vector<std::string> const expected = {"writer", "disk", "databases", "lock", "signing_key", "contact_key", "head"};
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BOOST_TEST(failures(f).empty());
    BOOST_TEST(!f.service->readiness());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_gone_is_missed_and_back_again_seen) {
    ServiceFixture f;
    f.open();
    for (Row const& row : {Row{"signing_key", "keys/signing.key"}, Row{"contact_key", "keys/contact.key"}, Row{"head", "head"},
                           Row{"databases", "vault.db"}, Row{"databases", "ledger.db"}, Row{"databases", "vault.db-wal"},
                           Row{"databases", "ledger.db-wal"}, Row{"lock", "lock"}}) {
        BOOST_TEST_CONTEXT(row.file) {
            std::filesystem::rename(f.dir() / row.file, f.dir() / "aside");
            auto const found = failures(f);
            BOOST_TEST(found.size() == 1U);
            BOOST_TEST(found.count(row.check) == 1U);
            BOOST_REQUIRE(f.service->readiness());
            BOOST_TEST((f.service->readiness()->code == errc::not_ready));
            // What is on record stays safe to add to; it is the next start that would fail.
            BOOST_TEST((f.text("STOP", row.file).results.at(0).status == service::ItemStatus::recorded));
            std::filesystem::rename(f.dir() / "aside", f.dir() / row.file);
            BOOST_TEST(failures(f).empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_another_has_taken_the_name_of_is_told_from_it) {
    ServiceFixture f;
    f.open();
    for (Row const& row : {Row{"databases", "vault.db"}, Row{"databases", "ledger.db"}, Row{"databases", "vault.db-wal"},
                           Row{"databases", "ledger.db-wal"}, Row{"lock", "lock"}}) {
        BOOST_TEST_CONTEXT(row.file) {
            std::filesystem::rename(f.dir() / row.file, f.dir() / "aside");
            std::ofstream(f.dir() / row.file) << "of another";
            auto const found = failures(f);
            BOOST_TEST(found.size() == 1U);
            BOOST_REQUIRE(found.count(row.check) == 1U);
            std::string const expected = std::string(row.file) + " in the data directory is not the file that is in use";
            BOOST_TEST(found.at(row.check).find(expected) != std::string::npos);
            std::filesystem::rename(f.dir() / "aside", f.dir() / row.file);
            BOOST_TEST(failures(f).empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(a_clean_stop_saves_what_a_removed_write_ahead_log_holds) {
    ServiceFixture f;
    f.open();
    f.text("START", "m1");
    std::filesystem::remove(f.dir() / "ledger.db-wal");
    std::filesystem::remove(f.dir() / "vault.db-wal");
    f.text("STOP", "m2");
    BOOST_TEST(failures(f).at("databases").find("ledger.db-wal is gone from the data directory: stop the service cleanly") ==
               0U);
    auto const size = f.service->stats().size;
    f.close();
    f.open();
    BOOST_TEST(f.service->stats().size == size);
    BOOST_TEST(failures(f).empty());
}

BOOST_AUTO_TEST_CASE(a_key_that_is_another_or_open_to_others_is_said) {
    ServiceFixture f;
    f.open();
    for (Row const& row : {Row{"signing_key", "keys/signing.key"}, Row{"contact_key", "keys/contact.key"}}) {
        BOOST_TEST_CONTEXT(row.file) {
            auto const path = f.dir() / row.file;
            std::filesystem::copy_file(path, f.dir() / "kept");
            std::filesystem::permissions(path, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
            std::string const open = "open to others than its owner (chmod 600): " + std::string(row.file) + "; the next start";
            BOOST_TEST(failures(f).at(row.check).find(open) != std::string::npos);
            std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
            std::ofstream(path, std::ios::binary) << std::string(32, 'x');
            BOOST_TEST(failures(f).at(row.check).find("not this ledger's") != std::string::npos);
            std::filesystem::rename(f.dir() / "kept", path);
            std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
            BOOST_TEST(failures(f).empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(it_looks_once_a_second) {
    ServiceFixture f;
    f.open();
    BOOST_TEST(failures(f).empty());
    std::filesystem::rename(f.dir() / "head", f.dir() / "aside");
    BOOST_TEST(!f.service->readiness());  // what was seen within the second
    BOOST_TEST(failures(f).count("head") == 1U);
}

BOOST_AUTO_TEST_CASE(a_stopped_writer_is_the_first_to_be_named) {
    ServiceFixture f;
    f.open();
    f.switches->fail_append = true;
    static_cast<void>(f.try_send(ServiceFixture::message("STOP", "m1")));
    BOOST_TEST(failures(f).count("writer") == 1U);
    BOOST_TEST((f.service->readiness()->code == errc::writer_stopped));
}

BOOST_AUTO_TEST_CASE(what_was_appended_is_counted_by_kind) {
    ServiceFixture f;
    f.open();
    auto const before = f.service->stats();
    std::string const added =
        R"({"kind":"contact.added","phone":"+15550100123","source":{"record":"r"},"data":{"origin":"manual"}})";
    f.post(added);
    f.post(added);
    f.post(R"({"kind":"contact.added","phone":"nonsense"})");
    f.text("STOP", "m1");
    std::map<std::pair<std::string, service::ItemStatus>, std::int64_t> counts;
    for (service::AppendCount const& one : f.service->stats().appends) counts[{std::string(one.kind), one.result}] = one.count;
    using service::ItemStatus;
    BOOST_TEST((counts[{"contact.added", ItemStatus::recorded}]) == 1);
    BOOST_TEST((counts[{"contact.added", ItemStatus::replayed}]) == 1);
    BOOST_TEST((counts[{"none", ItemStatus::refused}]) == 1);
    BOOST_TEST((counts[{"inbound", ItemStatus::recorded}]) == 1);
    auto const after = f.service->stats();
    BOOST_TEST(after.append_seconds.count - before.append_seconds.count == 4);
    BOOST_TEST(after.append_seconds.sum > before.append_seconds.sum);
    BOOST_TEST(after.batch_entries.sum - before.batch_entries.sum == 2);
    BOOST_TEST(after.last_checkpoint == f.clock.now());
}

BOOST_AUTO_TEST_SUITE_END()
