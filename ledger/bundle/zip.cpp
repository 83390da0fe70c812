#include "ledger/bundle/zip.hpp"

namespace cl::bundle {
namespace {

constexpr std::uint64_t most32 = 0xFFFFFFFF;
constexpr std::uint64_t most16 = 0xFFFF;
constexpr std::uint64_t plain_version = 20;
constexpr std::uint64_t zip64_version = 45;
constexpr std::uint64_t unix_made = 3 << 8;
constexpr std::uint64_t unix_file_0644 = std::uint64_t{0100644} << 16;
constexpr std::uint64_t date_1980_01_01 = 0x21;

/// Little-endian.
void put(std::uint64_t value, int bytes, std::string& out) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}
void put16(std::uint64_t value, std::string& out) {
    put(value, 2, out);
}
void put32(std::uint64_t value, std::string& out) {
    put(value, 4, out);
}
void put64(std::uint64_t value, std::string& out) {
    put(value, 8, out);
}

std::uint64_t or_most(std::uint64_t value, std::uint64_t most) {
    return value < most ? value : most;
}

/// What local and central header have in common, up to the length of the extra field.
void put_common(std::string_view name, std::uint64_t version, std::uint64_t shown_size, std::uint32_t crc, std::size_t extra,
                std::string& out) {
    put16(version, out);
    put16(0, out);  // flags
    put16(0, out);  // stored
    put16(0, out);  // 00:00:00
    put16(date_1980_01_01, out);
    put32(crc, out);
    put32(shown_size, out);
    put32(shown_size, out);
    put16(name.size(), out);
    put16(extra, out);
}

std::string zip64_extra(std::uint64_t size, bool sizes, std::uint64_t offset, bool offsets) {
    std::string values;
    if (sizes) {
        put64(size, values);
        put64(size, values);
    }
    if (offsets) put64(offset, values);
    if (values.empty()) return values;
    std::string extra;
    put16(1, extra);
    put16(values.size(), extra);
    return extra + values;
}

}  // namespace

void Zip::add(std::string_view name, std::uint64_t size, std::uint32_t crc, std::string& out) {
    std::uint64_t const offset = at_;
    std::size_t const before = out.size();
    bool const large = size >= most32;
    bool const far = offset >= most32;
    std::string const extra = zip64_extra(size, large, 0, false);
    out += "PK\x03\x04";
    put_common(name, large ? zip64_version : plain_version, or_most(size, most32), crc, extra.size(), out);
    out.append(name).append(extra);

    std::string const more = zip64_extra(size, large, offset, far);
    std::uint64_t const version = large || far ? zip64_version : plain_version;
    directory_ += "PK\x01\x02";
    put16(unix_made | version, directory_);
    put_common(name, version, or_most(size, most32), crc, more.size(), directory_);
    put16(0, directory_);  // comment
    put16(0, directory_);  // disk
    put16(0, directory_);  // internal attributes
    put32(unix_file_0644, directory_);
    put32(or_most(offset, most32), directory_);
    directory_.append(name).append(more);

    at_ += out.size() - before + size;
    ++files_;
}

void Zip::end(std::string& out) {
    std::uint64_t const size = directory_.size();
    out += directory_;
    if (at_ >= most32 || size >= most32 || files_ >= most16) {
        out += "PK\x06\x06";
        put64(44, out);  // of the rest of this record
        put16(unix_made | zip64_version, out);
        put16(zip64_version, out);
        put32(0, out);  // disks
        put32(0, out);
        put64(files_, out);
        put64(files_, out);
        put64(size, out);
        put64(at_, out);
        out += "PK\x06\x07";
        put32(0, out);
        put64(at_ + size, out);  // of the record above
        put32(1, out);
    }
    out += "PK\x05\x06";
    put32(0, out);  // disks
    put16(or_most(files_, most16), out);
    put16(or_most(files_, most16), out);
    put32(or_most(size, most32), out);
    put32(or_most(at_, most32), out);
    put16(0, out);  // comment
}

}  // namespace cl::bundle
