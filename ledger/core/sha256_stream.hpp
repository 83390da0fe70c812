// SHA-256 of what comes in pieces, and is never held whole.
//
// Threads: an object belongs to one thread at a time.
#pragma once

#include "ledger/core/hash32.hpp"

#include <memory>
#include <string_view>

namespace cl {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::string_view bytes);
    /// Of all that was added; nothing may be added after it.
    [[nodiscard]] Hash32 end();

private:
    class Hasher;
    std::unique_ptr<Hasher> hasher_;
};

}  // namespace cl
