// The words that exports use, and what they mean here.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/export_words.hpp"
#include "verify/reconcile/columns.hpp"
#include "verify/reconcile/send.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace cl::verify::reconcile {

using exports::contains;
using exports::is_any;
using exports::read_number;
using exports::read_time;

/// Nothing for a word that is no type. Empty, and a channel such as `sms`, are unknown.
[[nodiscard]] std::optional<SendType> read_type(std::string_view text);

/// What a status says. Words that are not known count as sent: what may have gone out is judged.
[[nodiscard]] Outcome read_status(std::string_view text);
[[nodiscard]] bool is_inbound(std::string_view direction);

/// Whether a code or a reason says that the platform counts the number as opted out. Codes mean different things on different platforms:
/// `200` is Plivo's opt-out and Bandwidth's success.
[[nodiscard]] bool means_opted_out(Layout layout, std::string_view code, std::string_view reason);

[[nodiscard]] std::optional<Flag> read_flag(std::string_view text);
/// `+hh:mm`, `-hh:mm`, `Z`.
[[nodiscard]] std::optional<Millis> read_offset(std::string_view text);

/// Whether a campaign's text tells how to opt out (S16): STOP, OPTOUT, "opt out", unsubscribe, in any case.
[[nodiscard]] bool tells_how_to_opt_out(std::string_view body);

}  // namespace cl::verify::reconcile
