#include "api/import/rejects.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cl::api::import {
namespace {

void cell(std::string_view text, std::string& out) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

}  // namespace

Result<void> Rejects::open(std::filesystem::path const& path, std::uint64_t keep) {
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    bool const private_file = file >= 0 && ::fchmod(file, S_IRUSR | S_IWUSR) == 0;
    // A file that was moved away since begins anew, not with a hole.
    struct stat status {};
    bool const known = private_file && ::fstat(file, &status) == 0;
    keep = known && static_cast<std::uint64_t>(status.st_size) < keep ? 0 : keep;
    bool const cut = known && ::ftruncate(file, static_cast<off_t>(keep)) == 0;
    if (file >= 0) ::close(file);
    if (!cut) return fail(errc::io, "cannot write " + path.string());
    out_.open(path, std::ios::binary | std::ios::app);
    bytes_ = keep;
    return out_ ? Result<void>() : fail(errc::io, "cannot write " + path.string());
}

Result<void> Rejects::record(std::string_view first, std::string_view second, std::vector<std::string_view> const& cells) {
    std::string text;
    cell(first, text);
    text += ',';
    cell(second, text);
    for (std::string_view const one : cells) {
        text += ',';
        cell(one, text);
    }
    text += "\r\n";
    out_ << text;
    bytes_ += text.size();
    return out_ ? Result<void>() : fail(errc::io, "the file of rejected rows cannot be written");
}

Result<void> Rejects::header(std::vector<std::string_view> const& own) {
    return bytes_ > 0 ? Result<void>() : record("import_line", "import_reason", own);
}

Result<void> Rejects::add(std::int64_t line, std::string_view reason, std::vector<std::string_view> const& cells) {
    return record(std::to_string(line), reason, cells);
}

Result<void> Rejects::flush() {
    out_.flush();
    return out_ ? Result<void>() : fail(errc::io, "the file of rejected rows cannot be written");
}

}  // namespace cl::api::import
