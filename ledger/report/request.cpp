#include "ledger/report/request.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/consent/kinds.hpp"
#include "ledger/consent/rules.hpp"
#include "ledger/core/time_bound.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace cl::report {
namespace {

constexpr std::string_view of_entries[] = {"from", "to", "list", "kind", "actor", "contact"};
constexpr std::string_view of_timeliness[] = {"from", "to", "list", "kind", "actor", "contact", "status"};
constexpr std::string_view of_queue[] = {"from", "to", "list", "actor", "contact", "status"};
constexpr std::string_view of_findings[] = {"from", "to", "list", "kind", "actor", "contact", "status"};
constexpr std::string_view of_suppression[] = {"from", "to", "list", "kind", "actor", "shape", "sender"};
constexpr std::string_view of_sends[] = {"from", "to", "list", "contact"};
constexpr std::string_view of_retention[] = {"from", "to", "list", "contact", "status"};

constexpr std::string_view timeliness_statuses[] = {"all", "in_time", "over_sla", "late", "imported", "open", "overdue"};
constexpr std::string_view queue_statuses[] = {"open", "closed", "all"};
constexpr std::string_view finding_statuses[] = {"open", "waived", "closed", "all"};
constexpr std::string_view retention_statuses[] = {"all", "in_use", "keep", "due", "held", "erased", "nothing"};

constexpr ReportInfo reports[] = {
    {"contact-dossier", "Contact dossier", of_entries, {}},
    {"consent-register", "Consent register", of_entries, {}},
    {"opt-out-timeliness", "Opt-out timeliness", of_timeliness, timeliness_statuses},
    {"manual-changes", "Manual changes by agents", of_entries, {}},
    {"list-removal-queue", "List-removal queue", of_queue, queue_statuses},
    {"findings", "Findings", of_findings, finding_statuses},
    {"suppression", "Suppression list", of_suppression, {}},
    {"retention", "Retention and holds", of_retention, retention_statuses},
    {"post-revocation-sends", "Sends after a revocation", of_sends, {}, true},
    {"chain-certificate", "Chain certificate", {}, {}},
};

template <class T>
struct Named {
    std::string_view name;
    T value;
};
constexpr Named<Format> formats[] = {{"csv", Format::csv}, {"json", Format::json}, {"html", Format::html}};
constexpr Named<Profile> profiles[] = {{"plain", Profile::plain}, {"spreadsheet", Profile::spreadsheet}};
constexpr Named<Personal> personals[] = {{"full", Personal::full}, {"masked", Personal::masked}, {"none", Personal::none}};
constexpr Named<Shape> shapes[] = {
    {"plain", Shape::plain}, {"e164", Shape::e164}, {"twilio", Shape::twilio}, {"aws", Shape::aws}, {"azure", Shape::azure}};

Error bad(std::string_view name, std::string_view what) {
    return fail(errc::invalid, "`" + std::string(name) + "` " + std::string(what));
}

bool contains(std::span<std::string_view const> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <class T, std::size_t N>
Result<T> choice(Named<T> const (&choices)[N], std::string_view name, std::string_view text) {
    std::string all;
    for (Named<T> const& one : choices) {
        if (one.name == text) return one.value;
        all += (all.empty() ? "" : ", ") + std::string(one.name);
    }
    return bad(name, "must be one of: " + all + ".");
}

Result<Millis> time_of(std::string_view name, std::string_view text) {
    auto const time = parse_time_bound(text);
    if (!time) return bad(name, "must be an RFC 3339 time with an offset, as in 2026-11-23T18:15:00Z.");
    return *time;
}

/// A kind of entry; of timeliness also a duty, of findings also a rule.
bool known_kind(ReportInfo const& report, std::string_view text) {
    if (consent::kind_from(text)) return true;
    if (report.name == "findings") return consent::find_rule(text) != nullptr;
    return report.name == "opt-out-timeliness" && (text == "remove_from_list" || text == "review");
}

Result<void> read_one(ReportInfo const& report, std::string_view name, std::string const& value, Filter& filter) {
    if (name == "format") {
        CL_TRY_ASSIGN(filter.format, choice(formats, name, value));
    } else if (name == "profile") {
        CL_TRY_ASSIGN(filter.profile, choice(profiles, name, value));
    } else if (name == "personal") {
        CL_TRY_ASSIGN(filter.personal, choice(personals, name, value));
    } else if (name == "shape") {
        CL_TRY_ASSIGN(filter.shape, choice(shapes, name, value));
    } else if (name == "from") {
        CL_TRY_ASSIGN(filter.from, time_of(name, value));
    } else if (name == "to") {
        CL_TRY_ASSIGN(filter.to, time_of(name, value));
    } else if (name == "contact") {
        auto const id = hash_from_hex(value);
        if (!id) return bad(name, "must be a contact's id, 64 hex digits.");
        filter.contact = *id;
    } else if (name == "kind") {
        if (!known_kind(report, value)) return bad(name, "is no kind that this report knows.");
        filter.kinds.push_back(value);
    } else if (name == "status") {
        if (!contains(report.statuses, value)) return bad(name, "is no status that this report knows.");
        filter.status = value;
    } else {
        if (!consent::valid_id(value)) return bad(name, "must be an id.");
        (name == "list" ? filter.list : name == "actor" ? filter.actor : filter.sender) = value;
    }
    return {};
}

Result<void> check_together(ReportInfo const& report, Filter const& filter, bool profile_given) {
    if (profile_given && filter.format != Format::csv) return bad("profile", "is for CSV.");
    if (report.name == "contact-dossier" && !filter.contact) return bad("contact", "is required: whose dossier?");
    if (filter.from && filter.to && *filter.from >= *filter.to) return bad("to", "must be later than `from`.");
    if (filter.shape == Shape::plain) {
        if (!filter.sender.empty()) return bad("sender", "is for the shapes twilio, aws and azure.");
        return {};
    }
    if (filter.format == Format::html) return bad("format", "must be csv or json for a provider's shape.");
    if (filter.profile != Profile::plain) return bad("profile", "must be plain for a provider's shape.");
    if (filter.personal != Personal::full)
        return bad("personal", "must be full for a provider's shape, which is made of numbers.");
    return {};
}

}  // namespace

std::span<ReportInfo const> all_reports() noexcept {
    return reports;
}

Result<ReportInfo const*> find_report(std::string_view name) {
    for (ReportInfo const& report : reports) {
        if (report.name == name) return &report;
    }
    return fail(errc::not_found, "There is no such report.");
}

Result<Filter> read_filter(ReportInfo const& report, Parameters const& parameters, Format default_format) {
    constexpr std::array<std::string_view, 3> everywhere = {"format", "profile", "personal"};
    Filter filter;
    filter.format = default_format;
    std::set<std::string_view> seen;
    for (auto const& [name, value] : parameters) {
        if (!contains(everywhere, name) && !contains(report.filters, name)) {
            return fail(errc::invalid, "The report " + std::string(report.name) + " does not take one of these parameters.");
        }
        if (!seen.insert(name).second && name != "kind") return bad(name, "is given twice.");
        CL_TRY(read_one(report, name, value, filter));
        bool const about_form = name == "format" || name == "profile";
        if (!about_form) filter.said.emplace_back(name, value);
    }
    if (filter.status.empty() && !report.statuses.empty()) {
        filter.status = report.statuses.front();
        filter.said.emplace_back("status", filter.status);
    }
    CL_TRY(check_together(report, filter, seen.contains("profile")));
    if (filter.shape != Shape::plain) filter.profile = Profile::bare;
    return filter;
}

std::string_view media_type(Filter const& filter) noexcept {
    if (filter.format == Format::csv) return "text/csv; charset=utf-8; header=present";
    if (filter.format == Format::html) return "text/html; charset=utf-8";
    return filter.shape != Shape::plain ? "application/x-ndjson" : "application/json";
}

std::string file_name(ReportInfo const& report, std::string_view account, Filter const& filter) {
    std::string_view end = ".json";
    if (filter.format == Format::csv) end = ".csv";
    if (filter.format == Format::html) end = ".html";
    if (filter.format == Format::json && filter.shape != Shape::plain) end = ".ndjson";
    return std::string(account) + "-" + std::string(report.name) + std::string(end);
}

}  // namespace cl::report
