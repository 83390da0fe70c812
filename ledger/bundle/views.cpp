// The entries for people: a table for spreadsheets, and a page to read and to print. Neither says anything that entries, openings and contacts
// do not.
#include "ledger/bundle/groups.hpp"
#include "ledger/bundle/opened.hpp"
#include "ledger/bundle/part.hpp"
#include "ledger/bundle/walk.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/writers.hpp"

#include <utility>

namespace cl::bundle {
namespace {

using report::Cell;
using report::Phone;
using report::Row;
using report::text_cell;
using report::time_cell;

constexpr std::string_view html_columns[] = {"seq",     "recorded_at", "occurred_at", "contact", "phone",    "kind", "opted_in",
                                             "blocked", "level",       "list",        "actor",   "evidence", "texts"};
/// Of a range, which has its neighbours in it.
constexpr std::string_view html_columns_of_range[] = {"seq",   "in_scope", "recorded_at", "occurred_at", "contact",
                                                      "phone", "kind",     "opted_in",    "blocked",     "level",
                                                      "list",  "actor",    "evidence",    "texts"};
constexpr std::string_view html_columns_of_one[] = {"seq",   "recorded_at", "occurred_at", "kind",     "opted_in", "blocked",
                                                    "level", "list",        "actor",       "evidence", "texts"};

std::string joined(std::vector<std::string> const& words, std::string_view between) {
    std::string all;
    for (std::string const& word : words) all.append(all.empty() ? "" : between).append(word);
    return all;
}

/// What both views are made of.
class Reader {
public:
    explicit Reader(Plan const& plan) : plan_(&plan) {}

    struct Texts {
        Cell said{};      ///< free texts, named
        Cell evidence{};  ///< items of evidence as they were posted
    };
    Result<Texts> texts(service::Queries& queries, Read const& read) const {
        std::vector<std::string> said;
        std::vector<std::string> evidence;
        for (std::string const& pointer : commitments(read.entry)) {
            CL_TRY_ASSIGN(Value const value, open(*plan_, queries, read, pointer));
            bool const of_data = pointer.starts_with("/data/");
            if (value.absent == bundle_format::withheld) continue;
            std::string const text = value.opened ? value.opened->content : std::string(value.absent);
            if (of_data) {
                said.push_back(pointer.substr(6) + ": " + text);
            } else {
                evidence.push_back(text);
            }
        }
        return Texts{text_cell(joined(said, "\n")), text_cell(joined(evidence, "\n"))};
    }

