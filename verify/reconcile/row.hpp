// A record of a file becomes a send: columns to values, a number to a contact.
//
// Threads: a RowReader belongs to one thread; what it refers to does not change meanwhile.
#pragma once

#include "ledger/core/keys.hpp"
#include "verify/reconcile/columns.hpp"
#include "verify/reconcile/history.hpp"
#include "verify/reconcile/input.hpp"
#include "verify/reconcile/send.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cl::verify::reconcile {

/// How a file is read; the same for all of its rows.
struct FileShape {
    Form form = Form::csv;
    bool rejections = false;  ///< every row is a message that was refused
    Columns columns;
    ColumnNames given;                     ///< as the user named them
    bool utc = false;                      ///< times without an offset are UTC
    SendType type = SendType::unknown;     ///< of rows that say nothing
    ListId list = no_list;                 ///< of campaigns that name none
    std::optional<std::uint32_t> account;  ///< of rows that name none
    std::optional<std::uint32_t> only;     ///< rows of contacts of another account are bad
    ContactKey const* key = nullptr;       ///< for rows with numbers
};

struct Row {
    Send send;
    Contact const* contact = nullptr;  ///< null: the ledger never heard of it
};

class RowReader {
public:
    RowReader(FileShape const& shape, History const& history) : shape_(shape), history_(history) {}
    /// Fills in `row`, or says why not. An inbound message is told by its outcome alone.
    [[nodiscard]] std::optional<BadRow> read_csv(csv::Record const& record, Row& row);
    [[nodiscard]] std::optional<BadRow> read_json(std::string_view line, Row& row);

private:
    using Values = std::array<std::string_view, field_count>;
    [[nodiscard]] std::string_view value(Field field) const { return values_[static_cast<std::size_t>(field)]; }
    [[nodiscard]] std::optional<BadRow> read(Row& row);
    [[nodiscard]] std::optional<BadRow> read_contact(Row& row);
    [[nodiscard]] std::optional<BadRow> read_number(std::optional<std::uint32_t> account, Row& row);
    [[nodiscard]] std::optional<BadRow> read_kind(Send& send);
    [[nodiscard]] std::optional<BadRow> read_extras(Send& send);
    [[nodiscard]] Outcome read_outcome() const;
    [[nodiscard]] std::optional<NameMatch> const& match(std::string const& name);

    FileShape const& shape_;
    History const& history_;
    Values values_;
    std::array<std::string, field_count> texts_;  // values that stand nowhere as text
    std::unordered_map<std::string, std::optional<NameMatch>> matches_;
};

}  // namespace cl::verify::reconcile
