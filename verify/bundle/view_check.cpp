#include "verify/bundle/view_check.hpp"

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/sha256.hpp"

#include <algorithm>

namespace cl::verify::bundle {
namespace {

constexpr std::string_view file = bundle_format::file::csv;
constexpr std::string_view number_column = "phone";

std::string flag(bool value) {
    return value ? "true" : "false";
}

void append(std::string& all, std::string_view more) {
    if (!all.empty()) all += '\n';
    all += more;
}

/// Free texts by name, and items of evidence, as far as they are shown.
void add_values(std::vector<OpeningRow> const& values, std::map<std::string, std::string>& due) {
    constexpr std::string_view of_data = "/data/";
    std::string texts;
    std::string evidence;
    for (OpeningRow const& row : values) {
        if (row.absent == Absent::withheld) continue;
        std::string const value = row.absent == Absent::erased ? std::string(bundle_format::erased) : row.content;
        bool const text = row.pointer.starts_with(of_data);
        append(text ? texts : evidence, text ? row.pointer.substr(of_data.size()) + ": " + value : value);
    }
    due["texts"] = texts;
    due["evidence_opened"] = evidence;
}

/// What the table has to say of an entry, by column.
std::map<std::string, std::string> row_of(Entry const& entry, Hash32 const& leaf, std::vector<OpeningRow> const& values) {
    auto const number = [](std::optional<std::int64_t> const& value) { return value ? std::to_string(*value) : std::string(); };
    std::map<std::string, std::string> due{{"seq", std::to_string(entry.seq)},
                                           {"account_seq", number(entry.account_seq)},
                                           {"contact", entry.contact ? to_hex(*entry.contact) : ""},
                                           {"contact_seq", number(entry.contact_seq)},
                                           {"occurred_at", entry.occurred_at ? format_time(*entry.occurred_at) : ""},
                                           {"recorded_at", format_time(entry.recorded_at)},
                                           {"kind", entry.kind},
                                           {"opted_in", entry.state ? flag(entry.state->opted_in) : ""},
                                           {"blocked", entry.state ? flag(entry.state->blocked) : ""},
                                           {"level", entry.state ? std::string(name(entry.state->level)) : ""},
                                           {"actor_kind", entry.actor ? entry.actor->kind : ""},
                                           {"actor", entry.actor ? entry.actor->id : ""},
                                           {"channel", entry.channel},
                                           {"data", entry.data.empty() ? "" : json::write(entry.data)},
                                           {"prev", to_hex(entry.prev)},
                                           {"leaf_hash", to_hex(leaf)}};
    add_values(values, due);
    return due;
}

/// The table leaves NUL bytes out: no spreadsheet takes them.
std::string as_shown(std::string text) {
    std::erase(text, '\0');
    return text;
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
    columns_ = record().value_or(std::vector<std::string>());
    for (std::string_view const needed : {"seq", "contact", "recorded_at", "kind", "opted_in", "leaf_hash", "phone"}) {
        if (table_ && std::count(columns_.begin(), columns_.end(), needed) != 1) {
            findings_.add(check::view, std::nullopt, std::string(file) + " has not the columns of such a table");
            table_.reset();
        }
    }
}

void ViewCheck::compare(Entry const& entry, std::map<std::string, std::string> const& due,
                        std::vector<std::string> const& fields) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto const found = due.find(columns_[i]);
        if (found != due.end() && fields[i] != as_shown(found->second)) {
            findings_.add(check::view, entry.seq,
                          std::string(file) + ": its column " + printable(columns_[i]) + " says something else");
        }
    }
}

/// What the table says of the number, to be compared when the contacts are read.
void ViewCheck::note_number(Entry const& entry, std::vector<std::string> const& fields) {
    auto const column = std::find(columns_.begin(), columns_.end(), number_column) - columns_.begin();
    Hash32 const shown = sha256(fields[static_cast<std::size_t>(column)]);
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

void ViewCheck::take(Entry const& entry, Hash32 const& leaf, std::vector<OpeningRow> const& values) {
    if (!table_) return;
    auto const fields = record();
    if (!table_) return;
    if (!fields || fields->size() != columns_.size()) {
        findings_.add(check::view, entry.seq, std::string(file) + " has no row of this entry");
        table_.reset();
        return;
    }
    compare(entry, row_of(entry, leaf, values), *fields);
    note_number(entry, *fields);
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

/// Behind the rows stand remarks, whose first field begins with `#`.
void ViewCheck::finish() {
    while (auto const fields = record()) {
        if (fields->empty() || !fields->front().starts_with('#')) {
            findings_.add(check::view, std::nullopt, std::string(file) + " has a row of no entry");
            return;
        }
    }
}

}  // namespace cl::verify::bundle
