// See screen_numbers.hpp.

#include "ledger/consent/screen_numbers.hpp"

#include "ledger/consent/screen_words.hpp"

#include <algorithm>
#include <array>

namespace cl::consent {

namespace {

// Digits put together from tokens, up to the longest number that is looked for.
class Digits {
public:
    bool append(std::string_view text) noexcept {
        if (size_ + text.size() > chars_.size()) return false;
        std::copy(text.begin(), text.end(), chars_.begin() + static_cast<std::ptrdiff_t>(size_));
        size_ += text.size();
        return true;
    }
    [[nodiscard]] std::string_view view() const noexcept { return {chars_.data(), size_}; }

private:
    std::array<char, 34> chars_{};
    std::size_t size_ = 0;
};

int value(std::string_view digits) noexcept {
    int v = 0;
    for (char c : digits) v = v * 10 + (c - '0');
    return v;
}

bool luhn(std::string_view digits) noexcept {
    int sum = 0;
    bool twice = false;
    for (auto c = digits.rbegin(); c != digits.rend(); ++c) {
        int const d = (*c - '0') * (twice ? 2 : 1);
        sum += d > 9 ? d - 9 : d;
        twice = !twice;
    }
    return sum % 10 == 0;
}

bool issued(std::string_view digits) noexcept {
    int const two = value(digits.substr(0, 2));
    int const four = value(digits.substr(0, 4));
    return digits[0] == '4' || (two >= 51 && two <= 55) || (four >= 2221 && four <= 2720) || two == 34 || two == 37 ||
           four == 6011 || two == 65 || (four >= 6440 && four <= 6499) || two == 35 || two == 30 || two == 36 || two == 38 ||
           two == 50 || (two >= 56 && two <= 58) || two == 62;
}

bool joins(ScreenToken const& token) noexcept {
    return token.digits && (token.before == ' ' || token.before == '-' || token.before == '.');
}

// Tokens of the same length, as somebody writes who puts blanks between.
bool even_groups(ScreenText const& text, std::size_t i, std::size_t length) noexcept {
    if (i > 0 && joins(text.at(i)) && text.at(i - 1).digits && text.at(i - 1).text.size() == length)
        return false;  // not the first
    Digits all;
    std::size_t at = i;
    while (text.at(at).digits && text.at(at).text.size() == length && (at == i || joins(text.at(at)))) {
        if (!all.append(text.at(at).text)) return false;
        ++at;
    }
    // the rest of a number that the groups do not divide
    if (joins(text.at(at)) && text.at(at).text.size() < length) {
        Digits longer = all;
        if (longer.append(text.at(at).text) && card_number(longer.view())) return true;
    }
    return card_number(all.view());
}

bool groups(ScreenText const& text, std::size_t i, std::initializer_list<std::size_t> lengths) noexcept {
    Digits all;
    std::size_t at = i;
    for (std::size_t length : lengths) {
        ScreenToken const& token = text.at(at);
        if (token.text.size() != length || !token.digits || (at != i && !joins(token)) || !all.append(token.text)) return false;
        ++at;
    }
    return card_number(all.view());
}

bool iban(std::string_view text) noexcept {
    int rest = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[(i + 4) % text.size()];
        if (c >= '0' && c <= '9') {
            rest = (rest * 10 + (c - '0')) % 97;
        } else if (c >= 'a' && c <= 'z') {
            rest = (rest * 100 + (c - 'a' + 10)) % 97;
        } else {
            return false;
        }
    }
    return rest == 1;
}

bool day_and_month(int a, int b) noexcept {
    return (a >= 1 && a <= 31 && b >= 1 && b <= 12) || (b >= 1 && b <= 31 && a >= 1 && a <= 12);
}

bool year(int y) noexcept {
    return y >= 1900 && y <= 2099;
}

// 19850304, 03041985, 030485
bool packed_date(std::string_view d) noexcept {
    if (d.size() == 8) {
        if (year(value(d.substr(0, 4))) && day_and_month(value(d.substr(4, 2)), value(d.substr(6, 2)))) return true;
        return year(value(d.substr(4, 4))) && day_and_month(value(d.substr(0, 2)), value(d.substr(2, 2)));
    }
    return d.size() == 6 && day_and_month(value(d.substr(0, 2)), value(d.substr(2, 2)));
}

bool is_month(ScreenToken const& token) noexcept {
    return (screen_word(token.text, token.hash) & w_month) != 0;
}

}  // namespace

