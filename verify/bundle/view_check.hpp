// data/views/entries.csv against the entries: who sorts and filters it must see what they say.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/bundle/findings.hpp"
#include "verify/bundle/openings.hpp"
#include "verify/bundle/table_reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cl::verify::bundle {

class ViewCheck {
public:
    ViewCheck(Archive const& archive, Findings& findings);
    /// The next entry in scope, with what is shown of its values.
    void take(Entry const& entry, Hash32 const& leaf, std::vector<OpeningRow> const& values);
    /// A contact's row: the number that the table shows must be the same.
    void take_number(ContactRow const& row);
    void finish();
    /// Rows compared.
    [[nodiscard]] std::int64_t compared() const noexcept { return compared_; }

private:
    [[nodiscard]] std::optional<std::vector<std::string>> record();
    void compare(Entry const& entry, std::map<std::string, std::string> const& due, std::vector<std::string> const& fields);
    void note_number(Entry const& entry, std::vector<std::string> const& fields);
    void read_header();

    Findings& findings_;
    std::optional<TableReader> table_;
    std::vector<std::string> columns_;
    std::unordered_map<Hash32, Hash32, Hash32Hasher> numbers_;  // of each contact, SHA-256 of its number as the table spells it
    std::int64_t compared_ = 0;
};

}  // namespace cl::verify::bundle
