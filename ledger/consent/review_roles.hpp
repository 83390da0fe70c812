// Revocations that no list of phrases can hold: words of certain roles close to each other. "Take this number out of your
// database", "stop with these annoying texts", "do not ever contact me": who is asked to cease, what, and to whom.
//
// Threads: a finder belongs to one message; the tables are constants.
#pragma once

#include "ledger/consent/phrase_index.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cl::consent {

/// What a rule of roles found. Static storage.
struct RoleMatch {
    std::string_view keyword;
    std::string_view language;
};

/// How many rules there are.
inline constexpr std::size_t role_rule_count = 19;

/// Goes over a folded message word by word. Constant time a word, whatever came before it.
class RoleFinder {
public:
    /// The rule that the word completes, or null. Words come in their order, each once.
    [[nodiscard]] RoleMatch const* next(std::string_view folded, Word const& word) noexcept;

    /// Whether the last words turn what follows into its opposite: "don't [stop]", "I don't want to [unsubscribe]", but not
    /// "you don't [stop]", which is a complaint.
    [[nodiscard]] bool negated() const noexcept { return negated_ > 0; }

private:
    void note_negation(std::uint32_t role) noexcept;

    std::uint16_t at_ = 1;  // words so far, far behind the zeros below only as a difference; long messages wrap harmlessly
    std::uint8_t negated_ = 0;
    std::uint32_t before_ = 0;  // roles of the word before
    std::uint32_t seen_ = 0;    // which rules have begun
    std::array<std::uint16_t, role_rule_count> first_{};
    std::array<std::uint16_t, role_rule_count> second_{};
    std::uint32_t half_ = 0;  // which rules are at their second role
};

}  // namespace cl::consent
