// What a bundle is about, as it is asked for, and what its export.issued says (docs/bundle.md).
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/merkle.hpp"

#include <optional>
#include <string>

namespace cl::bundle {

/// The members that its kind has (bundle_format::scope).
struct Scope {
    std::string kind{};
    std::optional<Hash32> contact{};
    std::string list{};
    std::optional<Millis> since{};  ///< recorded at or after
    std::optional<Millis> until{};  ///< recorded before
    friend bool operator==(Scope const&, Scope const&) = default;
};

/// The body of `POST …/exports`: a new bundle of `scope`, or one again that was issued.
struct Asked {
    Scope scope{};
    std::string phone{};          ///< E.164, where the contact is named by its number
    std::optional<Seq> issued{};  ///< its export.issued
    bool redacted = false;
};

/// Reads it strictly. errc::invalid with the pointer of the first fault.
[[nodiscard]] Result<Asked> read_asked(json::Value const& posted);

/// What export.issued states.
struct Statement {
    Scope scope{};
    Hash32 digest{};           ///< SHA-256 of the entries, a line each
    std::int64_t entries = 0;  ///< lines
    merkle::Size tree_size = 0;
    std::int64_t last = 0;  ///< contact_seq of scope contact, else account_seq, at tree_size
    friend bool operator==(Statement const&, Statement const&) = default;
};

/// `scope` of manifest.json.
[[nodiscard]] json::Object to_json(Scope const& scope);
/// The name of Statement::last.
[[nodiscard]] std::string_view last_member(Scope const& scope) noexcept;
/// `data` of export.issued.
[[nodiscard]] json::Object to_data(Statement const& statement);
/// The same read back from an entry. errc::not_found where it is no export.issued, or one of a whole ledger.
[[nodiscard]] Result<Statement> read_statement(Entry const& entry);

}  // namespace cl::bundle
