// Hashes, states and changes that are easy to tell apart, and a directory that goes away.
//
// Threads: one at a time.
#pragma once

#include "ledger/state/projections.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/must.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace cl::state::test {

using cl::test::must;
using cl::test::TempDir;

/// Different numbers, different hashes, in no order.
[[nodiscard]] Hash32 hash(std::uint64_t number);
[[nodiscard]] Identity identity(std::string boot = "boot-1");
[[nodiscard]] Watermark watermark(std::int64_t size);

/// States that carry the number.
[[nodiscard]] std::shared_ptr<consent::ContactState const> contact_state(std::int64_t number);
[[nodiscard]] std::shared_ptr<consent::AccountState const> account_state(std::int64_t number);
[[nodiscard]] TokenRecord token(std::string id, bool revoked = false);
[[nodiscard]] FindingRow finding(Seq seq, std::string id = "CL-001", std::string what = "no evidence");

/// A batch of one contact, one request and one line of the index, all under `number`.
[[nodiscard]] BatchChanges entry_changes(std::string const& account, std::int64_t number);
[[nodiscard]] BatchChanges contact_change(std::string const& account, std::uint64_t contact, std::int64_t number);

/// Big enough never to be full, and no flush before close().
inline constexpr Options patient{.buffer_bytes = 64 << 20, .flush_ms = 3'600'000};
/// Everything is flushed at once.
inline constexpr Options eager{.buffer_bytes = 64 << 20, .flush_ms = 0};

/// Opens, or fails the test.
[[nodiscard]] std::unique_ptr<Projections> open(std::filesystem::path const& path, Identity const& who = identity(),
                                                Options const& options = patient);
/// The watermark that state.db itself has, seen by nobody but the test. Size 0 also if there is no file.
[[nodiscard]] std::int64_t stored_size(std::filesystem::path const& path);
/// Waits until state.db has this watermark.
void wait_until_stored(std::filesystem::path const& path, std::int64_t size);
/// Copies the file and its -wal as they are now.
void copy_files(std::filesystem::path const& from, std::filesystem::path const& to);

}  // namespace cl::state::test
