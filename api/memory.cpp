#include "api/memory.hpp"

#include "ledger/core/limits.hpp"

namespace cl::api {

bool Memory::allows(std::string const& token, std::size_t from, std::size_t to) const {
    bool const small = to <= limits::http_body_bytes;
    std::size_t const pool = small ? limits::http_memory_bytes : limits::http_memory_bytes / 4 * 3;
    std::size_t const share = small ? limits::http_principal_bytes / 4 * 5 : limits::http_principal_bytes;
    auto const found = tokens_.find(token);
    std::size_t const others = found == tokens_.end() ? 0 : found->second - from;
    return used_ - from + to <= pool && (others == 0 || others + to <= share);
}

void Memory::change(std::string const& token, std::size_t from, std::size_t to) {
    if (from == to) {
        return;
    }
    used_ = used_ - from + to;
    std::size_t& own = tokens_[token];
    own = own - from + to;
    if (own == 0) {
        tokens_.erase(token);
    }
}

bool Memory::would_fit(std::string const& token, std::size_t bytes) const {
    std::lock_guard const lock(mutex_);
    return allows(token, 0, bytes);
}

std::size_t Memory::used() const {
    std::lock_guard const lock(mutex_);
    return used_;
}

bool Hold::grow(std::size_t bytes) {
    if (bytes <= bytes_) {
        return true;
    }
    std::lock_guard const lock(memory_->mutex_);
    if (!memory_->allows(token_, bytes_, bytes)) {
        return false;
    }
    memory_->change(token_, bytes_, bytes);
    bytes_ = bytes;
    return true;
}

void Hold::trade(std::size_t bytes) {
    std::lock_guard const lock(memory_->mutex_);
    memory_->change(token_, bytes_, bytes);
    bytes_ = bytes;
}

}  // namespace cl::api
