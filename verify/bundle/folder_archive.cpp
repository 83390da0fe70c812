// An unpacked bundle: the folder that has the bagit.txt, with regular files and folders only. No link is followed, so that nothing outside of it is
// read.
#include "ledger/core/limits.hpp"
#include "verify/bundle/archive.hpp"
#include "verify/small_file.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <utility>

namespace cl::verify::bundle {
namespace {

namespace fs = std::filesystem;

class FolderArchive final : public Archive {
public:
    FolderArchive(fs::path path, std::vector<ArchiveFile> files)
        : path_(std::move(path)),
          folder_(printable(fs::absolute(path_).lexically_normal().filename().string())),
          files_(std::move(files)) {}
    [[nodiscard]] std::string const& folder() const override { return folder_; }
    [[nodiscard]] std::vector<ArchiveFile> const& files() const override { return files_; }
    [[nodiscard]] Result<std::unique_ptr<ByteStream>> open(std::string_view name) const override {
        bool const known =
            std::any_of(files_.begin(), files_.end(), [name](ArchiveFile const& file) { return file.name == name; });
        if (!known) return fail(errc::not_found, std::string(name) + " is not there");
        CL_TRY_ASSIGN(FileDescriptor file, open_regular(path_ / name));
        return std::unique_ptr<ByteStream>(std::make_unique<FileStream>(std::move(file)));
    }
    /// Files of a folder are opened one by one; who changes one meanwhile changes its digest.
    [[nodiscard]] bool disturbed() const override { return false; }

private:
    fs::path path_;
    std::string folder_;
    std::vector<ArchiveFile> files_;
};

Error io_error(std::error_code const& failure) {
    return fail(errc::io, "the folder cannot be read: " + failure.message());
}

Result<std::vector<ArchiveFile>> list_files(fs::path const& path) {
    std::vector<ArchiveFile> files;
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
        files.push_back({name, static_cast<std::int64_t>(at->file_size(failure))});
        if (files.size() > limits::bundle_files) return fail(errc::too_large, "the folder has more files than any bundle");
    }
    if (failure) return io_error(failure);
    std::sort(files.begin(), files.end(), [](ArchiveFile const& a, ArchiveFile const& b) { return a.name < b.name; });
    return files;
}

}  // namespace

Result<std::unique_ptr<Archive>> open_folder(fs::path const& path) {
    CL_TRY_ASSIGN(auto files, list_files(path));
    return std::unique_ptr<Archive>(std::make_unique<FolderArchive>(path, std::move(files)));
}

}  // namespace cl::verify::bundle
