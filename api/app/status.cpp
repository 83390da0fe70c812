#include "api/app/commands.hpp"
#include "ledger/core/note.hpp"

#include <iostream>
#include <memory>

namespace cl::api::app {

void add_status(CLI::App& cli, Context& context) {
    auto data = std::make_shared<std::string>();
    CLI::App* command = cli.add_subcommand("status", "What is in a data directory; works beside a running server");
    command->add_option("--data", *data, "The data directory")->required();
    command->callback([data, &context] {
        auto const status = service::read_status(*data);
        if (!status) {
            context.exit_code = report(status.error());
            return;
        }
        std::cout << "origin         " << status->origin << '\n'
                  << "entries        " << status->size << '\n'
                  << "last recorded  " << (status->last_recorded ? format_time(*status->last_recorded) : "never") << '\n'
                  << "root           " << to_hex(status->root) << '\n'
                  << "key            " << status->vkey << '\n'
                  << "served by      " << (status->server_pid > 0 ? "process " + std::to_string(status->server_pid) : "nobody")
                  << '\n';
    });
}

}  // namespace cl::api::app
