// Backups beside a running service, and what becomes of them: the same ledger goes on, or it goes on under another name, or it is refused.
#include "ledger/core/head_slots.hpp"
#include "ledger/core/note.hpp"
#include "tests/unit/service/backups.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <atomic>
#include <set>
#include <thread>

using namespace cl;
using namespace cl::test;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(backups)

BOOST_AUTO_TEST_CASE(a_backup_holds_the_files_of_one_moment_and_says_so) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    auto const view = back_up(f, temp / "b");
    BOOST_TEST((names_in(temp / "b") == std::set<std::string>{"ledger.db", "vault.db", "head", "backup.json", "SHA256SUMS",
                                                              "keys/signing.key", "keys/contact.key"}));
    BOOST_TEST(view.entries == static_cast<std::int64_t>(f.entries().size()));
    auto const checkpoint = need(open_checkpoint(view.checkpoint, f.service->verifier_key()));
    BOOST_TEST(checkpoint.size == view.entries);
    BOOST_TEST((checkpoint.root == view.root));
    // As anybody can check it.
    auto const command = "cd '" + (temp / "b").string() + "' && sha256sum --quiet --strict -c SHA256SUMS";
    BOOST_TEST(std::system(command.c_str()) == 0);
    back_up(f, temp / "c", false);
    BOOST_TEST(!names_in(temp / "c").contains("keys/signing.key"));
    BOOST_TEST(!names_in(temp / "c").contains("keys/contact.key"));
}

BOOST_AUTO_TEST_CASE(what_is_acknowledged_before_is_in_the_backup_whatever_is_appended_meanwhile) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    std::atomic<bool> done = false;
    std::atomic<int> sent = 0;
    std::thread writer([&] {
        while (!done) f.text("hello " + std::to_string(sent), "m" + std::to_string(sent)), ++sent;
    });
    for (int i = 0; i < 5; ++i) {
        auto const before = need(read_checkpoint(f.service->checkpoint())).size;
        auto const view = service::make_backup({f.dir(), temp / std::to_string(i), true, {}}, f.clock);
        if (!view) done = true;
        if (!view) writer.join();
        BOOST_REQUIRE_MESSAGE(view, view.error().detail);
        BOOST_TEST(view->entries >= before);
        auto const asked = wish(temp / std::to_string(i), temp / ("r" + std::to_string(i)));
        BOOST_TEST((need(service::restore_backup(asked)).continuity == service::Continuity::unknown));
        auto const restored = serve(f, asked.data, under_a_new_name());
        BOOST_REQUIRE_MESSAGE(restored, restored.error().detail);
        BOOST_TEST((*restored)->stats().size == view->entries + 1);
    }
    done = true;
    writer.join();
    BOOST_TEST(sent > 0);
}

BOOST_AUTO_TEST_CASE(a_directory_that_was_moved_goes_on_under_its_name) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    f.close();
    back_up(f, temp / "b");
    auto asked = wish(temp / "b", temp / "data");
    asked.nothing_since = true;
    BOOST_TEST((need(service::restore_backup(asked)).continuity == service::Continuity::whole));
    BOOST_TEST(!fs::exists(temp / "data" / "backup.json"));
    auto const restored = need(serve(f, temp / "data"));
    BOOST_TEST(restored->origin() == "ledger.example/test");
    auto const queries = need(restored->make_queries());
    auto const contact =
        need(queries->contact("acme", queries->contact_of("acme", "+15550100123"), std::nullopt, std::nullopt));
    BOOST_TEST(contact.known);
}

BOOST_AUTO_TEST_CASE(without_a_head_a_restored_ledger_signs_only_under_a_new_name) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    auto const view = back_up(f, temp / "b");
    f.text("STOP", "m2");
    BOOST_TEST((need(service::restore_backup(wish(temp / "b", temp / "data"))).continuity == service::Continuity::unknown));
    BOOST_TEST((refused_start(f, temp / "data") == errc::rollback_detected));
    auto const restored = need(serve(f, temp / "data", under_a_new_name()));
    BOOST_TEST(restored->origin() == "ledger.example/restored");
    BOOST_TEST(restored->stats().size == view.entries + 1);  // and ledger.restored
}

BOOST_AUTO_TEST_CASE(a_backup_beside_a_service_is_no_move) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    back_up(f, temp / "b");
    auto asked = wish(temp / "b", temp / "data");
    asked.nothing_since = true;
    BOOST_TEST((refusal(asked) == errc::usage));
}

