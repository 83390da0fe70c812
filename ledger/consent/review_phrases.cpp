// See review_phrases.hpp. The lists themselves are in review_english.hpp and review_languages.hpp.

#include "ledger/consent/review_phrases.hpp"

#include "ledger/consent/keywords.hpp"
#include "ledger/consent/phrase_index.hpp"
#include "ledger/consent/review_english.hpp"
#include "ledger/consent/review_languages.hpp"
#include "ledger/consent/review_roles.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

namespace cl::consent {

namespace {

using namespace phrases;

constexpr std::size_t phrase_count = std::size(english) + std::size(english_start) + std::size(keywords) + std::size(spanish) +
                                     std::size(french) + std::size(portuguese) + std::size(german);

constexpr auto all_phrases() {
    std::array<ReviewPhrase, phrase_count> all{};
    std::size_t i = 0;
    auto const add = [&](std::span<std::string_view const> texts, std::string_view language, Where where) {
        for (std::string_view text : texts) all.at(i++) = {text, language, where};
    };
    add(english, "en", Where::anywhere);
    add(english_start, "en", Where::start);
    add(keywords, "en", Where::sentence);
    add(spanish, "es", Where::anywhere);
    add(french, "fr", Where::anywhere);
    add(portuguese, "pt", Where::anywhere);
    add(german, "de", Where::anywhere);
    return all;
}

constexpr PhraseIndex index{all_phrases()};

// Where the message begins once its courtesies and fillers are passed over: "Hi, please".
std::size_t skip_surround(std::string_view folded) noexcept {
    Word first = word_at(folded, 0);
    while (first.begin < folded.size()) {
        Surround const s = find_surround(folded, first, word_after(folded, first));
        if (s.bytes == 0) break;
        first = word_at(folded, std::min(first.begin + s.bytes + 1, folded.size()));
    }
    return first.begin;
}

}  // namespace

ReviewFound find_review(std::string_view folded) noexcept {
    ReviewFound found;
    RoleFinder roles;
    std::size_t start = std::string_view::npos;  // looked for once at most, and only if it matters
    Word first = word_at(folded, 0);
    while (first.begin < folded.size()) {
        Word const second = word_after(folded, first);
        if (ReviewPhrase const* phrase = index.match(folded, first, second)) {
            bool const opposite = roles.negated() && phrase->asks();
            if (phrase->where == Where::anywhere && !opposite) return {phrase->text, phrase->language};
            if (phrase->where == Where::start) {
                if (start == std::string_view::npos) start = skip_surround(folded);
                if (first.begin <= start) return {phrase->text, phrase->language};
            }
            found.keyword_seen = true;
        }
        if (RoleMatch const* match = roles.next(folded, first)) return {match->keyword, match->language};
        first = second;
    }
    return found;
}

}  // namespace cl::consent
