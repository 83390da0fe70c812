#include "ledger/service/intake.hpp"

#include "ledger/consent/posted_number.hpp"
#include "ledger/consent/screened_item.hpp"

#include <utility>

namespace cl::service {
namespace {

/// What stands for the retry of an item: its text, and its index where one key covers several items.
struct Key {
    std::string_view route;
    std::string text;
    std::int64_t index = 0;
};

Result<Key> key_of(AppendRequest const& request, std::size_t index, AppendItem const& item) {
    consent::ChangeItem const& change = *item.change;
    if (!request.idempotency_key.empty()) {
        return Key{"changes", request.idempotency_key, static_cast<std::int64_t>(request.first_index + index)};
    }
    if (!change.posted_record.empty()) return Key{"changes", change.platform + "\n" + change.posted_record, 0};
    if (!item.event.empty()) return Key{"events", item.event, 0};
    return fail(errc::idempotency_required,
                "give source.record or an Idempotency-Key header, so that a retry can be recognised");
}

Draft draft_of(AppendRequest const& request, consent::ChangeItem&& change) {
    Draft draft;
    draft.kind = change.kind;
    draft.account = request.account;
    draft.phone = std::move(change.phone);
    draft.occurred_at = change.occurred_at;
    draft.actor = std::move(change.actor);
    draft.source = Source{std::move(change.platform), std::move(change.record), request.principal.token};
    draft.channel = std::move(change.channel);
    draft.to = std::move(change.to);
    draft.data = std::move(change.data);
    draft.evidence = std::move(change.evidence);
    draft.sealed = std::move(change.sealed);
    return draft;
}

}  // namespace

Result<std::optional<Intake::Taken>> Intake::known(Hash32 const& key, Hash32 const& body) const {
    CL_TRY_ASSIGN(auto const found, batch_->pending().request(key));
    if (!found) return std::optional<Taken>{};
    if (found->body != body) {
        return fail(errc::idempotency_conflict, "this key was used before with another body; use a new key for a new request");
    }
    return std::optional<Taken>(Taken{ItemStatus::replayed, found->seq});
}

Result<std::optional<Intake::Taken>> Intake::recognise(Draft& draft, std::string_view route, std::string const& key,
                                                       std::int64_t index, Hash32 const& body, bool never_lost) const {
    ContactKey const& secret = batch_->contact_key();
    draft.request = Draft::Request{secret.request_key(draft.account, route, key, index), body};
    auto first = known(draft.request->key, body);
    bool const conflict = !first && first.error().code == errc::idempotency_conflict;
    if (!conflict || !never_lost) return first;
    draft.request->key = secret.request_key(draft.account, route, key + "\n" + to_hex(body), index);
    return known(draft.request->key, body);
}

Result<void> Intake::resolve_subject(consent::ChangeItem& change, Draft& draft) const {
    if (!change.phone.empty()) {
        draft.contact = batch_->contact_key().contact(draft.account, change.phone);
        return {};
    }
    if (!change.contact) return {};
    CL_TRY_ASSIGN(auto const seen, batch_->pending().contact(draft.account, *change.contact));
    if (!seen || seen->contact_seq == 0) return fail(errc::invalid, "no contact of this account has that id", "/contact");
    draft.contact = change.contact;
    // A number that the ledger knows is kept out of what stands in clear also where the contact is named by its id.
    CL_TRY_ASSIGN(auto number, batch_->number_of(*seen));
    if (number) {
        change.phone = std::move(*number);
        auto const kept_out = consent::keep_number_out(change);
        change.phone.clear();
        CL_TRY(kept_out);
    }
    bool const sent_by_another =
        !change.message_from.empty() && batch_->contact_key().contact(draft.account, change.message_from) != *change.contact;
    if (sent_by_another) consent::note_mismatch(change, "from");
    return {};
}

Result<void> Intake::keep_trace(Draft& draft, std::string_view traceparent) const {
    if (traceparent.empty()) return {};
    std::string number = draft.phone;
    if (number.empty() && draft.contact) {
        CL_TRY_ASSIGN(auto const seen, batch_->pending().contact(draft.account, *draft.contact));
        if (seen) {
            CL_TRY_ASSIGN(auto known, batch_->number_of(*seen));
            number = std::move(known).value_or(std::string());
        }
    }
    if (number.empty() || !consent::carries_number(traceparent, number)) draft.data.set("traceparent", traceparent);
    return {};
}

Result<void> Intake::check_policy(Draft const& draft) const {
    if (draft.kind == consent::Kind::policy_activated) {
        CL_TRY_ASSIGN(Millis const now, batch_->now());
        CL_TRY(consent::read_policy(draft.data, now));
    }
    if (draft.kind != consent::Kind::account_defined || !draft.data.contains("pack")) return {};
    auto const account = batch_->pending().account(draft.account);
    // Naming the pack that is in force changes nothing, whatever it took to activate it.
    bool const same = account && !account->policies.empty() && account->policies.back().pack == draft.data.string("pack");
    if (!same) CL_TRY(consent::named_policy(draft.data.string("pack")));
    return {};
}

Result<void> Intake::check_exporter(Draft const& draft, std::string const& token) const {
    if (draft.kind != consent::Kind::export_issued) return {};
    auto const known = batch_->pending().token(token);
    CL_TRY_ASSIGN(Millis const now, batch_->now());
    if (!known || known->in_force(now)) return {};
    return fail(errc::unauthorized, "The token was revoked, or has expired, while the export was planned.");
}

Result<void> Intake::check_waiver(Draft& draft) const {
    if (draft.kind != consent::Kind::finding_waived) return {};
    json::Value const* const seq = draft.data.find("seq");
    std::string_view const rule = draft.data.string("rule");
    CL_TRY_ASSIGN(auto const row, batch_->pending().finding(draft.account, *seq->as_int(), rule));
    if (!row) return fail(errc::invalid, "no entry of this account and this seq has a finding of that rule", "/data/seq");
    if (draft.contact && row->contact != draft.contact) {
        return fail(errc::invalid, "the finding at this seq is about another contact", "/data/seq");
    }
    // So that the erasure of the contact reaches the reason as well.
    draft.contact = row->contact;
    auto const account = batch_->pending().account(draft.account);
    CL_TRY_ASSIGN(Millis const now, batch_->now());
    if (!consent::has_room_for_waiver(*account, row->finding, now)) {
        return fail(errc::too_large, "the account waives as many findings as it can; let some of them expire", "/data/seq");
    }
    return {};
}

Result<void> Intake::check_reference(Draft& draft) const {
    bool const correction = draft.kind == consent::Kind::record_corrected;
    if (!correction && draft.kind != consent::Kind::obligation_assigned) return {};
    std::string_view const name = correction ? "seq" : "obligation";
    Seq const seq = *draft.data.find(name)->as_int();
    std::string const pointer = "/data/" + std::string(name);
    if (seq >= batch_->next_seq()) return fail(errc::invalid, "no entry of this account has this seq", pointer);
    CL_TRY_ASSIGN(std::string const bytes, batch_->entry(seq));
    auto const entry = decode(bytes);
    if (!entry || entry->account != draft.account) return fail(errc::invalid, "no entry of this account has this seq", pointer);
    if (draft.contact && entry->contact != draft.contact) {
        return fail(errc::invalid, "the entry at this seq is about another contact", pointer);
    }
    // So that the erasure of the contact reaches the note as well.
    draft.contact = entry->contact;
    return {};
}

Result<Intake::Taken> Intake::change(AppendRequest const& request, std::size_t index, AppendItem&& item) {
    if (item.fault) return *item.fault;
    if (!item.change) return fail(errc::invalid, "an item without a change");
    consent::ChangeItem& change = *item.change;
    if (!consent::may_post(request.principal.role, change.kind)) {
        return fail(errc::forbidden, "the token's role may not post this kind");
    }
    CL_TRY_ASSIGN(Key const key, key_of(request, index, item));
    bool const defines = change.kind == consent::Kind::account_defined;
    auto const account = batch_->pending().account(request.account);
    if (!defines && !account) return fail(errc::not_found, "no such account");
    Hash32 const body = batch_->contact_key().request_body(change.canonical);
    Draft known;
    known.kind = change.kind;
    known.account = request.account;
    CL_TRY(resolve_subject(change, known));
    CL_TRY_ASSIGN(auto const again, recognise(known, key.route, key.text, key.index, body, consent::only_restricts(change)));
    if (again) return *again;
    if (item.only_replay) return fail(errc::not_found, "There is nothing of that name to end.");
    CL_TRY(consent::apply_screens(change, pack_of(account.get())));
    Draft draft = draft_of(request, std::move(change));
    draft.if_due = item.if_due;
    draft.contact = known.contact;
    draft.request = known.request;
    CL_TRY(check_policy(draft));
    CL_TRY(check_exporter(draft, request.principal.token));
    CL_TRY(check_waiver(draft));
    CL_TRY(check_reference(draft));
    CL_TRY(keep_trace(draft, request.traceparent));
    CL_TRY_ASSIGN(Seq const seq, batch_->add(std::move(draft)));
    return Taken{ItemStatus::recorded, seq};
}

}  // namespace cl::service
