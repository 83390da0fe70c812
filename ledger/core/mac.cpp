#include "ledger/core/mac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace cl {
namespace {

EVP_MD const* method(Digest kind) {
    switch (kind) {
    case Digest::md5: return EVP_md5();
    case Digest::sha1: return EVP_sha1();
    case Digest::sha256: return EVP_sha256();
    case Digest::sha512: return EVP_sha512();
    }
    return nullptr;
}

using Buffer = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string text_of(Buffer const& bytes, unsigned size) {
    return {bytes.begin(), bytes.begin() + size};
}

}  // namespace

std::string digest(Digest kind, std::string_view text) {
    Buffer out{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), out.data(), &size, method(kind), nullptr) != 1) return {};
    return text_of(out, size);
}

std::string hmac(Digest kind, std::string_view key, std::string_view text) {
    Buffer out{};
    unsigned size = 0;
    auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
    auto const* const made =
        HMAC(method(kind), key.data(), static_cast<int>(key.size()), bytes, text.size(), out.data(), &size);
    return made == nullptr ? std::string() : text_of(out, size);
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
    return !a.empty() && a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace cl
