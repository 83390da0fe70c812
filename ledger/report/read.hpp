// Private: what several sources read in the same way: entries of an account or of one contact, numbers, and words for what they find.
//
// Threads: as Source.
#pragma once

#include "ledger/report/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cl::report {

/// One entry with what was found about it.
struct Seen {
    Entry entry;
    std::string bytes;
    std::vector<service::FindingView> findings;
};

/// All entries of the contact that the filter names, oldest first, whatever else it asks for.
class ContactWalk {
public:
    /// A page; false when there are no more. errc::not_found for an unknown contact, errc::too_large above limits::contact_replay.
    [[nodiscard]] Result<bool> step(Desk const& desk, std::function<Result<void>(Seen&&)> const& visit);
    /// Counts texts that a visit has opened against the page.
    void weigh(std::size_t bytes) noexcept { bytes_ += bytes; }

private:
    std::vector<Seq> chain_;
    std::size_t at_ = 0;
    std::size_t bytes_ = 0;  // of the page in hand
};

/// The account's entries that the report's filter asks for, oldest first; where it names a contact, along that contact's own entries.
class EntryWalk {
public:
    /// `kinds`: what the report is about; the filter's own kinds choose among them. Empty: all.
    explicit EntryWalk(std::vector<std::string> kinds = {}) : kinds_(std::move(kinds)) {}
    /// A page; false when there are no more.
    [[nodiscard]] Result<bool> step(Desk const& desk, std::function<Result<void>(Seen const&)> const& visit);

private:
    void begin(Desk const& desk);

    std::vector<std::string> kinds_;
    service::ChangeFilter filter_;
    ContactWalk contact_;
    bool begun_ = false;
    bool nothing_ = false;  // the filter leaves no kind
};

/// An entry of the account.
[[nodiscard]] Result<Entry> entry_at(Desk const& desk, Seq seq);
/// What the report's filter asks of an entry, for service::matches.
[[nodiscard]] service::ChangeFilter entry_filter(Filter const& filter);
/// A contact's number: opened, masked or left out as the filter says; `erased` where the vault has it no more.
[[nodiscard]] Result<Cell> number_of(Desk const& desk, consent::ContactState const* state);
/// The same for a contact by id.
[[nodiscard]] Result<Cell> number_of(Desk const& desk, std::optional<Hash32> const& contact);
/// opted_in, opted_out, blocked, erased; empty for an unknown contact.
[[nodiscard]] std::string_view status_of(consent::ContactState const* state) noexcept;
/// The pack that judged an entry.
[[nodiscard]] consent::Pack const& pack_at(Desk const& desk, Seq seq) noexcept;
[[nodiscard]] consent::Pack const& pack_now(Desk const& desk) noexcept;
/// The words, with `between` between them.
[[nodiscard]] std::string join(std::vector<std::string> const& words, std::string_view between = " ");
/// The rules, each with what became of the finding: `CL-001 (closed by 41) CL-010`.
[[nodiscard]] std::string rules_of(std::vector<service::FindingView> const& findings);
[[nodiscard]] std::string evidence_kinds(Entry const& entry);
/// A text member of an item of evidence as it was posted, where it has one, the vault has it still, and it may be shown.
[[nodiscard]] Result<std::string> evidence_member(Desk const& desk, Entry const& entry, std::size_t index,
                                                  std::string_view name);
[[nodiscard]] Cell actor_cell(Entry const& entry);
/// The list that an entry is about, else those that it or its evidence names for a consent, each once.
[[nodiscard]] Cell lists_cell(Entry const& entry);
[[nodiscard]] bool in_time(Filter const& filter, Millis time) noexcept;

}  // namespace cl::report
