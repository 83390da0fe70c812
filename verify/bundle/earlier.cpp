#include "verify/bundle/earlier.hpp"

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"
#include "verify/bundle/rows.hpp"

namespace cl::verify::bundle {
namespace {

/// A checkpoint that the user kept is signed by the key that was in force then; the pin's may be a memory only.
bool is_signed(Claim const& claim, KeyHistory const& history, Findings& findings) {
    CheckedNote const& note = claim.note;
    if (claim.from == ClaimFrom::pin || note.signature == Signature::valid) return true;
    auto const then = history.at(note.row_size);
    if (then && open_checkpoint(note.note, *then)) return true;
    findings.add(check::fork, std::nullopt, claim.where + " is not signed with the ledger's key and name");
    return false;
}

std::string how_to_compare(merkle::Size kept, merkle::Size here) {
    return kept > here
               ? "It is newer than the bundle. Ask for a bundle that is made now; it stands in its log's future."
               : "Bundles prove that they continue earlier bundles of the same scope. Compare with an export of the whole ledger.";
}

}  // namespace

Roots check_earlier(Archive const& archive, Checkpoint const& checkpoint, std::vector<merkle::Size>& sizes,
                    Findings& findings) {
    Roots roots{{checkpoint.size, checkpoint.root}};
    Rows<ConsistencyRow> rows(Lines(archive, bundle_format::file::consistency, findings), parse_consistency);
    for (; rows.peek() != nullptr; rows.pop()) {
        ConsistencyRow const& row = *rows.peek();
        if (sizes.size() >= limits::bundle_prior) {
            findings.add(check::consistency, std::nullopt, "there are proofs from more earlier bundles than a bundle names");
            break;
        }
        sizes.push_back(row.from);
        std::string const which = "from " + grouped(row.from) + " entries: ";
        if (row.to != checkpoint.size) {
            findings.add(
                check::consistency, std::nullopt,
                which + "the proof leads to " + grouped(row.to) + " entries, the checkpoint has " + grouped(checkpoint.size));
            continue;
        }
        auto const proven = merkle::verify_consistency(row.from, row.to, row.from_root, checkpoint.root, row.hashes);
        if (proven) {
            roots.emplace(row.from, row.from_root);
        } else {
            findings.add(check::consistency, std::nullopt, which + printable(proven.error().detail));
        }
    }
    return roots;
}

std::int64_t check_kept(Trust const& trust, Roots const& roots, Checkpoint const& checkpoint, KeyHistory const& history,
                        Findings& findings) {
    std::int64_t confirmed = 0;
    for (Claim const& claim : trust.claims) {
        if (!is_signed(claim, history, findings)) continue;
        merkle::Size const size = claim.note.row_size;
        auto const known = roots.find(size);
        if (known == roots.end()) {
            findings.incomplete(claim.where + " is of " + counted(size, "entry", "entries") +
                                    ", and the bundle has no proof from there to its own " + grouped(checkpoint.size) +
                                    ": not compared.",
                                how_to_compare(size, checkpoint.size));
        } else if (known->second == claim.note.checkpoint.root) {
            ++confirmed;
        } else {
            findings.add(check::fork, std::nullopt,
                         claim.where + " states root " + to_base64(claim.note.checkpoint.root.view()) + " at " + grouped(size) +
                             " entries, this bundle's log has " + to_base64(known->second.view()));
        }
    }
    return confirmed;
}

}  // namespace cl::verify::bundle
