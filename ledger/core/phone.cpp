// Phone numbers: one spelling, E.164 (docs/http-api.md "Names, numbers, times").
#include "ledger/core/keys.hpp"

namespace cl {

Result<std::string> normalise_phone(std::string_view text) {
    constexpr std::size_t fewest = 7;
    constexpr std::size_t most = 15;
    // The text of the refusal is fixed: a number never stands in an error.
    Error const refusal = fail(errc::invalid, "not a phone number in E.164: '+' and 7 to 15 digits, the first not 0");
    if (!text.starts_with('+') || text.back() < '0' || text.back() > '9') {
        return refusal;
    }
    std::string out = "+";
    for (char const c : text.substr(1)) {
        if (c >= '0' && c <= '9') {
            out += c;
        } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')') {
            return refusal;
        }
        if (out.size() > most + 1) {
            return refusal;
        }
    }
    if (out.size() < fewest + 1 || out[1] == '0') {
        return refusal;
    }
    return out;
}

}  // namespace cl
