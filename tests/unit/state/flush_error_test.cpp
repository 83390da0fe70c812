// A disk that takes no more: files may not grow for a while.
#include "tests/unit/state/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <csignal>

namespace cl::state::test {
namespace {

/// While it lives, no file of this process may be written to beyond `bytes`: the write fails, as on a full disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        BOOST_REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
        rlimit const limit{bytes, before_.rlim_max};
        BOOST_REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(FileSizeLimit const&) = delete;
    FileSizeLimit& operator=(FileSizeLimit const&) = delete;

private:
    rlimit before_{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(flush_error)

BOOST_AUTO_TEST_CASE(it_is_said_it_stops_the_intake_and_it_passes) {
    TempDir const dir;
    auto const projections = open(dir / "state.db", identity(), {.buffer_bytes = 20'000, .flush_ms = 20});
    auto const reader = must(projections->make_reader());
    std::int64_t merged = 0;
    {
        FileSizeLimit const full(1);
        while (projections->room_for_batch()) {
            projections->merge(entry_changes("acme", merged), watermark(merged + 1));
            ++merged;
        }
        projections->wait_for_room();
        BOOST_TEST(!projections->room_for_batch());
        BOOST_REQUIRE(projections->flush_error().has_value());
        BOOST_TEST((projections->flush_error()->code == errc::io));
        BOOST_TEST(stored_size(dir / "state.db") == 0);
        // Nothing that was taken is lost.
        for (std::int64_t number = 0; number < merged; ++number) {
            BOOST_TEST((must(reader->seq_at("acme", number)) == std::optional<Seq>(number)));
        }
    }
    while (!projections->room_for_batch()) projections->wait_for_room();
    BOOST_TEST(!projections->flush_error().has_value());
    must(projections->close());
    BOOST_TEST(stored_size(dir / "state.db") == merged);
}

BOOST_AUTO_TEST_CASE(close_says_that_it_failed_and_sets_no_mark) {
    TempDir const dir;
    {
        auto const projections = open(dir / "state.db");
        projections->merge(entry_changes("acme", 1), watermark(1));
        FileSizeLimit const full(1);
        auto const closed = projections->close();
        BOOST_REQUIRE(!closed);
        BOOST_TEST((closed.error().code == errc::io));
    }
    BOOST_TEST((open(dir / "state.db", identity("boot-2"))->watermark() == Watermark{}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::state::test
