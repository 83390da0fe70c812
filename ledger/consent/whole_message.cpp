// See whole_message.hpp. A message is split into words, courtesies are set aside, and what is left, its core, is looked up with
// its spaces taken out: that is how "S T O P", "STOP ALL" and "st op" are found with one list.

#include "ledger/consent/whole_message.hpp"

#include "ledger/consent/keywords.hpp"
#include "ledger/consent/keywords_slip.hpp"
#include "ledger/consent/phrase_index.hpp"
#include "ledger/consent/unicode.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cl::consent {

namespace {

// A short text in place.
class Compact {
public:
    void append(std::string_view text) noexcept {
        std::copy(text.begin(), text.end(),
                  chars_.begin() + static_cast<std::ptrdiff_t>(size_));  // never longer than its message
        size_ += text.size();
    }
    void append(char c) noexcept { chars_[size_++] = c; }
    void pop() noexcept { --size_; }
    [[nodiscard]] std::string_view view() const noexcept { return {chars_.data(), size_}; }

private:
    std::array<char, limits::keyword_message_bytes> chars_{};
    std::size_t size_ = 0;
};

// What is left of a message without its courtesies.
struct Core {
    static_assert(limits::keyword_message_bytes <= 0xFF);
    std::string_view folded;
    std::array<std::uint8_t, limits::keyword_message_bytes / 2 + 1> begins{};  // of each word in `folded`
    std::array<std::uint8_t, limits::keyword_message_bytes / 2 + 1> sizes{};
    std::size_t count = 0;
    bool courtesy = false;  // some was set aside
    bool filler = false;    // some was seen
    Compact compact;

