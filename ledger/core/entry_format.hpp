// The three parts that encode and decode are made of: the rules of an entry, its writer, its reader. Used by entry*.cpp only.
//
// Threads: pure functions, any thread.
#pragma once

#include "ledger/core/entry.hpp"

namespace cl::entry_format {

/// Which members go together, ranges, ids (docs/format.md "Entry"). errc::invalid with the pointer of what is wrong.
[[nodiscard]] Result<void> check(Entry const& entry);

/// Whether `data` could be read back: depth, integers, UTF-8. Not needed for what json::parse made. errc::invalid.
[[nodiscard]] Result<void> check_data(json::Object const& data);

/// Appends the bytes of a checked entry.
void write(Entry const& entry, std::string& out);

/// The typed form of a parsed entry of version 1, not yet checked; `root` is emptied of what is large. errc::entry_malformed.
[[nodiscard]] Result<Entry> read(json::Object& root);

}  // namespace cl::entry_format
