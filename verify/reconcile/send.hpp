// One message that a platform says it sent, and one row that cannot be read as such.
//
// Threads: plain values, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/hash32.hpp"

#include <cstdint>
#include <string_view>

namespace cl::verify::reconcile {

enum class SendType : std::uint8_t { unknown, one_to_one, campaign, confirmation, autoreply };

enum class Outcome : std::uint8_t {
    sent,        ///< handed to the carrier, or nothing else is said
    delivered,   ///< the carrier says that it arrived
    opted_out,   ///< refused because the platform or the carrier counts the number as opted out
    not_sent,    ///< never handed on: queued, cancelled, failed or rejected for another reason
    inbound,     ///< not a send at all: the contact's own message
    other_code,  ///< in a file of rejections: refused for another reason than an opt-out
};

/// What a flag column says; columns may be absent.
enum class Flag : std::uint8_t { unknown, no, yes };

/// A list as a number, given by History; 0 = no list named.
using ListId = std::uint32_t;
inline constexpr ListId no_list = 0;
inline constexpr ListId unknown_list = 0xffff'ffff;  ///< one that the ledger never heard of

struct Send {
    Hash32 contact;
    Millis at = 0;
    Millis utc_offset = 0;  ///< of the recipient's clock, if has_offset
    ListId list = no_list;
    SendType type = SendType::unknown;
    Outcome outcome = Outcome::sent;
    Flag marketing = Flag::unknown;
    Flag opt_out_text = Flag::unknown;  ///< the text says how to opt out
    bool has_offset = false;
    char state[2] = {' ', ' '};  ///< the recipient's US state, upper case
};

/// Why a row cannot be judged.
enum class BadRow : std::uint8_t {
    quote_inside,
    text_after_quote,
    unclosed_quote,
    too_long,
    field_too_long,
    too_many_fields,
    other_field_count,
    not_json,
    no_contact,
    bad_contact,
    bad_number,
    no_account,
    unknown_account,
    bad_account,
    no_contact_key,
    bad_time,
    no_time_zone,
    bad_type,
    bad_flag,
    bad_offset,
    count_of_reasons,
};
/// Stable, for programs: `no_time_zone`.
[[nodiscard]] std::string_view name(BadRow reason) noexcept;
/// For people. Never repeats what stands in the row.
[[nodiscard]] std::string_view describe(BadRow reason) noexcept;

}  // namespace cl::verify::reconcile
