#include "verify/bundle/proof_words.hpp"

namespace cl::verify::bundle {
namespace {

namespace scope = bundle_format::scope;

std::string quoted(std::string const& text) {
    return "\"" + printable(text) + "\"";
}

/// Whose entries they are.
std::string subject(Manifest const& manifest) {
    std::string const account = "account " + printable(manifest.account);
    Scope const& asked = manifest.scope;
    if (asked.kind == scope::contact) return "contact " + shortened(*asked.contact) + " of " + account;
    if (asked.kind == scope::list)
        return "each contact shown that was ever on list " + printable(asked.list) + " of " + account;
    if (asked.kind == scope::account) return account;
    std::string time = account;
    if (asked.since) time += " recorded at or after " + format_time(*asked.since);
    if (asked.until) time += std::string(asked.since ? " and" : " recorded") + " before " + format_time(*asked.until);
    return time;
}

std::string listed(std::vector<merkle::Size> const& sizes) {
    std::string out;
    for (merkle::Size const size : sizes) out += (out.empty() ? "" : ", ") + grouped(size);
    return out;
}

std::string last_read(Manifest const& manifest) {
    return "entry " + std::to_string(manifest.tree_size - 1);
}

/// Why nothing can have been left out.
std::string complete_because(Manifest const& manifest, ScopeCheck const& seen) {
    std::string const& kind = manifest.scope.kind;
    if (kind == scope::contact || kind == scope::list) {
        return "the ledger numbers a contact's entries from 1, each names the one before, and no number is missing";
    }
    std::string const numbered = "the ledger numbers an account's entries from 1, and no number is missing";
    if (kind == scope::account) return numbered;
    auto const entry = [](Seq seq) { return "entry " + std::to_string(seq); };
    auto const before = seen.neighbour_before();
    auto const behind = seen.neighbour_behind();
    return numbered + "; " +
           (before ? entry(*before) + ", the next one before them, was recorded before that time"
                   : "the first one is the account's first") +
           ", " +
           (behind ? entry(*behind) + ", the next one behind them, was recorded behind it"
                   : "the last one is the newest that the log had");
}

/// The statement is itself an entry of the account: where it has the next number, nothing can lie between.
bool nothing_between(Manifest const& manifest, BundleRun const& run) {
    bool const to_the_end =
        manifest.scope.kind == scope::account || (manifest.scope.kind == scope::range && !manifest.scope.until);
    return to_the_end && run.seen().issued && run.seen().issued->account_seq == run.scope().last_account_seq() + 1;
}

void add_proven(Manifest const& manifest, BundleRun const& run, Counts const& counts, Report const& report,
                BundleSummary& out) {
    ScopeCheck const& seen = run.scope();
    std::string const beside =
        out.neighbours > 0 ? ", and " + counted(out.neighbours, "neighbour", "neighbours") + " of the time asked for," : "";
    out.proven.push_back("These " + counted(seen.inside(), "entry", "entries") + beside + " stand, byte for byte, in the log " +
                         quoted(report.origin) + " of " + counted(manifest.checkpoint_size, "entry", "entries") +
                         " that the key above signed.");
    std::string const all = seen.inside() == 0
                                ? "There is no entry of " + subject(manifest)
                                : "They are all entries of " + subject(manifest) + ", from entry " +
                                      std::to_string(seen.first_inside()) + " to entry " + std::to_string(seen.last_inside());
    out.proven.push_back(all + ": " + complete_because(manifest, seen) + ".");
    Shown const& values = run.seen().openings;
    if (values.full > 0) {
        out.proven.push_back(counted(values.full, "value", "values") +
                             " shown (texts, pieces of evidence): each is the one that was recorded with its entry.");
    }
    Shown const& contacts = run.seen().contacts;
    if (contacts.full > 0) {
        out.proven.push_back("The numbers shown, of " + counted(contacts.full, "contact", "contacts") +
                             ": each gives the pseudonym of the entries that it stands for.");
    }
    if (!run.seen().earlier.empty()) {
        out.proven.push_back("The log begins with the trees of " + listed(run.seen().earlier) +
                             " entries that data/proofs/consistency.ndjson names, with nothing in them changed.");
    }
    if (counts.kept > 0) out.proven.push_back("The log continues what you kept: your checkpoint or pin.");
}

void add_stated(Manifest const& manifest, BundleRun const& run, BundleSummary& out) {
    std::string const where = "entry " + std::to_string(manifest.issued) + " (export.issued)";
    if (nothing_between(manifest, run)) {
        out.proven.push_back("Nothing of the account follows them before " + where +
                             ", which was recorded when the bundle was asked for: it is the account's next number.");
    } else {
        out.stated.push_back(
            "That nothing of this scope follows up to " + last_read(manifest) + ": " + where +
            " states it in the log, under the same signature. Whoever checks the whole ledger sees if it is a lie.");
    }
    if (manifest.scope.kind == scope::list) {
        out.stated.push_back("That no other contact was ever on the list.");
    }
    if (manifest.scope.kind != scope::account) {
        out.stated.push_back(
            "That data/context.ndjson has all definitions and policies of the account by which the entries are judged.");
    }
    std::int64_t const erased = run.seen().openings.erased + run.seen().contacts.erased;
    if (erased > 0) {
        out.stated.push_back("That " + counted(erased, "value that is", "values that are") +
                             " said to be erased can be shown by nobody any more.");
    }
}

void add_not_proven(Manifest const& manifest, BundleRun const& run, Counts const& counts, Report& report) {
    auto& out = report.not_checked;
    out.push_back("That nothing happened after " + last_read(manifest) + ".");
    if (report.key_from == KeyFrom::bundle) {
        out.push_back(
            "Identity of the signer: key taken from the bundle itself. A log made up with another key would look the same. "
            "Give --key with a key that you got elsewhere.");
    }
    out.push_back(
        "That the operator shows everybody the same log. Compare the root hash with a checkpoint that somebody else holds.");
    out.push_back("That the log has no second entry under one of these numbers: a check of the whole ledger shows it.");
    if (counts.kept == 0) {
        out.push_back(
            std::string(run.seen().earlier.empty() ? "That no bundle of this scope was issued before"
                                                   : "That no other bundle of this scope was issued before") +
            ": nothing signed says which were, and a list of them can be emptied unseen. Whoever has one gives its data/checkpoint "
            "with --trusted-checkpoint.");
    }
    if (!run.seen().earlier.empty() && counts.kept == 0) {
        out.push_back(
            "That earlier bundles had the roots that data/proofs/consistency.ndjson names. Compare each with the checkpoint of the bundle "
            "that you have (--trusted-checkpoint).");
    }
    out.push_back("That what was recorded is true, that everything that happened was recorded, and whose the numbers are.");
    out.push_back("The times: they are the operator's clock, and never run backward.");
    Shown const& values = run.seen().openings;
    Shown const& contacts = run.seen().contacts;
    if (values.withheld + contacts.withheld > 0) {
        out.push_back(counted(values.withheld, "value", "values") + " and " + counted(contacts.withheld, "number", "numbers") +
                      " withheld: what they are. The entries hold commitments to them.");
    }
    if (manifest.scope.kind == scope::range && values.erased + contacts.erased > 0) {
        out.push_back("That what is said to be erased was erased by an entry: it may lie behind the time that was asked for.");
    }
    if (run.not_judged() > 0) {
        out.push_back("The rules of " + counted(run.not_judged(), "entry", "entries") +
                      " of contacts whose history begins before this bundle: not evaluated.");
    }
    if (manifest.scope.kind == scope::contact || manifest.scope.kind == scope::list) {
        out.push_back(
            "Rules that look at other contacts too (many opt-ins by one person, CL-077), and waivers that name no contact: not evaluated.");
    }
    if (counts.page == 0) {
        out.push_back(
            "data/views/report.html: it was compared with its digest only. data/views/entries.csv was compared with the entries.");
    }
    if (!counts.enclosed) {
        out.push_back(
            "how-to-verify.txt and check_bundle.py: they are not those of this release, and were compared with their digests only, "
            "which lie beside them. Take the script from a release that you trust.");
    }
    out.push_back("certificate.txt and custody.csv: people write into them, and they were compared with nothing.");
}

void add_checked(Counts const& counts, BundleRun const& run, Report& report) {
    auto const add = [&report](std::string_view id, std::string what, std::int64_t count) {
        if (count > 0) report.checked.push_back({id, std::move(what), count});
    };
    Seen const& seen = run.seen();
    add("files", "SHA-256 of files, and that none is missing or was added", counts.files);
    add("inclusion", "exact bytes, order, numbering and inclusion proofs of entries", run.proven());
    add("openings", "shown values against the commitments in the entries", seen.openings.full);
    add("contacts", "shown numbers against the contacts' pseudonyms", seen.contacts.full);
    add("view", "rows of data/views/entries.csv against the entries and what is shown of them", run.rows_compared());
    add("page", "rows of data/views/report.html, the whole page byte for byte", counts.page);
    add("enclosed", "how-to-verify.txt and check_bundle.py against those of this release", counts.enclosed ? 2 : 0);
    add("consistency", "consistency proofs from earlier bundles", static_cast<std::int64_t>(seen.earlier.size()));
    add("kept", "checkpoints that you kept (--trusted-checkpoint, --pin)", counts.kept);
    add("replay", "rules replayed, recorded status compared, for entries", report.judged);
}

}  // namespace

void summarise(Archive const& archive, Manifest const& manifest, BundleRun const& run, Counts const& counts, Report& report) {
    BundleSummary out;
    out.folder = archive.folder();
    out.account = manifest.account;
    out.scope = manifest.scope.kind;
    out.subject = subject(manifest);
    out.redacted = manifest.redacted;
    out.entries = run.scope().inside();
    out.neighbours = run.scope().entries() - run.scope().inside();
    out.context = run.seen().context;
    out.tree_size = manifest.tree_size;
    out.checkpoint_size = manifest.checkpoint_size;
    out.issued = manifest.issued;
    bool const sound = report.integrity.clean() && report.signed_to > 0;
    if (sound) {
        add_proven(manifest, run, counts, report, out);
        add_stated(manifest, run, out);
    }
    report.bundle = std::move(out);
    add_checked(counts, run, report);
    add_not_proven(manifest, run, counts, report);
}

}  // namespace cl::verify::bundle
