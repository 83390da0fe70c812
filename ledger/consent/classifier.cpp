// See classifier.hpp. The message as a whole first; then phrases anywhere in it; then keywords that are a sentence of their
// own.

#include "ledger/consent/classifier.hpp"

#include "ledger/consent/review_phrases.hpp"
#include "ledger/consent/whole_message.hpp"

#include <algorithm>

namespace cl::consent {

namespace {

// "Who is this? STOP!" is no whole-message keyword, and no message to pass over.
Classification keyword_sentence(std::string_view text) {
    constexpr std::string_view ends = ".!?,;\n\r";
    while (!text.empty()) {
        std::size_t const end = std::min(text.find_first_of(ends), text.size());
        Classification answer = match_whole(fold(text.substr(0, end)));
        if (answer.cls == MessageClass::stop) {
            answer.cls = MessageClass::review;
            answer.match = "phrase";
            return answer;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return {};
}

// A message without a word in it can still be the stop sign, U+1F6D1.
Classification sign(std::string_view text) {
    if (text.find("\xF0\x9F\x9B\x91") == std::string_view::npos) return {};
    return {MessageClass::review, "stop sign", "und", "phrase"};
}

}  // namespace

std::string_view name(MessageClass c) noexcept {
    switch (c) {
    case MessageClass::stop: return "stop";
    case MessageClass::help: return "help";
    case MessageClass::optout: return "optout";
    case MessageClass::start: return "start";
    case MessageClass::review: return "review";
    case MessageClass::other: return "other";
    }
    return "other";
}

Classification classify(std::string_view text) {
    std::string const folded = fold(text);
    if (folded.empty()) return sign(text);
    Classification const whole = match_whole(folded);
    if (whole.cls != MessageClass::other) return whole;
    bool keyword_seen = false;
    if (ReviewPhrase const* phrase = find_review_phrase(folded, keyword_seen)) {
        return {MessageClass::review, phrase->text, phrase->language, "phrase"};
    }
    return keyword_seen ? keyword_sentence(text) : Classification{};
}

}  // namespace cl::consent
