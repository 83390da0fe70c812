// What a run of the verifier is asked.
//
// Threads: a plain value.
#pragma once

#include "ledger/consent/rules.hpp"
#include "ledger/core/clock.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace cl::verify {

struct Replayed;  // replay.hpp

struct Options {
    std::filesystem::path source;                        ///< a data directory, a ledger.db or an NDJSON export
    std::optional<std::filesystem::path> key_file;       ///< a vkey; without it the pin's key, or the one that the ledger names
    std::vector<std::filesystem::path> trusted;          ///< signed checkpoints that the user holds
    std::optional<std::filesystem::path> pin_file;       ///< the last ledger seen, kept between runs
    std::optional<std::filesystem::path> baseline_file;  ///< findings that are known: they do not make exit 4 again
    std::optional<std::filesystem::path> baseline_target;                    ///< where to write the findings that are open now
    std::optional<Millis> at;                                                ///< when overdue is judged
    std::optional<consent::Severity> fail_on = consent::Severity::critical;  ///< nothing = never
    unsigned workers = 0;                                                    ///< threads that decode; 0 = one for each core
    /// Told now and then how far it is, from the calling thread; `total` is 0 where it is not known.
    std::function<void(std::int64_t done, std::int64_t total)> progress;
    /// Shown every entry that the replay judged, in order, on the calling thread.
    std::function<void(Replayed const&)> observe;
};

/// `info` … `critical`, or `never` (then the inner optional is empty). Nothing for another word.
[[nodiscard]] std::optional<std::optional<consent::Severity>> fail_on_from(std::string_view word);

}  // namespace cl::verify
