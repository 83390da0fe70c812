#include "ledger/bundle/planner.hpp"

#include "ledger/consent/kinds.hpp"
#include "ledger/core/bundle_format.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>

namespace cl::bundle {
namespace {

namespace names = bundle_format::scope;
using consent::Kind;

/// What an account's other entries are judged with.
constexpr std::array definitions = {Kind::account_defined, Kind::actor_defined,      Kind::list_defined,
                                    Kind::trigger_defined, Kind::disclosure_defined, Kind::policy_activated};

/// Canonical JSON has one spelling, so a kind is found without reading the entry (others, as an actor's, are not ours).
bool has_kind(std::string_view bytes, std::span<Kind const> kinds) {
    constexpr std::string_view mark = "\"kind\":\"";
    for (std::size_t at = bytes.find(mark); at != std::string_view::npos; at = bytes.find(mark, at)) {
        at += mark.size();
        std::string_view const rest = bytes.substr(at);
        for (Kind const kind : kinds) {
            std::string_view const name = consent::info(kind).name;
            if (rest.starts_with(name) && rest.substr(name.size()).starts_with('"')) return true;
        }
    }
    return false;
}

void count(Entry const& entry, Counted& counted) {
    if (counted.entries++ == 0) {
        counted.first = entry.seq;
        counted.first_at = entry.recorded_at;
    }
    counted.last = entry.seq;
    counted.last_at = entry.recorded_at;
    ++counted.kinds[entry.kind];
}

/// Of the account's other entries, these have to be read.
constexpr std::array told = {Kind::export_issued, Kind::subject_erased};
constexpr std::array of_keys = {Kind::ledger_restored, Kind::key_rotated};

}  // namespace

Planner::Planner(std::string account, Asked asked, Ledger ledger) : asked_(std::move(asked)), ledger_(std::move(ledger)) {
    plan_.account = std::move(account);
    plan_.redacted = asked_.redacted;
    plan_.program = ledger_.program;
}

Result<bool> Planner::step(service::Queries& queries) {
    service::Records& records = queries.records();
    bool more = false;
    switch (stage_) {
    case Stage::begin: CL_TRY(begin(queries)); break;
    case Stage::scan: {
        CL_TRY_ASSIGN(more, scan(records));
        break;
    }
    case Stage::choose: {
        CL_TRY_ASSIGN(more, choose(records));
        break;
    }
    case Stage::history: {
        CL_TRY_ASSIGN(more, history(records));
        break;
    }
    case Stage::sum: {
        CL_TRY_ASSIGN(more, sum(records));
        break;
    }
    case Stage::done: return false;
    }
    if (!more) stage_ = static_cast<Stage>(static_cast<int>(stage_) + 1);
    return stage_ != Stage::done;
}

template <class Reached>
Result<std::int64_t> Planner::first_where(service::Records& records, Reached const& reached) const {
    std::int64_t low = 1;
    std::int64_t high = account_seq_ + 1;
    while (low < high) {
        std::int64_t const middle = low + (high - low) / 2;
        CL_TRY_ASSIGN(Seq const seq, records.seq_at(plan_.account, middle));
        CL_TRY_ASSIGN(bool const yes, reached(seq));
        (yes ? high : low) = yes ? middle : middle + 1;
    }
    return low;
}

Result<void> Planner::begin_issued(service::Queries& queries) {
    service::Records& records = queries.records();
    Error const none = fail(errc::not_found, "no bundle was issued by this entry");
    if (*asked_.issued >= records.size()) return none;
    CL_TRY_ASSIGN(Read const read, read_entry(records, *asked_.issued));
    if (read.entry.account != plan_.account) return none;
    CL_TRY_ASSIGN(promised_, read_statement(read.entry));
    plan_.said = *promised_;
    plan_.issued = *asked_.issued;
    plan_.issued_at = read.entry.recorded_at;
    plan_.issued_by = read.entry.source ? read.entry.source->token : std::string();
    // The count of what the account had then, before the look at its entries.
    CL_TRY_ASSIGN(account_seq_, first_where(records, [&](Seq seq) -> Result<bool> { return seq >= plan_.said.tree_size; }));
    --account_seq_;
    return {};
}

Result<void> Planner::begin(service::Queries& queries) {
    CL_TRY_ASSIGN(service::AccountView const account, queries.account(plan_.account));
    account_seq_ = account.state->account_seq;
    if (asked_.issued) {
        CL_TRY(begin_issued(queries));
    } else {
        plan_.said.scope = asked_.scope;
        plan_.said.tree_size = account.last + 1;
    }
    Scope& scope = plan_.said.scope;
    if (!asked_.phone.empty()) scope.contact = queries.contact_of(plan_.account, asked_.phone);
    Selection& selection = plan_.selection;
    selection.last = selection.last_inside = account_seq_;
    if (scope.kind == names::contact) CL_TRY(find_contact(queries));
    if (scope.kind == names::range) CL_TRY(find_range(queries.records()));
    if (scope.kind == names::list) {
        selection.listed = true;
        member_text_ = "\"list\":{\"id\":" + json::write(json::Value(scope.list)) + ",\"member\":true}";
    }
    return {};
}

Result<void> Planner::find_contact(service::Queries& queries) {
    Selection& selection = plan_.selection;
    selection.listed = true;
    Hash32 const contact = *plan_.said.scope.contact;
    auto chain = queries.chain(plan_.account, contact);
    if (!chain && chain.error().code == errc::too_large) {
        contact_text_ = "\"contact\":\"" + to_hex(contact) + "\"";
        return {};
    }
    CL_TRY(chain);
    selection.seqs = std::move(*chain);
    std::erase_if(selection.seqs, [&](Seq seq) { return seq >= plan_.said.tree_size; });
    return {};
}

Result<void> Planner::find_range(service::Records& records) {
    Selection& selection = plan_.selection;
    auto const from = [&](Millis time) {
        return first_where(records, [&records, time](Seq seq) -> Result<bool> {
            CL_TRY_ASSIGN(Read const read, read_entry(records, seq));
            return read.entry.recorded_at >= time;
        });
    };
    Scope const& scope = plan_.said.scope;
    if (scope.since) {
        CL_TRY_ASSIGN(selection.first_inside, from(*scope.since));
    }
    if (scope.until) {
        CL_TRY_ASSIGN(std::int64_t const after, from(*scope.until));
        selection.last_inside = after - 1;
    }
    selection.first = std::max<std::int64_t>(1, selection.first_inside - 1);
    selection.last = std::min(account_seq_, selection.last_inside + 1);
    return {};
}

Result<void> Planner::keep(std::vector<Seq>& seqs, Seq seq) const {
    if (seqs.size() >= limits::bundle_listed) {
        return fail(errc::too_large, "more entries than a bundle of this scope takes; ask for the account or a time");
    }
    seqs.push_back(seq);
    return {};
}

/// Of whom the bundle is, is not known yet.
Result<void> Planner::note_erasure(Hash32 const& contact, Seq seq) {
    auto const& only = plan_.said.scope.contact;
    if (only && *only != contact) return {};
    if (plan_.erased.size() >= limits::bundle_listed)
        return fail(errc::too_large, "more people were erased than one bundle can tell");
    plan_.erased.push_back({contact, seq});
    return {};
}

/// Keeps the newest of each contact of the bundle.
void Planner::sort_erasures() {
    auto& all = plan_.erased;
    std::erase_if(all, [this](Erasure const& one) {
        return !std::binary_search(plan_.contacts.begin(), plan_.contacts.end(), one.contact);
    });
    std::sort(all.begin(), all.end(),
              [](Erasure const& a, Erasure const& b) { return a.contact == b.contact ? a.by > b.by : a.contact < b.contact; });
    all.erase(std::unique(all.begin(), all.end(), [](Erasure const& a, Erasure const& b) { return a.contact == b.contact; }),
              all.end());
}

Result<void> Planner::look_at(std::string const& bytes, std::int64_t account_seq, Seq seq) {
    Selection& selection = plan_.selection;
    if (!contact_text_.empty() && bytes.find(contact_text_) != std::string::npos) {
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        if (entry.contact == plan_.said.scope.contact) CL_TRY(keep(selection.seqs, seq));
    }
    bool const member = !member_text_.empty() && bytes.find(member_text_) != std::string::npos;
    if (member) {
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        if (entry.contact && entry.state && entry.state->list && entry.state->list->id == plan_.said.scope.list) {
            CL_TRY(contacts_.add(*entry.contact));
        }
    }
    bool const elsewhere = selection.listed || account_seq < selection.first || account_seq > selection.last;
    if (elsewhere && has_kind(bytes, definitions)) CL_TRY(keep(plan_.context, seq));
    if (!has_kind(bytes, told)) return {};
    CL_TRY_ASSIGN(Entry const entry, decode(bytes));
    if (entry.kind == consent::info(Kind::subject_erased).name && entry.contact) return note_erasure(*entry.contact, seq);
    auto const earlier = read_statement(entry);
    if (!earlier || earlier->scope != plan_.said.scope) return {};
    auto& sizes = plan_.earlier;
    sizes.push_back(seq + 1);
    if (sizes.size() > limits::bundle_prior) sizes.erase(sizes.begin());
    return {};
}

Result<bool> Planner::scan(service::Records& records) {
    for (Step step; !step.full() && next_ <= account_seq_; ++next_) {
        CL_TRY_ASSIGN(Seq const seq, records.seq_at(plan_.account, next_));
        CL_TRY_ASSIGN(std::string const bytes, records.entry(seq));
        step.add(bytes.size());
        CL_TRY(look_at(bytes, next_, seq));
    }
    if (next_ <= account_seq_) return true;
    next_ = 1;
    members_ = contacts_.take();
    if (!member_text_.empty() && members_.empty()) return fail(errc::not_found, "nobody was ever on this list");
    return false;
}

Result<bool> Planner::choose(service::Records& records) {
    if (member_text_.empty()) return false;
    for (Step step; !step.full() && next_ <= account_seq_; ++next_) {
        CL_TRY_ASSIGN(Seq const seq, records.seq_at(plan_.account, next_));
        CL_TRY_ASSIGN(Read const read, read_entry(records, seq));
        step.add(read.bytes.size());
        auto const& contact = read.entry.contact;
        bool const wanted = contact && std::binary_search(members_.begin(), members_.end(), *contact);
        if (wanted) CL_TRY(keep(plan_.selection.seqs, seq));
    }
    return next_ <= account_seq_;
}

Result<bool> Planner::history(service::Records& records) {
    if (plan_.keys.empty()) {
        CL_TRY_ASSIGN(Read const created, read_entry(records, 0));
        plan_.keys.push_back({std::string(created.entry.data.string("key")), 0});
        plan_.origin = created.entry.data.string("origin");
        plan_.context.insert(plan_.context.begin(), 0);
        // An accepted rollback needs an origin that the ledger never had, and a rotated key is another one: without either, there is nothing
        // to be found.
        if (plan_.origin == ledger_.origin && plan_.keys.front().vkey == ledger_.vkey) return false;
        next_ = 1;
    }
    Seq const end = asked_.issued ? plan_.issued : plan_.said.tree_size;
    Seq const last = std::min<Seq>(end, next_ + static_cast<Seq>(limits::bundle_step_entries));
    std::vector<Seq> found;
    CL_TRY(records.range(next_, last, [&](Seq seq, std::string_view bytes) {
        if (has_kind(bytes, of_keys)) found.push_back(seq);
    }));
    for (Seq const seq : found) {
        CL_TRY_ASSIGN(Read const read, read_entry(records, seq));
        json::Object const& data = read.entry.data;
        bool const rotated = read.entry.kind == consent::info(Kind::key_rotated).name;
        plan_.keys.push_back({std::string(data.string(rotated ? "new_key" : "key")), seq});
        if (!rotated) plan_.origin = data.string("origin");
        plan_.context.insert(std::lower_bound(plan_.context.begin(), plan_.context.end(), seq), seq);
    }
    next_ = last;
    return next_ < end;
}

Result<bool> Planner::sum(service::Records& records) {
    if (!walk_) {
        walk_.emplace(plan_);
        plan_.said.entries = 0;
    }
    Selection const& selection = plan_.selection;
    CL_TRY_ASSIGN(bool const more, walk_->step(records, [&](Raw& raw) -> Result<std::size_t> {
        CL_TRY_ASSIGN(Read const read, bundle::read(std::move(raw)));
        Entry const& entry = read.entry;
        digest_.add(read.bytes);
        digest_.add("\n");
        ++plan_.said.entries;
        bool const inside = selection.inside(entry.account_seq.value_or(0));
        count(entry, plan_.lines);
        if (inside) count(entry, plan_.inside);
        if (!inside) (entry.account_seq.value_or(0) < selection.first_inside ? plan_.before : plan_.behind) = entry.seq;
        if (plan_.said.scope.kind == names::contact) plan_.said.last = entry.contact_seq.value_or(0);
        if (!entry.contact) return 0;
        CL_TRY(contacts_.add(*entry.contact));
        if (inside) CL_TRY(inside_.add(*entry.contact));
        return 0;
    }));
    if (more) return true;
    CL_TRY(finish());
    return false;
}

Result<void> Planner::finish() {
    if (plan_.said.entries == 0) return fail(errc::not_found, "there was nothing of it yet");
    plan_.said.digest = digest_.end();
    if (plan_.said.scope.kind != names::contact) plan_.said.last = account_seq_;
    plan_.contacts = contacts_.take();
    sort_erasures();
    std::vector<Hash32> const inside = inside_.take();
    std::set_difference(plan_.contacts.begin(), plan_.contacts.end(), inside.begin(), inside.end(),
                        std::back_inserter(plan_.strangers));
    members_ = {};
    if (promised_ && plan_.said != *promised_) {
        return fail(errc::refused_by_policy,
                    "this entry says of its bundle what the ledger does not hold: no bundle is made of it");
    }
    return {};
}

}  // namespace cl::bundle
