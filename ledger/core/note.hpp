// C2SP signed notes, checkpoints and tlog-proofs: the texts that outsiders verify. Byte formats: docs/format.md.
//
// Threads: plain values and pure functions, any thread; a Signer as its implementation says.
#pragma once

#include "ledger/core/hash32.hpp"
#include "ledger/core/merkle.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cl {

/// Signs with one Ed25519 key. Implemented by keys.hpp and by tests.
class Signer {
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual std::array<std::uint8_t, 32> public_key() const = 0;
    [[nodiscard]] virtual std::array<std::uint8_t, 64> sign(std::string_view message) const = 0;
};

namespace note {

/// A name and an Ed25519 public key (type 0x01): `<name>+<8 hex key id>+<base64(0x01 || key)>`.
struct VerifierKey {
    std::string name;
    std::uint32_t id = 0;
    std::array<std::uint8_t, 32> key{};
    friend bool operator==(VerifierKey const&, VerifierKey const&) = default;
};

/// errc::invalid for a name that is empty or has Unicode space or `+`.
[[nodiscard]] Result<VerifierKey> make_key(std::string_view name, std::array<std::uint8_t, 32> const& key);
[[nodiscard]] std::string to_vkey(VerifierKey const& key);
/// Accepts one vkey, checks its key id. errc::note_malformed otherwise.
[[nodiscard]] Result<VerifierKey> parse_vkey(std::string_view text);

struct Signature {
    std::string name;
    std::uint32_t id = 0;
    std::string bytes;  ///< after the key id
};

/// The text (ends with a newline) and the signature lines that stood below it.
struct Note {
    std::string text;
    std::vector<Signature> signatures;
};

/// `text` (which must end with a newline) signed under `name`.
[[nodiscard]] std::string sign(std::string_view text, std::string_view name, Signer const& signer);
/// Form only; nothing is verified. errc::note_malformed.
[[nodiscard]] Result<Note> parse(std::string_view note);
/// Unknown keys are ignored, a known key's bad signature refuses the note, none verified refuses it (errc::signature_invalid).
[[nodiscard]] Result<void> verify(Note const& note, std::vector<VerifierKey> const& keys);

}  // namespace note

/// C2SP tlog-checkpoint without extension lines.
struct Checkpoint {
    std::string origin;
    merkle::Size size = 0;
    Hash32 root;
    friend bool operator==(Checkpoint const&, Checkpoint const&) = default;
};

/// The three lines that are signed.
[[nodiscard]] std::string checkpoint_text(Checkpoint const& checkpoint);
[[nodiscard]] std::string sign_checkpoint(Checkpoint const& checkpoint, Signer const& signer);
/// Strict: exactly three lines, no leading zeros, a 32-byte root. Extension lines are refused. Nothing is verified.
[[nodiscard]] Result<Checkpoint> parse_checkpoint_text(std::string_view text);
/// Parses the note and requires a valid signature of `key` and key.name == origin.
[[nodiscard]] Result<Checkpoint> open_checkpoint(std::string_view note, note::VerifierKey const& key);
/// Parses the note; the signature is not looked at.
[[nodiscard]] Result<Checkpoint> read_checkpoint(std::string_view note);

/// C2SP tlog-proof@v1 without extra line.
struct TlogProof {
    merkle::Size index = 0;
    std::vector<Hash32> hashes;
    std::string checkpoint;  ///< the note, verbatim
};
[[nodiscard]] std::string write_proof(TlogProof const& proof);
[[nodiscard]] Result<TlogProof> parse_proof(std::string_view text);
/// The whole check of a receipt: signature, origin, inclusion of `leaf` at proof.index. Returns the checkpoint it leads to.
[[nodiscard]] Result<Checkpoint> verify_proof(TlogProof const& proof, Hash32 const& leaf, note::VerifierKey const& key);

}  // namespace cl
