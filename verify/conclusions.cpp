#include "verify/conclusions.hpp"

#include "ledger/core/limits.hpp"
#include "verify/baseline.hpp"
#include "verify/pin.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cl::verify {
namespace {

/// Whoever gives a key, a pin or a checkpoint asks for signatures; a data directory and an export promise them. A bare ledger.db alone
/// does neither.
bool signatures_asked_for(Options const& options, Overview const& overview) {
    bool const by_user = options.key_file || options.pin_file || !options.trusted.empty();
    return by_user || overview.kind != SourceKind::database;
}

std::string how_to_cover(SourceKind kind) {
    switch (kind) {
    case SourceKind::data_directory:
        return "The service writes a signature of everything to the file head before it answers. If it was killed, start and stop it "
               "once and verify again. If it was not, an older head may have been put back: compare with receipts and with checkpoints "
               "that others hold.";
    case SourceKind::ndjson: return "Fetch the export again: its last line carries a signature of all of its entries.";
    case SourceKind::bundle:
    case SourceKind::database: break;
    }
    return "Verify the data directory or an export, or give a --trusted-checkpoint that is as new as the last entry. A service that was "
           "stopped in good order leaves a signature of everything in ledger.db.";
}

/// The end of the log that no signature reaches: anybody who can write to the file could have made it.
void judge_unsigned_end(Options const& options, Overview const& overview, Report& report) {
    merkle::Size const uncovered = unsigned_entries(report);
    if (uncovered == 0) {
        return;
    }
    bool const none = report.signed_to == 0;
    std::string const which = none ? "No signature covers any of the entries" : "No signature covers the end of the log";
    std::string const what = which + " (" + unsigned_stretch(report) + "): " + counted(uncovered, "entry", "entries") +
                             " that could have been rewritten without the ledger's key.";
    if (overview.has_checkpoints && uncovered > 2 * limits::checkpoint_entries) {
        report.integrity.add({check::unsigned_tail, report.signed_to, report.size - 1,
                              "the last " + counted(uncovered, "entry", "entries") + " have no signed checkpoint"});
    } else if (signatures_asked_for(options, overview)) {
        report.incomplete.push_back({what, how_to_cover(overview.kind), false, true});
    } else {
        report.not_checked.push_back(what + " " + how_to_cover(overview.kind));
    }
}

/// Something about the bytes is wrong or could not be checked; an end without a signature is not meant.
bool doubtful(Report const& report) {
    bool const doubt = std::any_of(report.incomplete.begin(), report.incomplete.end(),
                                   [](Incomplete const& item) { return !item.rules_only && !item.end_only; });
    return doubt || !report.integrity.clean() || !report.root;
}

void judge_names(Run const& run, Trust const& trust, Report& report) {
    bool const read_to_its_end = std::none_of(report.incomplete.begin(), report.incomplete.end(),
                                              [](Incomplete const& item) { return !item.rules_only && !item.end_only; });
    if (trust.named && read_to_its_end && !run.claims().has_name(*trust.named)) {
        report.integrity.add(
            {check::key, 0, std::nullopt,
             "you trust this ledger's key under the name \"" + printable(*trust.named) + "\", which it never had"});
    }
    for (Restored const& one : run.restored()) {
        merkle::Size const lost = one.signed_before - one.seq;
        std::string what = "What was lost when an older copy of the ledger was put back: entry " + grouped(one.seq) +
                           " says so, and that it goes on under the name \"" + printable(one.name) + "\". ";
        if (one.signed_before < 0) {
            what += "How much had been signed by then was not known.";
        } else if (lost > 0) {
            what += counted(lost, "entry", "entries") + " that had been signed by then are not in it.";
        } else {
            what +=
                "What had been signed by then was another history, of " + counted(one.signed_before, "entry", "entries") + ".";
        }
        report.not_checked.push_back(std::move(what));
    }
}

}  // namespace

void judge_coverage(Options const& options, Run const& run, Overview const& overview, Trust const& trust, Report& report) {
    judge_names(run, trust, report);
    if (run.claims().not_compared() > 0) {
        report.not_checked.push_back(counted(run.claims().not_compared(), "statement", "statements") +
                                     " about the ledger's root and length: entries before are missing or in the wrong order.");
    }
    if (run.claims().identity_unknown()) {
        report.incomplete.push_back({"The ledger changed its key or its name; what was signed after that was not checked.",
                                     "Verify with a release that follows such a change."});
        return;
    }
    if (trust.key && report.size > 0 && report.root) {
        judge_unsigned_end(options, overview, report);
    }
}

