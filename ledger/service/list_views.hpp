// What the questions about many contacts ask and are answered with: check, lists, all contacts, obligations,
// reports.
//
// Threads: plain values.
#pragma once

#include "ledger/consent/check.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/state/projections.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cl::service {

/// `GET …/obligations`; empty = no filter on that.
struct ObligationFilter {
    enum class Status : std::uint8_t { open, closed, all };
    Status status = Status::open;
    std::string kind{};
    std::optional<std::string> assignee{};  ///< the empty one: nobody's
    std::optional<Millis> due_before{};
    std::optional<Hash32> contact{};
    std::size_t limit = 0;
    std::string cursor{};
};

/// A list that is defined, or that somebody stands on all the same.
struct ListView {
    std::string id;
    std::optional<consent::ListDef> definition;
};

/// One row of all contacts, or of a list's members.
struct ContactRow {
    Hash32 contact;
    bool opted_in = false;
    bool blocked = false;
    bool erased = false;
    Level level = Level::none;
    std::size_t lists = 0;        ///< on which the contact stands
    std::size_t obligations = 0;  ///< open ones
    Seq first_seq = -1;
    Seq last_seq = -1;
    std::optional<consent::Membership> membership;  ///< of the list that was asked for
};

/// `GET …/contacts`, `GET …/lists/{list}/contacts`.
struct ContactFilter {
    enum class Status : std::uint8_t { all, opted_in, opted_out, blocked, erased };
    std::string list{};  ///< empty: all contacts
    Status status = Status::all;
    Level at_least = Level::none;
    std::size_t limit = 0;
    std::string cursor{};
};

/// An account as it stands at a checkpoint: its definitions, packs, holds.
struct AccountView {
    std::shared_ptr<consent::AccountState const> state;
    Seq last = -1;  ///< the checkpoint's last entry
};

/// What keeps a contact's openings, and what ended them.
struct CustodyView {
    std::vector<std::string> holds;  ///< matters on the contact or its account, sorted
    std::optional<Seq> erased_by;    ///< its last subject.erased
    Millis erased_at = 0;
};

}  // namespace cl::service
