// What the writer shows to everybody else: the newest signed checkpoint and the right edge that it signs. Swapped whole after each batch.
//
// Threads: any thread.
#pragma once

#include "ledger/core/hash32.hpp"
#include "ledger/service/tree.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace cl::service {

/// Everything before `edge->size` is durable, in the projections, and under `checkpoint`.
struct Published {
    std::shared_ptr<Edge const> edge;
    std::string checkpoint;  ///< the note
    [[nodiscard]] Seq last() const noexcept { return edge->size - 1; }
};

class PublishedBox {
public:
    [[nodiscard]] std::shared_ptr<Published const> get() const {
        std::lock_guard const lock(mutex_);
        return now_;
    }
    void set(std::shared_ptr<Published const> next) {
        std::lock_guard const lock(mutex_);
        now_ = std::move(next);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<Published const> now_;
};

}  // namespace cl::service
