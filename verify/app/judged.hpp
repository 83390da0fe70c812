// What both commands are told in words about how to judge: --at and --fail-on.
#pragma once

#include "verify/options.hpp"

#include <optional>
#include <string>

namespace cl::verify {

/// Takes both words into `options`; an empty `at` leaves the time as it is. The sentence for words that cannot be meant, or nothing.
[[nodiscard]] std::optional<std::string> take_judging(std::string const& at, std::string const& fail_on, Options& options);

}  // namespace cl::verify
