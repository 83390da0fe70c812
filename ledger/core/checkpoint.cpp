// C2SP tlog-checkpoint: the three lines that state what the log holds, and the note around them.
#include "ledger/core/lines.hpp"
#include "ledger/core/note.hpp"

namespace cl {

std::string checkpoint_text(Checkpoint const& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root.view()) + "\n";
}

std::string sign_checkpoint(Checkpoint const& checkpoint, Signer const& signer) {
    return note::sign(checkpoint_text(checkpoint), checkpoint.origin, signer);
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
    auto const origin = next_line(text);
    auto const size_line = next_line(text);
    auto const root_line = next_line(text);
    if (!origin || origin->empty() || !size_line || !root_line) {
        return fail(errc::note_malformed, "a checkpoint is an origin, a size and a root, a line each");
    }
    if (!text.empty()) {
        return fail(errc::note_malformed, "a checkpoint of this ledger has no extension lines");
    }
    auto const size = parse_size(*size_line);
    if (!size) {
        return fail(errc::note_malformed, "the checkpoint's size is not a decimal number without leading zeros");
    }
    auto const root = parse_hash_line(*root_line);
    if (!root) {
        return fail(errc::note_malformed, "the checkpoint's root is not 32 bytes in base64");
    }
    return Checkpoint{std::string(*origin), *size, *root};
}

Result<Checkpoint> open_checkpoint(std::string_view text, note::VerifierKey const& key) {
    CL_TRY_ASSIGN(note::Note const parsed, note::parse(text));
    CL_TRY(note::verify(parsed, {key}));
    CL_TRY_ASSIGN(Checkpoint checkpoint, parse_checkpoint_text(parsed.text));
    if (checkpoint.origin != key.name) {
        return fail(errc::signature_invalid, "the checkpoint is of another origin than the key's");
    }
    return checkpoint;
}

Result<Checkpoint> read_checkpoint(std::string_view text) {
    CL_TRY_ASSIGN(note::Note const parsed, note::parse(text));
    return parse_checkpoint_text(parsed.text);
}

}  // namespace cl
