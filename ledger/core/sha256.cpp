// SHA-256 through OpenSSL's EVP. Fetching the digest and making a context cost more than hashing an entry does, so each thread
// does both once and keeps them.
#include "ledger/core/sha256.hpp"

#include "ledger/core/sha256_stream.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace cl {
namespace {

struct FreeDigest {
    void operator()(EVP_MD* p) const noexcept { EVP_MD_free(p); }
};
struct FreeContext {
    void operator()(EVP_MD_CTX* p) const noexcept { EVP_MD_CTX_free(p); }
};

/// A digest and its context. A machine without SHA-256 or without memory for it cannot run this program: it throws.
class Digest {
public:
    Digest() {
        require(digest_ != nullptr && context_ != nullptr);
        begin();
    }
    void begin() { require(EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) == 1); }
    void add(void const* data, std::size_t size) { require(EVP_DigestUpdate(context_.get(), data, size) == 1); }
    Hash32 end() {
        Hash32 hash;
        require(EVP_DigestFinal_ex(context_.get(), hash.bytes.data(), nullptr) == 1);
        return hash;
    }

private:
    static void require(bool ok) {
        if (!ok) {
            throw std::runtime_error("OpenSSL cannot compute SHA-256");
        }
    }
    std::unique_ptr<EVP_MD, FreeDigest> digest_{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    std::unique_ptr<EVP_MD_CTX, FreeContext> context_{EVP_MD_CTX_new()};
};

Digest& hasher() {
    thread_local Digest instance;
    return instance;
}

}  // namespace

class Sha256::Hasher : public Digest {};

Sha256::Sha256() : hasher_(std::make_unique<Hasher>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    hasher_->add(bytes.data(), bytes.size());
}

Hash32 Sha256::end() {
    return hasher_->end();
}

Hash32 sha256(std::initializer_list<std::string_view> parts) {
    Digest& hash = hasher();
    hash.begin();
    for (std::string_view const part : parts) {
        hash.add(part.data(), part.size());
    }
    return hash.end();
}

Hash32 node_hash(Hash32 const& left, Hash32 const& right) {
    return sha256({std::string_view("\x01", 1), left.view(), right.view()});
}

}  // namespace cl
