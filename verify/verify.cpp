// One run: open, decide what to trust, stream the entries through chain, tree, claims and replay, and write down the result.
#include "verify/verify.hpp"

#include "ledger/core/limits.hpp"
#include "verify/conclusions.hpp"
#include "verify/pipeline.hpp"
#include "verify/run.hpp"
#include "verify/words.hpp"

#include <chrono>
#include <thread>
#include <utility>

namespace cl::verify {
namespace {

Incomplete not_read(Error const& error, merkle::Size after) {
    std::string const where = after > 0 ? " beyond its first " + counted(after, "entry", "entries") : "";
    return Incomplete{"The ledger could not be read" + where + ": " + printable(error.detail, 4096) + ".",
                      "Check the path, the permissions and the disk, or take a fresh copy (ledger.db with its -wal)."};
}

/// The valid slot of head that reaches furthest, if it covers all that was read.
std::optional<Claim> covering_head(Options const& options, Trust const& trust, merkle::Size read) {
    std::optional<Claim> best;
    for (FoundNote& found : read_head_notes(options.source)) {
        CheckedNote note = check_note(std::move(found.note), &*trust.key);
        merkle::Size const size = note.checkpoint.size;
        bool const of_key = note.signature == Signature::valid || note.signature == Signature::other_name;
        bool const covers = of_key && size >= read;
        if (covers && (!best || size > best->note.row_size)) {
            note.row_size = size;
            best = Claim{ClaimFrom::head, std::move(found.where), std::move(note)};
        }
    }
    return best;
}

class Reading {
public:
    Reading(Options const& options, Trust& trust, Source& source, Report& report)
        : options_(options), trust_(trust), source_(source), run_(options, source.overview(), trust, report) {}

    std::optional<Error> read_all() {
        auto ended = read_on();
        return ended ? ended : follow_head();
    }

    [[nodiscard]] Run& run() noexcept { return run_; }

private:
    std::optional<Error> read_on() {
        return run_pipeline(source_, run_.chain().size(), trust_.key ? &*trust_.key : nullptr, options_.workers,
                            [this](Prepared batch) { run_.take(std::move(batch)); });
    }

    /// A running service commits entries, then signs them into head, then answers: what was read may lie between two signatures. Reads on
    /// to the head that covers it, once; gives up where nobody writes one.
    std::optional<Error> follow_head() {
        bool const guarded = source_.overview().kind == SourceKind::data_directory && trust_.key.has_value();
        for (int attempt = 0; guarded && run_.sound_so_far() && attempt < limits::verify_head_attempts; ++attempt) {
            merkle::Size const read = run_.chain().size();
            if (run_.claims().signed_to() >= read) {
                break;
            }
            if (auto claim = covering_head(options_, trust_, read)) {
                merkle::Size const size = claim->note.row_size;
                run_.expect(std::move(*claim));
                source_.read_on_to(size);
                return size > read ? read_on() : std::nullopt;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(limits::verify_head_pause_ms));
        }
        return std::nullopt;
    }

    Options const& options_;
    Trust& trust_;
    Source& source_;
    Run run_;
};

void read_all(Source& source, Trust& trust, Options const& options, Clock const& clock, Report& report) {
    Overview const& overview = source.overview();
    Reading reading(options, trust, source, report);
    auto const ended = reading.read_all();
    Run& run = reading.run();
    if (ended && ended->code == errc::store_corrupt) {
        report.integrity.add({check::store_damaged, run.chain().size(), std::nullopt, printable(ended->detail)});
    }
    if (ended) {
        report.incomplete.push_back(not_read(*ended, run.chain().size()));
    }
    run.finish(!ended);
    if (report.size == 0) {
        report.incomplete.push_back({"There are no entries in " + printable(report.path) + ": nothing could be verified.",
                                     "A ledger has at least the entry that created it. Take another copy."});
    }
    judge_coverage(options, run, overview, trust, report);
    judge_rollback(run, overview, report);
    note_checks(run, trust, report);
    choose_time(options, overview, clock, report);
    bool const steady = !source.disturbed();
    Options reading_only = options;
    if (!steady) {
        reading_only.baseline_target.reset();
    }
    judge_consent(
        reading_only, [&run](Millis at, BaselineUse const& use) { return run.consent(at, use); }, report);
    if (steady) {
        Claims const& claims = run.claims();
        keep_pin(options, {claims.signed_to(), claims.signed_root(), claims.signed_note()}, trust, report);
    }
}

/// One attempt. True if the file was changed under it: then the report means nothing.
bool verify_once(Options const& options, Clock const& clock, Report& report) {
    report.path = options.source.string();
    report.fail_on = options.fail_on;
    report.at = options.at.value_or(clock.now());
    report.at_from = options.at ? "--at" : "now";
    auto source = open_source(options.source);
    if (!source) {
        report.incomplete.push_back(not_read(source.error(), 0));
        return false;
    }
    Overview const& overview = (*source)->overview();
    report.kind = overview.kind;
    report.incomplete = overview.incomplete;
    for (IntegrityFinding const& finding : overview.findings) {
        report.integrity.add(finding);
    }
    Identity const own = identity_of(overview.first, report.integrity);
    Trust trust = establish_trust(options, own, overview.notes, report.integrity);
    report.origin = trust.origin;
    report.key_from = trust.key_from;
    report.key = trust.key ? to_vkey(*trust.key) : "";
    std::move(trust.incomplete.begin(), trust.incomplete.end(), std::back_inserter(report.incomplete));
    read_all(**source, trust, options, clock, report);
    return (*source)->disturbed();
}

}  // namespace

Report verify(Options const& options, Clock const& clock) {
    Report report;
    if (!verify_once(options, clock, report)) {
        return report;
    }
    // A service was started over a file that lay still when it was opened: now it is read beside that service.
    Report again;
    if (verify_once(options, clock, again)) {
        again.incomplete.push_back(
            {"Another program opened the ledger while it was read, twice: what was read may be of two moments.",
             "Verify again, or verify a copy."});
    }
    return again;
}

}  // namespace cl::verify
