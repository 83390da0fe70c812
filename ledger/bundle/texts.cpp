// What a person reads first, and fills in: how to check a bundle, a certificate, who had it.
#include "ledger/bundle/enclosed.hpp"
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

std::string counted(std::int64_t entries) {
    return std::to_string(entries) + (entries == 1 ? " entry" : " entries");
}

/// Of a range: what the bundle has that was not asked for, and why.
std::string beside(Plan const& plan) {
    std::string const all = neighbours(plan);
    return all.empty()
               ? ""
               : ";\n    and its neighbours (" + all + "), which are not in that time, and show that nothing of it is missing";
}

std::string from_to(Counted const& inside) {
    return inside.entries == 0 ? "" : ", from " + std::to_string(inside.first) + " to " + std::to_string(inside.last);
}

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
           "\nHere is:  " + subject_of(plan) + ": " + counted(plan.inside.entries) + beside(plan) + "\nOpenings: " +
           (plan.redacted ? "withheld; the same bundle with openings has identical entries and proofs"
                          : "shown where they are not erased") +
           "\n\n" + std::string(how_to_text);
}

std::string script(Making const&) {
    return std::string(check_script);
}

std::string certificate(Making const& making) {
    Plan const& plan = making.plan;
    std::string out = "CERTIFICATE OF AUTHENTICITY (to be completed)\n\nLedger:   " + plan.origin +
                      "\nAccount:  " + plan.account + "\nBundle:   " + std::string(bundle_format::folder) +
                      std::to_string(plan.issued) + ", made by " + plan.program + ", issued " + format_time(plan.issued_at) +
                      "\nEntries:  " + std::to_string(plan.inside.entries) + from_to(plan.inside) + beside(plan) + "\n" +
                      std::string(certificate_text);
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
