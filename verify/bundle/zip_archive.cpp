// A zip as an Archive: stored files are read where they lie, deflated ones are unpacked piece by piece with zlib; nothing is written to disk.
#include "ledger/core/ascii.hpp"
#include "ledger/core/limits.hpp"
#include "verify/bundle/archive.hpp"
#include "verify/bundle/zip_directory.hpp"
#include "verify/words.hpp"

#include <sys/stat.h>
#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <set>
#include <utility>

namespace cl::verify::bundle {
namespace {

constexpr std::size_t piece_bytes = 262'144;

Error corrupt(std::string const& name, std::string_view what) {
    return fail(errc::store_corrupt, "\"" + printable(name, 80) + "\" " + std::string(what));
}

/// The packed bytes of one file.
class Packed {
public:
    Packed(FileDescriptor const& file, ZipEntry const& entry) : file_(file), at_(entry.data), left_(entry.packed) {}
    Result<std::string> next() {
        auto const count = static_cast<std::size_t>(std::min<std::int64_t>(left_, piece_bytes));
        CL_TRY_ASSIGN(std::string piece, read_at(file_, static_cast<std::size_t>(at_), count));
        if (piece.size() != count) return fail(errc::io, "the zip became shorter while it was read");
        at_ += static_cast<std::int64_t>(count);
        left_ -= static_cast<std::int64_t>(count);
        return piece;
    }

private:
    FileDescriptor const& file_;
    std::int64_t at_;
    std::int64_t left_;
};

/// zlib's state for a raw deflate stream.
class Inflater {
public:
    Inflater() : ready_(inflateInit2(&stream_, -MAX_WBITS) == Z_OK) {}
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(Inflater const&) = delete;
    Inflater& operator=(Inflater const&) = delete;

    /// Unpacks into `out`, at most `room` bytes. False if the bytes are no deflate stream.
    bool unpack(Packed& packed, std::size_t room, std::string& out, std::optional<Error>& failure) {
        out.resize(room);
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(room);
        while (ready_ && stream_.avail_out > 0 && !ended_) {
            if (stream_.avail_in == 0 && !refill(packed, failure)) return false;
            int const code = inflate(&stream_, Z_NO_FLUSH);
            ended_ = code == Z_STREAM_END;
            if (code != Z_OK && !ended_) return false;
        }
        out.resize(room - stream_.avail_out);
        return ready_;
    }
    /// The stream is over, and nothing is left of the packed bytes.
    bool is_over(Packed& packed) {
        std::string more;
        std::optional<Error> failure;
        bool const unpacked = ended_ || unpack(packed, 1, more, failure);
        auto const rest = packed.next();
        return unpacked && ended_ && more.empty() && stream_.avail_in == 0 && rest && rest->empty();
    }

private:
    bool refill(Packed& packed, std::optional<Error>& failure) {
        auto piece = packed.next();
        if (!piece) failure = piece.error();
        if (!piece || piece->empty()) return false;
        input_ = std::move(*piece);
        stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
        stream_.avail_in = static_cast<uInt>(input_.size());
        return true;
    }
    z_stream stream_{};
    bool ready_;
    bool ended_ = false;
    std::string input_;
};

class ZipStream final : public ByteStream {
public:
    ZipStream(FileDescriptor const& file, ZipEntry const& entry) : entry_(entry), packed_(file, entry), left_(entry.size) {}

    Result<std::string> next() override {
        CL_TRY_ASSIGN(std::string piece, read());
        crc_ = static_cast<std::uint32_t>(
            crc32(crc_, reinterpret_cast<Bytef const*>(piece.data()), static_cast<uInt>(piece.size())));
        left_ -= static_cast<std::int64_t>(piece.size());
        bool const over = left_ == 0 && !checked_;
        if (over) {
            checked_ = true;
            bool const whole = !entry_.deflated || inflater_.is_over(packed_);
            if (!whole) return corrupt(entry_.name, "unpacks to more than the zip says");
            if (crc_ != entry_.crc) return corrupt(entry_.name, "has another checksum than the zip says");
        }
        return piece;
    }

private:
    Result<std::string> read() {
        if (left_ == 0) return std::string();
        if (!entry_.deflated) return packed_.next();
        std::string out;
        std::optional<Error> failure;
        auto const room = static_cast<std::size_t>(std::min<std::int64_t>(left_, piece_bytes));
        bool const unpacked = inflater_.unpack(packed_, room, out, failure);
        if (failure) return *failure;
        if (!unpacked) return corrupt(entry_.name, "cannot be unpacked");
        if (out.empty()) return corrupt(entry_.name, "unpacks to less than the zip says");
        return out;
    }

