// The command line of consent-verify.
#pragma once

#include "verify/options.hpp"

#include <optional>

namespace cl::verify {

enum class Format { text, json, sarif, junit, github };

struct Arguments {
    Options options;
    Format format = Format::text;
    bool quiet = false;
    bool list_checks = false;
};

/// Nothing if the program has nothing more to do (help, version, or a command line that cannot be meant: the user was told); then
/// `exit_code` is what to exit with: 0, or 2 for every failure.
[[nodiscard]] std::optional<Arguments> parse_arguments(int argc, char const* const* argv, int& exit_code);

}  // namespace cl::verify
