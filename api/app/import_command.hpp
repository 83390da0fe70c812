// One `import`: the files that it reads and writes opened, the ledger and the account found, how far an earlier one came, and the run to its end.
//
// Threads: the main thread.
#pragma once

#include "api/app/import_run.hpp"
#include "api/app/local_api.hpp"
#include "api/import/journal.hpp"
#include "api/import/members.hpp"
#include "api/import/rejects.hpp"
#include "api/import/row_reader.hpp"

#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::app {

/// What the command line says; it fits together.
struct ImportArguments {
    std::string data;
    std::string account;
    std::string file;
    std::string format;
    std::vector<std::string> map;
    std::vector<std::string> set;
    import::Wishes wishes{};
    std::string rejects;
    std::string state;
    std::string scratch;
    bool dry_run = false;
    bool json = false;
};

class ImportCommand {
public:
    /// `arguments` outlive it.
    explicit ImportCommand(ImportArguments const& arguments) : arguments_(arguments) {}

    /// errc::usage, not_found and io before the first row where it cannot be meant or cannot be done.
    [[nodiscard]] Result<import::Tally> run(Context& context);
    [[nodiscard]] std::string_view shape() const noexcept { return shape_; }

private:
    [[nodiscard]] Result<void> open_files();
    [[nodiscard]] Result<void> open_reader();
    [[nodiscard]] Result<void> find_account();
    [[nodiscard]] Hash32 wishes() const;
    [[nodiscard]] Result<bool> ledger_has(import::Journal const& journal) const;
    [[nodiscard]] Result<bool> go_on(import::Journal const& journal);
    [[nodiscard]] Result<bool> go_on_rejecting(import::Journal const& journal);
    [[nodiscard]] Result<void> start_over();
    [[nodiscard]] Result<import::Tally> finish();

    ImportArguments const& arguments_;
    std::unique_ptr<std::ifstream> file_;
    std::unique_ptr<import::RowReader> reader_;
    std::unique_ptr<LocalApi> api_;
    import::Rejects rejects_;
    std::optional<import::Journal> journal_;
    ImportRun::Options options_;
    std::unique_ptr<ImportRun> run_;
    std::string shape_;
};

}  // namespace cl::api::app
