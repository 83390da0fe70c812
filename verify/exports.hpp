// Each export.issued against the ledger that it stands in: it states how many entries its contact or account had when the log was so long.
// Whoever left something out of an evidence bundle signed that statement, so the lie is seen here.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/consent/rules.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/core/merkle.hpp"
#include "verify/book.hpp"

#include <cstdint>
#include <deque>
#include <optional>

namespace cl::verify {

class Exports {
public:
    /// `window`: entries before a statement that can lie between it and the length of the log that it speaks of.
    explicit Exports(std::size_t window = limits::verify_export_window) : window_(window) {}

    /// An export.issued, before the chain counts it. The finding if it states what is not so.
    [[nodiscard]] std::optional<consent::Finding> judge(Entry const& entry, Subjects const& subjects, Book const& book);
    /// Every entry in order, after that.
    void see(Seq seq, Subjects const& subjects);

    /// Statements whose counts were compared.
    [[nodiscard]] std::int64_t compared() const noexcept { return compared_; }
    /// Of these, those whose number of entries follows from no count that is kept: of a list, of a time.
    [[nodiscard]] std::int64_t in_part() const noexcept { return in_part_; }
    /// Statements about a length of the log that lies too far back.
    [[nodiscard]] std::int64_t not_compared() const noexcept { return not_compared_; }

private:
    struct Recent {
        Seq seq = 0;
        AccountSlot const* account = nullptr;
        ContactSlot const* contact = nullptr;
    };
    [[nodiscard]] std::optional<std::int64_t> count_at(merkle::Size size, AccountSlot const* account,
                                                       ContactSlot const* contact) const;

    std::size_t window_;
    std::deque<Recent> recent_;
    std::int64_t compared_ = 0;
    std::int64_t in_part_ = 0;
    std::int64_t not_compared_ = 0;
};

}  // namespace cl::verify
