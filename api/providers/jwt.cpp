#include "api/providers/jwt.hpp"

#include "ledger/core/hash32.hpp"
#include "ledger/core/json_foreign.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/mac.hpp"

#include <algorithm>
#include <string>

namespace cl::api::providers {
namespace {

/// RFC 4648 section 5, without padding.
Result<std::string> from_base64url(std::string_view text) {
    std::string plain(text);
    if (plain.find_first_of("+/=") != std::string::npos) return fail(errc::malformed, "not base64url");
    std::replace(plain.begin(), plain.end(), '-', '+');
    std::replace(plain.begin(), plain.end(), '_', '/');
    plain.append((4 - plain.size() % 4) % 4, '=');
    return from_base64(plain);
}

Result<json::Object> read_part(std::string_view text) {
    CL_TRY_ASSIGN(std::string const plain, from_base64url(text));
    CL_TRY_ASSIGN(json::Value value, json::parse_foreign(plain, limits::http_header_bytes));
    if (value.as_object() == nullptr) return fail(errc::malformed, "no JSON object");
    return std::move(*value.as_object());
}

}  // namespace

Result<json::Object> read_hs256(std::string_view token, std::string_view secret) {
    auto const refused = fail(errc::forbidden, "The token is not signed with this webhook's secret.");
    std::size_t const first = token.find('.');
    std::size_t const second = first == token.npos ? first : token.find('.', first + 1);
    if (second == token.npos || token.find('.', second + 1) != token.npos) return refused;
    auto const header = read_part(token.substr(0, first));
    if (!header || header->string("alg") != "HS256" || header->contains("crit")) return refused;
    auto const signature = from_base64url(token.substr(second + 1));
    if (!signature || !same_secret(hmac(Digest::sha256, secret, token.substr(0, second)), *signature)) return refused;
    auto claims = read_part(token.substr(first + 1, second - first - 1));
    return claims ? std::move(claims) : Result<json::Object>(refused);
}

}  // namespace cl::api::providers
