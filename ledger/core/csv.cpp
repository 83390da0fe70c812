#include "ledger/core/csv.hpp"

#include <algorithm>

namespace cl::csv {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// One record on its way; `record_` may be null, then only its end is looked for.
class Reader {
public:
    Reader(std::string_view text, bool last, Record* record, Limits const& limits)
        : limits_(limits),
          text_(text.substr(0, limits.record_bytes + 1)),
          rest_(text),
          whole_(last && text_.size() == text.size()),
          record_(record) {}

    std::size_t run() {
        std::size_t const line = text_.find('\n');
        std::string_view const first = text_.substr(0, line);
        if (first.find('"') == npos) {
            return plain(first, line);
        }
        for (;;) {
            bool const quoted = at_ < text_.size() && text_[at_] == '"';
            if (quoted && !quoted_field()) {
                return unfinished(Fault::unclosed);
            }
            std::size_t const end = std::min(text_.find_first_of(",\n", at_), text_.size());
            quoted ? after_quote(end) : plain_field(end);
            if (end == text_.size() && !whole_) {
                return unfinished(Fault::record_too_long);
            }
            at_ = end + 1;
            if (end == text_.size() || text_[end] == '\n') {
                return std::min(at_, text_.size());
            }
        }
    }

private:
    /// A line without a quote: the common case, in two quick passes.
    std::size_t plain(std::string_view first, std::size_t line) {
        if (line == npos && !whole_) {
            return unfinished(Fault::record_too_long);
        }
        if (record_ != nullptr) {
            first = without_cr(first);
            for (std::size_t comma; (comma = first.find(',')) != npos; first.remove_prefix(comma + 1)) {
                add(first.substr(0, comma));
            }
            add(first);
        }
        return line == npos ? text_.size() : line + 1;
    }

    /// From an opening quote to behind its closing one. False if there is none.
    bool quoted_field() {
        std::size_t const start = ++at_;
        bool doubled = false;
        for (std::size_t quote; (quote = text_.find('"', at_)) != npos; at_ = quote + 2, doubled = true) {
            bool const last_byte = quote + 1 == text_.size();
            if (last_byte && !whole_) {
                return false;  // whether it is doubled is not known yet
            }
            if (last_byte || text_[quote + 1] != '"') {
                value_ = text_.substr(start, quote - start);
                doubled_ = doubled;
                at_ = quote + 1;
                return true;
            }
        }
        return false;
    }

    void after_quote(std::size_t end) {
        if (!without_cr_at_line_end(end).empty()) {
            fault(Fault::text_after_quote);
        }
        if (record_ == nullptr || !doubled_) {
            add(value_);
            return;
        }
        std::string& out = record_->unquoted.emplace_back();
        for (std::size_t i = 0; i < value_.size(); ++i) {
            out += value_[i];
            i += value_[i] == '"' ? 1U : 0U;
        }
        add(out);
    }

    void plain_field(std::size_t end) {
        std::string_view const value = without_cr_at_line_end(end);
        if (value.find('"') != npos) {
            fault(Fault::quote_inside);
        }
        add(value);
    }

    [[nodiscard]] std::string_view without_cr_at_line_end(std::size_t end) const {
        std::string_view const value = text_.substr(at_, end - at_);
        return end < text_.size() && text_[end] == ',' ? value : without_cr(value);
    }

    static std::string_view without_cr(std::string_view value) {
        return value.ends_with('\r') ? value.substr(0, value.size() - 1) : value;
    }

    void add(std::string_view value) {
        if (record_ == nullptr) {
            return;
        }
        if (value.size() > limits_.field_bytes) {
            fault(Fault::field_too_long);
        }
        if (record_->fields.size() == limits_.fields) {
            fault(Fault::too_many_fields);
            return;
        }
        record_->fields.push_back(value);
    }

    void fault(Fault what) {
        if (record_ != nullptr && record_->fault == Fault::none) {
            record_->fault = what;
        }
    }

    /// No end in sight. If more may come, wait for it; else give up on this line alone.
    std::size_t unfinished(Fault what) {
        bool const at_limit = text_.size() < rest_.size() || text_.size() > limits_.record_bytes;
        if (!at_limit && !whole_) {
            return 0;
        }
        fault(what);
        std::size_t const line = rest_.find('\n');
        return line == npos ? rest_.size() : line + 1;
    }

    Limits const& limits_;
    std::string_view text_;  // as far as a record may reach
    std::string_view rest_;
    bool whole_;  // text_ ends where the file does
    Record* record_;
    std::size_t at_ = 0;
    std::string_view value_;
    bool doubled_ = false;
};

}  // namespace

void Record::clear() {
    fields.clear();
    unquoted.clear();
    fault = Fault::none;
}

std::size_t read(std::string_view text, bool last, Record* record, Limits const& limits) {
    if (record != nullptr) {
        record->clear();
    }
    return text.empty() ? 0 : Reader(text, last, record, limits).run();
}

}  // namespace cl::csv
