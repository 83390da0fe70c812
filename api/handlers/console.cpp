// `/` and `/console/{file}`: the auditor's page, as it was built into the program.
#include "api/console/assets.hpp"
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"

#include <algorithm>

namespace cl::api::handlers {

namespace {

// Nothing but the page's own files, and requests to the service it came from: a text of a customer that got into the page as markup could
// neither run nor tell anybody.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
// What an auditor's page never asks a browser for.
constexpr std::string_view permissions =
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=()";
// A name with a content hash never has other content.
constexpr std::string_view for_ever = "public, max-age=31536000, immutable";

Response file(console::Asset const& asset, Request const& request, std::string_view cache) {
    Response response;
    response.content_type = asset.type;
    std::string const tag = "\"" + std::string(asset.hash) + "\"";
    if (request.if_none_match == tag) {
        response.status = 304;
    } else {
        response.body = asset.bytes;
    }
    response.headers = {{"ETag", tag},
                        {"Cache-Control", std::string(cache)},
                        {"Content-Security-Policy", std::string(policy)},
                        {"Permissions-Policy", std::string(permissions)},
                        {"Referrer-Policy", "no-referrer"},
                        {"X-Frame-Options", "DENY"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Cross-Origin-Resource-Policy", "same-origin"}};
    return response;
}

console::Asset const* find(std::string_view path) {
    auto const all = console::assets();
    auto const found = std::find_if(all.begin(), all.end(), [path](console::Asset const& one) { return one.path == path; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

void get_root(Call call) {
    if (console::Asset const* page = find("/")) {
        call.respond(file(*page, call.request, "no-cache"));
        return;
    }
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body =
        "consent-ledger, built without its console\n\n"
        "/checkpoint  the signed head of the log\n"
        "/v1/keys     the key that verifies it\n"
        "/readyz      whether requests can be served\n"
        "/v1/accounts/{account}/changes, /inbound, /contacts/lookup, /findings: with a token\n";
    call.respond(std::move(response));
}

void get_console_file(Call call) {
    console::Asset const* asset = find(call.request.path);
    call.respond(asset == nullptr ? problem(fail(errc::not_found, "There is nothing at this path."))
                                  : file(*asset, call.request, for_ever));
}

}  // namespace cl::api::handlers
