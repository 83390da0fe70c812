// The RFC 8785 writer. Our own, because a general JSON library sorts by bytes and spells numbers its own way.
#include "ledger/core/json.hpp"

#include <charconv>

namespace cl::json {
namespace {

void write_integer(std::int64_t number, std::string& out) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
}

void write_array(Array const& array, std::string& out) {
    out += '[';
    char const* separator = "";
    for (Value const& value : array) {
        out += separator;
        separator = ",";
        write(value, out);
    }
    out += ']';
}

void write_object(Object const& object, std::string& out) {
    out += '{';
    char const* separator = "";
    for (Member const& member : object) {
        out += separator;
        separator = ",";
        write_string(member.name, out);
        out += ':';
        write(member.value, out);
    }
    out += '}';
}

/// RFC 8785 3.2.2.2: short escapes where JSON has them, \u00xx in lower case for the other control characters.
void write_escape(unsigned char c, std::string& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
    }
    out += "\\u00";
    out += digits[c >> 4];
    out += digits[c & 15];
}

}  // namespace

void write_string(std::string_view text, std::string& out) {
    out += '"';
    std::size_t plain = 0;  // start of the run that needs no escape
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 || c == '"' || c == '\\') {
            out.append(text, plain, i - plain);
            write_escape(c, out);
            plain = i + 1;
        }
    }
    out.append(text, plain);
    out += '"';
}

void write(Value const& value, std::string& out) {
    if (auto const* text = value.as_string()) {
        write_string(*text, out);
    } else if (auto const* number = value.as_int()) {
        write_integer(*number, out);
    } else if (auto const* flag = value.as_bool()) {
        out += *flag ? "true" : "false";
    } else if (auto const* object = value.as_object()) {
        write_object(*object, out);
    } else if (auto const* array = value.as_array()) {
        write_array(*array, out);
    } else {
        out += "null";
    }
}

std::string write(Value const& value) {
    std::string out;
    write(value, out);
    return out;
}

}  // namespace cl::json
