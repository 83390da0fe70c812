// Starting: keys, lock, head guard, vault orphans, clock. Each refusal leaves the files as they are.
#include "ledger/core/head_slots.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace cl;
using test::item;
using test::need;
using test::ServiceFixture;

namespace {

namespace fs = std::filesystem;

errc refusal(ServiceFixture& f, service::Options const& options = {}) {
    auto const opened = f.try_open(options);
    BOOST_REQUIRE(!opened);
    BOOST_TEST(!opened.error().detail.empty());
    f.close();
    return opened.error().code;
}

/// Some entries, then the service is closed; a copy of the files as they were in between goes to `copy`.
void write_some(ServiceFixture& f, fs::path const& copy = {}) {
    f.open();
    f.text("hello", "m1");
    if (!copy.empty()) {
        f.close();
        fs::copy(f.dir(), copy, fs::copy_options::recursive);
        f.open();
    }
    f.text("STOP", "m2");
    f.close();
}

void copy_over(fs::path const& from, fs::path const& to) {
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

void take_state(ServiceFixture const& from, ServiceFixture const& to) {
    for (std::string const name : {"state.db", "state.db-wal", "state.db-shm"}) {
        fs::remove(to.dir() / name);
        if (fs::exists(from.dir() / name)) copy_over(from.dir() / name, to.dir() / name);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(start)

BOOST_AUTO_TEST_CASE(init_refuses_a_bad_origin_and_a_used_directory_and_leaves_nothing) {
    test::TempDir temp;
    test::FakeClock clock;
    test::SeededRandom random(1);
    service::Environment const env{clock, random, {}};
    for (auto const* origin : {"", "two words", "plus+sign", "line\nend", "tab\t"}) {
        auto const made = service::init_data_dir(temp / "a", origin, env);
        BOOST_REQUIRE(!made);
        BOOST_TEST((made.error().code == errc::invalid));
        BOOST_TEST(!fs::exists(temp / "a"));
    }
    need(service::init_data_dir(temp / "a", "ledger.example", env));
    auto const again = service::init_data_dir(temp / "a", "ledger.example", env);
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().code == errc::store_foreign));
    // A directory in which something of ours cannot be made is left as it was.
    fs::create_directories(temp / "b");
    test::write_file(temp / "b/keys", "a file in the way");
    BOOST_TEST(!service::init_data_dir(temp / "b", "ledger.example", env));
    BOOST_TEST(test::read_file(temp / "b/keys") == "a file in the way");
    fs::remove(temp / "b/keys");
    BOOST_TEST(fs::is_empty(temp / "b"));
}

BOOST_AUTO_TEST_CASE(a_closed_ledger_opens_again_and_goes_on) {
    ServiceFixture f;
    write_some(f);
    f.open();
    BOOST_TEST(!f.look().state.opted_in);
    f.clock.advance(1'000);
    f.text("hello", "m3");
    BOOST_TEST(f.look().state.opted_in);
}

BOOST_AUTO_TEST_CASE(the_lock_is_held_while_open_and_names_the_holder) {
    ServiceFixture f;
    f.open();
    auto const second = service::Service::open(f.dir(), f.environment(), {});
    BOOST_REQUIRE(!second);
    BOOST_TEST((second.error().code == errc::store_locked));
    BOOST_TEST(second.error().detail.find(std::to_string(::getpid())) != std::string::npos);
    BOOST_TEST(need(service::read_status(f.dir())).server_pid == ::getpid());
    f.close();
    BOOST_TEST(need(service::read_status(f.dir())).server_pid == 0);
    f.open();
}

BOOST_AUTO_TEST_CASE(a_missing_or_foreign_key_is_refused) {
    for (std::string const name : {"signing.key", "contact.key"}) {
        ServiceFixture f;
        write_some(f);
        fs::path const key = f.dir() / "keys" / name;
        fs::rename(key, f.dir() / "kept");
        BOOST_TEST((refusal(f) == errc::key_missing));
        need(create_key_file(key, f.random));
        BOOST_TEST((refusal(f) == errc::key_mismatch));
        fs::remove(key);
        fs::rename(f.dir() / "kept", key);
        f.open();
    }
}

BOOST_AUTO_TEST_CASE(an_older_ledger_is_refused_and_going_on_needs_a_new_origin) {
    ServiceFixture f;
    test::TempDir temp;
    write_some(f, temp / "old");
    copy_over(temp / "old/ledger.db", f.dir() / "ledger.db");
    BOOST_TEST((refusal(f) == errc::rollback_detected));
    service::Options options;
    options.accept_rollback = true;
    BOOST_TEST((refusal(f, options) == errc::usage));
    options.new_origin = "ledger.example/test";
    BOOST_TEST((refusal(f, options) == errc::usage));
    options.new_origin = "ledger.example/test-2";
    // The vault is newer than the ledger: its rows may be evidence.
    BOOST_TEST((refusal(f, options) == errc::vault_orphans));
    copy_over(temp / "old/vault.db", f.dir() / "vault.db");
    auto const before = need(service::read_status(f.dir())).size;
    need(f.try_open(options));
    BOOST_TEST(f.service->origin() == "ledger.example/test-2");
    auto const restored = need(decode(f.entries().back()));
    BOOST_TEST(restored.seq == before);
    BOOST_TEST(restored.kind == "ledger.restored");
    BOOST_TEST(restored.data.string("origin") == "ledger.example/test-2");
    BOOST_TEST(restored.data.contains("head_size"));
    BOOST_TEST(consent::check_stored_data(consent::Kind::ledger_restored, restored.data).has_value());
    f.text("STOP", "m9");
    f.close();
    f.open();  // without options: the new origin is in force
    BOOST_TEST(f.service->origin() == "ledger.example/test-2");
    f.close();
    // The next rollback needs yet another name.
    fs::remove(f.dir() / "head");
    BOOST_TEST((refusal(f, options) == errc::usage));
    options.new_origin = "ledger.example/test-3";
    f.open(options);
    f.close();
    fs::remove(f.dir() / "head");
    options.new_origin = "ledger.example/test-2";
    BOOST_TEST((refusal(f, options) == errc::usage));
}

BOOST_AUTO_TEST_CASE(a_missing_damaged_or_foreign_head_is_refused) {
    ServiceFixture f;
    write_some(f);
    fs::path const head = f.dir() / "head";
    std::string const good = test::read_file(head);
    fs::remove(head);
    BOOST_TEST((refusal(f) == errc::rollback_detected));
    test::write_file(head, std::string(good.size(), 'x'));
    BOOST_TEST((refusal(f) == errc::rollback_detected));
    ServiceFixture other(2);
    write_some(other);
    test::write_file(head, test::read_file(other.dir() / "head"));
    BOOST_TEST((refusal(f) == errc::rollback_detected));
    test::write_file(head, good);
    f.open();
}

BOOST_AUTO_TEST_CASE(one_torn_slot_is_survived_and_an_older_head_is_normal) {
    ServiceFixture f;
    test::TempDir temp;
    write_some(f, temp / "old");
    fs::path const head = f.dir() / "head";
    std::string bytes = test::read_file(head);
    auto const newest = head_slots::newest(bytes);
    BOOST_REQUIRE(newest);
    bytes[static_cast<std::size_t>(newest->place) * head_slots::slot_bytes + 100] ^= 1;
    BOOST_REQUIRE(head_slots::newest(bytes));
    test::write_file(head, bytes);
    f.open();
    f.close();
    copy_over(temp / "old/head", head);
    f.open();
    BOOST_TEST(f.service->stats().size == static_cast<std::int64_t>(f.entries().size()));
}

BOOST_AUTO_TEST_CASE(a_crash_between_vault_and_ledger_is_cleaned_up_and_the_message_acts_again) {
    ServiceFixture f;
    test::TempDir temp;
    write_some(f, temp / "old");
    // The ledger and its head never got the last batch; the vault did.
    copy_over(temp / "old/ledger.db", f.dir() / "ledger.db");
    copy_over(temp / "old/head", f.dir() / "head");
    f.open();
    BOOST_TEST(f.look().state.opted_in);
    auto const stop = f.text("STOP", "m2");
    BOOST_REQUIRE(stop.results.size() == 1U);
    BOOST_TEST((stop.results[0].status == service::ItemStatus::recorded));
    BOOST_TEST(!f.look().state.opted_in);
}

BOOST_AUTO_TEST_CASE(openings_far_above_the_ledger_are_left_alone_and_refused) {
    ServiceFixture f;
    write_some(f);
    {
        // A ledger of many entries in another directory, with the same keys, lends its vault.
        f.open();
        for (int round = 0; round < 5; ++round) {
            std::vector<service::AppendItem> items;
            for (int i = 0; i < 1'000; ++i) {
                items.push_back(item(R"({"kind":"contact.added","phone":"+1555010)" + std::to_string(1'000 + i) +
                                     R"(","source":{"record":")" + std::to_string(round * 1'000 + i) +
                                     R"("},"data":{"origin":"manual","name":"N"}})"));
            }
            auto request = ServiceFixture::request("acme", std::move(items));
            request.receipt = service::ReceiptDetail::none;
            if (round == 0) {
                f.close();
                fs::copy(f.dir(), f.dir().parent_path() / "old", fs::copy_options::recursive);
                f.open();
            }
            need(f.try_post(std::move(request)));
        }
        f.close();
    }
    fs::path const old = f.dir().parent_path() / "old";
    copy_over(old / "ledger.db", f.dir() / "ledger.db");
    copy_over(old / "head", f.dir() / "head");
    std::string const vault = test::read_file(f.dir() / "vault.db");
    BOOST_TEST((refusal(f) == errc::vault_orphans));
    BOOST_TEST((test::read_file(f.dir() / "vault.db") == vault));
}

BOOST_AUTO_TEST_CASE(an_older_state_file_is_caught_up_and_one_of_another_history_is_rebuilt) {
    for (bool const older : {true, false}) {
        ServiceFixture f;
        write_some(f);
        ServiceFixture other;  // the same keys and the same entry 0, since the same random bytes
        other.open();
        other.text("hello", older ? "m1" : "m9");
        other.close();
        take_state(other, f);
        f.open();
        BOOST_TEST(!f.look().state.opted_in);
        auto const lines = f.lines();
        bool const said = std::any_of(lines.begin(), lines.end(), [](std::string const& line) {
            return line.find("another history") != std::string::npos;
        });
        BOOST_TEST(said == !older);
        BOOST_TEST(need(need(f.service->make_queries())->changes("acme", {})).items.size() == 3U);
    }
}

BOOST_AUTO_TEST_CASE(a_clock_far_behind_the_ledger_is_refused_unless_accepted) {
    ServiceFixture f;
    write_some(f);
    f.clock.jump(-120'000);
    BOOST_TEST((refusal(f) == errc::clock_jump));
    service::Options options;
    options.accept_clock = true;
    f.open(options);
    auto const entries = f.entries();
    BOOST_TEST(need(decode(entries.back())).recorded_at >= need(decode(entries[2])).recorded_at);
}

BOOST_AUTO_TEST_SUITE_END()
