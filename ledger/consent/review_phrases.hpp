// How people revoke in their own words: "please stop texting me", "wrong number". Such a message is never acted on by itself
// and never dropped: it opens a review (47 CFR 64.1200(a)(10), the reasonable person). Lists by language, frozen by
// classifier_revision like the keywords.
//
// Threads: constants, any thread.
#pragma once

#include <string_view>

namespace cl::consent {

/// Where in a message a phrase counts.
enum class Where : unsigned char {
    anywhere,  ///< wherever it stands
    start,     ///< only at the start, courtesy aside: "cancel my order", but not "I had to cancel my plans"
    sentence   ///< a keyword: counts if it is a sentence of its own, "Who is this? STOP!"
};

/// One phrase, folded.
struct ReviewPhrase {
    std::string_view text;
    std::string_view language;
    Where where = Where::anywhere;

    /// Whether it asks for something, so that "don't" before it says the opposite: "stop texting", but not "wrong number".
    [[nodiscard]] constexpr bool asks() const noexcept {
        constexpr std::string_view asked[] = {"stop ", "quit ",  "remove ", "unsubscribe", "opt ",  "take ",
                                              "get ",  "cancel", "delete ", "forget ",     "lose ", "end "};
        for (std::string_view word : asked) {
            if (text.substr(0, word.size()) == word) return true;
        }
        return false;
    }
};

/// What asks for a person in a folded text.
struct ReviewFound {
    std::string_view keyword;   ///< the phrase or the rule; empty if there is none. Static storage
    std::string_view language;  ///< of the keyword
    bool keyword_seen = false;  ///< a keyword of whole messages stands somewhere: then its sentences are worth a look
};

/// The first phrase, or the first words of certain roles close to each other (review_roles.hpp). Linear.
[[nodiscard]] ReviewFound find_review(std::string_view folded) noexcept;

}  // namespace cl::consent
