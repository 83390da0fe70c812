#include "ledger/service/jobs.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace cl::service {
namespace {

constexpr std::size_t item_overhead = 1024;  // the typed form beside the text, about

struct Measure {
    std::size_t items = 1;
    std::size_t bytes = item_overhead;
};

Measure measure(Job const& job) {
    Measure total;
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

}  // namespace

void refuse(Job& job, Error const& error) {
    std::visit([&](auto& one) { one.done(error); }, job);
}

bool Queue::push(Job&& job) {
    Measure const size = measure(job);
    {
        std::lock_guard const lock(mutex_);
        if (closed_) return false;
        if (items_ + size.items > limits::queue_items || bytes_ + size.bytes > limits::queue_bytes) return false;
        items_ += size.items;
        bytes_ += size.bytes;
        waiting_.push_back(Waiting{std::move(job), size.items, size.bytes});
    }
    arrived_.notify_one();
    return true;
}

std::optional<Job> Queue::pop(int wait_ms) {
    std::unique_lock lock(mutex_);
    if (waiting_.empty() && wait_ms > 0) {
        arrived_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return closed_ || !waiting_.empty(); });
    }
    if (waiting_.empty()) return std::nullopt;
    Waiting first = std::move(waiting_.front());
    waiting_.pop_front();
    items_ -= first.items;
    bytes_ -= first.bytes;
    return std::move(first.job);
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
    return items_;
}

}  // namespace cl::service
