#include "ledger/service/batch.hpp"

#include "ledger/consent/facts.hpp"
#include "ledger/consent/retention.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/service/erasure.hpp"

#include <charconv>
#include <utility>

namespace cl::service {
namespace {

constexpr std::string_view number_pointer = "/contact";

/// `/evidence/3` -> 3; nothing for other pointers.
std::optional<std::size_t> evidence_index(std::string_view pointer) {
    constexpr std::string_view prefix = "/evidence/";
    if (!pointer.starts_with(prefix)) return std::nullopt;
    std::size_t index = 0;
    auto const* const end = pointer.data() + pointer.size();
    auto const read = std::from_chars(pointer.data() + prefix.size(), end, index);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return index;
}

json::Value commitment(Hash32 const& digest) {
    return json::Object{{"commit", to_hex(digest)}};
}

}  // namespace

bool is_refusal(errc code) noexcept {
    switch (code) {
    case errc::malformed:
    case errc::too_large:
    case errc::invalid:
    case errc::idempotency_required:
    case errc::idempotency_conflict:
    case errc::phi_suspected:
    case errc::unauthorized:
    case errc::forbidden:
    case errc::not_found:
    case errc::refused_by_policy:
    case errc::hold: return true;
    default: return false;
    }
}

bool Batch::full() const noexcept {
    // A message or a token makes two entries, and they go together.
    return made_.rows.size() + 2 > limits::batch_entries || bytes_ >= limits::batch_bytes;
}

Recorded const* Batch::recorded(Seq seq) const noexcept {
    if (seq < head_.size || seq >= next_seq()) return nullptr;
    return &recorded_[static_cast<std::size_t>(seq - head_.size)];
}

Result<std::string> Batch::entry(Seq seq) {
    if (seq >= head_.size && seq < next_seq()) return made_.rows[static_cast<std::size_t>(seq - head_.size)].bytes;
    CL_TRY_ASSIGN(auto stored, context_.log->entry(seq));
    if (!stored) return fail(errc::store_corrupt, "an entry that is referred to is not in the ledger");
    return std::move(*stored);
}

Result<std::optional<std::string>> Batch::number_of(consent::ContactState const& contact) {
    constexpr std::string_view pointer = number_pointer;
    for (log::Opening const& opening : made_.openings) {
        if (opening.seq == contact.opened_seq && opening.pointer == pointer) return std::optional(opening.content);
    }
    if (contact.opened_seq < 0 || contact.opened_seq >= head_.size) return std::optional<std::string>{};
    CL_TRY_ASSIGN(auto opening, context_.log->opening(contact.opened_seq, pointer));
    if (!opening || opening->content.empty()) return std::optional<std::string>{};
    return std::optional(std::move(opening->content));
}

Result<std::optional<log::MessageId>> Batch::message(Hash32 const& digest) {
    if (auto const found = messages_.find(digest); found != messages_.end()) return std::optional(found->second);
    return context_.log->message(digest);
}

void Batch::add_message(log::MessageId const& message) {
    messages_.emplace(message.digest, message);
    made_.message_ids.push_back(message);
}

Result<Entry> Batch::build(Draft& draft) {
    Entry entry;
    entry.seq = next_seq();
    entry.prev = leaf_;
    CL_TRY_ASSIGN(entry.recorded_at, context_.time->next());
    entry.occurred_at = draft.occurred_at;
    entry.kind = consent::info(draft.kind).name;
    entry.data = std::move(draft.data);
    entry.actor = std::move(draft.actor);
    entry.source = std::move(draft.source);
    entry.channel = std::move(draft.channel);
    entry.to = std::move(draft.to);
    entry.evidence = std::move(draft.evidence);
    if (draft.request) entry.request = RequestTag{to_hex(draft.request->key), to_hex(draft.request->body)};
    if (draft.account.empty()) return entry;
    auto const account = pending_.account(draft.account);
    entry.account = std::move(draft.account);
    entry.account_seq = account ? account->account_seq + 1 : 1;
    if (!draft.contact) return entry;
    entry.contact = draft.contact;
    CL_TRY_ASSIGN(auto const contact, pending_.contact(entry.account, *entry.contact));
    entry.contact_seq = contact ? contact->contact_seq + 1 : 1;
    if (contact && contact->contact_seq > 0) entry.contact_prev = contact->last_seq;
    return entry;
}

Result<std::vector<log::Opening>> Batch::seal(Draft& draft, Entry& entry) {
    std::vector<log::Opening> openings;
    openings.reserve(draft.sealed.size() + 1);
    for (consent::Sealed& sealed : draft.sealed) {
        Hash32 const salt = random_hash(*context_.random);
        Hash32 const digest = content_commitment(salt, sealed.content);
        if (auto const index = evidence_index(sealed.pointer)) {
            if (*index >= entry.evidence.size()) return fail(errc::invalid, "evidence without a place", sealed.pointer);
            entry.evidence[*index].digest = digest;
        } else if (sealed.pointer.starts_with("/data/")) {
            entry.data.set(std::string_view(sealed.pointer).substr(6), commitment(digest));
        } else {
            return fail(errc::invalid, "a sealed value without a place", sealed.pointer);
        }
        openings.push_back(log::Opening{entry.seq, std::move(sealed.pointer), salt, std::move(sealed.content)});
    }
    if (draft.phone.empty()) return openings;
    CL_TRY_ASSIGN(Seq const at, place_of_number(entry, draft.kind));
    if (at < 0) return openings;
    Hash32 const salt = contact_key().salt(entry.account, draft.phone);
    openings.push_back(log::Opening{at, std::string(number_pointer), salt, std::move(draft.phone)});
    return openings;
}

/// Under which entry the number is to be kept now; -1: nowhere. It is there from the contact's first entry on, until an erasure takes
/// it. Whoever comes back by an act of their own is a new relation, whose first entry it then stands by; what others post of an erased
/// person, such as a list that is imported once more, does not bring it back. (A crash between the two COMMITs can leave it there without
/// the entry that gave it: it is that contact's all the same.)
Result<Seq> Batch::place_of_number(Entry const& entry, consent::Kind kind) {
    constexpr Seq nowhere = -1;
    if (kind == consent::Kind::subject_erased) return nowhere;
    if (entry.contact_seq == 1) return entry.seq;
    CL_TRY_ASSIGN(auto const contact, pending_.contact(entry.account, *entry.contact));
    if (contact->opened_seq == contact->first_seq) return nowhere;
    if (contact->erased && !consent::is_own_act(entry, *contact)) return nowhere;
    if (contact->opened_seq < 0) return entry.seq;
    CL_TRY_ASSIGN(auto const known, number_of(*contact));
    return known ? nowhere : contact->opened_seq;
}

Result<void> Batch::check_hold(Entry const& entry) {
    auto const account = pending_.account(entry.account);
    if (account && !account->holds.empty()) return fail(errc::hold, "a legal hold on the account forbids erasure");
    if (!entry.contact_prev) return {};
    CL_TRY_ASSIGN(auto const holds, contact_holds(*entry.contact_prev, [this](Seq seq) { return this->entry(seq); }));
    if (!holds.empty()) return fail(errc::hold, "a legal hold on the contact forbids erasure");
    return {};
}

/// In the writer's turn, so that nothing can come between the look and the act.
Result<void> Batch::check_due(Entry const& entry, consent::Pack const& pack) {
    consent::ContactState const nobody;
    CL_TRY_ASSIGN(auto const contact, pending_.contact(entry.account, *entry.contact));
    auto const found = consent::retention_of(contact ? *contact : nobody, pack, false, entry.recorded_at);
    if (auto why = consent::not_due(found)) return std::move(*why);
    return {};
}

Result<Seq> Batch::add(Draft draft) {
    consent::Kind const kind = draft.kind;
    CL_TRY_ASSIGN(Entry entry, build(draft));
    auto const account = pending_.account(entry.account);
    consent::Pack const& pack = pack_of(account.get());
    if (kind == consent::Kind::subject_erased) CL_TRY(check_hold(entry));
    if (draft.if_due) CL_TRY(check_due(entry, pack));
    CL_TRY_ASSIGN(auto openings, seal(draft, entry));
    CL_TRY_ASSIGN(Pending::Step step, pending_.apply(entry, kind, pack));
    if (step.outcome.state) {
        entry.state = step.outcome.state;
        entry.policy = PolicyRef{std::string(pack.name), pack.rules};
    }
    if (account) {
        if (auto refused = consent::refusal(kind, *account, step.outcome)) {
            pending_.undo(entry, std::move(step));
            return fail(errc::refused_by_policy, std::move(*refused));
        }
    }
    auto bytes = encode(entry);
    if (!bytes) {
        pending_.undo(entry, std::move(step));
        return bytes.error();
    }
    log::Row row{entry.seq, std::move(*bytes), {}};
    row.leaf = leaf_ = leaf_hash(row.bytes);
    recorded_.push_back(Recorded{entry.seq, row.leaf, entry.contact, entry.state, step.outcome.raised});
    if (kind == consent::Kind::subject_erased) erasures_.push_back(entry.seq);
    if (!entry.account.empty()) accounts_.insert(entry.account);
    bytes_ += row.bytes.size();
    for (log::Opening& opening : openings) {
        bytes_ += opening.content.size();
        made_.openings.push_back(std::move(opening));
    }
    made_.rows.push_back(std::move(row));
    pending_.keep(entry, kind, std::move(step));
    return entry.seq;
}

}  // namespace cl::service
