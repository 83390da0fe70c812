// The names are those of the platforms' documentation as seen in November 2026; where several could be meant, the first in a row wins.
#include "verify/reconcile/columns.hpp"

#include "ledger/core/export_words.hpp"

#include <algorithm>
#include <span>

namespace cl::verify::reconcile {
namespace {

using Names = std::span<std::string_view const>;
using exports::plain_name;
using std::string_view;

constexpr string_view contact_names[] = {"contact", "contactid"};
constexpr string_view to_names[] = {
    "to",     "tonumber",    "recipient", "recipientnumber", "destinationtn", "destinationnumber", "destination",
    "msisdn", "phonenumber", "phone"};
constexpr string_view account_names[] = {"account"};
constexpr string_view at_names[] = {"sentat",    "sentdate",    "datesent",   "senttime",    "datetimeutc",
                                    "datetime",  "timestamp",   "occurredat", "receivetime", "datereceived",
                                    "createdat", "datecreated", "at",         "time",        "date"};
constexpr string_view type_names[] = {"type", "sendtype", "messageclass"};
constexpr string_view list_names[] = {"list", "listid"};
constexpr string_view status_names[] = {"status", "messagestatus", "deliverystatus"};
constexpr string_view direction_names[] = {"direction", "calldirection", "messagedirection"};
constexpr string_view error_names[] = {"errorcode", "error", "code", "rejectioncode"};
constexpr string_view reason_names[] = {"reason", "errormessage", "errordescription", "errorcodedescription"};
constexpr string_view provider_names[] = {"provider", "platform"};
constexpr string_view body_names[] = {"body", "text"};
constexpr string_view opt_out_text_names[] = {"optouttext"};
constexpr string_view marketing_names[] = {"marketing"};
constexpr string_view offset_names[] = {"utcoffset", "recipientutcoffset"};
constexpr string_view state_names[] = {"recipientstate", "tostate"};

struct FieldInfo {
    string_view name;
    Names columns;
};
constexpr std::array<FieldInfo, field_count> fields = {{
    {"contact", contact_names},
    {"to", to_names},
    {"account", account_names},
    {"at", at_names},
    {"type", type_names},
    {"list", list_names},
    {"status", status_names},
    {"direction", direction_names},
    {"error", error_names},
    {"reason", reason_names},
    {"provider", provider_names},
    {"body", body_names},
    {"opt_out_text", opt_out_text_names},
    {"marketing", marketing_names},
    {"utc_offset", offset_names},
    {"state", state_names},
}};

struct LayoutInfo {
    Layout layout;
    string_view name;
    std::array<string_view, 2> signs;  ///< columns that no other export has together
};
constexpr std::array<LayoutInfo, 9> layouts = {{
    {Layout::twilio, "twilio", {"accountsid", "sid"}},
    {Layout::bandwidth, "bandwidth", {"sourcetn", "destinationtn"}},
    {Layout::bandwidth, "bandwidth", {"datetimeutc", "segmentcount"}},
    {Layout::sinch, "sinch", {"batchid", "recipient"}},
    {Layout::telnyx, "telnyx", {"messagingprofileid", "to"}},
    {Layout::vonage, "vonage", {"messageid", "datefinalized"}},
    {Layout::vonage, "vonage", {"clientref", "to"}},
    {Layout::plivo, "plivo", {"messageuuid", "tonumber"}},
    {Layout::generic, "generic", {}},
}};

bool holds(std::vector<std::string> const& names, string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

Layout detect(std::vector<std::string> const& names) {
    for (LayoutInfo const& info : layouts) {
        if (info.layout == Layout::generic || (holds(names, info.signs[0]) && holds(names, info.signs[1]))) {
            return info.layout;
        }
    }
    return Layout::generic;
}

/// The place of the only column of this name, `absent` if there is none.
Result<std::size_t> place_of(std::vector<std::string> const& names, string_view wanted, string_view field) {
    auto const first = std::find(names.begin(), names.end(), wanted);
    if (first == names.end()) {
        return Columns::absent;
    }
    if (std::find(std::next(first), names.end(), wanted) != names.end()) {
        return fail(errc::invalid, "two columns could be \"" + std::string(field) + "\"; rename one, or say which with --map");
    }
    return static_cast<std::size_t>(first - names.begin());
}

Result<std::size_t> given_place(std::vector<string_view> const& header, std::vector<std::string> const& names,
                                std::string const& column, string_view field) {
    std::vector<std::string> const exact(header.begin(), header.end());
    CL_TRY_ASSIGN(std::size_t place, place_of(exact, column, field));
    if (place == Columns::absent) {
        CL_TRY_ASSIGN(place, place_of(names, plain_name(column), field));
    }
    if (place == Columns::absent) {
        return fail(errc::invalid, "the file has no column of the name given for \"" + std::string(field) + "\"");
    }
    return place;
}

}  // namespace

string_view name(Field field) noexcept {
    return fields[static_cast<std::size_t>(field)].name;
}

std::optional<Field> field_from(string_view name) noexcept {
    for (std::size_t i = 0; i < field_count; ++i) {
        if (fields[i].name == name) {
            return static_cast<Field>(i);
        }
    }
    return std::nullopt;
}

string_view name(Layout layout) noexcept {
    auto const found =
        std::find_if(layouts.begin(), layouts.end(), [layout](LayoutInfo const& info) { return info.layout == layout; });
    return found->name;
}

std::optional<Layout> layout_from(string_view name) noexcept {
    auto const found =
        std::find_if(layouts.begin(), layouts.end(), [name](LayoutInfo const& info) { return info.name == name; });
    return found == layouts.end() ? std::nullopt : std::optional(found->layout);
}

Result<Columns> find_columns(std::vector<string_view> const& header, ColumnNames const& given, std::optional<Layout> layout) {
    std::vector<std::string> names;
    std::transform(header.begin(), header.end(), std::back_inserter(names), plain_name);
    Columns columns;
    columns.width = header.size();
    columns.layout = layout.value_or(detect(names));
    columns.places.fill(Columns::absent);
    for (std::size_t i = 0; i < field_count; ++i) {
        auto const told = given.find(static_cast<Field>(i));
        if (told != given.end()) {
            CL_TRY_ASSIGN(columns.places[i], given_place(header, names, told->second, fields[i].name));
            continue;
        }
        for (string_view const candidate : fields[i].columns) {
            CL_TRY_ASSIGN(columns.places[i], place_of(names, candidate, fields[i].name));
            if (columns.places[i] != Columns::absent) {
                break;
            }
        }
    }
    return columns;
}

std::optional<NameMatch> match_name(string_view column, ColumnNames const& given) {
    for (auto const& [field, told] : given) {
        if (told == column) {
            return NameMatch{field, 0};
        }
    }
    std::string const name = plain_name(column);
    for (std::size_t i = 0; i < field_count; ++i) {
        auto const found = std::find(fields[i].columns.begin(), fields[i].columns.end(), name);
        if (found != fields[i].columns.end() && !given.contains(static_cast<Field>(i))) {
            return NameMatch{static_cast<Field>(i), static_cast<std::size_t>(found - fields[i].columns.begin())};
        }
    }
    return std::nullopt;
}

}  // namespace cl::verify::reconcile
