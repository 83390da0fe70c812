#include "verify/bundle/rows.hpp"

#include "ledger/core/bundle_format.hpp"
#include "verify/bundle/members.hpp"

namespace cl::verify::bundle {
namespace {

namespace format = bundle_format;

/// `absent`, where the value is not there.
Absent absent_of(Members& members, std::string_view name) {
    if (!members.has(name)) return Absent::no;
    std::string const why = members.text(name);
    members.require(why == format::withheld || why == format::erased);
    return why == format::erased ? Absent::erased : Absent::withheld;
}

}  // namespace

std::optional<InclusionRow> parse_inclusion(std::string_view line) {
    auto const value = read_canonical(line);
    Members members(value ? &*value : nullptr);
    InclusionRow row{members.number(format::inclusion::seq), members.hash(format::inclusion::leaf_hash),
                     members.hashes(format::inclusion::hashes)};
    return members.ok() ? std::optional<InclusionRow>(std::move(row)) : std::nullopt;
}

std::optional<ConsistencyRow> parse_consistency(std::string_view line) {
    auto const value = read_canonical(line);
    Members members(value ? &*value : nullptr);
    ConsistencyRow row{members.number(format::consistency::from), members.number(format::consistency::to),
                       members.hash(format::consistency::from_root), members.hashes(format::consistency::hashes)};
    return members.ok() ? std::optional<ConsistencyRow>(std::move(row)) : std::nullopt;
}

std::optional<OpeningRow> parse_opening(std::string_view line) {
    auto const value = read_canonical(line);
    Members members(value ? &*value : nullptr);
    OpeningRow row;
    row.seq = members.number(format::opening::seq);
    row.pointer = members.text(format::opening::pointer);
    members.require(members.text(format::opening::id) == std::to_string(row.seq) + ":" + row.pointer);
    row.absent = absent_of(members, format::opening::absent);
    if (row.absent == Absent::no) {
        row.salt = members.hash(format::opening::salt);
        auto content = from_base64(members.text(format::opening::content));
        members.require(content.has_value());
        if (content) row.content = std::move(*content);
    }
    return members.ok() ? std::optional<OpeningRow>(std::move(row)) : std::nullopt;
}

std::optional<ContactRow> parse_contact(std::string_view line) {
    auto const value = read_canonical(line);
    Members members(value ? &*value : nullptr);
    ContactRow row;
    row.contact = members.hash(format::contact::contact);
    row.absent = absent_of(members, format::contact::absent);
    if (row.absent == Absent::no) {
        row.salt = members.hash(format::contact::salt);
        row.phone = members.text(format::contact::phone);
    }
    return members.ok() ? std::optional<ContactRow>(std::move(row)) : std::nullopt;
}

Lines::Lines(Archive const& archive, std::string_view name, Findings& findings) : name_(name), findings_(findings) {
    auto stream = archive.open(name);
    if (stream) {
        reader_.emplace(std::move(*stream), limits::bundle_line_bytes);
    } else {
        findings_.add_failure(name_, stream.error());
    }
}

std::optional<LineReader::Line> Lines::next() {
    LineReader::Line line;
    auto const more = reader_ ? reader_->next(line) : Result<bool>(false);
    if (!more) {
        findings_.add_failure(name_, more.error());
        reader_.reset();
    }
    if (!more || !*more) return std::nullopt;
    ++number_;
    return line;
}

void Lines::complain(std::string_view what) {
    findings_.add(check::row, std::nullopt, name_ + " line " + std::to_string(number_) + " " + std::string(what));
}

}  // namespace cl::verify::bundle