    Result<Cell> phone(service::Queries& queries, std::optional<Hash32> const& contact) {
        if (!contact) return Cell();
        if (last_ == contact) return last_phone_;
        CL_TRY_ASSIGN(Value const value, number_of(*plan_, queries, *contact));
        last_ = contact;
        last_phone_ = value.absent == bundle_format::erased ? text_cell(value.absent) : Cell();
        if (value.opened) last_phone_ = Phone{value.opened->content};
        return last_phone_;
    }

private:
    Plan const* plan_;
    std::optional<Hash32> last_;
    Cell last_phone_;
};

void add_state(Entry const& entry, Row& row) {
    auto const& state = entry.state;
    row.push_back(state ? Cell(state->opted_in) : Cell());
    row.push_back(state ? Cell(state->blocked) : Cell());
    row.push_back(state ? text_cell(name(state->level)) : Cell());
    bool const listed = state && state->list;
    row.push_back(text_cell(listed ? std::string_view(state->list->id) : entry.data.string("list")));
}

Cell evidence_kinds(Entry const& entry) {
    std::vector<std::string> kinds;
    for (Evidence const& item : entry.evidence) kinds.push_back(item.kind);
    return text_cell(joined(kinds, " "));
}

void add_evidence(Entry const& entry, Row& row) {
    std::vector<std::string> times;
    std::vector<std::string> digests;
    for (Evidence const& item : entry.evidence) {
        times.push_back(item.occurred_at ? format_time(*item.occurred_at) : "-");
        digests.push_back(to_hex(item.digest));
    }
    row.push_back(evidence_kinds(entry));
    row.push_back(text_cell(joined(times, " ")));
    row.push_back(text_cell(joined(digests, " ")));
}

Cell number(std::optional<std::int64_t> const& value) {
    return value ? Cell(*value) : Cell();
}

/// The account's own number, or the id of another sender.
Cell sender(std::string const& to) {
    return to.starts_with('+') ? Cell(Phone{to}) : text_cell(to);
}

void add_source(Entry const& entry, Row& row) {
    row.push_back(entry.actor ? text_cell(entry.actor->kind) : Cell());
    row.push_back(entry.actor ? text_cell(entry.actor->id) : Cell());
    row.push_back(text_cell(entry.channel));
    row.push_back(sender(entry.to));
    row.push_back(entry.source ? text_cell(entry.source->platform) : Cell());
    row.push_back(entry.source ? text_cell(entry.source->record) : Cell());
    row.push_back(entry.source ? text_cell(entry.source->token) : Cell());
}

std::string_view title_of(Scope const& scope) {
    if (scope.kind == bundle_format::scope::contact) return "Evidence: one contact";
    if (scope.kind == bundle_format::scope::list) return "Evidence: everybody who was on a list";
    return scope.kind == bundle_format::scope::range ? "Evidence: an account in a time" : "Evidence: an account";
}

/// What stands above the rows. The time is that of export.issued, so that the page is the same each time.
report::Head head_of(Plan const& plan, std::string checkpoint) {
    report::Head head{"evidence",
                      std::string(title_of(plan.said.scope)),
                      plan.account,
                      plan.origin,
                      plan.program,
                      plan.issued_at,
                      plan.said.tree_size - 1,
                      std::move(checkpoint)};
    for (json::Member const& member : to_json(plan.said.scope)) {
        head.about.emplace_back(member.name == "kind" ? "scope" : member.name, *member.value.as_string());
    }
    Counted const& inside = plan.inside;
    head.about.emplace_back("entries", std::to_string(inside.entries));
    if (std::string beside = neighbours(plan); !beside.empty()) head.about.emplace_back("neighbours", std::move(beside));
    head.about.emplace_back("contacts", std::to_string(plan.contacts.size() - plan.strangers.size()));
    if (inside.entries > 0) {
        head.about.emplace_back("first recorded", format_time(inside.first_at));
        head.about.emplace_back("last recorded", format_time(inside.last_at));
    }
    head.about.emplace_back("openings",
                            std::string(plan.redacted ? bundle_format::openings_redacted : bundle_format::openings_full));
    head.about.emplace_back("stated by entry", std::to_string(plan.issued) + " (export.issued)");
    head.about.emplace_back("digest of entries.ndjson", in_groups(to_hex(plan.said.digest)));
    return head;
}

report::Section kinds_of(Plan const& plan) {
    report::Section section{"kind", "Entries by kind", {"kind", "entries"}, {}};
    for (auto const& [kind, count] : plan.inside.kinds) section.rows.push_back({text_cell(kind), count});
    return section;
}

class View : public Part {
public:
    View(Making& making, std::unique_ptr<report::Writer> writer)
        : plan_(&making.plan), reader_(making.plan), walk_(making.plan), writer_(std::move(writer)) {}

    Result<bool> step(service::Queries& queries, std::string& out) override {
        if (!begun_) {
            CL_TRY_ASSIGN(std::string checkpoint, queries.records().checkpoint(plan_->size(), plan_->origin));
            report::Head head = head_of(*plan_, std::move(checkpoint));
            CL_TRY(complete(queries, head));
            tail_.as_of = head.as_of;
            tail_.checkpoint = head.checkpoint;
            writer_->begin(head, columns(), out);
            begun_ = true;
            return true;
        }
        CL_TRY_ASSIGN(bool const more, walk_.step(queries.records(), [&](Raw& raw) -> Result<std::size_t> {
            if (tail_.rows >= most()) return 0;
            std::size_t const before = out.size();
            CL_TRY_ASSIGN(Read const read, bundle::read(std::move(raw)));
            CL_TRY_ASSIGN(Row const row, row_of(queries, read));
            writer_->row(row, out);
            ++tail_.rows;
            return out.size() - before;
        }));
        if (more && tail_.rows < most()) return true;
        tail_.sections.push_back(kinds_of(*plan_));
        writer_->end(tail_, out);
        return false;
    }

protected:
    [[nodiscard]] virtual std::span<std::string_view const> columns() const = 0;
    [[nodiscard]] virtual Result<Row> row_of(service::Queries& queries, Read const& read) = 0;
    /// How many rows it shows.
    [[nodiscard]] virtual std::int64_t most() const { return plan_->said.entries; }
    virtual Result<void> complete(service::Queries&, report::Head&) { return {}; }

