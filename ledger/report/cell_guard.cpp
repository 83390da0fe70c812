#include "ledger/report/cell_guard.hpp"

#include "ledger/core/ascii.hpp"

#include <algorithm>

namespace cl::report {
namespace {

constexpr std::string_view separators = ",;|\t\r\n";

/// What may begin a formula, the full-width forms included.
bool begins_formula(std::string_view text) {
    constexpr std::string_view signs = "=+-@";
    constexpr std::string_view wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};  // = + - @
    // A reader may drop spaces and quotes in front; an apostrophe of the text's own must not pass for the guard.
    text.remove_prefix(std::min(text.find_first_not_of(" \"'"), text.size()));
    if (text.empty()) return false;
    return signs.find(text.front()) != std::string_view::npos ||
           std::any_of(std::begin(wide), std::end(wide), [&](std::string_view one) { return text.starts_with(one); });
}

/// Tab and line end at the very start: some readers drop them, and what follows begins the cell.
bool begins_with_blank(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    return !text.empty() && std::string_view("\t\r\n").find(text.front()) != std::string_view::npos;
}

/// What a spreadsheet reads as a number, a date or a time. A whole number of at most 15 digits stays as it is written.
bool reads_as_number(std::string_view text) {
    constexpr std::string_view signs = " $%()+,-./:Ee";
    constexpr std::size_t exact_digits = 15;  // of IEEE 754 binary64
    std::size_t const apostrophes = std::min(text.find_first_not_of('\''), text.size());
    std::string_view const rest = text.substr(apostrophes);
    bool const all = std::all_of(rest.begin(), rest.end(),
                                 [&](char c) { return ascii::is_digit(c) || signs.find(c) != std::string_view::npos; });
    if (!all || std::none_of(rest.begin(), rest.end(), ascii::is_digit)) return false;
    bool const stays = apostrophes == 0 && rest.size() <= exact_digits &&
                       std::all_of(rest.begin(), rest.end(), ascii::is_digit) && (rest.front() != '0' || rest.size() == 1);
    return !stays;
}

}  // namespace

std::string guarded(std::string_view text) {
    std::string clean(text);
    std::erase(clean, '\0');
    std::string_view const whole = clean;
    std::string out;
    out.reserve(whole.size() + 1);
    if (begins_formula(whole) || begins_with_blank(whole) || reads_as_number(whole)) out += '\'';
    for (std::size_t i = 0; i < whole.size(); ++i) {
        out += whole[i];
        bool const separates = separators.find(whole[i]) != std::string_view::npos;
        if (separates && begins_formula(whole.substr(i + 1))) out += '\'';
    }
    return out;
}

}  // namespace cl::report
