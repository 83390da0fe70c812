// Where the directory is, and its entries. What stands in front of each file is compared in zip_local.cpp.
#include "verify/bundle/zip_directory.hpp"

#include "ledger/core/limits.hpp"
#include "verify/bundle/zip_fields.hpp"
#include "verify/bundle/zip_local.hpp"
#include "verify/words.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace cl::verify::bundle {
namespace {

constexpr std::size_t end_bytes = 22;
constexpr std::size_t locator_bytes = 20;
constexpr std::size_t end64_bytes = 56;
constexpr std::size_t header_bytes = 46;
constexpr std::size_t longest_comment = 65'535;
constexpr std::string_view end_mark("PK\x05\x06", 4);
constexpr std::string_view locator_mark("PK\x06\x07", 4);
constexpr std::string_view end64_mark("PK\x06\x06", 4);
constexpr std::string_view header_mark("PK\x01\x02", 4);

Error corrupt(std::string what) {
    return fail(errc::store_corrupt, std::move(what));
}

Error foreign(std::string what) {
    return fail(errc::store_foreign, std::move(what));
}

/// Where the directory lies.
struct Place {
    std::uint64_t entries = 0;
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
};

/// The end record stands at the very end, without a comment. Where there is none, the file was cut off; where it stands elsewhere, something was
/// put behind it.
Result<std::string> read_end(FileDescriptor const& file, std::size_t size) {
    std::size_t const tail = std::min(size, end_bytes + longest_comment);
    CL_TRY_ASSIGN(std::string const bytes, read_at(file, size - tail, tail));
    std::string_view const last = std::string_view(bytes).substr(size < end_bytes ? 0 : tail - end_bytes);
    if (last.size() == end_bytes && last.starts_with(end_mark)) return std::string(last);
    std::size_t const at = bytes.rfind(end_mark);  // to say what is wrong
    if (at == std::string::npos || bytes.size() - at < end_bytes) {
        return foreign("the zip is cut off: its end is missing. Fetch it again");
    }
    return corrupt("something stands behind the end of the zip");
}

/// The Zip64 end record, if its locator stands in front of the end record.
Result<bool> read_end64(FileDescriptor const& file, std::size_t size, Place& place) {
    if (size < end_bytes + locator_bytes + end64_bytes) return false;
    std::size_t const at = size - end_bytes - locator_bytes - end64_bytes;
    CL_TRY_ASSIGN(std::string const bytes, read_at(file, at, end64_bytes + locator_bytes));
    Fields locator(std::string_view(bytes).substr(end64_bytes));
    if (locator.bytes(4) != locator_mark) return false;
    std::uint32_t const disk = locator.u32();
    std::uint64_t const points_to = locator.u64();
    std::uint32_t const disks = locator.u32();
    Fields end(std::string_view(bytes).substr(0, end64_bytes));
    bool const marked = end.bytes(4) == end64_mark;
    bool const fits = end.u64() == end64_bytes - 12;
    (void)end.u32();  // versions
    bool const one_disk = end.u32() == 0 && end.u32() == 0 && disk == 0 && disks <= 1;
    std::uint64_t const here = end.u64();
    place.entries = end.u64();
    place.bytes = end.u64();
    place.offset = end.u64();
    if (!marked || !fits || points_to != at) return corrupt("the end of the zip contradicts itself");
    if (!one_disk || here != place.entries) return foreign("the zip is one of several parts");
    return true;
}

Result<Place> find_directory(FileDescriptor const& file, std::size_t size) {
    CL_TRY_ASSIGN(std::string const bytes, read_end(file, size));
    Fields end(bytes);
    (void)end.bytes(4);
    bool const one_disk = end.u16() == 0 && end.u16() == 0;
    std::uint16_t const here = end.u16();
    Place small;
    small.entries = end.u16();
    small.bytes = end.u32();
    small.offset = end.u32();
    if (!one_disk || here != small.entries) return foreign("the zip is one of several parts");
    if (end.u16() != 0) return corrupt("something stands behind the end of the zip");
    Place place = small;
    CL_TRY_ASSIGN(bool const large, read_end64(file, size, place));
    auto const agrees = [](std::uint64_t narrow, std::uint64_t wide, std::uint64_t mark) {
        return narrow == wide || narrow == mark;
    };
    if (large && !(agrees(small.entries, place.entries, 0xffff) && agrees(small.bytes, place.bytes, in_zip64) &&
                   agrees(small.offset, place.offset, in_zip64))) {
        return corrupt("the end of the zip contradicts itself");
    }
    std::uint64_t const end_at = size - end_bytes - (large ? locator_bytes + end64_bytes : 0);
    if (place.bytes > end_at || place.offset != end_at - place.bytes) {
        return corrupt("the directory of the zip does not stand in front of its end: something was cut out or put in");
    }
    if (place.entries > limits::bundle_files || place.bytes > limits::bundle_directory_bytes) {
        return fail(errc::too_large, "the zip has more files than any bundle: it is not opened");
    }
    return place;
}

/// Sizes and place of a header, from its extra field where they do not fit in 32 bits.
bool widen(std::string_view extra, std::initializer_list<std::uint64_t*> values) {
    auto const field = extra_field(extra, zip64_extra);
    Fields fields(field.value_or(std::string_view()));
    for (std::uint64_t* const value : values) {
        if (*value == in_zip64 && field) *value = fields.u64();
    }
    return fields.ok() && fields.empty();
}

/// Regular files only, and folders that hold nothing themselves. Programs of other systems than Unix leave the mode out.
bool is_plain(std::uint16_t made_by, std::uint32_t attributes, bool folder) {
    constexpr std::uint16_t unix_host = 3;
    std::uint32_t const type = made_by >> 8 == unix_host ? (attributes >> 16) & S_IFMT : 0;
    return type == 0 || type == (folder ? S_IFDIR : S_IFREG);
}

Result<LocalHeader> read_header(Fields& fields) {
    if (fields.bytes(4) != header_mark) return corrupt("the directory of the zip cannot be read");
    LocalHeader out;
    std::uint16_t const made_by = fields.u16();
    (void)fields.u16();  // version needed
    out.flags = fields.u16();
    out.method = fields.u16();
    (void)fields.u32();  // time
    out.entry.crc = fields.u32();
    std::uint64_t packed = fields.u32();
    std::uint64_t size = fields.u32();
    std::uint16_t const name_bytes = fields.u16();
    std::uint16_t const extra_bytes = fields.u16();
    std::uint16_t const comment_bytes = fields.u16();
    std::uint16_t const disk = fields.u16();
    (void)fields.u16();
    std::uint32_t const attributes = fields.u32();
    std::uint64_t offset = fields.u32();
    out.entry.name = fields.bytes(name_bytes);
    std::string_view const extra = fields.bytes(extra_bytes);
    (void)fields.bytes(comment_bytes);
    bool const comment = comment_bytes > 0;
    if (!fields.ok() || !widen(extra, {&size, &packed, &offset})) return corrupt("the directory of the zip cannot be read");
    std::string const named = "\"" + printable(out.entry.name, 80) + "\"";
    constexpr auto most = static_cast<std::uint64_t>(limits::bundle_bytes);
    if (size > most || packed > most || offset > most)
        return fail(errc::too_large, named + " is larger than any file of a bundle");
    out.entry.size = static_cast<std::int64_t>(size);
    out.entry.packed = static_cast<std::int64_t>(packed);
    out.offset = static_cast<std::int64_t>(offset);
    out.entry.folder = out.entry.name.ends_with('/');
    if (disk != 0) return foreign("the zip is one of several parts");
    if (comment) return corrupt(named + " has a comment, in which the end of another zip can hide");
    if (extra_field(extra, other_name_extra)) return corrupt(named + " has two names");
    if (!is_plain(made_by, attributes, out.entry.folder)) return corrupt(named + " is a link or a device, and no file");
    return out;
}

/// Whether this program reads it at all.
Result<void> check_packing(LocalHeader const& header) {
    constexpr std::uint16_t encrypted = 0x2041;
    constexpr std::uint16_t known = 0x080e;  // speed of deflate, sizes behind the data, name in UTF-8
    std::string const named = "\"" + printable(header.entry.name, 80) + "\"";
    if ((header.flags & encrypted) != 0)
        return foreign(named + " is encrypted. Unpack it with its password, and verify the folder");
    if ((header.flags & ~known) != 0 || (header.method != stored && header.method != deflated)) {
        return foreign(named + " is packed in a way that this program does not read. Unpack the zip, and verify the folder");
    }
    ZipEntry const& entry = header.entry;
    if (header.method == stored && entry.packed != entry.size) return corrupt(named + " states two sizes");
    if (entry.folder && entry.size != 0) return corrupt(named + " is a folder with something in it");
    if (entry.size / limits::bundle_ratio > entry.packed + 1) {
        return fail(errc::too_large, named + " unpacks to far more than text can: it is not opened");
    }
    return {};
}

}  // namespace

