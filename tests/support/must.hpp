// The value of a Result where a test takes success for granted.
//
// Threads: any.
#pragma once

#include "ledger/core/error.hpp"

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace cl::test {

/// The value; std::runtime_error with the kind and the sentence of the failure, which fails the case and ends a benchmark.
template <class T>
T must(Result<T> result) {
    if (!result) {
        Error const& error = result.error();
        throw std::runtime_error(std::string(name(error.code)) + ": " + error.detail + " " + error.pointer);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// The kind of failure; std::runtime_error if there was none.
template <class T>
errc why(Result<T> const& result) {
    if (result) throw std::runtime_error("expected a failure");
    return result.error().code;
}

}  // namespace cl::test
