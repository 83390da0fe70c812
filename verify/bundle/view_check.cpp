#include "verify/bundle/view_check.hpp"

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/sha256.hpp"
#include "verify/bundle/table_cell.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::bundle {
namespace {

constexpr std::string_view file = bundle_format::file::csv;
constexpr auto const& columns = bundle_format::csv_columns;
constexpr std::string_view number_column = "phone";

std::string flag(bool value) {
    return value ? "true" : "false";
}

void append(std::string& all, std::string_view more) {
    if (!all.empty()) all += ' ';
    all += more;
}

/// Kinds, times and digests of the evidence.
std::array<std::string, 3> evidence_of(Entry const& entry) {
    std::array<std::string, 3> out;
    for (Evidence const& item : entry.evidence) {
        append(out[0], item.kind);
        append(out[1], item.occurred_at ? format_time(*item.occurred_at) : "-");
        append(out[2], to_hex(item.digest));
    }
    return out;
}

/// What the table has to say of an entry, column by column; not of the number, which comes later.
std::array<std::string, columns.size()> row_of(Entry const& entry, bool in_scope, Hash32 const& leaf,
                                               std::vector<OpeningRow> const& values) {
    auto const number = [](std::optional<std::int64_t> const& value) { return value ? std::to_string(*value) : std::string(); };
    auto const& state = entry.state;
    bool const listed = state && state->list;
    bool const own_number = entry.to.starts_with('+');
    cl::Source const source = entry.source.value_or(cl::Source{});
    Texts const texts = texts_of(values);
    auto const evidence = evidence_of(entry);
    return {std::to_string(entry.seq),
            flag(in_scope),
            number(entry.account_seq),
            entry.contact ? as_shown(to_hex(*entry.contact)) : "",
            number(entry.contact_seq),
            "",
            entry.occurred_at ? format_time(*entry.occurred_at) : "",
            format_time(entry.recorded_at),
            as_shown(entry.kind),
            state ? flag(state->opted_in) : "",
            state ? flag(state->blocked) : "",
            state ? std::string(name(state->level)) : "",
            as_shown(listed ? state->list->id : std::string(entry.data.string("list"))),
            listed ? flag(state->list->member) : "",
            entry.actor ? as_shown(entry.actor->kind) : "",
            entry.actor ? as_shown(entry.actor->id) : "",
            as_shown(entry.channel),
            as_shown(own_number ? "tel:" + entry.to : entry.to),
            as_shown(source.platform),
            as_shown(source.record),
            as_shown(source.token),
            as_shown(evidence[0]),
            as_shown(evidence[1]),
            as_shown(evidence[2]),
            entry.data.empty() ? "" : as_shown(json::write(entry.data)),
            as_shown(texts.said),
            as_shown(texts.evidence),
            entry.policy ? as_shown(entry.policy->pack + " " + std::to_string(entry.policy->rules)) : "",
            as_shown(to_hex(entry.prev)),
            as_shown(to_hex(leaf))};
}

}  // namespace

ViewCheck::ViewCheck(Archive const& archive, Findings& findings) : findings_(findings) {
    auto stream = archive.open(file);
    if (stream) {
        table_.emplace(std::move(*stream));
        read_header();
    } else {
        findings_.add_failure(file, stream.error());
    }
}

std::optional<std::vector<std::string>> ViewCheck::record() {
    auto next =
        table_ ? table_->next() : Result<std::optional<std::vector<std::string>>>(std::optional<std::vector<std::string>>());
    if (next) return std::move(*next);
    if (next.error().code == errc::malformed) {
        findings_.add(check::view, std::nullopt, std::string(file) + ": " + next.error().detail);
    } else {
        findings_.add_failure(file, next.error());
    }
    table_.reset();
    return std::nullopt;
}

void ViewCheck::read_header() {
    auto const header = record();
    bool const known = header && std::equal(header->begin(), header->end(), columns.begin(), columns.end());
    if (table_ && !known) {
        findings_.add(check::view, std::nullopt, std::string(file) + " has not the columns of such a table");
        table_.reset();
    }
}

/// What the table says of the number, to be compared when the contacts are read.
void ViewCheck::note_number(Entry const& entry, std::string const& shown_text) {
    Hash32 const shown = sha256(shown_text);
    if (!entry.contact) {
        if (shown != sha256(""))
            findings_.add(check::view, entry.seq, std::string(file) + " shows a number, and the entry is of no contact");
        return;
    }
    auto const [known, added] = numbers_.emplace(*entry.contact, shown);
    if (known->second != shown) {
        findings_.add(check::view, entry.seq,
                      std::string(file) + " shows another number than for an entry of the same contact");
    }
}

void ViewCheck::take(Entry const& entry, bool in_scope, Hash32 const& leaf, std::vector<OpeningRow> const& values) {
    if (!table_) return;
    auto const fields = record();
    if (!table_) return;
    if (!fields || fields->size() != columns.size()) {
        findings_.add(check::view, entry.seq, std::string(file) + " has no row of this entry");
        table_.reset();
        return;
    }
    auto const due = row_of(entry, in_scope, leaf, values);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == number_column) {
            note_number(entry, (*fields)[i]);
        } else if ((*fields)[i] != due[i]) {
            findings_.add(check::view, entry.seq,
                          std::string(file) + ": its column " + std::string(columns[i]) + " says something else");
        }
    }
    ++compared_;
}

void ViewCheck::take_number(ContactRow const& row) {
    auto const shown = numbers_.find(row.contact);
    if (shown == numbers_.end()) return;
    std::string due;
    if (row.absent == Absent::erased) due = bundle_format::erased;
    if (row.absent == Absent::no) due = "tel:" + row.phone;
    if (shown->second != sha256(due)) {
        findings_.add(
            check::view, std::nullopt,
            std::string(file) + " shows another number for contact " + shortened(row.contact) + " than data/contacts.ndjson");
    }
}

void ViewCheck::finish(std::vector<Fact> const& due) {
    for (auto const& [name, value] : due) {
        auto const fields = record();
        if (!table_) return;
        bool const same = fields && fields->size() == columns.size() && (*fields)[0] == as_shown("#" + name) &&
                          (*fields)[1] == as_shown(value) &&
                          std::all_of(fields->begin() + 2, fields->end(), [](auto const& field) { return field.empty(); });
        if (!same) {
            findings_.add(
                check::view, std::nullopt,
                std::string(file) + ": behind its rows, where #" + printable(name) + " is due, it says something else");
            return;
        }
    }
    if (record())
        findings_.add(check::view, std::nullopt, std::string(file) + " says more behind its rows than such a table does");
}

}  // namespace cl::verify::bundle
