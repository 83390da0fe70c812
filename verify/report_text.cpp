// The report for people: the verdict first, then what it rests on, then every finding.
#include "ledger/core/limits.hpp"
#include "verify/report.hpp"
#include "verify/text_layout.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <cctype>
#include <numeric>

namespace cl::verify {
namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

std::string_view headline(Report const& report) {
    std::string_view const word = verdict(report);
    if (word == "tampering") return "TAMPERING FOUND";
    if (word == "incomplete") return "COULD NOT FINISH";
    bool const whole = unsigned_entries(report) == 0;
    if (word == "findings") return whole ? "INTACT, WITH FINDINGS" : "NOT SIGNED TO ITS END, WITH FINDINGS";
    return whole ? "INTACT" : "NOT SIGNED TO ITS END";
}

std::string key_origin(Report const& report) {
    switch (report.key_from) {
    case KeyFrom::file: return "from your key file";
    case KeyFrom::pin: return "from your pin file";
    case KeyFrom::ledger: return "key taken from the ledger itself";
    case KeyFrom::bundle: return "key taken from the bundle itself";
    case KeyFrom::none: return "";
    }
    return "";
}

std::string ledger_section(Report const& report) {
    std::string out = "\nLedger\n" + field("path", printable(report.path, 4096) +
                                                       (report.kind ? " (" + std::string(name(*report.kind)) + ")" : ""));
    if (!report.origin.empty()) {
        out += field("name", printable(report.origin));
    }
    bool const whole = report.size > 0 && report.kind != SourceKind::bundle;
    if (whole) {
        out += field("entries", grouped(report.size) + " (entry 0 to entry " + std::to_string(report.size - 1) + ")");
    }
    out += bundle_section(report);
    if (report.first_time && report.last_time) {
        out += field("recorded", format_time(*report.first_time) + " to " + format_time(*report.last_time));
    }
    if (report.root) {
        out += field("root hash", to_base64(report.root->view()));
    }
    if (!report.key.empty()) {
        out += field("signing key", printable(report.key, 400)) + field("", "(" + key_origin(report) + ")");
    }
    if (whole) {
        out += field("signed", report.signed_to == report.size ? "all entries"
                                                               : "the first " + grouped(report.signed_to) + " of " +
                                                                     counted(report.size, "entry", "entries"));
    }
    return out + field("judged as of", format_time(report.at) + " (" + report.at_from + ")");
}

std::string incomplete_section(Report const& report) {
    if (report.incomplete.empty()) {
        return "";
    }
    std::string out = "\nWhat was asked for and could NOT be done\n";
    for (Incomplete const& item : report.incomplete) {
        out += wrapped("  - ", item.what) + wrapped("    What to do: ", item.remedy);
    }
    return out;
}

std::string integrity_section(Report const& report) {
    std::string out;
    for (auto const& [id, group] : report.integrity.groups()) {
        CheckInfo const* const info = find_check(id);
        out += out.empty() ? "\nTampering findings\n" : "\n";
        out += wrapped("  " + std::string(id) + "  CRITICAL  ", info->title) + wrapped("    ", info->meaning);
        for (IntegrityFinding const& finding : group.first) {
            std::string const where =
                finding.seq ? entry_or_stretch(*finding.seq, finding.last.value_or(*finding.seq)) + ": " : "";
            out += wrapped("    - ", where + finding.what);
        }
        std::int64_t const more = group.count - static_cast<std::int64_t>(group.first.size());
        if (more > 0) {
            out += "    - and " + grouped(more) + " more of the same\n";
        }
        out += wrapped("    What to do: ", info->remedy);
    }
    return out;
}

std::string detail_line(ConsentDetail const& detail) {
    std::string facts = "entry " + std::to_string(detail.seq);
    if (!detail.account.empty()) {
        facts += ", account " + printable(detail.account);
    }
    if (detail.contact) {
        facts += ", contact " + shortened(*detail.contact);
    }
    if (!detail.what.empty()) {
        facts += ": " + detail.what;
    }
    if (detail.known) {
        facts += " [in the baseline]";
    }
    if (detail.waived_until) {
        facts += " [waived until " + format_time(*detail.waived_until) + "]";
    }
    return wrapped("    - ", facts);
}

std::string rule_heading(consent::RuleInfo const& rule, consent::Severity severity) {
    return "\n" + wrapped("  " + std::string(rule.id) + "  " + upper(name(severity)) + "  ", rule.title) +
           wrapped("    Source: ", rule.citation);
}

/// Details come by severity and seq; here they are gathered under their rule, the most severe first.
std::string consent_details(ConsentSummary const& consent, std::size_t& left) {
    std::vector<ConsentDetail const*> sorted;
    for (ConsentDetail const& detail : consent.details) {
        sorted.push_back(&detail);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](ConsentDetail const* a, ConsentDetail const* b) {
        return a->severity != b->severity ? a->severity > b->severity : a->rule->id < b->rule->id;
    });
    std::string out;
    for (std::size_t i = 0; i < sorted.size() && left > 0; ++i, --left) {
        ConsentDetail const& detail = *sorted[i];
        bool const first = i == 0 || sorted[i - 1]->rule != detail.rule || sorted[i - 1]->severity != detail.severity;
        if (first) {
            out += rule_heading(*detail.rule, detail.severity);
        }
        out += detail_line(detail);
        bool const last = i + 1 == sorted.size() || left == 1 || sorted[i + 1]->rule != detail.rule ||
                          sorted[i + 1]->severity != detail.severity;
        if (last) {
            out += wrapped("    What to do: ", detail.rule->remedy);
        }
    }
    return out;
}

