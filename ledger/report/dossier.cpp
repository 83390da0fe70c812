// The contact dossier: every entry of one contact, before and after, with what it rests on and what the vault still has of it.
#include "ledger/consent/facts.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"

#include <algorithm>
#include <set>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_dossier[] = {"seq",
                                                   "contact_seq",
                                                   "occurred_at",
                                                   "recorded_at",
                                                   "lag_seconds",
                                                   "kind",
                                                   "opted_in_before",
                                                   "opted_in",
                                                   "blocked_before",
                                                   "blocked",
                                                   "level_before",
                                                   "level",
                                                   "list",
                                                   "on_list",
                                                   "actor_kind",
                                                   "actor",
                                                   "channel",
                                                   "platform",
                                                   "record",
                                                   "token",
                                                   "evidence",
                                                   "evidence_at",
                                                   "evidence_digest",
                                                   "data",
                                                   "texts",
                                                   "evidence_opened",
                                                   "disclosures",
                                                   "policy",
                                                   "findings",
                                                   "prev",
                                                   "leaf_hash"};

/// A personal value stands in `data` as its commitment.
bool is_commitment(json::Value const& value) {
    json::Object const* const object = value.as_object();
    return object != nullptr && object->size() == 1 && object->contains("commit");
}

/// Whether it says what the person is called.
bool names(Entry const& entry) {
    json::Value const* const name = entry.data.find("name");
    return name != nullptr && is_commitment(*name);
}

/// Consent that names no list counts for every one (docs/behaviour.md "Order and precedence").
bool consents_to_all(Entry const& entry) {
    auto const general = [&](Evidence const& item) { return consent::lists_of(item, entry.data).empty(); };
    if (entry.evidence.empty()) return general(Evidence{});
    return std::any_of(entry.evidence.begin(), entry.evidence.end(), general);
}

/// Whether an entry of this kind is about the contact as a whole, and so about every list that it stands on.
bool is_about_all(Desk const& desk, Entry const& entry) {
    using consent::Kind;
    auto const kind = consent::kind_from(entry.kind);
    if (!kind) return false;
    switch (*kind) {
    case Kind::contact_added:
    case Kind::opt_in_inbound:
    case Kind::opt_in_agent:
    case Kind::opt_in_consent:
    case Kind::opt_out_stop:
    case Kind::opt_out_agent:
    case Kind::contact_blocked:
    case Kind::contact_unblocked:
    case Kind::number_reassigned:
    case Kind::subject_erased: return true;
    case Kind::opt_out_request:
    case Kind::consent_expired: return entry.data.string("list").empty();
    case Kind::consent_recorded: return consents_to_all(entry);
    case Kind::trigger_fired: {
        consent::FiredTrigger const fired = consent::fired_trigger(entry.data, desk.state);
        return fired.cls == "optout" && (fired.list.empty() || fired.list == desk.filter.list);
    }
    default: return false;
    }
}

