// The thread that moves frozen buffers into state.db.
//
// Threads: made, drained and destroyed by the writer thread; between these, the StateFile is this thread's.
#pragma once

#include "ledger/state/overlay.hpp"
#include "ledger/state/state_file.hpp"

#include <atomic>
#include <thread>

namespace cl::state {

class Flusher {
public:
    /// Starts the thread. All three outlive this object. `distrusted` is raised when the file contradicts itself.
    Flusher(Overlay& overlay, StateFile& file, std::atomic<bool>& distrusted);
    Flusher(Flusher const&) = delete;
    Flusher& operator=(Flusher const&) = delete;
    /// Stops after the transaction in hand; what is left stays in the overlay.
    ~Flusher();

    /// Writes all that is in the overlay and ends the thread. The first failure ends it too.
    [[nodiscard]] Result<void> drain();

private:
    void run();

    Overlay& overlay_;
    StateFile& file_;
    std::atomic<bool>& distrusted_;
    std::thread thread_;
};

/// True for failures that say that the file's content cannot be trusted, as against that it could not be read or written.
[[nodiscard]] bool speaks_of_corruption(Error const& error) noexcept;

}  // namespace cl::state
