#include "api/import/words.hpp"

#include "ledger/core/export_words.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace cl::api::import {
namespace {

template <class T, std::size_t n>
std::optional<T> look_up(std::array<std::pair<std::string_view, T>, n> const& table, std::string_view cell) {
    std::string const plain = exports::plain_name(cell);
    auto const found = std::find_if(table.begin(), table.end(), [&](auto const& row) { return row.first == plain; });
    return found == table.end() ? std::nullopt : std::optional(found->second);
}

bool digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// `1700000000.123` -> `1700000000123`; anything else stays.
std::string without_fraction(std::string_view cell) {
    std::size_t const point = cell.find('.');
    bool const unix = point == 10 && digits(cell.substr(0, point)) && digits(cell.substr(point + 1));
    return unix ? std::string(cell.substr(0, point)) + std::string(cell.substr(point + 1)).append("000").substr(0, 3)
                : std::string(cell);
}

}  // namespace

std::optional<Status> read_status(std::string_view cell) {
    static constexpr std::array<std::pair<std::string_view, Status>, 16> words = {{{"in", Status::in},
                                                                                   {"optedin", Status::in},
                                                                                   {"optin", Status::in},
                                                                                   {"subscribed", Status::in},
                                                                                   {"active", Status::in},
                                                                                   {"out", Status::out},
                                                                                   {"optedout", Status::out},
                                                                                   {"optout", Status::out},
                                                                                   {"unsubscribed", Status::out},
                                                                                   {"stop", Status::out},
                                                                                   {"stopped", Status::out},
                                                                                   {"donottext", Status::out},
                                                                                   {"donotcontact", Status::out},
                                                                                   {"suppressed", Status::out},
                                                                                   {"blocked", Status::blocked},
                                                                                   {"block", Status::blocked}}};
    return look_up(words, cell);
}

std::optional<bool> read_flag(std::string_view cell) {
    static constexpr std::array<std::pair<std::string_view, bool>, 9> words = {{{"true", true},
                                                                                {"yes", true},
                                                                                {"y", true},
                                                                                {"1", true},
                                                                                {"", false},
                                                                                {"false", false},
                                                                                {"no", false},
                                                                                {"n", false},
                                                                                {"0", false}}};
    return look_up(words, cell);
}

std::optional<Way> read_way(std::string_view cell) {
    constexpr Way message = {true, {}};
    constexpr Way untold = {};
    static constexpr std::array<std::pair<std::string_view, Way>, 18> words = {{{"optoutmessage", message},
                                                                                {"keyword", message},
                                                                                {"stop", message},
                                                                                {"text", Way{false, "text"}},
                                                                                {"phone", Way{false, "phone"}},
                                                                                {"call", Way{false, "phone"}},
                                                                                {"email", Way{false, "email"}},
                                                                                {"inperson", Way{false, "in_person"}},
                                                                                {"web", Way{false, "web"}},
                                                                                {"website", Way{false, "web"}},
                                                                                {"webform", Way{false, "web"}},
                                                                                {"mail", Way{false, "mail"}},
                                                                                {"offline", untold},
                                                                                {"others", untold},
                                                                                {"other", untold},
                                                                                {"agent", untold},
                                                                                {"optinmessage", untold},
                                                                                {"", untold}}};
    return look_up(words, cell);
}

Result<Millis> read_cell_time(std::string_view cell, bool utc) {
    bool zoneless = false;
    std::string text = without_fraction(exports::trimmed(cell));
    bool const date = text.size() == 10 && text[4] == '-' && text[7] == '-';
    if (date) text += " 00:00:00";
    if (auto const time = exports::read_time(text, utc, zoneless)) return *time;
    if (zoneless) return fail(errc::invalid, "a time without its zone (say --utc if it is UTC)");
    return fail(errc::invalid, "no time that is understood");
}

}  // namespace cl::api::import
