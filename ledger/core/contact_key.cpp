// What contact.key makes: salts, pseudonyms, request tags. The byte layouts are in
// docs/format.md "Commitments, pseudonyms, request tags".
#include "ledger/core/keys.hpp"
#include "ledger/core/sha256.hpp"

#include <sodium.h>

namespace cl {
namespace {

constexpr std::string_view zero("\0", 1);

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

/// Eight bytes, big-endian.
std::string big_endian_64(std::uint64_t value) {
    std::string out;
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>(value >> shift & 0xff);
    }
    return out;
}

/// BLAKE2b-256 over parts, under a key of 32 bytes. The state holds the key and is wiped.
class KeyedHash {
public:
    explicit KeyedHash(std::uint8_t const* key) {
        crypto_generichash_init(&state_, key, crypto_generichash_KEYBYTES, crypto_generichash_BYTES);
    }
    KeyedHash(KeyedHash const&) = delete;
    KeyedHash& operator=(KeyedHash const&) = delete;
    ~KeyedHash() { sodium_memzero(&state_, sizeof state_); }

    KeyedHash& add(std::string_view part) {
        crypto_generichash_update(&state_, bytes_of(part), part.size());
        return *this;
    }
    Hash32 end() {
        Hash32 hash;
        crypto_generichash_final(&state_, hash.bytes.data(), hash.bytes.size());
        return hash;
    }

private:
    crypto_generichash_state state_{};
};

}  // namespace

ContactKey::ContactKey(SecretBytes key) : key_(std::move(key)) {}

Hash32 ContactKey::salt(std::string_view account, std::string_view e164) const {
    KeyedHash hash(key_.view().data());
    return hash.add("consent-ledger/contact-salt/v1").add(zero).add(account).add(zero).add(e164).end();
}

Hash32 ContactKey::contact(std::string_view account, std::string_view e164) const {
    return contact_id(salt(account, e164), account, e164);
}

Hash32 ContactKey::keyed(std::string_view label, std::initializer_list<std::string_view> parts) const {
    Hash32 subkey = KeyedHash(key_.view().data()).add("consent-ledger/subkey/v1").add(zero).add(label).end();
    KeyedHash hash(subkey.bytes.data());
    sodium_memzero(subkey.bytes.data(), subkey.bytes.size());
    for (std::string_view const part : parts) {
        // The length in front keeps ("ab", "c") and ("a", "bc") apart.
        hash.add(big_endian_64(part.size())).add(part);
    }
    return hash.end();
}

Hash32 ContactKey::request_key(std::string_view account, std::string_view route, std::string_view key,
                               std::int64_t index) const {
    return keyed("request-key", {account, route, key, big_endian_64(static_cast<std::uint64_t>(index))});
}

Hash32 ContactKey::request_body(std::string_view jcs) const {
    return keyed("request-body", {jcs});
}

Hash32 ContactKey::message_id(std::string_view account, std::string_view provider, std::string_view id) const {
    return keyed("message-id", {account, provider, id});
}

Hash32 ContactKey::check_value() const {
    return keyed("contact-key-check", {});
}

Hash32 contact_id(Hash32 const& salt, std::string_view account, std::string_view e164) {
    return sha256({"consent-ledger/contact/v1", zero, salt.view(), account, zero, e164});
}

Hash32 content_commitment(Hash32 const& salt, std::string_view content) {
    return sha256({"consent-ledger/content/v1", zero, salt.view(), content});
}

}  // namespace cl
