// What a row says, as changes. Their order is that of the platform: there first, then on its lists, then out, then blocked.
#include "api/import/mapping_row.hpp"

#include "ledger/core/export_words.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>

namespace cl::api::import {
namespace {

Error wrong(std::string why) {
    return fail(errc::invalid, std::move(why));
}

void set_if(json::Object& object, std::string_view name, std::string_view value) {
    if (!value.empty()) object.set(name, value);
}

}  // namespace

std::string_view Mapping::Row::cell(Member member) const {
    auto const i = static_cast<std::size_t>(member);
    std::size_t const place = mapping_.places_[i];
    std::string_view const own = place == absent ? std::string_view{} : exports::trimmed(cells_[place]);
    return own.empty() ? std::string_view(mapping_.constants_[i]) : own;
}

Result<bool> Mapping::Row::flag(Member member) const {
    auto const read = read_flag(cell(member));
    if (!read) return wrong(std::string(name(member)) + ": neither yes nor no");
    return *read;
}

Result<std::string> Mapping::Row::time(Member member) const {
    if (cell(member).empty()) return std::string();
    auto const read = read_cell_time(cell(member), mapping_.wishes_.utc);
    if (!read) return wrong(std::string(name(member)) + ": " + read.error().detail);
    return format_time(*read);
}

Result<Mapping::Row::Said> Mapping::Row::status() const {
    Said said;
    if (std::string_view const word = cell(Member::status); !word.empty()) {
        auto const read = read_status(word);
        if (!read) return wrong("status: no word that is known");
        said.in = *read == Status::in;
        said.out = *read == Status::out;
        said.blocked = *read == Status::blocked;
    }
    CL_TRY_ASSIGN(bool const in, flag(Member::opted_in));
    CL_TRY_ASSIGN(bool const out, flag(Member::opted_out));
    CL_TRY_ASSIGN(bool const blocked, flag(Member::blocked));
    // "Opted in: no" is an opt-out only where the cell says so: an empty one says nothing.
    bool const not_in = !in && !cell(Member::opted_in).empty();
    bool const not_out = !out && !cell(Member::opted_out).empty();
    said.in = said.in || in || (not_out && !said.out && !not_in && !said.blocked && !blocked);
    said.out = said.out || out || not_in;
    said.blocked = said.blocked || blocked;
    if (said.in && said.out) return wrong("status: it says both opted in and opted out");
    if (said.blocked) said.in = false;  // a blocked contact is out, whatever else its row says (S13)
    return said;
}

/// Several names in one cell: by semicolons, bars or commas.
Result<std::vector<std::string>> Mapping::Row::names(std::string_view text, std::string_view what) const {
    std::vector<std::string> out;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find_first_of(";|,"), text.size());
        std::string_view const one = exports::trimmed(text.substr(0, end));
        if (!one.empty() && std::find(out.begin(), out.end(), one) == out.end()) out.emplace_back(one);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (out.size() > limits::lists_per_item) return wrong(std::string(what) + ": too many");
    return out;
}

json::Object Mapping::Row::change(std::string_view kind, std::string const& when, json::Object data) const {
    json::Object out = {{"kind", kind}, {"phone", phone_}};
    set_if(out, "occurred_at", when);
    set_if(out, "channel", cell(Member::channel));
    set_if(out, "to", cell(Member::to));
    out.set("actor", json::Object{{"kind", "import"}, {"id", mapping_.wishes_.actor}});
    if (!data.empty()) out.set("data", std::move(data));
    return out;
}

Result<void> Mapping::Row::add_contact() {
    CL_TRY_ASSIGN(std::string when, time(Member::added_at));
    if (when.empty()) {
        CL_TRY_ASSIGN(when, time(Member::occurred_at));
    }
    json::Object data = {{"origin", "import"}};
    set_if(data, "batch", cell(Member::batch));
    set_if(data, "name", cell(Member::name));
    out_.push_back(change("contact.added", when, std::move(data)));
    return {};
}

bool Mapping::Row::has_evidence() const {
    return std::any_of(mapping_.evidence_.begin(), mapping_.evidence_.end(),
                       [&](Place const& place) { return !exports::trimmed(cells_[place.column]).empty(); });
}

Result<json::Object> Mapping::Row::evidence() const {
    json::Object out;
    json::Object scope;
    for (Place const& place : mapping_.evidence_) {
        std::string_view const value = exports::trimmed(cells_[place.column]);
        if (value.empty()) continue;
        if (place.evidence == "occurred_at") {
            auto const when = read_cell_time(value, mapping_.wishes_.utc);
            if (!when) return wrong("evidence.occurred_at: " + when.error().detail);
            out.set("occurred_at", format_time(*when));
        } else if (place.evidence == "scope.lists") {
            CL_TRY_ASSIGN(auto const lists, names(value, "evidence.scope.lists"));
            scope.set("lists", json::Array(lists.begin(), lists.end()));
        } else if (place.evidence.starts_with("scope.")) {
            scope.set(place.evidence.substr(6), value);
        } else {
            out.set(place.evidence, value);
        }
    }
    if (!out.contains("kind")) return wrong("evidence.kind: evidence without its kind");
    if (!scope.empty()) out.set("scope", std::move(scope));
    return out;
}

