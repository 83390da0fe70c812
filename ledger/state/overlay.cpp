#include "ledger/state/overlay.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace cl::state {
namespace {

void collect(FindingChanges const& changes, FindingId const& after, std::size_t limit, std::vector<FindingRow>& out) {
    auto row = changes.rows.upper_bound(after);
    for (std::size_t taken = 0; taken < limit && row != changes.rows.end() && row->first.account == after.account;
         ++taken, ++row) {
        out.push_back(row->second);
    }
}

}  // namespace

Overlay::Overlay(Options const& options) : options_(options), active_(std::make_shared<Buffer>(options.buffer_bytes)) {}

bool Overlay::has_room() const noexcept {
    return active_->bytes() < options_.buffer_bytes || !frozen_;
}

void Overlay::freeze() {
    frozen_ = std::move(active_);
    active_ = std::make_shared<Buffer>(options_.buffer_bytes);
}

bool Overlay::room() const {
    std::scoped_lock const lock(mutex_);
    return has_room();
}

void Overlay::merge(BatchChanges&& changes, Watermark const& watermark) {
    {
        std::scoped_lock const lock(mutex_);
        // The flusher may not have woken up yet: a full buffer does not wait for it.
        if (active_->bytes() >= options_.buffer_bytes && !frozen_) freeze();
        active_->absorb(std::move(changes), watermark);
    }
    work_.notify_one();
}

void Overlay::wait_for_room() {
    std::unique_lock lock(mutex_);
    auto const failures = failures_;
    room_.wait(lock, [&] { return has_room() || failures_ != failures; });
}

std::shared_ptr<consent::ContactState const> Overlay::contact(ContactKeyRef const& key) const {
    std::scoped_lock const lock(mutex_);
    auto found = active_->contact(key);
    if (!found && frozen_) found = frozen_->contact(key);
    return found;
}

std::optional<RequestRecord> Overlay::request(Hash32 const& key) const {
    std::scoped_lock const lock(mutex_);
    auto found = active_->request(key);
    if (!found && frozen_) found = frozen_->request(key);
    return found;
}

std::optional<Seq> Overlay::seq_at(std::string_view account, std::int64_t account_seq) const {
    std::scoped_lock const lock(mutex_);
    auto found = active_->seq_at(account, account_seq);
    if (!found && frozen_) found = frozen_->seq_at(account, account_seq);
    return found;
}

FindingsView Overlay::findings(std::string_view account, Reader::FindingKey const& after, std::size_t limit) const {
    FindingId const from{std::string(account), after.seq, after.id};
    FindingsView view;
    {
        std::scoped_lock const lock(mutex_);
        view.active = active_->findings();
        if (frozen_) view.frozen = frozen_->findings();
        collect(*view.active, from, limit, view.rows);
    }
    if (view.frozen) collect(*view.frozen, from, limit, view.rows);
    return view;
}

void Overlay::complete(FindingsView const& view, std::string_view account, std::vector<FindingRow>& rows) const {
    // The view's active buffer may have been frozen or written meanwhile; it still has all that it had, which is what counts.
    std::scoped_lock const lock(mutex_);
    FindingId id{std::string(account), 0, {}};
    for (auto& row : rows) {
        id.seq = row.finding.seq;
        id.id = row.finding.id;
        if (view.frozen) view.frozen->lay_over(id, row);
        view.active->lay_over(id, row);
    }
}

std::shared_ptr<Buffer const> Overlay::next() {
    std::unique_lock lock(mutex_);
    if (order_ == Order::drain && error_) return nullptr;
    if (!frozen_) {
        auto const ordered = [&] { return order_ != Order::run; };
        work_.wait(lock, [&] { return ordered() || frozen_ || !active_->empty(); });
        // Half a buffer: the other half is what the writer fills while this one is being written.
        work_.wait_for(lock, std::chrono::milliseconds(options_.flush_ms),
                       [&] { return ordered() || frozen_ || active_->bytes() >= options_.buffer_bytes / 2; });
    }
    if (order_ == Order::stop) return nullptr;
    if (!frozen_ && !active_->empty()) freeze();
    return frozen_;
}

void Overlay::written() {
    std::shared_ptr<Buffer const> freed;  // outlives the lock: taking a big buffer apart is slow
    {
        std::scoped_lock const lock(mutex_);
        freed = std::move(frozen_);
        frozen_ = nullptr;
        error_.reset();
    }
    room_.notify_all();
}

void Overlay::failed(Error error) {
    std::unique_lock lock(mutex_);
    error_ = std::move(error);
    ++failures_;
    room_.notify_all();
    work_.wait_for(lock, std::chrono::milliseconds(options_.flush_ms), [&] { return order_ != Order::run; });
}

void Overlay::give_order(Order order) {
    {
        std::scoped_lock const lock(mutex_);
        order_ = order;
        // Draining is a new attempt: an old failure does not forbid it.
        if (order == Order::drain) error_.reset();
    }
    work_.notify_all();
}

std::optional<Error> Overlay::error() const {
    std::scoped_lock const lock(mutex_);
    return error_;
}

void Overlay::clear() {
    auto fresh = std::make_shared<Buffer>(options_.buffer_bytes);
    std::shared_ptr<Buffer const> freed;
    {
        std::scoped_lock const lock(mutex_);
        active_.swap(fresh);
        freed = std::move(frozen_);
        frozen_ = nullptr;
        error_.reset();
    }
    room_.notify_all();
}

}  // namespace cl::state
