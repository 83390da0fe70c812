#include "verify/bundle/zip_local.hpp"

#include "verify/bundle/zip_fields.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::bundle {
namespace {

constexpr std::size_t fixed_bytes = 30;
constexpr std::string_view local_mark("PK\x03\x04", 4);
constexpr std::string_view behind_mark("PK\x07\x08", 4);
constexpr std::uint16_t sizes_behind = 0x0008;

Error contradiction(LocalHeader const& header, std::string_view what) {
    return fail(errc::store_corrupt, "\"" + printable(header.entry.name, 80) + "\" " + std::string(what));
}

/// What precedes the data may leave out sizes and CRC if they follow it; it may not state others.
bool sizes_fit(Fields& fields, LocalHeader const& header, std::uint16_t flags, std::uint64_t& size, std::uint64_t& packed) {
    std::uint32_t const crc = fields.u32();
    packed = fields.u32();
    size = fields.u32();
    bool const behind = (flags & sizes_behind) != 0;
    return crc == header.entry.crc || (behind && crc == 0);
}

Result<void> check_local(FileDescriptor const& file, LocalHeader& header) {
    CL_TRY_ASSIGN(std::string const fixed, read_at(file, static_cast<std::size_t>(header.offset), fixed_bytes));
    Fields fields(fixed);
    bool const marked = fields.bytes(4) == local_mark;
    (void)fields.u16();  // version needed
    std::uint16_t const flags = fields.u16();
    std::uint16_t const method = fields.u16();
    (void)fields.u32();  // time
    std::uint64_t size = 0;
    std::uint64_t packed = 0;
    bool const fits = sizes_fit(fields, header, flags, size, packed);
    std::size_t const name_bytes = fields.u16();
    std::size_t const extra_bytes = fields.u16();
    if (!fields.ok() || !marked) return contradiction(header, "does not stand where the directory of the zip says");
    std::size_t const names_at = static_cast<std::size_t>(header.offset) + fixed_bytes;
    CL_TRY_ASSIGN(std::string const names, read_at(file, names_at, name_bytes + extra_bytes));
    std::string_view const extra = std::string_view(names).substr(std::min(name_bytes, names.size()));
    if (auto const wide = extra_field(extra, zip64_extra)) {
        Fields wide_fields(*wide);
        if (size == in_zip64) size = wide_fields.u64();
        if (packed == in_zip64) packed = wide_fields.u64();
    }
    bool const behind = (flags & sizes_behind) != 0;
    bool const endless = behind && method == stored && size == 0 && header.entry.size != 0;
    if (endless) {  // who reads from the front looks for an end in what the file says itself
        return fail(errc::store_foreign, "\"" + printable(header.entry.name, 80) +
                                             "\" does not say in front how long it is. Unpack the zip, and verify the folder");
    }
    auto const same = [behind](std::uint64_t there, std::int64_t here) {
        return there == static_cast<std::uint64_t>(here) || (behind && there == 0);
    };
    bool const named =
        std::string_view(names).substr(0, name_bytes) == header.entry.name && !extra_field(extra, other_name_extra);
    bool const agrees = fits && flags == header.flags && method == header.method && same(size, header.entry.size) &&
                        same(packed, header.entry.packed);
    if (!named || !agrees) return contradiction(header, "is described in two ways within the zip");
    header.entry.data = static_cast<std::int64_t>(names_at + name_bytes + extra_bytes);
    header.entry.deflated = method == deflated;
    return {};
}

/// Sizes and CRC behind the data: with or without a mark, of 32 or 64 bits; `bytes` are all that is there.
bool is_descriptor(std::string_view bytes, ZipEntry const& entry) {
    Fields fields(bytes);
    bool const marked = bytes.size() == 16 || bytes.size() == 24;
    std::size_t const width = bytes.size() >= 20 ? 8 : 4;
    if (marked && fields.bytes(4) != behind_mark) return false;
    return fields.u32() == entry.crc && fields.number(width) == static_cast<std::uint64_t>(entry.packed) &&
           fields.number(width) == static_cast<std::uint64_t>(entry.size) && fields.ok() && fields.empty();
}

/// Nothing stands between one file and `next`, and no byte belongs to both.
Result<void> check_gap(FileDescriptor const& file, LocalHeader const& header, std::int64_t next) {
    constexpr std::array<std::int64_t, 4> descriptors = {12, 16, 20, 24};
    std::int64_t const gap = next - (header.entry.data + header.entry.packed);
    bool const behind = (header.flags & sizes_behind) != 0;
    if (!behind && gap == 0) return {};
    if (behind && std::find(descriptors.begin(), descriptors.end(), gap) != descriptors.end()) {
        auto const at = static_cast<std::size_t>(header.entry.data + header.entry.packed);
        CL_TRY_ASSIGN(std::string const bytes, read_at(file, at, static_cast<std::size_t>(gap)));
        if (is_descriptor(bytes, header.entry)) return {};
    }
    return contradiction(header, "overlaps what follows it in the zip, or something hides between the two");
}

}  // namespace

Result<void> check_local_headers(FileDescriptor const& file, std::vector<LocalHeader>& headers, std::int64_t end) {
    if (!headers.empty() && headers.front().offset != 0) {
        return contradiction(headers.front(), "is not the first thing in the zip: something hides in front of it");
    }
    for (LocalHeader& header : headers) {
        CL_TRY(check_local(file, header));
    }
    for (std::size_t i = 0; i < headers.size(); ++i) {
        CL_TRY(check_gap(file, headers[i], i + 1 < headers.size() ? headers[i + 1].offset : end));
    }
    return {};
}

}  // namespace cl::verify::bundle
