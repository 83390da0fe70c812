// The file `head`: the newest signed checkpoint outside of the databases, the guard against an older ledger.db (docs/promises.md "Head guard").
//
// Threads: an object belongs to one thread at a time.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cl::service {

/// What stood in the file when it was read.
enum class HeadPresence : std::uint8_t { missing, damaged, valid };

class HeadFile {
public:
    /// The newest valid slot's note. `damaged`: the file is there, but no slot is whole. errc::io.
    struct Content {
        HeadPresence presence = HeadPresence::missing;
        std::string note;
    };
    [[nodiscard]] static Result<Content> read(std::filesystem::path const& path);

    /// Makes the file anew, with this note in it and on disk; its name is not. errc::io.
    [[nodiscard]] static Result<void> make(std::filesystem::path const& path, std::string_view note);

    /// Opens or creates the file for writing. errc::io.
    [[nodiscard]] static Result<HeadFile> open(std::filesystem::path const& path);
    HeadFile(HeadFile&& other) noexcept;
    HeadFile& operator=(HeadFile&& other) noexcept;
    HeadFile(HeadFile const&) = delete;
    HeadFile& operator=(HeadFile const&) = delete;
    ~HeadFile();

    /// Writes the note in place and syncs if the last sync is limits::head_sync_ms old by the steady clock. The slot that was synced last
    /// is never touched before the other one is synced: a power cut leaves one whole. errc::io.
    [[nodiscard]] Result<void> write(std::string_view note, Millis steady);
    /// Syncs what was written and waits for longer than limits::head_sync_ms. errc::io.
    [[nodiscard]] Result<void> sync_if_due(Millis steady);
    /// Syncs what was written. errc::io.
    [[nodiscard]] Result<void> sync(Millis steady);

private:
    explicit HeadFile(int fd) noexcept : fd_(fd) {}

    int fd_ = -1;
    std::uint64_t generation_ = 0;  ///< of the last slot written
    int place_ = 0;                 ///< slot that the next write goes to
    bool dirty_ = false;
    std::optional<Millis> synced_at_;
};

}  // namespace cl::service
