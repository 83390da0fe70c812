// Erasing a person (docs/promises.md "Erasure"): which openings go, and what forbids it. The entry comes first, the vault follows; whoever
// starts the service later does the vault's part again.
//
// Threads: pure but for the reading function that is passed in.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cl::service {

/// The bytes of an entry that is known to be there.
using EntryReader = std::function<Result<std::string>(Seq)>;

/// Visits a contact's entries from `last` back to the first, by their back-links; stops where `visit` returns false.
/// errc::chain_broken if a back-link leads nowhere earlier, errc::store_corrupt if an entry cannot be read.
[[nodiscard]] Result<void> walk_contact(Seq last, EntryReader const& read, std::function<bool(Entry const&)> const& visit);

/// The entries whose openings go by subject.erased entries (the contact's own, up to and with that one), a portion at a time. It walks back to
/// the contact's subject.erased before that one and no further: what came before went by that one, which is applied as well, at the
/// start or by the sweep. So all the erasures of a contact together walk its entries once.
///
/// Threads: belongs to who holds it.
class ErasureWalk {
public:
    /// An entry that is none is passed over.
    void add(Seq erasure) { erasures_.push_back(erasure); }
    [[nodiscard]] bool empty() const noexcept { return erasures_.empty() && at_ < 0; }
    /// The next ones, at most `most`; none at the end. Errors as walk_contact.
    [[nodiscard]] Result<std::vector<Seq>> next(std::size_t most, EntryReader const& read);

private:
    std::vector<Seq> erasures_;  ///< not begun
    Seq at_ = -1;                ///< where the one that was begun goes on; -1: none was
};

/// The legal holds in force on a contact whose newest entry is `last`: the matter, and the hold.placed that it stands by. A hold forbids
/// erasure, so none that was placed before the contact's last subject.erased is in force.
[[nodiscard]] Result<std::map<std::string, Seq>> contact_holds(Seq last, EntryReader const& read);

/// True if the bytes may be a subject.erased entry: a quick test before decoding. Never false for one.
[[nodiscard]] bool looks_like_erasure(std::string_view entry_bytes) noexcept;

}  // namespace cl::service
