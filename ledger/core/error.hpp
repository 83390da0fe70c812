// What can go wrong, as values. One list for the whole program, so that a caller can act on the kind and a user can read
// the sentence. Exceptions are bugs.
//
// Threads: plain values, any thread.
#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace cl {

/// The kinds of failure that a caller can act on. The sentence that explains one is in Error::detail.
enum class errc {
    // Input of a user
    malformed,             ///< not well-formed: bad JSON, bad hex, bad number; HTTP 400
    too_large,             ///< over a limit of limits.hpp; HTTP 413
    invalid,               ///< well-formed but not acceptable, Error::pointer says where; HTTP 422
    idempotency_required,  ///< neither source.record nor Idempotency-Key; HTTP 400
    idempotency_conflict,  ///< the same key with another body; HTTP 422
    phi_suspected,         ///< free text that looks like health information (S22); HTTP 422
    unauthorized,          ///< no valid token; HTTP 401
    forbidden,             ///< the token's role or accounts do not allow it; HTTP 403
    not_found,             ///< no such thing, or not the caller's; HTTP 404
    refused_by_policy,     ///< the account enforces its rules and this breaks one; HTTP 409
    hold,                  ///< a legal hold forbids it; HTTP 409
    usage,                 ///< a command line that cannot be meant; exit 2
    // The service's own condition
    busy,            ///< a bounded queue is full, try again; HTTP 503
    not_ready,       ///< still starting; HTTP 503
    writer_stopped,  ///< a COMMIT or fsync failed: nothing is known about the disk until a restart; HTTP 503
    // Integrity of what was read
    entry_malformed,      ///< bytes that are no entry at all
    entry_not_canonical,  ///< bytes that the encoder would not have written
    entry_version,        ///< an entry of a format version this program does not know
    note_malformed,       ///< not a signed note, checkpoint, vkey, tile path or tlog-proof
    signature_invalid,    ///< a known key's signature that does not verify, or no known key at all
    proof_invalid,        ///< an inclusion or consistency proof that does not lead to the root
    chain_broken,         ///< prev, seq, account_seq or contact_seq does not follow
    // Files and keys
    io,                 ///< the operating system or SQLite could not do it
    store_foreign,      ///< not a file of this program: application id, schema or format version differ
    store_locked,       ///< another process holds the data directory
    store_corrupt,      ///< the store contradicts itself
    head_conflict,      ///< append at a head that is no longer the head
    rollback_detected,  ///< the ledger is behind, beside or without its head file
    vault_orphans,      ///< vault rows above the ledger's end that may be evidence
    state_stale,        ///< state.db cannot be used and must be rebuilt
    key_missing,        ///< no signing.key or contact.key where the ledger needs one
    key_mismatch,       ///< a key that is not the one this ledger was made with
    clock_jump,         ///< the wall clock ran away from the steady clock
};

/// The stable, lower-case name of a kind (`idempotency_conflict`): the problem's `code` and slug. Never translated.
[[nodiscard]] std::string_view name(errc code) noexcept;

/// A failure: its kind, a sentence for a person (no secret, no phone number, no SQL), and for errc::invalid and
/// errc::malformed the JSON pointer (RFC 6901) of what is wrong, empty for the whole document.
struct Error {
    errc code{};
    std::string detail;
    std::string pointer;

    friend bool operator==(Error const&, Error const&) = default;
};

[[nodiscard]] inline Error fail(errc code, std::string detail, std::string pointer = {}) {
    return Error{code, std::move(detail), std::move(pointer)};
}

/// Called by Result::value() on a failure that nobody looked at: a bug, so it throws std::logic_error.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& where);

template <class T>
using Result = boost::system::result<T, Error>;

/// Returns the failure of `expr` from the enclosing function. For Result<void> and Result<T> alike.
#define CL_TRY(expr)                                       \
    do {                                                   \
        if (auto cl_try_result = (expr); !cl_try_result) { \
            return std::move(cl_try_result).error();       \
        }                                                  \
    } while (false)

/// Declares `decl` as the value of `expr`, or returns its failure from the enclosing function. Not in coroutines.
#define CL_TRY_ASSIGN(decl, expr) CL_TRY_ASSIGN_IMPL(CL_TRY_CAT(cl_try_, __LINE__), decl, expr)
#define CL_TRY_ASSIGN_IMPL(temp, decl, expr) \
    auto temp = (expr);                      \
    if (!temp) {                             \
        return std::move(temp).error();      \
    }                                        \
    decl = std::move(*temp)
#define CL_TRY_CAT(a, b) CL_TRY_CAT2(a, b)
#define CL_TRY_CAT2(a, b) a##b

}  // namespace cl
