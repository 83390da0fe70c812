// A text as the screens read it: folded words and numbers, each with the sign that stood before it.
//
// Threads: values; pure functions, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cl::consent {

/// A run of letters, or of digits and letters, folded as the classifier folds. Zero-width and combining characters are gone, digits of
/// every script are ASCII.
struct ScreenToken {
    std::string_view text;  ///< points into ScreenText::folded
    std::uint32_t hash = 0;
    char before =
        ' ';  ///< what parts it from the token before: ' ', or the one sign among - . / @ # : , that stands alone there
    bool glued = false;   ///< that sign, and no blank on either side of it
    bool digits = false;  ///< nothing but digits
    bool number = false;  ///< some digit
};

/// The tokens of a text.
class ScreenText {
public:
    explicit ScreenText(std::string_view text);
    ScreenText(ScreenText const&) = delete;  // the tokens point into it
    ScreenText& operator=(ScreenText const&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return tokens_.size(); }
    /// The token at `i`; an empty one past the end.
    [[nodiscard]] ScreenToken const& at(std::size_t i) const noexcept { return i < tokens_.size() ? tokens_[i] : none_; }

private:
    std::string folded_;
    std::vector<ScreenToken> tokens_;
    ScreenToken none_;
};

}  // namespace cl::consent
