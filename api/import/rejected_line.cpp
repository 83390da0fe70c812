#include "api/import/rejected_line.hpp"

#include "api/import/row_reader.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api::import {
namespace {

std::string as_utf8(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t const good = json::valid_utf8_prefix(text);
        out += text.substr(0, good);
        text.remove_prefix(good);
        if (text.empty()) break;
        out += "\xEF\xBF\xBD";
        text.remove_prefix(1);
    }
    return out;
}

RejectedRow row_of(json::Value const& row) {
    if (row.as_object() != nullptr) return {json::write(row), {}};
    if (row.as_string() == nullptr) return {json::write(row), "row: neither an object nor a string of one"};
    auto const parsed = json::parse(*row.as_string(), limits::stream_line_bytes);
    if (!parsed) return {*row.as_string(), "row: " + parsed.error().detail};
    return {json::write(*parsed), {}};
}

}  // namespace

std::string rejected_line(std::int64_t line, std::string_view reason, std::string_view text) {
    std::string out(rejected_line_start);
    out.append(std::to_string(line)).append(",\"import_reason\":");
    json::write_string(as_utf8(reason), out);
    out += ",\"row\":";
    std::size_t const start = out.size();
    out.append(text).append("}");
    // An object by itself, and not too deep where it stands now: else it would come back as another row, or as none.
    auto const row = json::parse(text, limits::stream_line_bytes);
    if (row && row->as_object() != nullptr && json::parse(out, ndjson_line_bytes)) return out;
    out.resize(start);
    json::write_string(as_utf8(text), out);
    return out + "}";
}

std::optional<RejectedRow> row_of_rejected(json::Value const& line) {
    json::Object const* const object = line.as_object();
    if (object == nullptr || !object->contains("import_line") || !object->contains("row")) return std::nullopt;
    RejectedRow row = row_of(*object->find("row"));
    if (row.fault.empty() && row.text.size() > limits::stream_line_bytes) row.fault = line_too_long;
    return row;
}

}  // namespace cl::api::import
