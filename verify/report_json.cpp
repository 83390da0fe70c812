// The report for programs. Members are only ever added within one schema_version; absent members do not apply.
#include "ledger/core/json.hpp"
#include "verify/baseline.hpp"
#include "verify/report.hpp"
#include "verify/words.hpp"

namespace cl::verify {
namespace {

constexpr std::int64_t schema_version = 1;

/// Text out of the ledger may hold anything that UTF-8 can; names are shown as in the text report.
json::Value text(std::string_view value) {
    return json::Value(printable(value, 4096));
}

json::Object ledger(Report const& report) {
    json::Object out{{"origin", text(report.origin)},
                     {"entries", report.size},
                     {"signed_entries", report.signed_to},
                     {"key", text(report.key)},
                     {"key_from", name(report.key_from)}};
    if (report.root) {
        out.set("root", to_base64(report.root->view()));
    }
    if (report.first_time && report.last_time) {
        out.set("first_recorded_at", format_time(*report.first_time));
        out.set("last_recorded_at", format_time(*report.last_time));
    }
    if (merkle::Size const end = unsigned_entries(report); end > 0) {
        out.set("unsigned", json::Object{{"entries", end}, {"first_seq", report.signed_to}, {"last_seq", report.size - 1}});
    }
    return out;
}

json::Array integrity_findings(IntegrityLog const& log) {
    json::Array out;
    for (auto const& [id, group] : log.groups()) {
        CheckInfo const* const info = find_check(id);
        json::Array cases;
        for (IntegrityFinding const& finding : group.first) {
            json::Object item{{"what", finding.what}};
            if (finding.seq) {
                item.set("seq", *finding.seq);
            }
            if (finding.last) {
                item.set("last_seq", *finding.last);
            }
            cases.emplace_back(std::move(item));
        }
        out.emplace_back(json::Object{{"id", id},
                                      {"severity", "critical"},
                                      {"title", info->title},
                                      {"meaning", info->meaning},
                                      {"remedy", info->remedy},
                                      {"count", group.count},
                                      {"truncated", group.count > static_cast<std::int64_t>(group.first.size())},
                                      {"cases", std::move(cases)}});
    }
    return out;
}

json::Array incomplete(Report const& report) {
    json::Array out;
    for (Incomplete const& item : report.incomplete) {
        out.emplace_back(json::Object{
            {"what", item.what}, {"remedy", item.remedy}, {"rules_only", item.rules_only}, {"end_only", item.end_only}});
    }
    return out;
}

json::Object rule_members(consent::RuleInfo const& rule, consent::Severity severity) {
    return {{"id", rule.id},
            {"severity", name(severity)},
            {"title", rule.title},
            {"citation", rule.citation},
            {"remedy", rule.remedy}};
}

json::Array details(Report const& report) {
    json::Array out;
    for (ConsentDetail const& detail : report.consent.details) {
        json::Object item = rule_members(*detail.rule, detail.severity);
        item.set("seq", detail.seq);
        item.set("account", detail.account);
        item.set("fingerprint", fingerprint(report.origin, detail.rule->id, detail.account, detail.seq));
        if (detail.contact) {
            item.set("contact", to_hex(*detail.contact));
        }
        if (!detail.what.empty()) {
            item.set("what", detail.what);
        }
        if (detail.waived_until) {
            item.set("waived_until", format_time(*detail.waived_until));
        }
        if (detail.known) {
            item.set("known", true);
        }
        out.emplace_back(std::move(item));
    }
    return out;
}

json::Array aggregates(ConsentSummary const& consent) {
    json::Array out;
    for (ConsentAggregate const& aggregate : consent.aggregates) {
        json::Array seqs;
        for (Seq const seq : aggregate.samples) {
            seqs.emplace_back(seq);
        }
        json::Object item = rule_members(*aggregate.rule, aggregate.severity);
        item.set("count", aggregate.count);
        item.set("waived", aggregate.waived);
        item.set("known", aggregate.known);
        item.set("sample_seqs", std::move(seqs));
        out.emplace_back(std::move(item));
    }
    return out;
}

json::Object finding_counts(ConsentSummary const& consent) {
    json::Object open;
    json::Object known;
    for (std::size_t i = 0; i < consent.open.size(); ++i) {
        open.set(name(static_cast<consent::Severity>(i)), consent.open[i]);
        known.set(name(static_cast<consent::Severity>(i)), consent.known[i]);
    }
    json::Object by_rule;
    for (auto const& [rule, count] : consent.open_by_rule) {
        by_rule.set(rule, count);
    }
    return {{"open", std::move(open)},
            {"known", std::move(known)},
            {"open_by_rule", std::move(by_rule)},
            {"raised", consent.raised},
            {"cured", consent.cured},
            {"waived", consent.waived},
            {"not_shown", consent.not_shown},
            {"truncated", consent.not_shown > 0}};
}

json::Object obligations(ConsentSummary const& consent) {
    json::Array items;
    for (OpenObligation const& open : consent.obligations) {
        json::Object item{{"kind", text(open.obligation.kind)},
                          {"seq", open.obligation.seq},
                          {"account", open.account},
                          {"contact", to_hex(open.contact)},
                          {"opened_at", format_time(open.obligation.opened_at)},
                          {"due_at", format_time(open.obligation.due_at)},
                          {"overdue", open.overdue}};
        if (!open.obligation.list.empty()) {
            item.set("list", text(open.obligation.list));
        }
        items.emplace_back(std::move(item));
    }
    return {{"open", consent.obligations_open},
            {"overdue", consent.obligations_overdue},
            {"truncated", consent.obligations_open > static_cast<std::int64_t>(consent.obligations.size())},
            {"items", std::move(items)}};
}

json::Object counts(Report const& report) {
    json::Object by_kind;
    for (auto const& [kind, count] : report.by_kind) {
        by_kind.set(printable(kind), count);
    }
    json::Object by_account;
    for (auto const& [account, count] : report.by_account) {
        by_account.set(printable(account), count);
    }
    return {{"entries", report.size},      {"rules_evaluated", report.judged}, {"accounts", report.accounts},
            {"contacts", report.contacts}, {"by_kind", std::move(by_kind)},    {"by_account", std::move(by_account)}};
}

json::Array checked(Report const& report) {
    json::Array out;
    for (Checked const& item : report.checked) {
        out.emplace_back(json::Object{{"id", item.id}, {"what", item.what}, {"count", item.count}});
    }
    return out;
}

json::Array sentences(std::vector<std::string> const& all) {
    json::Array out;
    for (std::string const& one : all) {
        out.emplace_back(one);
    }
    return out;
}

json::Object bundle(BundleSummary const& bundle) {
    return {{"folder", text(bundle.folder)},
            {"account", text(bundle.account)},
            {"scope", text(bundle.scope)},
            {"subject", text(bundle.subject)},
            {"redacted", bundle.redacted},
            {"entries", bundle.entries},
            {"neighbours", bundle.neighbours},
            {"context", bundle.context},
            {"tree_size", bundle.tree_size},
            {"checkpoint_size", bundle.checkpoint_size},
            {"issued_seq", bundle.issued},
            {"proven", sentences(bundle.proven)},
            {"stated_by_signer", sentences(bundle.stated)}};
}

}  // namespace

std::string to_json(Report const& report) {
    json::Object out{{"schema_version", schema_version},
                     {"verdict", verdict(report)},
                     {"summary", verdict_sentences(report)},
                     {"exit_code", static_cast<std::int64_t>(exit_code(report))},
                     {"path", text(report.path)},
                     {"ledger", ledger(report)},
                     {"judged_as_of", json::Object{{"time", format_time(report.at)}, {"from", report.at_from}}},
                     {"integrity_findings", integrity_findings(report.integrity)},
                     {"incomplete", incomplete(report)},
                     {"findings", details(report)},
                     {"aggregated_findings", aggregates(report.consent)},
                     {"finding_counts", finding_counts(report.consent)},
                     {"obligations", obligations(report.consent)},
                     {"counts", counts(report)},
                     {"checked", checked(report)},
                     {"cannot_be_seen", sentences(report.not_checked)},
                     {"fail_on", report.fail_on ? name(*report.fail_on) : "never"}};
    if (report.bundle) {
        out.set("bundle", bundle(*report.bundle));
    }
    if (report.kind) {
        out.set("source", name(*report.kind));
    }
    if (auto const first = report.integrity.first_bad()) {
        out.set("first_bad_seq", *first);
    }
    if (!report.baseline_file.empty() || !report.baseline_written.empty()) {
        out.set("baseline", json::Object{{"file", text(report.baseline_file)}, {"written", text(report.baseline_written)}});
    }
    if (report.pin != PinStatus::none) {
        out.set("pin", json::Object{{"file", text(report.pin_file)},
                                    {"status", name(report.pin)},
                                    {"size_before", report.pin_size},
                                    {"size", report.pin_to}});
    }
    return json::write(json::Value(std::move(out))) + "\n";
}

}  // namespace cl::verify
