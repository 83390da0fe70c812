#include "verify/consent_findings.hpp"

#include "ledger/core/limits.hpp"
#include "verify/catalogue.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <tuple>

namespace cl::verify {
namespace {

std::size_t index_of(consent::Severity severity) {
    return static_cast<std::size_t>(severity);
}

/// Overdue ones first, then what is due first.
bool more_urgent(OpenObligation const& a, OpenObligation const& b) {
    return std::tie(a.obligation.due_at, a.obligation.seq) < std::tie(b.obligation.due_at, b.obligation.seq);
}

void add_obligations(Book const& book, Millis at, ConsentSummary& summary) {
    book.each_contact([&](AccountSlot const& account, Hash32 const& contact, ContactSlot const& slot) {
        for (consent::Obligation const& obligation : slot.state.obligations) {
            bool const overdue = obligation.due_at < at;
            ++summary.obligations_open;
            summary.obligations_overdue += overdue ? 1 : 0;
            summary.obligations.push_back({account.name, contact, obligation, overdue});
            std::push_heap(summary.obligations.begin(), summary.obligations.end(), more_urgent);
            if (summary.obligations.size() > limits::verify_details) {
                std::pop_heap(summary.obligations.begin(), summary.obligations.end(), more_urgent);
                summary.obligations.pop_back();
            }
        }
    });
    std::sort_heap(summary.obligations.begin(), summary.obligations.end(), more_urgent);
}

}  // namespace

std::uint16_t ConsentFindings::number_of(std::string_view rule) {
    auto const found =
        std::find_if(rules_.begin(), rules_.end(), [rule](consent::RuleInfo const* info) { return info->id == rule; });
    if (found != rules_.end()) {
        return static_cast<std::uint16_t>(found - rules_.begin());
    }
    consent::RuleInfo const* const info = find_rule(rule);
    rules_.push_back(info != nullptr ? info : &state_rule());
    return static_cast<std::uint16_t>(rules_.size() - 1);
}

bool ConsentFindings::aggregated(std::string_view rule, consent::Severity severity) noexcept {
    return rule == "CL-001" && severity <= consent::Severity::medium;
}

void ConsentFindings::raise(consent::Finding const& finding, Entry const& entry, OpenItems& open) {
    std::uint16_t const rule = number_of(finding.id);
    ++raised_;
    Bucket& bucket = buckets_[{rule, finding.severity}];
    ++bucket.open;
    auto& details = details_[index_of(finding.severity)];
    if (aggregated(finding.id, finding.severity)) {
        if (bucket.samples.size() < limits::verify_samples) {
            bucket.samples.insert(finding.seq);
        }
    } else if (details.size() < limits::verify_details) {
        details[{finding.seq, rule}] = Detail{entry.account, entry.contact, printable(finding.what)};
    }
    if (open.findings.size() >= limits::verify_findings_per_contact) {
        auto const oldest =
            std::find_if(open.findings.begin(), open.findings.end(), [](OpenFinding const& each) { return !each.in_state; });
        static_assert(limits::verify_findings_per_contact > 2 * limits::contact_open_items);  // so there is one
        open.findings.erase(oldest);
    }
    open.findings.push_back({finding.seq, rule, finding.severity});
}

void ConsentFindings::cure(consent::Closed const& closed, OpenItems& open) {
    std::uint16_t const rule = number_of(closed.id);
    auto const found = std::find_if(open.findings.begin(), open.findings.end(),
                                    [&](OpenFinding const& each) { return each.seq == closed.seq && each.rule == rule; });
    if (found == open.findings.end()) {
        return;
    }
    ++cured_;
    Bucket& bucket = buckets_[{rule, found->severity}];
    --bucket.open;
    bucket.samples.erase(closed.seq);
    details_[index_of(found->severity)].erase({closed.seq, rule});
    open.findings.erase(found);
}

void ConsentFindings::lend(OpenItems const& open, consent::ContactState& state) const {
    for (OpenFinding const& finding : open.findings) {
        if (finding.in_state) {
            state.open.push_back({std::string(rules_[finding.rule]->id), finding.severity, finding.seq, finding.what});
        }
    }
    state.unproven = open.unproven;
}

void ConsentFindings::take_back(OpenItems& open, consent::ContactState& state) {
    auto held = state.open.begin();
    for (OpenFinding& finding : open.findings) {  // both in the order of raising
        finding.in_state = held != state.open.end() && held->seq == finding.seq && held->id == rules_[finding.rule]->id;
        if (finding.in_state) {
            finding.what = consent::cured_by_what(held->id) ? std::move(held->what) : std::string();
            ++held;
        }
    }
    for (; held != state.open.end(); ++held) {
        std::string what = consent::cured_by_what(held->id) ? std::move(held->what) : std::string();
        open.findings.push_back({held->seq, number_of(held->id), held->severity, true, std::move(what)});
    }
    open.unproven = std::move(state.unproven);
    state.open = {};
    state.unproven = {};
}

/// The open findings that are waived at `at`, each counted once. They are looked up among all that are open, not only among those whose
/// details are kept.
std::map<ConsentFindings::Key, ConsentFindings::Waived> ConsentFindings::in_force(Book const& book, Millis at,
                                                                                  ConsentSummary& summary) const {
    std::map<Key, Waived> waived;
    auto const look = [&](AccountSlot const& account, PackedItems const& packed) {
        if (packed.empty() || account.state.waivers.empty()) {
            return;
        }
        for (OpenFinding const& open : packed.items().findings) {
            consent::Finding const finding{std::string(rules_[open.rule]->id), open.severity, open.seq, {}};
            auto const* const waiver = consent::waiver_of(account.state, finding, at, limits::json_integer);
            if (waiver == nullptr) {
                continue;
            }
            waived[{open.seq, open.rule}] = {open.severity, waiver->until};
            ++summary.waived;
            --summary.open[index_of(open.severity)];
            --summary.open_by_rule[rules_[open.rule]->id];
        }
    };
    book.each_account([&](AccountSlot const& account) { look(account, account.open); });
    book.each_contact([&](AccountSlot const& account, Hash32 const&, ContactSlot const& slot) { look(account, slot.open); });
    return waived;
}

/// Every open finding that is not waived against the baseline, not only those whose details are kept. Returns how many of the gathered
/// ones are known.
ConsentFindings::KnownGathered ConsentFindings::compare(Book const& book, std::map<Key, Waived> const& waived,
                                                        BaselineUse const& use, ConsentSummary& summary) const {
    KnownGathered gathered;
    auto const look = [&](AccountSlot const& account, PackedItems const& packed) {
        if (packed.empty()) {
            return;
        }
        for (OpenFinding const& open : packed.items().findings) {
            std::string_view const rule = rules_[open.rule]->id;
            if (waived.contains({open.seq, open.rule})) {
                continue;
            }
            if (aggregated(rule, open.severity)) {
                bool const known = use.known != nullptr && use.known->contains_gathered(rule, use.origin, open.seq);
                gathered[{open.rule, open.severity}] += known ? 1 : 0;
                summary.known[index_of(open.severity)] += known ? 1 : 0;
                continue;
            }
            std::string print = fingerprint(use.origin, rule, account.name, open.seq);
            summary.known[index_of(open.severity)] += use.known != nullptr && use.known->contains(print) ? 1 : 0;
            if (use.fingerprints != nullptr) {
                use.fingerprints->push_back(std::move(print));
            }
        }
    };
    if (use.known != nullptr || use.fingerprints != nullptr) {
        book.each_account([&](AccountSlot const& account) { look(account, account.open); });
        book.each_contact(
            [&](AccountSlot const& account, Hash32 const&, ContactSlot const& slot) { look(account, slot.open); });
    }
    return gathered;
}

void ConsentFindings::add_aggregates(std::map<Key, Waived> const& waived, KnownGathered const& known,
                                     ConsentSummary& summary) const {
    for (auto const& [key, bucket] : buckets_) {
        consent::RuleInfo const* const rule = rules_[key.first];
        if (bucket.open == 0 || !aggregated(rule->id, key.second)) {
            continue;
        }
        ConsentAggregate aggregate{rule, key.second, bucket.open, 0, 0, {}};
        aggregate.waived = std::count_if(waived.begin(), waived.end(), [&key = key](auto const& each) {
            return std::pair(each.first.second, each.second.severity) == key;
        });
        aggregate.count -= aggregate.waived;
        auto const in_baseline = known.find(key);
        aggregate.known = in_baseline != known.end() ? in_baseline->second : 0;
        for (Seq const seq : bucket.samples) {
            if (!waived.contains({seq, key.first})) {
                aggregate.samples.push_back(seq);
            }
        }
        summary.aggregates.push_back(std::move(aggregate));
    }
}

void ConsentFindings::add_details(std::map<Key, Waived> const& waived, BaselineUse const& use, ConsentSummary& summary) const {
    for (std::size_t severity = severities; severity-- > 0;) {
        for (auto const& [key, detail] : details_[severity]) {
            auto const waiver = waived.find(key);
            summary.details.push_back(
                {rules_[key.second], static_cast<consent::Severity>(severity), key.first, detail.account, detail.contact,
                 detail.what, waiver != waived.end() ? std::optional<Millis>(waiver->second.until) : std::nullopt,
                 waiver == waived.end() && use.known != nullptr &&
                     use.known->contains(fingerprint(use.origin, rules_[key.second]->id, detail.account, key.first))});
        }
    }
}

ConsentSummary ConsentFindings::finish(Book const& book, Millis at, BaselineUse const& use) const {
    ConsentSummary summary;
    summary.raised = raised_;
    summary.cured = cured_;
    std::int64_t open = 0;
    std::int64_t in_aggregates = 0;
    for (auto const& [key, bucket] : buckets_) {
        consent::RuleInfo const* const rule = rules_[key.first];
        summary.open[index_of(key.second)] += bucket.open;
        summary.open_by_rule[rule->id] += bucket.open;
        open += bucket.open;
        in_aggregates += aggregated(rule->id, key.second) ? bucket.open : 0;
    }
    auto const waived = in_force(book, at, summary);
    add_aggregates(waived, compare(book, waived, use, summary), summary);
    add_details(waived, use, summary);
    summary.not_shown = open - in_aggregates - static_cast<std::int64_t>(summary.details.size());
    add_obligations(book, at, summary);
    return summary;
}

}  // namespace cl::verify
