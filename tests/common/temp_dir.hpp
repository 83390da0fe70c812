// A directory that is gone with its object, and copying of files that are in use. For tests.
//
// Threads: any; each object belongs to one.
#pragma once

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace cl::test {

class TempDir {
public:
    TempDir() {
        std::string pattern = (std::filesystem::temp_directory_path() / "consent-ledger-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = pattern;
    }
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TempDir(TempDir const&) = delete;
    TempDir& operator=(TempDir const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string const& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// Copies in a child process: closing a database file in this one would drop SQLite's locks on it.
inline void copy_in_child(std::filesystem::path const& from, std::filesystem::path const& to) {
    auto const command = "cp '" + from.string() + "' '" + to.string() + "'";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("cannot copy " + from.string());
}

/// True if the bytes of `text` stand anywhere in the file; also looked up in a child process.
inline bool found_in_child(std::string const& text, std::filesystem::path const& file) {
    auto const command = "grep -qaF -- '" + text + "' '" + file.string() + "'";
    return std::system(command.c_str()) == 0;
}

/// Only for files that no connection of this process has open.
inline std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(std::filesystem::path const& path, std::string const& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << bytes;
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace cl::test
