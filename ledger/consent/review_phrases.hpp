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
};

/// The first phrase of the folded text that asks for a person, or null. Linear. `keyword_seen` is set if a keyword stands
/// somewhere: then its sentences are worth a look.
[[nodiscard]] ReviewPhrase const* find_review_phrase(std::string_view folded, bool& keyword_seen) noexcept;

}  // namespace cl::consent
