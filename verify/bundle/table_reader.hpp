// Records of the bundle's table for people (RFC 4180 as the ledger writes it): every text in quotes, quotes within doubled, CRLF behind each record.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/byte_stream.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cl::verify::bundle {

class TableReader {
public:
    explicit TableReader(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

    /// The fields of the next record, unquoted, still with the apostrophe that keeps a spreadsheet from reading a formula; nothing at the end.
    /// errc::malformed where it is not so spelled, or longer than limits::bundle_record_bytes; and as the stream fails.
    [[nodiscard]] Result<std::optional<std::vector<std::string>>> next();

private:
    [[nodiscard]] Result<int> get();
    [[nodiscard]] Result<bool> read_field(std::string& field);
    [[nodiscard]] Result<void> read_quoted(std::string& field);

    std::unique_ptr<ByteStream> stream_;
    std::string buffer_;
    std::size_t used_ = 0;
    std::size_t record_bytes_ = 0;
    bool begun_ = false;
};

}  // namespace cl::verify::bundle
