#include "verify/problems.hpp"

#include "ledger/core/limits.hpp"
#include "verify/baseline.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cl::verify {
namespace {

class Collector {
public:
    explicit Collector(Report const& report) : report_(report) {}

    void add(Problem problem) {
        if (problems_.shown.size() < limits::verify_report_results) {
            problems_.shown.push_back(std::move(problem));
        } else {
            ++problems_.not_shown;
        }
    }
    void leave_out(std::int64_t count) { problems_.not_shown += count; }

    void add_integrity() {
        for (auto const& [id, group] : report_.integrity.groups()) {
            CheckInfo const* const info = find_check(id);
            for (IntegrityFinding const& finding : group.first) {
                std::string const where =
                    finding.seq ? entry_or_stretch(*finding.seq, finding.last.value_or(*finding.seq)) + ": " : "";
                Problem problem{ProblemKind::integrity,      id,
                                consent::Severity::critical, finding.seq,
                                std::string(info->title),    where + finding.what + ". " + std::string(info->remedy)};
                problem.fingerprint = fingerprint(report_.origin, id, "", finding.seq.value_or(-1));
                problem.fails = true;
                add(std::move(problem));
            }
            leave_out(group.count - static_cast<std::int64_t>(group.first.size()));
        }
    }

    void add_incomplete() {
        for (Incomplete const& item : report_.incomplete) {
            bool const end = item.end_only;
            Problem problem{ProblemKind::incomplete,           incomplete_rule,
                            consent::Severity::critical,       end ? std::optional<Seq>(report_.signed_to) : std::nullopt,
                            "Not everything could be checked", printable(item.what, 4096) + " " + printable(item.remedy, 4096)};
            problem.fingerprint = fingerprint(report_.origin, incomplete_rule, item.what, -1);
            problem.fails = true;
            add(std::move(problem));
        }
    }

    void add_details() {
        for (ConsentDetail const& detail : report_.consent.details) {
            std::string facts = "entry " + std::to_string(detail.seq);
            if (!detail.account.empty()) facts += ", account " + printable(detail.account);
            if (detail.contact) facts += ", contact " + shortened(*detail.contact);
            if (!detail.what.empty()) facts += ": " + detail.what;
            Problem problem{ProblemKind::consent,
                            detail.rule->id,
                            detail.severity,
                            detail.seq,
                            std::string(detail.rule->title),
                            facts + ". " + std::string(detail.rule->remedy)};
            problem.fingerprint = fingerprint(report_.origin, detail.rule->id, detail.account, detail.seq);
            problem.known = detail.known;
            problem.waived_until = detail.waived_until;
            problem.fails = fails(detail.severity) && !detail.known && !detail.waived_until;
            add(std::move(problem));
        }
        leave_out(report_.consent.not_shown);
    }

    void add_aggregates() {
        for (ConsentAggregate const& aggregate : report_.consent.aggregates) {
            if (aggregate.count == 0) {
                continue;
            }
            Problem problem{ProblemKind::consent,
                            aggregate.rule->id,
                            aggregate.severity,
                            aggregate.samples.empty() ? std::nullopt : std::optional<Seq>(aggregate.samples.front()),
                            std::string(aggregate.rule->title),
                            counted(aggregate.count, "case", "cases") + " of a platform default or an import (" +
                                grouped(aggregate.known) + " in the baseline). " + std::string(aggregate.rule->remedy)};
            problem.fingerprint = fingerprint(report_.origin, aggregate.rule->id, "gathered", -1);
            problem.known = aggregate.known == aggregate.count;
            problem.fails = fails(aggregate.severity) && !problem.known;
            add(std::move(problem));
        }
    }

    Problems take() { return std::move(problems_); }

private:
    bool fails(consent::Severity severity) const { return report_.fail_on && severity >= *report_.fail_on; }

    Report const& report_;
    Problems problems_;
};

std::string percent_encoded(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (char const c : path) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~/").find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else {
            auto const byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

}  // namespace

Problems problems_of(Report const& report) {
    Collector collector(report);
    collector.add_integrity();
    collector.add_incomplete();
    collector.add_details();
    collector.add_aggregates();
    return collector.take();
}

std::vector<RuleText> all_rule_texts() {
    std::vector<RuleText> texts;
    for (CheckInfo const& info : all_checks()) {
        texts.push_back(
            {info.id, info.title, std::string(info.meaning), std::string(info.remedy), consent::Severity::critical});
    }
    texts.push_back(
        {incomplete_rule, "Not everything could be checked",
         "Something that was asked for is missing, unreadable, cut off, not signed, or of a kind that this program does not "
         "know. This is not a pass.",
         "Read what is in the way, resolve it and verify again.", consent::Severity::critical});
    auto const add = [&texts](consent::RuleInfo const& rule) {
        texts.push_back({rule.id, rule.title,
                         "Raised when: " + std::string(rule.condition) + ". Source: " + std::string(rule.citation) + ".",
                         std::string(rule.remedy), rule.severity});
    };
    for (consent::RuleInfo const& rule : consent::all_rules()) {
        add(rule);
    }
    add(state_rule());
    add(export_rule());
    return texts;
}

std::string artifact_uri(Report const& report) {
    std::filesystem::path path = std::filesystem::path(report.path).lexically_normal();
    if (report.kind == SourceKind::data_directory) {
        path = (path / "ledger.db").lexically_normal();
    }
    bool const upward = path.begin() != path.end() && *path.begin() == "..";
    if (path.is_absolute() || upward) {
        bool const folder = report.kind == SourceKind::data_directory && path.has_parent_path();
        path = folder ? path.parent_path().filename() / path.filename() : path.filename();
    }
    std::string const encoded = percent_encoded(path.generic_string());
    return encoded.empty() ? "ledger.db" : encoded;
}

std::int64_t line_of(Problem const& problem) noexcept {
    return std::max<Seq>(problem.seq.value_or(0), 0) + 1;
}

}  // namespace cl::verify
