// An NDJSON export of a whole ledger (docs/format.md "NDJSON export"): each line an entry's bytes, then one trailer line that states what the
// export holds and carries the signed checkpoint. Without a trailer an export may have been cut off anywhere: it is read as far as it goes and
// never called verified.
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/note.hpp"
#include "verify/line_reader.hpp"
#include "verify/source.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <utility>

namespace cl::verify {
namespace {

constexpr std::string_view trailer_start = R"({"trailer":)";
constexpr std::string_view last_line = "the export's last line";

/// The longest line is an entry's; a note fits in it even with every line end escaped.
constexpr std::size_t longest_line = limits::entry_bytes;

struct Trailer {
    std::int64_t entries = 0;
    std::int64_t first_seq = 0;
    std::int64_t last_seq = 0;
    std::string note;
};

IntegrityFinding trailer_finding(std::string what, std::optional<Seq> seq = std::nullopt) {
    return IntegrityFinding{check::trailer, seq, std::nullopt, std::move(what)};
}

std::optional<Trailer> parse_trailer(std::string_view line) {
    auto const value = json::parse(line, longest_line);
    bool const canonical = value && json::write(*value) == line;
    json::Object const* const root = canonical ? value->as_object() : nullptr;
    json::Value const* const inner = root != nullptr && root->size() == 1 ? root->find("trailer") : nullptr;
    json::Object const* const members = inner != nullptr ? inner->as_object() : nullptr;
    if (members == nullptr || members->size() != 4) {
        return std::nullopt;
    }
    Trailer trailer;
    for (auto const& [name, place] : {std::pair{"entries", &trailer.entries}, std::pair{"first_seq", &trailer.first_seq},
                                      std::pair{"last_seq", &trailer.last_seq}}) {
        json::Value const* const member = members->find(name);
        if (member == nullptr || member->as_int() == nullptr) {
            return std::nullopt;
        }
        *place = *member->as_int();
    }
    trailer.note = members->string("checkpoint");
    return trailer;
}

/// The last line of the file, if it begins as a trailer does. Looked up before the entries are read, so that the root that it states can
/// be compared on the way.
Result<std::optional<Trailer>> look_ahead(FileDescriptor const& file) {
    CL_TRY_ASSIGN(std::size_t const size, size_of(file));
    std::size_t const tail = std::min(size, longest_line + 2);
    CL_TRY_ASSIGN(std::string const bytes, read_at(file, size - tail, tail));
    std::string_view end = bytes;
    if (end.ends_with('\n')) {
        end.remove_suffix(1);
    }
    std::size_t const before = end.rfind('\n');
    std::string_view const line = before == std::string_view::npos ? end : end.substr(before + 1);
    return line.starts_with(trailer_start) ? parse_trailer(line) : std::optional<Trailer>();
}

class NdjsonSource final : public Source {
public:
    NdjsonSource(LineReader reader, Overview overview) : reader_(std::move(reader)), overview_(std::move(overview)) {}

    [[nodiscard]] Overview const& overview() const override { return overview_; }

    [[nodiscard]] Result<bool> next(Batch& batch) override {
        batch = Batch{};
        std::size_t bytes = 0;
        while (!done_ && batch.rows.size() < limits::verify_batch_rows && bytes < limits::verify_batch_bytes) {
            LineReader::Line line;
            CL_TRY_ASSIGN(bool const more, reader_.next(line));
            if (!more) {
                end_without_trailer(batch, false);
            } else if (line.bytes.starts_with(trailer_start)) {
                CL_TRY(end_with_trailer(line, batch));
            } else if (!line.ended) {
                end_without_trailer(batch, true);
            } else {
                take(std::move(line), batch);
                bytes += batch.rows.back().bytes.size();
            }
        }
        return !batch.rows.empty() || !batch.findings.empty() || !batch.incomplete.empty();
    }

    /// What is added to an export later stands behind its last line, and is a finding.
    void read_on_to(merkle::Size /*size*/) override {}

    [[nodiscard]] bool disturbed() const override { return false; }

private:
    void take(LineReader::Line line, Batch& batch) {
        if (line.too_long) {
            batch.findings.push_back({check::not_an_entry, entries_, std::nullopt,
                                      "line " + std::to_string(entries_ + 1) + " is longer than any entry can be"});
            line.bytes.clear();
        }
        batch.rows.push_back(Row{std::nullopt, std::move(line.bytes)});
        ++entries_;
    }

    Result<void> end_with_trailer(LineReader::Line const& line, Batch& batch) {
        done_ = true;
        auto const trailer = parse_trailer(line.bytes);
        if (!trailer || line.too_long) {
            batch.findings.push_back(trailer_finding("the last line cannot be read as the statement that ends an export"));
        } else {
            compare(*trailer, batch);
        }
        LineReader::Line rest;
        CL_TRY_ASSIGN(bool const more, reader_.next(rest));
        if (more) {
            batch.findings.push_back(trailer_finding("something stands behind the line that ends the export", entries_));
        }
        return {};
    }

    void compare(Trailer const& trailer, Batch& batch) const {
        if (trailer.first_seq != 0) {
            batch.incomplete.push_back(
                {"This export starts at entry " + grouped(trailer.first_seq) + ": it is a part of a ledger.",
                 "Ask for an export of the whole ledger."});
        }
        if (trailer.entries != entries_) {
            batch.findings.push_back(trailer_finding(
                "it states " + counted(trailer.entries, "entry", "entries") + ", and there are " + grouped(entries_),
                std::min(entries_, trailer.entries)));
        } else if (trailer.last_seq - trailer.first_seq + 1 != trailer.entries) {
            batch.findings.push_back(trailer_finding("its first and last numbers do not fit its count of entries"));
        }
        auto const checkpoint = read_checkpoint(trailer.note);
        if (checkpoint && checkpoint->size < entries_) {
            batch.findings.push_back(trailer_finding("its signed checkpoint covers only the first " +
                                                         counted(checkpoint->size, "entry", "entries") + " of " +
                                                         grouped(entries_),
                                                     checkpoint->size));
        }
    }

    void end_without_trailer(Batch& batch, bool in_mid_line) {
        done_ = true;
        batch.incomplete.push_back({std::string("The export is cut off") + (in_mid_line ? " in the middle of a line" : "") +
                                        " after " + counted(entries_, "entry", "entries") +
                                        ": the line that ends an export is not there, so nothing says what should follow.",
                                    "Fetch the export again. If it ends the same way, ask who removed its end."});
    }

    LineReader reader_;
    Overview overview_;
    merkle::Size entries_ = 0;
    bool done_ = false;
};

}  // namespace

Result<std::unique_ptr<Source>> open_ndjson(std::filesystem::path const& path) {
    Overview overview;
    overview.kind = SourceKind::ndjson;
    overview.path = path.string();
    CL_TRY_ASSIGN(FileDescriptor file, open_regular(path));
    CL_TRY_ASSIGN(std::string const start, read_at(file, 0, longest_line + 1));
    if (std::size_t const end = start.find('\n'); end != std::string::npos) {
        overview.first = start.substr(0, end);
    }
    CL_TRY_ASSIGN(auto trailer, look_ahead(file));
    if (trailer) {
        overview.size_hint = std::max<merkle::Size>(trailer->entries, 0);
        overview.notes.push_back({ClaimFrom::trailer, std::string(last_line), trailer->note});
    }
    return std::unique_ptr<Source>(
        std::make_unique<NdjsonSource>(LineReader(std::move(file), longest_line), std::move(overview)));
}

}  // namespace cl::verify
