// From what is asked for to a plan: finds the entries, a step at a time, and what export.issued has to say of them. For a bundle that was
// issued, it finds the same again and holds it against what that entry says.
//
// Threads: one at a time; each step may come on another thread, with that thread's Queries.
#pragma once

#include "ledger/bundle/contact_set.hpp"
#include "ledger/bundle/plan.hpp"
#include "ledger/bundle/walk.hpp"
#include "ledger/core/sha256_stream.hpp"
#include "ledger/service/queries.hpp"

#include <optional>
#include <string>

namespace cl::bundle {

/// Whose ledger it is now.
struct Ledger {
    std::string origin{};
    std::string vkey{};
    std::string program{};
};

class Planner {
public:
    Planner(std::string account, Asked asked, Ledger ledger);

    /// Some of it; false when plan() is whole. errc::not_found: no such account, contact, list, or bundle that was issued;
    /// refused_by_policy: an entry that says of its bundle what is not so; too_large.
    [[nodiscard]] Result<bool> step(service::Queries& queries);
    /// Whole but for `issued…` of a new bundle, whose export.issued is still to be recorded.
    [[nodiscard]] Plan const& plan() const noexcept { return plan_; }
    /// `data` of that entry.
    [[nodiscard]] json::Object statement() const { return to_data(plan_.said); }
    /// The entry that was asked for, where one was.
    [[nodiscard]] std::optional<Seq> issued() const noexcept { return asked_.issued; }
    [[nodiscard]] std::size_t held() const noexcept { return plan_.held(); }

private:
    enum class Stage : std::uint8_t { begin, scan, choose, history, sum, done };

    [[nodiscard]] Result<void> begin(service::Queries& queries);
    [[nodiscard]] Result<void> begin_issued(service::Queries& queries);
    [[nodiscard]] Result<void> find_contact(service::Queries& queries);
    [[nodiscard]] Result<void> find_range(service::Records& records);
    /// The first account_seq whose entry satisfies `reached`, which all later ones do; account_seq_ + 1 if none does.
    template <class Reached>
    [[nodiscard]] Result<std::int64_t> first_where(service::Records& records, Reached const& reached) const;

    /// Definitions, earlier bundles, erasures, members of the list, in all of the account.
    [[nodiscard]] Result<bool> scan(service::Records& records);
    [[nodiscard]] Result<void> look_at(std::string const& bytes, std::int64_t account_seq, Seq seq);
    [[nodiscard]] Result<void> note_erasure(Hash32 const& contact, Seq seq);
    void sort_erasures();
    /// The entries of the list's members.
    [[nodiscard]] Result<bool> choose(service::Records& records);
    /// Keys, in all of the log.
    [[nodiscard]] Result<bool> history(service::Records& records);
    /// Digest and counts.
    [[nodiscard]] Result<bool> sum(service::Records& records);
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] Result<void> keep(std::vector<Seq>& seqs, Seq seq) const;

    Asked asked_;
    Ledger ledger_;
    Plan plan_;
    Stage stage_ = Stage::begin;
    std::optional<Statement> promised_;  // what the entry says that is asked for again
    std::int64_t account_seq_ = 0;       // the account's last one at tree_size
    std::int64_t next_ = 1;              // of a pass over the account or the log
    std::string member_text_;            // stands in each entry by which a contact came on the list
    std::string contact_text_;           // stands in each entry of the contact, where its chain is too long to be held
    ContactSet contacts_;                // members of the list, then contacts of the entries
    ContactSet inside_;                  // of the range
    std::vector<Hash32> members_;
    std::optional<Walk> walk_;
    Sha256 digest_;
};

}  // namespace cl::bundle
