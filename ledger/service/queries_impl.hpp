// The reading side behind its interface. Every answer is about one published checkpoint: what the writer merged or committed since then
// is left out of it.
//
// Threads: as Queries, one object for each reader thread.
#pragma once

#include "ledger/core/limits.hpp"
#include "ledger/service/core.hpp"
#include "ledger/service/records_impl.hpp"
#include "ledger/service/tile_source.hpp"

#include <memory>

namespace cl::service {

class QueriesImpl final : public Queries {
public:
    [[nodiscard]] static Result<std::unique_ptr<Queries>> make(std::shared_ptr<Core> core);

    Hash32 contact_of(std::string_view account, std::string_view e164) const override;
    Result<ContactView> contact(std::string_view account, Hash32 const& contact, std::optional<Millis> at,
                                std::optional<Millis> known_at) override;
    Result<Page<EntryView>> history(std::string_view account, Hash32 const& contact, std::size_t limit,
                                    std::string_view cursor) override;
    Result<Page<EntryView>> changes(std::string_view account, ChangeFilter const& filter) override;
    Result<ActivityView> activity(std::string_view account, Millis since) override;
    Result<Page<FindingView>> findings(std::string_view account, FindingFilter const& filter) override;
    Result<FindingCounts> finding_counts(std::string_view account) override;
    Result<CheckView> check(std::string_view account, consent::CheckMessage const& message,
                            std::span<std::string const> numbers) override;
    Result<Page<state::ObligationRow>> obligations(std::string_view account, ObligationFilter const& filter) override;
    Result<Page<ListView>> lists(std::string_view account, std::size_t limit, std::string_view cursor) override;
    Result<Page<ContactRow>> contacts(std::string_view account, ContactFilter const& filter) override;
    Result<HoldsView> holds(std::string_view account, std::optional<Hash32> const& contact) override;
    Result<ErasureView> erasure(std::string_view account, Hash32 const& contact) override;
    Result<Standing> standing(std::string_view account, consent::ChangeItem const& definition) override;
    Result<AccountView> account(std::string_view account) override;
    Result<std::shared_ptr<consent::ContactState const>> state(std::string_view account, Hash32 const& contact) override;
    Result<std::vector<Seq>> chain(std::string_view account, Hash32 const& contact) override;
    Result<EntryView> view(std::string_view account, Seq seq) override;
    Result<std::optional<std::string>> opening(Seq seq, std::string_view pointer) override;
    Result<CustodyView> custody(std::string_view account, Hash32 const& contact) override;
    Result<std::string> entry(Principal const& principal, Seq seq) override;
    Result<std::string> proof(Principal const& principal, Seq seq) override;
    Result<std::string> tile(tile::Coord const& coord) override;
    Records& records() override { return records_; }

private:
    QueriesImpl(std::shared_ptr<Core> core, std::unique_ptr<log::LogReader> log, std::unique_ptr<state::Reader> state)
        : core_(std::move(core)),
          log_(std::move(log)),
          state_(std::move(state)),
          tiles_(*log_),
          records_(*core_, *log_, *state_, tiles_) {}

    /// What is published and a contact's state in it: never a state ahead of the checkpoint. Null for an unknown contact.
    struct Seen {
        std::shared_ptr<Published const> published;
        std::shared_ptr<consent::ContactState const> state;
    };
    [[nodiscard]] Result<Seen> see(std::string_view account, Hash32 const& contact);
    [[nodiscard]] Result<consent::ContactState> replay(std::string_view account, Seq last, std::optional<Millis> at,
                                                       std::optional<Millis> known_at, std::vector<Seq>& because);
    /// What is published and the account in it. errc::not_found.
    struct SeenAccount {
        std::shared_ptr<Published const> published;
        std::shared_ptr<consent::AccountState const> state;
    };
    [[nodiscard]] Result<SeenAccount> see(std::string_view account);
    /// True if some contact stands on the list, by an entry up to `last`.
    [[nodiscard]] Result<bool> anybody_on(std::string_view account, std::string_view list, Seq last);
    [[nodiscard]] Result<std::string> bytes_of(Seq seq);
    /// The account's entry of that account_seq, if it is not newer than `last`.
    [[nodiscard]] Result<std::optional<Entry>> published_at(std::string_view account, std::int64_t position, Seq last);
    /// The entry that a setting stands by, -1 if none does; may be newer than what is published.
    [[nodiscard]] Result<Seq> stands_by(std::string_view account, consent::AccountState const& state,
                                        consent::ChangeItem const& definition);
    [[nodiscard]] Result<Seq> hold_of(consent::AccountState const& state, Seq last, std::string_view matter);
    [[nodiscard]] Result<ItemResult> replayed(Seq seq, std::string bytes, Entry const& entry, Published const& published);
    [[nodiscard]] Result<std::vector<FindingView>> findings_of(std::string_view account, Seq seq);
    /// The finding with the waiver that is in force now and published, and what its entry says. `account` may be null.
    [[nodiscard]] Result<FindingView> with_waiver(state::FindingRow&& row, consent::AccountState const* account);
    [[nodiscard]] Result<EntryView> view_of(std::string_view account, Entry const& entry, std::string bytes,
                                            std::int64_t position);
    [[nodiscard]] Result<std::string> entry_within(Principal const& principal, Seq seq, Published const& published);
    /// The projections are of use only when they have caught up.
    [[nodiscard]] Result<void> check_ready() const;

    friend class ChangePager;
    friend class ContactPager;
    friend class ContactSweep;
    friend class ObligationPager;

    std::shared_ptr<Core> core_;
    std::unique_ptr<log::LogReader> log_;
    std::unique_ptr<state::Reader> state_;
    TileSource tiles_;
    RecordsImpl records_;
};

[[nodiscard]] AsOf as_of(Published const& published);
/// The page size that is meant: the default for 0, never more than limits::page_items.
[[nodiscard]] std::size_t page_size(std::size_t wanted) noexcept;
/// What a page still takes: entries up to its size, and bytes up to limits::page_bytes; one entry in any case.
class PageRoom {
public:
    explicit PageRoom(std::size_t wanted) : items_(page_size(wanted)) {}
    [[nodiscard]] bool full() const noexcept { return items_ == 0 || bytes_ >= limits::page_bytes; }
    void add(EntryView const& view) noexcept;

private:
    std::size_t items_;
    std::size_t bytes_ = 0;
};

}  // namespace cl::service
