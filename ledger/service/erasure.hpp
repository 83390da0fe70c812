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

/// The entries whose openings a subject.erased at `seq` removes: the contact's own, up to and with that one, newest first.
[[nodiscard]] Result<std::vector<Seq>> erased_by(Seq seq, EntryReader const& read);

/// The legal holds in force on a contact whose newest entry is `last`: the matter, and the hold.placed that it stands by.
[[nodiscard]] Result<std::map<std::string, Seq>> contact_holds(Seq last, EntryReader const& read);

/// True if the bytes may be a subject.erased entry: a quick test before decoding. Never false for one.
[[nodiscard]] bool looks_like_erasure(std::string_view entry_bytes) noexcept;

}  // namespace cl::service
