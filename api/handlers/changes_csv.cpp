#include "api/handlers/changes_csv.hpp"

#include "api/handlers/query.hpp"

namespace cl::api::handlers {

namespace {

using report::Cell;
using report::text_cell;

constexpr std::string_view columns[] = {"seq",         "account_seq", "recorded_at", "occurred_at", "kind",   "contact",
                                        "contact_seq", "actor_kind",  "actor",       "platform",    "record", "token",
                                        "channel",     "to",          "opted_in",    "blocked",     "level",  "list",
                                        "on_list",     "evidence",    "findings",    "leaf_hash"};

Cell flag(bool value) {
    return value;
}

Cell own_number(std::string const& to) {
    if (to.starts_with('+')) {
        return report::Phone{to};
    }
    return text_cell(to);
}

void append_word(std::string& words, std::string_view word) {
    if (!words.empty()) {
        words += ' ';
    }
    words += word;
}

report::Row row_of(service::EntryView const& view, Entry const& entry) {
    Actor const actor = entry.actor.value_or(Actor{});
    Source const source = entry.source.value_or(Source{});
    std::string evidence;
    for (Evidence const& item : entry.evidence) {
        append_word(evidence, item.kind);
    }
    std::string findings;
    for (service::FindingView const& one : view.findings) {
        append_word(findings, one.finding.id);
    }
    report::Row row{entry.seq,
                    entry.account_seq ? Cell(*entry.account_seq) : Cell(),
                    report::time_cell(entry.recorded_at),
                    report::time_cell(entry.occurred_at),
                    text_cell(entry.kind),
                    entry.contact ? text_cell(to_hex(*entry.contact)) : Cell(),
                    entry.contact_seq ? Cell(*entry.contact_seq) : Cell(),
                    text_cell(actor.kind),
                    text_cell(actor.id),
                    text_cell(source.platform),
                    text_cell(source.record),
                    text_cell(source.token),
                    text_cell(entry.channel),
                    own_number(entry.to)};
    if (entry.state) {
        row.insert(row.end(), {flag(entry.state->opted_in), flag(entry.state->blocked), text_cell(name(entry.state->level))});
    } else {
        row.insert(row.end(), 3, Cell());
    }
    if (entry.state && entry.state->list) {
        row.insert(row.end(), {text_cell(entry.state->list->id), flag(entry.state->list->member)});
    } else {
        row.insert(row.end(), {text_cell(entry.data.string("list")), Cell()});
    }
    row.insert(row.end(), {text_cell(evidence), text_cell(findings), text_cell(to_hex(leaf_hash(view.bytes)))});
    return row;
}

}  // namespace

Result<report::Profile> csv_profile(Request const& request) {
    std::string_view const profile = request.parameter("profile").value_or("plain");
    if (profile == "plain") {
        return report::Profile::plain;
    }
    if (profile == "spreadsheet") {
        return report::Profile::spreadsheet;
    }
    return fail(errc::invalid, "Query parameter `profile` must be `plain` or `spreadsheet`.");
}

Result<Response> csv_page(Request const& request, service::Page<service::EntryView> const& page) {
    Response response;
    response.content_type = "text/csv; charset=utf-8; header=present";
    // Neither head nor end, which a report has: pages are put together to one table.
    CL_TRY_ASSIGN(report::Profile const profile, csv_profile(request));
    auto const writer = report::csv_writer(profile);
    writer->begin({}, columns, response.body);
    for (service::EntryView const& view : page.items) {
        CL_TRY_ASSIGN(Entry const entry, decode(view.bytes));
        writer->row(row_of(view, entry), response.body);
    }
    if (!page.next_cursor.empty()) {
        response.headers.emplace_back("Link", next_link(request, page.next_cursor));
    }
    return response;
}

}  // namespace cl::api::handlers