bool card_number(std::string_view digits) noexcept {
    if (digits.size() < 13 || digits.size() > 19) return false;
    return issued(digits) && luhn(digits) && digits.find_first_not_of(digits[0]) != std::string_view::npos;
}

bool social_security_number(std::string_view d) noexcept {
    if (d.size() != 9) return false;
    int const area = value(d.substr(0, 3));
    return area != 0 && area != 666 && area < 900 && d.substr(3, 2) != "00" && d.substr(5) != "0000";
}

bool routing_number(std::string_view d) noexcept {
    if (d.size() != 9) return false;
    int sum = 0;
    constexpr std::array<int, 3> weights = {3, 7, 1};
    for (std::size_t i = 0; i < 9; ++i) sum += (d[i] - '0') * weights[i % 3];
    return sum != 0 && sum % 10 == 0;
}

bool card_at(ScreenText const& text, std::size_t i) noexcept {
    std::string_view const token = text.at(i).text;
    switch (token.size()) {
    case 1:
    case 2: return even_groups(text, i, token.size());
    case 4:
        return groups(text, i, {4, 4, 4, 4}) || groups(text, i, {4, 6, 5}) || groups(text, i, {4, 6, 4}) ||
               groups(text, i, {4, 4, 4, 4, 3}) || groups(text, i, {4, 4, 4, 1});
    default: return text.at(i).digits && card_number(token);
    }
}

bool iban_at(ScreenText const& text, std::size_t i) noexcept {
    std::string_view const first = text.at(i).text;
    auto const letter = [](char c) { return c >= 'a' && c <= 'z'; };
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    if (first.size() < 4 || !letter(first[0]) || !letter(first[1]) || !digit(first[2]) || !digit(first[3])) return false;
    Digits all;
    for (std::size_t at = i; at < i + 10; ++at) {
        ScreenToken const& token = text.at(at);
        if (token.text.empty() || (at != i && token.before != ' ' && token.before != '-')) return false;
        if (!all.append(token.text)) return false;
        if (all.view().size() >= 15 && iban(all.view())) return true;
    }
    return false;
}

bool social_security_at(ScreenText const& text, std::size_t i, bool& parted) noexcept {
    ScreenToken const& a = text.at(i);
    parted = false;
    if (a.text.size() == 9) return a.digits && social_security_number(a.text);
    Digits all;
    if (a.text.size() == 1) {
        if (i > 0 && text.at(i - 1).digits && text.at(i - 1).text.size() == 1) return false;  // not the first
        for (std::size_t at = i; at < i + 9; ++at) {
            if (text.at(at).text.size() != 1 || !text.at(at).digits || !all.append(text.at(at).text)) return false;
        }
        bool const goes_on = text.at(i + 9).digits && text.at(i + 9).text.size() == 1;
        return !goes_on && social_security_number(all.view());
    }
    ScreenToken const& b = text.at(i + 1);
    ScreenToken const& c = text.at(i + 2);
    if (a.text.size() != 3 || b.text.size() != 2 || c.text.size() != 4 || b.before != c.before) return false;
    if (!a.digits || !joins(b) || !joins(c)) return false;
    bool const longer = (i > 0 && a.glued && text.at(i - 1).digits) || (text.at(i + 3).glued && text.at(i + 3).digits);
    if (longer || !all.append(a.text) || !all.append(b.text) || !all.append(c.text)) return false;
    parted = b.before != ' ';
    return social_security_number(all.view());
}

bool date_at(ScreenText const& text, std::size_t i) noexcept {
    ScreenToken const& a = text.at(i);
    if (a.digits && packed_date(a.text)) return true;
    ScreenToken const& b = text.at(i + 1);
    ScreenToken const& c = text.at(i + 2);
    if (a.digits && b.digits && c.digits && b.text.size() <= 2 && c.text.size() <= 4) {
        if (a.text.size() == 4) return year(value(a.text)) && c.text.size() <= 2 && day_and_month(value(b.text), value(c.text));
        bool const full = c.text.size() == 4 && year(value(c.text));
        return a.text.size() <= 2 && (full || c.text.size() == 2) && day_and_month(value(a.text), value(b.text));
    }
    // "4 March 1985", "March 4th, 1985"
    auto const full_year = [](ScreenToken const& t) { return t.digits && t.text.size() == 4 && year(value(t.text)); };
    if (is_month(b) && full_year(c)) return true;
    return i > 0 && is_month(text.at(i - 1)) && a.text.size() <= 4 && full_year(b);
}

}  // namespace cl::consent