Result<void> Mapping::Row::add_consent(std::string const& when) {
    json::Object data;
    if (cell(Member::method).empty()) return wrong("method: required where evidence of consent is given");
    set_if(data, "method", cell(Member::method));
    set_if(data, "purpose", cell(Member::purpose));
    set_if(data, "disclosure", cell(Member::disclosure));
    CL_TRY_ASSIGN(json::Object shown, evidence());
    // Without a time it would count as given now, after each opt-out that has come since it was.
    std::string const given = when.empty() ? std::string(shown.string("occurred_at")) : when;
    if (given.empty()) return wrong("occurred_at: required where evidence of consent is given, or evidence.occurred_at");
    json::Object consent = change("opt_in.consent", given, std::move(data));
    consent.set("evidence", json::Array{json::Value(std::move(shown))});
    out_.push_back(std::move(consent));
    return {};
}

Result<void> Mapping::Row::add_lists(std::string const& when) {
    CL_TRY_ASSIGN(auto const lists, names(cell(Member::list), "list"));
    for (std::string const& list : lists) out_.push_back(change("list.added", when, {{"list", list}}));
    return {};
}

/// Whose deed the opt-out was, as far as the row says: the person's own message, a request by some way, or the platform's record alone.
Result<void> Mapping::Row::add_opt_out(std::string const& when, bool everything) {
    auto const way = read_way(cell(Member::via));
    if (!way) return wrong("via: no way that is known");
    CL_TRY_ASSIGN(bool const own, flag(Member::asked_by_contact));
    CL_TRY_ASSIGN(auto const lists, names(cell(Member::opt_out_list), "opt_out_list"));
    for (std::string const& list : lists) {
        std::string_view const via = way->by_message || own ? std::string_view("text") : way->via;
        if (via.empty()) return wrong("via: required for the opt-out of one list");
        out_.push_back(change("opt_out.request", when, {{"list", list}, {"via", via}}));
    }
    if (!everything) return {};
    json::Object data;
    std::string_view kind = "opt_out.agent";
    if (way->by_message || own || !cell(Member::keyword).empty()) {
        kind = "opt_out.stop";
        set_if(data, "keyword", cell(Member::keyword));
    } else if (!way->via.empty()) {
        kind = "opt_out.request";
        data.set("via", way->via);
        set_if(data, "words", cell(Member::reason));
    } else {
        set_if(data, "reason", cell(Member::reason));
    }
    out_.push_back(change(kind, when, std::move(data)));
    return {};
}

Result<std::vector<json::Object>> Mapping::Row::changes() {
    auto number = exports::read_number(cell(Member::phone), mapping_.wishes_.bare_numbers || mapping_.shape_->bare_numbers);
    if (!number) return wrong("phone: no number in E.164, with + and the country code");
    phone_ = std::move(*number);
    CL_TRY_ASSIGN(Said const said, status());
    CL_TRY_ASSIGN(std::string const when, time(Member::occurred_at));
    CL_TRY_ASSIGN(std::string added, time(Member::added_at));
    bool const joins = said.in || (!said.out && !said.blocked && cell(Member::opt_out_list).empty());
    if (joins && !said.in && cell(Member::list).empty()) return wrong("status: empty");
    if (said.in && has_evidence()) {
        CL_TRY(add_consent(when));
    } else if (joins) {
        CL_TRY(add_contact());
    }
    CL_TRY(add_lists(added.empty() ? when : added));
    CL_TRY(add_opt_out(when, said.out));
    if (said.blocked) {
        json::Object data;
        if (!said.out) set_if(data, "reason", cell(Member::reason));
        out_.push_back(change("contact.blocked", when, std::move(data)));
    }
    return std::move(out_);
}

Result<std::vector<json::Object>> Mapping::changes(std::vector<std::string_view> const& cells, NameOf const& name_of) const {
    if (cells.size() != header_.size()) {
        return fail(errc::invalid,
                    std::to_string(cells.size()) + " cells where the header has " + std::to_string(header_.size()));
    }
    for (std::string_view const cell : cells) {
        if (!json::valid_utf8(cell)) return fail(errc::invalid, "not UTF-8");
        if (cell.find('\0') != std::string_view::npos) return fail(errc::invalid, "a NUL character");
    }
    CL_TRY_ASSIGN(auto out, Row(*this, cells).changes());
    for (json::Object& change : out) {
        change.set("source",
                   json::Object{{"platform", wishes_.platform.empty() ? shape_->name : std::string_view(wishes_.platform)}});
        std::string const record = name_of(json::write(change));
        change.set("source",
                   json::Object{{"platform", change.find("source")->as_object()->string("platform")}, {"record", record}});
    }
    return out;
}

}  // namespace cl::api::import
