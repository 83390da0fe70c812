// Keys and certificates made on the spot, to sign what a test then has checked.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>
#include <string>

namespace cl::test {

struct FreeSsl {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
template <class T>
using OwnedSsl = std::unique_ptr<T, FreeSsl>;

/// An RSA key, made now.
inline OwnedSsl<EVP_PKEY> rsa(unsigned bits) {
    return OwnedSsl<EVP_PKEY>(EVP_RSA_gen(bits));
}

/// A certificate that a key signed for itself, in PEM.
inline std::string certificate(EVP_PKEY* key, std::time_t from, std::time_t until) {
    OwnedSsl<X509> const made(X509_new());
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    ASN1_TIME_set(X509_getm_notBefore(made.get()), from);
    ASN1_TIME_set(X509_getm_notAfter(made.get()), until);
    X509_set_pubkey(made.get(), key);
    X509_sign(made.get(), key, EVP_sha256());
    OwnedSsl<BIO> const bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), made.get());
    char* bytes = nullptr;
    long const size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

/// RSASSA-PKCS1-v1_5, or what else the key signs with.
inline std::string sign(EVP_PKEY* key, EVP_MD const* md, std::string const& text) {
    OwnedSsl<EVP_MD_CTX> const context(EVP_MD_CTX_new());
    EVP_DigestSignInit(context.get(), nullptr, md, nullptr, key);
    std::string out(1'024, '\0');
    std::size_t size = out.size();
    auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
    auto* const made = reinterpret_cast<unsigned char*>(out.data());
    out.resize(EVP_DigestSign(context.get(), made, &size, bytes, text.size()) == 1 ? size : 0);
    return out;
}

}  // namespace cl::test
