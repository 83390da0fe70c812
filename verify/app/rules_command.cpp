// CLI11 behind one function, as in arguments.cpp.
#include "verify/app/rules_command.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace cl::verify {

int run_rules(int argc, char const* const* argv) {
    constexpr int usage = 2;
    constexpr int incomplete = 3;
    CLI::App app(
        "Prints every rule: what it objects to, on which ground, and what to do about it.\n\n"
        "Examples\n"
        "  consent-verify rules                       the page docs/rules.md\n"
        "  consent-verify rules --format json         for programs");
    app.name("consent-verify rules");
    std::string format = "markdown";
    app.add_option("--format", format, "markdown or json")->check(CLI::IsMember({"markdown", "json"}))->type_name("FORMAT");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error) == 0 ? 0 : usage;
    }
    std::string const text = format == "json" ? rules_json() : rules_page();
    bool const printed = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return printed ? 0 : incomplete;
}

}  // namespace cl::verify
