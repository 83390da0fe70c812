// `consent-verify rules`: every rule that the programs know, as the page docs/rules.md or as JSON.
#pragma once

#include <string>

namespace cl::verify {

/// `argv[0]` is the word `rules`. Returns the exit code; the rules are on stdout.
[[nodiscard]] int run_rules(int argc, char const* const* argv);

/// docs/rules.md, byte for byte. Pure, any thread.
[[nodiscard]] std::string rules_page();
/// The same as one JSON object, `schema_version` 1.
[[nodiscard]] std::string rules_json();

}  // namespace cl::verify
