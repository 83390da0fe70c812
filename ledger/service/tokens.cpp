// Tokens: made, rotated, revoked, listed, checked. The entries are the program's own (docs/tokens.md "Each change is an entry"); whether one is
// in force is asked of the projection of them, which is merged before the answer that it is durable.
#include "ledger/core/limits.hpp"
#include "ledger/service/service_impl.hpp"
#include "ledger/service/token_text.hpp"

#include <algorithm>
#include <future>
#include <utility>

namespace cl::service {
namespace {

constexpr std::string_view administrator = "cli";  // who comes by the admin socket (docs/http-api.md)

json::Object data_of(std::string const& id, consent::Role role, std::vector<std::string> const& accounts) {
    json::Array names;
    for (std::string const& account : accounts) names.emplace_back(account);
    return json::Object{{"token", id}, {"role", consent::name(role)}, {"accounts", std::move(names)}};
}

/// An entry about a token of these accounts: one's own, or the ledger's.
Draft draft_of(consent::Kind kind, std::vector<std::string> const& accounts, std::string_view by) {
    Draft draft;
    draft.kind = kind;
    if (accounts.size() == 1 && accounts.front() != "*") draft.account = accounts.front();
    if (by == administrator) {
        draft.actor = Actor{"system", std::string(by)};
    } else {
        draft.source = Source{{}, {}, std::string(by)};
    }
    return draft;
}

Draft creation(TokenText const& token, consent::Role role, std::vector<std::string> const& accounts,
               std::optional<Millis> expires_at) {
    Draft draft = draft_of(consent::Kind::token_created, accounts, administrator);
    draft.data = data_of(token.id, role, accounts);
    draft.data.set("secret_hash", to_hex(blake2b(token.secret)));
    if (expires_at) draft.data.set("expires", format_time(*expires_at));
    return draft;
}

Result<std::vector<Draft>> first_drafts(Pending& pending, TokenWish const& wish, TokenText const& token) {
    std::vector<Draft> drafts;
    if (wish.account != "*" && !pending.account(wish.account)) {
        drafts.push_back(draft_of(consent::Kind::account_defined, {wish.account}, administrator));
    }
    if (pending.token(token.id)) return fail(errc::invalid, "a token of that id exists; try again");
    drafts.push_back(creation(token, wish.role, {wish.account}, wish.expires_at));
    return drafts;
}

/// The new one first: of both entries, which are of one transaction, it is what the answer is about.
Result<std::vector<Draft>> rotation_drafts(Pending& pending, TokenRotation const& rotation, TokenText const& token,
                                           Millis now) {
    auto const old = pending.token(rotation.token);
    if (!old) return fail(errc::not_found, "There is no such token.");
    if (!old->in_force(now)) return fail(errc::invalid, "the token is no longer in force: make a new one");
    if (pending.token(token.id)) return fail(errc::invalid, "a token of that id exists; try again");
    std::optional<Millis> expires_at = rotation.expires_at;
    if (!expires_at && old->expires_at) expires_at = std::min(now + (*old->expires_at - old->created_at), latest_time);
    Draft ended = draft_of(consent::Kind::token_revoked, old->accounts, administrator);
    ended.data = data_of(old->id, old->role, old->accounts);
    Millis const end = std::min(now + rotation.overlap, old->end().value_or(latest_time));
    if (rotation.overlap > 0) ended.data.set("at", format_time(end));
    ended.data.set("replaced_by", token.id);
    std::vector<Draft> drafts;
    drafts.push_back(creation(token, old->role, old->accounts, expires_at));
    drafts.push_back(std::move(ended));
    return drafts;
}

bool is_of(state::TokenRecord const& token, std::string const& account) {
    return account.empty() || (token.accounts.size() == 1 && token.accounts.front() == account);
}

Result<std::vector<Draft>> revocation_drafts(Pending& pending, std::string const& id, std::string const& account,
                                             std::string const& by) {
    auto const token = pending.token(id);
    if (!token || !is_of(*token, account)) return fail(errc::not_found, "There is no such token.");
    std::vector<Draft> drafts;
    if (token->revoked_at) return drafts;
    drafts.push_back(draft_of(consent::Kind::token_revoked, token->accounts, by));
    drafts.back().data = data_of(token->id, token->role, token->accounts);
    return drafts;
}

Result<void> check_end(std::optional<Millis> expires_at, Millis now) {
    if (!expires_at || (*expires_at > now && *expires_at <= latest_time)) return {};
    return fail(errc::invalid, "must be a time to come", "/expires");
}

}  // namespace

Result<void> ServiceImpl::record(std::function<Result<std::vector<Draft>>(Pending&)> drafts) {
    auto const promise = std::make_shared<std::promise<Result<void>>>();
    auto future = promise->get_future();
    submit(ProgramJob{std::move(drafts), [promise](Result<void> const& result) { promise->set_value(result); }, {}});
    return future.get();
}

Result<NewToken> ServiceImpl::create_token(TokenWish const& wish) {
    if (wish.account != "*" && !consent::valid_account(wish.account)) {
        return fail(errc::invalid, "not an account id", "/account");
    }
    CL_TRY(check_end(wish.expires_at, core_->env.clock.now()));
    TokenText const token = new_token_text(core_->env.random);
    CL_TRY(record([wish, token](Pending& pending) { return first_drafts(pending, wish, token); }));
    return NewToken{token.id, to_text(token)};
}

Result<NewToken> ServiceImpl::rotate_token(TokenRotation const& rotation) {
    if (rotation.overlap < 0 || rotation.overlap > limits::token_overlap_ms) {
        return fail(errc::invalid, "must be 0 to " + std::to_string(limits::token_overlap_ms / 1'000) + " seconds",
                    "/overlap_seconds");
    }
    CL_TRY(check_end(rotation.expires_at, core_->env.clock.now()));
    TokenText const token = new_token_text(core_->env.random);
    CL_TRY(record([&clock = core_->env.clock, rotation, token](Pending& pending) {
        return rotation_drafts(pending, rotation, token, clock.now());
    }));
    return NewToken{token.id, to_text(token)};
}

Result<TokenView> ServiceImpl::revoke_token(std::string const& id, std::string const& account, Principal const& by) {
    CL_TRY(
        record([id, account, token = by.token](Pending& pending) { return revocation_drafts(pending, id, account, token); }));
    auto record = find_token(id);
    if (!record) return fail(errc::store_corrupt, "a token that was revoked is not known");
    return view_of(std::move(*record));
}

TokenPage ServiceImpl::tokens(std::string const& account, std::string const& after, std::size_t limit) const {
    std::vector<state::TokenRecord> records;
    {
        std::lock_guard const lock(tokens_mutex_);
        records = tokens_->tokens(account, after, limit + 1);
    }
    TokenPage page;
    if (records.size() > limit) {
        records.resize(limit);
        page.next = records.back().id;
    }
    for (state::TokenRecord& record : records) page.items.push_back(view_of(std::move(record)));
    return page;
}

Authentication ServiceImpl::authenticate(std::string_view bearer) const {
    auto const token = parse_token_text(bearer);
    if (!token) return AuthRefusal{AuthFault::malformed, {}, token.error()};
    if (auto const refusal = core_->status.readiness(); refusal && refusal->code == errc::not_ready) {
        return AuthRefusal{AuthFault::not_ready, {}, *refusal};
    }
    auto record = find_token(token->id);
    // An unknown id costs the same hash and the same comparison, and is told as a wrong secret is.
    Hash32 const expected = record ? record->secret_hash : Hash32{};
    bool const same = equal_in_constant_time(blake2b(token->secret), expected);
    if (!record || !same) {
        return AuthRefusal{AuthFault::unknown, record ? record->id : std::string(),
                           fail(errc::unauthorized, "The token is unknown.")};
    }
    if (record->revoked_at) {
        return AuthRefusal{AuthFault::revoked, record->id, fail(errc::unauthorized, "The token was revoked.")};
    }
    Millis const now = core_->env.clock.now();
    if (!record->in_force(now)) {
        return AuthRefusal{AuthFault::expired, record->id, fail(errc::unauthorized, "The token has expired.")};
    }
    core_->token_uses.note(record->id, now);
    return Principal{std::move(record->id), record->role, std::move(record->accounts)};
}

bool ServiceImpl::in_force(std::string_view token) const {
    auto const record = find_token(token);
    return record && record->in_force(core_->env.clock.now());
}

bool ServiceImpl::knows_account(std::string_view account) const {
    std::lock_guard const lock(tokens_mutex_);
    return tokens_->account(account) != nullptr;
}

std::optional<state::TokenRecord> ServiceImpl::find_token(std::string_view id) const {
    std::lock_guard const lock(tokens_mutex_);
    return tokens_->token(id);
}

TokenView ServiceImpl::view_of(state::TokenRecord&& record) const {
    auto const used = core_->token_uses.last(record.id);
    auto const end = record.end();
    return TokenView{std::move(record.id), record.role, std::move(record.accounts), record.created_at, end,
                     record.revoked_at,    used};
}

}  // namespace cl::service
