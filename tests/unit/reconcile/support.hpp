// A small ledger at times of its own, a file of sends, one run. Contacts are named; rows name them by their ids.
//
// Threads: any; each object belongs to one.
#pragma once

#include "tests/support/ledger_files.hpp"
#include "verify/reconcile/reconcile.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::test {

namespace rec = verify::reconcile;

inline constexpr Millis minute = 60'000;
inline constexpr Millis hour = 60 * minute;
inline constexpr Millis day = 24 * hour;
/// 2027-03-05T10:00:00Z, a Friday.
inline constexpr Millis base = 1'804'240'800'000;

class StillClock final : public Clock {
public:
    [[nodiscard]] Millis now() const override { return base + 400 * day; }
    [[nodiscard]] Millis steady() const override { return 0; }
};

/// Entries whose times are told. `at` is both when it happened and when it was recorded, unless `recorded` says otherwise.
class Story {
public:
    Story() { ledger_.add(at(account_draft("account.defined", {}), base - 60 * day)); }

    static Entry at(Entry entry, Millis when, Millis recorded = 0) {
        entry.occurred_at = when;
        entry.recorded_at = recorded != 0 ? recorded : when;
        return entry;
    }
    Seq add(Entry const& entry) { return ledger_.add(entry); }

    /// In, with consent of a level that campaigns may use (informational).
    Seq consent(std::string_view who, Millis when, Millis recorded = 0) {
        Entry entry = at(contact_draft("opt_in.consent", who, {{"method", "call"}}), when, recorded);
        entry.evidence = {call_evidence(when)};
        return add(entry);
    }
    /// In because the contact wrote: conversational.
    Seq wrote(std::string_view who, Millis when) {
        Entry entry = at(contact_draft("contact.added", who, {{"origin", "inbound"}}), when);
        entry.evidence = {inbound_evidence(when)};
        return add(entry);
    }
    Seq imported(std::string_view who, Millis when) {
        return add(at(contact_draft("contact.added", who, {{"origin", "import"}}), when));
    }
    Seq stop(std::string_view who, Millis when, Millis recorded = 0) {
        Entry entry = at(contact_draft("opt_out.stop", who, {{"keyword", "stop"}, {"match", "whole"}, {"language", "en"}}),
                         when, recorded);
        entry.actor = Actor{"contact", "contact"};
        entry.evidence = {inbound_evidence(when)};
        return add(entry);
    }
    Seq change(std::string_view kind, std::string_view who, Millis when, json::Object data = {}) {
        return add(at(contact_draft(kind, who, std::move(data)), when));
    }
    Seq define_list(std::string_view list, std::string_view level, Millis when) {
        return add(at(account_draft("list.defined", {{"list", list}, {"level_required", level}}), when));
    }
    [[nodiscard]] Ledger const& ledger() const { return ledger_; }
    [[nodiscard]] std::string const& line(Seq seq) const { return ledger_.lines[static_cast<std::size_t>(seq)]; }

private:
    Ledger ledger_;
};

inline std::string id_of(std::string_view who) {
    return to_hex(contact_named(who));
}

/// A file of sends in the making: `contact,sent_at,type,list,status,error_code` and what else a test needs.
class Sends {
public:
    explicit Sends(std::string more = "")
        : text("contact,sent_at,type,list,status,error_code" + (more.empty() ? "" : "," + more) + "\n") {}
    Sends& row(std::string_view who, Millis when, std::string const& type, std::string const& list = "",
               std::string const& status = "sent", std::string const& rest = ",") {
        text += id_of(who) + "," + format_time(when) + "," + type + "," + list + "," + status + rest + "\n";
        return *this;
    }
    std::string text;
};

class Run {
public:
    explicit Run(Story const& story) {
        options.ledger.source = dir_ / "ledger.db";
        options.ledger.workers = 1;
        options.workers = 2;
        write_database(options.ledger.source, tables_of(story.ledger(), {story.ledger().size()}));
    }
    rec::Report operator()(std::string const& sends, std::string const& rejects = "") {
        options.sends.path = dir_ / "sends";
        write_file(options.sends.path, sends);
        if (!rejects.empty()) {
            if (!options.rejects) options.rejects.emplace();
            options.rejects->path = dir_ / "rejects";
            write_file(options.rejects->path, rejects);
        }
        return rec::reconcile(options, StillClock());
    }
    [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_ / name; }
    rec::Options options;

private:
    TempDir dir_;
};

inline rec::RuleResult const* result_of(rec::Report const& report, std::string_view id) {
    for (rec::RuleResult const& result : report.findings) {
        if (result.rule->info.id == id) return &result;
    }
    return nullptr;
}

inline std::int64_t found(rec::Report const& report, std::string_view id) {
    auto const* const result = result_of(report, id);
    return result == nullptr ? 0 : result->count;
}

/// The rows that a rule names, in its order.
inline std::vector<std::int64_t> rows_of(rec::Report const& report, std::string_view id) {
    std::vector<std::int64_t> rows;
    if (auto const* const result = result_of(report, id)) {
        for (rec::Shown const& shown : result->cases) rows.push_back(shown.row);
    }
    return rows;
}

using Rows = std::vector<std::int64_t>;

inline int code_of(rec::Report const& report) {
    return static_cast<int>(exit_code(report));
}

/// The ids that were found, in the report's order.
inline std::string ids(rec::Report const& report) {
    std::string out;
    for (rec::RuleResult const& result : report.findings) out += std::string(result.rule->info.id) + " ";
    return out;
}

}  // namespace cl::test
