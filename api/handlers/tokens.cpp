// Tokens: made and rotated over the admin socket alone, since a secret that goes over a network has been seen by it; listed and revoked by
// their account's administrator too. Each waits for the writer or reads, so none runs on the I/O thread.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/consent/change_item.hpp"
#include "ledger/consent/kinds.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api::handlers {

namespace {

constexpr std::int64_t overlap_default_seconds = 7 * 24 * 3'600;

/// The body as an object of these members; an empty body is an empty object.
Result<json::Object> body_of(Request const& request, std::initializer_list<std::string_view> known) {
    CL_TRY(check_parameters(request, {}));
    if (request.body.empty()) {
        return json::Object{};
    }
    CL_TRY_ASSIGN(json::Value posted, json::parse(request.body, limits::http_body_bytes));
    if (posted.as_object() == nullptr) {
        return fail(errc::invalid, "the body must be an object");
    }
    for (json::Member const& member : *posted.as_object()) {
        if (std::find(known.begin(), known.end(), member.name) == known.end()) {
            return fail(errc::invalid, "unknown member", json::pointer_join("", member.name));
        }
    }
    return std::move(*posted.as_object());
}

Result<std::optional<Millis>> expiry(json::Object const& body) {
    json::Value const* const posted = body.find("expires");
    if (posted == nullptr) {
        return std::optional<Millis>{};
    }
    auto const time =
        posted->as_string() == nullptr ? Result<Millis>(fail(errc::malformed, {})) : parse_rfc3339(*posted->as_string());
    if (!time) {
        return fail(errc::invalid, "must be an RFC 3339 time with an offset", "/expires");
    }
    return std::optional<Millis>{*time};
}

Result<service::TokenWish> parse_wish(Request const& request) {
    CL_TRY_ASSIGN(json::Object const body, body_of(request, {"account", "role", "expires"}));
    auto const role = consent::role_from(body.string("role"));
    if (!role) {
        return fail(errc::invalid, "must be writer, sender, auditor or admin", "/role");
    }
    CL_TRY_ASSIGN(auto const expires_at, expiry(body));
    return service::TokenWish{std::string(body.string("account")), *role, expires_at};
}

Result<service::TokenRotation> parse_rotation(Request const& request, std::string const& id) {
    CL_TRY_ASSIGN(json::Object const body, body_of(request, {"overlap_seconds", "expires"}));
    std::int64_t seconds = overlap_default_seconds;
    if (json::Value const* const posted = body.find("overlap_seconds")) {
        if (posted->as_int() == nullptr || *posted->as_int() < 0 || *posted->as_int() > limits::token_overlap_ms / 1'000) {
            return fail(errc::invalid, "must be a number, 0 to " + std::to_string(limits::token_overlap_ms / 1'000),
                        "/overlap_seconds");
        }
        seconds = *posted->as_int();
    }
    CL_TRY_ASSIGN(auto const expires_at, expiry(body));
    return service::TokenRotation{id, seconds * 1'000, expires_at};
}

Response new_token(service::NewToken const& token) {
    Response response = json_response(json::Object{{"id", token.id}, {"token", token.text}});
    response.status = 201;
    return response;
}

json::Object render(service::TokenView const& token) {
    json::Array accounts;
    for (std::string const& account : token.accounts) {
        accounts.emplace_back(account);
    }
    json::Object object{{"id", token.id},
                        {"role", consent::name(token.role)},
                        {"accounts", std::move(accounts)},
                        {"created_at", format_time(token.created_at)}};
    if (token.expires_at) object.set("expires_at", format_time(*token.expires_at));
    if (token.revoked_at) object.set("revoked_at", format_time(*token.revoked_at));
    if (token.last_used_at) object.set("last_used_at", format_time(*token.last_used_at));
    return object;
}

/// `account` empty: all there are.
void answer_tokens(Call call, std::string account) {
    auto const known = check_parameters(call.request, {"limit", "cursor"});
    auto const limit = known ? page_limit(call.request) : Result<std::size_t>(known.error());
    if (!limit) {
        call.respond(problem(limit.error()));
        return;
    }
    std::string after(call.request.parameter("cursor").value_or(""));
    if (!after.empty() && !consent::valid_id(after)) {
        call.respond(problem(fail(errc::invalid, "Query parameter `cursor` is not one of this list.")));
        return;
    }
    on_reader(std::move(call),
              [account = std::move(account), after = std::move(after), limit = *limit](service::Queries&,
                                                                                       Call const& asked) -> Result<Response> {
                  auto const page = asked.app.service().tokens(account, after, limit);
                  json::Array data;
                  for (service::TokenView const& token : page.items) {
                      data.emplace_back(render(token));
                  }
                  json::Object body{{"data", std::move(data)}, {"has_more", !page.next.empty()}};
                  if (page.next.empty()) {
                      return json_response(std::move(body));
                  }
                  body.set("next_cursor", page.next);
                  Response response = json_response(std::move(body));
                  response.headers.emplace_back("Link", next_link(asked.request, page.next));
                  return response;
              });
}

void revoke(Call call, std::string account, std::string id) {
    if (auto const body = body_of(call.request, {}); !body) {
        call.respond(problem(body.error()));
        return;
    }
    on_reader(std::move(call),
              [account = std::move(account), id = std::move(id)](service::Queries&, Call const& asked) -> Result<Response> {
                  CL_TRY_ASSIGN(auto const token, asked.app.service().revoke_token(id, account, asked.principal));
                  return json_response(render(token));
              });
}

}  // namespace

void post_token(Call call) {
    auto wish = parse_wish(call.request);
    if (!wish) {
        call.respond(problem(wish.error()));
        return;
    }
    on_reader(std::move(call), [wish = std::move(*wish)](service::Queries&, Call const& asked) -> Result<Response> {
        CL_TRY_ASSIGN(auto const token, asked.app.service().create_token(wish));
        return new_token(token);
    });
}

void post_rotation(Call call) {
    auto rotation = parse_rotation(call.request, call.variables.front());
    if (!rotation) {
        call.respond(problem(rotation.error()));
        return;
    }
    on_reader(std::move(call), [rotation = std::move(*rotation)](service::Queries&, Call const& asked) -> Result<Response> {
        CL_TRY_ASSIGN(auto const token, asked.app.service().rotate_token(rotation));
        return new_token(token);
    });
}

void post_any_revocation(Call call) {
    std::string id = call.variables.front();
    revoke(std::move(call), {}, std::move(id));
}

void post_revocation(Call call) {
    std::string account = call.account();
    std::string id = call.variables[1];
    revoke(std::move(call), std::move(account), std::move(id));
}

void get_all_tokens(Call call) {
    answer_tokens(std::move(call), {});
}

void get_tokens(Call call) {
    std::string account = call.account();
    answer_tokens(std::move(call), std::move(account));
}

}  // namespace cl::api::handlers
