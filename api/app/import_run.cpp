#include "api/app/import_run.hpp"

#include "api/import/rejected_line.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <thread>
#include <utility>

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

constexpr char const* not_understood = "the server's answer is not understood";

/// Without its end; empty at the end.
std::string_view next_line(std::string_view& text) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view const line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

bool is_revocation(std::string_view kind) {
    return kind == "opt_out.stop" || kind == "opt_out.agent" || kind == "opt_out.request" || kind == "contact.blocked";
}

/// Whether a check that answers this still keeps what the change had said.
bool stands(std::string_view kind, std::string const& list, std::string_view reason) {
    if (reason == "blocked" || reason == "erased") return true;
    if (kind == "contact.blocked") return false;
    if (list.empty()) return reason == "opted_out";
    return reason != "ok" && reason != "level_too_low" && reason != "consent_expired";
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

/// A line of NDJSON, or the one that stands among the rejects of an earlier import.
Result<std::vector<std::string>> ImportRun::change_of_line(PostedRow& posted) const {
    auto parsed = json::parse(posted.text, import::ndjson_line_bytes);
    auto rejected = parsed ? import::row_of_rejected(*parsed) : std::nullopt;
    if (rejected) {
        posted.text = std::move(rejected->text);
        if (!rejected->fault.empty()) {
            return fail(errc::malformed, std::move(rejected->fault));
        }
        parsed = json::parse(posted.text, limits::stream_line_bytes);
    }
    bool const object = parsed && parsed->as_object() != nullptr;
    posted.kinds.emplace_back(object ? parsed->as_object()->string("kind") : std::string_view{});
    if (api_ == nullptr) {
        CL_TRY(parsed);
        CL_TRY(consent::parse_change(*parsed));
    }
    return std::vector<std::string>{posted.text};
}

Result<std::vector<std::string>> ImportRun::changes_of(import::Row const& row, PostedRow& posted) const {
    if (!row.fault.empty()) {
        return fail(errc::invalid, row.fault);
    }
    if (!options_.mapping) {
        return change_of_line(posted);
    }
    std::vector<std::string> out;
    CL_TRY_ASSIGN(auto const changes, options_.mapping->changes(row.cells, options_.name_of));
    for (json::Object const& change : changes) {
        posted.kinds.emplace_back(change.string("kind"));
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
    auto const changes = changes_of(row, posted);
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
    Lines lines{one.request.body, response.body};
    for (PostedRow const& row : one.rows) {
        ++journal_.tally.rows;
        CL_TRY_ASSIGN(std::string const reason, result_of(row, lines));
        if (!reason.empty()) {
            reject(row, reason);
        }
    }
    CL_TRY(repeat_what_does_not_stand());
    journal_.rows = one.digest;
    if (rejects_.wanted()) {
        CL_TRY(rejects_.flush());
        journal_.rejects = rejects_.kept();
    } else {
        journal_.rejects.reset();
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
Result<std::string> ImportRun::result_of(PostedRow const& row, Lines& lines) {
    std::string reason = row.reason;
    for (std::string const& kind : row.kinds) {
        ++journal_.tally.changes;
        if (api_ == nullptr) {
            ++journal_.tally.kinds[kind];
            continue;
        }
        std::string_view const posted = next_line(lines.posted);
        CL_TRY_ASSIGN(json::Value const value, json::parse(next_line(lines.answers), answer_line_bytes));
        if (value.as_object() == nullptr) {
            return fail(errc::io, not_understood);
        }
        json::Object const& result = *value.as_object();
        count(result.string("status"), kind, result);
        if (result.string("status") == "replayed" && is_revocation(kind)) {
            CL_TRY(note_repeated(posted));
        }
        bool const taken = result.string("status") == "recorded" || result.string("status") == "replayed";
        if (!taken && reason.empty()) {
            reason = row.kinds.size() > 1 ? kind + ": " + problem_of(result) : problem_of(result);
        }
    }
    return reason;
}

/// A row without a time cannot be told from the same row of a later file. NDJSON has names of its own, which say what is the same.
Result<void> ImportRun::note_repeated(std::string_view posted) {
    if (!options_.mapping) {
        return {};
    }
    CL_TRY_ASSIGN(json::Value value, json::parse(posted, limits::stream_line_bytes));
    if (value.as_object() != nullptr && !value.as_object()->contains("occurred_at")) {
        repeated_.push_back(std::move(*value.as_object()));
    }
    return {};
}

/// Who was opted in since is opted out once more: the file may be a newer one, and no opt-out is lost to a row that looks like an old one.
Result<void> ImportRun::repeat_what_does_not_stand() {
    std::map<std::string, std::vector<json::Object>> by_list;
    for (json::Object& change : std::exchange(repeated_, {})) {
        json::Value const* const data = change.find("data");
        bool const has_list = data != nullptr && data->as_object() != nullptr;
        by_list[has_list ? std::string(data->as_object()->string("list")) : std::string()].push_back(std::move(change));
    }
    UnderWay again;
    for (auto& [list, changes] : by_list) {
        CL_TRY_ASSIGN(std::string const lines, lines_to_repeat(list, changes));
        again.request.body += lines;
    }
    if (again.request.body.empty()) {
        return {};
    }
    again.request.method = Method::post;
    again.request.path = "/v1/accounts/" + options_.account + "/changes";
    again.request.content_type = "application/x-ndjson";
    again.request.query.emplace_back("receipt", "brief");
    again.answer = api_->ask(again.request);
    CL_TRY_ASSIGN(Response const response, answer_of(again));
    Lines lines{again.request.body, response.body};
    while (!lines.posted.empty()) {
        CL_TRY_ASSIGN(json::Value const posted, json::parse(next_line(lines.posted), limits::stream_line_bytes));
        CL_TRY_ASSIGN(json::Value const value, json::parse(next_line(lines.answers), answer_line_bytes));
        if (value.as_object() == nullptr || posted.as_object() == nullptr) {
            return fail(errc::io, not_understood);
        }
        json::Object const& result = *value.as_object();
        if (result.string("status") != "recorded") {
            return fail(errc::io, "an opt-out that was to count once more was not recorded: " + problem_of(result));
        }
        --journal_.tally.known;
        count("recorded", std::string(posted.as_object()->string("kind")), result);
    }
    return {};
}

Result<std::string> ImportRun::lines_to_repeat(std::string const& list, std::vector<json::Object>& changes) {
    json::Object message{{"type", list.empty() ? "one_to_one" : "campaign"}};
    if (!list.empty()) {
        message.set("list", list);
    }
    json::Array numbers;
    for (json::Object const& change : changes) {
        numbers.emplace_back(change.string("phone"));
    }
    CL_TRY_ASSIGN(json::Object const answer,
                  ask_json(*api_, Method::post, "/v1/accounts/" + options_.account + "/check",
                           json::Object{{"numbers", std::move(numbers)}, {"message", std::move(message)}}));
    json::Value const* const results = answer.find("results");
    json::Value const* const as_of = answer.find("as_of");
    if (results == nullptr || results->as_array() == nullptr || results->as_array()->size() != changes.size() ||
        as_of == nullptr || as_of->as_object() == nullptr) {
        return fail(errc::io, not_understood);
    }
    std::string const basis = "\nafter " + json::write(*as_of->as_object()->find("seq"));
    std::string lines;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        json::Object const* const one = (*results->as_array())[i].as_object();
        json::Object const* const source = changes[i].find("source")->as_object();
        if (one == nullptr || stands(changes[i].string("kind"), list, one->string("reason"))) {
            continue;
        }
        std::string const record = options_.name_of(json::write(changes[i]) + basis);
        changes[i].set("source", json::Object{{"platform", source->string("platform")}, {"record", record}});
        lines += json::write(changes[i]) + "\n";
    }
    return lines;
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

void ImportRun::reject(PostedRow const& row, std::string_view reason) {
    ++journal_.tally.rejected;
    if (static_cast<std::size_t>(journal_.tally.rejected) <= limits::import_rejects_shown) {
        progress_.end();
        std::cerr << "line " << row.line << ": " << reason << '\n';
    }
    if (!rejects_.wanted()) {
        return;
    }
    csv::Record record;
    bool const cells = options_.mapping.has_value();
    if (cells) {
        static_cast<void>(csv::read(row.text, true, &record, import::csv_limits));
    }
    if (cells && record.fault == csv::Fault::none) {
        rejects_.add(row.line, reason, record.fields);
    } else {
        rejects_.add_text(row.line, reason, row.text);
    }
}

}  // namespace cl::api::app
