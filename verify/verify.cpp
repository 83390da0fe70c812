// One run: open, decide what to trust, stream the entries through chain, tree, claims and replay, and write down the result.
#include "verify/verify.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/core/tile.hpp"
#include "verify/chain.hpp"
#include "verify/pipeline.hpp"
#include "verify/replay.hpp"
#include "verify/words.hpp"

#include <algorithm>
#include <span>

namespace cl::verify {
namespace {

constexpr std::size_t block = static_cast<std::size_t>(tile::full_width);

/// Everything that judges entries in order.
class Run {
public:
    Run(Options const& options, Overview const& overview, Trust& trust, Report& report)
        : options_(options),
          overview_(overview),
          report_(report),
          chain_(report.integrity),
          tree_(report.integrity, overview.has_tiles),
          claims_(report.integrity, std::move(trust.claims)) {
        claims_.meet(tree_);  // what is stated of the empty log
    }

    void take(Prepared batch) {
        for (IntegrityFinding& finding : batch.findings) {
            report_.integrity.add(std::move(finding));
        }
        std::move(batch.incomplete.begin(), batch.incomplete.end(), std::back_inserter(report_.incomplete));
        std::size_t const sound = judge_items(batch);
        if (sound < batch.items.size() || (batch.items.empty() && chain_.broken_at())) {
            claims_.pass_over(batch.checkpoints);
        } else {
            claims_.offer(std::move(batch.checkpoints));
            claims_.meet(tree_);  // a checkpoint of the empty log
        }
        tree_.offer(std::move(batch.tiles));
        grow_tree(batch, sound);
        if (options_.progress) {
            options_.progress(chain_.size(), overview_.size_hint);
        }
    }

    void finish(bool all_read) {
        bool const in_order = !chain_.broken_at();
        claims_.finish(chain_.size(), all_read && in_order);
        report_.size = chain_.size();
        if (in_order) {
            report_.root = tree_.root();
        }
        report_.signed_to = claims_.signed_to();
        report_.first_time = chain_.first_time();
        report_.last_time = chain_.last_time();
        report_.judged = replay_.judged();
        auto rules = replay_.incomplete();
        std::move(rules.begin(), rules.end(), std::back_inserter(report_.incomplete));
        count_subjects();
    }

    [[nodiscard]] ConsentSummary consent(Millis at) const { return replay_.findings().finish(book_, at); }
    [[nodiscard]] Claims const& claims() const noexcept { return claims_; }
    [[nodiscard]] Tree const& tree() const noexcept { return tree_; }
    [[nodiscard]] Chain const& chain() const noexcept { return chain_; }

private:
    /// How many of the batch's items stand where they should, from its start.
    std::size_t judge_items(Prepared const& batch) {
        std::size_t sound = 0;
        for (Item const& item : batch.items) {
            auto const place = chain_.place(item);
            Subjects subjects;
            if (item.entry) {
                ++report_.by_kind[kind_name(*item.entry)];
                subjects = book_.of(*item.entry);
                ++subjects.account->entries;
            } else if (item.envelope) {
                ++report_.by_kind["(another format version)"];
            }
            bool const in_order = !chain_.broken_at();
            sound += in_order ? 1 : 0;
            if (item.entry && place.in_order) {
                chain_.link(*item.entry, item, subjects);
            }
            if (item.entry && place.in_order && in_order) {
                watch_identity(item);
                replay_.apply(item, subjects);
            } else {
                replay_.skip(item, Subjects{});
            }
        }
        return sound;
    }

    void watch_identity(Item const& item) {
        if (item.kind == consent::Kind::key_rotated || item.kind == consent::Kind::ledger_restored) {
            claims_.identity_changes_after(item.entry->seq);
        }
    }

    std::string kind_name(Entry const& entry) const {
        bool const room = report_.by_kind.size() < limits::verify_names || report_.by_kind.contains(entry.kind);
        return room ? entry.kind : "(other kinds)";
    }

    /// Adds the first `sound` items to the tree: block by block where nothing is stated about a size in between.
    void grow_tree(Prepared const& batch, std::size_t sound) {
        std::span<Item const> const items(batch.items);
        for (std::size_t at = 0; at < sound;) {
            bool const aligned = at >= batch.first_block && (at - batch.first_block) % block == 0;
            bool const whole = aligned && at + block <= sound && claims_.next() >= tree_.size() + tile::full_width;
            if (whole) {
                tree_.append_block(items.subspan(at, block), batch.block_roots[(at - batch.first_block) / block]);
                at += block;
            } else {
                tree_.append(items[at++].leaf);
            }
            claims_.meet(tree_);
        }
    }

    void count_subjects() {
        report_.accounts = static_cast<std::int64_t>(book_.account_count());
        report_.contacts = static_cast<std::int64_t>(book_.contact_count());
        book_.each_account([this](AccountSlot const& slot) { report_.by_account.emplace_back(slot.name, slot.entries); });
        std::sort(report_.by_account.begin(), report_.by_account.end(),
                  [](auto const& a, auto const& b) { return a.second != b.second ? a.second > b.second : a.first < b.first; });
        report_.by_account.resize(std::min(report_.by_account.size(), limits::verify_accounts_shown));
    }

