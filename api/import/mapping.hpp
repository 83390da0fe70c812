// A row of a CSV file as changes that can be posted (docs/http-api.md "A change"). What a row says is taken; what it does not say is not made
// up: above all no consent. docs/import.md has the table.
//
// Threads: immutable after it was made; pure functions.
#pragma once

#include "api/import/members.hpp"
#include "ledger/core/json.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::api::import {

/// Names a change by its content: the same text, the same name, for ever. Not to be undone by who does not hold the ledger's keys, since
/// the text has the number in it.
using NameOf = std::function<std::string(std::string_view text)>;

class Mapping {
public:
    /// errc::usage with what is wrong with the wishes; errc::malformed for a header that cannot be one, or that has no number. Names of
    /// columns are repeated in errors, values never.
    [[nodiscard]] static Result<Mapping> make(std::vector<std::string_view> const& header, Wishes wishes);

    /// The changes of a row, in the order in which they are to be recorded; at least one. errc::invalid with what is wrong with the row.
    [[nodiscard]] Result<std::vector<json::Object>> changes(std::vector<std::string_view> const& cells,
                                                            NameOf const& name_of) const;

    [[nodiscard]] std::string_view shape() const noexcept { return shape_->name; }
    /// `phone from OptedOutNumber, …` for the operator.
    [[nodiscard]] std::string describe() const;

private:
    struct Place {
        std::size_t column;
        std::string evidence;  ///< a member of the evidence, such as `kind`, `url` or `scope.lists`
    };
    class Row;

    [[nodiscard]] Result<void> place_columns(std::vector<std::string_view> const& header);
    [[nodiscard]] Result<void> place_wish(std::vector<std::string_view> const& header, std::string const& column,
                                          std::string const& member);
    [[nodiscard]] Result<void> place_by_name(std::vector<std::string> const& plain);
    [[nodiscard]] Result<void> place_evidence(std::size_t column, std::string_view member);
    [[nodiscard]] Result<void> check() const;

    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    Wishes wishes_;
    Shape const* shape_ = nullptr;
    std::vector<std::string> header_;
    std::array<std::size_t, member_count> places_{};
    std::vector<Place> evidence_;
    std::array<std::string, member_count> constants_{};
};

}  // namespace cl::api::import
