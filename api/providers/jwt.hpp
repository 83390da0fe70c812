// JSON Web Tokens as a provider signs them with a secret that both know: RFC 7515 and RFC 7519, HS256 and nothing else.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/error.hpp"
#include "ledger/core/json.hpp"

#include <string_view>

namespace cl::api::providers {

/// The claims of a compact token that was signed with `secret`. errc::forbidden for anything else: above all for a header that names
/// another algorithm (`none`, RS256), whatever the signature is. What the claims say is not judged here.
[[nodiscard]] Result<json::Object> read_hs256(std::string_view token, std::string_view secret);

}  // namespace cl::api::providers
