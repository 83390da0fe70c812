#include "ledger/service/service_impl.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cl::service {

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
    submit(AppendJob{std::move(request), std::move(done), 0, {}, std::chrono::steady_clock::now()});
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
    submit(InboundJob{std::move(request), std::move(done), {}, -1, {}, std::chrono::steady_clock::now()});
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

std::vector<Check> ServiceImpl::checks() const {
    std::vector<Check> all{{"writer", core_->status.readiness()}};
    for (Check& one : dir_checks_.get(core_->env.clock.steady())) all.push_back(std::move(one));
    if (chain_check_) {
        if (auto last = chain_check_->last()) all.push_back(std::move(*last));
    }
    return all;
}

void ServiceImpl::on_published(std::function<void(std::string_view account)> listener) {
    core_->bell.listen(std::move(listener));
}

std::optional<Error> ServiceImpl::readiness() const {
    for (Check& one : checks()) {
        if (one.failure) return std::move(one.failure);
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
    stats.last_checkpoint = counters.last_checkpoint;
    stats.appends = counters.appends.get();
    stats.append_seconds = counters.append_seconds.get();
    stats.batch_entries = counters.batch_entries.get();
    stats.ledger_wal_bytes = wal_bytes(dir_.ledger());
    stats.vault_wal_bytes = wal_bytes(dir_.vault());
    stats.state_wal_bytes = wal_bytes(dir_.state());
    stats.ledger_bytes = file_bytes(dir_.ledger()) + stats.ledger_wal_bytes;
    stats.vault_bytes = file_bytes(dir_.vault()) + stats.vault_wal_bytes;
    stats.state_bytes = file_bytes(dir_.state()) + stats.state_wal_bytes;
    stats.disk_free_bytes = free_bytes(dir_.root);
    if (chain_check_) stats.chain = chain_check_->stats();
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
    if (chain_check_) chain_check_->stop();
    core_->store.reset();  // before the lock: queries may live longer, but they read through files of their own
    lock_.release();
}

}  // namespace cl::service
