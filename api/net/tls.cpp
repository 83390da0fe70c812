#include "api/net/tls.hpp"

#include "api/files.hpp"
#include "ledger/core/limits.hpp"

#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <ctime>
#include <string>

namespace cl::api::net {

namespace {

namespace ssl = boost::asio::ssl;

/// RFC 9325 4.2: forward secrecy and AEAD; TLS 1.3 has nothing else.
constexpr char const* ciphers_12 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr char const* ciphers_13 = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

Result<void> restrict_protocol(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 || SSL_CTX_set_num_tickets(context, 0) != 1 ||
        SSL_CTX_set_cipher_list(context, ciphers_12) != 1 || SSL_CTX_set_ciphersuites(context, ciphers_13) != 1) {
        return fail(errc::io, "this OpenSSL cannot do what TLS is restricted to");
    }
    return {};
}

/// Nobody is asked for a passphrase: a key that needs one is refused.
int no_passphrase(char*, int, int, void*) {
    return 0;
}

Result<void> use_key(ssl::context& context, TlsFiles const& files) {
    CL_TRY_ASSIGN(std::string key, read_secret_file(files.key, limits::tls_file_bytes));
    SSL_CTX_set_default_passwd_cb(context.native_handle(), no_passphrase);
    boost::system::error_code error;
    context.use_private_key(boost::asio::buffer(key), ssl::context::pem, error);
    OPENSSL_cleanse(key.data(), key.size());
    SSL_CTX_set_default_passwd_cb(context.native_handle(), nullptr);
    if (error) {
        return fail(errc::usage, files.key + " is no private key in PEM form without a passphrase, or not the certificate's");
    }
    if (SSL_CTX_check_private_key(context.native_handle()) != 1) {
        return fail(errc::usage, files.key + " is not the key of the certificate in " + files.certificate);
    }
    return {};
}

Result<void> ask_for_certificates(ssl::context& context, TlsFiles const& files) {
    CL_TRY_ASSIGN(std::string const authorities, read_trusted_file(files.client_ca, limits::tls_file_bytes));
    boost::system::error_code error;
    context.add_certificate_authority(boost::asio::buffer(authorities), error);
    if (error || authorities.find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
        return fail(errc::usage, files.client_ca + " holds no certificates in PEM form");
    }
    ssl::verify_mode const mode =
        files.client_optional ? ssl::verify_peer : ssl::verify_peer | ssl::verify_fail_if_no_peer_cert;
    context.set_verify_mode(mode, error);
    return error ? Result<void>(fail(errc::io, "this OpenSSL cannot ask for client certificates")) : Result<void>();
}

Result<Millis> end_of_validity(SSL_CTX* context) {
    X509* const certificate = SSL_CTX_get0_certificate(context);
    std::tm end{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) {
        return fail(errc::usage, "the certificate does not say until when it is valid");
    }
    return static_cast<Millis>(::timegm(&end)) * 1'000;
}

}  // namespace

Result<std::shared_ptr<Tls>> Tls::load(TlsFiles const& files) {
    ssl::context context(ssl::context::tls_server);
    CL_TRY(restrict_protocol(context.native_handle()));
    CL_TRY_ASSIGN(std::string const chain, read_file(files.certificate, limits::tls_file_bytes));
    boost::system::error_code error;
    context.use_certificate_chain(boost::asio::buffer(chain), error);
    if (error) {
        return fail(errc::usage, files.certificate + " holds no certificate in PEM form that OpenSSL accepts");
    }
    CL_TRY(use_key(context, files));
    if (!files.client_ca.empty()) {
        CL_TRY(ask_for_certificates(context, files));
    }
    CL_TRY_ASSIGN(Millis const expires, end_of_validity(context.native_handle()));
    return std::make_shared<Tls>(std::move(context), expires);
}

}  // namespace cl::api::net
