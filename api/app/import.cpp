// `import`: changes as NDJSON lines, appended without a server. The lines are those of POST …/changes; a line that was imported before
// is recognised by its source.record and changes nothing, so an interrupted import is simply run again.
#include "api/app/commands.hpp"
#include "api/handlers/change_batch.hpp"
#include "ledger/core/limits.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>

namespace cl::api::app {

namespace {

constexpr std::size_t lines_per_request = 1'000;
constexpr std::size_t requests_under_way = 4;
constexpr std::size_t faults_shown = 20;

struct Arguments {
    std::string data;
    std::string account;
    std::string file;
};

struct Tally {
    std::int64_t lines = 0;
    std::int64_t recorded = 0;
    std::int64_t replayed = 0;
    std::int64_t refused = 0;
};

/// Feeds lines to the service a request at a time, a few requests ahead of the writer.
class Importer {
public:
    Importer(service::Service& service, std::string account) : service_(service), account_(std::move(account)) {}

    Result<void> run(std::istream& in) {
        std::string line;
        while (std::getline(in, line)) {
            ++line_;
            body_ += line;
            body_ += '\n';
            numbers_.push_back(line_);
            if (numbers_.size() == lines_per_request) {
                CL_TRY(send());
            }
        }
        CL_TRY(send());
        while (!under_way_.empty()) {
            CL_TRY(take_one());
        }
        progress_.end();
        return {};
    }

    [[nodiscard]] Tally const& tally() const noexcept { return tally_; }

private:
    struct UnderWay {
        std::future<Result<service::AppendAnswer>> answer;
        std::vector<std::int64_t> numbers;
    };

    Result<void> send() {
        Request request;
        request.content_type = "application/x-ndjson";
        request.query.emplace_back("receipt", "none");
        request.body = std::exchange(body_, {});
        std::vector<std::int64_t> numbers;
        // Empty lines hold no change and get no result.
        std::size_t start = 0;
        for (std::int64_t const number : std::exchange(numbers_, {})) {
            auto const end = request.body.find('\n', start);
            bool const blank = end == start || (end == start + 1 && request.body[start] == '\r');
            if (!blank) {
                numbers.push_back(number);
            }
            start = end + 1;
        }
        if (numbers.empty()) {
            return {};
        }
        CL_TRY_ASSIGN(handlers::ChangeBatch batch, handlers::parse_batch(request));
        while (under_way_.size() >= requests_under_way) {
            CL_TRY(take_one());
        }
        service::AppendRequest append;
        append.account = account_;
        append.principal = service::Principal{"cli", consent::Role::admin, {"*"}};
        append.receipt = service::ReceiptDetail::none;
        append.items = std::move(batch.items);
        auto promise = std::make_shared<std::promise<Result<service::AppendAnswer>>>();
        under_way_.push_back({promise->get_future(), std::move(numbers)});
        service_.append(std::move(append),
                        [promise](Result<service::AppendAnswer> answer) { promise->set_value(std::move(answer)); });
        return {};
    }

    Result<void> take_one() {
        UnderWay one = std::move(under_way_.front());
        under_way_.pop_front();
        CL_TRY_ASSIGN(service::AppendAnswer const answer, one.answer.get());
        for (std::size_t i = 0; i < answer.results.size(); ++i) {
            count(answer.results[i], one.numbers[i]);
        }
        progress_.show(std::to_string(tally_.lines) + " lines, " + std::to_string(tally_.recorded) + " recorded");
        return {};
    }

    void count(service::ItemResult const& result, std::int64_t number) {
        ++tally_.lines;
        switch (result.status) {
        case service::ItemStatus::recorded: ++tally_.recorded; return;
        case service::ItemStatus::replayed: ++tally_.replayed; return;
        case service::ItemStatus::refused: break;
        }
        ++tally_.refused;
        if (static_cast<std::size_t>(tally_.refused) <= faults_shown && result.problem) {
            progress_.end();
            std::cerr << "line " << number << ": " << name(result.problem->code) << ": " << result.problem->detail
                      << (result.problem->pointer.empty() ? "" : " (at " + result.problem->pointer + ")") << '\n';
        }
    }

    service::Service& service_;
    std::string account_;
    std::string body_;
    std::vector<std::int64_t> numbers_;
    std::int64_t line_ = 0;
    std::deque<UnderWay> under_way_;
    Tally tally_;
    Progress progress_;
};

Result<Tally> import(Arguments const& arguments, Context& context) {
    std::ifstream file;
    if (arguments.file != "-") {
        file.open(arguments.file, std::ios::binary);
        if (!file) {
            return fail(errc::io, "cannot read " + arguments.file);
        }
    }
    CL_TRY_ASSIGN(auto const service, service::Service::open(arguments.data, context.environment(), service::Options{}));
    CL_TRY(service->wait_until_ready());
    Importer importer(*service, arguments.account);
    auto const done = importer.run(arguments.file == "-" ? std::cin : file);
    service->stop();
    CL_TRY(done);
    return importer.tally();
}

}  // namespace

void add_import(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand(
        "import", "Append changes from NDJSON lines, as POST /changes takes them; run it again after an interruption");
    command->add_option("--data", arguments->data, "The data directory; no server may be running on it")->required();
    command->add_option("--account", arguments->account, "The account the changes belong to; it must exist")->required();
    command->add_option("file", arguments->file, "NDJSON file; - is standard input")->required();
    command->callback([arguments, &context] {
        auto const tally = import(*arguments, context);
        if (!tally) {
            context.exit_code = report(tally.error());
            return;
        }
        std::cout << tally->lines << " lines: " << tally->recorded << " recorded, " << tally->replayed << " known already, "
                  << tally->refused << " refused\n";
        context.exit_code = tally->refused > 0 ? 3 : 0;
    });
}

}  // namespace cl::api::app
