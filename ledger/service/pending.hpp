// The projections as they will be once the entries in hand are durable: what is there, and over it what these entries change. The
// writer's batches and the catch-up at start go through the same door, so that a replay makes the same rows.
//
// Threads: belongs to the writer.
#pragma once

#include "ledger/consent/pack.hpp"
#include "ledger/consent/state.hpp"
#include "ledger/core/entry.hpp"
#include "ledger/state/projections.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cl::service {

/// The pack that decides for an account's next entry. Null: a new account. Where a newer program activated a pack that this one does not
/// know, `texting`: no entry is refused for it, the entry says by which pack it was judged, and the verifier says that it is another.
[[nodiscard]] consent::Pack const& pack_of(consent::AccountState const* account) noexcept;

class Pending {
public:
    /// `reader` must outlive the object and see everything merged before.
    explicit Pending(state::Reader& reader) : reader_(&reader) {}

    /// Null for an unknown contact or account. errc of the reader.
    [[nodiscard]] Result<std::shared_ptr<consent::ContactState const>> contact(std::string_view account,
                                                                               Hash32 const& contact) const;
    [[nodiscard]] std::shared_ptr<consent::AccountState const> account(std::string_view account) const;
    [[nodiscard]] Result<std::optional<state::RequestRecord>> request(Hash32 const& key) const;
    /// The finding of that rule about that entry, of this batch or before it.
    [[nodiscard]] Result<std::optional<state::FindingRow>> finding(std::string_view account, Seq seq,
                                                                   std::string_view rule) const;
    [[nodiscard]] std::optional<state::TokenRecord> token(std::string_view id) const;

    /// An entry's effect, not yet kept: keep() or undo() it before the next one.
    struct Step {
        consent::Outcome outcome;
        std::shared_ptr<consent::ContactState const> contact;  ///< after the entry; null for an entry without
        std::shared_ptr<consent::ContactState const> before;   ///< null for the contact's first entry as well
        std::optional<consent::AccountState>
            account_before;  ///< for entries that may change more of the account than its counters
        std::int64_t account_seq_before = 0;
        Seq last_seq_before = -1;
        std::optional<consent::Burst> burst_before;  ///< of the entry's actor
    };
    /// Runs the state machine. An entry without an account has no state to change.
    [[nodiscard]] Result<Step> apply(Entry const& entry, consent::Kind kind, consent::Pack const& pack);
    void undo(Entry const& entry, Step&& step);
    /// Adds the entry's rows: states, index, request, findings, tokens.
    void keep(Entry const& entry, consent::Kind kind, Step&& step);

    /// Everything kept, for Projections::merge.
    [[nodiscard]] state::BatchChanges take();

private:
    consent::AccountState& account_for_update(std::string const& account);
    void keep_token(Entry const& entry, consent::Kind kind);

    state::Reader* reader_;
    std::map<std::string, std::shared_ptr<consent::AccountState>, std::less<>> accounts_;
    state::BatchChanges changes_;
};

}  // namespace cl::service
