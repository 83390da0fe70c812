// Certificates that a configuration names: whether a text was signed by the holder of one. No chain is built and nothing is fetched: who
// named the file vouches for it. Amazon SNS signs this way (docs/webhooks/aws.md).
//
// Threads: immutable after it was read, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/mac.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace cl {

/// An RSA key of at least 2,048 bits, and the time that its X.509 certificate says it is good for.
class Certificate {
public:
    /// RSASSA-PKCS1-v1_5 (RFC 8017 8.2) over `text`. False for anything that is no such signature, and for a digest other than sha1 and
    /// sha256.
    [[nodiscard]] bool signed_by_it(Digest kind, std::string_view text, std::string_view signature) const noexcept;
    [[nodiscard]] bool valid_at(Millis time) const noexcept { return not_before_ <= time && time <= not_after_; }
    [[nodiscard]] Millis not_after() const noexcept { return not_after_; }

private:
    friend Result<std::vector<Certificate>> read_certificates(std::string_view pem);
    struct Key;
    std::shared_ptr<Key const> key_;
    Millis not_before_ = 0;
    Millis not_after_ = 0;
};

/// All certificates of a PEM text (RFC 7468), in order; at least one. errc::malformed for a text without one, one that cannot be read, or
/// a key of another kind or size; errc::too_large above limits::webhook_certificates of them.
[[nodiscard]] Result<std::vector<Certificate>> read_certificates(std::string_view pem);

}  // namespace cl
