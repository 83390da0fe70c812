// See pack_keywords.hpp.
#include "ledger/consent/pack_keywords.hpp"

#include "ledger/consent/keywords.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

constexpr Classification opt_out{MessageClass::stop, "opt out", "en", "whole"};

bool has_language(Pack const& pack, std::string_view language) {
    return std::find(pack.languages.begin(), pack.languages.end(), language) != pack.languages.end();
}

/// The stop keyword that a word is, or null. "opt out" is the one of two words that begins with no keyword.
Classification const* stop_word(std::string_view word, std::string_view next) {
    if (word == "opt" && next == "out") return &opt_out;
    if (word.size() > longest_keyword()) return nullptr;
    Classification const* const found = find_keyword(word);
    return found != nullptr && found->cls == MessageClass::stop ? found : nullptr;
}

std::string_view cut_word(std::string_view& text) {
    std::string_view const word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    return word;
}

/// The first stop keyword inside the folded text: as its first word, or as any.
Classification look_inside(std::string_view folded, Pack const& pack) {
    bool const anywhere = pack.match == MatchMode::contains;
    do {
        std::string_view const word = cut_word(folded);
        Classification const* const found = stop_word(word, folded.substr(0, folded.find(' ')));
        if (found == nullptr || !has_language(pack, found->language)) continue;
        Classification answer = *found;
        answer.match = anywhere ? "contains" : "begins_with";
        return answer;
    } while (anywhere && !folded.empty());
    return {};
}

}  // namespace

Classification classify(std::string_view text, Pack const& pack) {
    Classification whole = classify(text);
    if (whole.cls == MessageClass::stop) {
        if (!has_language(pack, whole.language)) {
            whole.cls = MessageClass::review;
            whole.match = "phrase";
        }
        return whole;
    }
    bool const inside =
        pack.match != MatchMode::whole && (whole.cls == MessageClass::review || whole.cls == MessageClass::other);
    if (!inside) return whole;
    Classification const found = look_inside(fold(text), pack);
    return found.cls == MessageClass::stop ? found : whole;
}

}  // namespace cl::consent
