// What says what is here: manifest.json, BagIt's tag files (RFC 8493), the lists of digests.
#include "ledger/bundle/part.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/json.hpp"

#include <algorithm>

namespace cl::bundle {
namespace {

namespace file = bundle_format::file;

constexpr std::string_view data_folder = "data/";

json::Object to_json(Presence const& presence) {
    return {{"full", presence.full}, {"withheld", presence.withheld}, {"erased", presence.erased}};
}

/// The last part of an RFC 3339 time is no date.
std::string date_of(Millis time) {
    constexpr std::size_t date_chars = 10;
    return format_time(time).substr(0, date_chars);
}

bool is_written_into(std::string_view name) {
    auto const& names = bundle_format::written_into;
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// As `sha256sum -c` reads it.
template <class Wanted>
std::string digests(Making const& making, Wanted const& wanted) {
    std::string out;
    for (std::string_view const name : bundle_format::files) {
        if (wanted(name)) out.append(to_hex(making.files.at(name).sha256)).append("  ").append(name).append("\n");
    }
    return out;
}

}  // namespace

std::string manifest(Making const& making) {
    Plan const& plan = making.plan;
    json::Object kinds;
    for (auto const& [kind, count] : plan.lines.kinds) kinds.set(kind, count);
    json::Array earlier;
    for (merkle::Size const size : plan.earlier) earlier.emplace_back(size);
    return json::write(json::Object{
        {"format", bundle_format::format},
        {"origin", plan.origin},
        {"account", plan.account},
        {"scope", bundle::to_json(plan.said.scope)},
        {"openings", plan.redacted ? bundle_format::openings_redacted : bundle_format::openings_full},
        {"issued", json::Object{{"seq", plan.issued}, {"recorded_at", format_time(plan.issued_at)}, {"token", plan.issued_by}}},
        {"tree_size", plan.said.tree_size},
        {"checkpoint_size", plan.size()},
        {"digest", to_hex(plan.said.digest)},
        {"entries", json::Object{{"count", plan.said.entries},
                                 {"first_seq", plan.lines.first},
                                 {"last_seq", plan.lines.last},
                                 {"kinds", std::move(kinds)}}},
        {"context", json::Object{{"count", static_cast<std::int64_t>(plan.context.size()) + 1}}},
        {"openings_count", to_json(making.openings)},
        {"contacts", to_json(making.contacts)},
        {"last", json::Object{{std::string(last_member(plan.said.scope)), plan.said.last}}},
        {"earlier", std::move(earlier)},
        {"program", plan.program}});
}

std::string bagit(Making const&) {
    return "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
}

std::string bag_info(Making const& making) {
    std::uint64_t bytes = 0;
    int files = 0;
    for (auto const& [name, measured] : making.files) {
        if (!name.starts_with(data_folder)) continue;
        bytes += measured.size;
        ++files;
    }
    Plan const& plan = making.plan;
    return "Source-Organization: " + plan.origin + "\nExternal-Identifier: " + std::string(bundle_format::folder) +
           std::to_string(plan.issued) + "\nExternal-Description: consent ledger, account " + plan.account + ", scope " +
           plan.said.scope.kind + "\nBagging-Date: " + date_of(plan.issued_at) + "\nBag-Software-Agent: " + plan.program +
           "\nPayload-Oxum: " + std::to_string(bytes) + "." + std::to_string(files) + "\n";
}

std::string data_digests(Making const& making) {
    return digests(making, [](std::string_view name) { return name.starts_with(data_folder); });
}

std::string tag_digests(Making const& making) {
    return digests(making, [](std::string_view name) {
        return !name.starts_with(data_folder) && !is_written_into(name) && name != file::tag_digests;
    });
}

}  // namespace cl::bundle