Result<std::vector<ZipEntry>> read_zip_directory(FileDescriptor const& file) {
    CL_TRY_ASSIGN(std::size_t const size, size_of(file));
    CL_TRY_ASSIGN(Place const place, find_directory(file, size));
    CL_TRY_ASSIGN(std::string const bytes, read_at(file, place.offset, place.bytes));
    Fields fields(bytes);
    std::vector<LocalHeader> headers;
    std::int64_t total = 0;
    for (std::uint64_t i = 0; i < place.entries; ++i) {
        CL_TRY_ASSIGN(LocalHeader header, read_header(fields));
        CL_TRY(check_packing(header));
        total += header.entry.size;
        if (total > limits::bundle_bytes)
            return fail(errc::too_large, "the zip unpacks to more than any bundle: it is not opened");
        headers.push_back(std::move(header));
    }
    if (!fields.empty()) return corrupt("the directory of the zip has more entries than its end says");
    std::stable_sort(headers.begin(), headers.end(),
                     [](LocalHeader const& a, LocalHeader const& b) { return a.offset < b.offset; });
    CL_TRY(check_local_headers(file, headers, static_cast<std::int64_t>(place.offset)));
    std::vector<ZipEntry> entries;
    for (LocalHeader& header : headers) {
        entries.push_back(std::move(header.entry));
    }
    return entries;
}

}  // namespace cl::verify::bundle
