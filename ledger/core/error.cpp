// The stable names of the failure kinds. They are part of the API (problem slugs), so they are spelled out, not derived.
#include "ledger/core/error.hpp"

#include <stdexcept>

namespace cl {

std::string_view name(errc code) noexcept {
    switch (code) {
    case errc::malformed: return "malformed";
    case errc::too_large: return "too_large";
    case errc::invalid: return "invalid";
    case errc::idempotency_required: return "idempotency_required";
    case errc::idempotency_conflict: return "idempotency_conflict";
    case errc::phi_suspected: return "phi_suspected";
    case errc::unauthorized: return "unauthorized";
    case errc::forbidden: return "forbidden";
    case errc::not_found: return "not_found";
    case errc::refused_by_policy: return "refused_by_policy";
    case errc::hold: return "hold";
    case errc::usage: return "usage";
    case errc::busy: return "busy";
    case errc::not_ready: return "not_ready";
    case errc::writer_stopped: return "writer_stopped";
    case errc::entry_malformed: return "entry_malformed";
    case errc::entry_not_canonical: return "entry_not_canonical";
    case errc::entry_version: return "entry_version";
    case errc::note_malformed: return "note_malformed";
    case errc::signature_invalid: return "signature_invalid";
    case errc::proof_invalid: return "proof_invalid";
    case errc::chain_broken: return "chain_broken";
    case errc::io: return "io";
    case errc::store_foreign: return "store_foreign";
    case errc::store_locked: return "store_locked";
    case errc::store_corrupt: return "store_corrupt";
    case errc::head_conflict: return "head_conflict";
    case errc::rollback_detected: return "rollback_detected";
    case errc::vault_orphans: return "vault_orphans";
    case errc::state_stale: return "state_stale";
    case errc::key_missing: return "key_missing";
    case errc::key_mismatch: return "key_mismatch";
    case errc::clock_jump: return "clock_jump";
    }
    return "unknown";
}

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
    throw std::logic_error("a failure was taken for a value: " + std::string(name(error.code)) + " at " + where.file_name() +
                           ":" + std::to_string(where.line()));
}

}  // namespace cl
