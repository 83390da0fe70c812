// A data directory as it is now, without its lock: the checks of a start that write nothing, and projections of its own. What reads a directory
// beside a running server stands on it, and what tries something out.
//
// Threads: belongs to one thread until it is handed on.
#pragma once

#include "ledger/service/core.hpp"
#include "ledger/service/tail_check.hpp"

#include <filesystem>
#include <memory>

namespace cl::service {

/// A directory that is gone with its object.
class Scratch {
public:
    /// errc::io.
    [[nodiscard]] static Result<Scratch> make(std::filesystem::path const& below);
    ~Scratch();
    Scratch(Scratch&& other) noexcept;
    Scratch& operator=(Scratch&&) = delete;
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;
    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

private:
    Scratch() = default;
    std::filesystem::path path_;
};

/// Who signs what is made of a snapshot. A rehearsal must not sign with the ledger's key: its checkpoints are of a tree that never is.
enum class SignWith : std::uint8_t { ledger_key, key_of_nobody };

struct Snapshot {
    Scratch scratch;  // first, so that it goes last
    std::shared_ptr<Core> core;
    Tail tail;
};
/// The ledger's end is checked as at start, and compared with `head`; the projections are rebuilt below `below`. No store: nothing can be written.
/// Errors as open_read_only.
[[nodiscard]] Result<Snapshot> take_snapshot(std::filesystem::path const& dir, std::filesystem::path const& below,
                                             Environment const& env, SignWith sign_with);

}  // namespace cl::service
