// What a path is, by its content: names prove nothing.
#include "verify/small_file.hpp"
#include "verify/source.hpp"

namespace cl::verify {
namespace {

constexpr std::string_view zip_start("PK\x03\x04", 4);
constexpr std::string_view sqlite_start = std::string_view("SQLite format 3\0", 16);

Error nothing_of_ours(std::filesystem::path const& path) {
    return fail(errc::store_foreign, path.string() + " is neither a ledger.db nor an NDJSON export nor a data directory");
}

/// A bundle is verified by a room of its own; here a whole ledger is asked for.
Error a_bundle(std::filesystem::path const& path) {
    return fail(errc::store_foreign, path.string() + " is an evidence bundle or another zip, and no whole ledger");
}

}  // namespace

std::string_view name(SourceKind kind) noexcept {
    switch (kind) {
    case SourceKind::database: return "ledger.db";
    case SourceKind::data_directory: return "data directory";
    case SourceKind::ndjson: return "NDJSON export";
    case SourceKind::bundle: return "evidence bundle";
    }
    return "";
}

Result<std::unique_ptr<Source>> open_source(std::filesystem::path const& path) {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure)) {
        std::filesystem::path const file = path / "ledger.db";
        if (!std::filesystem::exists(file, failure)) {
            bool const bag = std::filesystem::exists(path / "bagit.txt", failure);
            return bag ? a_bundle(path) : fail(errc::not_found, path.string() + " has no ledger.db: it is no data directory");
        }
        return open_data_directory(path);
    }
    std::string start;
    {
        CL_TRY_ASSIGN(FileDescriptor const file, open_regular(path));
        CL_TRY_ASSIGN(start, read_at(file, 0, sqlite_start.size()));
    }
    if (start.empty()) {
        return fail(errc::store_foreign, path.string() + " is empty");
    }
    if (start == sqlite_start) {
        return open_database(path);
    }
    if (start.starts_with(zip_start)) {
        return a_bundle(path);
    }
    return start.front() == '{' ? open_ndjson(path) : nothing_of_ours(path);
}

}  // namespace cl::verify
