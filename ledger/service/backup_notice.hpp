// Private to the room: what stands in a backup beside the files of the ledger, and which files those are.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/service/backup.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cl::service {

inline constexpr std::string_view sums_name = "SHA256SUMS";

/// The names of a backup's files, as they stand in SHA256SUMS; without that file itself.
[[nodiscard]] std::vector<std::string> backup_names(bool with_keys);

/// backup.json.
[[nodiscard]] std::string notice_text(BackupView const& view);
/// errc::malformed if it is no backup.json of a format that this program knows.
[[nodiscard]] Result<BackupView> read_notice(std::string_view text);

/// A file and its digest.
struct FileSum {
    std::string name;
    Hash32 digest;
};
/// As `sha256sum` writes and checks it.
[[nodiscard]] std::string sums_text(std::vector<FileSum> const& sums);
/// errc::malformed.
[[nodiscard]] Result<std::vector<FileSum>> read_sums(std::string_view text);

}  // namespace cl::service
