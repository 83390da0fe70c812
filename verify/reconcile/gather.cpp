#include "verify/reconcile/gather.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <utility>

namespace cl::verify::reconcile {

Gather::Gather(History const& history)
    : history_(history), results_(all_rules().size()), seen_(history.contact_count()), accounts_(history.account_count()) {
    for (std::size_t i = 0; i < results_.size(); ++i) {
        results_[i].rule = &all_rules()[i];
    }
}

void Gather::add(Tally tally, FileResult& file) {
    for (Hit& hit : tally.hits) {
        hit.row += row_;
        raise(hit);
    }
    for (Mention& mention : tally.confirmations) {
        mention.row += row_;
        confirm(mention);
    }
    for (Mention& mention : tally.first_messages) {
        mention.row += row_;
        meet(mention);
    }
    note_replies(tally);
    for (BadRowAt const& bad : tally.bad) {
        if (file.bad.size() < limits::reconcile_bad_rows) {
            file.bad.push_back({bad.row + row_, bad.reason});
        }
    }
    for (std::size_t i = 0; i < tally.accounts.size(); ++i) {
        accounts_[i] = accounts_[i] || tally.accounts[i];
    }
    file.counts.add(tally.counts);
    row_ += tally.records;
}

void Gather::confirm(Mention mention) {
    Confirmed& confirmed = confirmed_[mention.seq];
    ++confirmed.count;
    if (confirmed.count == 1) {
        confirmed.first = mention;
        return;
    }
    if (mention < confirmed.first) {
        std::swap(mention, confirmed.first);
    }
    if (confirmed.count == 2 || mention < confirmed.second) {
        confirmed.second = mention;
    }
}

void Gather::meet(Mention mention) {
    auto const [found, made] = first_messages_.try_emplace(mention.contact->number, mention);
    if (!made && mention < found->second) {
        found->second = mention;
    }
}

void Gather::raise(Hit const& hit, std::int64_t times) {
    RuleResult& result = results_[hit.rule];
    result.count += times;
    if (hit.contact != nullptr) {
        std::uint32_t const bit = 1U << hit.rule;
        std::uint32_t& seen = seen_[hit.contact->number];
        result.contacts += (seen & bit) == 0 ? 1 : 0;
        seen |= bit;
    }
    if (result.rule->info.id == "CL-050") {
        ++exposure_.messages;
        exposure_.after_deadline += (hit.facts.detail & after_deadline) != 0 ? 1 : 0;
    }
    if (result.cases.size() >= limits::reconcile_cases) {
        return;
    }
    Shown shown;
    shown.rejection = hit.rejection;
    shown.row = hit.row;
    shown.contact = hit.id;
    shown.at = hit.at;
    shown.facts = hit.facts;
    shown.account = hit.contact != nullptr ? history_.account_name(hit.contact->account) : std::string();
    shown.list = hit.list != no_list && hit.list != unknown_list ? history_.list_name(hit.list) : std::string();
    shown.what = result.rule->words(hit.facts, hit.at);
    result.cases.push_back(std::move(shown));
}

void Gather::raise_repeated() {
    std::vector<Confirmed const*> repeated;
    for (auto const& [seq, confirmed] : confirmed_) {
        if (confirmed.count > 1) {
            repeated.push_back(&confirmed);
        }
    }
    std::sort(repeated.begin(), repeated.end(),
              [](Confirmed const* a, Confirmed const* b) { return a->second.row < b->second.row; });
    for (Confirmed const* const confirmed : repeated) {
        Mention const& second = confirmed->second;
        auto const many = static_cast<std::int32_t>(std::min<std::int64_t>(confirmed->count, 1'000'000));
        Hit const hit{.rule = static_cast<std::uint8_t>(rule_number("CL-012")),
                      .row = second.row,
                      .at = second.at,
                      .id = second.contact->id,
                      .contact = second.contact,
                      .facts = {second.seq, second.out_at, many}};
        raise(hit, confirmed->count - 1);
    }
}

void Gather::raise_missing(Counts const& sends) {
    if (confirmed_.empty() || !sends.first) {
        return;  // a file without any is not one that would show them
    }
    std::vector<std::pair<Asked, Contact const*>> missing;
    history_.each_contact([&](Contact const& contact) {
        if (contact.too_long || !accounts_[contact.account]) {
            return;
        }
        for (std::size_t i = 1; i < contact.stretches.size(); ++i) {
            Stretch const& stretch = contact.stretches[i];
            bool const stopped = stretch.keyword && stretch.seq == stretch.out_seq && contact.stretches[i - 1].opted_in;
            Millis const window = history_.pack(contact.account, stretch.out_at).confirmation_window_ms;
            bool const covered = stretch.out_at >= *sends.first && stretch.out_at + window <= *sends.last;
            if (stopped && covered && !confirmed_.contains(stretch.out_seq)) {
                missing.emplace_back(Asked{stretch.out_at, stretch.out_seq}, &contact);
            }
        }
    });
    raise_about_entries("CL-013", std::move(missing));
}

void Gather::raise_first_messages() {
    std::vector<Mention const*> all;
    for (auto const& [contact, mention] : first_messages_) {
        all.push_back(&mention);
    }
    std::sort(all.begin(), all.end(), [](Mention const* a, Mention const* b) { return a->row < b->row; });
    for (Mention const* const first : all) {
        raise({.rule = static_cast<std::uint8_t>(rule_number("CL-008")),
               .row = first->row,
               .at = first->at,
               .id = first->contact->id,
               .contact = first->contact,
               .facts = {-1, first->out_at, 0}});
    }
}

void Gather::finish(Counts const& sends, Report& report) {
    raise_repeated();
    raise_missing(sends);
    raise_first_messages();
    raise_unanswered(sends);
    raise_narrow();
    report.exposure = exposure_;
    for (RuleResult& result : results_) {
        if (result.count > 0) {
            report.findings.push_back(std::move(result));
        }
    }
    std::stable_sort(report.findings.begin(), report.findings.end(),
                     [](RuleResult const& a, RuleResult const& b) { return a.rule->info.severity > b.rule->info.severity; });
}

}  // namespace cl::verify::reconcile
