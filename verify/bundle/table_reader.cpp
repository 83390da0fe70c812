#include "verify/bundle/table_reader.hpp"

#include "ledger/core/limits.hpp"

namespace cl::verify::bundle {
namespace {

constexpr int over = -1;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

Error malformed() {
    return fail(errc::malformed, "a record is not spelled as such a table's are");
}

}  // namespace

/// The next byte, or `over`.
Result<int> TableReader::get() {
    if (used_ == buffer_.size()) {
        CL_TRY_ASSIGN(buffer_, stream_->next());
        used_ = 0;
        if (!begun_ && buffer_.starts_with(byte_order_mark)) used_ = byte_order_mark.size();
        begun_ = true;
        if (used_ >= buffer_.size()) return over;
    }
    if (++record_bytes_ > limits::bundle_record_bytes) return malformed();
    return static_cast<unsigned char>(buffer_[used_++]);
}

/// Up to the closing quote.
Result<void> TableReader::read_quoted(std::string& field) {
    for (;;) {
        CL_TRY_ASSIGN(int const c, get());
        if (c == over) return malformed();
        if (c != '"') {
            field += static_cast<char>(c);
            continue;
        }
        bool const doubled = used_ < buffer_.size() && buffer_[used_] == '"';
        if (!doubled && used_ == buffer_.size()) {  // the next piece tells
            CL_TRY_ASSIGN(int const next, get());
            if (next == '"') {
                field += '"';
                continue;
            }
            used_ -= next == over ? 0 : 1;
            return {};
        }
        if (!doubled) return {};
        ++used_;
        field += '"';
    }
}

/// True if a comma follows, false if the record ends.
Result<bool> TableReader::read_field(std::string& field) {
    CL_TRY_ASSIGN(int c, get());
    if (c == '"') {
        CL_TRY(read_quoted(field));
        CL_TRY_ASSIGN(c, get());
    } else {
        while (c != ',' && c != '\r' && c != over && c != '"') {
            field += static_cast<char>(c);
            CL_TRY_ASSIGN(c, get());
        }
    }
    if (c == ',') return true;
    if (c != '\r') return malformed();
    CL_TRY_ASSIGN(int const end, get());
    if (end != '\n') return malformed();
    return false;
}

Result<std::optional<std::vector<std::string>>> TableReader::next() {
    record_bytes_ = 0;
    CL_TRY_ASSIGN(int const first, get());
    if (first == over) return std::optional<std::vector<std::string>>();
    --used_;
    std::vector<std::string> fields;
    for (bool more = true; more;) {
        std::string field;
        CL_TRY_ASSIGN(more, read_field(field));
        fields.push_back(std::move(field));
    }
    return std::optional<std::vector<std::string>>(std::move(fields));
}

}  // namespace cl::verify::bundle