    void add(Word const& word) noexcept {
        begins[count] = static_cast<std::uint8_t>(word.begin);
        sizes[count] = static_cast<std::uint8_t>(word.end - word.begin);
        compact.append(this->word(count++));
    }
    [[nodiscard]] std::string_view word(std::size_t i) const noexcept { return folded.substr(begins[i], sizes[i]); }
};

Core core_of(std::string_view folded, bool skip_filler) noexcept {
    Core core;
    core.folded = folded;
    Word first = word_at(folded, 0);
    while (first.begin < folded.size()) {
        Word const second = word_after(folded, first);
        Surround const s = find_surround(folded, first, second);
        bool const filler = s.bytes > 0 && s.around == Around::filler;
        core.filler = core.filler || filler;
        if (s.bytes > 0 && (!filler || skip_filler)) {
            core.courtesy = true;
            first = word_at(folded, std::min(first.begin + s.bytes + 1, folded.size()));
            continue;
        }
        core.add(first);
        first = second;
    }
    return core;
}

bool is_stop(Classification const* found) noexcept {
    return found != nullptr && found->cls == MessageClass::stop;
}

constexpr Classification opt_out{MessageClass::stop, "opt out", "en", "whole"};

// "stop stop", "STOP. Unsubscribe. Stop all": nothing but keywords, each of one word or two.
Classification only_keywords(Core const& core) noexcept {
    Classification first;
    for (std::size_t i = 0; i < core.count; ++i) {
        Classification const* found = nullptr;
        if (i + 1 < core.count) {
            Compact pair;
            pair.append(core.word(i));
            pair.append(core.word(i + 1));
            found = pair.view() == "optout" ? &opt_out : find_keyword(pair.view());
            if (is_stop(found)) ++i;
        }
        if (!is_stop(found)) found = find_keyword(core.word(i));
        if (!is_stop(found)) return {};
        if (first.keyword.empty()) first = *found;
    }
    return first;
}

Classification typo(std::string_view keyword) noexcept {
    Classification const* found = find_keyword(keyword);
    if (!is_stop(found) && !(found != nullptr && found->cls == MessageClass::optout)) return {};
    Classification answer = *found;
    answer.match = "typo";
    return answer;
}

// "stopppp", "STTOOOPP", "quittt": the last letter held down, or any letter of "stop" ("stoop" is a word).
Classification repeated_letters(std::string_view compact) noexcept {
    Compact once;
    for (char c : compact) {
        if (once.view().empty() || once.view().back() != c) once.append(c);
        if (once.view().size() > 4) break;
    }
    if (once.view() == "stop" && compact != "stoop") return typo("stop");
    std::size_t size = compact.size();
    while (size > 1 && compact[size - 1] == compact[size - 2]) --size;
    return size < compact.size() ? typo(compact.substr(0, size)) : Classification{};
}

// "stopstopstop".
Classification repeated_stop(std::string_view compact) noexcept {
    if (compact.size() < 8) return {};
    while (compact.substr(0, 4) == "stop") compact.remove_prefix(4);
    return compact.empty() ? typo("stop") : Classification{};
}

// "stkp", "unsuscribe". Two words only for "opt out", "opt put": anything else of two words may be a sentence.
Classification slip(Core const& core) noexcept {
    bool const two = core.count == 2 && core.word(0).size() == 3 && core.word(1).size() < 4;
    Classification const* found = core.count == 1 || two ? find_slip(core.compact.view()) : nullptr;
    if (found == nullptr) return {};
    Classification answer = two && found->cls == MessageClass::optout ? opt_out : *found;
    if (two && answer.keyword != opt_out.keyword) return {};
    answer.match = "typo";
    return answer;
}

// "ЅТОР" in Cyrillic, "ST0P". Not for keywords of three letters: "3nd" is no END.
Classification look_alikes(std::string_view compact, char one) noexcept {
    auto const plain = [](char c) { return c >= 'a' && c <= 'z'; };
    if (compact.size() > 3 * longest_keyword() || std::all_of(compact.begin(), compact.end(), plain)) return {};
    Compact latin;
    bool changed = false;
    for (std::size_t at = 0; at < compact.size();) {
        CodePoint const point = decode_point(compact, at);
        char32_t const like = point.value == U'1' ? static_cast<char32_t>(one) : look_alike(point.value);
        if (like >= 0x80) return {};
        changed = changed || like != point.value;
        latin.append(static_cast<char>(like));
        if (latin.view().size() > longest_keyword()) return {};
        at += point.bytes;
    }
    return changed && latin.view().size() >= 4 ? typo(latin.view()) : Classification{};
}

Classification decide(Core const& core) noexcept {
    std::string_view const compact = core.compact.view();
    if (core.count == 2 && core.word(0) == "opt" && core.word(1) == "out") return opt_out;
    if (compact.size() <= longest_keyword()) {
        if (Classification const* found = find_keyword(compact)) return *found;
    }
    Classification answer = only_keywords(core);
    if (answer.cls == MessageClass::other) answer = repeated_letters(compact);
    if (answer.cls == MessageClass::other) answer = repeated_stop(compact);
    if (answer.cls == MessageClass::other) answer = slip(core);
    if (answer.cls == MessageClass::other) answer = look_alikes(compact, 'i');
    if (answer.cls == MessageClass::other) answer = look_alikes(compact, 'l');
    return answer;
}

bool digits(std::string_view word) noexcept {
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "STOP ads", "STOP 12345", "stop1": a keyword with something that a person has to read. Not "stop by".
bool starts_with_stop(Core const& core) noexcept {
    std::string_view const first = core.word(0);
    if (first.size() > 4 && first.substr(0, 4) == "stop" && digits(first.substr(4, 1))) return true;
    if (first != "stop" || core.count < 2) return false;
    std::string_view const second = core.word(1);
    if (digits(second)) return true;
    constexpr std::string_view ordinary[] = {"by",      "over",     "in",       "here",     "there",  "at",
                                             "off",     "sign",     "signs",    "light",    "lights", "motion",
                                             "loss",    "laughing", "crying",   "worrying", "lying",  "joking",
                                             "playing", "smoking",  "drinking", "eating",   "watch"};
    return core.count == 2 && std::find(std::begin(ordinary), std::end(ordinary), second) == std::end(ordinary);
}

Classification review(Classification answer) noexcept {
    answer.cls = MessageClass::review;
    answer.match = "phrase";
    return answer;
}

}  // namespace

Classification match_whole(std::string_view folded) noexcept {
    if (folded.size() > limits::keyword_message_bytes) return {};
    Core const core = core_of(folded, false);
    if (core.count == 0) return {};
    Classification answer = decide(core);
    if (answer.cls != MessageClass::other) {
        if (core.courtesy && answer.match == "whole") answer.match = "polite";
        return answer;
    }
    if (starts_with_stop(core)) return review({MessageClass::review, "stop", "en", "phrase"});
    if (!core.filler) return {};
    Core const bare = core_of(folded, true);
    if (bare.count == 0) return {};
    answer = decide(bare);
    return answer.cls == MessageClass::stop ? review(answer) : Classification{};
}

}  // namespace cl::consent
