// Which column is which.
#include "api/import/mapping.hpp"

#include "ledger/core/export_words.hpp"
#include "ledger/core/json.hpp"
#include "ledger/core/limits.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace cl::api::import {
namespace {

Error wrong(std::string why) {
    return fail(errc::usage, std::move(why));
}

/// A first row that is no header: separated by something else, or data.
Result<void> check_header(std::vector<std::string_view> const& header) {
    if (header.size() > limits::import_columns) return fail(errc::malformed, "the file has too many columns");
    if (header.size() == 1 && header.front().find_first_of(";\t|") != std::string_view::npos) {
        return fail(errc::malformed, "the columns are not separated by commas: save the file as CSV with commas (RFC 4180)");
    }
    bool const data = std::any_of(header.begin(), header.end(),
                                  [](std::string_view cell) { return exports::read_number(cell, true).has_value(); });
    if (data)
        return fail(errc::malformed, "the first row has a number in it: it must be a header with the names of the columns");
    for (std::string_view const cell : header) {
        if (!json::valid_utf8(cell)) return fail(errc::malformed, "the header is not UTF-8");
        if (cell.find('\0') != cell.npos) {
            return fail(errc::malformed, "the header has a NUL character: if the file is UTF-16, save it as UTF-8");
        }
    }
    return {};
}

}  // namespace

Result<Mapping> Mapping::make(std::vector<std::string_view> const& header, Wishes wishes) {
    CL_TRY(check_header(header));
    Mapping mapping;
    mapping.wishes_ = std::move(wishes);
    std::vector<std::string> plain;
    std::transform(header.begin(), header.end(), std::back_inserter(plain), exports::plain_name);
    mapping.shape_ = mapping.wishes_.shape.empty() ? &detect_shape(plain) : find_shape(mapping.wishes_.shape);
    if (mapping.shape_ == nullptr) return wrong("--format must be aws, twilio, azure, csv or ndjson");
    mapping.header_.assign(header.begin(), header.end());
    mapping.places_.fill(absent);
    if (mapping.shape_->constant) {
        auto const& [member, value] = *mapping.shape_->constant;
        mapping.constants_[static_cast<std::size_t>(member)] = value;
    }
    CL_TRY(mapping.place_columns(header));
    CL_TRY(mapping.check());
    return mapping;
}

Result<void> Mapping::place_columns(std::vector<std::string_view> const& header) {
    std::vector<std::string> plain;
    for (std::string_view const cell : header) {
        bool const wished = wishes_.columns.contains(std::string(exports::trimmed(cell)));
        plain.push_back(wished ? std::string()
                               : exports::plain_name(cell));  // what the user has placed is not placed by its name
    }
    for (auto const& [column, member] : wishes_.columns) CL_TRY(place_wish(header, column, member));
    CL_TRY(place_by_name(plain));
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string_view const cell = exports::trimmed(header[i]);
        bool const evidence = cell.starts_with("evidence.") && !plain[i].empty();
        if (evidence) CL_TRY(place_evidence(i, cell.substr(9)));
    }
    for (auto const& [name, value] : wishes_.constants) {
        auto const member = member_from(name);
        if (!member || *member == Member::phone)
            return wrong("--set: \"" + name + "\" is no member of a row that all rows could share");
        constants_[static_cast<std::size_t>(*member)] = value;
    }
    return {};
}

Result<void> Mapping::place_wish(std::vector<std::string_view> const& header, std::string const& column,
                                 std::string const& member) {
    auto const same = [&](std::string_view cell) { return exports::trimmed(cell) == column; };
    auto const found = std::find_if(header.begin(), header.end(), same);
    if (found == header.end()) return wrong("--map: the file has no column \"" + column + "\"");
    if (std::find_if(std::next(found), header.end(), same) != header.end()) {
        return wrong("--map: the file has two columns \"" + column + "\"");
    }
    auto const index = static_cast<std::size_t>(found - header.begin());
    if (member == "-") return {};
    if (member.starts_with("evidence.") && member.size() > 9) {
        return place_evidence(index, std::string_view(member).substr(9));
    }
    auto const known = member_from(member);
    if (!known) return wrong("--map: \"" + member + "\" is no member of a row");
    std::size_t& place = places_[static_cast<std::size_t>(*known)];
    if (place != absent) return wrong("--map: two columns for \"" + member + "\"");
    place = index;
    return {};
}

Result<void> Mapping::place_evidence(std::size_t column, std::string_view member) {
    bool const twice =
        std::any_of(evidence_.begin(), evidence_.end(), [&](Place const& one) { return one.evidence == member; });
    if (twice) return fail(errc::malformed, "two columns for \"evidence." + std::string(member) + "\"");
    evidence_.push_back({column, std::string(member)});
    return {};
}

Result<void> Mapping::place_by_name(std::vector<std::string> const& plain) {
    for (auto const& [column, member] : shape_->columns) {
        std::size_t& place = places_[static_cast<std::size_t>(member)];
        auto const found = std::find(plain.begin(), plain.end(), column);
        if (place != absent || found == plain.end()) continue;
        place = static_cast<std::size_t>(found - plain.begin());
        if (std::find(std::next(found), plain.end(), column) != plain.end()) {
            return fail(errc::malformed, "two columns are called \"" + header_[place] + "\": which one counts is not guessed");
        }
    }
    return {};
}

Result<void> Mapping::check() const {
    auto const told = [&](Member member) {
        auto const i = static_cast<std::size_t>(member);
        return places_[i] != absent || !constants_[i].empty();
    };
    if (places_[static_cast<std::size_t>(Member::phone)] == absent) {
        return fail(errc::malformed, "no column is the number: say which one with --map COLUMN=phone");
    }
    bool const status = told(Member::status) || told(Member::opted_in) || told(Member::opted_out) || told(Member::blocked) ||
                        told(Member::opt_out_list) || told(Member::list);
    if (!status) {
        return fail(errc::malformed,
                    "no column says whether a number is opted in or out: --map COLUMN=status, or --set status=out for a list "
                    "of opt-outs, --set status=in for a list of contacts");
    }
    return {};
}

std::string Mapping::describe() const {
    std::string out;
    std::set<std::size_t> used;
    auto const add = [&](std::string_view member, std::size_t column) {
        out.append(out.empty() ? "" : ", ").append(member).append(" from \"").append(header_[column]).append("\"");
        used.insert(column);
    };
    for (std::size_t i = 0; i < member_count; ++i) {
        if (places_[i] != absent) add(name(static_cast<Member>(i)), places_[i]);
    }
    for (Place const& place : evidence_) add("evidence." + place.evidence, place.column);
    for (std::size_t i = 0; i < member_count; ++i) {
        if (places_[i] == absent && !constants_[i].empty()) {
            out.append(", ").append(name(static_cast<Member>(i))).append(" is \"").append(constants_[i]).append("\"");
        }
    }
    std::size_t const rest = header_.size() - used.size();
    if (rest > 0) out += "; " + std::to_string(rest) + (rest == 1 ? " column is" : " columns are") + " not read";
    return out;
}

}  // namespace cl::api::import
