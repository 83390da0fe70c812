// The suppression list: numbers that must not be texted, for people, or in the shape that a provider's own list takes.
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/read.hpp"
#include "ledger/report/suppression_cause.hpp"

#include <algorithm>

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
constexpr std::size_t searched_entries = 2'000;  // in one step

std::string_view twilio_source(Entry const& entry) {
    if (entry.kind == "opt_out.stop") return "opt-out-message";
    if (entry.kind == "opt_out.request") return entry.data.string("via") == "web" ? "website" : "offline";
    return entry.kind == "opt_out.agent" ? "offline" : "others";
}

/// Whether a definition of the account speaks of the list, as itself or as what another list or a trigger is about.
bool is_named(consent::AccountState const& account, std::string const& list) {
    auto const trigger = [&](auto const& one) { return one.second.list == list; };
    auto const opt_out_list = [&](auto const& one) { return one.first == list || one.second.opt_out_of == list; };
    return std::any_of(account.lists.begin(), account.lists.end(), opt_out_list) ||
           std::any_of(account.triggers.begin(), account.triggers.end(), trigger);
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

    /// A list that does not exist would answer as if nobody had asked to be off it.
    Result<void> begin(Desk const& desk, std::vector<Fact>&) override {
        if (desk.filter.list.empty() || is_named(desk.state, desk.filter.list)) return {};
        service::ContactFilter on_it;
        on_it.list = desk.filter.list;
        on_it.limit = 1;
        CL_TRY(desk.queries.contacts(desk.account, on_it));
        return {};
    }

    Result<bool> step(Desk const& desk, Emit const& emit) override {
        if (at_ == page_.items.size()) CL_TRY(next_page(desk));
        std::size_t entries = searched_entries;
        while (at_ < page_.items.size() && entries > 0) {
            service::ContactRow const& row = page_.items[at_];
            CL_TRY_ASSIGN(bool const done,
                          row.first_seq > desk.bound ? Result<bool>(true) : add(desk, row.contact, entries, emit));
            at_ += done ? 1 : 0;
        }
        return at_ < page_.items.size() || page_.has_more;
    }

    void end(std::vector<Section>& sections) const override {
        sections.push_back({"left_out", "Without a number", {"what", "contacts"}, {{"number erased", gone_}}});
    }

private:
    Result<void> next_page(Desk const& desk) {
        service::ContactFilter filter;
        filter.limit = limits::report_page_items;
        filter.cursor = page_.next_cursor;
        CL_TRY_ASSIGN(page_, desk.queries.contacts(desk.account, filter));
        at_ = 0;
        return {};
    }

    /// False where more of the contact's entries have to be read than a step reads.
    Result<bool> add(Desk const& desk, Hash32 const& contact, std::size_t& entries, Emit const& emit) {
        if (!search_) {
            CL_TRY_ASSIGN(auto state, desk.queries.state(desk.account, contact));
            if (!state) return true;
            search_.emplace(std::move(state));
        }
        consent::ContactState const& state = search_->state();
        CL_TRY_ASSIGN(bool const over,
                      search_->step(desk, entries, [&](Entry const& entry) { return is_asked_for(desk, state, entry); }));
        if (!over) return false;
        if (search_->found()) CL_TRY(write(desk, contact, state, *search_->found(), emit));
        search_.reset();
        return true;
    }

    /// By one and the same entry: what one has of the kind and another of the person is not what was asked for.
    static Result<bool> is_asked_for(Desk const& desk, consent::ContactState const& state, Entry const& entry) {
        service::ChangeFilter asked;
        asked.kinds = desk.filter.kinds;
        asked.actor = desk.filter.actor;
        if (!service::matches(entry, asked)) return false;
        return is_in_time(desk, state, entry.recorded_at);
    }

    Result<void> write(Desk const& desk, Hash32 const& contact, consent::ContactState const& state, Cause const& cause,
                       Emit const& emit) {
        Entry const& entry = cause.entry;
        CL_TRY_ASSIGN(Cell const number, number_of(desk, &state));
        auto const* const phone = std::get_if<Phone>(&number);
        bool const shown = phone != nullptr || desk.filter.personal != Personal::full;
        gone_ += shown ? 0 : 1;
        if (shape_ == Shape::plain) {
            emit({to_hex(contact), number, std::string(cause.reason), time_cell(entry.recorded_at), entry.seq,
                  text_cell(entry.kind), entry.to.starts_with('+') ? Cell(Phone{entry.to}) : text_cell(entry.to)});
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
        CL_TRY_ASSIGN(Entry const first, entry_at(desk, state.opened_seq));
        CL_TRY_ASSIGN(Entry const last, entry_at(desk, state.last_seq));
        return (!desk.filter.from || last.recorded_at >= *desk.filter.from) &&
               (!desk.filter.to || first.recorded_at < *desk.filter.to);
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
    service::Page<service::ContactRow> page_;
    std::size_t at_ = 0;                 ///< in the page
    std::optional<CauseSearch> search_;  ///< of the contact there
    std::int64_t gone_ = 0;
};

}  // namespace

std::unique_ptr<Source> make_suppression(Filter const& filter) {
    return std::make_unique<Suppression>(filter);
}

}  // namespace cl::report
