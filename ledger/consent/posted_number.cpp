// Finding a number's digits in a clear text.
#include "ledger/consent/posted_number.hpp"

#include <algorithm>

namespace cl::consent {
namespace {

constexpr std::size_t local_digits = 7;
constexpr std::string_view withheld = "withheld";

Error refusal(std::string pointer) {
    return fail(errc::invalid, "carries the posted number, which never stands in clear in the log", std::move(pointer));
}

bool value_carries_number(json::Value const& value, std::string_view e164) {
    if (auto const* text = value.as_string()) return carries_number(*text, e164);
    auto const* const array = value.as_array();
    return array != nullptr && std::any_of(array->begin(), array->end(),
                                           [&](json::Value const& element) { return value_carries_number(element, e164); });
}

Result<void> clean_data(ChangeItem& item, bool protective) {
    json::Object const data = item.data;
    for (json::Member const& member : data) {
        if (!value_carries_number(member.value, item.phone)) continue;
        std::string const at = json::pointer_join("/data", member.name);
        if (!protective) return refusal(at);
        std::string const* const text = member.value.as_string();
        item.sealed.push_back({at, text != nullptr ? *text : json::write(member.value)});
        item.data.erase(member.name);
    }
    return {};
}

/// Replaces `text` where it carries the number.
Result<void> clean_text(ChangeItem& item, bool protective, std::string& text, std::string_view instead, std::string pointer) {
    if (!carries_number(text, item.phone)) return {};
    if (!protective) return refusal(std::move(pointer));
    text = instead;
    item.data.set("text_withheld", true);
    return {};
}

Result<void> clean_evidence(ChangeItem& item, bool protective) {
    for (std::size_t i = 0; i < item.evidence.size(); ++i) {
        std::string const at = "/evidence/" + std::to_string(i);
        Evidence& evidence = item.evidence[i];
        CL_TRY(clean_text(item, protective, evidence.held_by, {}, at + "/held_by"));
        if (!evidence.scope) continue;
        Scope& scope = *evidence.scope;
        CL_TRY(clean_text(item, protective, scope.purpose, {}, at + "/scope/purpose"));
        CL_TRY(clean_text(item, protective, scope.seller, {}, at + "/scope/seller"));
        for (std::size_t l = 0; l < scope.lists.size(); ++l) {
            CL_TRY(clean_text(item, protective, scope.lists[l], {}, at + "/scope/lists/" + std::to_string(l)));
        }
        std::erase(scope.lists, std::string());
        if (scope == Scope{}) evidence.scope.reset();
    }
    return {};
}

}  // namespace

bool carries_number(std::string_view text, std::string_view e164) {
    std::string digits;
    for (char const c : text) {
        bool const digit = c >= '0' && c <= '9';
        bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (digit || letter) digits += c;
    }
    // Another number in full may end in the same seven digits under another area code; it is another number all the same.
    if (text.starts_with('+') && text.substr(1) == digits) return text == e164;
    std::string_view const tail = e164.substr(e164.size() - std::min(e164.size(), local_digits));
    return tail.size() == local_digits && digits.find(tail) != std::string::npos;
}

Result<void> keep_number_out(ChangeItem& item) {
    if (item.phone.empty()) return {};
    bool const protective = info(item.kind).protective;
    CL_TRY(clean_data(item, protective));
    CL_TRY(clean_text(item, protective, item.platform, {}, "/source/platform"));
    CL_TRY(clean_text(item, protective, item.record, withheld, "/source/record"));
    CL_TRY(clean_text(item, protective, item.channel, {}, "/channel"));
    CL_TRY(clean_text(item, protective, item.to, {}, "/to"));
    if (item.actor) CL_TRY(clean_text(item, protective, item.actor->id, withheld, "/actor/id"));
    return clean_evidence(item, protective);
}

}  // namespace cl::consent
