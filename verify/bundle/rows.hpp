// The lines of the .ndjson files beside the entries, typed, one after the other, in their order: proofs, openings, contacts.
//
// Threads: a reader belongs to one thread.
#pragma once

#include "ledger/core/limits.hpp"
#include "verify/bundle/archive.hpp"
#include "verify/bundle/findings.hpp"
#include "verify/line_reader.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cl::verify::bundle {

struct InclusionRow {
    Seq seq = 0;
    Hash32 leaf;
    std::vector<Hash32> hashes;
    [[nodiscard]] Seq key() const noexcept { return seq; }
};
struct ConsistencyRow {
    merkle::Size from = 0;
    merkle::Size to = 0;
    Hash32 from_root;
    std::vector<Hash32> hashes;
    [[nodiscard]] merkle::Size key() const noexcept { return from; }
};

/// Why a value is not shown.
enum class Absent { no, withheld, erased };

struct OpeningRow {
    Seq seq = 0;
    std::string pointer;
    Absent absent = Absent::no;
    Hash32 salt;
    std::string content;
    [[nodiscard]] std::pair<Seq, std::string> key() const { return {seq, pointer}; }
};
struct ContactRow {
    Hash32 contact;
    Absent absent = Absent::no;
    Hash32 salt;
    std::string phone;
    [[nodiscard]] Hash32 key() const noexcept { return contact; }
};

/// Nothing if the line is not canonical JSON with exactly the members of docs/bundle.md.
[[nodiscard]] std::optional<InclusionRow> parse_inclusion(std::string_view line);
[[nodiscard]] std::optional<ConsistencyRow> parse_consistency(std::string_view line);
[[nodiscard]] std::optional<OpeningRow> parse_opening(std::string_view line);
[[nodiscard]] std::optional<ContactRow> parse_contact(std::string_view line);

/// Lines of a file of the bundle; what cannot be read is said once, then there are no more.
class Lines {
public:
    Lines(Archive const& archive, std::string_view name, Findings& findings);
    /// The next line without its end; nothing at the end of the file.
    [[nodiscard]] std::optional<LineReader::Line> next();
    /// Of the line that next() gave, from 1.
    [[nodiscard]] std::int64_t number() const noexcept { return number_; }
    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    /// Adds INT-073 about that line.
    void complain(std::string_view what);

private:
    std::string name_;
    Findings& findings_;
    std::optional<LineReader> reader_;
    std::int64_t number_ = 0;
};

/// Rows in rising order of their key(); a line that is none, or stands out of order, is a finding and passed over.
template <class Row>
class Rows {
public:
    Rows(Lines lines, std::optional<Row> (*parse)(std::string_view)) : lines_(std::move(lines)), parse_(parse) { pop(); }
    /// Null at the end. Valid until pop().
    [[nodiscard]] Row const* peek() const noexcept { return row_ ? &*row_ : nullptr; }
    void pop() {
        std::optional<Row> before = std::move(row_);
        row_.reset();
        while (auto line = lines_.next()) {
            auto row = line->too_long || !line->ended ? std::optional<Row>() : parse_(line->bytes);
            if (!row) {
                lines_.complain("is not what stands in such a file");
            } else if (before && !(before->key() < row->key())) {
                lines_.complain("stands out of order, or repeats the one before");
            } else {
                row_ = std::move(row);
                return;
            }
        }
    }

private:
    Lines lines_;
    std::optional<Row> (*parse_)(std::string_view);
    std::optional<Row> row_;
};

}  // namespace cl::verify::bundle
