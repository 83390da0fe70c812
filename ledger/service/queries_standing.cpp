// What stands of what is put: definitions, policies, holds; so that putting it again records nothing.
#include "ledger/service/erasure.hpp"
#include "ledger/service/queries_impl.hpp"

#include <utility>

namespace cl::service {
namespace {

template <class Definitions>
Seq defined_by(Definitions const& definitions, std::string_view id) {
    auto const found = definitions.find(id);
    if (found == definitions.end()) return -1;
    if constexpr (std::is_same_v<typename Definitions::mapped_type, Seq>) {
        return found->second;
    } else {
        return found->second.seq;
    }
}

}  // namespace

Result<Seq> QueriesImpl::hold_of(consent::AccountState const& state, Seq last, std::string_view matter) {
    if (last < 0) return defined_by(state.holds, matter);
    CL_TRY_ASSIGN(auto const holds, contact_holds(last, [this](Seq seq) { return bytes_of(seq); }));
    auto const found = holds.find(std::string(matter));
    return found == holds.end() ? Seq{-1} : found->second;
}

Result<Seq> QueriesImpl::stands_by(std::string_view account, consent::AccountState const& state,
                                   consent::ChangeItem const& definition) {
    json::Object const& data = definition.data;
    Seq last = -1;
    if (definition.contact) {
        CL_TRY_ASSIGN(Seen const seen, see(account, *definition.contact));
        if (!seen.state) return fail(errc::not_found, "There is no such contact.");
        last = seen.state->last_seq;
    }
    switch (definition.kind) {
    case consent::Kind::list_defined: return defined_by(state.lists, data.string("list"));
    case consent::Kind::trigger_defined: return defined_by(state.triggers, data.string("trigger"));
    case consent::Kind::actor_defined: return defined_by(state.actors, data.string("actor"));
    case consent::Kind::policy_activated: return state_->policy(account).value_or(-1);
    case consent::Kind::hold_placed:
    case consent::Kind::hold_released: return hold_of(state, last, data.string("matter"));
    case consent::Kind::subject_erased: return last;
    default: return fail(errc::invalid, "a kind that is not put");
    }
}

Result<ItemResult> QueriesImpl::replayed(Seq seq, std::string bytes, Entry const& entry, Published const& published) {
    TlogProof proof;
    proof.index = seq;
    CL_TRY_ASSIGN(proof.hashes, tiles_.inclusion(seq, *published.edge));
    proof.checkpoint = published.checkpoint;
    ItemResult same;
    same.status = ItemStatus::replayed;
    same.seq = seq;
    same.contact = entry.contact;
    same.leaf = leaf_hash(bytes);
    same.state = entry.state;
    same.entry = std::make_shared<std::string const>(std::move(bytes));
    same.proof = write_proof(proof);
    return same;
}

Result<Standing> QueriesImpl::standing(std::string_view account, consent::ChangeItem const& definition) {
    CL_TRY_ASSIGN(auto const seen, see(account));
    Standing standing;
    CL_TRY_ASSIGN(standing.current, stands_by(account, *seen.state, definition));
    // What can end and begin again must not find its first beginning.
    bool const can_end = definition.kind == consent::Kind::hold_placed;
    standing.basis = can_end && standing.current < 0 ? seen.state->last_seq : standing.current;
    auto const published = core_->published.get();
    if (standing.current < 0 || standing.current > published->last()) return standing;
    CL_TRY_ASSIGN(std::string bytes, bytes_of(standing.current));
    CL_TRY_ASSIGN(Entry const entry, decode(bytes));
    std::string const body = to_hex(core_->contact_key.request_body(definition.canonical));
    if (!entry.request || entry.request->body != body) return standing;
    CL_TRY_ASSIGN(standing.same, replayed(entry.seq, std::move(bytes), entry, *published));
    return standing;
}

}  // namespace cl::service
