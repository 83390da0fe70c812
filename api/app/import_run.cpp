#include "api/app/import_run.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <chrono>
#include <iostream>
#include <thread>

namespace cl::api::app {

namespace {

constexpr std::size_t requests_under_way = 4;
constexpr int patience = 60;  // a busy server is asked again, so many times
constexpr auto pause = std::chrono::seconds(1);
constexpr std::size_t answer_line_bytes = 65'536;

std::string told(std::string_view code, Error const& error) {
    std::string out = std::string(code) + ": " + error.detail;
    return error.pointer.empty() ? out : out + " (at " + error.pointer + ")";
}

std::string problem_of(json::Object const& result) {
    json::Value const* const problem = result.find("problem");
    if (problem == nullptr || problem->as_object() == nullptr) {
        return "refused";
    }
    Response response;
    json::write(*problem, response.body);
    return told(problem->as_object()->string("code"), problem_error(response));
}

}  // namespace

Result<bool> ImportRun::go_on(import::Journal const& journal) {
    import::Row row;
    Hash32 digest{};
    for (std::int64_t i = 0; i < journal.tally.rows; ++i) {
        CL_TRY_ASSIGN(bool const more, reader_.next(row));
        if (!more) {
            return false;
        }
        digest = import::with_row(digest, row.text);
    }
    if (digest != journal.rows) {
        return false;
    }
    journal_ = journal;
    digest_ = digest;
    return true;
}

Result<void> ImportRun::run() {
    import::Row row;
    for (;;) {
        CL_TRY_ASSIGN(bool const more, reader_.next(row));
        if (!more) {
            break;
        }
        CL_TRY(take_row(row));
    }
    CL_TRY(send());
    while (!under_way_.empty()) {
        CL_TRY(take_one());
    }
    progress_.end();
    return {};
}

Result<std::vector<std::string>> ImportRun::changes_of(import::Row const& row, std::vector<std::string>& kinds) const {
    if (!row.fault.empty()) {
        return fail(errc::invalid, row.fault);
    }
    std::vector<std::string> out;
    if (!options_.mapping) {
        auto const parsed = json::parse(row.text, limits::stream_line_bytes);
        kinds.emplace_back(parsed && parsed->as_object() != nullptr ? parsed->as_object()->string("kind") : std::string_view{});
        out.emplace_back(row.text);
        if (api_ == nullptr) {
            CL_TRY(parsed);
            CL_TRY(consent::parse_change(*parsed));
        }
        return out;
    }
    CL_TRY_ASSIGN(auto const changes, options_.mapping->changes(row.cells, options_.name_of));
    for (json::Object const& change : changes) {
        kinds.emplace_back(change.string("kind"));
        out.push_back(json::write(change));
        if (api_ == nullptr) {
            CL_TRY(consent::parse_change(change));
        }
    }
    return out;
}

Result<void> ImportRun::take_row(import::Row const& row) {
    digest_ = import::with_row(digest_, row.text);
    PostedRow posted{row.line, std::string(row.text), {}, {}};
    auto const changes = changes_of(row, posted.kinds);
    if (changes) {
        for (std::string const& change : *changes) {
            body_.append(change).append("\n");
        }
        changes_in_body_ += changes->size();
    } else {
        posted.reason = changes.error().pointer.empty() ? changes.error().detail : told("invalid", changes.error());
        posted.kinds.clear();
    }
    bytes_ahead_ += posted.text.size();
    rows_.push_back(std::move(posted));
    bool const full = rows_.size() >= limits::import_request_rows || changes_in_body_ >= limits::import_request_rows ||
                      body_.size() + bytes_ahead_ >= limits::stream_step_bytes;
    return full ? send() : Result<void>{};
}

Result<void> ImportRun::send() {
    if (rows_.empty()) {
        return {};
    }
    while (under_way_.size() >= requests_under_way) {
        CL_TRY(take_one());
    }
    UnderWay one{{}, {}, std::exchange(rows_, {}), digest_};
    one.request.method = Method::post;
    one.request.path = "/v1/accounts/" + options_.account + "/changes";
    one.request.content_type = "application/x-ndjson";
    one.request.query.emplace_back("receipt", "brief");
    one.request.body = std::exchange(body_, {});
    changes_in_body_ = 0;
    bytes_ahead_ = 0;
    if (api_ != nullptr && !one.request.body.empty()) {
        one.answer = api_->ask(one.request);
    }
    under_way_.push_back(std::move(one));
    return {};
}

Result<Response> ImportRun::answer_of(UnderWay& one) {
    CL_TRY_ASSIGN(Response response, one.answer.get());
    for (int tries = 0; response.status == 503 && tries < patience; ++tries) {
        std::this_thread::sleep_for(pause);
        CL_TRY_ASSIGN(response, api_->ask_now(one.request));
    }
    if (response.status != 200) {
        return problem_error(response);
    }
    return response;
}

Result<void> ImportRun::take_one() {
    UnderWay one = std::move(under_way_.front());
    under_way_.pop_front();
    Response response;
    if (one.answer.valid()) {
        CL_TRY_ASSIGN(response, answer_of(one));
    }
    std::string_view lines = response.body;
    for (PostedRow const& row : one.rows) {
        ++journal_.tally.rows;
        CL_TRY_ASSIGN(std::string const reason, result_of(row, lines));
        if (!reason.empty()) {
            CL_TRY(reject(row, reason));
        }
    }
    journal_.rows = one.digest;
    if (rejects_.wanted()) {
        CL_TRY(rejects_.flush());
        journal_.reject_bytes = rejects_.bytes();
    }
    if (!options_.state.empty() && api_ != nullptr) {
        CL_TRY(import::write_journal(options_.state, journal_));
    }
    std::string said = std::to_string(journal_.tally.rows) + " rows, " + std::to_string(journal_.tally.recorded) + " recorded";
    if (options_.file_bytes > 0) {
        said += ", " + std::to_string(reader_.taken() * 100 / options_.file_bytes) + "% read";
    }
    progress_.show(said);
    return {};
}

/// Why the row was not taken, the first reason; empty where all of it was.
Result<std::string> ImportRun::result_of(PostedRow const& row, std::string_view& lines) {
    std::string reason = row.reason;
    for (std::string const& kind : row.kinds) {
        ++journal_.tally.changes;
        if (api_ == nullptr) {
            ++journal_.tally.kinds[kind];
            continue;
        }
        auto const end = lines.find('\n');
        CL_TRY_ASSIGN(json::Value const value, json::parse(lines.substr(0, end), answer_line_bytes));
        if (value.as_object() == nullptr || end == lines.npos) {
            return fail(errc::io, "the server's answer is not understood");
        }
        lines.remove_prefix(end + 1);
        json::Object const& result = *value.as_object();
        count(result.string("status"), kind, result);
        bool const taken = result.string("status") == "recorded" || result.string("status") == "replayed";
        if (!taken && reason.empty()) {
            reason = row.kinds.size() > 1 ? kind + ": " + problem_of(result) : problem_of(result);
        }
    }
    return reason;
}

void ImportRun::count(std::string_view status, std::string const& kind, json::Object const& result) {
    import::Tally& tally = journal_.tally;
    if (status == "recorded") {
        ++tally.recorded;
        ++tally.kinds[kind];
    } else if (status == "replayed") {
        ++tally.known;
    }
    json::Value const* const seq = result.find("seq");
    if (seq != nullptr && seq->as_int() != nullptr) {
        journal_.seq = *seq->as_int();
        journal_.leaf = result.string("leaf_hash");
    }
}

Result<void> ImportRun::reject(PostedRow const& row, std::string_view reason) {
    ++journal_.tally.rejected;
    if (static_cast<std::size_t>(journal_.tally.rejected) <= limits::import_rejects_shown) {
        progress_.end();
        std::cerr << "line " << row.line << ": " << reason << '\n';
    }
    if (!rejects_.wanted()) {
        return {};
    }
    if (!options_.mapping) {
        return rejects_.add(row.line, reason, {row.text});
    }
    csv::Record record;
    static_cast<void>(csv::read(row.text, true, &record, import::csv_limits));
    bool const whole = record.fault == csv::Fault::none;
    return rejects_.add(row.line, reason, whole ? record.fields : std::vector<std::string_view>{row.text});
}

}  // namespace cl::api::app
