#include "api/app/import_command.hpp"

#include "api/import/part_file.hpp"
#include "api/import/rejected_line.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/sha256.hpp"
#include "ledger/service/data_dir.hpp"

#include <iostream>
#include <utility>

namespace cl::api::app {

namespace {

/// The name of a change: a digest under the contact key, which alone could lead back to the number in it.
Result<import::NameOf> namer(ImportArguments const& arguments) {
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

bool defines_an_account(std::string_view line) {
    auto parsed = json::parse(line, import::ndjson_line_bytes);
    if (auto const rejected = parsed ? import::row_of_rejected(*parsed) : std::nullopt) {
        parsed = json::parse(rejected->text, import::ndjson_line_bytes);
    }
    return parsed && parsed->as_object() != nullptr && parsed->as_object()->string("kind") == "account.defined";
}

}  // namespace

Result<import::Tally> ImportCommand::run(Context& context) {
    CL_TRY(open_files());
    CL_TRY(open_reader());
    if (arguments_.dry_run && !arguments_.data.empty()) {
        CL_TRY_ASSIGN(api_, LocalApi::rehearse(arguments_.data, arguments_.scratch, context));
    } else if (!arguments_.dry_run) {
        CL_TRY_ASSIGN(api_, LocalApi::open(arguments_.data, context));
    }
    CL_TRY(find_account());
    if (journal_) {
        CL_TRY_ASSIGN(bool const gone_on, go_on(*journal_));
        if (gone_on) {
            return finish();
        }
    }
    CL_TRY(start_over());
    return finish();
}

/// What will be written, before anything is read: that it does not take the place of something else, and that it can be.
Result<void> ImportCommand::open_files() {
    std::vector<import::Named> files{{"the input", arguments_.file == "-" ? "/dev/stdin" : arguments_.file}};
    for (auto const& [option, path] : {std::pair{"--rejects", &arguments_.rejects}, std::pair{"--state", &arguments_.state}}) {
        if (!path->empty()) {
            files.push_back({option, *path});
            files.push_back({std::string("the .part of ") + option, import::part_of(*path)});
        }
    }
    CL_TRY(import::all_different(files));
    if (!arguments_.state.empty()) {
        import::PartFile trial;
        CL_TRY(trial.open(arguments_.state));
        if (trial.made()) {
            trial.remove();
        }
        CL_TRY_ASSIGN(journal_, import::read_journal(arguments_.state));
    }
    return arguments_.rejects.empty() ? Result<void>() : rejects_.open(arguments_.rejects);
}

Result<void> ImportCommand::open_reader() {
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
    if (lines) {
        rejects_.of_lines();
    } else {
        CL_TRY_ASSIGN(options_.mapping, import::Mapping::make(reader_->header(), arguments_.wishes));
        shape_ = options_.mapping->shape();
        rejects_.of_columns(reader_->header());
    }
    CL_TRY_ASSIGN(options_.name_of, namer(arguments_));
    return {};
}

/// What rows mean depends on it; another meaning is another import.
Hash32 ImportCommand::wishes() const {
    std::string text = arguments_.account + "\n" + shape_ + "\n" + arguments_.wishes.platform + "\n" + arguments_.wishes.actor +
                       (arguments_.wishes.utc ? "\nutc" : "\n") + (arguments_.wishes.bare_numbers ? "\nbare" : "\n");
    for (auto const& [name, value] : arguments_.wishes.columns) text.append("\nmap ").append(name).append("=").append(value);
    for (auto const& [name, value] : arguments_.wishes.constants) text.append("\nset ").append(name).append("=").append(value);
    for (std::string_view const cell : reader_->header()) text.append("\n").append(cell);
    return sha256(text);
}

/// Said once, and not of each row. Lines may define the account that they belong to.
Result<void> ImportCommand::find_account() {
    if (api_ == nullptr) {
        return {};
    }
    bool const possible = consent::valid_account(arguments_.account);
    if (possible) {
        Request request;
        request.method = Method::get;
        request.path = "/v1/accounts/" + arguments_.account + "/changes";
        request.query.emplace_back("limit", "1");
        CL_TRY_ASSIGN(Response const response, api_->ask_now(std::move(request)));
        if (response.status != 404) {
            return response.status == 200 ? Result<void>() : problem_error(response);
        }
    }
    if (possible && !options_.mapping && defines_an_account(reader_->first_line())) {
        return {};
    }
    return fail(errc::not_found, "there is no account \"" + arguments_.account + "\" in this ledger: nothing was imported");
}

/// The entry that the journal names is in this ledger, as it was: else rows that were recorded may be lost.
Result<bool> ImportCommand::ledger_has(import::Journal const& journal) const {
    if (journal.seq < 0) {
        return true;
    }
    Request request;
    request.method = Method::get;
    request.path = "/v1/entries/" + std::to_string(journal.seq);
    CL_TRY_ASSIGN(Response const response, api_->ask_now(std::move(request)));
    return response.status == 200 && to_hex(leaf_hash(response.body)) == journal.leaf;
}

Result<bool> ImportCommand::go_on(import::Journal const& journal) {
    CL_TRY_ASSIGN(bool const there, ledger_has(journal));
    if (!there || journal.wishes != wishes()) {
        std::cerr << "consent-ledger: " << arguments_.state << " is of another import or ledger: from the first row\n";
        return false;
    }
    CL_TRY_ASSIGN(bool const kept, go_on_rejecting(journal));
    if (!kept) {
        std::cerr << "consent-ledger: the rows that were rejected before are not in " << arguments_.rejects
                  << ": from the first row\n";
        return false;
    }
    run_ = std::make_unique<ImportRun>(api_.get(), *reader_, rejects_, options_);
    CL_TRY_ASSIGN(bool const same, run_->go_on(journal));
    if (!same) {
        std::cerr << "consent-ledger: the file has changed since: from the first row\n";
        CL_TRY(open_reader());
        return false;
    }
    std::cerr << "consent-ledger: going on after row " << journal.tally.rows << '\n';
    return true;
}

/// A file of rejected rows has all of them, or the import does not go on but starts over.
Result<bool> ImportCommand::go_on_rejecting(import::Journal const& journal) {
    if (!rejects_.wanted()) {
        return true;
    }
    if (journal.tally.rejected == 0) {
        CL_TRY(rejects_.begin());
        return true;
    }
    return journal.rejects ? rejects_.go_on(*journal.rejects) : Result<bool>(false);
}

Result<void> ImportCommand::start_over() {
    if (rejects_.wanted()) {
        CL_TRY(rejects_.begin());
    }
    run_ = std::make_unique<ImportRun>(api_.get(), *reader_, rejects_, options_);
    run_->use_wishes(wishes());
    return {};
}

Result<import::Tally> ImportCommand::finish() {
    if (options_.mapping) {
        std::cerr << "consent-ledger: read as " << shape_ << ": " << options_.mapping->describe() << '\n';
    }
    auto const ran = run_->run();
    if (!ran) {
        if (rejects_.wanted() && rejects_.flush() && run_->tally().rejected > 0) {
            std::cerr << "consent-ledger: the rows that were rejected so far are in " << rejects_.part().string() << '\n';
        }
        return ran.error();
    }
    if (rejects_.wanted()) {
        CL_TRY(rejects_.finish());
    }
    return run_->tally();
}

}  // namespace cl::api::app