std::string consent_section(Report const& report) {
    ConsentSummary const& consent = report.consent;
    if (consent.raised == 0) {
        return "";
    }
    std::string out =
        "\nConsent findings\n" +
        wrapped("  ", counted(consent.raised, "was", "were") + " raised over the ledger's life; " + grouped(consent.cured) +
                          " cured by later entries, " + grouped(consent.waived) + " waived.");
    if (std::int64_t const known = std::accumulate(consent.known.begin(), consent.known.end(), std::int64_t{0}); known > 0) {
        out +=
            wrapped("  ", grouped(known) + " of those that are open are in the baseline: they do not count against --fail-on.");
    }
    std::size_t left = limits::verify_text_details;
    out += consent_details(consent, left);
    for (ConsentAggregate const& aggregate : consent.aggregates) {
        std::string seqs;
        for (Seq const seq : aggregate.samples) {
            seqs += (seqs.empty() ? "" : ", ") + std::to_string(seq);
        }
        bool const all = static_cast<std::int64_t>(aggregate.samples.size()) == aggregate.count;
        std::string const which = seqs.empty() ? "" : (all ? ", entries " : ", for example entries ") + seqs;
        out += rule_heading(*aggregate.rule, aggregate.severity) +
               wrapped("    - ", counted(aggregate.count, "case", "cases") + " of a platform default or an import" + which +
                                     (aggregate.waived > 0 ? " (and " + grouped(aggregate.waived) + " waived)" : "")) +
               wrapped("    What to do: ", aggregate.rule->remedy);
    }
    auto const hidden = consent.not_shown + static_cast<std::int64_t>(consent.details.size()) -
                        static_cast<std::int64_t>(std::min(consent.details.size(), limits::verify_text_details));
    if (hidden > 0) {
        out += "\n" + wrapped("  ", "... and " + grouped(hidden) +
                                        " more, counted above but not shown one by one; --format json shows up to " +
                                        grouped(static_cast<std::int64_t>(limits::verify_details)) + " of each severity.");
    }
    return out;
}

