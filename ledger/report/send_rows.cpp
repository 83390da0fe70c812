#include "ledger/report/send_rows.hpp"

#include "ledger/consent/change_item.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/keys.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::report {
namespace {

constexpr std::string_view members[] = {"contact", "to", "at", "message_id", "type", "list"};

Result<void> read_who(json::Object const& object, SendRow& row) {
    bool const by_contact = object.find("contact") != nullptr;
    if (by_contact == (object.find("to") != nullptr)) return fail(errc::invalid, "`contact` or `to` is required, one of them");
    if (by_contact) {
        auto const id = hash_from_hex(object.string("contact"));
        if (!id) return fail(errc::invalid, "`contact` must be a contact's id, 64 hex digits");
        row.contact = *id;
        return {};
    }
    auto number = normalise_phone(object.string("to"));
    if (!number) return fail(errc::invalid, "`to` must be an E.164 number");
    row.number = std::move(*number);
    return {};
}

Result<SendRow> read_row(std::string_view line) {
    CL_TRY_ASSIGN(json::Value const value, json::parse(line, limits::report_send_bytes));
    json::Object const* const object = value.as_object();
    if (object == nullptr) return fail(errc::invalid, "each line must be an object");
    for (json::Member const& member : *object) {
        if (std::find(std::begin(members), std::end(members), member.name) == std::end(members) ||
            member.value.as_string() == nullptr) {
            return fail(errc::invalid, "the members are contact or to, at, message_id, type and list, all texts");
        }
    }
    SendRow row;
    CL_TRY(read_who(*object, row));
    auto const at = parse_rfc3339(object->string("at"));
    if (!at) return fail(errc::invalid, "`at` must be an RFC 3339 time with an offset");
    row.at = *at;
    row.message = object->string("message_id");
    row.what.list = object->string("list");
    if ((!row.message.empty() && !consent::valid_id(row.message)) ||
        (!row.what.list.empty() && !consent::valid_id(row.what.list))) {
        return fail(errc::invalid, "`message_id` and `list` must be ids");
    }
    std::string_view const type = object->string("type");
    auto const known = consent::message_type_from(type.empty() ? (row.what.list.empty() ? "one_to_one" : "campaign") : type);
    if (!known) return fail(errc::invalid, "`type` must be one_to_one, campaign or confirmation");
    row.what.type = *known;
    return row;
}

bool blank(std::string_view line) noexcept {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

Result<std::optional<SendRow>> SendReader::next() {
    while (!text_.empty()) {
        std::size_t const end = std::min(text_.find('\n'), text_.size());
        std::string_view const line = text_.substr(0, end);
        text_.remove_prefix(std::min(end + 1, text_.size()));
        ++line_;
        if (blank(line)) continue;
        auto row = read_row(line);
        if (!row) return fail(errc::invalid, row.error().detail, "/" + std::to_string(line_));
        row->line = line_;
        return std::optional(std::move(*row));
    }
    return std::optional<SendRow>();
}

}  // namespace cl::report
