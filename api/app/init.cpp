#include "api/app/commands.hpp"

#include <iostream>
#include <memory>

namespace cl::api::app {

void add_init(CLI::App& cli, Context& context) {
    struct Arguments {
        std::string data;
        std::string origin;
    };
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand("init", "Make a new data directory: keys, databases, entry 0");
    command->add_option("--data", arguments->data, "The directory to make")->required();
    command
        ->add_option("--origin", arguments->origin,
                     "The log's name in every checkpoint, like ledger.example.com; it cannot change later")
        ->required();
    command->callback([arguments, &context] {
        auto const made = service::init_data_dir(arguments->data, arguments->origin, context.environment());
        if (!made) {
            context.exit_code = report(made.error());
            return;
        }
        std::cout << "Made " << arguments->data << " for " << arguments->origin << ".\n"
                  << "Keep a copy of keys/ somewhere safe: without contact.key no number can be found again.\n";
    });
}

}  // namespace cl::api::app
