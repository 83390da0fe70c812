#include "api/app/config_file.hpp"

#include "api/files.hpp"
#include "ledger/core/limits.hpp"

// Its headers alone: what is wrong with a file is then a value, where Debian's library throws.
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <toml++/toml.h>

namespace cl::api::app {

namespace {

constexpr std::string_view file_option = "--config";

/// `--name` of `--name` and of `--name=value`.
std::string_view name_of(std::string_view argument) {
    return argument.substr(0, argument.find('='));
}

std::optional<std::string> file_named(std::vector<std::string> const& arguments) {
    auto const found =
        std::find_if(arguments.begin(), arguments.end(), [](std::string const& one) { return name_of(one) == file_option; });
    if (found == arguments.end()) {
        return std::nullopt;
    }
    if (found->size() > file_option.size()) {
        return found->substr(file_option.size() + 1);
    }
    // Without a file's name the command line is wrong anyway, and said to be.
    return std::next(found) == arguments.end() ? std::nullopt : std::optional(*std::next(found));
}

bool is_number(CLI::Option const& option) {
    return option.get_type_name().starts_with("UINT");
}

/// What the option's own check says of a value; empty where it takes it.
std::string objection(CLI::Option& option, std::string value) {
    try {
        return (*option.get_validator(""))(value);
    } catch (CLI::OptionNotFound const&) {  // it has none
        return {};
    }
}

/// A value of the option's type, as it stands on the command line; nothing where it is of another one.
std::optional<std::string> value_of(CLI::Option const& option, toml::node const& node) {
    if (option.get_expected_max() == 0) {
        auto const flag = node.value_exact<bool>();
        return flag ? std::optional<std::string>(*flag ? "true" : "false") : std::nullopt;
    }
    if (is_number(option)) {
        auto const number = node.value_exact<std::int64_t>();
        return number ? std::optional(std::to_string(*number)) : std::nullopt;
    }
    return node.value_exact<std::string>();
}

char const* type_of(CLI::Option const& option) {
    if (option.get_expected_max() == 0) {
        return "must be true or false";
    }
    return is_number(option) ? "must be a whole number, without quotes" : "must be a text in quotes";
}

/// The argument that an item of the file stands for; empty: a flag that is not set.
Result<std::string> argument_of(CLI::App& command, std::string const& key, toml::node const& node, std::string const& file) {
    auto const wrong = [&](std::string const& why) {
        return fail(errc::usage, file + ":" + std::to_string(node.source().begin.line) + ": `" + key + "` " + why);
    };
    std::string const name = "--" + key;
    if (node.is_table() || node.is_array_of_tables()) {
        return wrong("is a section; the file has none");
    }
    CLI::Option* const option = command.get_option_no_throw(name);
    if (option == nullptr || name == file_option || name == "--help") {
        return wrong("is no option of serve");
    }
    auto const value = value_of(*option, node);
    if (!value) {
        return wrong(type_of(*option));
    }
    if (option->get_expected_max() == 0) {
        return *value == "true" ? name : std::string();
    }
    if (value->empty()) {
        return wrong("must not be empty");  // and `--name=` would take what follows for its value
    }
    std::string const why = objection(*option, *value);
    return why.empty() ? Result<std::string>(name + "=" + *value) : wrong("is not acceptable: " + why);
}

}  // namespace

Result<std::vector<std::string>> with_config_file(CLI::App& cli, std::vector<std::string> arguments) {
    auto const serve = std::find(arguments.begin(), arguments.end(), "serve");
    auto const file = serve == arguments.begin() ? file_named(arguments) : std::nullopt;
    if (!file) {
        return arguments;
    }
    auto const text = read_file(*file, limits::config_file_bytes);
    if (!text) {
        return fail(errc::usage, text.error().detail);
    }
    auto const parsed = toml::parse(*text);
    if (!parsed) {
        return fail(errc::usage, *file + ":" + std::to_string(parsed.error().source().begin.line) +
                                     ": this is no TOML: " + std::string(parsed.error().description()));
    }
    std::set<std::string, std::less<>> said;
    for (std::string const& argument : arguments) {
        said.emplace(name_of(argument));
    }
    std::vector<std::string> more;
    for (auto const& [key, node] : parsed.table()) {
        std::string const name(key.str());
        CL_TRY_ASSIGN(std::string argument, argument_of(*cli.get_subcommand("serve"), name, node, *file));
        if (!argument.empty() && said.find("--" + name) == said.end()) {
            more.push_back(std::move(argument));
        }
    }
    arguments.insert(std::next(serve), more.begin(), more.end());
    return arguments;
}

}  // namespace cl::api::app
