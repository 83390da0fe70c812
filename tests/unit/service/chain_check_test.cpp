// The whole log verified while it is served: what a hand in the file or a bad disk did is found, said, and no reason to lose a STOP.
#include "ledger/core/store_format.hpp"
#include "ledger/sqlite/connection.hpp"
#include "tests/support/must.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

using namespace cl;
using test::must;
using test::ServiceFixture;

namespace {

service::Options every(Millis time) {
    service::Options options;
    options.verify_every = time;
    return options;
}

// Alters the file as somebody does who may write it, and leaves its schema as it was.
#define CL_FORGED(statement)                                                                                                              \
    "BEGIN IMMEDIATE; DROP TRIGGER entries_keep; DROP TRIGGER entries_stay; DROP TRIGGER tiles_keep; DROP TRIGGER tiles_stay; " statement \
    "; CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END"                    \
    "; CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END"                    \
    "; CREATE TRIGGER tiles_keep BEFORE UPDATE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles are append-only'); END"                          \
    "; CREATE TRIGGER tiles_stay BEFORE DELETE ON tiles BEGIN SELECT RAISE(ABORT, 'tiles are append-only'); END; COMMIT"

class Forger {
public:
    explicit Forger(ServiceFixture const& f)
        : raw_(must(sqlite::Connection::open_owner(f.dir() / "ledger.db", sqlite::Settings{},
                                                   {"ledger.db", store_format::ledger_application_id,
                                                    store_format::ledger_user_version, store_format::ledger_schema}))) {}
    void run(sqlite::Sql statement) { must(raw_.exec(statement)); }

private:
    sqlite::Connection raw_;
};

template <class Condition>
bool comes_true(Condition const& condition) {
    for (int tries = 0; tries < 3'000; ++tries) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

service::ChainStats chain(ServiceFixture const& f) {
    return *f.service->stats().chain;
}

/// What `chain` says is wrong; "ok", or nothing before the first check.
std::string said(ServiceFixture const& f) {
    for (service::Check const& check : f.service->checks()) {
        if (check.name == "chain") return check.failure ? check.failure->detail : "ok";
    }
    return {};
}

bool says(ServiceFixture const& f, std::string_view part) {
    return comes_true([&] { return said(f).find(part) != std::string::npos; });
}

bool logged(ServiceFixture const& f, std::string_view line) {
    auto const lines = f.lines();
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

void fill(ServiceFixture const& f, int count) {
    std::vector<service::AppendItem> items;
    for (int i = 0; i < count; ++i) {
        items.push_back(test::item(R"({"kind":"opt_out.agent","phone":"+1555010)" + std::to_string(1'000 + i) +
                                   R"(","source":{"record":"r-)" + std::to_string(i) + R"("},"data":{}})"));
    }
    f.post("acme", std::move(items));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chain_check)

BOOST_AUTO_TEST_CASE(a_whole_log_is_verified_again_and_again_to_its_newest_checkpoint) {
    ServiceFixture f;
    f.open(every(1));
    BOOST_TEST(comes_true([&] { return chain(f).verified > 0; }));
    fill(f, 700);  // tiles of both levels' first, and a part of one
    auto const size = f.service->stats().size;
    BOOST_TEST(comes_true([&] { return chain(f).last_size == size; }));
    BOOST_TEST(chain(f).last_verified == f.clock.now());
    BOOST_TEST(chain(f).broken == 0);
    BOOST_TEST(chain(f).unread == 0);
    BOOST_TEST(said(f) == "ok");
    BOOST_TEST(!f.service->readiness());
}

BOOST_AUTO_TEST_CASE(where_it_is_not_wanted_nothing_is_said_of_it) {
    ServiceFixture f;
    f.open();
    BOOST_TEST(!f.service->stats().chain);
    BOOST_TEST(said(f).empty());
}

BOOST_AUTO_TEST_CASE(an_altered_entry_is_found_and_named_and_the_next_stop_recorded_all_the_same) {
    ServiceFixture f;
    f.open(every(1));
    fill(f, 20);
    BOOST_TEST(says(f, "ok"));
    Forger forger(f);
    forger.run(CL_FORGED("UPDATE entries SET entry = replace(entry, 'opt_out.agent', 'opt_out.other') WHERE seq = 9"));
    BOOST_TEST(says(f, "entry 10 does not follow the entry before it"));
    BOOST_TEST((f.service->readiness()->code == errc::not_ready));
    BOOST_TEST((f.text("STOP", "m-1").results.at(0).status == service::ItemStatus::recorded));
    auto const failed = chain(f).broken;
    BOOST_TEST(failed > 0);
    forger.run(CL_FORGED("UPDATE entries SET entry = replace(entry, 'opt_out.other', 'opt_out.agent') WHERE seq = 9"));
    BOOST_TEST(comes_true([&] { return said(f) == "ok"; }));
    BOOST_TEST(!f.service->readiness());
    BOOST_TEST(logged(f, "the ledger verifies again"));
}

BOOST_AUTO_TEST_CASE(the_last_entry_before_the_checkpoint_is_covered_by_its_root_alone) {
    ServiceFixture f;
    f.open(every(1));
    fill(f, 20);
    Forger forger(f);
    forger.run(CL_FORGED(
        "UPDATE entries SET entry = replace(entry, 'opt_out.agent', 'opt_out.other') WHERE seq = (SELECT max(seq) FROM entries)"));
    BOOST_TEST(says(f, "do not have the root that was signed at size"));
}

BOOST_AUTO_TEST_CASE(an_entry_and_a_tile_that_are_gone_or_altered_are_missed) {
    ServiceFixture f;
    f.open(every(1));
    fill(f, 300);
    Forger forger(f);
    forger.run(CL_FORGED("CREATE TEMP TABLE kept AS SELECT * FROM tiles; UPDATE tiles SET hashes = zeroblob(8192)"));
    BOOST_TEST(says(f, "the entries up to 255 do not have the hashes of their tile"));
    forger.run(CL_FORGED("DELETE FROM tiles"));
    BOOST_TEST(says(f, "the entries up to 255 do not have the hashes of their tile"));
    forger.run(CL_FORGED("INSERT INTO tiles SELECT * FROM temp.kept"));
    BOOST_TEST(comes_true([&] { return said(f) == "ok"; }));
    forger.run(CL_FORGED("DELETE FROM entries WHERE seq = 100"));
    BOOST_TEST(says(f, "ledger.db is damaged"));
    BOOST_TEST(logged(f, "verifying the whole log: store_corrupt: ledger.db has a gap: entry 101 follows entry 99"));
    forger.run(CL_FORGED("DELETE FROM entries WHERE seq > 100"));
    BOOST_TEST(says(f, "entry 100 is missing"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_not_called_damaged_and_hides_no_damage) {
    ServiceFixture f;
    f.open(every(1));
    fill(f, 20);
    BOOST_TEST(says(f, "ok"));
    auto const unread = [&] {
        auto const before = chain(f).unread;
        return comes_true([&] { return chain(f).unread > before; });
    };
    std::filesystem::rename(f.dir() / "vault.db", f.dir() / "aside");
    BOOST_TEST(unread());
    BOOST_TEST(chain(f).broken == 0);
    BOOST_TEST(said(f).empty());
    BOOST_TEST((f.service->checks().back().name == "chain_read"));
    BOOST_TEST(f.service->checks().back().failure->detail.find("could not be read") != std::string::npos);
    std::filesystem::rename(f.dir() / "aside", f.dir() / "vault.db");
    BOOST_TEST(comes_true([&] { return said(f) == "ok"; }));
    Forger forger(f);
    forger.run(CL_FORGED("UPDATE entries SET entry = replace(entry, 'opt_out.agent', 'opt_out.other') WHERE seq = 9"));
    BOOST_TEST(says(f, "entry 10"));
    std::filesystem::rename(f.dir() / "vault.db", f.dir() / "aside");
    BOOST_TEST(unread());
    BOOST_TEST(says(f, "entry 10"));
    std::filesystem::rename(f.dir() / "aside", f.dir() / "vault.db");
}

BOOST_AUTO_TEST_CASE(a_stop_does_not_wait_for_a_check_that_has_begun) {
    ServiceFixture f;
    f.open(every(1));
    fill(f, 2'000);
    auto const begun = std::chrono::steady_clock::now();
    f.close();
    BOOST_TEST((std::chrono::steady_clock::now() - begun < std::chrono::seconds(5)));
    f.open(every(86'400'000));  // and none that waits for its day
    BOOST_TEST(says(f, "ok"));
    f.close();
    BOOST_TEST((std::chrono::steady_clock::now() - begun < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_SUITE_END()
