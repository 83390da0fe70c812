// What one unit of work comes to: rows counted and judged, without any order but their own.
//
// Threads: plain values; judge() is pure but for the reader it is given.
#pragma once

#include "verify/reconcile/row.hpp"
#include "verify/reconcile/rule.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace cl::verify::reconcile {

/// A finding about one row.
struct Hit {
    std::uint8_t rule = 0;  ///< place in all_rules()
    bool rejection = false;
    std::int64_t row = 0;
    Millis at = 0;
    Hash32 id;
    Contact const* contact = nullptr;
    ListId list = no_list;
    Facts facts;
};

/// A text that may be the confirmation of an opt-out, or a contact's first message: judged when all are known.
struct Mention {
    Contact const* contact = nullptr;
    Seq seq = -1;  ///< the opt-out's
    Millis out_at = 0;
    Millis at = 0;
    std::int64_t row = 0;
    /// The earlier one, of the same time the one that stands first.
    [[nodiscard]] friend bool operator<(Mention const& a, Mention const& b) noexcept {
        return a.at != b.at ? a.at < b.at : a.row < b.row;
    }
};

/// The last message before a request to be taken off one list: what that request answers.
struct Prompt {
    Mention message;
    SendType type = SendType::unknown;
};
/// Keeps the later of the two.
void keep_later(Prompt& kept, Prompt const& other) noexcept;

struct BadRowAt {
    std::int64_t row = 0;
    BadRow reason{};
};

inline constexpr std::size_t outcome_count = static_cast<std::size_t>(Outcome::other_code) + 1;
inline constexpr std::size_t bad_row_count = static_cast<std::size_t>(BadRow::count_of_reasons);

struct Counts {
    std::int64_t rows = 0;  ///< records, the header not counted, empty lines neither
    std::int64_t blank = 0;
    std::array<std::int64_t, outcome_count> outcomes{};
    std::array<std::int64_t, bad_row_count> bad{};
    std::int64_t judged = 0;
    std::int64_t untyped = 0;  ///< judged, type unknown: no campaign rule applies
    std::int64_t campaigns = 0;
    std::int64_t without_list = 0;    ///< campaigns that name no list
    std::int64_t without_offset = 0;  ///< campaigns whose hour is not known
    std::int64_t without_text = 0;    ///< campaigns whose text is not known
    std::int64_t not_judged = 0;      ///< of contacts that could not be held in memory
    std::int64_t beyond = 0;          ///< later than the ledger's last entry
    std::optional<Millis> first;      ///< of those judged
    std::optional<Millis> last;
    [[nodiscard]] std::int64_t bad_rows() const noexcept;
    void add(Counts const& other);
};

struct Tally {
    std::int64_t records = 0;  ///< blank ones too: what row numbers count
    Counts counts;
    std::vector<Hit> hits;
    std::vector<Mention> confirmations;
    std::vector<Mention> first_messages;
    std::vector<Mention> replies;             ///< texts that may answer a trigger; `seq` is the trigger's
    std::unordered_map<Seq, Prompt> prompts;  ///< by the request
    std::vector<bool> accounts;               ///< by number: had a row judged
    std::vector<BadRowAt> bad;                ///< the first limits::reconcile_bad_rows
};

/// Reads and judges the records of `text`; rows are numbered from 0 within it. `ledger_end`: when the ledger's last entry was recorded.
[[nodiscard]] Tally judge(std::string_view text, FileShape const& shape, History const& history, Settings const& settings,
                          Millis ledger_end);

}  // namespace cl::verify::reconcile
