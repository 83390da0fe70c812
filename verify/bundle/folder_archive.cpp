// An unpacked bundle: the folder that has the bagit.txt, with regular files and folders only. No link is followed, so that nothing outside of it is
// read.
#include "ledger/core/limits.hpp"
#include "verify/bundle/archive.hpp"
#include "verify/small_file.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace cl::verify::bundle {
namespace {

namespace fs = std::filesystem;

/// What the folder says of a file that nobody writes to.
struct Listed {
    std::vector<ArchiveFile> files;
    std::vector<fs::file_time_type> times;
    friend bool operator==(Listed const&, Listed const&) = default;
};

Result<Listed> list_files(fs::path const& path);

class FolderArchive final : public Archive {
public:
    FolderArchive(fs::path path, Listed listed)
        : path_(std::move(path)),
          folder_(printable(fs::absolute(path_).lexically_normal().filename().string())),
          listed_(std::move(listed)) {}
    [[nodiscard]] std::string const& folder() const override { return folder_; }
    [[nodiscard]] std::vector<ArchiveFile> const& files() const override { return listed_.files; }
    [[nodiscard]] Result<std::unique_ptr<ByteStream>> open(std::string_view name) const override {
        auto const& all = listed_.files;
        bool const known = std::any_of(all.begin(), all.end(), [name](ArchiveFile const& file) { return file.name == name; });
        if (!known) return fail(errc::not_found, std::string(name) + " is not there");
        CL_TRY_ASSIGN(FileDescriptor file, open_regular(path_ / name));
        return std::unique_ptr<ByteStream>(std::make_unique<FileStream>(std::move(file)));
    }
    [[nodiscard]] bool disturbed() const override {
        auto const now = list_files(path_);
        return !now || *now != listed_;
    }

private:
    fs::path path_;
    std::string folder_;
    Listed listed_;
};

Error io_error(std::error_code const& failure) {
    return fail(errc::io, "the folder cannot be read: " + failure.message());
}

/// By name.
Result<Listed> list_files(fs::path const& path) {
    std::map<std::string, std::pair<std::int64_t, fs::file_time_type>> files;
    std::error_code failure;
    fs::recursive_directory_iterator at(path, failure);
    for (fs::recursive_directory_iterator const end; !failure && at != end; at.increment(failure)) {
        std::string const name = at->path().lexically_relative(path).generic_string();
        fs::file_status const status = at->symlink_status(failure);
        if (failure) break;
        if (status.type() == fs::file_type::directory) {
            if (name.size() < limits::bundle_name_bytes) continue;
            return fail(errc::store_corrupt, "the folder goes deeper than any bundle");
        }
        CL_TRY(check_name(name));
        if (status.type() != fs::file_type::regular) {
            return fail(errc::store_corrupt, "\"" + printable(name, 80) + "\" is a link or a device, and no file");
        }
        auto const size = static_cast<std::int64_t>(at->file_size(failure));
        if (failure) break;
        files[name] = {size, at->last_write_time(failure)};
        if (files.size() > limits::bundle_files) return fail(errc::too_large, "the folder has more files than any bundle");
    }
    if (failure) return io_error(failure);
    Listed listed;
    for (auto const& [name, file] : files) {
        listed.files.push_back({name, file.first});
        listed.times.push_back(file.second);
    }
    return listed;
}

}  // namespace

Result<std::unique_ptr<Archive>> open_folder(fs::path const& path) {
    CL_TRY_ASSIGN(Listed listed, list_files(path));
    return std::unique_ptr<Archive>(std::make_unique<FolderArchive>(path, std::move(listed)));
}

}  // namespace cl::verify::bundle
