#include "api/memory.hpp"

#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api {

bool Memory::allows(std::string const& token, std::size_t from, std::size_t to) const {
    bool const small = to <= limits::http_body_bytes;
    std::size_t const pool = small ? limits::http_memory_bytes : limits::http_memory_bytes / 4 * 3;
    std::size_t const share = small ? limits::http_principal_bytes / 4 * 5 : limits::http_principal_bytes;
    auto const found = tokens_.find(token);
    std::size_t const others = found == tokens_.end() ? 0 : found->second.held - from;
    return used_ - from + to <= pool && (others == 0 || others + to <= share);
}

void Memory::change(std::string const& token, std::size_t from, std::size_t to) {
    if (from == to) {
        return;
    }
    used_ = used_ - from + to;
    auto const own = tokens_.try_emplace(token).first;
    own->second.held = own->second.held - from + to;
    if (own->second.held == 0 && own->second.coming == 0) {
        tokens_.erase(own);
    }
}

void Memory::expect(std::string const& token, std::size_t from, std::size_t to) {
    if (from == to) {
        return;
    }
    auto const own = tokens_.try_emplace(token).first;
    own->second.coming = own->second.coming - from + to;
    if (own->second.held == 0 && own->second.coming == 0) {
        tokens_.erase(own);
    }
}

std::size_t Memory::used() const {
    std::lock_guard const lock(mutex_);
    return used_;
}

bool Hold::announce(std::size_t bytes) {
    std::lock_guard const lock(memory_->mutex_);
    if (!memory_->allows(token_, 0, bytes)) {
        return false;
    }
    auto const own = memory_->tokens_.find(token_);
    std::size_t const others = own == memory_->tokens_.end() ? 0 : own->second.held + own->second.coming;
    if (bytes > limits::http_body_bytes && others > 0 && others + bytes > limits::http_principal_bytes / 2) {
        return false;
    }
    memory_->expect(token_, 0, bytes);
    coming_ = bytes;
    return true;
}

bool Hold::grow(std::size_t bytes) {
    if (bytes <= bytes_) {
        return true;
    }
    std::lock_guard const lock(memory_->mutex_);
    if (!memory_->allows(token_, bytes_, bytes)) {
        return false;
    }
    std::size_t const still_coming = coming_ - std::min(coming_, bytes - bytes_);
    memory_->change(token_, bytes_, bytes);
    memory_->expect(token_, coming_, still_coming);
    bytes_ = bytes;
    coming_ = still_coming;
    return true;
}

void Hold::trade(std::size_t bytes) {
    std::lock_guard const lock(memory_->mutex_);
    memory_->change(token_, bytes_, bytes);
    memory_->expect(token_, coming_, 0);
    bytes_ = bytes;
    coming_ = 0;
}

}  // namespace cl::api
