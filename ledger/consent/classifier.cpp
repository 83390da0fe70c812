// See classifier.hpp. The message as a whole first; then phrases anywhere in it; then keywords that are a sentence of their
// own.

#include "ledger/consent/classifier.hpp"

#include "ledger/consent/phrase_index.hpp"
#include "ledger/consent/review_phrases.hpp"
#include "ledger/consent/unicode.hpp"
#include "ledger/consent/whole_message.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace cl::consent {

namespace {

Classification review(Classification answer) noexcept {
    answer.cls = MessageClass::review;
    answer.match = "phrase";
    return answer;
}

// Whether a code point ends a sentence: ".", "!", a line end, an emoji; a dash only with a space before it. Quotation marks, hyphens and
// brackets do not: 'the "stop" button' is one sentence.
bool ends_sentence(char32_t point, char before) noexcept {
    switch (point) {
    case U'.':
    case U'!':
    case U'?':
    case U',':
    case U';':
    case U'\n':
    case U'\r':
    case U'\u2026':
    case U'\u3002':
    case U'\uFF01':
    case U'\uFF0C':
    case U'\uFF1F': return true;
    case U'-':
    case U'\u2013':
    case U'\u2014': return before == ' ';
    default: return (point >= 0x2600 && point <= 0x27BF) || (point >= 0x1F300 && point <= 0x1FAFF);
    }
}

// "Who is this? STOP!" is no whole-message keyword, and no message to pass over.
Classification keyword_sentence(std::string_view text) {
    std::size_t begin = 0;
    std::size_t at = 0;
    while (begin < text.size()) {
        std::size_t next = text.size();
        for (; at < text.size();) {
            CodePoint const point = decode_point(text, at);
            if (ends_sentence(point.value, at == 0 ? '\n' : text[at - 1])) {
                next = at + point.bytes;
                break;
            }
            at += point.bytes;
        }
        // a longer sentence is no keyword, whatever is dropped from it
        if (at - begin <= 4 * limits::keyword_message_bytes) {
            Classification const answer = match_whole(fold(text.substr(begin, at - begin)));
            if (answer.cls == MessageClass::stop) return review(answer);
        }
        begin = at = next;
    }
    return {};
}

// "STOP who is this": the keyword in capitals comes first, and what follows is no place to stop at.
Classification shouted(std::string_view text, std::string_view folded) {
    constexpr std::string_view shouts[] = {"STOP", "UNSUBSCRIBE", "QUIT", "REVOKE"};
    constexpr std::string_view places[] = {"by",  "over", "in",    "here",  "there", "at",
                                           "off", "sign", "signs", "light", "lights"};
    std::size_t const begin = text.find_first_not_of(" \t\r\n\"'*");
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin);
    for (std::string_view shout : shouts) {
        if (text.substr(0, shout.size()) != shout || text.substr(shout.size(), 1) != " ") continue;
        Word const second = word_after(folded, word_at(folded, 0));
        std::string_view const word = folded.substr(second.begin, second.end - second.begin);
        if (std::find(std::begin(places), std::end(places), word) != std::end(places)) return {};
        return review(match_whole(fold(shout)));
    }
    return {};
}

// 'Liked "Reply STOP to opt out"': a phone's way to say that its owner tapped on our message. Nothing in it is the owner's.
bool reaction(std::string_view text) {
    constexpr std::string_view taps[] = {"liked",      "loved",      "disliked",   "laughed at", "emphasized",
                                         "emphasised", "questioned", "reacted to", "to",         "le gusto",
                                         "le encanto", "a aime",     "a adore",    "gostou de"};
    constexpr std::string_view open = "\u201C";
    constexpr std::string_view close = "\u201D";
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    std::size_t const at = std::min(text.find(open), text.find('"'));
    if (at == std::string_view::npos || at > limits::keyword_message_bytes) return false;
    std::size_t const mark = text[at] == '"' ? 1 : open.size();
    std::string_view const closing = mark == 1 ? "\"" : close;
    std::size_t const end = text.find(closing, at + mark);
    if (end == std::string_view::npos || end + closing.size() != text.size()) return false;
    std::string const said = fold(text.substr(0, at));
    return std::find(std::begin(taps), std::end(taps), said) != std::end(taps);
}

// Letters made of what folds away: "$TOP", regional indicators.
Classification disguised(std::string_view text) {
    if (text.size() > 2 * limits::keyword_message_bytes) return {};
    std::string plain;
    bool changed = false;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_point(text, at);
        bool const flag = point.value >= 0x1F1E6 && point.value <= 0x1F1FF;
        changed = changed || flag || point.value == U'$';
        if (flag) {
            plain += static_cast<char>('a' + (point.value - 0x1F1E6));
        } else if (point.value == U'$') {
            plain += 's';
        } else {
            plain += text.substr(at, point.bytes);
        }
        at += point.bytes;
    }
    if (!changed) return {};
    Classification answer = match_whole(fold(plain));
    if (answer.cls != MessageClass::stop) return {};
    answer.match = "typo";
    return answer;
}

// A message without a word in it can still be a sign: stop, no entry, prohibited, no phones, the finger.
Classification sign(std::string_view text) {
    constexpr std::string_view signs[] = {"\U0001F6D1", "\u26D4", "\U0001F6AB", "\U0001F4F5", "\U0001F595"};
    for (std::string_view one : signs) {
        if (text.find(one) != std::string_view::npos) return {MessageClass::review, "stop sign", "und", "phrase"};
    }
    return {};
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
    Classification const whole = match_whole(folded);
    if (whole.cls != MessageClass::other) return whole;
    if (text.find('$') != std::string_view::npos || text.find('\xF0') != std::string_view::npos) {
        Classification const hidden = disguised(text);
        if (hidden.cls != MessageClass::other) return hidden;
    }
    if (folded.empty()) return sign(text);
    ReviewFound const found = find_review(folded);
    if (found.keyword.empty() && !found.keyword_seen) return {};
    if (reaction(text)) return {};
    if (!found.keyword.empty()) return {MessageClass::review, found.keyword, found.language, "phrase"};
    Classification const sentence = keyword_sentence(text);
    return sentence.cls != MessageClass::other ? sentence : shouted(text, folded);
}

}  // namespace cl::consent
