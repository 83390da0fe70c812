#include "verify/bundle/tags.hpp"

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::verify::bundle {
namespace {

namespace file = bundle_format::file;

std::string due_info(Archive const& archive, Manifest const& manifest) {
    constexpr std::size_t date_chars = 10;
    std::int64_t bytes = 0;
    int files = 0;
    for (ArchiveFile const& each : archive.files()) {
        bool const known =
            std::find(bundle_format::files.begin(), bundle_format::files.end(), each.name) != bundle_format::files.end();
        if (!known || !each.name.starts_with("data/")) continue;
        bytes += each.size;
        ++files;
    }
    return "Source-Organization: " + manifest.origin + "\nExternal-Identifier: " + std::string(bundle_format::folder) +
           std::to_string(manifest.issued) + "\nExternal-Description: consent ledger, account " + manifest.account +
           ", scope " + manifest.scope.kind + "\nBagging-Date: " + format_time(manifest.issued_at).substr(0, date_chars) +
           "\nBag-Software-Agent: " + manifest.program + "\nPayload-Oxum: " + std::to_string(bytes) + "." +
           std::to_string(files) + "\n";
}

void compare(Archive const& archive, std::string_view name, std::string const& due, Findings& findings) {
    auto const text = read_whole(archive, name, limits::bundle_line_bytes);
    if (!text) {
        findings.add_failure(name, text.error());
    } else if (*text != due) {
        findings.add(check::manifest, std::nullopt, std::string(name) + " says something else than data/manifest.json");
    }
}

}  // namespace

void check_tags(Archive const& archive, Manifest const& manifest, Findings& findings) {
    compare(archive, file::bagit, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", findings);
    compare(archive, file::bag_info, due_info(archive, manifest), findings);
}

}  // namespace cl::verify::bundle
