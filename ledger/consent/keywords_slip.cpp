// See keywords_slip.hpp. Edit distances by their first difference: no table, no allocation.

#include "ledger/consent/keywords_slip.hpp"

#include "ledger/consent/keywords.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace cl::consent {

namespace {

// clang-format off
// Words that lie next to a keyword and mean something else.
constexpr std::string_view own_words[] = {
    "atop", "estop", "stoop", "strop", "stomp", "quoit", "quiet", "quite", "quilt", "cancer", "cancels", "chancel", "canciller",
    "evoke", "revoked", "revokes", "revoker", "revote", "removed", "removes", "remover", "remote", "retener", "contener",
    "detenerse", "anmelden", "anmeldung", "ummelden", "ummeldung", "auftragen", "vortragen", "austrage", "subscribe",
    "unsubscriber", "cancelas", "cancelada", "cancelado", "cancele", "cancela", "optouts", "arrested", "abgemeldet"};

// The keywords that are long enough to be known with a wrong letter in them.
constexpr std::string_view long_keywords[] = {
    "cancel", "revoke", "remove", "optout", "stopall", "unsubscribe", "cancelar", "detener", "desuscribir", "desuscribirse",
    "arreter", "arretez", "desabonner", "desabonnement", "desinscrire", "desinscription", "descadastrar", "desinscrever",
    "abmelden", "abmeldung", "abbestellen", "abbestellung", "austragen", "afmelden", "uitschrijven"};

// The letters around each letter of a QWERTY keyboard, from a to z.
constexpr std::array<std::string_view, 26> around = {
    "qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv", "gyujnb", "ujko", "huikmn", "jiolm", "kop", "njk",
    "bhjm", "iklp", "ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase", "zsdc", "tghu", "asx"};
// clang-format on

bool plain(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

bool neighbours(char a, char b) noexcept {
    return plain(a) && around[static_cast<std::size_t>(a - 'a')].find(b) != std::string_view::npos;
}

std::size_t common_prefix(std::string_view a, std::string_view b) noexcept {
    std::size_t const size = std::min(a.size(), b.size());
    std::size_t at = 0;
    while (at < size && a[at] == b[at]) ++at;
    return at;
}

// Whether at most `edits` letters are wrong, missing, too much or swapped.
bool within(std::string_view typed, std::string_view meant, int edits) noexcept {
    std::size_t const same = common_prefix(typed, meant);
    typed.remove_prefix(same);
    meant.remove_prefix(same);
    if (typed.empty() || meant.empty()) return typed.size() + meant.size() <= static_cast<std::size_t>(edits);
    if (edits == 0) return false;
    if (typed.size() > 1 && meant.size() > 1 && typed[0] == meant[1] && typed[1] == meant[0] &&
        within(typed.substr(2), meant.substr(2), edits - 1)) {
        return true;
    }
    return within(typed.substr(1), meant.substr(1), edits - 1) || within(typed.substr(1), meant, edits - 1) ||
           within(typed, meant.substr(1), edits - 1);
}

// One slip in a word of four letters.
bool slip(std::string_view typed, std::string_view meant) noexcept {
    std::size_t const at = common_prefix(typed, meant);
    if (typed.size() == meant.size() && at < meant.size()) {
        if (neighbours(meant[at], typed[at]) && typed.substr(at + 1) == meant.substr(at + 1)) return true;
        return at + 1 < meant.size() && typed[at] == meant[at + 1] && typed[at + 1] == meant[at] &&
               typed.substr(at + 2) == meant.substr(at + 2);
    }
    if (typed.size() != meant.size() + 1) return false;
    // the letter too much stands beside the one that was meant, on the keyboard and in the word
    for (std::size_t i = 0; i < typed.size(); ++i) {
        if (typed.substr(0, i) != meant.substr(0, i) || typed.substr(i + 1) != meant.substr(i)) continue;
        if ((i > 0 && neighbours(typed[i - 1], typed[i])) || (i + 1 < typed.size() && neighbours(typed[i + 1], typed[i]))) {
            return true;
        }
    }
    return false;
}

}  // namespace

Classification const* find_slip(std::string_view word) noexcept {
    if (word.size() < 4 || word.size() > 16 || !std::all_of(word.begin(), word.end(), plain)) return nullptr;
    if (std::find(std::begin(own_words), std::end(own_words), word) != std::end(own_words)) return nullptr;
    if (word.size() <= 5) {
        for (std::string_view meant : {std::string_view("stop"), std::string_view("quit")}) {
            if (slip(word, meant)) return find_keyword(meant);
        }
    }
    for (std::string_view meant : long_keywords) {
        bool const two = meant.size() >= 10 && word[0] == meant[0];
        int const edits = two ? 2 : 1;
        std::size_t const apart = word.size() > meant.size() ? word.size() - meant.size() : meant.size() - word.size();
        if (apart <= static_cast<std::size_t>(edits) && within(word, meant, edits)) return find_keyword(meant);
    }
    return nullptr;
}

}  // namespace cl::consent
