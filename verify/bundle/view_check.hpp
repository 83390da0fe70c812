// data/views/entries.csv against the entries: who sorts and filters it must see what they say, in each column and behind the rows.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/bundle/findings.hpp"
#include "verify/bundle/openings.hpp"
#include "verify/bundle/table_reader.hpp"
#include "verify/bundle/view_facts.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cl::verify::bundle {

class ViewCheck {
public:
    ViewCheck(Archive const& archive, Findings& findings);
    /// The next entry, with what is shown of its values. `in_scope`: not for a neighbour of the range.
    void take(Entry const& entry, bool in_scope, Hash32 const& leaf, std::vector<OpeningRow> const& values);
    /// The entries are over: behind the rows stand these remarks, and nothing else.
    void finish(std::vector<Fact> const& due);
    /// A contact's row: the number that the table shows must be the same.
    void take_number(ContactRow const& row);
    /// Rows compared.
    [[nodiscard]] std::int64_t compared() const noexcept { return compared_; }

private:
    [[nodiscard]] std::optional<std::vector<std::string>> record();
    void note_number(Entry const& entry, std::string const& shown);
    void read_header();

    Findings& findings_;
    std::optional<TableReader> table_;
    std::unordered_map<Hash32, Hash32, Hash32Hasher> numbers_;  // of each contact, SHA-256 of its number as the table spells it
    std::int64_t compared_ = 0;
};

}  // namespace cl::verify::bundle
