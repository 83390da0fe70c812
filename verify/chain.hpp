// Order and linkage: seq without a gap, prev, account_seq, contact_seq and contact_prev, recorded_at never decreasing, ledger.created first
// and only there. Sees the entries one after the other.
//
// Threads: a Chain belongs to one thread.
#pragma once

#include "verify/book.hpp"
#include "verify/integrity_log.hpp"
#include "verify/item.hpp"

#include <optional>

namespace cl::verify {

class Chain {
public:
    explicit Chain(IntegrityLog& log) : log_(log) {}

    /// Where an item stands, as far as that can be told.
    struct Place {
        Seq seq = 0;           ///< its position in the log
        bool in_order = true;  ///< false: the position is not the one that it was written for
    };
    /// Judges position and prev.
    [[nodiscard]] Place place(Item const& item);
    /// Judges what counts within account and contact, and time. Only for entries that are in order.
    void link(Entry const& entry, Item const& item, Subjects const& subjects);

    /// Entries seen.
    [[nodiscard]] merkle::Size size() const noexcept { return seen_; }
    /// From this seq on positions are not what they were: the tree cannot be compared any more.
    [[nodiscard]] std::optional<Seq> broken_at() const noexcept { return broken_at_; }
    [[nodiscard]] std::optional<Millis> first_time() const noexcept { return first_time_; }
    [[nodiscard]] std::optional<Millis> last_time() const noexcept { return last_time_; }

private:
    void add(std::string_view id, Seq seq, std::string what);
    void break_at(Seq seq);
    [[nodiscard]] Place place_of_row(Seq row, std::optional<Seq> written);
    [[nodiscard]] Place place_of_line(std::optional<Seq> written);
    void check_fault(Item const& item, Place const& place);
    void check_prev(Hash32 const& prev, Seq seq);
    void check_time(Entry const& entry);

    IntegrityLog& log_;
    merkle::Size seen_ = 0;
    Seq expected_ = 0;
    std::optional<Seq> previous_;  // seq of the item before, if it was read
    Hash32 previous_leaf_;
    bool lenient_ = false;  // an entry was lost or unreadable: counts may jump forward
    std::optional<Seq> broken_at_;
    std::optional<Millis> first_time_;
    std::optional<Millis> last_time_;
};

}  // namespace cl::verify
