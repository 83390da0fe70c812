#include "ledger/service/service_impl.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/service/queries_impl.hpp"
#include "ledger/service/token_text.hpp"

#include <algorithm>
#include <filesystem>
#include <future>
#include <limits>
#include <utility>

namespace cl::service {
namespace {

Result<std::vector<Draft>> token_drafts(Pending& pending, std::string const& account, consent::Role role,
                                        TokenText const& token) {
    bool const everywhere = account == "*";
    Actor const actor{"system", "cli"};
    std::vector<Draft> drafts;
    if (!everywhere && !pending.account(account)) {
        Draft define;
        define.kind = consent::Kind::account_defined;
        define.account = account;
        define.actor = actor;
        drafts.push_back(std::move(define));
    }
    if (pending.token(token.id)) return fail(errc::invalid, "a token of that id exists; try again");
    Draft create;
    create.kind = consent::Kind::token_created;
    if (!everywhere) create.account = account;
    create.actor = actor;
    create.data = json::Object{{"token", token.id},
                               {"role", consent::name(role)},
                               {"accounts", json::Array{json::Value(account)}},
                               {"secret_hash", to_hex(blake2b(token.secret))}};
    drafts.push_back(std::move(create));
    return drafts;
}

std::int64_t database_bytes(std::filesystem::path const& path) {
    std::int64_t total = 0;
    for (char const* const suffix : {"", "-wal"}) {
        std::error_code missing;
        auto const size = std::filesystem::file_size(path.string() + suffix, missing);
        if (!missing) total += static_cast<std::int64_t>(size);
    }
    return total;
}

/// What cannot be told is not reported as full.
std::int64_t free_bytes(std::filesystem::path const& dir) {
    std::error_code failed;
    auto const space = std::filesystem::space(dir, failed);
    return failed ? std::numeric_limits<std::int64_t>::max() : static_cast<std::int64_t>(space.available);
}

}  // namespace

bool Principal::covers(std::string_view account) const noexcept {
    return covers_all() || std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

bool Principal::covers_all() const noexcept {
    return std::find(accounts.begin(), accounts.end(), "*") != accounts.end();
}

ServiceImpl::~ServiceImpl() {
    stop();
}

void ServiceImpl::submit(Job job) {
    if (auto const refusal = core_->status.refusal()) return refuse(job, *refusal);
    if (writer_->queue().push(std::move(job))) return;
    // NOLINTNEXTLINE(bugprone-use-after-move): push leaves the job where it is if it returns false
    refuse(job, writer_->queue().closed() ? fail(errc::not_ready, "the service is stopping")
                                          : fail(errc::busy, "too many requests are waiting; try again"));
}

void ServiceImpl::append(AppendRequest request, AppendDone done) {
    if (request.items.size() > limits::batch_items) return done(fail(errc::too_large, "too many items in one request"));
    if (!request.principal.covers(request.account)) return done(fail(errc::forbidden, "the token does not cover this account"));
    submit(AppendJob{std::move(request), std::move(done), 0, {}});
}

void ServiceImpl::inbound(InboundRequest request, InboundDone done) {
    if (!request.principal.covers(request.account)) return done(fail(errc::forbidden, "the token does not cover this account"));
    if (request.message.ignored) {
        core_->counters.ignored_senders.fetch_add(1);
        InboundAnswer answer;
        answer.cls = consent::InboundClass::other;
        answer.ignored = true;
        answer.checkpoint = checkpoint();
        return done(std::move(answer));
    }
    submit(InboundJob{std::move(request), std::move(done), {}, -1, {}});
}

Result<NewToken> ServiceImpl::create_token(std::string const& account, consent::Role role) {
    if (account != "*" && !consent::valid_account(account)) return fail(errc::invalid, "not an account id");
    TokenText const token = new_token_text(core_->env.random);
    auto const promise = std::make_shared<std::promise<Result<void>>>();
    auto future = promise->get_future();
    submit(ProgramJob{[=](Pending& pending) { return token_drafts(pending, account, role, token); },
                      [promise](Result<void> const& result) { promise->set_value(result); },
                      {}});
    CL_TRY(future.get());
    return NewToken{token.id, to_text(token)};
}

Result<Principal> ServiceImpl::authenticate(std::string_view bearer) const {
    CL_TRY_ASSIGN(TokenText const token, parse_token_text(bearer));
    if (auto const refusal = core_->status.readiness(); refusal && refusal->code == errc::not_ready) return *refusal;
    std::optional<state::TokenRecord> record;
    {
        std::lock_guard const lock(tokens_mutex_);
        record = tokens_->token(token.id);
    }
    // An unknown id costs the same hash and the same comparison.
    Hash32 const expected = record ? record->secret_hash : Hash32{};
    bool const same = equal_in_constant_time(blake2b(token.secret), expected);
    if (!record || record->revoked || !same) return fail(errc::unauthorized, "the token is unknown or revoked");
    return Principal{record->id, record->role, record->accounts};
}

std::string ServiceImpl::checkpoint() const {
    return core_->published.get()->checkpoint;
}

note::VerifierKey ServiceImpl::verifier_key() const {
    return note::make_key(core_->origin, core_->signer.public_key()).value();
}

std::string ServiceImpl::origin() const {
    return core_->origin;
}

std::optional<Error> ServiceImpl::readiness() const {
    if (auto refusal = core_->status.readiness()) return refusal;
    if (free_bytes(dir_.root) < static_cast<std::int64_t>(limits::disk_spare_bytes)) {
        return fail(errc::not_ready, "the volume of the data directory is almost full");
    }
    return std::nullopt;
}

Result<void> ServiceImpl::wait_until_ready() {
    return core_->status.wait_until_ready();
}

Stats ServiceImpl::stats() const {
    Counters const& counters = core_->counters;
    Stats stats;
    stats.size = core_->published.get()->edge->size;
    stats.appended = counters.appended;
    stats.replayed = counters.replayed;
    stats.refused = counters.refused;
    stats.batches = counters.batches;
    stats.queue_items = static_cast<std::int64_t>(writer_->queue().items());
    stats.ignored_senders = counters.ignored_senders;
    stats.last_append = counters.last_append;
    stats.ledger_bytes = database_bytes(dir_.ledger());
    stats.vault_bytes = database_bytes(dir_.vault());
    stats.state_bytes = database_bytes(dir_.state());
    stats.disk_free_bytes = free_bytes(dir_.root);
    return stats;
}

Result<std::unique_ptr<Queries>> ServiceImpl::make_queries() {
    return QueriesImpl::make(core_);
}

void ServiceImpl::stop() {
    std::lock_guard const lock(stop_mutex_);
    if (stopped_) return;
    stopped_ = true;
    writer_->stop();
    core_->status.stopped(fail(errc::not_ready, "the service has stopped"));
    core_->store.reset();  // before the lock: queries may live longer, but they read through files of their own
    lock_.release();
}

}  // namespace cl::service
