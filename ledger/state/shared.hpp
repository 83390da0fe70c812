// What the writer's side, the flusher and all readers have in common.
//
// Threads: safe for all.
#pragma once

#include "ledger/state/directory.hpp"
#include "ledger/state/overlay.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <utility>

namespace cl::state {

struct Shared {
    Shared(std::filesystem::path file, Options const& options) : path(std::move(file)), overlay(options) {}

    std::filesystem::path const path;
    Overlay overlay;
    Directory directory;
    /// The file has contradicted itself: it must not get the clean mark.
    std::atomic<bool> distrusted{false};
    /// Counts resets. A reader whose connection is of an earlier epoch has a file open that is no longer there.
    std::atomic<std::uint64_t> epoch{0};
    /// Held while the file is exchanged, and while a reader opens it.
    std::mutex files;
};

}  // namespace cl::state
