#include "verify/bundle/enclosed_check.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/sha256.hpp"

namespace cl::verify::bundle {
namespace {

namespace file = bundle_format::file;
namespace scope = bundle_format::scope;

std::string subject(Scope const& asked) {
    if (asked.kind == scope::contact) return "everything that the ledger has of the contact\n    " + to_hex(*asked.contact);
    if (asked.kind == scope::list) return "everything of each contact who was ever on the list " + asked.list;
    if (asked.kind == scope::account) return "everything that the ledger has of the account";
    return "what was recorded in the account" + (asked.since ? "\n    at or after " + format_time(*asked.since) : "") +
           (asked.until ? "\n    before " + format_time(*asked.until) : "");
}

/// docs/bundle.md "How to verify": the lines above the text that is the same in each bundle.
std::string first_lines(Manifest const& manifest, ViewContext const& context) {
    std::string const beside = neighbours(context);
    return "EVIDENCE FROM A CONSENT LEDGER\n\nLedger:   " + manifest.origin + "\nAccount:  " + manifest.account +
           "\nIssued:   " + format_time(manifest.issued_at) + ", entry " + std::to_string(manifest.issued) +
           "\nHere is:  " + subject(manifest.scope) + ": " + std::to_string(context.entries) +
           (context.entries == 1 ? " entry" : " entries") +
           (beside.empty() ? ""
                           : ";\n    and its neighbours (" + beside +
                                 "), which are not in that time, and show that nothing of it is missing") +
           "\nOpenings: " +
           (manifest.redacted ? "withheld; the same bundle with openings has identical entries and proofs"
                              : "shown where they are not erased") +
           "\n\n";
}

bool is_own_script(Digests const& digests) {
    auto const script = digests.find(file::script);
    return script != digests.end() && to_hex(script->second) == CL_SCRIPT_SHA256;
}

Result<bool> is_own_how_to(Archive const& archive, Manifest const& manifest, ViewContext const& context) {
    CL_TRY_ASSIGN(std::string const text, read_whole(archive, file::how_to, limits::bundle_line_bytes));
    std::string const first = first_lines(manifest, context);
    return text.starts_with(first) && to_hex(sha256(std::string_view(text).substr(first.size()))) == CL_HOW_TO_SHA256;
}

}  // namespace

bool check_enclosed(Archive const& archive, Manifest const& manifest, ViewContext const& context, Digests const& digests,
                    Findings& findings) {
    bool const ours = manifest.program == "consent-ledger " CL_VERSION;
    auto const how_to = is_own_how_to(archive, manifest, context);
    if (!how_to) findings.add_failure(file::how_to, how_to.error());
    auto const judge = [&](bool same, std::string_view name) {
        if (!same && ours) {
            findings.add(
                check::view, std::nullopt,
                std::string(name) + " is not what " + manifest.program + ", which the bundle says made it, puts there");
        }
        return same;
    };
    bool const text = judge(how_to && *how_to, file::how_to);
    return judge(is_own_script(digests), file::script) && text;
}

}  // namespace cl::verify::bundle
