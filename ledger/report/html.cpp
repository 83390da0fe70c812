// HTML that stands alone: no script, nothing fetched, and a layout for paper (the header on every page, no row cut in two).
#include "ledger/core/markup.hpp"
#include "ledger/report/writers.hpp"

#include <algorithm>

namespace cl::report {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:110rem;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1rem 0}dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.85rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #8886;white-space:pre-wrap;unicode-bidi:isolate}
th{border-bottom:2px solid #888;white-space:normal}td.w{overflow-wrap:anywhere;min-width:8rem}td.k{white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums}
article{border-top:1px solid #888;padding:.5rem 0}article h2{font-size:1rem;margin:0}article dl{grid-template-columns:max-content 1fr max-content 1fr;margin:.3rem 0;font-size:.85rem}
@media(max-width:60rem){article dl{grid-template-columns:max-content 1fr}}
tbody tr:nth-child(even){background:#8881}footer{margin-top:2rem;opacity:.8}
@media print{@page{size:A4 landscape;margin:12mm}:root{color-scheme:light}body{font-size:9pt;margin:0;max-width:none;padding:0;color:#000;background:#fff}
article{break-inside:avoid}article dl{font-size:7.5pt;grid-template-columns:max-content 1fr max-content 1fr}
.wide{overflow:visible}table{font-size:7pt}th,td{padding:1mm}td.w{min-width:26mm}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}
)";

void element(std::string_view name, std::string_view text, std::string& out) {
    out.append("<").append(name).append(">");
    append_visible_markup(text, out);
    out.append("</").append(name).append(">");
}

void fact(std::string_view name, std::string_view value, std::string& out) {
    element("dt", name, out);
    element("dd", value, out);
    out += '\n';
}

/// A column's name as words.
std::string words_of(std::string_view name) {
    std::string words(name);
    for (char& c : words) c = c == '_' ? ' ' : c;
    return words;
}

/// `first`: a row, by which a column of numbers is told; without it none is. The table scrolls by itself where it is wider than the page, by
/// keyboard too (WCAG 2.1.1), and is called `title` then.
template <class Names>
void open_table(std::string_view title, Names const& columns, Row const& first, std::string& out) {
    out += "<div class=\"wide\" role=\"region\" aria-label=\"";
    append_visible_markup(title, out);
    out += "\" tabindex=\"0\"><table><thead><tr>";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        bool const numbers = i < first.size() && std::holds_alternative<std::int64_t>(first[i]);
        out += numbers ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">";
        append_visible_markup(words_of(columns[i]), out);
        out += "</th>";
    }
    out += "</tr></thead><tbody>\n";
}

std::string text_of(Cell const& cell) {
    if (auto const* const number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (auto const* const text = std::get_if<std::string>(&cell)) return *text;
    if (auto const* const flag = std::get_if<bool>(&cell)) return *flag ? "yes" : "no";
    if (auto const* const phone = std::get_if<Phone>(&cell)) return phone->e164;
    return {};
}

/// How a text may be broken. With a long word a column must not be as wide as that, so it may be cut anywhere; a single word that is not long,
/// as an id, never, and any other between its words.
std::string_view class_of(std::string_view text) {
    constexpr std::size_t longest = 24;  // a time has as many
    bool one_word = !text.empty();
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = std::min(text.find_first_of(" \n", at), text.size());
        if (end - at > longest) return "w";
        one_word = one_word && end == text.size();
        at = end + 1;
    }
    return one_word ? "k" : "";
}

/// A time may be broken between its day and its hour, and nowhere else.
bool is_time(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";
    if (text.size() != shape.size()) return false;
    return std::equal(text.begin(), text.end(), shape.begin(),
                      [](char c, char due) { return due == '0' ? c >= '0' && c <= '9' : c == due; });
}

void append_text(std::string_view text, std::string& out) {
    constexpr std::size_t day = 11;  // with its T
    std::size_t const first = is_time(text) ? day : 0;
    append_visible_markup(text.substr(0, first), out);
    if (first > 0) out += "<wbr>";
    append_visible_markup(text.substr(first), out);
}

void write_row(Row const& row, std::string& out) {
    out += "<tr>";
    for (Cell const& cell : row) {
        std::string const text = text_of(cell);
        std::string_view const cls = std::holds_alternative<std::int64_t>(cell) ? "n" : class_of(text);
        out += "<td";
        if (!cls.empty()) out.append(" class=\"").append(cls).append("\"");
        out += '>';
        append_text(text, out);
        out += "</td>";
    }
    out += "</tr>\n";
}

constexpr std::string_view close_table = "</tbody></table></div>\n";

class Html final : public Writer {
public:
    void begin(Head const& head, std::span<std::string_view const> columns, std::string& out) override {
        out +=
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";
        element("title", head.title + " - " + head.account, out);
        out.append("<style>").append(style).append("</style></head><body>\n<header>");
        element("h1", head.title, out);
        out += "<dl>\n";
        fact("account", head.account, out);
        fact("ledger", head.origin, out);
        fact("generated", format_time(head.generated_at), out);
        fact("speaks of", "all entries up to " + std::to_string(head.as_of), out);
        for (auto const& [name, value] : head.filters) fact("filter: " + name, value, out);
        for (auto const& [name, value] : head.about) fact(name, value, out);
        out += "</dl></header>\n<main>\n";
        columns_ = columns;
        title_ = head.title;
        checkpoint_ = head.checkpoint;
        program_ = head.program;
    }

    void row(Row const& row, std::string& out) override {
        if (cards()) {
            card(row, out);
        } else {
            open(row, out);
            write_row(row, out);
        }
    }

    void end(Tail const& tail, std::string& out) override {
        if (!cards()) {
            open({}, out);
            out += close_table;
        }
        out += "<p>" + std::to_string(tail.rows) + (tail.rows == 1 ? " row." : " rows.") + " The present is told as of entry " +
               std::to_string(tail.as_of) + ".</p>\n";
        for (Section const& section : tail.sections) {
            element("h2", section.title, out);
            open_table(section.title, section.columns, section.rows.empty() ? Row() : section.rows.front(), out);
            for (Row const& row : section.rows) write_row(row, out);
            out += close_table;
        }
        out += "</main>\n<footer><dl>\n";
        fact("checkpoint", checkpoint_, out);
        fact("made by", program_, out);
        out += "</dl></footer></body></html>\n";
    }

private:
    /// A table of more columns fits neither on paper nor on a screen: each row is a card then, with what it has.
    [[nodiscard]] bool cards() const noexcept { return columns_.size() > most_columns; }

    /// The table, where it is not open yet: which columns are numbers, the first row says.
    void open(Row const& first, std::string& out) {
        if (!opened_) open_table(title_, columns_, first, out);
        opened_ = true;
    }

    void card(Row const& row, std::string& out) const {
        out += "<article>";
        element("h2", words_of(columns_.front()) + " " + text_of(row.front()), out);
        out += "<dl>\n";
        for (std::size_t i = 1; i < std::min(row.size(), columns_.size()); ++i) {
            if (!std::holds_alternative<std::monostate>(row[i])) fact(words_of(columns_[i]), text_of(row[i]), out);
        }
        out += "</dl></article>\n";
    }

    static constexpr std::size_t most_columns = 14;
    std::span<std::string_view const> columns_;
    std::string title_;
    bool opened_ = false;
    std::string checkpoint_;
    std::string program_;
};

}  // namespace

std::unique_ptr<Writer> html_writer() {
    return std::make_unique<Html>();
}

}  // namespace cl::report
