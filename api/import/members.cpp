#include "api/import/members.hpp"

#include <algorithm>

namespace cl::api::import {
namespace {

constexpr std::array<std::string_view, member_count> names = {
    "phone",    "status",  "opted_in",     "opted_out", "blocked", "asked_by_contact", "occurred_at",
    "added_at", "list",    "opt_out_list", "keyword",   "via",     "reason",           "name",
    "to",       "channel", "batch",        "method",    "purpose", "disclosure"};

using Column = std::pair<std::string_view, Member>;

constexpr Column aws_columns[] = {{"optedoutnumber", Member::phone},
                                  {"optedouttimestamp", Member::occurred_at},
                                  {"enduseroptedout", Member::asked_by_contact}};
constexpr std::string_view aws_marks[] = {"optedoutnumber"};

constexpr Column twilio_columns[] = {{"contactid", Member::phone},
                                     {"status", Member::status},
                                     {"source", Member::via},
                                     {"dateofconsent", Member::occurred_at},
                                     {"senderid", Member::to}};
constexpr std::string_view twilio_marks[] = {"contactid", "status", "senderid"};

constexpr Column azure_columns[] = {{"recipient", Member::phone}, {"sender", Member::to}};
constexpr std::string_view azure_marks[] = {"sender", "recipient", "country"};

// Where a file has several columns for one member, the first of these counts. A column that only may be meant is not here: the user maps it.
constexpr Column csv_columns[] = {{"phone", Member::phone},
                                  {"phonenumber", Member::phone},
                                  {"mobile", Member::phone},
                                  {"mobilenumber", Member::phone},
                                  {"mobilephone", Member::phone},
                                  {"msisdn", Member::phone},
                                  {"number", Member::phone},
                                  {"status", Member::status},
                                  {"consentstatus", Member::status},
                                  {"subscriptionstatus", Member::status},
                                  {"optedin", Member::opted_in},
                                  {"subscribed", Member::opted_in},
                                  {"optedout", Member::opted_out},
                                  {"unsubscribed", Member::opted_out},
                                  {"blocked", Member::blocked},
                                  {"askedbycontact", Member::asked_by_contact},
                                  {"occurredat", Member::occurred_at},
                                  {"optedoutat", Member::occurred_at},
                                  {"unsubscribedat", Member::occurred_at},
                                  {"timestamp", Member::occurred_at},
                                  {"addedat", Member::added_at},
                                  {"createdat", Member::added_at},
                                  {"list", Member::list},
                                  {"lists", Member::list},
                                  {"optoutlist", Member::opt_out_list},
                                  {"keyword", Member::keyword},
                                  {"via", Member::via},
                                  {"reason", Member::reason},
                                  {"name", Member::name},
                                  {"fullname", Member::name},
                                  {"to", Member::to},
                                  {"channel", Member::channel},
                                  {"batch", Member::batch},
                                  {"method", Member::method},
                                  {"purpose", Member::purpose},
                                  {"disclosure", Member::disclosure}};

constexpr std::pair<Member, std::string_view> all_out = {Member::status, "out"};

constexpr std::array<Shape, 4> shapes = {{{"aws", aws_marks, aws_columns, all_out, true},
                                          {"twilio", twilio_marks, twilio_columns, std::nullopt, false},
                                          {"azure", azure_marks, azure_columns, all_out, false},
                                          {"csv", {}, csv_columns, std::nullopt, false}}};

}  // namespace

std::string_view name(Member member) noexcept {
    return names[static_cast<std::size_t>(member)];
}

std::optional<Member> member_from(std::string_view name) noexcept {
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Member>(found - names.begin());
}

Shape const* find_shape(std::string_view name) noexcept {
    auto const found = std::find_if(shapes.begin(), shapes.end(), [&](Shape const& shape) { return shape.name == name; });
    return found == shapes.end() ? nullptr : &*found;
}

Shape const& detect_shape(std::span<std::string const> header) noexcept {
    auto const has = [&](std::string_view mark) { return std::find(header.begin(), header.end(), mark) != header.end(); };
    for (Shape const& shape : shapes) {
        auto const& marks = shape.recognised_by;
        if (!marks.empty() && std::all_of(marks.begin(), marks.end(), has)) return shape;
    }
    return shapes.back();
}

}  // namespace cl::api::import