    Options const& options_;
    Overview const& overview_;
    Report& report_;
    Chain chain_;
    Tree tree_;
    Claims claims_;
    Book book_;
    Replay replay_;
};

Incomplete not_read(Error const& error, merkle::Size after) {
    std::string const where = after > 0 ? " beyond its first " + counted(after, "entry", "entries") : "";
    return Incomplete{"The ledger could not be read" + where + ": " + printable(error.detail, 4096) + ".",
                      "Check the path, the permissions and the disk, or take a fresh copy (ledger.db with its -wal)."};
}

/// What the check of signatures and of the end of the log comes to.
void judge_coverage(Run const& run, Overview const& overview, Trust const& trust, Report& report) {
    merkle::Size const uncovered = report.size - report.signed_to;
    if (run.claims().identity_unknown()) {
        report.incomplete.push_back({"The ledger changed its key or its name; what was signed after that was not checked.",
                                     "Verify with a release that follows such a change."});
    }
    if (run.claims().not_compared() > 0) {
        report.not_checked.push_back(counted(run.claims().not_compared(), "statement", "statements") +
                                     " about the ledger's root and length: entries before are missing or in the wrong order.");
    }
    if (!trust.key || report.size == 0 || !report.root) {
        return;
    }
    if (overview.has_checkpoints && uncovered > 2 * limits::checkpoint_entries) {
        report.integrity.add({check::unsigned_tail, report.signed_to, report.size - 1,
                              "the last " + counted(uncovered, "entry", "entries") + " have no signed checkpoint"});
    } else if (report.signed_to == 0 && (trust.key_from == KeyFrom::file || overview.kind != SourceKind::database)) {
        report.incomplete.push_back({"There is no valid signed checkpoint at all: nothing proves who wrote these entries.",
                                     "Verify the data directory, an export, or with a trusted checkpoint."});
    } else if (uncovered > 0) {
        report.not_checked.push_back(
            "Signature of the last " + counted(uncovered, "entry", "entries") + " (from entry " +
            std::to_string(report.signed_to) +
            " on): the newest signed checkpoint is kept outside of this file. Give the data directory, an "
            "export or a trusted checkpoint.");
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

/// The pin moves on only after a run without any doubt about the bytes.
void keep_pin(Options const& options, Run const& run, Trust const& trust, Report& report) {
    if (!options.pin_file) {
        return;
    }
    report.pin_file = options.pin_file->string();
    report.pin_size = trust.pin ? trust.pin->size : 0;
    report.pin = PinStatus::kept;
    bool const doubt = std::any_of(report.incomplete.begin(), report.incomplete.end(),
                                   [](Incomplete const& incomplete) { return !incomplete.rules_only; });
    if (!report.integrity.clean() || doubt || !trust.key || !report.root) {
        return;
    }
    Pin const seen{trust.origin, to_vkey(*trust.key), report.size, *report.root, run.claims().signed_note()};
    if (trust.pin && *trust.pin == seen) {
        report.pin = PinStatus::unchanged;
        return;
    }
    if (auto const written = write_pin(*options.pin_file, seen); !written) {
        report.incomplete.push_back({"The pin could not be written: " + printable(written.error().detail) + ".",
                                     "Make the place writable: without the pin the next run cannot see a rollback."});
        return;
    }
    report.pin = trust.pin ? PinStatus::advanced : PinStatus::created;
}

void read_all(Source& source, Trust& trust, Options const& options, Clock const& clock, Report& report) {
    Overview const& overview = source.overview();
    Run run(options, overview, trust, report);
    auto const ended = run_pipeline(source, trust.key ? &*trust.key : nullptr, options.workers,
                                    [&run](Prepared batch) { run.take(std::move(batch)); });
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
    judge_coverage(run, overview, trust, report);
    judge_rollback(run, overview, report);
    note_checks(run, trust, report);
    choose_time(options, overview, clock, report);
    report.consent = run.consent(report.at);
    keep_pin(options, run, trust, report);
}

}  // namespace

Report verify(Options const& options, Clock const& clock) {
    Report report;
    report.path = options.source.string();
    report.fail_on = options.fail_on;
    report.at = options.at.value_or(clock.now());
    report.at_from = options.at ? "--at" : "now";
    auto source = open_source(options.source);
    if (!source) {
        report.incomplete.push_back(not_read(source.error(), 0));
        return report;
    }
    Overview const& overview = (*source)->overview();
    report.kind = overview.kind;
    report.incomplete = overview.incomplete;
    for (IntegrityFinding const& finding : overview.findings) {
        report.integrity.add(finding);
    }
    Trust trust = establish_trust(options, overview, report.integrity);
    report.origin = trust.origin;
    report.key_from = trust.key_from;
    report.key = trust.key ? to_vkey(*trust.key) : "";
    std::move(trust.incomplete.begin(), trust.incomplete.end(), std::back_inserter(report.incomplete));
    read_all(**source, trust, options, clock, report);
    return report;
}

}  // namespace cl::verify
