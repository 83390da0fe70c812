// Deliveries of providers, as the tests of api/providers make them.
#pragma once

#include "api/providers/provider.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

namespace cl::api::providers {

inline constexpr Millis now = 1'795'000'000'000;

inline Request form(std::string body, std::vector<std::pair<std::string, std::string>> signatures,
                    std::string const& target = "/hook") {
    Request request;
    request.method = Method::post;
    BOOST_REQUIRE(split_target(target, request));
    request.content_type = "application/x-www-form-urlencoded";
    request.body = std::move(body);
    request.signatures = std::move(signatures);
    return request;
}

inline Request json_body(std::string body, std::vector<std::pair<std::string, std::string>> signatures = {},
                         std::string const& target = "/hook") {
    Request request = form(std::move(body), std::move(signatures), target);
    request.content_type = "application/json";
    return request;
}

inline Webhook hook(std::string url, std::string secret, std::string scheme = {}) {
    return {.account = "acme", .provider = "", .url = std::move(url), .secret = std::move(secret), .scheme = std::move(scheme)};
}

inline bool accepted(Provider const& provider, Webhook const& webhook, Request const& request, Millis at = now) {
    return provider.check(webhook, request, at).has_value();
}

inline std::vector<json::Object> read(Provider const& provider, Request const& request) {
    std::vector<json::Object> out;
    for (Message& message : provider.messages(request).value()) out.push_back(std::move(message.posted));
    return out;
}

}  // namespace cl::api::providers
