#include "ledger/core/export_words.hpp"

#include "ledger/core/ascii.hpp"
#include "ledger/core/keys.hpp"

#include <algorithm>
#include <charconv>

namespace cl::exports {
namespace {

using std::string_view;

bool all_digits(string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Millis> rfc3339(string_view text) {
    auto const time = parse_rfc3339(text);
    return time ? std::optional(*time) : std::nullopt;
}

std::optional<Millis> unix_time(string_view text) {
    Millis value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) {
        return std::nullopt;
    }
    if (text.size() == 10) {
        return value * 1000;
    }
    return text.size() == 13 ? std::optional(value) : std::nullopt;
}

/// `+0000`, `GMT` and the like -> `+00:00`; empty for anything else.
std::string offset_of(string_view text) {
    if (is_any(text, {"z", "utc", "gmt"})) {
        return "Z";
    }
    if (text.size() == 5 && (text[0] == '+' || text[0] == '-')) {
        return std::string(text.substr(0, 3)) + ":" + std::string(text.substr(3));
    }
    return text.size() == 6 ? std::string(text) : std::string();
}

/// `Fri, 20 Nov 2026 10:00:00 +0000`.
std::optional<Millis> rfc2822(string_view text) {
    constexpr string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    std::size_t const comma = text.find(',');
    text = trimmed(comma == string_view::npos ? text : text.substr(comma + 1));
    std::string day = text.size() > 1 && text[1] == ' ' ? "0" + std::string(text) : std::string(text);
    if (day.size() < 22 || day[2] != ' ' || day[6] != ' ' || day[11] != ' ' || day[20] != ' ') {
        return std::nullopt;
    }
    std::string const month = ascii::lower(std::string_view(day).substr(3, 3));
    std::size_t const at = months.find(month);
    if (at == string_view::npos || at % 3 != 0) {
        return std::nullopt;
    }
    std::string number = std::to_string(at / 3 + 1);
    number.insert(0, number.size() == 1 ? "0" : "");
    return rfc3339(day.substr(7, 4) + "-" + number + "-" + day.substr(0, 2) + "T" + day.substr(12, 8) +
                   offset_of(string_view(day).substr(21)));
}

/// The place where an ISO time's offset begins, behind its seconds and their fraction.
std::size_t end_of_clock(string_view text) {
    std::size_t at = 19;
    if (at < text.size() && text[at] == '.') {
        ++at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
    }
    return at;
}

}  // namespace

string_view trimmed(string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool is_any(string_view text, std::initializer_list<string_view> words) noexcept {
    return std::any_of(words.begin(), words.end(), [text](string_view word) { return ascii::is_word(text, word); });
}

bool contains(string_view text, string_view word) noexcept {
    auto const found =
        std::search(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) { return ascii::lower(a) == b; });
    return found != text.end();
}

std::string plain_name(string_view column) {
    std::string out;
    for (char const c : column) {
        char const plain = ascii::lower(c);
        if (ascii::is_lower(plain) || ascii::is_digit(plain)) out += plain;
    }
    return out;
}

std::optional<Millis> read_time(string_view text, bool utc, bool& zoneless) {
    text = trimmed(text);
    if (all_digits(text)) {
        return unix_time(text);
    }
    if (text.size() < 19 || text[4] != '-') {
        return rfc2822(text);
    }
    std::size_t const clock = end_of_clock(text);
    string_view const rest = trimmed(text.substr(clock));
    if (text[10] == 'T' && clock + rest.size() == text.size() && (rest == "Z" || rest.size() == 6)) {
        return rfc3339(text);
    }
    if (text[10] != 'T' && text[10] != ' ') {
        return std::nullopt;
    }
    std::string const offset = rest.empty() && utc ? "Z" : offset_of(rest);
    std::string whole(text.substr(0, clock));
    whole[10] = 'T';
    zoneless = rest.empty() && !utc && rfc3339(whole + "Z");
    return offset.empty() ? std::nullopt : rfc3339(whole + offset);
}

std::optional<std::string> read_number(string_view text, bool bare) {
    text = trimmed(text);
    if (text.starts_with('\'')) {
        text.remove_prefix(1);
    }
    for (string_view const scheme : {"tel:", "sms:", "whatsapp:"}) {
        if (text.starts_with(scheme)) {
            text.remove_prefix(scheme.size());
            break;
        }
    }
    bool const digits = bare && !text.starts_with('+') && all_digits(text);
    auto number = normalise_phone(digits ? "+" + std::string(text) : std::string(text));
    return number ? std::optional(std::move(*number)) : std::nullopt;
}

}  // namespace cl::exports
