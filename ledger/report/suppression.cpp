// The suppression list: numbers that must not be texted, for people, or in the shape that a provider's own list takes.
#include "ledger/consent/state.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"

namespace cl::report {
namespace {

constexpr std::string_view plain_columns[] = {"contact", "phone", "reason", "since", "seq", "kind", "to"};
// Twilio Consents API (bulk), AWS End User Messaging PutOptedOutNumber, Azure Communication Services sms/optouts:add.
constexpr std::string_view twilio_columns[] = {"contact_id", "correlation_id", "sender_id",
                                               "status",     "source",         "date_of_consent"};
constexpr std::string_view e164_columns[] = {"number"};
constexpr std::string_view aws_columns[] = {"OptOutListName", "OptedOutNumber"};
constexpr std::string_view azure_columns[] = {"from", "to"};
constexpr std::size_t correlation_chars = 32;

/// Why a contact is suppressed, and by which entry.
struct Why {
    std::string reason;
    Seq seq = -1;
};

std::optional<Why> why(consent::ContactState const& state, std::string const& list) {
    if (state.erased) return Why{"erased", state.revoked ? state.revoked->seq : state.last_seq};
    if (state.blocked) return Why{"blocked", state.blocked_mark ? state.blocked_mark->seq : state.since_seq};
    if (!state.opted_in && state.revoked) return Why{"opted_out", state.revoked->seq};
    // Blocked once and unblocked: out until asked anew (S12), though nothing was revoked.
    if (!state.opted_in && state.blocked_mark) return Why{"opted_out", state.blocked_mark->seq};
    if (list.empty()) return std::nullopt;
    auto const found = state.lists.find(list);
    if (found == state.lists.end() || !consent::list_opt_out_stands(found->second)) return std::nullopt;
    return Why{"list_opt_out", found->second.opted_out ? found->second.opted_out->seq : found->second.seq};
}

std::string_view twilio_source(Entry const& entry) {
    if (entry.kind == "opt_out.stop") return "opt-out-message";
    if (entry.kind == "opt_out.request") return entry.data.string("via") == "web" ? "website" : "offline";
    return entry.kind == "opt_out.agent" ? "offline" : "others";
}

class Suppression final : public Source {
public:
    explicit Suppression(Filter const& filter) : shape_(filter.shape), lines_(filter.format == Format::json) {}

    std::span<std::string_view const> columns() const noexcept override {
        switch (shape_) {
        case Shape::e164: return e164_columns;
        case Shape::twilio: return twilio_columns;
        case Shape::aws: return aws_columns;
        case Shape::azure: return azure_columns;
        case Shape::plain: break;
        }
        return plain_columns;
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        service::ContactFilter filter;
        filter.limit = limits::report_page_items;
        filter.cursor = cursor_;
        CL_TRY_ASSIGN(auto const page, desk.queries.contacts(desk.account, filter));
        for (service::ContactRow const& row : page.items) {
            if (row.first_seq <= desk.bound) CL_TRY(add(desk, row.contact, emit));
        }
        cursor_ = page.next_cursor;
        return page.has_more;
    }

    void end(std::vector<Section>& sections) const override {
        sections.push_back({"left_out", "Without a number", {"what", "contacts"}, {{"number erased", gone_}}});
    }

private:
    Result<void> add(Desk const& desk, Hash32 const& contact, Emit const& emit) {
        CL_TRY_ASSIGN(auto const state, desk.queries.state(desk.account, contact));
        if (!state) return {};
        auto const cause = why(*state, desk.filter.list);
        if (!cause) return {};
        CL_TRY_ASSIGN(service::EntryView const view, desk.queries.view(desk.account, cause->seq));
        CL_TRY_ASSIGN(Entry const entry, decode(view.bytes));
        service::ChangeFilter cause_of;
        cause_of.kinds = desk.filter.kinds;
        cause_of.actor = desk.filter.actor;
        CL_TRY_ASSIGN(bool const wanted, is_in_time(desk, *state, entry.recorded_at));
        if (!wanted || !service::matches(entry, cause_of)) return {};
        CL_TRY_ASSIGN(Cell const number, number_of(desk, state.get()));
        auto const* const phone = std::get_if<Phone>(&number);
        bool const shown = phone != nullptr || desk.filter.personal != Personal::full;
        gone_ += shown ? 0 : 1;
        if (shape_ == Shape::plain) {
            emit({to_hex(contact), number, cause->reason, time_cell(entry.recorded_at), entry.seq, text_cell(entry.kind),
                  text_cell(entry.to)});
        } else if (phone != nullptr) {
            Row const row = shaped(desk, contact, *phone, entry);
            emit(lines_ ? Row{line(row)} : row);
        }
        return {};
    }

    /// By when the contact went out; and, of somebody erased who came back and is out still, by what was recorded since: the list before
    /// that could not have the number.
    static Result<bool> is_in_time(Desk const& desk, consent::ContactState const& state, Millis cause_at) {
        if (in_time(desk.filter, cause_at)) return true;
        if (!state.erased || state.opened_seq < 0) return false;
        CL_TRY_ASSIGN(Millis const first, recorded_at(desk, state.opened_seq));
        CL_TRY_ASSIGN(Millis const last, recorded_at(desk, state.last_seq));
        return (!desk.filter.from || last >= *desk.filter.from) && (!desk.filter.to || first < *desk.filter.to);
    }

    static Result<Millis> recorded_at(Desk const& desk, Seq seq) {
        CL_TRY_ASSIGN(service::EntryView const view, desk.queries.view(desk.account, seq));
        CL_TRY_ASSIGN(Entry const entry, decode(view.bytes));
        return entry.recorded_at;
    }

    Row shaped(Desk const& desk, Hash32 const& contact, Phone const& phone, Entry const& entry) const {
        if (shape_ == Shape::e164) return {phone};
        // The sender that the person answered, unless another was asked for.
        Cell sender = text_cell(desk.filter.sender);
        if (desk.filter.sender.empty() && !entry.to.empty()) sender = Phone{entry.to};
        if (shape_ == Shape::twilio) {
            return {phone,
                    to_hex(contact).substr(0, correlation_chars),
                    sender,
                    "opt-out",
                    std::string(twilio_source(entry)),
                    format_time(entry.occurred_at.value_or(entry.recorded_at))};
        }
        if (shape_ == Shape::aws) return {desk.filter.sender.empty() ? "Default" : desk.filter.sender, phone};
        return {sender, phone};
    }

    /// A provider's request for one number.
    std::string line(Row const& row) const {
        json::Object object;
        auto const names = columns();
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (auto const* const text = std::get_if<std::string>(&row[i])) object.set(names[i], *text);
            if (auto const* const phone = std::get_if<Phone>(&row[i])) object.set(names[i], phone->e164);
        }
        if (shape_ == Shape::azure) {
            json::Array recipients{json::Object{{"to", object.string("to")}}};
            object.erase("to");
            object.set("recipients", std::move(recipients));
        }
        return json::write(object);
    }

    Shape shape_;
    bool lines_;
    std::string cursor_;
    std::int64_t gone_ = 0;
};

}  // namespace

std::unique_ptr<Source> make_suppression(Filter const& filter) {
    return std::make_unique<Suppression>(filter);
}

}  // namespace cl::report
