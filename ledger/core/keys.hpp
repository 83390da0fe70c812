// The two secrets of a data directory: the Ed25519 signing key and the 32-byte contact key. Both live in memory that is
// locked, guarded and wiped (sodium_malloc), and in files of mode 0600 that only `init` creates
// (docs/architecture.md "The data directory").
//
// Threads: immutable after construction, any thread.
#pragma once

#include "ledger/core/hash32.hpp"
#include "ledger/core/note.hpp"
#include "ledger/core/random.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

namespace cl {

/// 32 secret bytes. Moves, never copies, never prints.
class SecretBytes {
public:
    explicit SecretBytes(std::span<std::uint8_t const> bytes);
    SecretBytes(SecretBytes&&) noexcept = default;
    SecretBytes& operator=(SecretBytes&&) noexcept = default;
    [[nodiscard]] std::span<std::uint8_t const, 32> view() const noexcept;

private:
    struct Free {
        void operator()(std::uint8_t* p) const noexcept;
    };
    std::unique_ptr<std::uint8_t, Free> bytes_;
};

/// Writes 32 fresh random bytes to a new file of mode 0600, synced with its directory. errc::io where it exists already.
[[nodiscard]] Result<void> create_key_file(std::filesystem::path const& path, Random& random);
/// errc::key_missing without the file; errc::key_mismatch unless a regular file of exactly 32 bytes that neither group nor others
/// can read.
[[nodiscard]] Result<SecretBytes> read_key_file(std::filesystem::path const& path);

/// Signs with a seed (RFC 8032).
class Ed25519Signer final : public Signer {
public:
    explicit Ed25519Signer(SecretBytes const& seed);
    ~Ed25519Signer() override;
    [[nodiscard]] std::array<std::uint8_t, 32> public_key() const override { return public_; }
    [[nodiscard]] std::array<std::uint8_t, 64> sign(std::string_view message) const override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::array<std::uint8_t, 32> public_{};
};

[[nodiscard]] bool ed25519_verify(std::string_view message, std::string_view signature,
                                  std::array<std::uint8_t, 32> const& public_key) noexcept;

/// What only the holder of contact.key can compute (docs/format.md "Commitments, pseudonyms, request tags"). All keyed BLAKE2b-256 under the
/// contact key or a subkey of it with a label of its own.
class ContactKey {
public:
    explicit ContactKey(SecretBytes key);
    /// BLAKE2b-256 over "consent-ledger/contact-salt/v1" 0x00 account 0x00 e164.
    [[nodiscard]] Hash32 salt(std::string_view account, std::string_view e164) const;
    /// The pseudonym of a number: contact_id(salt(...), account, e164).
    [[nodiscard]] Hash32 contact(std::string_view account, std::string_view e164) const;
    /// `request.key`: over (account, route, idempotency key, index), length-prefixed, under the subkey "request-key".
    [[nodiscard]] Hash32 request_key(std::string_view account, std::string_view route, std::string_view key,
                                     std::int64_t index) const;
    /// `request.body`: over the item's JCS, under the subkey "request-body".
    [[nodiscard]] Hash32 request_body(std::string_view jcs) const;
    /// The message-id window's digest (docs/promises.md "Retries"), under the subkey "message-id".
    [[nodiscard]] Hash32 message_id(std::string_view account, std::string_view provider, std::string_view id) const;
    /// `contact_key_check` of ledger.created: tells this key from another without telling the key.
    [[nodiscard]] Hash32 check_value() const;

private:
    [[nodiscard]] Hash32 keyed(std::string_view label, std::initializer_list<std::string_view> parts) const;
    SecretBytes key_;
};

/// SHA-256("consent-ledger/contact/v1" 0x00 salt account 0x00 e164): what an auditor recomputes from (number, salt).
[[nodiscard]] Hash32 contact_id(Hash32 const& salt, std::string_view account, std::string_view e164);
/// SHA-256("consent-ledger/content/v1" 0x00 salt content): `commit` and `digest` of personal values.
[[nodiscard]] Hash32 content_commitment(Hash32 const& salt, std::string_view content);

/// Unkeyed BLAKE2b-256, for the secret of a token (256 random bits, docs/tokens.md), and a compare that takes the same time.
[[nodiscard]] Hash32 blake2b(std::string_view bytes);
[[nodiscard]] bool equal_in_constant_time(Hash32 const& a, Hash32 const& b) noexcept;

/// Strict E.164 after dropping spaces, dashes, dots and parentheses: `+` and 7-15 digits, the first not 0. errc::invalid otherwise,
/// and the text of the error never repeats the input.
[[nodiscard]] Result<std::string> normalise_phone(std::string_view text);

}  // namespace cl