void judge_rollback(Run const& run, Overview const& overview, Report& report) {
    bool const by_user = run.claims().confirmed(ClaimFrom::trusted) + run.claims().confirmed(ClaimFrom::pin) > 0;
    if (overview.kind == SourceKind::data_directory) {
        if (!by_user) {
            report.not_checked.push_back(
                "Rollback of the whole directory, its file head included: give --pin or a --trusted-checkpoint kept elsewhere.");
        }
    } else if (!by_user) {
        report.not_checked.push_back(
            "Rollback: rollback not checked. Whether this is the newest state of the ledger cannot be seen in the "
            "file itself. Give --pin or --trusted-checkpoint, or the data directory.");
    }
    if (report.key_from == KeyFrom::ledger) {
        report.not_checked.push_back(
            "Identity of the signer: key taken from the ledger itself. A ledger made anew with another key "
            "would look the same. Give --key with a key that you got elsewhere.");
    }
    if (run.exports().compared() + run.exports().not_compared() > 0) {
        std::string what = "What issued evidence bundles hold beyond the counts that they state: verify each bundle by itself.";
        if (std::int64_t const part = run.exports().in_part(); part > 0) {
            what += " The number of entries of " + counted(part, "bundle", "bundles") + " of a list or a time: not compared.";
        }
        if (std::int64_t const far = run.exports().not_compared(); far > 0) {
            what += " " + counted(far, "statement", "statements") +
                    " about a log much shorter than where they stand: not compared.";
        }
        report.not_checked.push_back(std::move(what));
    }
    report.not_checked.push_back(
        "The openings of the commitments (numbers, names, texts): they are not in this file, and no phone number "
        "is read.");
}

void note_checks(Run const& run, Trust const& trust, Report& report) {
    auto const add = [&report](std::string_view id, std::string what, std::int64_t count) {
        report.checked.push_back({id, std::move(what), count});
    };
    add("entries", "exact bytes, numbering, chain, times, account and contact counts of entries", report.size);
    if (run.tree().tiles_compared() > 0) {
        add("tiles", "stored tiles of hashes against the entries", run.tree().tiles_compared());
    }
    std::pair<ClaimFrom, std::pair<std::string_view, std::string_view>> const claims[] = {
        {ClaimFrom::stored, {"stored_checkpoints", "stored signed checkpoints against the entries"}},
        {ClaimFrom::trailer, {"trailer", "the export's signed last line against the entries"}},
        {ClaimFrom::head, {"head", "the file head against the entries"}},
        {ClaimFrom::trusted, {"trusted_checkpoints", "trusted checkpoints against the entries"}},
        {ClaimFrom::pin, {"pin", "the pin against the entries"}},
    };
    for (auto const& [from, text] : claims) {
        if (run.claims().confirmed(from) > 0) {
            add(text.first, std::string(text.second) + (trust.key ? "" : " (roots only)"), run.claims().confirmed(from));
        }
    }
    if (run.exports().compared() > 0) {
        add("exports", "what issued evidence bundles state (export.issued) against the counts of entries",
            run.exports().compared());
    }
    add("replay", "rules replayed, recorded status compared, for entries", report.judged);
}

void choose_time(Options const& options, Overview const& overview, Clock const& clock, Report& report) {
    if (options.at) {
        report.at = *options.at;
        report.at_from = "--at";
    } else if (overview.live || !report.last_time) {
        report.at = clock.now();
        report.at_from = "now";
    } else {
        report.at = *report.last_time;
        report.at_from = "the export's last entry";
    }
}

void judge_consent(Options const& options, Summarise const& summarise, Report& report) {
    BaselineUse use;
    use.origin = report.origin;
    std::optional<Baseline> known;
    if (options.baseline_file) {
        report.baseline_file = options.baseline_file->string();
        if (auto baseline = read_baseline(*options.baseline_file)) {
            known = std::move(*baseline);
            use.known = &*known;
        } else {
            report.incomplete.push_back({"The baseline cannot be used (" + printable(baseline.error().detail) + ").",
                                         "Correct the path, or write it anew with --write-baseline."});
        }
    }
    BaselineContent content;
    if (options.baseline_target) {
        use.fingerprints = &content.fingerprints;
    }
    report.consent = summarise(report.at, use);
    if (!options.baseline_target || doubtful(report)) {
        return;
    }
    content.origin = report.origin;
    content.entries = report.size;
    for (ConsentAggregate const& aggregate : report.consent.aggregates) {
        content.gathered.emplace_back(aggregate.rule->id);
    }
    std::sort(content.fingerprints.begin(), content.fingerprints.end());
    if (auto const written = write_baseline(*options.baseline_target, content); !written) {
        report.incomplete.push_back(
            {"The baseline could not be written: " + printable(written.error().detail) + ".",
             "Make the place writable, and settle findings before there are more than a file can hold."});
        return;
    }
    report.baseline_written = options.baseline_target->string();
}

void keep_pin(Options const& options, SignedState const& state, Trust const& trust, Report& report) {
    if (!options.pin_file) {
        return;
    }
    report.pin_file = options.pin_file->string();
    report.pin_size = trust.pin ? trust.pin->size : 0;
    report.pin_to = report.pin_size;
    report.pin = PinStatus::kept;
    // Never beyond what is signed: a pin on entries that anybody could have made would vouch for them in the next run.
    bool const forward = state.size > 0 && state.size >= report.pin_size;
    if (doubtful(report) || !trust.key || !forward) {
        return;
    }
    Pin const seen{trust.origin, to_vkey(*trust.key), state.size, state.root, state.note};
    if (trust.pin && *trust.pin == seen) {
        report.pin = PinStatus::unchanged;
        return;
    }
    if (auto const written = write_pin(*options.pin_file, seen); !written) {
        report.incomplete.push_back({"The pin could not be written: " + printable(written.error().detail) + ".",
                                     "Make the place writable: without the pin the next run cannot see a rollback."});
        return;
    }
    report.pin_to = seen.size;
    report.pin = trust.pin ? PinStatus::advanced : PinStatus::created;
}

}  // namespace cl::verify
