// The table of contents of the HTTP API.
#include "api/handlers/handlers.hpp"
#include "api/handlers/openapi.hpp"
#include "api/router.hpp"
#include "ledger/core/limits.hpp"

namespace cl::api {

namespace {

using consent::Role;
using namespace handlers;  // NOLINT: the table reads as a table

// Each kind has its own least role besides (docs/behaviour.md "What each kind does"); the service checks that per item.
constexpr Role posters[] = {Role::writer, Role::auditor, Role::admin};
constexpr Role platforms[] = {Role::writer, Role::admin};
constexpr Role askers[] = {Role::writer, Role::sender, Role::auditor, Role::admin};
constexpr Role readers[] = {Role::auditor, Role::admin};
constexpr Role admins[] = {Role::admin};
constexpr Role holders[] = {Role::writer, Role::auditor, Role::admin};

constexpr std::string_view json_only[] = {"application/json"};
// Amazon SNS posts JSON as text/plain.
constexpr std::string_view webhook_types[] = {"application/x-www-form-urlencoded", "application/json", "text/plain",
                                              "application/cloudevents+json", "application/cloudevents-batch+json"};
constexpr std::string_view change_types[] = {"application/json", "application/x-ndjson", "application/jsonl",
                                             "application/cloudevents+json", "application/cloudevents-batch+json"};
constexpr std::string_view line_types[] = {"application/x-ndjson", "application/jsonl"};

constexpr Access open_to_all{true, false, {}};
constexpr Access by_signature{false, false, {}, false, true};
constexpr std::size_t no_body = 0;

constexpr Route routes[] = {
    {Method::post,
     "/v1/accounts/{account}/changes",
     {false, false, posters, false, false, OverRate::judged},
     limits::http_batch_body_bytes,
     post_changes,
     change_types,
     stream_changes,
     line_types},
    {Method::get, "/v1/accounts/{account}/changes", {false, false, readers}, no_body, get_changes},
    {Method::post,
     "/v1/accounts/{account}/inbound",
     {false, false, platforms, false, false, OverRate::taken},
     limits::http_body_bytes,
     post_inbound,
     json_only},
    // No token: each delivery is signed, which its handler checks before it reads anything else of it.
    {Method::post, "/v1/accounts/{account}/inbound/{provider}", by_signature, limits::webhook_body_bytes, post_webhook,
     webhook_types},
    {Method::post,
     "/v1/accounts/{account}/contacts/lookup",
     {false, false, askers},
     limits::http_body_bytes,
     post_lookup,
     json_only},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}", {false, false, readers}, no_body, get_contact},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}/history", {false, false, readers}, no_body, get_history},
    {Method::get, "/v1/accounts/{account}/findings", {false, false, readers}, no_body, get_findings},
    {Method::get, "/v1/accounts/{account}/findings/summary", {false, false, readers}, no_body, get_finding_counts},
    {Method::post,
     "/v1/accounts/{account}/reports/post-revocation-sends",
     {false, false, readers},
     limits::http_batch_body_bytes,
     post_report_of_sends,
     line_types},
    {Method::get, "/v1/accounts/{account}/reports/{name}", {false, false, readers}, no_body, get_report},
    {Method::post, "/v1/accounts/{account}/exports", {false, false, readers}, limits::http_body_bytes, post_export, json_only},
    {Method::get, "/v1/accounts/{account}/obligations", {false, false, posters}, no_body, get_obligations},
    {Method::post, "/v1/accounts/{account}/check", {false, false, askers}, limits::check_body_bytes, post_check, json_only},
    {Method::get, "/v1/accounts/{account}/contacts", {false, false, readers}, no_body, get_contacts},
    {Method::get, "/v1/accounts/{account}/lists", {false, false, readers}, no_body, get_lists},
    {Method::get, "/v1/accounts/{account}/lists/{list}/contacts", {false, false, readers}, no_body, get_list_contacts},
    {Method::put, "/v1/accounts/{account}/lists/{list}", {false, false, admins}, limits::http_body_bytes, put_list, json_only},
    {Method::put,
     "/v1/accounts/{account}/triggers/{id}",
     {false, false, admins},
     limits::http_body_bytes,
     put_trigger,
     json_only},
    {Method::put, "/v1/accounts/{account}/actors/{id}", {false, false, admins}, limits::http_body_bytes, put_actor, json_only},
    {Method::put, "/v1/accounts/{account}/policy", {false, false, admins}, limits::http_body_bytes, put_policy, json_only},
    {Method::post,
     "/v1/accounts/{account}/contacts/{contact}/erase",
     {false, false, admins},
     limits::http_body_bytes,
     post_erase,
     json_only},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}/erasure", {false, false, readers}, no_body, get_erasure},
    {Method::get, "/v1/accounts/{account}/contacts/{contact}/holds", {false, false, readers}, no_body, get_contact_holds},
    {Method::post,
     "/v1/accounts/{account}/contacts/{contact}/holds",
     {false, false, admins},
     limits::http_body_bytes,
     post_contact_hold,
     json_only},
    {Method::post,
     "/v1/accounts/{account}/contacts/{contact}/holds/{matter}/release",
     {false, false, admins},
     limits::http_body_bytes,
     post_contact_release,
     json_only},
    {Method::get, "/v1/accounts/{account}/retention", {false, false, readers}, no_body, get_retention},
    {Method::get, "/v1/accounts/{account}/holds", {false, false, readers}, no_body, get_account_holds},
    {Method::post,
     "/v1/accounts/{account}/holds",
     {false, false, admins},
     limits::http_body_bytes,
     post_account_hold,
     json_only},
    {Method::post,
     "/v1/accounts/{account}/holds/{matter}/release",
     {false, false, admins},
     limits::http_body_bytes,
     post_account_release,
     json_only},
    {Method::get, "/v1/accounts/{account}/activity", {false, false, readers}, no_body, get_activity},
    {Method::get, "/v1/whoami", {false, false, askers}, no_body, get_whoami},
    {Method::get, "/v1/entries/{seq}", {false, false, holders}, no_body, get_entry},
    {Method::get, "/v1/entries/{seq}/proof", {false, false, holders}, no_body, get_proof},
    // A token is made where its secret is not sent over a network; that it is gone may be said from anywhere.
    {Method::post, "/v1/tokens", {false, true, admins, true}, limits::http_body_bytes, post_token, json_only},
    {Method::post, "/v1/tokens/{id}/rotate", {false, true, admins, true}, limits::http_body_bytes, post_rotation, json_only},
    {Method::get, "/v1/tokens", {false, true, admins}, no_body, get_all_tokens},
    {Method::post, "/v1/tokens/{id}/revoke", {false, true, admins}, limits::http_body_bytes, post_any_revocation, json_only},
    {Method::get, "/v1/accounts/{account}/tokens", {false, false, admins}, no_body, get_tokens},
    {Method::post,
     "/v1/accounts/{account}/tokens/{id}/revoke",
     {false, false, admins},
     limits::http_body_bytes,
     post_revocation,
     json_only},
    {Method::get, "/v1/keys", open_to_all, no_body, get_keys},
    {Method::get, "/checkpoint", open_to_all, no_body, get_checkpoint},
    {Method::get, "/tile/entries/*", {false, true, readers}, no_body, get_tile},
    {Method::get, "/tile/*", open_to_all, no_body, get_tile},
    {Method::get, "/metrics", {false, true, readers}, no_body, get_metrics},
    {Method::get, "/livez", open_to_all, no_body, get_livez},
    {Method::get, "/readyz", open_to_all, no_body, get_readyz},
    {Method::get, "/healthz", open_to_all, no_body, get_readyz},
    {Method::get, "/openapi.json", open_to_all, no_body, get_openapi},
    {Method::get, "/problems/{code}", open_to_all, no_body, get_problem},
    {Method::get, "/", open_to_all, no_body, get_root},
    {Method::get, "/console/{file}", open_to_all, no_body, get_console_file},
};

}  // namespace

std::span<Route const> all_routes() noexcept {
    return routes;
}

}  // namespace cl::api
