// CSV (RFC 4180). The header comes first, so that every reader finds it; the report's head and the row count are records at the end whose
// first field begins with `#`, padded to the same number of fields.
#include "ledger/report/cell_guard.hpp"
#include "ledger/report/writers.hpp"

#include <algorithm>
#include <utility>

namespace cl::report {
namespace {

/// E.164 as it stands above a report: `+` and digits.
bool is_number(std::string_view text) {
    return text.size() > 1 && text.front() == '+' && text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

class Csv final : public Writer {
public:
    explicit Csv(Profile profile) : profile_(profile) {}

    void begin(Head const& head, std::span<std::string_view const> columns, std::string& out) override {
        head_ = head;
        width_ = columns.size();
        if (profile_ == Profile::spreadsheet) out += "\xEF\xBB\xBF";
        for (std::string_view const name : columns) field(name, out);
        end_record(out);
    }

    void row(Row const& row, std::string& out) override {
        for (Cell const& cell : row) write(cell, out);
        end_record(out);
    }

    void end(Tail const& tail, std::string& out) override {
        if (profile_ == Profile::bare) return;
        for (Section const& section : tail.sections) {
            for (Row const& row : section.rows) {
                std::size_t const most = std::min(row.size(), section.columns.size());
                for (std::size_t i = 1; i < most; ++i)
                    note(section.name + " " + key(row[0]) + " " + section.columns[i], row[i], out);
            }
        }
        for (auto const& [name, value] : facts()) note(name, value, out);
        for (auto const& [name, value] : head_.filters) note("filter " + name, value, out);
        for (auto const& [name, value] : head_.about) note(name, is_number(value) ? Cell(Phone{value}) : Cell(value), out);
        note("checkpoint", head_.checkpoint, out);
        if (tail.as_of != head_.as_of) note("as_of_at_the_end", Cell(tail.as_of), out);
        note("rows", Cell(tail.rows), out);
    }

private:
    std::vector<Fact> facts() const {
        return {{"report", head_.report},
                {"title", head_.title},
                {"account", head_.account},
                {"ledger", head_.origin},
                {"program", head_.program},
                {"generated_at", format_time(head_.generated_at)},
                {"as_of", std::to_string(head_.as_of)}};
    }

    /// What a row of a section is known by: its first cell.
    static std::string key(Cell const& cell) {
        if (auto const* const number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
        auto const* const text = std::get_if<std::string>(&cell);
        return text != nullptr ? *text : std::string();
    }

    /// A value of several lines is as many records, so that each stands on a line of its own.
    void note(std::string const& name, Cell const& value, std::string& out) {
        auto const* const text = std::get_if<std::string>(&value);
        if (text == nullptr) {
            record(name, value, out);
            return;
        }
        std::string_view rest = *text;
        do {
            std::size_t const end = std::min(rest.find('\n'), rest.size());
            record(name, text_cell(rest.substr(0, end)), out);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        } while (!rest.empty());
    }

    void record(std::string const& name, Cell const& value, std::string& out) {
        field("#" + name, out);
        write(value, out);
        while (at_ < width_) write(Cell(), out);
        end_record(out);
    }

    void write(Cell const& cell, std::string& out) {
        if (auto const* const text = std::get_if<std::string>(&cell)) {
            field(*text, out,
                  text->find('#') != std::string::npos);  // that a note alone begins with the sign outside of quotes
        } else if (auto const* const number = std::get_if<std::int64_t>(&cell)) {
            bare_field(std::to_string(*number), out);
        } else if (auto const* const flag = std::get_if<bool>(&cell)) {
            bare_field(*flag ? "true" : "false", out);
        } else if (auto const* const phone = std::get_if<Phone>(&cell)) {
            // RFC 3966: neither a formula nor a number that a spreadsheet would round.
            profile_ == Profile::bare ? bare_field(phone->e164, out) : field("tel:" + phone->e164, out);
        } else {
            bare_field({}, out);
        }
    }

    void bare_field(std::string_view text, std::string& out) {
        if (at_++ > 0) out += ',';
        out += text;
    }

    void field(std::string_view text, std::string& out, bool quoted = false) {
        bare_field({}, out);
        if (profile_ == Profile::spreadsheet) {
            quote(guarded(text), out);
        } else if (quoted || text.find_first_of("\",\r\n") != std::string_view::npos || text.starts_with(' ') ||
                   text.ends_with(' ')) {
            quote(text, out);
        } else {
            out += text;
        }
    }

    static void quote(std::string_view text, std::string& out) {
        out += '"';
        for (char const c : text) {
            if (c == '"') out += '"';
            if (c != '\0') out += c;
        }
        out += '"';
    }

    void end_record(std::string& out) {
        out += "\r\n";
        at_ = 0;
    }

    Profile profile_;
    Head head_;
    std::size_t width_ = 0;
    std::size_t at_ = 0;  // fields of the record in hand
};

/// One cell a row, which is a line already.
class Lines final : public Writer {
public:
    void begin(Head const&, std::span<std::string_view const>, std::string&) override {}
    void row(Row const& row, std::string& out) override {
        if (row.empty()) return;
        if (auto const* const line = std::get_if<std::string>(&row.front())) out += *line + "\n";
    }
    void end(Tail const&, std::string&) override {}
};

}  // namespace

std::unique_ptr<Writer> csv_writer(Profile profile) {
    return std::make_unique<Csv>(profile);
}

std::unique_ptr<Writer> line_writer() {
    return std::make_unique<Lines>();
}

}  // namespace cl::report