class Dossier final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_dossier; }

    Result<void> begin(Desk const& desk, std::vector<Fact>& about) override {
        Hash32 const contact = *desk.filter.contact;
        CL_TRY_ASSIGN(auto const state, desk.queries.state(desk.account, contact));
        if (!state) return fail(errc::not_found, "There is no such contact.");
        CL_TRY_ASSIGN(service::CustodyView const custody, desk.queries.custody(desk.account, contact));
        erased_by_ = custody.erased_by;
        CL_TRY_ASSIGN(Cell const number, number_of(desk, state.get()));
        about.emplace_back("contact", to_hex(contact));
        if (auto const* const phone = std::get_if<Phone>(&number)) about.emplace_back("phone", phone->e164);
        if (auto const* const text = std::get_if<std::string>(&number)) about.emplace_back("phone", *text);
        about.emplace_back("status", std::string(status_of(state.get())));
        about.emplace_back("level", std::string(name(state->level)));
        for (auto const& [id, list] : state->lists) {
            if (list.member) about.emplace_back("on list " + id, std::string(name(list.level)));
        }
        about.emplace_back("open duties", std::to_string(state->obligations.size()));
        if (!custody.holds.empty()) about.emplace_back("held for", join(custody.holds));
        if (custody.erased_by) about.emplace_back("erased by entry", std::to_string(*custody.erased_by));
        about.emplace_back("entries", std::to_string(state->contact_seq));
        service::Principal const everybody{{}, consent::Role::admin, {"*"}};
        CL_TRY_ASSIGN(std::string proof, desk.queries.proof(everybody, state->last_seq));
        about.emplace_back("proof of the last entry", std::move(proof));
        return {};
    }

    void end(std::vector<Section>& sections) const override {
        Section person{"person", "The person, as last named", {"seq", "name"}, {}};
        if (!name_.empty()) person.rows.push_back({named_by_, name_});
        sections.push_back(std::move(person));
        sections.push_back({"findings",
                            "Findings of all entries",
                            {"status", "findings"},
                            {{"open", open_}, {"waived", waived_}, {"closed", closed_}}});
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        CL_TRY_ASSIGN(bool const more, walk_.step(desk, [&](Seen const& seen) -> Result<void> {
            // The entries that the filter leaves out are read as well: what stood before a row, the person's name and how many findings there
            // are is told of all.
            Entry const& entry = seen.entry;
            if (names(entry)) named_by_ = entry.seq;
            for (service::FindingView const& one : seen.findings) ++(one.closed_by ? closed_ : one.waiver ? waived_ : open_);
            if (wanted(desk, entry)) {
                CL_TRY_ASSIGN(Row const row, row_of(desk, seen));
                emit(row);
            }
            if (entry.state) before_ = entry.state;
            return {};
        }));
        // Opened now and not when its row was read: an erasure may have come in between.
        if (!more && named_by_ >= 0) {
            CL_TRY_ASSIGN(name_, open(desk, named_by_, "/data/name"));
        }
        return more;
    }

