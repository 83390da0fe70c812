// What a person reads first, and fills in: how to check a bundle, a certificate, who had it.
#include "ledger/bundle/check_script.hpp"
#include "ledger/bundle/groups.hpp"
#include "ledger/bundle/part.hpp"
#include "ledger/core/bundle_format.hpp"

namespace cl::bundle {
namespace {

namespace file = bundle_format::file;

std::string digest_of(Making const& making, std::string_view name) {
    return to_hex(making.files.at(name).sha256);
}

std::string subject_of(Plan const& plan) {
    Scope const& scope = plan.said.scope;
    if (scope.contact) return "everything that the ledger has of the contact\n    " + to_hex(*scope.contact);
    if (!scope.list.empty()) return "everything of each contact who was ever on the list " + scope.list;
    if (scope.kind == bundle_format::scope::account) return "everything that the ledger has of the account";
    std::string text = "what was recorded in the account";
    if (scope.since) text += "\n    at or after " + format_time(*scope.since);
    if (scope.until) text += "\n    before " + format_time(*scope.until);
    return text;
}

constexpr std::string_view how_to_text = R"(
THREE WAYS TO CHECK IT

Unpack the zip (unzip BUNDLE.zip, or python3 -m zipfile -e BUNDLE.zip .) and go into its folder. None of these needs a network, or us.

1. That no file was changed since the bundle was made (any Linux; on macOS: shasum -a 256 -c):

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

   Each line must end in OK. This says nothing about who made the files.

2. That the ledger signed this, whole and in order (Python 3.8 or later, nothing else; the script is short: read it):

    python3 check_bundle.py

   It recomputes the hash of each entry, follows its proof to the root that is signed, checks the Ed25519 signature, counts that no
   entry of the scope is missing, and that each number, text and piece of evidence that is shown is the one that was recorded. With
   a key that you have from elsewhere (an earlier audit, a contract, a receipt), it does not take the bundle's word for it:

    python3 check_bundle.py --key KEYFILE

3. All of that, and the rules: which opt-ins lacked recorded consent (the ledger's own verifier, on the zip itself):

    consent-verify BUNDLE.zip

WHAT THIS PROVES

- These entries are in the ledger, byte for byte, in this order, and were when the checkpoint was signed.
- None of the scope is missing in between: they are counted in the entries themselves.
- That nothing follows the last one is stated by the entry export.issued, which is signed with the rest. Whoever leaves something out
  has signed a lie, which any check of the whole ledger exposes.
- A value that is shown is the one that was recorded: the entry holds its salted digest.
- Nothing in the earlier trees that data/proofs/consistency.ndjson names was changed since. Their roots are those that it states: compare
  them with data/checkpoint of the earlier bundles that you have.

WHAT IT CANNOT PROVE

- That what was posted to the ledger is true, or that everything was posted.
- What was erased or is withheld: data/openings.ndjson and data/contacts.ndjson say for each value whether it is there. That it was
  recorded, and when, is proven all the same.
- The time, beyond the server's clock; and that the operator, who holds the key, did not write a second history before anybody kept
  a checkpoint. Compare data/checkpoint with one that somebody else has kept.

WHAT IS IN IT

    data/entries.ndjson     the record: one entry a line, the exact bytes that are hashed
    data/context.ndjson     other entries that are needed to judge them
    data/proofs/            for each entry the way to the signed root
    data/checkpoint         the signed root
    data/openings.ndjson    texts and evidence behind the digests in the entries
    data/contacts.ndjson    numbers behind the pseudonyms in the entries
    data/views/             the same to read: a table for spreadsheets (UTF-8, comma), a page for browsers and paper. Not authoritative
    certificate.txt         to be filled in by whoever vouches for the bundle
    custody.csv             to be continued by whoever has it next
)";

constexpr std::string_view certificate_text = R"(
I, ______________________________________________ , state:

1.  I am ________________________________________ (position) of _______________________________________ . I am qualified to make this
    certificate by ______________________________________________________________________________ .

2.  The process (Federal Rules of Evidence 902(13)). The ledger named above records changes of the messaging consent of that business's
    customers. Each change is written, when it is reported, as one entry of an append-only log, by a program and without anybody's
    further act; each entry holds the SHA-256 hash of the one before it; all entries are the leaves of a Merkle tree (RFC 6962) whose root is
    signed (Ed25519). Whoever alters, removes or inserts an entry changes the root, so the process shows by itself that its result is
    accurate. The system was in regular use from ____________________ to ____________________ , and to my knowledge
    [ ] worked properly in that time    [ ] worked properly but for: __________________________________________

3.  The copy (902(14)). This bundle was made by the program named above, on _________________________ (machine), from the ledger's own files,
    byte for byte. It is identified by hashes, SHA-256 (FIPS 180-4): of the zip as I had it (sha256sum BUNDLE.zip)

