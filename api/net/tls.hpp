// TLS of the network's side: 1.2 and 1.3, ECDHE and AEAD ciphers alone, no compression, no renegotiation, no resumption.
//
// Threads: immutable after load(), any thread.
#pragma once

#include "api/server.hpp"
#include "ledger/core/error.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <utility>

namespace cl::api::net {

/// What new connections are made with. Those that are open keep what they were made with.
class Tls {
public:
    /// Reads the files. errc::key_missing: one cannot be read, or others than its owner can read the key; errc::usage: it holds no
    /// certificate or key, the key is encrypted, or it is not the certificate's. No error text quotes a file's content.
    [[nodiscard]] static Result<std::shared_ptr<Tls>> load(TlsFiles const& files);

    [[nodiscard]] boost::asio::ssl::context& context() noexcept { return context_; }
    /// Of the certificate that is shown: when it ceases to be valid.
    [[nodiscard]] Millis expires() const noexcept { return expires_; }

    Tls(boost::asio::ssl::context context, Millis expires) : context_(std::move(context)), expires_(expires) {}

private:
    boost::asio::ssl::context context_;
    Millis expires_;
};

}  // namespace cl::api::net