private:
    /// What the filter asks for; of a list, what names it and what reaches it through the contact as a whole.
    [[nodiscard]] bool wanted(Desk const& desk, Entry const& entry) const {
        service::ChangeFilter asked = entry_filter(desk.filter);
        if (service::matches(entry, asked)) return true;
        if (asked.list.empty()) return false;
        asked.list.clear();
        return service::matches(entry, asked) && (is_about_all(desk, entry) || changes_status(entry));
    }

    [[nodiscard]] bool changes_status(Entry const& entry) const {
        StateAfter const before = before_.value_or(StateAfter{});
        return entry.state && (entry.state->opted_in != before.opted_in || entry.state->blocked != before.blocked);
    }

    Result<Row> row_of(Desk const& desk, Seen const& seen) {
        Entry const& entry = seen.entry;
        StateAfter const after = entry.state.value_or(before_.value_or(StateAfter{}));
        Row row{entry.seq, entry.contact_seq.value_or(0), time_cell(entry.occurred_at), time_cell(entry.recorded_at)};
        row.push_back(entry.occurred_at ? Cell((entry.recorded_at - *entry.occurred_at) / 1'000) : Cell());
        row.push_back(text_cell(entry.kind));
        row.push_back(before_ ? Cell(before_->opted_in) : Cell());
        row.emplace_back(after.opted_in);
        row.push_back(before_ ? Cell(before_->blocked) : Cell());
        row.emplace_back(after.blocked);
        row.push_back(before_ ? text_cell(name(before_->level)) : Cell());
        row.push_back(text_cell(name(after.level)));
        auto const& list = after.list;
        bool const listed = entry.state && list;
        row.push_back(listed ? text_cell(list->id) : lists_cell(entry));
        row.push_back(listed ? Cell(list->member) : Cell());
        row.push_back(entry.actor ? text_cell(entry.actor->kind) : Cell());
        row.push_back(actor_cell(entry));
        row.push_back(text_cell(entry.channel));
        row.push_back(entry.source ? text_cell(entry.source->platform) : Cell());
        row.push_back(entry.source ? text_cell(entry.source->record) : Cell());
        row.push_back(entry.source ? text_cell(entry.source->token) : Cell());
        CL_TRY(add_evidence(desk, entry, row));
        row.push_back(entry.policy ? text_cell(entry.policy->pack + " " + std::to_string(entry.policy->rules)) : Cell());
        row.push_back(text_cell(rules_of(seen.findings)));
        row.push_back(text_cell(to_hex(entry.prev)));
        row.push_back(text_cell(to_hex(leaf_hash(seen.bytes))));
        return row;
    }

    Result<void> add_evidence(Desk const& desk, Entry const& entry, Row& row) {
        std::vector<std::string> times;
        std::vector<std::string> digests;
        std::vector<std::string> opened;
        std::set<std::string> shown{std::string(entry.data.string("disclosure"))};  // what the person was told, by its id
        for (std::size_t i = 0; i < entry.evidence.size(); ++i) {
            Evidence const& item = entry.evidence[i];
            times.push_back(item.occurred_at ? format_time(*item.occurred_at) : "-");
            digests.push_back(to_hex(item.digest));
            CL_TRY_ASSIGN(std::string text, open(desk, entry.seq, "/evidence/" + std::to_string(i)));
            shown.insert(disclosure_of(text));
            if (!text.empty()) opened.push_back(std::move(text));
        }
        std::vector<std::string> texts;
        for (json::Member const& member : entry.data) {
            if (!is_commitment(member.value)) continue;
            CL_TRY_ASSIGN(std::string const text, open(desk, entry.seq, json::pointer_join("/data", member.name)));
            if (!text.empty()) texts.push_back(member.name + ": " + text);
        }
        row.push_back(text_cell(evidence_kinds(entry)));
        row.push_back(text_cell(join(times)));
        row.push_back(text_cell(join(digests)));
        row.push_back(entry.data.empty() ? Cell() : text_cell(json::write(entry.data)));
        row.push_back(text_cell(join(texts, "\n")));
        row.push_back(text_cell(join(opened, "\n")));
        CL_TRY_ASSIGN(std::string const words, words_of(desk, entry.seq, shown));
        row.push_back(text_cell(words));
        return {};
    }

    /// The id of the disclosure that an opened item of evidence names; empty where it names none.
    static std::string disclosure_of(std::string const& opened) {
        auto const value = json::parse(opened, limits::opening_bytes);
        json::Object const* const item = value ? value->as_object() : nullptr;
        return item == nullptr ? std::string() : std::string(item->string("disclosure"));
    }

    /// The words of the disclosures, as they stood when the entry was recorded: under an id that has got other words since, they are not said.
    Result<std::string> words_of(Desk const& desk, Seq seq, std::set<std::string> const& ids) {
        std::vector<std::string> all;
        for (std::string const& id : ids) {
            auto const defined = desk.state.disclosures.find(id);
            if (defined == desk.state.disclosures.end()) continue;
            if (defined->second.seq > seq) {
                all.push_back(id + ": defined anew by entry " + std::to_string(defined->second.seq));
                continue;
            }
            CL_TRY_ASSIGN(auto const words, desk.queries.opening(defined->second.seq, "/data/text"));
            if (!words) continue;
            walk_.weigh(words->size());
            all.push_back(id + ": " + *words);
        }
        return join(all, "\n");
    }

    /// Empty unless everything personal may be shown.
    Result<std::string> open(Desk const& desk, Seq seq, std::string const& pointer) {
        if (desk.filter.personal != Personal::full) return std::string();
        if (erased_by_ && seq <= *erased_by_) return std::string("erased");
        CL_TRY_ASSIGN(auto opened, desk.queries.opening(seq, pointer));
        if (!opened) return std::string("erased");
        walk_.weigh(opened->size());
        return std::move(*opened);
    }

    ContactWalk walk_;
    std::optional<StateAfter> before_;  ///< what stood before the entry in hand
    std::optional<Seq> erased_by_;
    std::int64_t open_ = 0, waived_ = 0, closed_ = 0;  ///< findings, each of one of these
    Seq named_by_ = -1;                                ///< the newest entry that has a name
    std::string name_;                                 ///< as it could be opened when the rows were done
};

}  // namespace

std::unique_ptr<Source> make_dossier() {
    return std::make_unique<Dossier>();
}

}  // namespace cl::report
