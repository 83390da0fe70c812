#include "api/app/config_file.hpp"

#include "api/files.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>

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

/// `file:3`, the last line that begins with the option's name; the file alone where there is none.
std::string place_of(std::string const& file, std::string_view text, std::string_view name) {
    std::size_t number = 0;
    std::size_t found = 0;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        line.remove_prefix(std::min(line.find_first_not_of(" \t\"'["), line.size()));
        bool const begins = line.starts_with(name) && line.substr(name.size()).find_first_of(" \t=]\"'\r") == 0;
        found = begins || line == name ? number : found;
    }
    return found == 0 ? file : file + ":" + std::to_string(found);
}

/// The argument that an item of the file stands for; empty: a flag that is not set.
Result<std::string> argument_of(CLI::App const& command, CLI::ConfigItem const& item, std::string const& place) {
    auto const wrong = [&](std::string const& why) { return fail(errc::usage, place + ": `" + item.fullname() + "` " + why); };
    std::string const name = "--" + item.name;
    if (!item.parents.empty()) {
        return wrong("is in a section; the file has none");
    }
    CLI::Option const* const option = command.get_option_no_throw(name);
    if (option == nullptr || name == file_option || name == "--help") {
        return wrong("is no option of serve");
    }
    if (item.inputs.size() != 1) {
        return wrong("must have one value, once");
    }
    std::string const& value = item.inputs.front();
    if (option->get_expected_max() > 0) {
        return name + "=" + value;
    }
    if (value != "true" && value != "false") {
        return wrong("must be true or false");
    }
    return value == "true" ? name : std::string();
}

}  // namespace

Result<std::vector<std::string>> with_config_file(CLI::App const& cli, std::vector<std::string> arguments) {
    auto const serve = std::find(arguments.begin(), arguments.end(), "serve");
    auto const file = serve == arguments.begin() ? file_named(arguments) : std::nullopt;
    if (!file) {
        return arguments;
    }
    auto text = read_file(*file, limits::config_file_bytes);
    if (!text) {
        return fail(errc::usage, text.error().detail);
    }
    CLI::App const& command = *cli.get_subcommand("serve");
    std::set<std::string, std::less<>> said;
    for (std::string const& argument : arguments) {
        said.emplace(name_of(argument));
    }
    std::set<std::string> in_file;
    std::vector<std::string> more;
    std::istringstream in(*text);
    for (CLI::ConfigItem const& item : CLI::ConfigTOML().from_config(in)) {
        std::string const place = place_of(*file, *text, item.fullname());
        CL_TRY_ASSIGN(std::string argument, argument_of(command, item, place));
        // Neighbours of one name come as one item of two values, which argument_of refuses.
        if (!in_file.insert(item.name).second) {
            return fail(errc::usage, place + ": `" + item.name + "` must have one value, once");
        }
        if (!argument.empty() && said.find("--" + item.name) == said.end()) {
            more.push_back(std::move(argument));
        }
    }
    arguments.insert(std::next(serve), more.begin(), more.end());
    return arguments;
}

}  // namespace cl::api::app
