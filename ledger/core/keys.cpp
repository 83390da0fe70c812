// Ed25519 and the memory that secrets live in, through libsodium.
#include "ledger/core/keys.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>
#include <stdexcept>

namespace cl {
namespace {

constexpr std::size_t secret_bytes = 32;

void start_sodium() {
    // Safe to repeat and from any thread (libsodium 1.0.12 and later); the static keeps it off the path of every signature.
    static bool const started = sodium_init() >= 0;
    if (!started) {
        throw std::runtime_error("libsodium cannot start");
    }
}

std::uint8_t* secure_allocate(std::size_t size) {
    start_sodium();
    auto* const memory = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return memory;
}

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

SecretBytes::SecretBytes(std::span<std::uint8_t const> bytes) {
    if (bytes.size() != secret_bytes) {
        throw std::logic_error("a secret is 32 bytes");
    }
    bytes_.reset(secure_allocate(secret_bytes));
    std::copy(bytes.begin(), bytes.end(), bytes_.get());
    sodium_mprotect_readonly(bytes_.get());
}

std::span<std::uint8_t const, 32> SecretBytes::view() const noexcept {
    return std::span<std::uint8_t const, secret_bytes>(bytes_.get(), secret_bytes);
}

void SecretBytes::Free::operator()(std::uint8_t* p) const noexcept {
    sodium_free(p);  // wipes first
}

struct Ed25519Signer::Impl {
    struct Free {
        void operator()(std::uint8_t* p) const noexcept { sodium_free(p); }
    };
    std::unique_ptr<std::uint8_t, Free> expanded{secure_allocate(crypto_sign_SECRETKEYBYTES)};
};

Ed25519Signer::Ed25519Signer(SecretBytes const& seed) : impl_(std::make_unique<Impl>()) {
    crypto_sign_seed_keypair(public_.data(), impl_->expanded.get(), seed.view().data());
    sodium_mprotect_readonly(impl_->expanded.get());
}

Ed25519Signer::~Ed25519Signer() = default;

std::array<std::uint8_t, 64> Ed25519Signer::sign(std::string_view message) const {
    std::array<std::uint8_t, 64> signature{};
    crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), impl_->expanded.get());
    return signature;
}

bool ed25519_verify(std::string_view message, std::string_view signature,
                    std::array<std::uint8_t, 32> const& public_key) noexcept {
    if (signature.size() != crypto_sign_BYTES || sodium_init() < 0) {
        return false;
    }
    return crypto_sign_verify_detached(bytes_of(signature), bytes_of(message), message.size(), public_key.data()) == 0;
}

Hash32 blake2b(std::string_view bytes) {
    Hash32 hash;
    crypto_generichash(hash.bytes.data(), hash.bytes.size(), bytes_of(bytes), bytes.size(), nullptr, 0);
    return hash;
}

bool equal_in_constant_time(Hash32 const& a, Hash32 const& b) noexcept {
    return sodium_memcmp(a.bytes.data(), b.bytes.data(), a.bytes.size()) == 0;
}

}  // namespace cl
