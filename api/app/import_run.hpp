// One import: rows read, posted a request at a time and a few requests ahead of the writer, and what became of them, in the order of the file.
//
// Threads: the main thread.
#pragma once

#include "api/app/local_api.hpp"
#include "api/import/journal.hpp"
#include "api/import/mapping.hpp"
#include "api/import/rejects.hpp"
#include "api/import/row_reader.hpp"

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <vector>

namespace cl::api::app {

class ImportRun {
public:
    struct Options {
        std::string account;
        std::filesystem::path state;             ///< empty: no journal
        std::uint64_t file_bytes = 0;            ///< for the progress; 0 = not known
        std::optional<import::Mapping> mapping;  ///< none for NDJSON
        import::NameOf name_of;
    };
    /// `api` is null where there is no ledger to ask: rows are read and checked, nothing is posted. What is passed in outlives the run.
    ImportRun(LocalApi* api, import::RowReader& reader, import::Rejects& rejects, Options options)
        : api_(api), reader_(reader), rejects_(rejects), options_(std::move(options)) {}

    /// Goes on behind the rows of a journal. False, with nothing kept of it, where the file has other rows.
    [[nodiscard]] Result<bool> go_on(import::Journal const& journal);
    /// Digest of the wishes, for a journal of this run.
    void use_wishes(Hash32 const& wishes) { journal_.wishes = wishes; }
    /// To the end of the file. errc::io where the server or a file fails: what is known by then is in tally().
    [[nodiscard]] Result<void> run();
    [[nodiscard]] import::Tally const& tally() const noexcept { return journal_.tally; }

private:
    struct PostedRow {
        std::int64_t line;
        std::string text;
        std::string reason;              ///< why it was not posted; empty = it was
        std::vector<std::string> kinds;  ///< of its changes
    };
    struct UnderWay {
        Request request;  ///< kept, should the server be busy; no body: there is nothing to post
        std::future<Result<Response>> answer;
        std::vector<PostedRow> rows;
        Hash32 digest;  ///< of all rows up to here
    };

    [[nodiscard]] Result<void> take_row(import::Row const& row);
    [[nodiscard]] Result<std::vector<std::string>> change_of_line(PostedRow& posted) const;
    [[nodiscard]] Result<std::vector<std::string>> changes_of(import::Row const& row, PostedRow& posted) const;
    [[nodiscard]] Result<void> send();
    [[nodiscard]] Result<void> take_one();
    [[nodiscard]] Result<Response> answer_of(UnderWay& one);
    /// What was posted and what was answered, a line for each change; both get shorter from the front.
    struct Lines {
        std::string_view posted;
        std::string_view answers;
    };
    [[nodiscard]] Result<std::string> result_of(PostedRow const& row, Lines& lines);
    [[nodiscard]] Result<void> note_repeated(std::string_view posted);
    [[nodiscard]] Result<void> repeat_what_does_not_stand();
    [[nodiscard]] Result<std::string> lines_to_repeat(std::string const& list, std::vector<json::Object>& changes);
    void reject(PostedRow const& row, std::string_view reason);
    void count(std::string_view status, std::string const& kind, json::Object const& result);

    LocalApi* api_;
    import::RowReader& reader_;
    import::Rejects& rejects_;
    Options options_;
    import::Journal journal_;
    std::string body_;
    std::size_t changes_in_body_ = 0;
    std::size_t bytes_ahead_ = 0;
    Hash32 digest_{};
    std::vector<PostedRow> rows_;
    std::deque<UnderWay> under_way_;
    std::vector<json::Object> repeated_;  ///< opt-outs and blocks without a time that were recorded before, of one request
    Progress progress_;
};

}  // namespace cl::api::app