BOOST_AUTO_TEST_CASE(a_head_that_survived_tells_what_is_missing_and_never_that_nothing_is) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    f.close();
    fs::copy_file(f.dir() / "head", temp / "older");
    f.open();
    f.text("STOP", "m2");
    f.close();
    back_up(f, temp / "b");
    auto asked = wish(temp / "b", temp / "data");
    asked.head = temp / "older";
    BOOST_TEST((refusal(asked) == errc::rollback_detected));  // it says nothing of what came after the backup
    asked.head = f.dir() / "head";
    auto restored = need(service::restore_backup(asked));
    BOOST_TEST((restored.continuity == service::Continuity::unknown));  // it may be a copy that was made before the end
    BOOST_TEST((refused_start(f, temp / "data") == errc::rollback_detected));

    f.open();
    f.send(ServiceFixture::message("hello", "m3", "+15550100124"));
    f.close();
    asked.data = temp / "behind";
    restored = need(service::restore_backup(asked));
    BOOST_TEST((restored.continuity == service::Continuity::behind));
    BOOST_TEST(restored.lost == 1);
    BOOST_TEST((refused_start(f, temp / "behind") == errc::rollback_detected));
    asked.data = temp / "no";
    asked.nothing_since = true;  // which the head contradicts
    BOOST_TEST((refusal(asked) == errc::rollback_detected));
}

BOOST_AUTO_TEST_CASE(of_a_given_head_only_what_was_compared_is_kept) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    back_up(f, temp / "b");
    f.text("hello", "m1");
    f.close();
    auto const head = test::read_file(f.dir() / "head");
    test::write_file(temp / "head",
                     head + std::string(100'000, 'x'));  // a second look at the file would take more than the first
    auto asked = wish(temp / "b", temp / "data");
    asked.head = temp / "head";
    BOOST_TEST((need(service::restore_backup(asked)).continuity == service::Continuity::behind));
    auto const kept = test::read_file(temp / "data" / "head");
    BOOST_TEST(kept.size() <= head_slots::file_bytes);
    BOOST_REQUIRE(head_slots::newest(kept));
    BOOST_TEST(head_slots::newest(kept)->note == head_slots::newest(head)->note);
    asked.data = temp / "again";
    asked.head = temp / "nowhere";
    BOOST_TEST((refusal(asked) == errc::rollback_detected));
    BOOST_REQUIRE(::mkfifo((temp / "pipe").c_str(), 0600) == 0);
    asked.head = temp / "pipe";
    BOOST_TEST((refusal(asked) == errc::io));
}

BOOST_AUTO_TEST_CASE(a_head_of_another_ledger_or_history_is_refused) {
    ServiceFixture f;
    ServiceFixture stranger(2);
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    f.close();
    back_up(f, temp / "b");
    auto asked = wish(temp / "b", temp / "data");
    asked.head = stranger.dir() / "head";
    BOOST_TEST((refusal(asked) == errc::rollback_detected));
    asked.head = temp / "b" / "backup.json";
    BOOST_TEST((refusal(asked) == errc::rollback_detected));
    // The moved ledger goes another way than the first.
    asked = wish(temp / "b", temp / "fork");
    asked.nothing_since = true;
    need(service::restore_backup(asked));
    {
        auto const fork = need(serve(f, temp / "fork"));
        need(fork->create_token({"acme", consent::Role::auditor}));
    }
    f.open();
    f.text("STOP", "m2");
    f.close();
    back_up(f, temp / "b2");
    asked = wish(temp / "b2", temp / "data");
    asked.head = temp / "fork" / "head";
    BOOST_TEST((refusal(asked) == errc::rollback_detected));
    BOOST_TEST(!fs::exists(temp / "data"));
}

BOOST_AUTO_TEST_CASE(a_name_that_was_given_up_does_not_come_back_with_an_old_head) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    back_up(f, temp / "b");
    f.close();
    need(service::restore_backup(wish(temp / "b", temp / "data")));
    {
        auto const renamed = need(serve(f, temp / "data", under_a_new_name()));
        need(renamed->create_token({"acme", consent::Role::auditor}));
    }
    // As a restore, and as a start.
    need(service::make_backup({temp / "data", temp / "b2", true, {}}, f.clock));
    auto asked = wish(temp / "b2", temp / "again");
    asked.head = f.dir() / "head";
    BOOST_TEST((refusal(asked) == errc::rollback_detected));
    fs::copy_file(f.dir() / "head", temp / "data" / "head", fs::copy_options::overwrite_existing);
    BOOST_TEST((refused_start(f, temp / "data") == errc::rollback_detected));
    BOOST_TEST(need(service::make_backup({temp / "data", temp / "b3", true, {}}, f.clock)).origin == "ledger.example/restored");
    auto const again = need(serve(f, temp / "data", under_a_new_name("ledger.example/third")));
    BOOST_TEST(again->origin() == "ledger.example/third");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_the_one_that_was_backed_up_is_refused_by_name) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    for (std::string const name : {"ledger.db", "vault.db", "head", "backup.json", "keys/contact.key"}) {
        back_up(f, temp / "b");
        auto bytes = test::read_file(temp / "b" / name);
        auto const at = name == "backup.json" ? bytes.find("\"made_at\":\"20") + 13 : bytes.size() - 1;
        bytes[at] = static_cast<char>(bytes[at] ^ 1);
        test::write_file(temp / "b" / name, bytes);
        BOOST_TEST_CONTEXT(name) {
            auto const restored = service::restore_backup(wish(temp / "b", temp / "data"));
            BOOST_REQUIRE(!restored);
            BOOST_TEST((restored.error().code == errc::store_corrupt));
            BOOST_TEST(restored.error().detail.starts_with(name));
            BOOST_TEST(!fs::exists(temp / "data"));
        }
        fs::remove_all(temp / "b");
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_backup_is_refused) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    BOOST_TEST((refusal(wish(f.dir(), temp / "data")) == errc::io));  // no backup.json
    back_up(f, temp / "b");
    test::write_file(temp / "b" / "SHA256SUMS", "");
    BOOST_TEST((refusal(wish(temp / "b", temp / "data")) == errc::malformed));
    test::write_file(temp / "b" / "SHA256SUMS", std::string(64, '0') + "  ../../ledger.db\n");
    BOOST_TEST((refusal(wish(temp / "b", temp / "data")) == errc::malformed));
    test::write_file(temp / "b" / "backup.json", R"({"backup":2})");
    BOOST_TEST((refusal(wish(temp / "b", temp / "data")) == errc::malformed));
}