    Plan const* plan_;
    Reader reader_;

private:
    Walk walk_;
    std::unique_ptr<report::Writer> writer_;
    report::Tail tail_;
    bool begun_ = false;
};

class Csv final : public View {
public:
    /// For spreadsheets, as texts of others stand in it.
    explicit Csv(Making& making) : View(making, report::csv_writer(report::Profile::spreadsheet)) {}

private:
    std::span<std::string_view const> columns() const override { return bundle_format::csv_columns; }
    Result<Row> row_of(service::Queries& queries, Read const& read) override {
        Entry const& entry = read.entry;
        Row row{entry.seq, plan_->selection.inside(entry.account_seq.value_or(0)), number(entry.account_seq)};
        row.push_back(entry.contact ? text_cell(to_hex(*entry.contact)) : Cell());
        row.push_back(number(entry.contact_seq));
        CL_TRY_ASSIGN(Cell phone, reader_.phone(queries, entry.contact));
        row.push_back(std::move(phone));
        row.push_back(time_cell(entry.occurred_at));
        row.push_back(time_cell(entry.recorded_at));
        row.push_back(text_cell(entry.kind));
        add_state(entry, row);
        row.push_back(entry.state && entry.state->list ? Cell(entry.state->list->member) : Cell());
        add_source(entry, row);
        add_evidence(entry, row);
        row.push_back(entry.data.empty() ? Cell() : text_cell(json::write(entry.data)));
        CL_TRY_ASSIGN(Reader::Texts texts, reader_.texts(queries, read));
        row.push_back(std::move(texts.said));
        row.push_back(std::move(texts.evidence));
        row.push_back(entry.policy ? text_cell(entry.policy->pack + " " + std::to_string(entry.policy->rules)) : Cell());
        row.push_back(text_cell(to_hex(entry.prev)));
        row.push_back(text_cell(to_hex(leaf_hash(read.bytes))));
        return row;
    }
};

class Html final : public View {
public:
    explicit Html(Making& making) : View(making, report::html_writer()), one_(making.plan.contacts.size() == 1) {}

private:
    std::span<std::string_view const> columns() const override {
        if (one()) return html_columns_of_one;
        if (is_range()) return html_columns_of_range;
        return html_columns;
    }
    std::int64_t most() const override { return std::min(plan_->said.entries, limits::bundle_html_entries); }
    Result<void> complete(service::Queries& queries, report::Head& head) override {
        if (most() < plan_->said.entries) {
            head.about.emplace_back("shown here", "the first " + std::to_string(most()) + " rows; all are in entries.csv");
        }
        if (!one()) return {};
        CL_TRY_ASSIGN(Cell const phone, reader_.phone(queries, plan_->said.scope.contact));
        if (auto const* const opened = std::get_if<Phone>(&phone)) head.about.emplace_back("phone", opened->e164);
        if (auto const* const text = std::get_if<std::string>(&phone)) head.about.emplace_back("phone", *text);
        return {};
    }
    Result<Row> row_of(service::Queries& queries, Read const& read) override {
        Entry const& entry = read.entry;
        Row row{entry.seq};
        if (is_range()) row.push_back(plan_->selection.inside(entry.account_seq.value_or(0)));
        row.push_back(time_cell(entry.recorded_at));
        row.push_back(time_cell(entry.occurred_at));
        if (!one()) {
            constexpr std::size_t shown = 12;
            row.push_back(entry.contact ? text_cell(to_hex(*entry.contact).substr(0, shown) + "…") : Cell());
            CL_TRY_ASSIGN(Cell phone, reader_.phone(queries, entry.contact));
            row.push_back(std::move(phone));
        }
        row.push_back(text_cell(entry.kind));
        add_state(entry, row);
        row.push_back(entry.actor ? text_cell(entry.actor->id) : Cell());
        row.push_back(evidence_kinds(entry));
        CL_TRY_ASSIGN(Reader::Texts const texts, reader_.texts(queries, read));
        auto const* const said = std::get_if<std::string>(&texts.said);
        auto const* const evidence = std::get_if<std::string>(&texts.evidence);
        std::string all = said != nullptr ? *said : std::string();
        if (evidence != nullptr) all += (all.empty() ? "" : "\n") + *evidence;
        row.push_back(text_cell(all));
        return row;
    }
    [[nodiscard]] bool is_range() const { return plan_->said.scope.kind == bundle_format::scope::range; }
    [[nodiscard]] bool one() const { return one_ && plan_->said.scope.kind == bundle_format::scope::contact; }

    bool one_;
};

}  // namespace

std::unique_ptr<Part> make_csv(Making& making) {
    return std::make_unique<Csv>(making);
}
std::unique_ptr<Part> make_html(Making& making) {
    return std::make_unique<Html>(making);
}

}  // namespace cl::bundle
