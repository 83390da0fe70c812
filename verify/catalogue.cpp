// The texts of the catalogue.
#include "verify/catalogue.hpp"

#include <algorithm>
#include <array>

namespace cl::verify {
namespace {

constexpr std::string_view restore =
    "Keep this file as evidence, do not repair it. Compare it with a backup or with a copy that somebody else holds, and find out who had "
    "write access to it.";
constexpr std::string_view ask_again =
    "Fetch the export again and compare. If the new copy is sound, this one was damaged or changed on its way.";

constexpr std::string_view compare_bundle =
    "Keep this bundle as evidence, do not repair it. Ask for it again, and compare: the same export made again is the same bytes, unless somebody in it was "
    "erased since.";

constexpr std::array checks = {
    CheckInfo{check::not_an_entry, "Something that is not an entry stands in the log",
              "These bytes cannot be read as an entry at all: they were overwritten, damaged or put there by something else.",
              restore},
    CheckInfo{
        check::not_canonical, "An entry was rewritten",
        "The entry can be read, but its bytes are not the ones that the ledger writes for these values (another spelling, spaces, "
        "Windows line ends). Signatures and hashes are taken over the exact bytes.",
        ask_again},
    CheckInfo{check::missing, "Entries are missing",
              "The entries are numbered without a gap. A number is missing, so at least one entry was removed.", restore},
    CheckInfo{check::misplaced, "An entry stands in the wrong place",
              "An entry was repeated, moved, swapped with another one or inserted.", restore},
    CheckInfo{
        check::chain, "The chain is broken",
        "Each entry carries the fingerprint of the entry before it. Here it does not fit: the earlier of the two entries, or the link "
        "in the later one, was changed after it was written.",
        restore},
    CheckInfo{
        check::time, "Recorded time runs backward",
        "The server never writes an entry with an earlier time than the one before it. This one is earlier, so one of the two was "
        "changed.",
        restore},
    CheckInfo{
        check::account_count, "An account's own numbering is broken",
        "Each account counts its entries without a gap. Here the count does not follow, so an entry of this account was removed, "
        "added or changed.",
        restore},
    CheckInfo{
        check::contact_count, "A contact's own numbering is broken",
        "Each contact's entries are counted and point back to the one before. Here they do not, so an entry of this contact was "
        "removed, added or changed.",
        restore},
    CheckInfo{check::content, "An entry's content does not fit its kind",
              "The entry is well-formed, but the ledger would never have written such content for this kind of entry.",
              restore},
    CheckInfo{
        check::beginning, "The ledger does not begin as a ledger begins",
        "The first entry, and only the first, says which ledger this is and which key signs it. Here it is missing or repeated.",
        restore},
    CheckInfo{
        check::tile_differs, "Stored hashes differ from the entries",
        "The ledger keeps the fingerprints of its entries in tiles. Here a fingerprint does not belong to the entry: one of the two "
        "was changed.",
        restore},
    CheckInfo{check::tile_missing, "Stored hashes are missing",
              "A full tile of fingerprints is written together with its last entry. Here it is gone.", restore},
    CheckInfo{check::tile_beyond, "Hashes are stored for entries that are not there",
              "There are fingerprints of entries beyond the end of the log, so entries were removed from its end.", restore},
    CheckInfo{
        check::signature, "A checkpoint's signature is not valid",
        "A checkpoint states how long the ledger is and what its root hash is, signed with the ledger's key. This one was changed, or "
        "signed with another key.",
        restore},
    CheckInfo{
        check::root, "The entries are not the ones that were signed",
        "The root hash computed from the entries differs from the one in a validly signed checkpoint: the history was changed after "
        "it was signed, even if its chain looks sound.",
        restore},
    CheckInfo{check::cut_off, "Entries were cut off at the end",
              "A checkpoint states that the ledger was longer than it is now.", restore},
    CheckInfo{check::trailer, "The export contradicts its own last line",
              "The last line of an export states what the export holds. The lines before it, or after it, are not that.",
              ask_again},
    CheckInfo{
        check::unsigned_tail, "Signed checkpoints are missing",
        "The ledger stores a signed checkpoint at least every 65,536 entries. Many more entries than that stand at the end without "
        "one.",
        restore},
    CheckInfo{
        check::head_damaged, "The head file was damaged",
        "The file that guards against an older copy of the ledger cannot be read: neither of its two halves is whole. A power cut "
        "can spoil one of them, not both.",
        restore},
    CheckInfo{
        check::fork, "The ledger is not a continuation of what you saw before",
        "Your own record of this ledger (a trusted checkpoint or the pin) shows another history: the past was rewritten, or two "
        "different ledgers are shown to different people.",
        "Keep your record and this file: together they are the proof. Ask the operator for an explanation in writing."},
    CheckInfo{
        check::rollback, "The ledger is shorter than when you last saw it",
        "Your own record of this ledger (a trusted checkpoint or the pin) shows more entries than there are now: an old copy was put "
        "back, or the newest entries were removed.",
        "Keep your record and this file: together they are the proof. Ask the operator whether a backup was restored."},
    CheckInfo{check::identity, "This is another ledger than the one that was pinned",
              "The pin file belongs to a ledger with another name or another key.",
              "If you verify several ledgers, give each a pin file of its own. Otherwise find out why name or key changed."},
    CheckInfo{
        check::key, "The ledger names another key than yours",
        "The first entry says that another key signs this ledger than the key that you trust. A ledger that was rewritten and signed "
        "anew with another key looks like this.",
        "Make sure that you have the right key file. If you do, treat the ledger as forged."},
    CheckInfo{check::store_damaged, "The database file is damaged",
              "The file's structure contradicts itself: it was changed by something else than SQLite, or the disk failed.",
              restore},
    CheckInfo{check::schema, "The database was altered by another program",
              "The tables and the rules that forbid changing them are not the ones that the ledger creates.", restore},
    CheckInfo{
        check::archive, "The bundle's zip contradicts itself",
        "Two programs could read different files out of this zip: a file stands in it twice, outside of its folder, over another one, "
        "with another size or checksum than stated, or something is hidden between them. The ledger makes no such zip.",
        compare_bundle},
    CheckInfo{check::file_digest, "A file of the bundle was changed",
              "The bundle lists the SHA-256 of each of its files. This file has another one.", compare_bundle},
    CheckInfo{check::file_listing, "A file of the bundle is missing, or was added",
              "The bundle lists its files, and these are not the ones that are there.", compare_bundle},
    CheckInfo{
        check::manifest, "The bundle is not what its manifest says",
        "data/manifest.json and data/keys.json say what was asked for, what is here and who signs. The files beside them are not that.",
        compare_bundle},
    CheckInfo{
        check::scope, "An entry does not belong in the bundle",
        "The bundle is of one contact, list, account or time, each entry once and in the log's order. This entry is not, or stands in "
        "another place.",
        compare_bundle},
    CheckInfo{
        check::inclusion, "An entry is not proven to be in the signed log",
        "Each entry comes with a proof that leads from its bytes to the signed root hash. Here it is missing or leads elsewhere: the "
        "entry was changed, or was never in that log.",
        compare_bundle},
    CheckInfo{
        check::consistency, "The log does not continue what an earlier bundle showed",
        "A proof leads from the log of an earlier bundle to this one. Here it does not: between the two, history was rewritten, or the "
        "proof was changed.",
        "Keep both bundles: together they are the proof. Ask the operator for an explanation in writing."},
    CheckInfo{
        check::issued, "The signed statement about the bundle says something else",
        "Before a bundle is made, the log records what it holds and where it ends, so that nothing can be left out unseen. What is here "
        "is not what was recorded.",
        compare_bundle},
    CheckInfo{
        check::opening, "A value that is shown is not the one that was recorded",
        "An entry holds a commitment to each text and piece of evidence. The value that is shown here does not fit it, or nothing of the kind "
        "stands in that entry.",
        compare_bundle},
    CheckInfo{
        check::opening_row, "A value is neither shown nor accounted for",
        "Each commitment has a row with its value, or with the reason why there is none. Here it is missing or repeated, it is said "
        "to be erased and no entry erases it, or it is withheld where a full bundle shows it.",
        compare_bundle},
    CheckInfo{
        check::pseudonym, "A number is not the contact's",
        "A contact's pseudonym is computed from its number and salt. The number that is shown gives another one, is not accounted for, is "
        "said to be erased and no entry erases it, or is withheld where a full bundle shows it.",
        compare_bundle},
    CheckInfo{
        check::range, "The bundle does not reach to the ends of its time",
        "Of a time range everything is there if the entries before and after it are shown too, or there are none. Here that is not so: "
        "entries at its beginning or end were left out.",
        compare_bundle},
    CheckInfo{
        check::view, "A view for people says something else than the entries",
        "data/views/entries.csv repeats the entries for a spreadsheet, and report.html for reading and printing; how-to-verify.txt and "
        "check_bundle.py say how to check them. Here one differs: who reads or runs it is deceived.",
        compare_bundle},
    CheckInfo{
        check::row, "A line of the bundle cannot be read",
        "The files of proofs, values and contacts have one JSON object a line, in one spelling and in order. This line is not that.",
        compare_bundle},
};

constexpr consent::RuleInfo state_differs{
    "CL-900",
    "The recorded status is not the one that these rules give",
    consent::Severity::high,
    "docs/verifier.md, What is checked: intact bytes whose state differs from the replay",
    "the status stored in an entry differs from the status that replaying the account's history with the policy pack in force gives, or it was judged by another pack",
    "Verify with the release whose rules revision the finding names. If they differ there too, the service decided wrongly: report it."};

constexpr consent::RuleInfo export_differs{
    "CL-901",
    "An evidence bundle left something out",
    consent::Severity::critical,
    "docs/verifier.md, Evidence bundles: export.issued states what a bundle holds and where it ends",
    "an export.issued states another number of entries, or another last contact_seq or account_seq, than its contact or account had when the log had the length that it states",
    "Find the bundle that was issued with this entry, and who has it. Make one that is complete, and tell them."};

}  // namespace

std::span<CheckInfo const> all_checks() noexcept {
    return checks;
}

CheckInfo const* find_check(std::string_view id) noexcept {
    auto const found = std::find_if(checks.begin(), checks.end(), [id](CheckInfo const& info) { return info.id == id; });
    return found == checks.end() ? nullptr : &*found;
}

consent::RuleInfo const& state_rule() noexcept {
    return state_differs;
}

consent::RuleInfo const& export_rule() noexcept {
    return export_differs;
}

consent::RuleInfo const* find_rule(std::string_view id) noexcept {
    if (id == export_differs.id) return &export_differs;
    return id == state_differs.id ? &state_differs : consent::find_rule(id);
}

}  // namespace cl::verify
