#include "verify/bundle/archive.hpp"

#include "ledger/core/limits.hpp"
#include "verify/small_file.hpp"
#include "verify/words.hpp"

#include <algorithm>

namespace cl::verify::bundle {
namespace {

constexpr std::string_view zip_start("PK\x03\x04", 4);

bool plain(char c) {
    return c >= 0x20 && c < 0x7f && c != '\\' && c != ':';
}

}  // namespace

bool is_bundle(std::filesystem::path const& path) {
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure)) {
        auto const has = [&](char const* name) { return std::filesystem::exists(path / name, failure); };
        return (has("bagit.txt") || has("data/manifest.json")) && !has("ledger.db");
    }
    auto const file = open_regular(path);
    auto const start = file ? read_at(*file, 0, zip_start.size()) : Result<std::string>(file.error());
    return start && *start == zip_start;
}

Result<std::unique_ptr<Archive>> open_archive(std::filesystem::path const& path) {
    std::error_code failure;
    return std::filesystem::is_directory(path, failure) ? open_folder(path) : open_zip(path);
}

Result<void> check_name(std::string_view name) {
    auto const wrong = [name](std::string_view why) {
        return fail(errc::store_corrupt, "the name \"" + printable(name, 80) + "\" " + std::string(why));
    };
    if (name.empty()) return wrong("is empty");
    if (name.size() > limits::bundle_name_bytes) return wrong("is longer than any in a bundle");
    if (!std::all_of(name.begin(), name.end(), plain)) return wrong("has a character that not every system takes for itself");
    while (!name.empty()) {
        std::size_t const end = name.find('/');
        std::string_view const part = name.substr(0, end);
        if (part.empty() || part == "." || part == "..") return wrong("does not stay within its folder");
        if (end != std::string_view::npos && end + 1 == name.size()) return wrong("names a folder");
        name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
    }
    return {};
}

Result<std::string> read_whole(Archive const& archive, std::string_view name, std::size_t most) {
    CL_TRY_ASSIGN(auto stream, archive.open(name));
    std::string out;
    for (;;) {
        CL_TRY_ASSIGN(std::string const piece, stream->next());
        if (piece.empty()) return out;
        if (piece.size() > most - out.size()) {
            return fail(errc::too_large, std::string(name) + " is larger than such a file can be");
        }
        out += piece;
    }
}

}  // namespace cl::verify::bundle
