// Everything that states a size and a root: stored checkpoints, the export's trailer, the head file, trusted checkpoints, the pin. Each is
// compared with the root that is recomputed when the entries reach its size.
//
// Threads: Claims belongs to one thread.
#pragma once

#include "verify/integrity_log.hpp"
#include "verify/item.hpp"
#include "verify/source.hpp"
#include "verify/tree.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cl::verify {

struct Claim {
    ClaimFrom from{};
    std::string where;  ///< for sentences
    CheckedNote note;   ///< of the pin: its size and root, nothing signed
};

class Claims {
public:
    /// `name`: the ledger's first, as its entry 0 has it.
    Claims(IntegrityLog& log, std::vector<Claim> fixed, std::string name);

    /// Stored checkpoints that lie within the next entries, or beyond the end.
    void offer(std::vector<CheckedNote> stored);
    /// One more, of a size that was not passed yet.
    void expect(Claim claim);
    /// Instead of offer(), once the entries are out of order: counted, not kept.
    void pass_over(std::vector<CheckedNote> const& stored) noexcept;
    /// After an entry that lets another key sign what follows, a signature that does not fit proves nothing.
    void identity_changes_after(Seq seq);
    /// What follows is signed by the same key under another name (ledger.restored), and no more under the one before.
    void renamed_after(Seq seq, std::string name);
    /// The smallest size that is still waiting; the largest number if there is none.
    [[nodiscard]] merkle::Size next() const noexcept;
    /// Judges what waits for exactly this size.
    void meet(Tree const& tree);
    /// The entries are over. `compared`: all of them, in order; otherwise what is left proves nothing.
    void finish(merkle::Size size, bool compared);

    /// The largest size whose root a valid signature of the key confirms.
    [[nodiscard]] merkle::Size signed_to() const noexcept { return signed_to_; }
    /// The signed checkpoint of that size.
    [[nodiscard]] std::string const& signed_note() const noexcept { return signed_note_; }
    /// Its root.
    [[nodiscard]] Hash32 const& signed_root() const noexcept { return signed_root_; }
    [[nodiscard]] std::int64_t confirmed(ClaimFrom from) const;
    [[nodiscard]] std::int64_t not_compared() const noexcept { return not_compared_; }
    /// Whether the ledger has, or had, that name.
    [[nodiscard]] bool has_name(std::string_view name) const;
    [[nodiscard]] bool identity_unknown() const noexcept { return identity_unknown_; }

private:
    [[nodiscard]] std::string const& name_at(merkle::Size size) const;
    [[nodiscard]] bool named_rightly(Claim const& claim);
    [[nodiscard]] bool acceptable(Claim const& claim);
    void judge(Claim const& claim, Hash32 const& root);
    void cut_off(Claim const& claim, merkle::Size size);

    IntegrityLog& log_;
    std::vector<Claim> fixed_;  // by size
    std::size_t next_fixed_ = 0;
    std::deque<Claim> stored_;
    std::vector<std::pair<Seq, std::string>> names_;  // after which entry, in order
    std::optional<Seq> identity_change_;
    bool identity_unknown_ = false;
    merkle::Size good_to_ = 0;
    merkle::Size signed_to_ = 0;
    std::string signed_note_;
    Hash32 signed_root_;
    std::vector<std::int64_t> confirmed_ = std::vector<std::int64_t>(5);
    std::int64_t not_compared_ = 0;
};

}  // namespace cl::verify
