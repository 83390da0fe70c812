// The page of a test's bundle for people, made from docs/bundle.md ("The views"). Only the style sheet is the ledger's own.
//
// Threads: pure functions.
#pragma once

#include "ledger/report/writers.hpp"
#include "tests/support/bundle_views.hpp"

namespace cl::test {

inline std::string page_style() {
    std::string out;
    report::html_writer()->begin(report::Head{}, {}, out);
    std::size_t const start = out.find("<style>") + 7;
    return out.substr(start, out.find("</style>") - start);
}

/// What cannot be seen, or turns the writing round, as an escape; of these tests, that is.
inline std::string visible(std::string text) {
    constexpr std::array<std::array<std::string_view, 2>, 5> unseen = {
        {{"\u202E", "\\u202e"}, {"\u202C", "\\u202c"}, {"\u200B", "\\u200b"}, {"\x1b", "\\u001b"}, {"\r", "\\u000d"}}};
    for (auto const& [from, to] : unseen) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from)) text.replace(at, from.size(), to);
    }
    return text;
}

inline std::string tagged(std::string const& tag, std::string const& text) {
    std::string out = "<" + tag + ">";
    for (char const c : visible(text)) {
        std::string_view const special = "&<>\"'";
        constexpr std::array names = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
        std::size_t const at = special.find(c);
        out += at == std::string_view::npos ? std::string(1, c) : std::string(names[at]);
    }
    return out + "</" + tag.substr(0, tag.find(' ')) + ">";
}

/// With `w` if the text has a word of more than 24 bytes between spaces and line feeds, with `k` if it is a single word.
inline std::string cell_of(std::string const& text) {
    std::string word;
    bool wide = false;
    int words = 0;
    for (char const c : text + " ") {
        if (c == ' ' || c == '\n') {
            wide = wide || word.size() > 24;
            ++words;
            word.clear();
        } else {
            word += c;
        }
    }
    bool const kept = words == 1 && !text.empty();
    std::string out = tagged(wide ? "td class=\"w\"" : kept ? "td class=\"k\"" : "td", text);
    static std::regex const time("(>\\d{4}-\\d\\d-\\d\\dT)(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z<)");
    return std::regex_replace(out, time, "$1<wbr>$2");
}

/// `numbers`: the name of the column of numbers.
inline std::string table_of(std::string const& title, std::vector<std::string> const& columns, std::string const& numbers,
                            std::string const& rows) {
    std::string out = "<div class=\"wide\" role=\"region\" aria-label=\"" + title + "\" tabindex=\"0\"><table><thead><tr>";
    for (std::string const& column : columns)
        out += tagged(column == numbers ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"", column);
    return out + "</tr></thead><tbody>\n" + rows + "</tbody></table></div>\n";
}

inline std::string page_row(ShownEntry const& shown, std::string const& kind) {
    bool const of_one = kind == "contact";
    Entry const& e = shown.entry;
    auto const yes = [](bool value) { return std::string(value ? "yes" : "no"); };
    std::string out = tagged("td class=\"n\"", std::to_string(e.seq)) + (kind == "range" ? cell_of(yes(shown.in_scope)) : "") +
                      cell_of(format_time(e.recorded_at)) + cell_of(e.occurred_at ? format_time(*e.occurred_at) : "");
    if (!of_one) out += cell_of(e.contact ? to_hex(*e.contact).substr(0, 12) + "\u2026" : "") + cell_of(shown.phone);
    std::string kinds;
    for (Evidence const& item : e.evidence) kinds += (kinds.empty() ? "" : " ") + item.kind;
    bool const listed = e.state && e.state->list;
    std::string const between = shown.texts.empty() || shown.evidence.empty() ? "" : "\n";
    for (std::string const& text :
         {e.kind, e.state ? yes(e.state->opted_in) : "", e.state ? yes(e.state->blocked) : "",
          std::string(e.state ? name(e.state->level) : ""), listed ? e.state->list->id : std::string(e.data.string("list")),
          e.actor ? e.actor->id : std::string(), kinds, shown.texts + between + shown.evidence}) {
        out += cell_of(text);
    }
    return "<tr>" + out + "</tr>\n";
}

struct PageAsked {
    std::string kind;  ///< of the scope
    Remarks facts;     ///< from `account` on
    Remarks counts;    ///< of kinds
    std::int64_t last_read = 0;
    std::string note;
    std::string program;
};

inline std::string page_of(PageAsked const& asked, std::vector<ShownEntry> const& rows) {
    auto const facts = [](Remarks const& all) {
        std::string out = "<dl>\n";
        for (auto const& [name, value] : all) out += tagged("dt", name) + tagged("dd", value) + "\n";
        return out + "</dl>";
    };
    bool const one = asked.kind == "contact";
    std::vector<std::string> columns = {"seq",     "recorded at", "occurred at", "contact", "phone",    "kind", "opted in",
                                        "blocked", "level",       "list",        "actor",   "evidence", "texts"};
    if (one) columns.erase(columns.begin() + 3, columns.begin() + 5);
    if (asked.kind == "range") columns.insert(columns.begin() + 1, "in scope");
    std::string body;
    for (ShownEntry const& row : rows) body += page_row(row, asked.kind);
    std::string counts;
    for (auto const& [kind, count] : asked.counts)
        counts += "<tr>" + cell_of(kind) + tagged("td class=\"n\"", count) + "</tr>\n";
    std::string const title = title_of(asked.kind);
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
           "initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">" +
           tagged("title", title + " - " + std::string(bundle_account)) + "<style>" + page_style() +
           "</style></head><body>\n<header>" + tagged("h1", title) + facts(asked.facts) + "</header>\n<main>\n" +
           table_of(title, columns, "seq", body) + "<p>" + std::to_string(rows.size()) +
           (rows.size() == 1 ? " row." : " rows.") + " The present is told as of entry " + std::to_string(asked.last_read) +
           ".</p>\n" + tagged("h2", "Entries by kind") + table_of("Entries by kind", {"kind", "entries"}, "entries", counts) +
           "</main>\n<footer>" + facts({{"checkpoint", asked.note}, {"made by", asked.program}}) + "</footer></body></html>\n";
}

}  // namespace cl::test
