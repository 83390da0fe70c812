// The table of a test's bundle for people, made from docs/bundle.md ("The views"): no line of the rooms that make or check bundles.
//
// Threads: pure functions.
#pragma once

#include "tests/support/bundle_story.hpp"

#include <regex>

namespace cl::test {

/// What a row of the views has, beside its entry.
struct ShownEntry {
    Entry entry;
    bool in_scope = true;  ///< not a neighbour of a range
    Hash32 leaf;
    std::string phone;     ///< E.164, "erased", or nothing
    std::string texts;     ///< `name: text`, a line each
    std::string evidence;  ///< items as they were posted, a line each
};

/// What stands above or behind the rows.
using Remarks = std::vector<std::pair<std::string, std::string>>;

/// As a table for spreadsheets has it (docs/reports.md "Formats").
inline std::string guarded(std::string text) {
    std::string const begins = "[ \"']*([-=+@]|\uFF1D|\uFF0B|\uFF0D|\uFF20)";
    static std::regex const formula(begins);
    static std::regex const behind("([,;|\t\r\n])(?=" + begins + ")");
    static std::regex const number("'*[0-9 $%()+,./:Ee-]*[0-9][0-9 $%()+,./:Ee-]*");
    static std::regex const exact("0|[1-9][0-9]{0,14}");
    static std::regex const blank("'*[\t\r\n]");
    auto const starts = [&](std::regex const& what) {
        return std::regex_search(text, what, std::regex_constants::match_continuous);
    };
    std::erase(text, '\0');
    bool const altered = std::regex_match(text, number) && !std::regex_match(text, exact);
    return (starts(formula) || starts(blank) || altered ? "'" : "") + std::regex_replace(text, behind, "$1'");
}

inline std::string in_quotes(std::string const& text) {
    if (text.empty()) return "";
    std::string out = "\"";
    for (char const c : guarded(text)) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

inline std::string in_groups(std::string const& hex) {
    std::string out = hex.substr(0, 8);
    for (std::size_t at = 8; at < hex.size(); at += 8) out += " " + hex.substr(at, 8);
    return out;
}

inline std::string title_of(std::string const& kind) {
    if (kind == "contact") return "Evidence: one contact";
    if (kind == "list") return "Evidence: everybody who was on a list";
    return kind == "range" ? "Evidence: an account in a time" : "Evidence: an account";
}

inline std::string csv_row(ShownEntry const& shown) {
    Entry const& e = shown.entry;
    auto const number = [](auto const& value) { return value ? std::to_string(*value) : std::string(); };
    auto const flag = [](bool value) { return std::string(value ? "true" : "false"); };
    std::string kinds;
    std::string times;
    std::string digests;
    for (Evidence const& item : e.evidence) {
        std::string const space = kinds.empty() ? "" : " ";
        kinds += space + item.kind;
        times += space + (item.occurred_at ? format_time(*item.occurred_at) : "-");
        digests += space + to_hex(item.digest);
    }
    bool const listed = e.state && e.state->list;
    std::string const phone = shown.phone.starts_with('+') ? "tel:" + shown.phone : shown.phone;
    std::vector<std::string> const fields = {std::to_string(e.seq),
                                             flag(shown.in_scope),
                                             number(e.account_seq),
                                             in_quotes(e.contact ? to_hex(*e.contact) : ""),
                                             number(e.contact_seq),
                                             in_quotes(phone),
                                             in_quotes(e.occurred_at ? format_time(*e.occurred_at) : ""),
                                             in_quotes(format_time(e.recorded_at)),
                                             in_quotes(e.kind),
                                             e.state ? flag(e.state->opted_in) : "",
                                             e.state ? flag(e.state->blocked) : "",
                                             in_quotes(e.state ? std::string(name(e.state->level)) : ""),
                                             in_quotes(listed ? e.state->list->id : std::string(e.data.string("list"))),
                                             listed ? flag(e.state->list->member) : "",
                                             in_quotes(e.actor ? e.actor->kind : ""),
                                             in_quotes(e.actor ? e.actor->id : ""),
                                             in_quotes(e.channel),
                                             in_quotes(e.to.starts_with('+') ? "tel:" + e.to : e.to),
                                             in_quotes(e.source ? e.source->platform : ""),
                                             in_quotes(e.source ? e.source->record : ""),
                                             in_quotes(e.source ? e.source->token : ""),
                                             in_quotes(kinds),
                                             in_quotes(times),
                                             in_quotes(digests),
                                             in_quotes(e.data.empty() ? "" : json::write(e.data)),
                                             in_quotes(shown.texts),
                                             in_quotes(shown.evidence),
                                             in_quotes(e.policy ? e.policy->pack + " " + std::to_string(e.policy->rules) : ""),
                                             in_quotes(to_hex(e.prev)),
                                             in_quotes(to_hex(shown.leaf))};
    std::string out;
    for (std::string const& field : fields) out += (out.empty() ? "" : ",") + field;
    return out + "\r\n";
}

/// `remarks`: in their order; a value of several lines is as many records.
inline std::string csv_table(std::vector<ShownEntry> const& rows, Remarks const& remarks) {
    constexpr int width = 30;
    std::string out =
        "\xEF\xBB\xBF\"seq\",\"in_scope\",\"account_seq\",\"contact\",\"contact_seq\",\"phone\",\"occurred_at\",\"recorded_at\",\"kind\","
        "\"opted_in\",\"blocked\",\"level\",\"list\",\"on_list\",\"actor_kind\",\"actor\",\"channel\",\"to\",\"platform\","
        "\"record\",\"token\",\"evidence\",\"evidence_at\",\"evidence_digest\",\"data\",\"texts\",\"evidence_opened\",\"policy\","
        "\"prev\",\"leaf_hash\"\r\n";
    for (ShownEntry const& row : rows) out += csv_row(row);
    for (auto const& [name, value] : remarks) {
        std::string_view rest = value;
        do {
            std::size_t const end = std::min(rest.find('\n'), rest.size());
            out += in_quotes("#" + name) + "," + in_quotes(std::string(rest.substr(0, end))) + std::string(width - 2, ',') +
                   "\r\n";
            rest.remove_prefix(std::min(end + 1, rest.size()));
        } while (!rest.empty());
    }
    return out;
}

}  // namespace cl::test
