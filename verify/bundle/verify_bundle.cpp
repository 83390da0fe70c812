// One run: open, compare every file with its digest, read the manifest and the checkpoint, judge the entries, decide whom to trust, and write down
// what is proven and what is not.
#include "verify/bundle/verify_bundle.hpp"

#include "ledger/core/limits.hpp"
#include "verify/bundle/bundle_run.hpp"
#include "verify/bundle/earlier.hpp"
#include "verify/bundle/enclosed_check.hpp"
#include "verify/bundle/page_check.hpp"
#include "verify/bundle/proof_words.hpp"
#include "verify/bundle/tags.hpp"
#include "verify/conclusions.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cl::verify::bundle {
namespace {

namespace file = bundle_format::file;

std::unique_ptr<Archive> open_bundle(Options const& options, Findings& findings) {
    auto archive = open_archive(options.source);
    if (!archive && archive.error().code == errc::store_corrupt) {
        findings.add(check::archive, std::nullopt, printable(archive.error().detail, 400));
        return nullptr;
    }
    if (!archive) {
        findings.incomplete("The bundle could not be opened: " + printable(archive.error().detail, 400) + ".",
                            "Check the path, or fetch the bundle again.");
        return nullptr;
    }
    auto const& files = (*archive)->files();
    bool const ours = std::any_of(files.begin(), files.end(), [](ArchiveFile const& each) {
        return each.name == file::bagit || each.name == file::manifest;
    });
    if (!ours) {
        findings.incomplete("This is no evidence bundle: it has neither bagit.txt nor data/manifest.json.",
                            "A bundle is one folder in a zip; give the zip as it was issued, or the folder with bagit.txt.");
        return nullptr;
    }
    return std::move(*archive);
}

std::optional<Manifest> read_manifest(Archive const& archive, Findings& findings) {
    auto const text = read_whole(archive, file::manifest, limits::bundle_line_bytes);
    if (!text) {
        findings.add_failure(file::manifest, text.error());
        return std::nullopt;
    }
    auto manifest = parse_manifest(*text);
    if (!manifest && manifest.error().code == errc::store_foreign) {
        findings.incomplete(printable(manifest.error().detail), "Verify with the release that made it, or a newer one.");
        return std::nullopt;
    }
    if (!manifest) {
        findings.add(check::manifest, std::nullopt, manifest.error().detail);
        return std::nullopt;
    }
    return std::move(*manifest);
}

/// The note as it stands; its signature is looked at when it is known whose it should be.
std::string read_note(Archive const& archive, std::optional<Checkpoint>& checkpoint, Findings& findings) {
    auto const note = read_whole(archive, file::checkpoint, limits::note_bytes);
    if (!note) {
        findings.add_failure(file::checkpoint, note.error());
        return {};
    }
    if (auto const read = read_checkpoint(*note)) {
        checkpoint = *read;
    } else {
        findings.add(check::signature, std::nullopt, "data/checkpoint cannot be read as a signed checkpoint");
    }
    return *note;
}

/// Whom the signature must be of, and whether it is.
Trust judge_signature(Options const& options, BundleRun const& run, std::string const& note, Findings& findings,
                      Report& report) {
    Trust trust = establish_trust(options, run.keys().identity(), {}, report.integrity);
    std::move(trust.incomplete.begin(), trust.incomplete.end(), std::back_inserter(report.incomplete));
    if (trust.key_from == KeyFrom::ledger) trust.key_from = KeyFrom::bundle;
    report.origin = trust.origin;
    report.key_from = trust.key_from;
    report.key = trust.key ? to_vkey(*trust.key) : "";
    if (!trust.key || note.empty()) return trust;
    if (open_checkpoint(note, *trust.key)) {
        report.signed_to = report.size;
    } else if (read_checkpoint(note)) {
        findings.add(check::signature, std::nullopt, "data/checkpoint is not signed with the key and name above");
    }
    return trust;
}

void choose_time(Options const& options, Seen const& seen, Report& report) {
    if (!options.at && seen.issued) {
        report.at = seen.issued->recorded_at;
        report.at_from = "when the bundle was issued";
    }
}

void check_all(Options const& options, Archive const& archive, Findings& findings, Report& report) {
    Digests const digests = check_bag(archive, findings);
    auto const manifest = read_manifest(archive, findings);
    std::optional<Checkpoint> checkpoint;
    std::string const note = read_note(archive, checkpoint, findings);
    if (!manifest) return;
    BundleRun run(archive, *manifest, checkpoint, findings, report);
    run.read(options, note);
    std::vector<merkle::Size> earlier;
    Roots const roots = checkpoint ? check_earlier(archive, *checkpoint, earlier, findings) : Roots{};
    run.finish(digests, earlier);
    check_tags(archive, *manifest, findings);
    std::int64_t const page = findings.clean() ? check_page(archive, *manifest, run.view_context(), findings) : 0;
    bool const enclosed = check_enclosed(archive, *manifest, run.view_context(), digests, findings);
    if (checkpoint) report.root = checkpoint->root;
    Trust const trust = judge_signature(options, run, note, findings, report);
    std::int64_t const kept = checkpoint ? check_kept(trust, roots, *checkpoint, run.keys(), findings) : 0;
    if (archive.disturbed()) {
        findings.incomplete("The bundle was written to while it was read: what was read is of no one moment.",
                            "Verify a copy.");
    }
    choose_time(options, run.seen(), report);
    judge_consent(
        options, [&run](Millis at, BaselineUse const& use) { return run.consent(at, use); }, report);
    keep_pin(options, {report.signed_to > 0 ? checkpoint->size : 0, checkpoint ? checkpoint->root : Hash32{}, note}, trust,
             report);
    summarise(archive, *manifest, run, {static_cast<std::int64_t>(digests.size()), kept, page, enclosed}, report);
}

}  // namespace

Report verify(Options const& options, Clock const& clock) {
    Report report;
    report.path = options.source.string();
    report.kind = SourceKind::bundle;
    report.fail_on = options.fail_on;
    report.at = options.at.value_or(clock.now());
    report.at_from = options.at ? "--at" : "now";
    Findings findings(report);
    if (auto const archive = open_bundle(options, findings)) {
        check_all(options, *archive, findings, report);
    }
    return report;
}

}  // namespace cl::verify::bundle
