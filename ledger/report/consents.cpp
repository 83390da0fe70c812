// The consent register: every act that opts somebody in or records consent, with the evidence that it came with (a row each, or one row that says
// that there was none), and whether that still counts.
#include "ledger/consent/evidence.hpp"
#include "ledger/consent/facts.hpp"
#include "ledger/report/read.hpp"

#include <algorithm>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_register[] = {
    "seq",     "contact",       "phone",           "status_now", "level_now", "act",        "consent_at",   "recorded_at",
    "channel", "evidence_kind", "evidence_digest", "verified",   "held_by",   "level",      "purpose",      "lists",
    "seller",  "disclosure",    "jurisdiction",    "supports",   "counts",    "expires_at", "retain_until", "actor_kind",
    "actor"};

std::vector<std::string> const acts = {"contact.added", "opt_in.inbound", "opt_in.agent", "opt_in.consent", "consent.recorded"};

bool ended(std::optional<Millis> const& end, Millis given) {
    return end && given <= *end;
}

/// Of the lists that the evidence names, those for which a later request or expiry ended it.
std::vector<std::string> ended_lists(consent::ContactState const& state, std::vector<std::string> const& lists, Millis given) {
    std::vector<std::string> gone;
    for (std::string const& id : lists) {
        auto const found = state.lists.find(id);
        if (found == state.lists.end()) continue;
        bool const asked = found->second.opted_out && given <= found->second.opted_out->key;
        if (asked || ended(found->second.floor, given)) gone.push_back(id);
    }
    return gone;
}

class Register final : public Source {
public:
    std::span<std::string_view const> columns() const noexcept override { return columns_of_register; }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        return walk_.step(desk, [&](Seen const& seen) { return rows_of(desk, seen.entry, emit); });
    }

    void end(std::vector<Section>& sections) const override {
        sections.push_back({"counts", "Whether it counts", {"counts", "rows"}, {}});
        for (auto const& [word, rows] : counts_) sections.back().rows.push_back({word, rows});
    }

private:
    Result<void> rows_of(Desk const& desk, Entry const& entry, Emit const& emit) {
        if (!entry.contact) return {};
        CL_TRY_ASSIGN(auto const state, desk.queries.state(desk.account, *entry.contact));
        if (!state) return {};
        CL_TRY_ASSIGN(Cell const number, number_of(desk, state.get()));
        Row const start{
            entry.seq, to_hex(*entry.contact), number, std::string(status_of(state.get())), std::string(name(state->level)),
            entry.kind};
        // An entry may name the list by one item of evidence and not by another.
        auto const wanted = [&](Evidence const& item) {
            std::vector<std::string> const lists = consent::lists_of(item, entry.data);
            std::string const& list = desk.filter.list;
            return list.empty() || std::find(lists.begin(), lists.end(), list) != lists.end();
        };
        if (entry.evidence.empty() && wanted(Evidence{})) emit(row_of(desk, entry, *state, start, nullptr, {}));
        for (std::size_t i = 0; i < entry.evidence.size(); ++i) {
            if (!wanted(entry.evidence[i])) continue;
            CL_TRY_ASSIGN(std::string const jurisdiction, evidence_member(desk, entry, i, "jurisdiction"));
            emit(row_of(desk, entry, *state, start, &entry.evidence[i], jurisdiction));
        }
        return {};
    }

    Row row_of(Desk const& desk, Entry const& entry, consent::ContactState const& state, Row row, Evidence const* item,
               std::string const& jurisdiction) {
        consent::Pack const& pack = pack_at(desk, entry.seq);
        Scope const scope = item != nullptr && item->scope ? *item->scope : Scope{};
        std::string_view const purpose = scope.purpose.empty() ? entry.data.string("purpose") : scope.purpose;
        std::string_view const disclosure = entry.data.string("disclosure");
        std::vector<std::string> const lists = consent::lists_of(item != nullptr ? *item : Evidence{}, entry.data);
        Level level = Level::none;
        std::optional<Millis> given;
        if (item != nullptr) {
            level = consent::evidence_level(*item, pack, entry.data.string("purpose"), !disclosure.empty());
            given = item->occurred_at;
        }
        row.push_back(time_cell(given));
        row.push_back(time_cell(entry.recorded_at));
        row.push_back(text_cell(entry.channel));
        row.push_back(text_cell(item != nullptr ? item->kind : "none"));
        row.push_back(item != nullptr ? text_cell(to_hex(item->digest)) : Cell());
        row.push_back(item != nullptr && item->verified ? Cell(*item->verified) : Cell());
        row.push_back(item != nullptr ? text_cell(item->held_by) : Cell());
        row.push_back(text_cell(name(level)));
        row.push_back(text_cell(purpose));
        row.push_back(text_cell(join(lists)));
        row.push_back(text_cell(scope.seller));
        row.push_back(text_cell(disclosure));
        row.push_back(text_cell(jurisdiction));
        row.push_back(item != nullptr && item->for_seq ? Cell(*item->for_seq) : Cell());
        row.push_back(text_cell(counts(desk, state, level, lists, given)));
        Millis const valid = consent::valid_ms(pack_now(desk), level);
        row.push_back(given && valid > 0 ? time_cell(*given + valid) : Cell());
        auto const act = consent::newest_act(state);
        row.push_back(act ? time_cell(*act + pack_now(desk).retention_ms) : Cell());
        row.push_back(entry.actor ? text_cell(entry.actor->kind) : Cell());
        row.push_back(actor_cell(entry));
        return row;
    }

    std::string counts(Desk const& desk, consent::ContactState const& state, Level level, std::vector<std::string> const& lists,
                       std::optional<Millis> const& given) {
        std::string word = "yes";
        if (!given) {
            word = "no_evidence";
        } else if (state.reassigned && *given <= state.reassigned->key) {
            word = "number_reassigned";
        } else if (ended(consent::evidence_floor(state), *given)) {
            word = "ended";
        } else if (consent::has_expired(pack_now(desk), level, *given, desk.now)) {
            word = "expired";
        } else if (std::vector<std::string> const gone = ended_lists(state, lists, *given); !gone.empty()) {
            word = gone.size() == lists.size() ? "ended" : "ended_for_some_lists";
        }
        ++counts_[word];
        return word;
    }

    EntryWalk walk_{acts};
    std::map<std::string, std::int64_t> counts_;
};

}  // namespace

std::unique_ptr<Source> make_consent_register() {
    return std::make_unique<Register>();
}

}  // namespace cl::report
