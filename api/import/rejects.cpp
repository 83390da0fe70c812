#include "api/import/rejects.hpp"

#include "api/import/rejected_line.hpp"
#include "ledger/core/sha256.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>

namespace cl::api::import {
namespace {

constexpr std::size_t block_bytes = 65'536;
constexpr std::string_view line_column = "import_line";
constexpr std::string_view reason_column = "import_reason";
constexpr std::string_view columns = "import_line,import_reason";

void cell(std::string_view text, std::string& out) {
    if (text.find_first_of("\",\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

/// Gives the first `bytes` of a file to `take`, piece by piece; false where there are not so many.
template <class Take>
Result<bool> read_beginning(std::filesystem::path const& path, std::uint64_t bytes, Take const& take) {
    std::ifstream in(path, std::ios::binary);
    std::string piece(block_bytes, '\0');
    while (bytes > 0) {
        std::size_t const wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, block_bytes));
        if (!in.read(piece.data(), static_cast<std::streamsize>(wanted))) return false;
        CL_TRY(take(std::string_view(piece).substr(0, wanted)));
        bytes -= wanted;
    }
    return true;
}

std::optional<Prefix> beginning_of(std::filesystem::path const& path, std::uint64_t bytes) {
    Prefix prefix;
    auto const whole = read_beginning(path, bytes, [&prefix](std::string_view piece) {
        prefix.add(piece);
        return Result<void>();
    });
    return whole && *whole ? std::optional(std::move(prefix)) : std::nullopt;
}

/// Nothing is there, nothing is in it, or it begins as this program begins such a file (which may have been cut short, or saved by a spreadsheet).
bool may_be_replaced(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::array<char, 64> start{};
    in.read(start.data(), start.size());
    std::string_view found(start.data(), static_cast<std::size_t>(in.gcount()));
    if (found.starts_with("\xEF\xBB\xBF")) found.remove_prefix(3);
    std::array const known = {columns, rejected_line_start};
    return std::any_of(known.begin(), known.end(),
                       [found](std::string_view one) { return one.starts_with(found.substr(0, one.size())); });
}

}  // namespace

void Prefix::add(std::string_view text) {
    bytes_ += text.size();
    rest_ += text;
    std::size_t at = 0;
    for (; rest_.size() - at >= block_bytes; at += block_bytes) {
        blocks_ = sha256({blocks_.view(), std::string_view(rest_).substr(at, block_bytes)});
    }
    rest_.erase(0, at);
}

Hash32 Prefix::digest() const {
    return sha256({blocks_.view(), rest_});
}

Rejects::~Rejects() {
    if (!begun_ && file_.made()) file_.remove();
}

Result<void> Rejects::open(std::filesystem::path const& path) {
    CL_TRY(file_.open(path));
    CL_TRY(file_.lock());
    for (auto const& one : {path, file_.path()}) {
        if (!may_be_replaced(one)) {
            return fail(errc::usage, one.string() + " is there and does not hold rejected rows: name another file");
        }
    }
    return {};
}

void Rejects::of_columns(std::vector<std::string_view> const& header) {
    lines_ = false;
    bool const of_rejects = header.size() >= 2 && header[0] == line_column && header[1] == reason_column;
    from_ = of_rejects ? 2 : 0;
    header_.assign(header.begin(), header.end());
}

Result<void> Rejects::begin() {
    CL_TRY(file_.cut(0));
    begun_ = true;
    written_ = {};
    ahead_.clear();
    if (!lines_) record(line_column, reason_column, {header_.begin(), header_.end()}, from_);
    return flush();
}

Result<bool> Rejects::go_on(Kept const& kept) {
    std::optional<Prefix> there = beginning_of(file_.path(), kept.bytes);
    bool const ended = !there || there->digest() != kept.digest;
    if (ended) {
        there = beginning_of(file_.target(), kept.bytes);
        if (!there || there->digest() != kept.digest) return false;
        CL_TRY(file_.cut(0));
        CL_TRY_ASSIGN(bool const copied, read_beginning(file_.target(), kept.bytes,
                                                        [this](std::string_view piece) { return file_.write(piece); }));
        if (!copied) return fail(errc::io, "cannot read " + file_.target().string());
    }
    CL_TRY(file_.cut(kept.bytes));
    begun_ = true;
    written_ = std::move(*there);
    ahead_.clear();
    return true;
}

void Rejects::record(std::string_view line, std::string_view reason, std::vector<std::string_view> const& cells,
                     std::size_t from) {
    cell(line, ahead_);
    ahead_ += ',';
    cell(reason, ahead_);
    for (std::size_t i = from; i < cells.size(); ++i) {
        ahead_ += ',';
        cell(cells[i], ahead_);
    }
    ahead_ += "\r\n";
}

void Rejects::add(std::int64_t line, std::string_view reason, std::vector<std::string_view> const& cells) {
    // A row too short to have them has only what is its own.
    record(std::to_string(line), reason, cells, cells.size() > from_ ? from_ : 0);
}

void Rejects::add_text(std::int64_t line, std::string_view reason, std::string_view text) {
    if (lines_) {
        ahead_.append(rejected_line(line, reason, text)).append("\n");
    } else {
        record(std::to_string(line), reason, {text}, 0);
    }
}

Result<void> Rejects::flush() {
    CL_TRY(file_.write(ahead_));
    written_.add(ahead_);
    ahead_.clear();
    return {};
}

Result<void> Rejects::finish() {
    CL_TRY(flush());
    return file_.finish();
}

}  // namespace cl::api::import
