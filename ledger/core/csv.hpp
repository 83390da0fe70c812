// RFC 4180 as exports really are: quotes, doubled quotes, line ends inside quotes, LF or CRLF, a last line without an end. Every record has
// a length limit, and a quote that is never closed costs the line it stands in, not the rest of the file.
//
// Threads: pure functions; a Record belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace cl::csv {

enum class Fault : std::uint8_t {
    none,
    quote_inside,      ///< a quote within a field that does not begin with one
    text_after_quote,  ///< something between the closing quote and the next comma
    unclosed,          ///< a quote that is not closed within the limit, or at all
    record_too_long,
    field_too_long,
    too_many_fields,
};

/// How much a record may be; whoever reads a file says so.
struct Limits {
    std::size_t record_bytes;
    std::size_t field_bytes;
    std::size_t fields;
};

struct Record {
    std::vector<std::string_view> fields;  ///< into the text or into `unquoted`
    std::deque<std::string> unquoted;      ///< fields that held doubled quotes
    Fault fault = Fault::none;
    void clear();
};

/// Length of the record at the start of `text`, with its line end. 0: its end is not in `text`, and more of the file is to come (`last` is
/// false). With `record`, its fields too; after a fault they are not to be used. Never 0 for a text longer than the limit of a record, or
/// with `last` for one that is not empty.
[[nodiscard]] std::size_t read(std::string_view text, bool last, Record* record, Limits const& limits);

}  // namespace cl::csv
