// `import`: opt-out lists, exports of contacts and changes as NDJSON lines, posted as POST …/changes takes them, whether a server runs or not. A
// row that was imported before is recognised and changes nothing, so an interrupted import is simply run again.
#include "api/app/commands.hpp"
#include "api/app/import_run.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/sha256.hpp"
#include "ledger/service/data_dir.hpp"

#include <fstream>
#include <iostream>
#include <memory>

namespace cl::api::app {

namespace {

struct Arguments {
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

/// `COLUMN=MEMBER`, at the last `=`: names of columns may have one.
Result<void> split(std::vector<std::string> const& given, std::string_view option, bool at_last,
                   std::map<std::string, std::string>& out) {
    for (std::string const& one : given) {
        std::size_t const sign = at_last ? one.rfind('=') : one.find('=');
        if (sign == std::string::npos || sign == 0 || sign + 1 == one.size()) {
            return fail(errc::usage, std::string(option) + " must be NAME=VALUE");
        }
        if (!out.emplace(one.substr(0, sign), one.substr(sign + 1)).second) {
            return fail(errc::usage, std::string(option) + ": \"" + one.substr(0, sign) + "\" is given twice");
        }
    }
    return {};
}

Result<void> check(Arguments& arguments) {
    CL_TRY(split(arguments.map, "--map", true, arguments.wishes.columns));
    CL_TRY(split(arguments.set, "--set", false, arguments.wishes.constants));
    if (!arguments.dry_run && (arguments.data.empty() || arguments.account.empty())) {
        return fail(errc::usage, "--data and --account are required, but for --dry-run");
    }
    if (arguments.data.empty() != arguments.account.empty()) {
        return fail(errc::usage, "--data and --account belong together");
    }
    if (!arguments.scratch.empty() && (!arguments.dry_run || arguments.data.empty())) {
        return fail(errc::usage, "--scratch is for --dry-run with --data");
    }
    if (!arguments.state.empty() && arguments.file == "-") {
        return fail(errc::usage, "--state needs a file that can be read again, not standard input");
    }
    if (!arguments.state.empty() && arguments.dry_run) {
        return fail(errc::usage, "--state and --dry-run exclude each other");
    }
    if (arguments.format != "ndjson") {
        arguments.wishes.shape = arguments.format;
    }
    return {};
}

/// The name of a change: a digest under the contact key, which alone could lead back to the number in it.
Result<import::NameOf> namer(Arguments const& arguments) {
    if (arguments.data.empty()) {
        return import::NameOf([](std::string_view) { return std::string("import"); });
    }
    CL_TRY_ASSIGN(SecretBytes secret, read_key_file(service::DataDir{arguments.data}.contact_key()));
    auto const key = std::make_shared<ContactKey const>(std::move(secret));
    return import::NameOf([key, account = arguments.account](std::string_view text) {
        constexpr std::size_t digits = 40;
        return "import-" + to_hex(key->request_key(account, "import", text, 0)).substr(0, digits);
    });
}

/// One import from the opened file to its summary.
class Command {
public:
    explicit Command(Arguments const& arguments) : arguments_(arguments) {}

    Result<import::Tally> run(Context& context) {
        CL_TRY(open_reader());
        if (arguments_.dry_run && !arguments_.data.empty()) {
            CL_TRY_ASSIGN(api_, LocalApi::rehearse(arguments_.data, arguments_.scratch, context));
        } else if (!arguments_.dry_run) {
            CL_TRY_ASSIGN(api_, LocalApi::open(arguments_.data, context));
        }
        if (!arguments_.state.empty()) {
            if (auto const journal = import::read_journal(arguments_.state)) {
                CL_TRY_ASSIGN(bool const gone_on, go_on(*journal));
                if (gone_on) {
                    return finish();
                }
            }
        }
        CL_TRY(start_over());
        return finish();
    }