std::string obligation_section(ConsentSummary const& consent) {
    if (consent.obligations_open == 0) {
        return "";
    }
    std::string out = "\nOpen obligations: " + grouped(consent.obligations_open) +
                      ", of these overdue: " + grouped(consent.obligations_overdue) + "\n";
    std::size_t const shown = std::min(consent.obligations.size(), limits::verify_samples);
    for (std::size_t i = 0; i < shown; ++i) {
        OpenObligation const& open = consent.obligations[i];
        std::string const list = open.obligation.list.empty() ? "" : " " + printable(open.obligation.list);
        out +=
            wrapped("  - ", (open.overdue ? "OVERDUE: " : "") + printable(open.obligation.kind) + list + ", opened by entry " +
                                std::to_string(open.obligation.seq) + ", due " + format_time(open.obligation.due_at) +
                                " (account " + printable(open.account) + ", contact " + shortened(open.contact) + ")");
    }
    return static_cast<std::int64_t>(shown) < consent.obligations_open
               ? out + "  - and " + grouped(consent.obligations_open - static_cast<std::int64_t>(shown)) + " more\n"
               : out;
}

std::string checked_section(Report const& report) {
    std::string out;
    for (Checked const& item : report.checked) {
        out += (out.empty() ? "\nWhat was checked\n" : "") + wrapped("  - ", item.what + ": " + grouped(item.count));
    }
    if (report.bundle) {
        return out;
    }
    std::string not_checked;
    for (std::string const& item : report.not_checked) {
        not_checked += (not_checked.empty() ? "\nWhat cannot be seen from here\n" : "") + wrapped("  - ", item);
    }
    return out + not_checked;
}

std::string counts_section(Report const& report) {
    if (report.by_kind.empty()) {
        return "";
    }
    std::string out = "\nEntries by kind\n";
    auto const row = [&out](std::string const& name, std::int64_t count) {
        std::string label = "  " + printable(name);
        label.resize(std::max<std::size_t>(label.size() + 1, 30), ' ');
        out += label + grouped(count) + "\n";
    };
    for (auto const& [kind, count] : report.by_kind) {
        row(kind, count);
    }
    out += "\nEntries by account (" + counted(report.accounts, "account", "accounts") + ", " +
           counted(report.contacts, "contact", "contacts") + ")\n";
    for (auto const& [account, count] : report.by_account) {
        row(account, count);
    }
    return static_cast<std::int64_t>(report.by_account.size()) < report.accounts ? out + "  ...\n" : out;
}

std::string baseline_section(Report const& report) {
    std::string const& file = report.baseline_written;
    return file.empty()
               ? ""
               : "\n" + wrapped("Baseline: ", "the open consent findings were written to " + printable(file, 4096) + ".");
}

std::string pin_section(Report const& report) {
    std::string const file = printable(report.pin_file, 4096);
    switch (report.pin) {
    case PinStatus::none: return "";
    case PinStatus::created:
        return "\n" + wrapped("Pin: ", "created " + file + " (first run: rollback and forks are seen from the next run on).");
    case PinStatus::advanced:
        return "\n" + wrapped("Pin: ", "this ledger continues the one in " + file + " (" + grouped(report.pin_size) +
                                           " entries then, " + grouped(report.pin_to) + " now); the pin was moved on.");
    case PinStatus::unchanged: return "\n" + wrapped("Pin: ", "the ledger is the one in " + file + ", unchanged.");
    case PinStatus::kept:
        return "\n" + wrapped("Pin: ", file + " was left as it was: this run was not clean, or nothing newer is signed.");
    }
    return "";
}

}  // namespace

std::string to_text(Report const& report, bool quiet) {
    std::string out = "Verdict: " + std::string(headline(report)) + "\n" + wrapped("  ", verdict_sentences(report));
    if (!quiet) {
        out += ledger_section(report);
    }
    out += integrity_section(report) + incomplete_section(report) + proof_section(report);
    if (quiet) {
        return out;
    }
    return out + consent_section(report) + obligation_section(report.consent) + checked_section(report) +
           counts_section(report) + baseline_section(report) + pin_section(report);
}

}  // namespace cl::verify
