// Sends after a revocation: each row of a platform's log whose contact had opted out, was blocked, or had asked to be off the list by then.
// Each is judged by what a check before it would have answered (consent/check.hpp), at its time and by all that is known today.
#include "ledger/consent/check.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"
#include "ledger/report/send_rows.hpp"

#include <map>

namespace cl::report {
namespace {

constexpr std::string_view columns_of_sends[] = {"line",          "contact",    "phone",        "reason",       "revoked_at",
                                                 "revoked_by",    "message_id", "sent_at",      "type",         "list",
                                                 "delta_seconds", "excused_by", "exposure_low", "exposure_high"};

constexpr std::int64_t cents = 100;
/// A platform needs some time until an opt-out is in force everywhere (domain: Sinch documents ten minutes); CL-051.
constexpr Millis propagation_ms = 600'000;

constexpr std::size_t prepared_lines = 1'024;     // read in one step: some milliseconds
constexpr std::int64_t replayed_entries = 2'000;  // in one step, and those of one row more

std::string_view type_name(consent::MessageType type) noexcept {
    switch (type) {
    case consent::MessageType::one_to_one: return "one_to_one";
    case consent::MessageType::campaign: return "campaign";
    case consent::MessageType::confirmation: break;
    }
    return "confirmation";
}

/// Nobody revoked what was never given: a contact that was always out is not here.
bool is_revocation(consent::CheckAnswer const& answer) noexcept {
    switch (answer.reason) {
    case consent::CheckReason::opted_out:
    case consent::CheckReason::blocked:
    case consent::CheckReason::list_optout_pending:
    case consent::CheckReason::erased: return answer.since.has_value();
    default: return false;
    }
}

/// The opt-out of somebody who was blocked besides: said since the block, or before it and standing still.
Result<std::optional<consent::Mark>> opted_out_too(Desk const& desk, consent::ContactState const& then) {
    auto const& revoked = then.revoked;
    if (!revoked || revoked->seq > then.since_seq) return revoked;
    CL_TRY_ASSIGN(Entry entry, entry_at(desk, then.since_seq));
    while (entry.contact_prev) {
        CL_TRY_ASSIGN(entry, entry_at(desk, *entry.contact_prev));
        if (entry.state) return entry.state->opted_in ? std::nullopt : revoked;
    }
    return revoked;
}

class Sends final : public Source {
public:
    explicit Sends(std::string_view text) : all_(text), reader_(text) {}

    std::span<std::string_view const> columns() const noexcept override { return columns_of_sends; }

    /// Every line is read once before the first row: a report of half a file would pass for one of the whole.
    Result<bool> prepare() override {
        for (std::size_t n = 0; n < prepared_lines; ++n) {
            CL_TRY_ASSIGN(auto const row, all_.next());
            if (!row) return false;
            ++sends_;
        }
        return true;
    }

    /// What a message may cost is a matter of the pack in force, as everything that a law says (docs/policy-packs.md; no legal advice).
    Result<void> begin(Desk const& desk, std::vector<Fact>& about) override {
        consent::Pack const& pack = pack_now(desk);
        low_ = pack.exposure_low_cents / cents;
        high_ = pack.exposure_high_cents / cents;
        currency_ = pack.exposure_currency;
        about.emplace_back("policy pack", std::string(pack.name) + " " + std::to_string(pack.rules));
        about.emplace_back("sends in the log", std::to_string(sends_));
        about.emplace_back("seconds that an opt-out may take to be in force", std::to_string(propagation_ms / 1'000));
        return {};
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        // A row is judged by a replay of its contact's entries, and one contact may have many of them and many rows.
        replayed_ = 0;
        for (std::size_t n = 0; n < limits::report_page_items && replayed_ < replayed_entries; ++n) {
            CL_TRY_ASSIGN(auto const row, reader_.next());
            if (!row) return false;
            CL_TRY(judge(desk, *row, emit));
        }
        return true;
    }

    void end(std::vector<Section>& sections) const override {
        Section section{"outcomes", "What a check before each send would have answered", {"answer", "sends"}, {}};
        for (auto const& [reason, sends] : outcomes_) section.rows.push_back({std::string(reason), sends});
        sections.push_back(std::move(section));
        sections.push_back({"exposure",
                            "Opted out and not excused, by the policy pack",
                            {"currency", "messages", "low", "high"},
                            {{currency_, exposed_, exposed_ * low_, exposed_ * high_}}});
    }

private:
    Result<void> judge(Desk const& desk, SendRow const& row, Emit const& emit) {
        Hash32 const contact = row.contact ? *row.contact : desk.queries.contact_of(desk.account, row.number);
        bool const chosen = in_time(desk.filter, row.at) && (desk.filter.list.empty() || desk.filter.list == row.what.list) &&
                            (!desk.filter.contact || *desk.filter.contact == contact);
        if (!chosen) {
            ++outcomes_["not judged: left out by the filters"];
            return {};
        }
        CL_TRY_ASSIGN(auto const now, desk.queries.state(desk.account, contact));
        auto const then = desk.queries.contact(desk.account, contact, row.at, std::nullopt);
        if (!then && then.error().code == errc::too_large) {
            ++outcomes_["not judged: too many entries"];
            return {};
        }
        CL_TRY(then);
        replayed_ += now ? now->contact_seq : 0;
        consent::Pack const& pack = pack_now(desk);
        auto answer = consent::check(row.what, pack, desk.state, then->known ? &then->state : nullptr, row.at);
        ++outcomes_[consent::name(answer.reason)];
        if (!is_revocation(answer)) return {};
        bool revoked = true;
        if (answer.reason == consent::CheckReason::blocked) {
            CL_TRY_ASSIGN(auto const opt_out, opted_out_too(desk, then->state));
            revoked = opt_out.has_value();
            if (opt_out) answer = {answer.reason, opt_out->seq, opt_out->key};
        }
        Millis const delta = row.at - *answer.since;
        bool const propagating = delta <= propagation_ms;
        bool const counts = !propagating && revoked;
        if (counts) ++exposed_;
        CL_TRY_ASSIGN(Cell const number, number_of(desk, std::optional(contact)));
        emit({row.line, to_hex(contact), number, std::string(consent::name(answer.reason)), time_cell(answer.since),
              answer.seq ? Cell(*answer.seq) : Cell(), text_cell(row.message), format_time(row.at),
              std::string(type_name(row.what.type)), text_cell(row.what.list), delta / 1'000,
              propagating ? text_cell("propagation") : Cell(), counts ? Cell(low_) : Cell(), counts ? Cell(high_) : Cell()});
        return {};
    }

    SendReader all_;  // read first, to the end
    SendReader reader_;
    std::int64_t sends_ = 0;
    std::int64_t replayed_ = 0;  // entries, for the rows of the step in hand
    std::map<std::string_view, std::int64_t> outcomes_;
    std::int64_t exposed_ = 0;
    std::int64_t low_ = 0;  // what a message may cost, in currency_
    std::int64_t high_ = 0;
    std::string currency_;
};

}  // namespace

std::unique_ptr<Source> make_sends(std::string_view text) {
    return std::make_unique<Sends>(text);
}

}  // namespace cl::report
