// Collects consent findings: exact counts of what is open and cured, details of as many as the limits allow. What a platform's default
// does to every imported contact (CL-001, medium) is one line with a count, not a page for each.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/consent/rules.hpp"
#include "ledger/core/entry.hpp"
#include "verify/baseline.hpp"
#include "verify/book.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::verify {

inline constexpr std::size_t severities = 5;

/// One open finding, for a report.
struct ConsentDetail {
    consent::RuleInfo const* rule = nullptr;
    consent::Severity severity{};
    Seq seq = 0;
    std::string account;
    std::optional<Hash32> contact;
    std::string what;
    std::optional<Millis> waived_until;  ///< by a finding.waived that is in force
    bool known = false;                  ///< open, and in the baseline
};

/// Many open findings of one rule and severity in one line.
struct ConsentAggregate {
    consent::RuleInfo const* rule = nullptr;
    consent::Severity severity{};
    std::int64_t count = 0;    ///< without the waived ones
    std::int64_t waived = 0;   ///< by finding.waived entries that are in force
    std::int64_t known = 0;    ///< of `count`, in the baseline
    std::vector<Seq> samples;  ///< a few of the open ones
};

struct OpenObligation {
    std::string account;
    Hash32 contact;
    consent::Obligation obligation;
    bool overdue = false;
};

/// What the report shows.
struct ConsentSummary {
    std::array<std::int64_t, severities> open{};   ///< by severity, without the waived ones
    std::array<std::int64_t, severities> known{};  ///< of these, in the baseline
    std::map<std::string_view, std::int64_t> open_by_rule;
    std::int64_t raised = 0;
    std::int64_t cured = 0;
    std::int64_t waived = 0;
    std::vector<ConsentDetail> details;  ///< most severe first, then by seq
    std::vector<ConsentAggregate> aggregates;
    std::int64_t not_shown = 0;  ///< open, counted, without details
    std::int64_t obligations_open = 0;
    std::int64_t obligations_overdue = 0;
    std::vector<OpenObligation> obligations;  ///< overdue first, then by due date; bounded
};

/// What is known beforehand, and what is to be remembered.
struct BaselineUse {
    std::string origin;                                ///< the ledger's name
    Baseline const* known = nullptr;                   ///< null: nothing is known
    std::vector<std::string>* fingerprints = nullptr;  ///< gets those of all open findings that are not gathered
};

class ConsentFindings {
public:
    /// `open`: what is open of the contact that the entry is about, or of its account.
    void raise(consent::Finding const& finding, Entry const& entry, OpenItems& open);
    void cure(consent::Closed const& closed, OpenItems& open);

    /// Gives the rules their open findings back, for one entry.
    void lend(OpenItems const& open, consent::ContactState& state) const;
    /// Takes them away again: what is left of them is marked in `open`.
    void take_back(OpenItems& open, consent::ContactState& state);

    /// `at`: when waivers and due dates are judged.
    [[nodiscard]] ConsentSummary finish(Book const& book, Millis at, BaselineUse const& use) const;

private:
    using Key = std::pair<Seq, std::uint16_t>;  // seq, rule
    struct Detail {
        std::string account;
        std::optional<Hash32> contact;
        std::string what;
    };
    struct Bucket {  // of one rule and severity
        std::int64_t open = 0;
        std::set<Seq> samples;
    };
    struct Waived {
        consent::Severity severity{};
        Millis until = 0;
    };
    [[nodiscard]] std::uint16_t number_of(std::string_view rule);
    [[nodiscard]] static bool aggregated(std::string_view rule, consent::Severity severity) noexcept;
    [[nodiscard]] std::map<Key, Waived> in_force(Book const& book, Millis at, ConsentSummary& summary) const;
    using KnownGathered = std::map<std::pair<std::uint16_t, consent::Severity>, std::int64_t>;
    [[nodiscard]] KnownGathered compare(Book const& book, std::map<Key, Waived> const& waived, BaselineUse const& use,
                                        ConsentSummary& summary) const;
    void add_aggregates(std::map<Key, Waived> const& waived, KnownGathered const& known, ConsentSummary& summary) const;
    void add_details(std::map<Key, Waived> const& waived, BaselineUse const& use, ConsentSummary& summary) const;

    std::vector<consent::RuleInfo const*> rules_;  // by number
    std::map<std::pair<std::uint16_t, consent::Severity>, Bucket> buckets_;
    std::array<std::map<Key, Detail>, severities> details_;
    std::int64_t raised_ = 0;
    std::int64_t cured_ = 0;
};

}  // namespace cl::verify
