#include "ledger/state/flusher.hpp"

namespace cl::state {

Flusher::Flusher(Overlay& overlay, StateFile& file, std::atomic<bool>& distrusted)
    : overlay_(overlay), file_(file), distrusted_(distrusted) {
    overlay_.give_order(Overlay::Order::run);
    thread_ = std::thread([this] { run(); });
}

Flusher::~Flusher() {
    if (!thread_.joinable()) return;
    overlay_.give_order(Overlay::Order::stop);
    thread_.join();
}

Result<void> Flusher::drain() {
    if (thread_.joinable()) {
        overlay_.give_order(Overlay::Order::drain);
        thread_.join();
    }
    if (auto error = overlay_.error()) return *error;
    return {};
}

void Flusher::run() {
    while (auto const buffer = overlay_.next()) {
        if (auto const written = file_.write(*buffer); written) {
            overlay_.written();
        } else {
            if (speaks_of_corruption(written.error())) distrusted_ = true;
            overlay_.failed(written.error());
        }
    }
}

bool speaks_of_corruption(Error const& error) noexcept {
    return error.code == errc::store_corrupt || error.code == errc::store_foreign || error.code == errc::malformed;
}

}  // namespace cl::state
