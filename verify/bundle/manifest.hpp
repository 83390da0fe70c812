// data/manifest.json and data/keys.json, read strictly: what the bundle says of itself. Nothing here is believed: each value is compared with
// what is there (docs/bundle.md).
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "ledger/core/bundle_format.hpp"
#include "ledger/core/clock.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/core/merkle.hpp"
#include "ledger/core/note.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify::bundle {

/// What was asked for.
struct Scope {
    std::string kind;               ///< one of bundle_format::scope
    std::optional<Hash32> contact;  ///< with `contact`
    std::string list;               ///< with `list`
    std::optional<Millis> since;    ///< with `range`, or
    std::optional<Millis> until;    ///< with `range`
    friend bool operator==(Scope const&, Scope const&) = default;
};

/// How many values are shown, and how many are not and why.
struct Shown {
    std::int64_t full = 0;
    std::int64_t withheld = 0;
    std::int64_t erased = 0;
    friend bool operator==(Shown const&, Shown const&) = default;
};

struct Manifest {
    std::string origin;
    std::string account;
    Scope scope;
    bool redacted = false;
    Seq issued = 0;  ///< seq of export.issued
    Millis issued_at = 0;
    std::string token;  ///< who asked; empty = not by a token
    merkle::Size tree_size = 0;
    merkle::Size checkpoint_size = 0;
    Hash32 digest;
    std::int64_t entries = 0;
    Seq first_seq = 0;
    Seq last_seq = 0;
    std::map<std::string, std::int64_t> kinds;
    std::int64_t context = 0;
    Shown openings;
    Shown contacts;
    std::optional<std::int64_t> last_contact_seq;
    std::optional<std::int64_t> last_account_seq;
    std::vector<merkle::Size> earlier;
    std::string program;  ///< that made it; nothing signed says so
};

/// errc::malformed, and errc::store_foreign for a format that this program does not know.
[[nodiscard]] Result<Manifest> parse_manifest(std::string_view text);

/// One part of the ledger's history.
struct KeySpan {
    std::string vkey;
    Seq from = 0;
    std::optional<Seq> to;  ///< nothing: to the end
    friend bool operator==(KeySpan const&, KeySpan const&) = default;
};
struct Keys {
    std::string origin;
    std::vector<KeySpan> spans;
    friend bool operator==(Keys const&, Keys const&) = default;
};
/// errc::malformed.
[[nodiscard]] Result<Keys> parse_keys(std::string_view text);

}  // namespace cl::verify::bundle
