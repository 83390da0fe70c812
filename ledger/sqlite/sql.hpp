// SQL as a type: only text that the compiler has seen. There is no way to run SQL made at run time, so there is nothing to inject into.
//
// Threads: a plain value, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace cl::sqlite {

/// A string literal, or a constexpr char array. Parameters are written ?1, ?2 …
class Sql {
public:
    template <std::size_t N>
    consteval Sql(char const (&text)[N]) : text_(text, N - 1) {}  // implicit on purpose: prepare("SELECT …")

    [[nodiscard]] constexpr std::string_view text() const noexcept { return text_; }

private:
    std::string_view text_;
};

}  // namespace cl::sqlite