    [[nodiscard]] import::Tally tally() const { return run_ ? run_->tally() : import::Tally{}; }
    [[nodiscard]] std::string_view shape() const noexcept { return shape_; }

private:
    Result<void> open_reader() {
        if (arguments_.file != "-") {
            file_ = std::make_unique<std::ifstream>(arguments_.file, std::ios::binary);
            if (!*file_) {
                return fail(errc::io, "cannot read " + arguments_.file);
            }
            std::error_code error;
            auto const size = std::filesystem::file_size(arguments_.file, error);
            options_.file_bytes = error ? 0 : size;
        }
        reader_ = std::make_unique<import::RowReader>(file_ ? static_cast<std::istream&>(*file_) : std::cin);
        CL_TRY(reader_->begin(arguments_.format == "ndjson"));
        bool const lines = reader_->form() == import::Form::ndjson;
        if (lines && !arguments_.format.empty() && arguments_.format != "ndjson") {
            return fail(errc::usage, "the file is NDJSON, not what --format says");
        }
        options_.account = arguments_.account;
        options_.state = arguments_.state;
        options_.mapping.reset();
        shape_ = "ndjson";
        if (!lines) {
            CL_TRY_ASSIGN(options_.mapping, import::Mapping::make(reader_->header(), arguments_.wishes));
            shape_ = options_.mapping->shape();
        }
        CL_TRY_ASSIGN(options_.name_of, namer(arguments_));
        return {};
    }

    /// What rows mean depends on it; another meaning is another import.
    [[nodiscard]] Hash32 wishes() const {
        std::string text = arguments_.account + "\n" + shape_ + "\n" + arguments_.wishes.platform + "\n" +
                           arguments_.wishes.actor + (arguments_.wishes.utc ? "\nutc" : "\n") +
                           (arguments_.wishes.bare_numbers ? "\nbare" : "\n");
        for (auto const& [name, value] : arguments_.wishes.columns)
            text.append("\nmap ").append(name).append("=").append(value);
        for (auto const& [name, value] : arguments_.wishes.constants)
            text.append("\nset ").append(name).append("=").append(value);
        for (std::string_view const cell : reader_->header()) text.append("\n").append(cell);
        return sha256(text);
    }

    /// The entry that the journal names is in this ledger, as it was: else rows that were recorded may be lost.
    [[nodiscard]] Result<bool> ledger_has(import::Journal const& journal) const {
        if (journal.seq < 0) {
            return true;
        }
        Request request;
        request.method = Method::get;
        request.path = "/v1/entries/" + std::to_string(journal.seq);
        CL_TRY_ASSIGN(Response const response, api_->ask_now(std::move(request)));
        return response.status == 200 && to_hex(leaf_hash(response.body)) == journal.leaf;
    }

    Result<bool> go_on(import::Journal const& journal) {
        CL_TRY_ASSIGN(bool const there, ledger_has(journal));
        if (!there || journal.wishes != wishes()) {
            std::cerr << "consent-ledger: " << arguments_.state << " is of another import or ledger: from the first row\n";
            return false;
        }
        run_ = std::make_unique<ImportRun>(api_.get(), *reader_, rejects_, options_);
        CL_TRY_ASSIGN(bool const same, run_->go_on(journal));
        if (!same) {
            std::cerr << "consent-ledger: the file has changed since: from the first row\n";
            CL_TRY(open_reader());
            return false;
        }
        CL_TRY(open_rejects(journal.reject_bytes));
        std::cerr << "consent-ledger: going on after row " << journal.tally.rows << '\n';
        return true;
    }

    Result<void> start_over() {
        CL_TRY(open_rejects(0));
        run_ = std::make_unique<ImportRun>(api_.get(), *reader_, rejects_, options_);
        run_->use_wishes(wishes());
        return {};
    }

    Result<void> open_rejects(std::uint64_t keep) {
        if (arguments_.rejects.empty()) {
            return {};
        }
        CL_TRY(rejects_.open(arguments_.rejects, keep));
        return rejects_.header(options_.mapping ? reader_->header() : std::vector<std::string_view>{"row"});
    }

    Result<import::Tally> finish() {
        if (options_.mapping) {
            std::cerr << "consent-ledger: read as " << shape_ << ": " << options_.mapping->describe() << '\n';
        }
        CL_TRY(run_->run());
        return run_->tally();
    }

