#include "ledger/service/cursor.hpp"

#include "ledger/core/hash32.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"

#include <algorithm>
#include <charconv>

namespace cl::service {
namespace {

constexpr std::size_t check_bytes = 8;

std::string check_of(std::string_view filter, std::string_view payload) {
    std::string const length = std::to_string(filter.size());
    Hash32 const hash =
        sha256({"consent-ledger/cursor/v1", std::string_view("\0", 1), length, std::string_view("\0", 1), filter, payload});
    return std::string(hash.view().substr(0, check_bytes));
}

}  // namespace

Error foreign_cursor() {
    return fail(errc::invalid, "not a cursor of this list with this filter", "/cursor");
}

std::string write_cursor(std::string_view filter, std::string_view payload) {
    std::string text = to_base64(check_of(filter, payload) + std::string(payload));
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    while (text.ends_with('=')) text.pop_back();
    return text;
}

Result<std::string> read_cursor(std::string_view filter, std::string_view cursor) {
    std::string text(cursor);
    if (text.find_first_of("+/=") != std::string::npos) return foreign_cursor();
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0) text.push_back('=');
    auto const bytes = from_base64(text);
    if (!bytes || bytes->size() < check_bytes) return foreign_cursor();
    std::string payload = bytes->substr(check_bytes);
    if (check_of(filter, payload) != bytes->substr(0, check_bytes)) return foreign_cursor();
    return payload;
}

std::string write_position(std::string_view filter, std::int64_t position) {
    return write_cursor(filter, std::to_string(position));
}

Result<std::int64_t> read_position(std::string_view filter, std::string_view cursor) {
    CL_TRY_ASSIGN(std::string const payload, read_cursor(filter, cursor));
    std::int64_t position = 0;
    auto const read = std::from_chars(payload.data(), payload.data() + payload.size(), position);
    bool const whole = read.ec == std::errc() && read.ptr == payload.data() + payload.size();
    // The check is no secret: whoever made this one up may have chosen any number.
    if (!whole || position < 0 || position > limits::json_integer) return foreign_cursor();
    return position;
}

}  // namespace cl::service
