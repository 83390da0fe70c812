#include "verify/bundle/page_text.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/markup.hpp"

#include <algorithm>
#include <array>

namespace cl::verify::bundle {
namespace {

bool of_one(Manifest const& manifest) {
    return manifest.scope.kind == bundle_format::scope::contact;
}

bool is_range(Manifest const& manifest) {
    return manifest.scope.kind == bundle_format::scope::range;
}

std::string fact(std::string_view name, std::string_view value) {
    return "<dt>" + visible_markup(name) + "</dt><dd>" + visible_markup(value) + "</dd>\n";
}

/// docs/bundle.md "The views": a cell with a word of more than 24 bytes may be cut anywhere, one of a single word that is shorter nowhere.
std::string_view cell_class(std::string_view text) {
    constexpr std::size_t longest = 24;
    std::size_t length = 0;
    bool const long_word = std::any_of(text.begin(), text.end(), [&length](char c) {
        length = c == ' ' || c == '\n' ? 0 : length + 1;
        return length > longest;
    });
    if (long_word) return " class=\"w\"";
    bool const one_word = !text.empty() && text.find_first_of(" \n") == std::string_view::npos;
    return one_word ? " class=\"k\"" : "";
}

/// Of the form that format_time gives, whatever its digits.
bool is_time(std::string_view text) {
    std::string form(text);
    for (char& c : form) c = c >= '0' && c <= '9' ? '9' : c;
    return form == "9999-99-99T99:99:99.999Z";
}

std::string cell(std::string_view text) {
    std::string shown = visible_markup(text);
    if (is_time(text)) shown.insert(shown.find('T') + 1, "<wbr>");
    return "<td" + std::string(cell_class(text)) + ">" + shown + "</td>";
}
std::string number(std::int64_t value) {
    return "<td class=\"n\">" + std::to_string(value) + "</td>";
}

/// `numbers`: which column has numbers.
std::string open_table(std::string_view title, std::size_t numbers, std::initializer_list<std::string_view> columns) {
    std::string out =
        "<div class=\"wide\" role=\"region\" aria-label=\"" + visible_markup(title) + "\" tabindex=\"0\"><table><thead><tr>";
    std::size_t at = 0;
    for (std::string_view const name : columns) {
        out += (at++ == numbers ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">") + std::string(name) + "</th>";
    }
    return out + "</tr></thead><tbody>\n";
}
constexpr std::string_view close_table = "</tbody></table></div>\n";

std::string yes_or_no(bool value) {
    return value ? "yes" : "no";
}

std::string evidence_kinds(Entry const& entry) {
    std::string out;
    for (Evidence const& item : entry.evidence) out += (out.empty() ? "" : " ") + item.kind;
    return out;
}

}  // namespace

std::int64_t page_rows(Manifest const& manifest) noexcept {
    return std::min(manifest.entries, limits::bundle_html_entries);
}

std::string page_top(Manifest const& manifest) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>" +
           visible_markup(title_of(manifest) + " - " + manifest.account) + "</title><style>";
}

std::string page_head(Manifest const& manifest, ViewContext const& context, std::string const& phone) {
    std::string out = "</style></head><body>\n<header><h1>" + visible_markup(title_of(manifest)) + "</h1><dl>\n";
    out += fact("account", manifest.account) + fact("ledger", manifest.origin) +
           fact("generated", format_time(manifest.issued_at));
    out += fact("speaks of", "all entries up to " + std::to_string(manifest.tree_size - 1));
    for (auto const& [name, value] : about(manifest, context)) out += fact(name, value);
    std::int64_t const rows = page_rows(manifest);
    if (rows < manifest.entries) {
        out += fact("shown here", "the first " + std::to_string(rows) + " rows; all are in entries.csv");
    }
    if (of_one(manifest) && !phone.empty()) out += fact("phone", phone);
    out += "</dl></header>\n<main>\n";
    if (of_one(manifest)) {
        return out + open_table(title_of(manifest), 0,
                                {"seq", "recorded at", "occurred at", "kind", "opted in", "blocked", "level", "list", "actor",
                                 "evidence", "texts"});
    }
    if (is_range(manifest)) {
        return out + open_table(title_of(manifest), 0,
                                {"seq", "in scope", "recorded at", "occurred at", "contact", "phone", "kind", "opted in",
                                 "blocked", "level", "list", "actor", "evidence", "texts"});
    }
    return out + open_table(title_of(manifest), 0,
                            {"seq", "recorded at", "occurred at", "contact", "phone", "kind", "opted in", "blocked", "level",
                             "list", "actor", "evidence", "texts"});
}

std::string page_row(Manifest const& manifest, Entry const& entry, bool in_scope, std::string const& phone,
                     Texts const& texts) {
    constexpr std::size_t shown = 12;
    std::string out = "<tr>" + number(entry.seq) + (is_range(manifest) ? cell(yes_or_no(in_scope)) : "") +
                      cell(format_time(entry.recorded_at)) + cell(entry.occurred_at ? format_time(*entry.occurred_at) : "");
    if (!of_one(manifest)) {
        out += cell(entry.contact ? to_hex(*entry.contact).substr(0, shown) + "\xE2\x80\xA6" : "") + cell(phone);
    }
    auto const& state = entry.state;
    out += cell(entry.kind) + cell(state ? yes_or_no(state->opted_in) : "") + cell(state ? yes_or_no(state->blocked) : "") +
           cell(state ? name(state->level) : std::string_view()) +
           cell(state && state->list ? std::string_view(state->list->id) : entry.data.string("list")) +
           cell(entry.actor ? entry.actor->id : "") + cell(evidence_kinds(entry));
    bool const both = !texts.said.empty() && !texts.evidence.empty();
    return out + cell(texts.said + (both ? "\n" : "") + texts.evidence) + "</tr>\n";
}

std::string page_end(Manifest const& manifest, ViewContext const& context) {
    std::int64_t const rows = page_rows(manifest);
    std::string out(close_table);
    out += "<p>" + std::to_string(rows) + (rows == 1 ? " row." : " rows.") + " The present is told as of entry " +
           std::to_string(manifest.tree_size - 1) + ".</p>\n<h2>Entries by kind</h2>" +
           open_table("Entries by kind", 1, {"kind", "entries"});
    for (auto const& [kind, count] : context.kinds) out += "<tr>" + cell(kind) + number(count) + "</tr>\n";
    out += std::string(close_table) + "</main>\n<footer><dl>\n" + fact("checkpoint", context.note);
    return out + fact("made by", manifest.program) + "</dl></footer></body></html>\n";
}

}  // namespace cl::verify::bundle
