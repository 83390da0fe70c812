#include "api/app/commands.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

struct Arguments {
    std::string data;
    std::string format = "ndjson";
    std::string output = "-";
};

Result<void> write_lines(Arguments const& arguments, std::ostream& out) {
    CL_TRY(service::export_ndjson(arguments.data, [&out](std::string_view line) -> Result<void> {
        out << line;
        return out ? Result<void>{} : fail(errc::io, "the export could not be written");
    }));
    out.flush();
    return out ? Result<void>{} : fail(errc::io, "the export could not be written");
}

Result<void> export_to(Arguments const& arguments) {
    if (arguments.format == "tiles") {
        if (arguments.output == "-") {
            return fail(errc::usage, "--format tiles needs --output DIRECTORY");
        }
        return service::export_tiles(arguments.data, arguments.output);
    }
    if (arguments.output == "-") {
        return write_lines(arguments, std::cout);
    }
    // Under another name until it is whole: a reader must never take half an export for an export.
    std::filesystem::path const target = arguments.output;
    std::filesystem::path part = target;
    part += ".part";
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    if (!out) {
        return fail(errc::io, "cannot write " + part.string() + ": " + std::strerror(errno));
    }
    auto const written = write_lines(arguments, out);
    out.close();
    std::error_code error;
    if (!written) {
        std::filesystem::remove(part, error);
        return written;
    }
    std::filesystem::rename(part, target, error);
    return error ? Result<void>(fail(errc::io, "cannot name the export " + target.string() + ": " + error.message()))
                 : Result<void>{};
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
