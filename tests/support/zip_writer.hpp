// A zip as the ledger makes one, byte by byte, and with whatever a forger would change in it. Written from PKWARE's APPNOTE, not from the reader.
//
// Threads: any; each object belongs to one.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cl::test {

/// One file of a zip. What is set beside name and content overrides what would be right.
struct ZipFile {
    std::string name;
    std::string content;
    bool deflate = false;
    std::uint16_t flags = 0;
    std::uint32_t mode = 0100644;
    std::string local_name{};           ///< in the local header; empty = `name`
    std::int64_t stated_size = -1;      ///< in both headers
    std::int64_t central_size = -1;     ///< in the directory only
    std::uint32_t crc_change = 0;       ///< added to the CRC
    std::string extra{};                ///< of both headers
    std::string behind{};               ///< bytes behind the data
    std::int64_t offset_of = -1;        ///< the directory points to the header of this file of the zip
    std::uint16_t method_override = 0;  ///< 0 = as packed
    std::string comment{};              ///< in the directory
    bool sizes_behind = false;          ///< none in front
};

class ZipWriter {
public:
    void add(ZipFile file) { files_.push_back(std::move(file)); }

    [[nodiscard]] std::string bytes(std::string_view in_front = "") const {
        std::string out(in_front);
        std::vector<std::size_t> offsets;
        for (ZipFile const& file : files_) {
            offsets.push_back(out.size());
            std::string const packed = file.deflate ? deflated(file.content) : file.content;
            out += header(file, packed, true, 0) + packed + file.behind;
        }
        std::size_t const start = out.size();
        for (std::size_t i = 0; i < files_.size(); ++i) {
            ZipFile const& file = files_[i];
            std::string const packed = file.deflate ? deflated(file.content) : file.content;
            std::size_t const from = file.offset_of >= 0 ? static_cast<std::size_t>(file.offset_of) : i;
            out += header(file, packed, false, offsets[from]);
        }
        std::size_t const size = out.size() - start;
        out += std::string("PK\x05\x06", 4) + number(0, 4) + number(files_.size(), 2) + number(files_.size(), 2) +
               number(size, 4) + number(start, 4) + number(0, 2);
        return out;
    }

    static std::string number(std::uint64_t value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
        return out;
    }

    static std::string deflated(std::string const& content) {
        z_stream stream{};
        if (deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::runtime_error("zlib");
        std::string out(deflateBound(&stream, content.size()) + 64, '\0');
        std::string input = content;
        stream.next_in = reinterpret_cast<Bytef*>(input.data());
        stream.avail_in = static_cast<uInt>(input.size());
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("zlib");
        out.resize(out.size() - stream.avail_out);
        deflateEnd(&stream);
        return out;
    }

private:
    static std::string header(ZipFile const& file, std::string const& packed, bool local, std::size_t offset) {
        auto const crc = static_cast<std::uint32_t>(
            crc32(0, reinterpret_cast<Bytef const*>(file.content.data()), static_cast<uInt>(file.content.size())));
        std::uint64_t size = file.stated_size >= 0 ? static_cast<std::uint64_t>(file.stated_size) : file.content.size();
        std::uint64_t held = file.stated_size >= 0 && !file.deflate ? size : packed.size();
        if (!local && file.central_size >= 0) size = static_cast<std::uint64_t>(file.central_size);
        if (local && file.sizes_behind) size = held = 0;
        std::uint16_t const method = file.method_override != 0 ? file.method_override : (file.deflate ? 8 : 0);
        std::string const& name = local && !file.local_name.empty() ? file.local_name : file.name;
        std::string out = local ? std::string("PK\x03\x04", 4) : std::string("PK\x01\x02", 4) + number(3 << 8 | 20, 2);
        out += number(20, 2) + number(file.flags, 2) + number(method, 2) + number(0x00210000, 4) +
               number(crc + file.crc_change, 4) + number(held, 4) + number(size, 4) + number(name.size(), 2) +
               number(file.extra.size(), 2);
        if (!local)
            out += number(file.comment.size(), 2) + number(0, 2) + number(0, 2) + number(std::uint64_t{file.mode} << 16, 4) +
                   number(offset, 4);
        return out + name + file.extra + (local ? "" : file.comment);
    }
    std::vector<ZipFile> files_;
};

}  // namespace cl::test
