#include "api/app/commands.hpp"

#include <memory>
#include <ostream>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string format = "ndjson";
    std::string output = "-";
};

Result<void> export_to(Arguments const& arguments) {
    if (arguments.format == "tiles") {
        if (arguments.output == "-") {
            return fail(errc::usage, "--format tiles needs --output DIRECTORY");
        }
        return service::export_tiles(arguments.data, arguments.output);
    }
    return write_whole(arguments.output, [&arguments](std::ostream& out) {
        return service::export_ndjson(arguments.data, [&out](std::string_view line) -> Result<void> {
            out << line;
            return out ? Result<void>{} : fail(errc::io, "the export could not be written");
        });
    });
}

}  // namespace

void add_export(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand("export", "Write the whole ledger out; works beside a running server");
    command->add_option("--data", arguments->data, "The data directory")->required();
    command->add_option("--format", arguments->format, "ndjson (entries and a trailer) or tiles (a static C2SP directory)")
        ->check(CLI::IsMember({"ndjson", "tiles"}))
        ->capture_default_str();
    command->add_option("--output,-o", arguments->output, "A file or directory; - is standard output")->capture_default_str();
    command->callback([arguments, &context] {
        auto const done = export_to(*arguments);
        if (!done) {
            context.exit_code = report(done.error());
        }
    });
}

}  // namespace cl::api::app
