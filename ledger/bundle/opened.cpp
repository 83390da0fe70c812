#include "ledger/bundle/opened.hpp"

#include "ledger/consent/kinds.hpp"
#include "ledger/core/bundle_format.hpp"

#include <algorithm>
#include <utility>

namespace cl::bundle {
namespace {

bool is_commitment(json::Value const& value) {
    json::Object const* const object = value.as_object();
    return object != nullptr && object->size() == 1 && object->contains("commit");
}

/// `subject`: whose it is, and the first entry that could have erased it.
struct Subject {
    std::optional<Hash32> contact;
    Seq since = 0;
};

Result<Value> look(Plan const& plan, service::Queries& queries, Seq seq, std::string_view pointer, Subject const& subject) {
    CL_TRY_ASSIGN(auto opened, queries.records().opening(seq, pointer));
    if (opened) return Value{std::move(opened), {}};
    // An erasure reaches up to its own entry, and what came with it.
    if (subject.contact && plan.erased_at(*subject.contact) >= subject.since) return Value{{}, bundle_format::erased};
    return fail(
        errc::refused_by_policy,
        "what entry " + std::to_string(seq) +
            " commits to is gone, and no entry before the bundle erased it: ask for a new bundle, or for the redacted one");
}

/// Nobody is opened whom the bundle is not about: not in a neighbour of the range, and no actor by a definition.
bool is_withheld(Plan const& plan, Read const& read) {
    if (plan.redacted) return true;
    if (read.context) return read.entry.kind == consent::info(consent::Kind::actor_defined).name;
    return !plan.selection.inside(read.entry.account_seq.value_or(0));
}

}  // namespace

bool may_commit(std::string_view bytes) noexcept {
    return bytes.find("\"commit\"") != std::string_view::npos || bytes.find("\"digest\"") != std::string_view::npos;
}

std::vector<std::string> commitments(Entry const& entry) {
    std::vector<std::string> pointers;
    for (json::Member const& member : entry.data) {
        if (is_commitment(member.value)) pointers.push_back(json::pointer_join("/data", member.name));
    }
    for (std::size_t i = 0; i < entry.evidence.size(); ++i) pointers.push_back("/evidence/" + std::to_string(i));
    std::sort(pointers.begin(), pointers.end());
    return pointers;
}

Result<Value> open(Plan const& plan, service::Queries& queries, Read const& read, std::string const& pointer) {
    if (is_withheld(plan, read)) return Value{{}, bundle_format::withheld};
    return look(plan, queries, read.entry.seq, pointer, {read.entry.contact, read.entry.seq});
}

Result<Value> number_of(Plan const& plan, service::Queries& queries, Hash32 const& contact) {
    bool const stranger = std::binary_search(plan.strangers.begin(), plan.strangers.end(), contact);
    if (plan.redacted || stranger) return Value{{}, bundle_format::withheld};
    CL_TRY_ASSIGN(auto const state, queries.state(plan.account, contact));
    if (!state) return fail(errc::store_corrupt, "a contact of an entry is unknown");
    // Whose number came back only behind the bundle had none in it.
    bool const came_back = state->opened_seq >= 0 && state->opened_seq < plan.size();
    return look(plan, queries, came_back ? state->opened_seq : state->first_seq, "/contact", {contact, 0});
}

}  // namespace cl::bundle
