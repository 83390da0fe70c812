// C2SP tlog-proof@v1: an inclusion proof and the checkpoint it leads to, as one text that is checked offline.
#include "ledger/core/limits.hpp"
#include "ledger/core/lines.hpp"
#include "ledger/core/note.hpp"

namespace cl {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::string_view index_word = "index ";

Error malformed(std::string why) {
    return fail(errc::note_malformed, std::move(why));
}

}  // namespace

std::string write_proof(TlogProof const& proof) {
    std::string out;
    out.append(first_line).append("\n").append(index_word).append(std::to_string(proof.index)).append("\n");
    for (Hash32 const& hash : proof.hashes) {
        out.append(to_base64(hash.view())).append("\n");
    }
    return out.append("\n").append(proof.checkpoint);
}

Result<TlogProof> parse_proof(std::string_view text) {
    if (next_line(text) != first_line) {
        return malformed("not a c2sp.org/tlog-proof@v1");
    }
    auto const index_line = next_line(text);
    if (!index_line || !index_line->starts_with(index_word)) {
        return malformed("the proof has no index line where one belongs");
    }
    auto const index = parse_size(index_line->substr(index_word.size()));
    if (!index) {
        return malformed("the proof's index is not a decimal number without leading zeros");
    }
    TlogProof proof{*index, {}, {}};
    for (auto line = next_line(text); !line || !line->empty(); line = next_line(text)) {
        if (!line) {
            return malformed("the proof has no blank line before its checkpoint");
        }
        auto const hash = parse_hash_line(*line);
        if (!hash || proof.hashes.size() == limits::proof_hashes) {
            return malformed("the proof has a line that is no hash, or too many of them");
        }
        proof.hashes.push_back(*hash);
    }
    CL_TRY(read_checkpoint(text));
    proof.checkpoint = text;
    return proof;
}

Result<Checkpoint> verify_proof(TlogProof const& proof, Hash32 const& leaf, note::VerifierKey const& key) {
    CL_TRY_ASSIGN(Checkpoint checkpoint, open_checkpoint(proof.checkpoint, key));
    CL_TRY(merkle::verify_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root));
    return checkpoint;
}

}  // namespace cl
