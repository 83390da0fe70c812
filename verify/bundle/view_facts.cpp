#include "verify/bundle/view_facts.hpp"

#include <algorithm>
#include <string_view>

namespace cl::verify::bundle {
namespace {

namespace scope = bundle_format::scope;

std::string in_groups(std::string const& hex) {
    constexpr std::size_t group = 8;
    std::string out;
    for (std::size_t at = 0; at < hex.size(); at += group) out += (at == 0 ? "" : " ") + hex.substr(at, group);
    return out;
}

}  // namespace

Texts texts_of(std::vector<OpeningRow> const& values) {
    constexpr std::string_view of_data = "/data/";
    Texts out;
    for (OpeningRow const& row : values) {
        if (row.absent == Absent::withheld) continue;
        std::string const value = row.absent == Absent::erased ? std::string(bundle_format::erased) : row.content;
        bool const text = row.pointer.starts_with(of_data);
        std::string& all = text ? out.said : out.evidence;
        if (!all.empty()) all += '\n';
        all += text ? row.pointer.substr(of_data.size()) + ": " + value : value;
    }
    return out;
}

std::string neighbours(ViewContext const& context) {
    std::string out;
    if (context.before) out = "entry " + std::to_string(*context.before) + " before";
    if (context.behind) out += (out.empty() ? "entry " : ", entry ") + std::to_string(*context.behind) + " behind";
    return out;
}

std::string title_of(Manifest const& manifest) {
    std::string const& kind = manifest.scope.kind;
    if (kind == scope::contact) return "Evidence: one contact";
    if (kind == scope::list) return "Evidence: everybody who was on a list";
    return kind == scope::range ? "Evidence: an account in a time" : "Evidence: an account";
}

std::vector<Fact> about(Manifest const& manifest, ViewContext const& context) {
    Scope const& asked = manifest.scope;
    std::vector<Fact> out;
    if (asked.contact) out.emplace_back("contact", to_hex(*asked.contact));
    out.emplace_back("scope", asked.kind);
    if (!asked.list.empty()) out.emplace_back("list", asked.list);
    if (asked.since) out.emplace_back("since", format_time(*asked.since));
    if (asked.until) out.emplace_back("until", format_time(*asked.until));
    out.emplace_back("entries", std::to_string(context.entries));
    if (std::string const beside = neighbours(context); !beside.empty()) out.emplace_back("neighbours", beside);
    out.emplace_back("contacts", std::to_string(context.contacts));
    if (context.first_at) out.emplace_back("first recorded", format_time(*context.first_at));
    if (context.last_at) out.emplace_back("last recorded", format_time(*context.last_at));
    out.emplace_back("openings", manifest.redacted ? bundle_format::openings_redacted : bundle_format::openings_full);
    out.emplace_back("stated by entry", std::to_string(manifest.issued) + " (export.issued)");
    out.emplace_back("digest of entries.ndjson", in_groups(to_hex(manifest.digest)));
    return out;
}

std::vector<Fact> remarks(Manifest const& manifest, ViewContext const& context) {
    std::vector<Fact> out;
    for (auto const& [kind, count] : context.kinds) out.emplace_back("kind " + kind + " entries", std::to_string(count));
    out.emplace_back("report", "evidence");
    out.emplace_back("title", title_of(manifest));
    out.emplace_back("account", manifest.account);
    out.emplace_back("ledger", manifest.origin);
    out.emplace_back("program", manifest.program);
    out.emplace_back("generated_at", format_time(manifest.issued_at));
    out.emplace_back("as_of", std::to_string(manifest.tree_size - 1));
    for (Fact& fact : about(manifest, context)) out.push_back(std::move(fact));
    std::string_view rest = context.note;
    while (!rest.empty()) {
        std::size_t const end = std::min(rest.find('\n'), rest.size());
        out.emplace_back("checkpoint", rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    out.emplace_back("rows", std::to_string(manifest.entries));
    return out;
}

}  // namespace cl::verify::bundle
