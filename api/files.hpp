// Files that an operator hands over: settings, certificates, and secrets, which must be his alone.
//
// Threads: pure functions but for the files, any thread.
#pragma once

#include "ledger/core/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>

namespace cl::api {

/// A regular file's bytes. errc::key_missing where it cannot be read, errc::usage where it is no regular file or longer than `most`.
[[nodiscard]] Result<std::string> read_file(std::filesystem::path const& path, std::size_t most);
/// The same for what is believed (the keys of others): errc::key_missing too where group or others may write it.
[[nodiscard]] Result<std::string> read_trusted_file(std::filesystem::path const& path, std::size_t most);
/// The same for a secret: errc::key_missing too where group or others may touch it. What is checked is what is read.
[[nodiscard]] Result<std::string> read_secret_file(std::filesystem::path const& path, std::size_t most);

}  // namespace cl::api
