// Everything that the units of work found, put together in the order of the files; and the rules that need all sends of a contact: confirmed
// once, confirmed at all, first message.
//
// Threads: one at a time.
#pragma once

#include "verify/reconcile/report.hpp"
#include "verify/reconcile/tally.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace cl::verify::reconcile {

class Gather {
public:
    explicit Gather(History const& history);

    /// A file begins; its first record has this row number.
    void begin(std::int64_t first_row) { row_ = first_row; }
    void add(Tally tally, FileResult& file);
    /// Raises what needs all sends, and fills in the report's findings and exposure. `sends`: the counts of the file of sends.
    void finish(Counts const& sends, Report& report);

private:
    /// The texts that may confirm one opt-out.
    struct Confirmed {
        std::int64_t count = 0;
        Mention first;
        Mention second;  ///< if count > 1
    };
    void confirm(Mention mention);
    void meet(Mention mention);
    void raise(Hit const& hit, std::int64_t times = 1);
    void raise_repeated();
    void raise_missing(Counts const& sends);
    void raise_first_messages();

    History const& history_;
    std::int64_t row_ = 0;
    std::vector<RuleResult> results_;  // by rule
    std::vector<std::uint32_t> seen_;  // by contact: bit for each rule that spoke of it
    std::vector<bool> accounts_;       // by account: had a row judged
    std::unordered_map<Seq, Confirmed> confirmed_;
    std::unordered_map<std::uint32_t, Mention> first_messages_;  // by contact
    Exposure exposure_;
};

}  // namespace cl::verify::reconcile
