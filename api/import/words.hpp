// What the cells of an export say: a status, a yes or no, a way to ask, a time.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace cl::api::import {

enum class Status : std::uint8_t { in, out, blocked };

/// `Opted out`, `unsubscribed`, `opt-in` …; nothing for a word that is none of ours: what a row means is never guessed.
[[nodiscard]] std::optional<Status> read_status(std::string_view cell);

/// Yes or no; nothing for anything else. Empty is no.
[[nodiscard]] std::optional<bool> read_flag(std::string_view cell);

/// By which way somebody asked to be left alone.
struct Way {
    bool by_message = false;  ///< their own text message, which the platform took for a STOP
    std::string_view via;     ///< or as `via` of opt_out.request has it; empty: not told
};
[[nodiscard]] std::optional<Way> read_way(std::string_view cell);

/// As exports spell times, and besides a date alone (midnight) where `utc`, and Unix seconds with a fraction (AWS). errc::invalid with what
/// is wrong, which never repeats the cell.
[[nodiscard]] Result<Millis> read_cell_time(std::string_view cell, bool utc);

}  // namespace cl::api::import
