#include "verify/reconcile/row.hpp"

#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"
#include "verify/reconcile/values.hpp"

#include <limits>

namespace cl::verify::reconcile {
namespace {

BadRow bad(csv::Fault fault) {
    switch (fault) {
    case csv::Fault::quote_inside: return BadRow::quote_inside;
    case csv::Fault::text_after_quote: return BadRow::text_after_quote;
    case csv::Fault::unclosed: return BadRow::unclosed_quote;
    case csv::Fault::field_too_long: return BadRow::field_too_long;
    case csv::Fault::too_many_fields: return BadRow::too_many_fields;
    case csv::Fault::record_too_long:
    case csv::Fault::none: break;
    }
    return BadRow::too_long;
}

}  // namespace

std::optional<BadRow> RowReader::read_csv(csv::Record const& record, Row& row) {
    if (record.fault != csv::Fault::none) {
        return bad(record.fault);
    }
    if (record.fields.size() != shape_.columns.width) {
        return BadRow::other_field_count;
    }
    for (std::size_t i = 0; i < field_count; ++i) {
        std::size_t const place = shape_.columns.places[i];
        values_[i] = place == Columns::absent ? std::string_view() : record.fields[place];
    }
    return read(row);
}

std::optional<NameMatch> const& RowReader::match(std::string const& name) {
    auto const found = matches_.find(name);
    if (found != matches_.end()) {
        return found->second;
    }
    if (matches_.size() >= limits::reconcile_fields) {
        matches_.clear();  // nobody has so many names
    }
    return matches_.emplace(name, match_name(name, shape_.given)).first->second;
}

std::optional<BadRow> RowReader::read_json(std::string_view line, Row& row) {
    if (line.size() > limits::reconcile_row_bytes) {
        return BadRow::too_long;
    }
    auto const parsed = json::parse(line, limits::reconcile_row_bytes);
    json::Object const* const object = parsed ? parsed->as_object() : nullptr;
    if (object == nullptr) {
        return BadRow::not_json;
    }
    values_.fill({});
    std::array<std::size_t, field_count> ranks;
    ranks.fill(std::numeric_limits<std::size_t>::max());
    for (json::Member const& member : *object) {
        std::optional<NameMatch> const& found = match(member.name);
        if (!found || member.value.is_null()) {
            continue;
        }
        auto const field = static_cast<std::size_t>(found->field);
        if (found->rank >= ranks[field]) {
            continue;
        }
        ranks[field] = found->rank;
        if (auto const* const text = member.value.as_string()) {
            values_[field] = *text;
        } else if (auto const* const number = member.value.as_int()) {
            values_[field] = texts_[field] = std::to_string(*number);
        } else if (auto const* const flag = member.value.as_bool()) {
            values_[field] = *flag ? "true" : "false";
        } else {
            return BadRow::not_json;
        }
    }
    return read(row);
}

std::optional<BadRow> RowReader::read(Row& row) {
    row = Row{};
    row.send.outcome = read_outcome();
    if (row.send.outcome == Outcome::inbound) {
        return std::nullopt;
    }
    bool zoneless = false;
    bool const utc = shape_.utc || shape_.columns.layout == Layout::bandwidth || shape_.columns.layout == Layout::vonage;
    auto const at = read_time(value(Field::at), utc, zoneless);
    if (!at || *at < earliest_time || *at > latest_time) {
        return zoneless ? BadRow::no_time_zone : BadRow::bad_time;
    }
    row.send.at = *at;
    if (auto const fault = read_contact(row)) {
        return fault;
    }
    return read_kind(row.send);
}

Outcome RowReader::read_outcome() const {
    if (is_inbound(value(Field::direction))) {
        return Outcome::inbound;
    }
    Layout const layout = layout_from(value(Field::provider)).value_or(shape_.columns.layout);
    if (means_opted_out(layout, value(Field::error), value(Field::reason))) {
        return Outcome::opted_out;
    }
    return shape_.rejections ? Outcome::other_code : read_status(value(Field::status));
}

std::optional<BadRow> RowReader::read_contact(Row& row) {
    std::optional<std::uint32_t> account = shape_.account;
    std::optional<std::uint32_t> only = shape_.only;
    if (!value(Field::account).empty()) {
        account = only = history_.account_from(value(Field::account));
        if (!account) {
            return BadRow::unknown_account;
        }
    }
    std::string_view const id = value(Field::contact);
    if (id.empty()) {
        return read_number(account, row);
    }
    auto const contact = hash_from_hex(id);
    if (!contact) {
        return BadRow::bad_contact;
    }
    row.send.contact = *contact;
    row.contact = history_.find(*contact);
    bool const other = row.contact != nullptr && only && row.contact->account != *only;
    return other ? std::optional(BadRow::bad_account) : std::nullopt;
}

std::optional<BadRow> RowReader::read_number(std::optional<std::uint32_t> account, Row& row) {
    if (value(Field::to).empty()) {
        return BadRow::no_contact;
    }
    if (shape_.key == nullptr) {
        return BadRow::no_contact_key;
    }
    if (!account) {
        return BadRow::no_account;
    }
    auto const number = reconcile::read_number(value(Field::to), shape_.columns.layout != Layout::generic);
    if (!number) {
        return BadRow::bad_number;
    }
    row.send.contact = shape_.key->contact(history_.account_name(*account), *number);
    row.contact = history_.find(row.send.contact);
    return std::nullopt;
}

std::optional<BadRow> RowReader::read_kind(Send& send) {
    auto const type = read_type(value(Field::type));
    if (!type) {
        return BadRow::bad_type;
    }
    std::string_view const list = value(Field::list);
    send.type = *type;
    if (send.type == SendType::unknown) {
        bool const reply = value(Field::direction) == "outbound-reply";  // Twilio's word for an automatic answer
        send.type = !list.empty() ? SendType::campaign : reply ? SendType::autoreply : shape_.type;
    }
    if (send.type == SendType::campaign) {
        send.list = list.empty() ? shape_.list : history_.list_from(list);
    }
    return read_extras(send);
}

std::optional<BadRow> RowReader::read_extras(Send& send) {
    auto const marketing = read_flag(value(Field::marketing));
    auto const opt_out_text = read_flag(value(Field::opt_out_text));
    if (!marketing || !opt_out_text) {
        return BadRow::bad_flag;
    }
    send.marketing = *marketing;
    send.opt_out_text = *opt_out_text;
    std::string_view const body = value(Field::body);
    if (send.type == SendType::campaign && send.opt_out_text == Flag::unknown && !body.empty()) {
        send.opt_out_text = tells_how_to_opt_out(body) ? Flag::yes : Flag::no;
    }
    std::string_view const offset = value(Field::utc_offset);
    if (!offset.empty()) {
        auto const read = read_offset(offset);
        if (!read) {
            return BadRow::bad_offset;
        }
        send.utc_offset = *read;
        send.has_offset = true;
    }
    std::string_view const state = value(Field::state);
    for (std::size_t i = 0; i < 2 && state.size() == 2; ++i) {
        send.state[i] = state[i] >= 'a' && state[i] <= 'z' ? static_cast<char>(state[i] - 'a' + 'A') : state[i];
    }
    return std::nullopt;
}

}  // namespace cl::verify::reconcile
