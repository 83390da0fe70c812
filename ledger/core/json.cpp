// Objects in RFC 8785 order, and JSON pointers.
#include "ledger/core/json.hpp"

#include <algorithm>

namespace cl::json {
namespace {

/// Where the member of that name is, or would be inserted.
template <class Members>
auto place_of(Members& members, std::string_view name) {
    return std::lower_bound(members.begin(), members.end(), name,
                            [](Member const& member, std::string_view wanted) { return name_less(member.name, wanted); });
}

}  // namespace

Object::Object() = default;
Object::Object(Object const&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(Object const&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

Object::Object(std::initializer_list<Member> members) {
    members_.reserve(members.size());
    for (Member const& member : members) {
        set(member.name, member.value);
    }
}

std::optional<Object> Object::from_members(std::vector<Member> members) {
    auto const less = [](Member const& a, Member const& b) { return name_less(a.name, b.name); };
    // What a canonical writer wrote is sorted already: one pass then replaces the sort.
    if (!std::is_sorted(members.begin(), members.end(), less)) {
        std::sort(members.begin(), members.end(), less);
    }
    auto const same = [](Member const& a, Member const& b) { return a.name == b.name; };
    if (std::adjacent_find(members.begin(), members.end(), same) != members.end()) {
        return std::nullopt;
    }
    Object object;
    object.members_ = std::move(members);
    return object;
}

void Object::set(std::string_view name, Value value) {
    auto const place = members_.empty() || name_less(members_.back().name, name) ? members_.end() : place_of(members_, name);
    if (place != members_.end() && place->name == name) {
        place->value = std::move(value);
    } else {
        members_.insert(place, Member{std::string(name), std::move(value)});
    }
}

void Object::erase(std::string_view name) {
    auto const place = place_of(members_, name);
    if (place != members_.end() && place->name == name) {
        members_.erase(place);
    }
}

Value const* Object::find(std::string_view name) const {
    auto const place = place_of(members_, name);
    return place != members_.end() && place->name == name ? &place->value : nullptr;
}

Value* Object::find(std::string_view name) {
    auto const place = place_of(members_, name);
    return place != members_.end() && place->name == name ? &place->value : nullptr;
}

std::string_view Object::string(std::string_view name) const {
    Value const* const value = find(name);
    std::string const* const text = value == nullptr ? nullptr : value->as_string();
    return text == nullptr ? std::string_view{} : std::string_view(*text);
}

bool operator==(Object const& a, Object const& b) {
    return a.members_ == b.members_;
}

bool name_less(std::string_view a, std::string_view b) noexcept {
    std::size_t const common = std::min(a.size(), b.size());
    auto const [at, bt] = std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(common), b.begin());
    if (at == a.begin() + static_cast<std::ptrdiff_t>(common)) {
        return a.size() < b.size();
    }
    auto const x = static_cast<unsigned char>(*at);
    auto const y = static_cast<unsigned char>(*bt);
    // UTF-8 sorts as code points do. UTF-16 differs in one way: code points from U+10000 (first byte F0 and up) are written with
    // surrogates D800-DFFF, which sort before U+E000-U+FFFF (first byte EE or EF).
    bool const x_is_pair = x >= 0xf0;
    bool const y_is_pair = y >= 0xf0;
    if (x_is_pair != y_is_pair && x >= 0xee && y >= 0xee) {
        return x_is_pair;
    }
    return x < y;
}

std::string pointer_join(std::string_view pointer, std::string_view name) {
    std::string out(pointer);
    out += '/';
    for (char const c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace cl::json
