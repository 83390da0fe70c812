#include "verify/words.hpp"

namespace cl::verify {

std::string printable(std::string_view text, std::size_t most) {
    std::string out;
    for (char const c : text.substr(0, most)) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) {
            out.push_back(c);
        } else {
            out.append("\\x").append(to_hex(std::string_view(&c, 1)));
        }
    }
    return text.size() > most ? out + "..." : out;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    std::size_t const first = number < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    return grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string entry_or_stretch(Seq first, Seq last) {
    if (last <= first) {
        return "entry " + std::to_string(first);
    }
    return "one of the entries " + std::to_string(first) + " to " + std::to_string(last);
}

std::string describe(StateAfter const& state) {
    std::string out = state.opted_in ? "opted in" : "opted out";
    out += state.blocked ? ", blocked" : ", not blocked";
    out += ", level " + std::string(name(state.level));
    if (state.list) {
        out += (state.list->member ? ", on list " : ", off list ") + printable(state.list->id);
    }
    return out;
}

std::string shortened(Hash32 const& hash) {
    return to_hex(hash).substr(0, 12) + "...";
}

}  // namespace cl::verify
