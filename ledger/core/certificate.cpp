#include "ledger/core/certificate.hpp"

#include "ledger/core/limits.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <ctime>

namespace cl {

struct Certificate::Key {
    EVP_PKEY* key = nullptr;
    explicit Key(EVP_PKEY* taken) : key(taken) {}
    ~Key() { EVP_PKEY_free(key); }
    Key(Key const&) = delete;
    Key& operator=(Key const&) = delete;
};

namespace {

struct Free {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

constexpr int smallest_key_bits = 2'048;

EVP_MD const* method(Digest kind) {
    switch (kind) {
    case Digest::sha1: return EVP_sha1();
    case Digest::sha256: return EVP_sha256();
    case Digest::md5:
    case Digest::sha512: break;
    }
    return nullptr;
}

Result<Millis> time_of(ASN1_TIME const* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return fail(errc::malformed, "a certificate without a time");
    return static_cast<Millis>(::timegm(&parts)) * 1'000;
}

/// OpenSSL keeps failures for the thread; nobody here asks for them.
bool nothing_left() {
    ERR_clear_error();
    return false;
}

}  // namespace

bool Certificate::signed_by_it(Digest kind, std::string_view text, std::string_view signature) const noexcept {
    Owned<EVP_MD_CTX> const context(EVP_MD_CTX_new());
    EVP_MD const* const md = method(kind);
    if (context == nullptr || md == nullptr || key_ == nullptr) return false;
    EVP_PKEY_CTX* settings = nullptr;  // owned by the context
    if (EVP_DigestVerifyInit(context.get(), &settings, md, nullptr, key_->key) != 1) return nothing_left();
    if (EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) != 1) return nothing_left();
    auto const* const given = reinterpret_cast<unsigned char const*>(signature.data());
    auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
    if (EVP_DigestVerify(context.get(), given, signature.size(), bytes, text.size()) != 1) return nothing_left();
    return true;
}

Result<std::vector<Certificate>> read_certificates(std::string_view pem) {
    std::vector<Certificate> all;
    Owned<BIO> const bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (bio == nullptr) return fail(errc::io, "no memory for a certificate");
    for (;;) {
        Owned<X509> const read(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
        if (read == nullptr) {
            bool const end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            ERR_clear_error();
            if (!end) return fail(errc::malformed, "a certificate that cannot be read");
            if (all.empty()) return fail(errc::malformed, "no certificate in PEM");
            return all;
        }
        if (all.size() == limits::webhook_certificates) return fail(errc::too_large, "too many certificates");
        EVP_PKEY* const key = X509_get_pubkey(read.get());
        auto kept = std::make_shared<Certificate::Key>(key);
        if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA || EVP_PKEY_get_bits(key) < smallest_key_bits) {
            ERR_clear_error();
            return fail(errc::malformed, "a certificate without an RSA key of 2,048 bits or more");
        }
        Certificate one;
        one.key_ = std::move(kept);
        CL_TRY_ASSIGN(one.not_before_, time_of(X509_get0_notBefore(read.get())));
        CL_TRY_ASSIGN(one.not_after_, time_of(X509_get0_notAfter(read.get())));
        all.push_back(std::move(one));
    }
}

}  // namespace cl