    Arguments const& arguments_;
    std::unique_ptr<std::ifstream> file_;
    std::unique_ptr<import::RowReader> reader_;
    std::unique_ptr<LocalApi> api_;
    import::Rejects rejects_;
    ImportRun::Options options_;
    std::unique_ptr<ImportRun> run_;
    std::string shape_;
};

void print(import::Tally const& tally, Arguments const& arguments, std::string_view shape) {
    if (arguments.json) {
        json::Object kinds;
        for (auto const& [kind, number] : tally.kinds) {
            kinds.set(kind, number);
        }
        std::cout << json::write(json::Object{{"format", shape},
                                              {"dry_run", arguments.dry_run},
                                              {"rows", tally.rows},
                                              {"changes", tally.changes},
                                              {"recorded", tally.recorded},
                                              {"known", tally.known},
                                              {"rejected", tally.rejected},
                                              {"kinds", std::move(kinds)}})
                  << '\n';
        return;
    }
    std::cout << tally.rows << (shape == "ndjson" ? " lines: " : " rows: ");
    if (arguments.dry_run && arguments.data.empty()) {
        std::cout << tally.changes << " changes to post, " << tally.rejected << " rejected\n";
    } else if (arguments.dry_run) {
        std::cout << tally.recorded << " would be recorded, " << tally.known << " are known already, " << tally.rejected
                  << " would be refused\n";
    } else {
        std::cout << tally.recorded << " recorded, " << tally.known << " known already, " << tally.rejected << " refused\n";
    }
    if (shape == "ndjson" && !arguments.data.empty()) {
        return;
    }
    for (auto const& [kind, number] : tally.kinds) {
        std::cout << "  " << number << ' ' << (kind.empty() ? "(no kind)" : kind) << '\n';
    }
}

int import_file(Arguments& arguments, Context& context) {
    if (auto const good = check(arguments); !good) {
        return report(good.error());
    }
    Command command(arguments);
    auto const tally = command.run(context);
    if (!tally) {
        return report(tally.error());
    }
    print(*tally, arguments, command.shape());
    return tally->rejected > 0 ? 3 : 0;
}

}  // namespace

void add_import(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand(
        "import", "Append an opt-out list, an export of contacts or changes as NDJSON; run it again after an interruption");
    command->add_option("--data", arguments->data, "The data directory; a server may be running on it");
    command->add_option("--account", arguments->account, "The account the rows belong to; it must exist");
    command->add_option("--format", arguments->format, "What the file is; told from its first row otherwise: docs/import.md")
        ->check(CLI::IsMember({"aws", "twilio", "azure", "csv", "ndjson"}));
    command->add_option("--map", arguments->map, "A column and what it is, or - for nothing; may be repeated")
        ->type_name("COLUMN=MEMBER")
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--set", arguments->set, "What all rows have where no column says so; may be repeated")
        ->type_name("MEMBER=VALUE")
        ->allow_extra_args(false)
        ->take_all();
    command->add_flag("--utc", arguments->wishes.utc, "Times without a zone are UTC");
    command->add_flag("--bare-numbers", arguments->wishes.bare_numbers, "Numbers have their country code and no +");
    command->add_option("--platform", arguments->wishes.platform, "source.platform of the entries; the format otherwise");
    command->add_option("--actor", arguments->wishes.actor, "actor.id of the entries")->capture_default_str();
    command->add_flag("--dry-run", arguments->dry_run,
                      "Say what would become of every row and write nothing; without --data, what could be posted at all");
    command->add_option("--scratch", arguments->scratch, "Where a dry run may have working files (default: the system's)")
        ->type_name("DIR");
    command->add_option("--rejects", arguments->rejects, "Rows that are not taken, with line and reason, as CSV (mode 0600)")
        ->type_name("FILE");
    command->add_option("--state", arguments->state, "Remember here how far it came, and go on from there")->type_name("FILE");
    command->add_flag("--json", arguments->json, "The summary as one JSON object");
    command->add_option("file", arguments->file, "The file; - is standard input")->required();
    command->callback([arguments, &context] { context.exit_code = import_file(*arguments, context); });
}

}  // namespace cl::api::app
