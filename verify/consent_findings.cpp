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

void ConsentFindings::raise(consent::Finding const& finding, Entry const& entry, ContactSlot* contact) {
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
    if (contact != nullptr && contact->open.size() < limits::verify_findings_per_contact) {
        contact->open.push_back({finding.seq, rule, finding.severity});
    }
}

void ConsentFindings::cure(consent::Closed const& closed, ContactSlot* contact) {
    if (contact == nullptr) {
        return;
    }
    std::uint16_t const rule = number_of(closed.id);
    auto const found = std::find_if(contact->open.begin(), contact->open.end(),
                                    [&](OpenFinding const& open) { return open.seq == closed.seq && open.rule == rule; });
    if (found == contact->open.end()) {
        return;
    }
    ++cured_;
    Bucket& bucket = buckets_[{rule, found->severity}];
    --bucket.open;
    bucket.samples.erase(closed.seq);
    details_[index_of(found->severity)].erase({closed.seq, rule});
    contact->open.erase(found);
}

void ConsentFindings::waive(Entry const& entry) {
    json::Value const* const seq = entry.data.find("seq");
    auto const until = parse_stored_time(entry.data.string("until"));
    std::string_view const rule = entry.data.string("rule");
    bool const usable = seq != nullptr && seq->as_int() != nullptr && until && find_rule(rule) != nullptr;
    if (usable && waivers_.size() < limits::verify_waivers) {
        waivers_[{*seq->as_int(), number_of(rule)}] = Waiver{entry.account, *until};
    }
}

void ConsentFindings::add_details(ConsentSummary& summary, Millis at) const {
    for (std::size_t severity = severities; severity-- > 0;) {
        for (auto const& [key, detail] : details_[severity]) {
            ConsentDetail shown{rules_[key.second], static_cast<consent::Severity>(severity),
                                key.first,          detail.account,
                                detail.contact,     detail.what,
                                std::nullopt};
            auto const waiver = waivers_.find(key);
            bool const waived =
                waiver != waivers_.end() && waiver->second.account == detail.account && waiver->second.until > at;
            if (waived) {
                shown.waived_until = waiver->second.until;
                ++summary.waived;
                --summary.open[severity];
                --summary.open_by_rule[shown.rule->id];
            }
            summary.details.push_back(std::move(shown));
        }
    }
}

ConsentSummary ConsentFindings::finish(Book const& book, Millis at) const {
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
        if (bucket.open > 0 && aggregated(rule->id, key.second)) {
            summary.aggregates.push_back({rule, key.second, bucket.open, {bucket.samples.begin(), bucket.samples.end()}});
            in_aggregates += bucket.open;
        }
    }
    add_details(summary, at);
    summary.not_shown = open - in_aggregates - static_cast<std::int64_t>(summary.details.size());
    add_obligations(book, at, summary);
    return summary;
}

}  // namespace cl::verify
