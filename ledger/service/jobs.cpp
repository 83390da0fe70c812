#include "ledger/service/jobs.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cl::service {
namespace {

constexpr std::size_t item_overhead = 1024;  // the typed form beside the text, about

JobSize measure(Job const& job) {
    JobSize total{1, item_overhead};
    if (auto const* append = std::get_if<AppendJob>(&job)) {
        total.items = std::max<std::size_t>(1, append->request.items.size());
        total.bytes = total.items * item_overhead;
        for (AppendItem const& item : append->request.items) {
            if (!item.change) continue;
            total.bytes += item.change->canonical.size();
            for (consent::Sealed const& sealed : item.change->sealed) total.bytes += sealed.content.size();
        }
    } else if (auto const* inbound = std::get_if<InboundJob>(&job)) {
        total.bytes += inbound->request.message.canonical.size() + inbound->request.message.kept.size() +
                       inbound->request.message.body.size();
    }
    return total;
}

/// Entries that the program makes itself have a line of their own.
std::string account_of(Job const& job) {
    if (auto const* append = std::get_if<AppendJob>(&job)) return append->request.account;
    if (auto const* inbound = std::get_if<InboundJob>(&job)) return inbound->request.account;
    return {};
}

std::size_t items_left(Job const& job) {
    auto const* append = std::get_if<AppendJob>(&job);
    return append == nullptr ? 1 : std::max<std::size_t>(1, append->request.items.size() - append->next);
}

bool fits(JobSize const& there, JobSize const& more, std::size_t items, std::size_t bytes) {
    return there.items + more.items <= items && there.bytes + more.bytes <= bytes;
}

}  // namespace

void refuse(Job& job, Error const& error) {
    std::visit([&](auto& one) { one.done(error); }, job);
}

bool Queue::has_room(std::string const& account, JobSize const& size) const {
    if (fits(total_, size, limits::queue_items, limits::queue_bytes)) return true;
    // Full, of other accounts' jobs: the last part is for those who have next to nothing in it.
    auto const own = held_.find(account);
    return fits(own == held_.end() ? JobSize{0, 0} : own->second, size, limits::queue_share_items, limits::queue_share_bytes) &&
           fits(total_, size, limits::queue_items / 4 * 5, limits::queue_bytes / 4 * 5);
}

void Queue::count_in(std::string const& account, JobSize const& size) {
    for (JobSize* const count : {&total_, &held_.try_emplace(account, JobSize{0, 0}).first->second}) {
        count->items += size.items;
        count->bytes += size.bytes;
    }
}

void Queue::count_out(std::string const& account, JobSize const& size) {
    auto const own = held_.find(account);
    for (JobSize* const count : {&total_, &own->second}) {
        count->items -= size.items;
        count->bytes -= size.bytes;
    }
    if (own->second.items == 0) held_.erase(own);
}

bool Queue::push(Job&& job) {
    JobSize const size = measure(job);
    {
        std::lock_guard const lock(mutex_);
        std::string const account = account_of(job);
        if (closed_ || !has_room(account, size)) return false;
        count_in(account, size);
        waiting_.push_back(account, QueuedJob{std::move(job), size}, size.items);
    }
    arrived_.notify_one();
    return true;
}

std::optional<Queue::Turn> Queue::pop(int wait_ms) {
    std::unique_lock lock(mutex_);
    if (waiting_.empty() && wait_ms > 0) {
        arrived_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return closed_ || !waiting_.empty(); });
    }
    auto turn = waiting_.pop();
    if (turn) count_out(turn->account, turn->what.size);
    return turn;
}

void Queue::put_back(Turn&& turn) {
    std::lock_guard const lock(mutex_);
    turn.cost = items_left(turn.what.job);
    count_in(turn.account, turn.what.size);
    waiting_.put_back(std::move(turn));
}

void Queue::close() {
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
    }
    arrived_.notify_all();
}

bool Queue::closed() const {
    std::lock_guard const lock(mutex_);
    return closed_;
}

std::size_t Queue::items() const {
    std::lock_guard const lock(mutex_);
    return total_.items;
}

}  // namespace cl::service
