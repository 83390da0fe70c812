// The settings of `serve` in a file: the same names as on the command line, which wins.
//
// Threads: the main thread.
#pragma once

#include "ledger/core/error.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace cl::api::app {

/// The arguments, program name aside, with what the file of `serve --config FILE` says put in where the command line does not say it. The
/// file is TOML: `listen = "127.0.0.1:8080"`, `insecure-http = true`. errc::usage, with the file's name and the line: the file cannot be read
/// or is no TOML, has a name that is no option of `serve`, a section, or a value that the option does not take: a text for a number, say.
[[nodiscard]] Result<std::vector<std::string>> with_config_file(CLI::App& cli, std::vector<std::string> arguments);

}  // namespace cl::api::app
