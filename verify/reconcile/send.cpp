#include "verify/reconcile/send.hpp"

#include <array>
#include <cstddef>

namespace cl::verify::reconcile {
namespace {

struct Words {
    std::string_view name;
    std::string_view sentence;
};

constexpr std::array<Words, static_cast<std::size_t>(BadRow::count_of_reasons)> words = {{
    {"quote_inside", "a quote inside a field that does not begin with one"},
    {"text_after_quote", "text between a closing quote and the next comma"},
    {"unclosed_quote", "a quote that is not closed"},
    {"too_long", "a row longer than 65,536 bytes"},
    {"field_too_long", "a field longer than 32,768 bytes"},
    {"too_many_fields", "more than 256 fields"},
    {"other_field_count", "another number of fields than the header"},
    {"not_json", "not a JSON object of texts, whole numbers and flags"},
    {"no_contact", "neither a contact id nor a number"},
    {"bad_contact", "a contact id that is not 64 lower-case hexadecimal digits"},
    {"bad_number", "a number that is not in E.164"},
    {"no_account", "the ledger has several accounts and the row names none: give --account"},
    {"unknown_account", "an account that the ledger does not have"},
    {"bad_account", "a contact that belongs to another account"},
    {"no_contact_key", "a number, and no contact.key to find its contact with"},
    {"bad_time", "no time, or one that cannot be read"},
    {"no_time_zone", "a time without an offset from UTC (CL-075): give --utc if it is UTC"},
    {"bad_type", "a type other than campaign, one_to_one, confirmation, autoreply"},
    {"bad_flag", "a flag other than true or false"},
    {"bad_offset", "a UTC offset other than +hh:mm"},
}};

}  // namespace

std::string_view name(BadRow reason) noexcept {
    return words[static_cast<std::size_t>(reason)].name;
}

std::string_view describe(BadRow reason) noexcept {
    return words[static_cast<std::size_t>(reason)].sentence;
}

}  // namespace cl::verify::reconcile
