// The log itself: entries, proofs, the checkpoint, C2SP tiles and the public key.
#include "api/handlers/handlers.hpp"
#include "api/handlers/query.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/tile.hpp"

#include <charconv>

namespace cl::api::handlers {

namespace {

Result<Seq> parse_seq(std::string_view text) {
    Seq seq = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), seq);
    bool const plain =
        error == std::errc{} && end == text.data() + text.size() && seq >= 0 && (text.front() != '0' || text.size() == 1);
    if (!plain) {
        return fail(errc::not_found, "There is no such entry.");
    }
    return seq;
}

Response immutable(std::string body, std::string_view type) {
    Response response;
    response.content_type = type;
    response.body = std::move(body);
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}

}  // namespace

void get_entry(Call call) {
    on_reader(std::move(call), [](service::Queries& queries, Call const& asked) -> Result<Response> {
        CL_TRY(check_parameters(asked.request, {}));
        CL_TRY_ASSIGN(Seq const seq, parse_seq(asked.variables[0]));
        CL_TRY_ASSIGN(std::string bytes, queries.entry(asked.principal, seq));
        std::string const tag = "\"" + to_hex(leaf_hash(bytes)) + "\"";
        Response response;
        if (names_tag(asked.request.if_none_match, tag)) {
            response.status = 304;
        } else {
            response.body = std::move(bytes);
        }
        response.headers.emplace_back("ETag", tag);
        return response;
    });
}

void get_proof(Call call) {
    on_reader(std::move(call), [](service::Queries& queries, Call const& asked) -> Result<Response> {
        CL_TRY(check_parameters(asked.request, {}));
        CL_TRY_ASSIGN(Seq const seq, parse_seq(asked.variables[0]));
        Response response;
        CL_TRY_ASSIGN(response.body, queries.proof(asked.principal, seq));
        response.content_type = "text/plain; charset=utf-8";
        return response;
    });
}

void get_checkpoint(Call call) {
    Response response;
    response.content_type = "text/plain; charset=utf-8";
    response.body = call.app.service().checkpoint();
    std::string const tag = entity_tag(response.body);
    if (names_tag(call.request.if_none_match, tag)) {
        response.status = 304;
        response.body.clear();
    }
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "no-cache");
    call.respond(std::move(response));
}

void get_tile(Call call) {
    on_reader(
        std::move(call),
        [](service::Queries& queries, Call const& asked) -> Result<Response> {
            auto const coord = tile::parse_path(asked.request.path.substr(1));
            if (!coord) {
                return fail(errc::not_found, "There is no such tile.");
            }
            CL_TRY_ASSIGN(std::string bytes, queries.tile(*coord));
            return immutable(std::move(bytes), "application/octet-stream");
        },
        limits::page_answer_bytes);
}

void get_keys(Call call) {
    note::VerifierKey const key = call.app.service().verifier_key();
    json::Array keys;
    keys.emplace_back(json::Object{{"vkey", note::to_vkey(key)}, {"algorithm", "ed25519"}, {"use", "checkpoint"}});
    call.respond(json_response(json::Object{{"origin", call.app.service().origin()}, {"keys", std::move(keys)}}));
}

}  // namespace cl::api::handlers
