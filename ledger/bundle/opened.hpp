// What the vault still has of an entry's personal values, and which of it this bundle shows.
//
// Threads: as Queries.
#pragma once

#include "ledger/bundle/plan.hpp"
#include "ledger/bundle/walk.hpp"
#include "ledger/service/queries.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::bundle {

/// A personal value: content and salt, or why it is absent.
struct Value {
    std::optional<service::Opened> opened{};
    std::string_view absent{};  ///< bundle_format::withheld, bundle_format::erased
};

/// False only for bytes of an entry that commits to nothing: found without reading it, as canonical JSON has one spelling.
[[nodiscard]] bool may_commit(std::string_view bytes) noexcept;
/// The places of commitments in an entry, in rising order of their text.
[[nodiscard]] std::vector<std::string> commitments(Entry const& entry);
/// What is at one of them. errc::refused_by_policy where it is gone and no entry that the bundle speaks of erased it: nobody could tell such a
/// bundle from one that hides something.
[[nodiscard]] Result<Value> open(Plan const& plan, service::Queries& queries, Read const& read, std::string const& pointer);
/// A contact's number, with its salt. `contact`: of the plan's. The same.
[[nodiscard]] Result<Value> number_of(Plan const& plan, service::Queries& queries, Hash32 const& contact);

}  // namespace cl::bundle