BOOST_AUTO_TEST_CASE(keys_come_from_elsewhere_and_must_be_the_ledgers) {
    ServiceFixture f;
    ServiceFixture stranger(2);
    test::TempDir temp;
    back_up(f, temp / "b", false);
    auto asked = wish(temp / "b", temp / "data");
    BOOST_TEST((refusal(asked) == errc::usage));
    asked.keys = temp / "nowhere";
    BOOST_TEST((refusal(asked) == errc::key_missing));
    asked.keys = stranger.dir() / "keys";
    BOOST_TEST((refusal(asked) == errc::key_mismatch));
    asked.keys = f.dir() / "keys";
    asked.nothing_since = true;
    need(service::restore_backup(asked));
    need(serve(f, temp / "data"));
}

BOOST_AUTO_TEST_CASE(nothing_is_written_over_and_a_backup_is_not_served) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    back_up(f, temp / "b");
    BOOST_TEST((service::make_backup({f.dir(), temp / "b", true, {}}, f.clock).error().code == errc::io));
    for (auto const& inside : {f.dir(), f.dir() / "b", f.dir() / "keys" / ".." / "b"}) {
        BOOST_TEST((service::make_backup({f.dir(), inside, true, {}}, f.clock).error().code == errc::usage));
    }
    back_up(f, fs::path(f.dir()) += "-2");  // beside it, with a name that begins alike
    BOOST_TEST((refusal(wish(temp / "b", f.dir())) == errc::io));
    BOOST_TEST((refused_start(f, temp / "b") == errc::store_foreign));
    fs::create_directory(temp / "empty");
    back_up(f, temp / "empty");  // an empty directory may be there
}

BOOST_AUTO_TEST_CASE(a_ledger_that_is_not_well_gets_no_backup) {
    ServiceFixture f;
    test::TempDir temp;
    f.open();
    f.text("hello", "m1");
    f.close();
    fs::rename(f.dir() / "head", temp / "head");
    BOOST_TEST((service::make_backup({f.dir(), temp / "b", true, {}}, f.clock).error().code == errc::rollback_detected));
    BOOST_TEST(!fs::exists(temp / "b"));
    BOOST_TEST(!fs::exists(temp / "b.part"));
    fs::rename(temp / "head", f.dir() / "head");
    back_up(f, temp / "b");
}

BOOST_AUTO_TEST_SUITE_END()
