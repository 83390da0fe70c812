// `import`: changes as NDJSON lines, those of POST …/changes, and posted as such, whether a server runs or not. A line that was imported
// before is recognised by its source.record and changes nothing, so an interrupted import is simply run again.
#include "api/app/commands.hpp"
#include "api/app/local_api.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <chrono>
#include <deque>
#include <fstream>
#include <future>
#include <iostream>
#include <memory>
#include <thread>

namespace cl::api::app {

namespace {

constexpr std::size_t lines_per_request = 1'000;
constexpr std::size_t requests_under_way = 4;
constexpr std::size_t faults_shown = 20;
constexpr int patience = 60;  // a busy server is asked again, so many times
constexpr auto pause = std::chrono::seconds(1);
constexpr std::size_t answer_line_bytes = 65'536;

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

/// Posts lines a request at a time, a few requests ahead of the writer.
class Importer {
public:
    Importer(LocalApi& api, std::string account) : api_(api), account_(std::move(account)) {}

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
        Request request;  ///< kept, should the server be busy
        std::future<Result<Response>> answer;
        std::vector<std::int64_t> numbers;
    };

    Result<void> send() {
        Request request;
        request.method = Method::post;
        request.path = "/v1/accounts/" + account_ + "/changes";
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
        while (under_way_.size() >= requests_under_way) {
            CL_TRY(take_one());
        }
        auto answer = api_.ask(request);
        under_way_.push_back({std::move(request), std::move(answer), std::move(numbers)});
        return {};
    }

    Result<void> take_one() {
        UnderWay one = std::move(under_way_.front());
        under_way_.pop_front();
        CL_TRY_ASSIGN(Response response, one.answer.get());
        for (int tries = 0; response.status == 503 && tries < patience; ++tries) {
            std::this_thread::sleep_for(pause);
            CL_TRY_ASSIGN(response, api_.ask_now(one.request));
        }
        if (response.status != 200) {
            return problem_error(response);
        }
        std::string_view lines = response.body;
        for (std::int64_t const number : one.numbers) {
            auto const end = lines.find('\n');
            CL_TRY_ASSIGN(json::Value const result, json::parse(lines.substr(0, end), answer_line_bytes));
            if (result.as_object() == nullptr || end == lines.npos) {
                return fail(errc::io, "the server's answer is not understood");
            }
            count(*result.as_object(), number);
            lines.remove_prefix(end + 1);
        }
        progress_.show(std::to_string(tally_.lines) + " lines, " + std::to_string(tally_.recorded) + " recorded");
        return {};
    }

    void count(json::Object const& result, std::int64_t number) {
        ++tally_.lines;
        std::string_view const status = result.string("status");
        if (status == "recorded") {
            ++tally_.recorded;
            return;
        }
        if (status == "replayed") {
            ++tally_.replayed;
            return;
        }
        ++tally_.refused;
        json::Value const* const problem = result.find("problem");
        if (static_cast<std::size_t>(tally_.refused) <= faults_shown && problem != nullptr && problem->as_object() != nullptr) {
            Response told;
            json::write(*problem, told.body);
            Error const error = problem_error(told);
            progress_.end();
            std::cerr << "line " << number << ": " << problem->as_object()->string("code") << ": " << error.detail
                      << (error.pointer.empty() ? "" : " (at " + error.pointer + ")") << '\n';
        }
    }

    LocalApi& api_;
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
    CL_TRY_ASSIGN(auto const api, LocalApi::open(arguments.data, context));
    Importer importer(*api, arguments.account);
    CL_TRY(importer.run(arguments.file == "-" ? std::cin : file));
    return importer.tally();
}

}  // namespace

void add_import(CLI::App& cli, Context& context) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = cli.add_subcommand(
        "import", "Append changes from NDJSON lines, as POST /changes takes them; run it again after an interruption");
    command->add_option("--data", arguments->data, "The data directory; a server may be running on it")->required();
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
