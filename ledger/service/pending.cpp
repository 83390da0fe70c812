#include "ledger/service/pending.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {

namespace {

constexpr std::size_t findings_of_one_entry = 64;

}  // namespace

consent::Pack const& pack_of(consent::AccountState const* account) noexcept {
    consent::Pack const* const pack = account == nullptr ? nullptr : consent::pack_in_force(account->policies);
    return pack == nullptr ? consent::texting_pack() : *pack;
}

Result<std::shared_ptr<consent::ContactState const>> Pending::contact(std::string_view account, Hash32 const& contact) const {
    auto const found = changes_.contacts.find(state::ContactKeyRef{std::string(account), contact});
    if (found != changes_.contacts.end()) return found->second;
    return reader_->contact(account, contact);
}

std::shared_ptr<consent::AccountState const> Pending::account(std::string_view account) const {
    if (auto const found = accounts_.find(account); found != accounts_.end()) {
        if (found->second->account_seq == 0) return nullptr;
        return found->second;
    }
    return reader_->account(account);
}

Result<std::optional<state::RequestRecord>> Pending::request(Hash32 const& key) const {
    if (auto const found = changes_.requests.find(key); found != changes_.requests.end()) return std::optional(found->second);
    return reader_->request(key);
}

Result<std::optional<state::FindingRow>> Pending::finding(std::string_view account, Seq seq, std::string_view rule) const {
    for (state::BatchChanges::Raised const& raised : changes_.raised) {
        bool const same = raised.account == account && raised.row.finding.seq == seq && raised.row.finding.id == rule;
        if (same) return std::optional(raised.row);
    }
    CL_TRY_ASSIGN(auto rows, reader_->findings(account, {seq, {}}, findings_of_one_entry));
    for (state::FindingRow& row : rows) {
        if (row.finding.seq == seq && row.finding.id == rule) return std::optional(std::move(row));
    }
    return std::optional<state::FindingRow>{};
}

std::optional<state::TokenRecord> Pending::token(std::string_view id) const {
    auto const same = [&](state::TokenRecord const& token) { return token.id == id; };
    auto const found = std::find_if(changes_.tokens.rbegin(), changes_.tokens.rend(), same);
    if (found != changes_.tokens.rend()) return *found;
    return reader_->token(id);
}

consent::AccountState& Pending::account_for_update(std::string const& account) {
    auto const found = accounts_.find(account);
    if (found != accounts_.end()) return *found->second;
    auto const known = reader_->account(account);
    auto copy = known ? std::make_shared<consent::AccountState>(*known) : std::make_shared<consent::AccountState>();
    return *accounts_.emplace(account, std::move(copy)).first->second;
}

Result<Pending::Step> Pending::apply(Entry const& entry, consent::Kind kind, consent::Pack const& pack) {
    Step step;
    if (entry.account.empty()) return step;
    std::shared_ptr<consent::ContactState> after;
    if (entry.contact) {
        // A contact's first entry needs no look-up: most of a rebuild, and a miss is the dearest search.
        if (entry.contact_seq > 1) {
            CL_TRY_ASSIGN(step.before, contact(entry.account, *entry.contact));
        }
        after = step.before ? std::make_shared<consent::ContactState>(*step.before) : std::make_shared<consent::ContactState>();
    }
    consent::AccountState& account = account_for_update(entry.account);
    step.account_seq_before = account.account_seq;
    step.last_seq_before = account.last_seq;
    if (!entry.contact || kind == consent::Kind::finding_waived) step.account_before = account;
    if (entry.actor) {
        auto const burst = account.bursts.find(entry.actor->id);
        if (burst != account.bursts.end()) step.burst_before = burst->second;
    }
    step.outcome = consent::apply(entry, kind, pack, account, after.get());
    step.contact = std::move(after);
    return step;
}

void Pending::undo(Entry const& entry, Step&& step) {
    if (entry.account.empty()) return;
    consent::AccountState& account = account_for_update(entry.account);
    if (step.account_before) account = std::move(*step.account_before);
    account.account_seq = step.account_seq_before;
    account.last_seq = step.last_seq_before;
    if (!entry.actor) return;
    // A refused opt-in is in no ledger, so nobody who replays it would count it.
    if (step.burst_before) {
        account.bursts.insert_or_assign(entry.actor->id, *step.burst_before);
    } else {
        account.bursts.erase(entry.actor->id);
    }
}

void Pending::keep(Entry const& entry, consent::Kind kind, Step&& step) {
    if (entry.request) {
        auto const key = hash_from_hex(entry.request->key);
        auto const body = hash_from_hex(entry.request->body);
        if (key && body) changes_.requests.insert_or_assign(*key, state::RequestRecord{entry.seq, *body});
    }
    keep_token(entry, kind);
    if (entry.account.empty()) return;
    changes_.index.push_back({entry.account, *entry.account_seq, entry.seq});
    if (kind == consent::Kind::policy_activated) changes_.policies[entry.account] = entry.seq;
    if (step.contact) {
        state::note_contact(changes_, entry, step.before.get(), *step.contact);
        changes_.contacts.insert_or_assign(state::ContactKeyRef{entry.account, *entry.contact}, std::move(step.contact));
    }
    for (consent::Finding& finding : step.outcome.raised) {
        changes_.raised.push_back({entry.account, state::FindingRow{std::move(finding), entry.contact, std::nullopt}});
    }
    for (consent::Closed& closed : step.outcome.closed) changes_.closed.push_back({entry.account, std::move(closed)});
}

void Pending::keep_token(Entry const& entry, consent::Kind kind) {
    if (kind == consent::Kind::token_revoked) {
        auto revoked = token(entry.data.string("token"));
        if (!revoked) return;
        auto const at = parse_stored_time(entry.data.string("at"));
        if (at && *at > entry.recorded_at) {
            revoked->retires_at = std::min(revoked->retires_at.value_or(*at), *at);
        } else if (!revoked->revoked_at) {
            revoked->revoked_at = entry.recorded_at;
        }
        changes_.tokens.push_back(std::move(*revoked));
    }
    if (kind != consent::Kind::token_created) return;
    auto const role = consent::role_from(entry.data.string("role"));
    auto const hash = hash_from_hex(entry.data.string("secret_hash"));
    json::Value const* const accounts = entry.data.find("accounts");
    if (!role || !hash || accounts == nullptr || accounts->as_array() == nullptr) return;
    state::TokenRecord made{std::string(entry.data.string("token")), *role, {}, *hash, entry.recorded_at, {}, {}, {}};
    if (auto const expires = parse_stored_time(entry.data.string("expires"))) made.expires_at = *expires;
    for (json::Value const& account : *accounts->as_array()) {
        if (auto const* text = account.as_string()) made.accounts.push_back(*text);
    }
    changes_.tokens.push_back(std::move(made));
}

state::BatchChanges Pending::take() {
    for (auto& [name, account] : accounts_) {
        if (account->account_seq > 0) changes_.accounts.emplace(name, std::move(account));
    }
    accounts_.clear();
    return std::exchange(changes_, {});
}

}  // namespace cl::service