        ________ ________ ________ ________ ________ ________ ________ ________

    and of what is in it:

)";

constexpr std::string_view certificate_end = R"(
4.  What I did. On (date, time, zone) ______________________________ , on _________________________ (machine, system), I ran

[ ] sha256sum -c manifest-sha256.txt       result: ______________________________________________
[ ] python3 check_bundle.py --key KEY      result: ______________________________________________
[ ] consent-verify BUNDLE.zip --key KEY    result: ______________________________________________  (version: ________)

    and compared the hashes above: [ ] they are equal. What was printed is attached as ______________ . The key with which I checked
    the signature I had from ______________________________________________ .

5.  Records of a regularly conducted activity (902(11), 803(6)(A) to (C); strike this out if it is not so). The entries were made at or near
    the time by, or from information transmitted by, someone with knowledge; they were kept in the course of a regularly conducted
    activity of the business; and making them was a regular practice of that activity.

I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct
(28 U.S.C. 1746).

Executed on (date) ____________________ at (place) ______________________________


Signature ________________________________________________


This is a form and no legal advice; have counsel adapt it. A certificate shows that the record is authentic, not that what it says is true or
admissible for every purpose. Before the trial or hearing, give the other side reasonable written notice of the intent to offer the record, and
make record and certificate available for inspection (902(11), 902(13), 902(14)). custody.csv is for who had it since.
)";

}  // namespace

std::string how_to(Making const& making) {
    Plan const& plan = making.plan;
    return "EVIDENCE FROM A CONSENT LEDGER\n\nLedger:   " + plan.origin + "\nAccount:  " + plan.account +
           "\nIssued:   " + format_time(plan.issued_at) + ", entry " + std::to_string(plan.issued) +
           "\nHere is:  " + subject_of(plan) + ": " + std::to_string(plan.said.entries) + " entries\nOpenings: " +
           (plan.redacted ? "withheld; the same bundle with openings has identical entries and proofs"
                          : "shown where they are not erased") +
           "\n" + std::string(how_to_text);
}

std::string script(Making const&) {
    return std::string(check_script);
}

std::string certificate(Making const& making) {
    Plan const& plan = making.plan;
    std::string out = "CERTIFICATE OF AUTHENTICITY (to be completed)\n\nLedger:   " + plan.origin +
                      "\nAccount:  " + plan.account + "\nBundle:   " + std::string(bundle_format::folder) +
                      std::to_string(plan.issued) + ", made by " + plan.program + ", issued " + format_time(plan.issued_at) +
                      "\nEntries:  " + std::to_string(plan.said.entries) + ", from " + std::to_string(plan.first_seq) + " to " +
                      std::to_string(plan.last_seq) + "\n" + std::string(certificate_text);
    for (std::string_view const name : {file::data_digests, file::entries, file::checkpoint}) {
        out.append("    ").append(name).append("\n        ").append(in_groups(digest_of(making, name))).append("\n");
    }
    return out + std::string(certificate_end);
}

std::string custody(Making const& making) {
    Plan const& plan = making.plan;
    return "when,who,what,sha256_of_manifest,note\r\n" + format_time(plan.issued_at) + "," + plan.origin + ",made," +
           digest_of(making, file::data_digests) + ",entry " + std::to_string(plan.issued) + " by token " + plan.issued_by +
           "\r\n";
}

}  // namespace cl::bundle
