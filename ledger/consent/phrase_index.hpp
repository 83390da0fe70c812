// Finds which phrase of a fixed list starts at a word of a folded text, in constant time a word however long the list is: that
// is what keeps the classifier linear. Built by the compiler; there is nothing to initialise when the program starts.
//
// Threads: constants once built, any thread.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cl::consent {

/// A word of a folded text: where it starts, where it ends, its hash.
struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint32_t hash = 0;
};

/// The hash of a word, a letter at a time. It is made to be quick: two words that share one are told apart by their letters.
class WordHash {
public:
    constexpr void add(char c) noexcept { state_ = std::rotl(state_, 5) ^ static_cast<unsigned char>(c); }
    [[nodiscard]] constexpr std::uint32_t value() const noexcept { return state_ * 0x9E3779B1U; }

private:
    std::uint32_t state_ = 0x811C9DC5U;
};

/// The word that starts at `begin`, empty at the end of the text.
[[nodiscard]] constexpr Word word_at(std::string_view folded, std::size_t begin) noexcept {
    WordHash hash;
    char const* const first = folded.data() + begin;
    char const* const last = folded.data() + folded.size();
    char const* at = first;
    for (; at != last && *at != ' '; ++at) {
        hash.add(*at);
    }
    return {begin, begin + static_cast<std::size_t>(at - first), hash.value()};
}

/// The word after `word`, empty at the end of the text.
[[nodiscard]] constexpr Word word_after(std::string_view folded, Word const& word) noexcept {
    return word_at(folded, std::min(word.end + 1, folded.size()));
}

/// A list of N phrases; Phrase has `std::string_view text`, folded. Phrases are found by their first two words, or their only
/// one.
template <class Phrase, std::size_t N>
class PhraseIndex {
public:
    constexpr explicit PhraseIndex(std::array<Phrase, N> phrases) : phrases_(phrases) {
        // The shortest goes in first and so ends up last in its chain: the longest match wins.
        std::sort(phrases_.begin(), phrases_.end(),
                  [](Phrase const& a, Phrase const& b) { return a.text.size() < b.text.size(); });
        slots_.fill(none);
        for (std::size_t i = 0; i < N; ++i) {
            std::string_view const text = phrases_[i].text;
            Word const first = word_at(text, 0);
            std::uint16_t& slot = slots_[slot_of(first, word_after(text, first))];
            next_[i] = slot;
            slot = static_cast<std::uint16_t>(i);
            starts_[first.hash >> 26U] |= std::uint64_t{1} << ((first.hash >> 20U) & 63U);
        }
    }

    /// The longest phrase that starts with these two neighbouring words of `folded` (the second may be empty), or null.
    [[nodiscard]] constexpr Phrase const* match(std::string_view folded, Word const& first, Word const& second) const noexcept {
        // Few words of few messages begin a phrase of the list.
        if ((starts_[first.hash >> 26U] >> ((first.hash >> 20U) & 63U) & 1U) == 0) return nullptr;
        Phrase const* found = find(folded, first, slot_of(first, second));
        return found != nullptr ? found : find(folded, first, slot_of(first, {}));
    }

private:
    static constexpr std::uint16_t none = 0xFFFF;
    static constexpr std::size_t slot_count = std::bit_ceil(N * 4);
    static_assert(N < none);

    static constexpr std::size_t slot_of(Word const& first, Word const& second) noexcept {
        std::uint32_t const tail = second.begin == second.end ? 0 : second.hash;
        std::uint32_t const mixed = (first.hash ^ std::rotl(tail, 13)) * 0x9E3779B1U;
        return (mixed ^ (mixed >> 15U)) & (slot_count - 1);
    }

    constexpr Phrase const* find(std::string_view folded, Word const& first, std::size_t slot) const noexcept {
        for (std::uint16_t i = slots_[slot]; i != none; i = next_[i]) {
            std::string_view const text = phrases_[i].text;
            // Nearly always another word that shares the slot: its first letter says so without a call.
            if (folded[first.begin] != text[0]) continue;
            std::size_t const end = first.begin + text.size();
            if (folded.substr(first.begin, text.size()) != text) continue;
            if (end == folded.size() || folded[end] == ' ') return &phrases_[i];
        }
        return nullptr;
    }

    std::array<Phrase, N> phrases_;
    std::array<std::uint16_t, N> next_{};
    std::array<std::uint16_t, slot_count> slots_{};
    std::array<std::uint64_t, 64> starts_{};  // a bit for each hash of a first word
};

}  // namespace cl::consent
