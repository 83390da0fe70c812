#include "tests/scenario/core_book.hpp"

#include "ledger/core/sha256.hpp"

#include <algorithm>
#include <utility>

namespace cl::scenario {
namespace {

using consent::Kind;

json::Object refused(std::string_view code) {
    return {{"status", "refused"}, {"problem", json::Object{{"code", code}}}};
}

json::Object shown(StateAfter const& state) {
    return {{"opted_in", state.opted_in}, {"blocked", state.blocked}, {"level", name(state.level)}};
}

json::Object shown(consent::Finding const& finding) {
    return {{"id", finding.id}, {"severity", consent::name(finding.severity)}, {"seq", finding.seq}};
}

json::Object shown(consent::Obligation const& open) {
    json::Object one{{"kind", open.kind}, {"seq", open.seq}, {"due_at", format_time(open.due_at)}};
    if (!open.list.empty()) one.set("list", open.list);
    if (!open.assignee.empty()) one.set("assignee", open.assignee);
    return one;
}

/// The same results again, as a retry is answered.
json::Array replayed(json::Array results) {
    for (json::Value& result : results) result.as_object()->set("status", "replayed");
    return results;
}

/// A message that may ask to be left alone acts even under an id that was used before (docs/promises.md "Retries").
bool protects(consent::InboundClass cls) {
    using consent::InboundClass;
    return cls == InboundClass::stop || cls == InboundClass::optout || cls == InboundClass::review ||
           cls == InboundClass::trigger;
}

/// Where the ledger would hold a commitment; the rules look only at whether it is there.
void seal(consent::ChangeItem const& item, json::Object& data) {
    for (consent::Sealed const& sealed : item.sealed) {
        bool const text = sealed.pointer.starts_with("/data/");
        if (text) data.set(sealed.pointer.substr(6), json::Object{{"commit", to_hex(Hash32{})}});
    }
}

Entry entry_of(consent::ChangeItem const& item, Millis now) {
    Entry entry;
    entry.recorded_at = now;
    entry.occurred_at = item.occurred_at;
    entry.data = item.data;
    seal(item, entry.data);
    entry.actor = item.actor;
    entry.source = Source{item.platform, item.record, "token"};
    entry.channel = item.channel;
    entry.to = item.to;
    entry.evidence = item.evidence;
    return entry;
}

Entry entry_of(consent::InboundMessage const& message, json::Object const& data, Millis now) {
    Evidence evidence;
    evidence.kind = "inbound_sms";
    evidence.occurred_at = message.received_at.value_or(now);
    evidence.fields = message.fields;
    evidence.verified = false;
    Entry entry;
    entry.recorded_at = now;
    entry.occurred_at = message.received_at;
    entry.data = data;
    entry.actor = Actor{"contact", "contact"};
    entry.source = Source{message.provider, message.record, "token"};
    entry.channel = "sms";
    entry.to = message.to;
    entry.evidence.push_back(std::move(evidence));
    return entry;
}

}  // namespace

bool CoreBook::hold_forbids(Entry const& entry, Kind kind, std::string const& phone) {
    std::set<std::string>& matters = holds_[phone];
    std::string const matter(entry.data.string("matter"));
    if (!phone.empty() && kind == Kind::hold_placed) matters.insert(matter);
    if (!phone.empty() && kind == Kind::hold_released) matters.erase(matter);
    return kind == Kind::subject_erased && !(matters.empty() && account_.holds.empty());
}

void CoreBook::keep(consent::Outcome const& outcome) {
    for (consent::Finding const& finding : outcome.raised) raised_.push_back({finding, std::nullopt});
    for (consent::Closed const& closed : outcome.closed) {
        auto const same = [&](Raised const& one) { return one.finding.id == closed.id && one.finding.seq == closed.seq; };
        auto const found = std::find_if(raised_.begin(), raised_.end(), same);
        if (found != raised_.end()) found->closed_by = closed.by;
    }
}

consent::Pack const& CoreBook::pack() const noexcept {
    consent::Pack const* const known = consent::pack_in_force(account_.policies);
    return known != nullptr ? *known : consent::texting_pack();
}

json::Object CoreBook::append(Entry& entry, Kind kind, std::string const& phone) {
    entry.seq = next_;
    entry.account = "story";
    entry.kind = consent::info(kind).name;
    if (hold_forbids(entry, kind, phone)) return refused("hold");
    if (!phone.empty()) entry.contact = sha256(phone);
    consent::AccountState account = account_;
    consent::ContactState contact = contacts_[phone];
    auto const outcome = consent::apply(entry, kind, pack(), account, phone.empty() ? nullptr : &contact);
    if (consent::refusal(kind, account_, outcome)) return refused("refused_by_policy");
    account_ = std::move(account);
    contacts_[phone] = std::move(contact);
    keep(outcome);
    ++next_;
    json::Object result{{"status", "recorded"}, {"seq", entry.seq}};
    if (outcome.state) result.set("state", shown(*outcome.state));
    json::Array findings;
    for (consent::Finding const& finding : outcome.raised) findings.emplace_back(shown(finding));
    result.set("findings", std::move(findings));
    return result;
}

json::Object CoreBook::change(json::Value const& posted, Millis now) {
    auto const item = consent::parse_change(posted);
    if (!item) return refused(name(item.error().code));
    std::string key = "change\n" + item->platform + "\n" + item->posted_record;
    if (auto const before = known_.find(key); before != known_.end()) {
        if (before->second.body == item->canonical) return *replayed(before->second.results).front().as_object();
        if (!consent::only_restricts(*item)) return refused("idempotency_conflict");
        key += "\n" + item->canonical;
    }
    Entry entry = entry_of(*item, now);
    json::Object result = append(entry, item->kind, item->phone);
    if (result.string("status") == "recorded") known_[key] = {item->canonical, {result}};
    return result;
}

json::Object CoreBook::inbound(json::Value const& posted, Millis now) {
    auto const message = consent::parse_inbound(posted);
    if (!message) return refused(name(message.error().code));
    if (message->ignored) return {{"class", "other"}, {"results", json::Array{}}};
    Millis const order = std::min(message->received_at.value_or(now), now);
    auto plan = consent::plan_inbound(*message, order, pack(), account_, contacts_[message->from]);
    json::Object answer{{"class", consent::name(plan.cls)}};
    std::string key = "message\n" + message->provider + "\n" + message->message_id;
    if (auto const before = known_.find(key); before != known_.end()) {
        if (before->second.body == message->canonical) {
            answer.set("results", replayed(before->second.results));
            return answer;
        }
        if (!protects(plan.cls)) return refused("idempotency_conflict");
        key += "\n" + message->canonical;
        std::erase_if(plan.entries, [](consent::PlannedEntry const& planned) {
            return planned.kind == Kind::contact_added || planned.kind == Kind::opt_in_inbound;
        });
    }
    json::Array results;
    for (consent::PlannedEntry const& planned : plan.entries) {
        Entry entry = entry_of(*message, planned.data, now);
        results.emplace_back(append(entry, planned.kind, message->from));
    }
    known_[key] = {message->canonical, results};
    answer.set("results", std::move(results));
    if (!plan.reply_text.empty()) answer.set("reply", json::Object{{"text", plan.reply_text}});
    return answer;
}

json::Object CoreBook::look(std::string const& phone, Millis now) const {
    auto const found = contacts_.find(phone);
    consent::ContactState const state = found == contacts_.end() ? consent::ContactState{} : found->second;
    json::Object lists;
    for (auto const& [id, list] : state.lists) {
        lists.set(id, json::Object{{"member", list.member}, {"level", name(list.level)}});
    }
    json::Object status = shown(StateAfter{state.opted_in, state.blocked, state.level, {}});
    status.set("lists", std::move(lists));
    json::Array obligations;
    for (consent::Obligation const& open : state.obligations) obligations.emplace_back(shown(open));
    json::Array findings;
    for (consent::Finding const& finding : state.open) {
        bool const waived = consent::waiver_of(account_, finding, now, next_ - 1) != nullptr;
        if (!waived) findings.emplace_back(shown(finding));
    }
    return {{"known", state.contact_seq > 0},
            {"state", std::move(status)},
            {"obligations", std::move(obligations)},
            {"findings", std::move(findings)}};
}

json::Object CoreBook::findings(Millis now) const {
    json::Array data;
    for (Raised const& raised : raised_) {
        json::Object one = shown(raised.finding);
        auto const* const waiver = consent::waiver_of(account_, raised.finding, now, next_ - 1);
        one.set("status", raised.closed_by ? "closed" : (waiver != nullptr ? "waived" : "open"));
        if (raised.closed_by) one.set("closed_by", *raised.closed_by);
        if (waiver != nullptr) one.set("waiver", json::Object{{"seq", waiver->by}});
        data.emplace_back(std::move(one));
    }
    return {{"data", std::move(data)}};
}

json::Object CoreBook::check(std::string const& phone, consent::CheckMessage const& message, Millis now) const {
    auto const found = contacts_.find(phone);
    auto const answer = consent::check(message, pack(), account_, found == contacts_.end() ? nullptr : &found->second, now);
    return {{"allowed", answer.allowed()}, {"reason", consent::name(answer.reason)}};
}

}  // namespace cl::scenario
