// The contact dossier: every entry of one contact, before and after, with what it rests on and what the vault still has of it.
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"

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
        if (auto const* const phone = std::get_if<Phone>(&number)) about.emplace_back("phone", "tel:" + phone->e164);
        if (auto const* const text = std::get_if<std::string>(&number)) about.emplace_back("phone", *text);
        about.emplace_back("status", std::string(status_of(state.get())));
        about.emplace_back("level", std::string(name(state->level)));
        for (auto const& [id, list] : state->lists) {
            if (list.member) about.emplace_back("on list " + id, std::string(name(list.level)));
        }
        about.emplace_back("open duties", std::to_string(state->obligations.size()));
        about.emplace_back("open findings", std::to_string(state->open.size()));
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
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        CL_TRY_ASSIGN(bool const more, walk_.step(desk, [&](Seen const& seen) -> Result<void> {
            CL_TRY_ASSIGN(Row const row, row_of(desk, seen));
            emit(row);
            return {};
        }));
        // Opened now and not when its row was read: an erasure may have come in between.
        if (!more && named_by_ >= 0) {
            CL_TRY_ASSIGN(name_, open(desk, named_by_, "/data/name"));
        }
        return more;
    }

private:
    /// What stood before the entry: of the contact's entry before it, which a filter may have left out.
    Result<std::optional<StateAfter>> state_before(Desk const& desk, Entry const& entry) const {
        if (entry.contact_prev == last_) return before_;
        std::optional<StateAfter> found;
        for (auto prev = entry.contact_prev; prev && !found;) {
            CL_TRY_ASSIGN(service::EntryView const view, desk.queries.view(desk.account, *prev));
            CL_TRY_ASSIGN(Entry const one, decode(view.bytes));
            found = one.state;
            prev = one.contact_prev;
        }
        return found;
    }

    Result<Row> row_of(Desk const& desk, Seen const& seen) {
        Entry const& entry = seen.entry;
        CL_TRY_ASSIGN(before_, state_before(desk, entry));
        last_ = entry.seq;
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
        row.push_back(text_cell(listed ? std::string_view(list->id) : entry.data.string("list")));
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
        before_ = after;
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
            if (member.name == "name" && !text.empty()) named_by_ = entry.seq;
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

    EntryWalk walk_;
    std::optional<StateAfter> before_;  ///< the newest row's own state, or that before the row in hand
    std::optional<Seq> last_;           ///< the newest row's entry
    std::optional<Seq> erased_by_;
    Seq named_by_ = -1;  ///< the newest entry whose name is shown
    std::string name_;   ///< as it could be opened when the rows were done
};

}  // namespace

std::unique_ptr<Source> make_dossier() {
    return std::make_unique<Dossier>();
}

}  // namespace cl::report
