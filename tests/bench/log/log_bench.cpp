// How many entries a second the log makes durable, beside what the disk under it can do: pairs of small writes, each synced, to two
// files, which is what a batch costs at least (vault, then ledger).
//
//     bench_log [directory] [seconds per line]
//
// Threads: one.

#include "ledger/core/store_format.hpp"
#include "ledger/log/sqlite_log.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/must.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace cl;
using namespace cl::log;
using cl::test::must;

namespace {

using Steady = std::chrono::steady_clock;

double seconds_since(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Synced 8 KiB writes a second, by turns to `files` files of 16 MiB that are written over and over, as a WAL is.
double sync_rate(std::filesystem::path const& directory, int files, double seconds) {
    constexpr off_t span = 16 << 20;
    std::string const block(8192, 'x');
    std::vector<int> handles;
    for (int i = 0; i < files; ++i) {
        auto const path = directory / ("sync" + std::to_string(i));
        int const handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
        for (off_t at = 0; at < span; at += 8192) {
            if (::pwrite(handle, block.data(), block.size(), at) != 8192) std::exit(1);
        }
        ::fdatasync(handle);
        handles.push_back(handle);
    }
    auto const start = Steady::now();
    long rounds = 0;
    for (off_t at = 0; seconds_since(start) < seconds; at = (at + 8192) % span, ++rounds) {
        for (int const handle : handles) {
            if (::pwrite(handle, block.data(), block.size(), at) != 8192 || ::fdatasync(handle) != 0) std::exit(1);
        }
    }
    double const elapsed = seconds_since(start);
    for (int const handle : handles) ::close(handle);
    return static_cast<double>(rounds) / elapsed;
}

Batch make_batch(Seq from, Seq count, bool openings) {
    Batch batch;
    for (Seq seq = from; seq < from + count; ++seq) {
        auto bytes = "{\"entry\":" + std::to_string(seq) + ",\"filling\":\"";
        bytes.resize(400, 'x');
        bytes += "\"}";
        auto const leaf = leaf_hash(bytes);
        batch.rows.push_back({seq, std::move(bytes), leaf});
        if (openings) batch.openings.push_back({seq, "/data/text", leaf, std::string(60, 'y')});
        if ((seq + 1) % 256 == 0) batch.tiles.push_back({0, seq / 256, std::string(8192, 'h')});
    }
    return batch;
}

struct Line {
    double rows_per_second = 0;
    double batches_per_second = 0;
    double p50_ms = 0;
    double p99_ms = 0;
    double max_ms = 0;
};

/// Only append() and maintain() are on the clock.
Line measure(LogStore& store, Seq batch_size, bool openings, double seconds) {
    Head head = must(store.head());
    std::vector<double> took;
    double total = 0;
    while (total < seconds) {
        auto const batch = make_batch(head.size, batch_size, openings);
        auto const start = Steady::now();
        must(store.append(head, batch));
        must(store.maintain());
        took.push_back(seconds_since(start));
        total += took.back();
        head = Head{head.size + batch_size, batch.rows.back().leaf};
    }
    std::sort(took.begin(), took.end());
    auto const count = static_cast<double>(took.size());
    auto const at = [&](double part) { return took[static_cast<std::size_t>(part * (count - 1))] * 1e3; };
    return {count * static_cast<double>(batch_size) / total, count / total, at(0.5), at(0.99), at(1)};
}

}  // namespace

int main(int argc, char** argv) {
    std::filesystem::path const where = argc > 1 ? argv[1] : std::filesystem::temp_directory_path();
    double const seconds = argc > 2 ? std::atof(argv[2]) : 3;
    ::setenv("TMPDIR", where.c_str(), 1);
    cl::test::TempDir const directory;
    auto store = must(create_sqlite_log({directory / "ledger.db", directory / "vault.db"}));
    std::printf("%-28s %10s %10s %9s %9s %9s %8s\n", "", "rows/s", "batches/s", "p50 ms", "p99 ms", "max ms", "ratio");
    for (bool const openings : {false, true}) {
        for (Seq const size : {1, 64, 4096}) {
            // The disk's own rate, beside each line: it wanders.
            double const limit = sync_rate(directory.path(), openings ? 2 : 1, 1);
            auto const line = measure(*store, size, openings, seconds);
            auto const label = "batch " + std::to_string(size) + (openings ? ", with openings" : "");
            std::printf("%-28s %10.0f %10.0f %9.2f %9.2f %9.2f %8.2f  of %.0f synced %s/s\n", label.c_str(),
                        line.rows_per_second, line.batches_per_second, line.p50_ms, line.p99_ms, line.max_ms,
                        line.rows_per_second / limit, limit, openings ? "pairs" : "writes");
        }
    }
    return 0;
}
