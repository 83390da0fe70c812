// Everything that the units of work found, put together in the order of the files; and the rules that need all sends of a contact: confirmed
// once, confirmed at all, first message, triggers answered, what a request answered.
//
// Threads: one at a time.
#pragma once

#include "verify/reconcile/report.hpp"
#include "verify/reconcile/tally.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
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
    // gather_replies.cpp
    void note_replies(Tally const& tally);
    void raise_unanswered(Counts const& sends);
    void raise_narrow();
    /// Raises the rule about entries of the ledger, in their order; `facts.seq` and `facts.since` say which.
    void raise_about_entries(std::string_view rule, std::vector<std::pair<Asked, Contact const*>> entries);

    History const& history_;
    std::int64_t row_ = 0;
    std::vector<RuleResult> results_;  // by rule
    std::vector<std::uint32_t> seen_;  // by contact: bit for each rule that spoke of it
    std::vector<bool> accounts_;       // by account: had a row judged
    std::unordered_map<Seq, Confirmed> confirmed_;
    std::unordered_map<std::uint32_t, Mention> first_messages_;  // by contact
    std::unordered_set<Seq> answered_;                           // triggers
    std::unordered_map<Seq, Prompt> prompts_;                    // by the request to be taken off one list
    Exposure exposure_;
};

}  // namespace cl::verify::reconcile