    ZipEntry const& entry_;
    Packed packed_;
    Inflater inflater_;
    std::int64_t left_;
    std::uint32_t crc_ = 0;
    bool checked_ = false;
};

/// What fstat says of a file that nobody writes to.
struct Stamp {
    std::int64_t size = 0;
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    friend bool operator==(Stamp const&, Stamp const&) = default;
};

Stamp stamp_of(FileDescriptor const& file) {
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return {};
    return {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

class ZipArchive final : public Archive {
public:
    ZipArchive(FileDescriptor file, std::string folder, std::vector<ZipEntry> entries)
        : file_(std::move(file)), stamp_(stamp_of(file_)), folder_(std::move(folder)), entries_(std::move(entries)) {
        for (ZipEntry const& entry : entries_) files_.push_back({entry.name, entry.size});
    }
    [[nodiscard]] std::string const& folder() const override { return folder_; }
    [[nodiscard]] std::vector<ArchiveFile> const& files() const override { return files_; }
    [[nodiscard]] Result<std::unique_ptr<ByteStream>> open(std::string_view name) const override {
        auto const found =
            std::find_if(entries_.begin(), entries_.end(), [name](ZipEntry const& each) { return each.name == name; });
        if (found == entries_.end()) return fail(errc::not_found, std::string(name) + " is not there");
        return std::unique_ptr<ByteStream>(std::make_unique<ZipStream>(file_, *found));
    }
    [[nodiscard]] bool disturbed() const override { return stamp_of(file_) != stamp_; }

private:
    FileDescriptor file_;
    Stamp stamp_;
    std::string folder_;
    std::vector<ZipEntry> entries_;  // names within the folder, sorted
    std::vector<ArchiveFile> files_;
};

/// Takes the folder off every name. Names that differ in case only would be one file on some systems.
Result<std::string> take_folder(std::vector<ZipEntry>& entries) {
    std::set<std::string> seen;
    std::string folder;
    for (ZipEntry& entry : entries) {
        std::string const path = entry.folder ? entry.name.substr(0, entry.name.size() - 1) : entry.name;
        CL_TRY(check_name(path));
        if (!seen.insert(ascii::lower(path)).second) return corrupt(path, "stands in the zip twice");
        std::size_t const end = path.find('/');
        std::string const top = path.substr(0, end);
        bool const alone = end == std::string::npos;
        if ((alone && !entry.folder) || (!folder.empty() && top != folder)) {
            return fail(errc::store_foreign,
                        "this zip is no evidence bundle: it does not hold one folder with everything in it");
        }
        folder = top;
        entry.name = alone ? std::string() : path.substr(end + 1);
    }
    std::erase_if(entries, [](ZipEntry const& entry) { return entry.folder; });
    std::sort(entries.begin(), entries.end(), [](ZipEntry const& a, ZipEntry const& b) { return a.name < b.name; });
    return folder;
}

}  // namespace

Result<std::unique_ptr<Archive>> open_zip(std::filesystem::path const& path) {
    CL_TRY_ASSIGN(FileDescriptor file, open_regular(path));
    CL_TRY_ASSIGN(auto entries, read_zip_directory(file));
    CL_TRY_ASSIGN(std::string folder, take_folder(entries));
    return std::unique_ptr<Archive>(std::make_unique<ZipArchive>(std::move(file), std::move(folder), std::move(entries)));
}

}  // namespace cl::verify::bundle
