// The reading side: what a number's state is, what happened, what is wrong, and the proofs. Blocking calls for reader threads.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"
#include "ledger/core/tile.hpp"
#include "ledger/service/list_views.hpp"
#include "ledger/service/records.hpp"
#include "ledger/service/requests.hpp"
#include "ledger/state/projections.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cl::service {

/// The signed checkpoint an answer refers to.
struct AsOf {
    Seq seq = -1;            ///< the last entry it covers
    std::string checkpoint;  ///< the note
};

/// `POST …/contacts/lookup`, `GET …/contacts/{contact}` (docs/http-api.md "A look-up").
struct ContactView {
    Hash32 contact;
    bool known = false;
    consent::ContactState state;  ///< as of now, `open` is without what is waived; in the past, with it
    std::vector<Seq> because;     ///< the entries that made the state: last change of opted_in/blocked/level/lists, newest last
    AsOf as_of;
};

/// What is said of a finding that is waived now.
struct WaiverView {
    Seq by = -1;  ///< the finding.waived entry
    Millis until = 0;
    std::optional<Actor> actor;
    std::optional<std::string> reason;  ///< absent where its opening was erased
};

/// A finding as it stands: closed by an entry, else waived, else open.
struct FindingView : state::FindingRow {
    std::optional<WaiverView> waiver;
};

/// One entry of a list, with what was found about it.
struct EntryView {
    Seq seq = -1;
    std::int64_t position = 0;  ///< account_seq or contact_seq, the cursor
    std::string bytes;
    std::vector<FindingView> findings;
};

template <class T>
struct Page {
    std::vector<T> items;
    bool has_more = false;
    std::string next_cursor;   ///< empty at the end. A page of entries may end early, at limits::page_bytes
    std::int64_t read_to = 0;  ///< of changes, oldest first: the account_seq up to which all entries were looked at
    AsOf as_of;
};

enum class Order : std::uint8_t { newest_first, oldest_first };

/// `GET …/changes`: empty = no filter on that.
struct ChangeFilter {
    std::vector<std::string> kinds;
    std::string actor;            ///< actor.id
    std::string platform;         ///< source.platform
    std::string list;             ///< named by the data, by evidence, or by a change of membership
    std::string record;           ///< source.record
    std::optional<Millis> since;  ///< recorded_at >=
    std::optional<Millis> until;  ///< recorded_at <
    std::optional<std::int64_t>
        after;  ///< account_seq greater than this (a change feed; oldest first); errc::invalid beyond the newest one
    Order order = Order::newest_first;
    std::size_t limit = 0;
    std::string cursor;
};

/// Whether an entry of the account is one that the filter asks for, its paging aside.
[[nodiscard]] bool matches(Entry const& entry, ChangeFilter const& filter);

/// Open findings, by severity: waived and closed ones are not among them.
struct FindingCounts {
    std::array<std::int64_t, 5> open{};  ///< by consent::Severity
    bool complete = true;                ///< false: the account has more than limits::finding_count_scan findings
    AsOf as_of;
};

/// What was recorded on one UTC day.
struct ActivityDay {
    Millis start = 0;  ///< of the day
    std::int64_t entries = 0;
    std::int64_t opt_ins = 0;   ///< opt_in.*
    std::int64_t opt_outs = 0;  ///< opt_out.*
    std::int64_t blocks = 0;    ///< contact.blocked
};
struct ActivityView {
    std::vector<ActivityDay> days;  ///< oldest first, without those on which nothing was recorded
    bool complete = true;           ///< false: there was more than is counted
    Millis counted_from = 0;        ///< everything recorded since then is counted
    AsOf as_of;
};

inline constexpr Millis day_ms = 24LL * 3600 * 1000;
/// Of the UTC day that the time is in.
[[nodiscard]] Millis start_of_day(Millis time) noexcept;

/// `POST …/check`, in the order of the request.
struct CheckView {
    std::vector<consent::CheckAnswer> results;
    AsOf as_of;
};

/// A legal hold that forbids erasure.
struct HoldView {
    std::string matter;
    Seq seq = -1;             ///< its hold.placed
    bool of_account = false;  ///< on everybody of the account
};
struct HoldsView {
    std::vector<HoldView> holds;
    AsOf as_of;
};

/// What an erasure did, counted again from the files: the certificate of erasure.
struct ErasureView {
    Seq erased_by = -1;  ///< the newest subject.erased
    Millis recorded_at = 0;
    std::string request;       ///< whose wish it was, as the entry names it
    Hash32 leaf;               ///< of that entry
    std::int64_t entries = 0;  ///< of the contact, up to that one: kept, with their proofs
    std::int64_t openings_erased = 0;
    std::int64_t openings_left = 0;  ///< of those entries; not 0: the erasure is not finished
    std::int64_t entries_since = 0;  ///< later ones, whose openings are there
    bool finished = false;           ///< the vault's write-ahead log was emptied since the openings were overwritten
    bool searched =
        false;  ///< and the vault's files were searched for them byte by byte; never for one from before the last start
    bool found = false;     ///< with the result that some of it is still there
    bool opted_in = false;  ///< now
    AsOf as_of;
};

/// What stands of a definition that is put.
struct Standing {
    Seq current = -1;  ///< the entry that defined it last; -1: none
    Seq basis = -1;    ///< the newest entry that could have made a difference: two who see the same one do the same
    std::optional<ItemResult>
        same;  ///< that entry, with its receipt, if it was made from the same text: nothing is to be recorded
};

/// One object belongs to one thread at a time; make one for each reader thread (Service::make_queries).
class Queries {
public:
    virtual ~Queries() = default;

