#include "ledger/service/data_dir.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <limits>
#include <system_error>

namespace cl::service {

Result<void> require_ledger(DataDir const& dir) {
    std::error_code ignored;
    if (std::filesystem::exists(dir.ledger(), ignored)) return {};
    return fail(errc::io, "there is no ledger in this directory; make one with init");
}

std::string boot_id() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

Result<void> check_origin(std::string_view origin) {
    if (origin.size() > limits::origin_bytes) return fail(errc::invalid, "the origin is too long");
    if (!json::valid_utf8(origin)) return fail(errc::invalid, "the origin is not valid UTF-8");
    auto const control = [](char c) { return static_cast<unsigned char>(c) < 0x21 || c == 0x7f; };
    if (std::any_of(origin.begin(), origin.end(), control)) {
        return fail(errc::invalid, "the origin has a space or a control character");
    }
    CL_TRY(note::make_key(origin, {}));
    return {};
}

std::int64_t file_bytes(std::filesystem::path const& path) {
    std::error_code missing;
    auto const size = std::filesystem::file_size(path, missing);
    return missing ? 0 : static_cast<std::int64_t>(size);
}

std::int64_t wal_bytes(std::filesystem::path const& database) {
    return file_bytes(database.string() + "-wal");
}

std::int64_t free_bytes(std::filesystem::path const& dir) {
    std::error_code failed;
    auto const space = std::filesystem::space(dir, failed);
    return failed ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(space.available);
}

}  // namespace cl::service
