// One batch in the making: the entries of one transaction, each built on the ones before it
// (docs/architecture.md "One POST, through every layer").
//
// Threads: belongs to the writer.
#pragma once

#include "ledger/consent/change_item.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/random.hpp"
#include "ledger/log/log_store.hpp"
#include "ledger/service/pending.hpp"
#include "ledger/service/time_keeper.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace cl::service {

/// What becomes an entry, whichever door it came through.
struct Draft {
    consent::Kind kind{};
    std::string account;  ///< empty for the ledger's own kinds
    std::optional<Hash32> contact;
    std::string phone;  ///< kept in the vault where it does not have it: with the first entry, and again after an erasure
    std::optional<Millis> occurred_at;
    std::optional<Actor> actor;
    std::optional<Source> source;
    std::string channel;
    std::string to;
    json::Object data;
    std::vector<Evidence> evidence;
    std::vector<consent::Sealed> sealed;
    bool if_due = false;  ///< AppendItem::if_due
    struct Request {
        Hash32 key;
        Hash32 body;
    };
    std::optional<Request> request;
};

/// What is told about an entry without reading it again.
struct Recorded {
    Seq seq = -1;
    Hash32 leaf;
    std::optional<Hash32> contact;
    std::optional<StateAfter> state;
    std::vector<consent::Finding> findings;
};

/// True for what the poster can act on; everything else says that the service itself is in trouble and must stop writing.
[[nodiscard]] bool is_refusal(errc code) noexcept;

class Batch {
public:
    /// What a batch needs of the writer; all outlive it.
    struct Context {
        log::LogReader* log;
        state::Reader* reader;
        ContactKey const* contact_key;
        Random* random;
        TimeKeeper* time;
    };
    Batch(Context const& context, log::Head const& head)
        : context_(context), pending_(*context.reader), head_(head), leaf_(head.leaf) {}

    /// Builds the entry, runs the state machine, seals the texts. A refusal (is_refusal) leaves no trace: invalid, too_large, not_found,
    /// refused_by_policy (also what is not due), hold. Any other failure: nothing was added, and the writer must stop after this batch.
    [[nodiscard]] Result<Seq> add(Draft draft);

    [[nodiscard]] Pending& pending() noexcept { return pending_; }
    [[nodiscard]] ContactKey const& contact_key() const noexcept { return *context_.contact_key; }
    /// The time that an entry would be recorded at now.
    [[nodiscard]] Result<Millis> now() { return context_.time->next(); }

    /// The message-id window, this batch's messages included.
    [[nodiscard]] Result<std::optional<log::MessageId>> message(Hash32 const& digest);
    void add_message(log::MessageId const& message);

    [[nodiscard]] Seq next_seq() const noexcept { return head_.size + static_cast<Seq>(made_.rows.size()); }
    [[nodiscard]] bool full() const noexcept;
    /// Nothing to commit.
    [[nodiscard]] bool empty() const noexcept { return made_.rows.empty() && made_.message_ids.empty(); }
    /// Null for an entry that is not of this batch.
    [[nodiscard]] Recorded const* recorded(Seq seq) const noexcept;
    /// Bytes of an entry, of this batch or stored. errc::store_corrupt if there is none.
    [[nodiscard]] Result<std::string> entry(Seq seq);
    /// The number of a contact that is known, unless it was erased or never posted.
    [[nodiscard]] Result<std::optional<std::string>> number_of(consent::ContactState const& contact);

    [[nodiscard]] log::Head const& head() const noexcept { return head_; }
    [[nodiscard]] log::Batch& made() noexcept { return made_; }
    /// subject.erased entries of this batch: their openings go after COMMIT.
    [[nodiscard]] std::vector<Seq> const& erasures() const noexcept { return erasures_; }
    /// Whose entries it has.
    [[nodiscard]] std::set<std::string> const& accounts() const noexcept { return accounts_; }

private:
    [[nodiscard]] Result<Entry> build(Draft& draft);
    [[nodiscard]] Result<std::vector<log::Opening>> seal(Draft& draft, Entry& entry);
    [[nodiscard]] Result<Seq> place_of_number(Entry const& entry, consent::Kind kind);
    [[nodiscard]] Result<void> check_hold(Entry const& entry);
    [[nodiscard]] Result<void> check_due(Entry const& entry, consent::Pack const& pack);

    Context context_;
    Pending pending_;
    log::Head head_;  ///< what the batch stands on
    Hash32 leaf_;     ///< of the newest entry
    log::Batch made_;
    std::vector<Recorded> recorded_;
    std::unordered_map<Hash32, log::MessageId, Hash32Hasher> messages_;
    std::vector<Seq> erasures_;
    std::set<std::string> accounts_;
    std::size_t bytes_ = 0;
};

}  // namespace cl::service