    /// The pseudonym of a number (needs contact.key, so only the service can tell).
    [[nodiscard]] virtual Hash32 contact_of(std::string_view account, std::string_view e164) const = 0;
    /// `at`: by the order key (docs/behaviour.md "Order and precedence"); `known_at`: entries recorded by then. Without either: now. A contact
    /// nobody heard of: known=false.
    [[nodiscard]] virtual Result<ContactView> contact(std::string_view account, Hash32 const& contact, std::optional<Millis> at,
                                                      std::optional<Millis> known_at) = 0;
    /// The contact's entries, newest first, by the back-links in the log. errc::not_found for an unknown contact, errc::invalid for a
    /// cursor that is not one of ours.
    [[nodiscard]] virtual Result<Page<EntryView>> history(std::string_view account, Hash32 const& contact, std::size_t limit,
                                                          std::string_view cursor) = 0;
    [[nodiscard]] virtual Result<Page<EntryView>> changes(std::string_view account, ChangeFilter const& filter) = 0;
    /// What was recorded on each UTC day since then, the beginning of one. A call counts at most limits::page_scan entries that no call has
    /// counted before, the newest first; the next goes on. errc::not_found for an unknown account.
    [[nodiscard]] virtual Result<ActivityView> activity(std::string_view account, Millis since) = 0;
    /// Filters: status open/waived/closed/all (waived ones are not open), severity at least, rule, contact.
    struct FindingFilter {
        std::string status;  ///< open (default), waived, closed, all
        consent::Severity at_least = consent::Severity::info;
        std::string rule;
        std::optional<Hash32> contact;
        std::size_t limit = 0;
        std::string cursor;
    };
    [[nodiscard]] virtual Result<Page<FindingView>> findings(std::string_view account, FindingFilter const& filter) = 0;
    /// errc::not_found for an unknown account.
    [[nodiscard]] virtual Result<FindingCounts> finding_counts(std::string_view account) = 0;

    /// May these numbers (E.164, at most limits::check_numbers) be texted? All answers are about one checkpoint, whatever is recorded
    /// meanwhile. errc::not_found for an unknown account, errc::too_large.
    [[nodiscard]] virtual Result<CheckView> check(std::string_view account, consent::CheckMessage const& message,
                                                  std::span<std::string const> numbers) = 0;
    /// By due date, the earliest first. errc::not_found, errc::invalid for a foreign cursor; so do the next two.
    [[nodiscard]] virtual Result<Page<state::ObligationRow>> obligations(std::string_view account,
                                                                         ObligationFilter const& filter) = 0;
    /// By id.
    [[nodiscard]] virtual Result<Page<ListView>> lists(std::string_view account, std::size_t limit,
                                                       std::string_view cursor) = 0;
    /// By pseudonym. errc::not_found also for a list that is not defined and that nobody stands on.
    [[nodiscard]] virtual Result<Page<ContactRow>> contacts(std::string_view account, ContactFilter const& filter) = 0;
    /// The holds on a contact, with those on its account; without a contact, those on the account. errc::not_found.
    [[nodiscard]] virtual Result<HoldsView> holds(std::string_view account, std::optional<Hash32> const& contact) = 0;
    /// errc::not_found for a contact that is unknown or was never erased.
    [[nodiscard]] virtual Result<ErasureView> erasure(std::string_view account, Hash32 const& contact) = 0;
    /// For list.defined, trigger.defined, actor.defined, policy.activated, and for hold.placed and hold.released (the hold in force) and
    /// subject.erased (the contact's newest entry). errc::not_found also for an unknown contact.
    [[nodiscard]] virtual Result<Standing> standing(std::string_view account, consent::ChangeItem const& definition) = 0;

    /// For reports. errc::not_found for an unknown account.
    [[nodiscard]] virtual Result<AccountView> account(std::string_view account) = 0;
    /// Null for an unknown contact. With what is waived.
    [[nodiscard]] virtual Result<std::shared_ptr<consent::ContactState const>> state(std::string_view account,
                                                                                     Hash32 const& contact) = 0;
    /// The contact's entries, oldest first. errc::not_found for an unknown contact, errc::too_large above limits::contact_replay.
    [[nodiscard]] virtual Result<std::vector<Seq>> chain(std::string_view account, Hash32 const& contact) = 0;
    /// One entry of the account with its findings; `position` is its account_seq. errc::not_found for any other.
    [[nodiscard]] virtual Result<EntryView> view(std::string_view account, Seq seq) = 0;
    /// What the vault still has of a personal value of an entry. Precondition: the entry is of the account that is asked for.
    [[nodiscard]] virtual Result<std::optional<std::string>> opening(Seq seq, std::string_view pointer) = 0;
    /// Walks the contact's entries. errc::not_found for an unknown contact.
    [[nodiscard]] virtual Result<CustodyView> custody(std::string_view account, Hash32 const& contact) = 0;

    /// errc::not_found beyond the published checkpoint, or for another tenant's entry.
    [[nodiscard]] virtual Result<std::string> entry(Principal const& principal, Seq seq) = 0;
    /// C2SP tlog-proof to the newest checkpoint. The same rule.
    [[nodiscard]] virtual Result<std::string> proof(Principal const& principal, Seq seq) = 0;
    /// Bytes of a tile or entry bundle of the published tree; errc::not_found where the tree has none of that width.
    [[nodiscard]] virtual Result<std::string> tile(tile::Coord const& coord) = 0;

    /// For evidence bundles; of this object's life and thread.
    [[nodiscard]] virtual Records& records() = 0;
};

}  // namespace cl::service
