#include "ledger/service/export_source.hpp"

#include "ledger/core/limits.hpp"
#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/ledger_entry.hpp"
#include "ledger/service/recovery.hpp"
#include "ledger/service/service.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr Seq slice = 4'096;

}  // namespace

ExportSource::ExportSource(std::unique_ptr<log::LogReader> log, SecretBytes const& seed)
    : log_(std::move(log)), signer_(std::make_unique<Ed25519Signer>(seed)) {}

Result<ExportSource> ExportSource::open(DataDir const& dir) {
    // The head before the ledger: a running writer writes them the other way round, so the ledger read here is never the older one.
    CL_TRY_ASSIGN(auto const head, HeadFile::read(dir.head()));
    CL_TRY_ASSIGN(auto log, log::open_log_reader({dir.ledger(), dir.vault()}));
    return over(std::move(log), dir, head);
}

Result<ExportSource> ExportSource::over(std::unique_ptr<log::LogReader> log, DataDir const& dir,
                                        HeadFile::Content const& head) {
    CL_TRY_ASSIGN(Keys const keys, check_keys(dir, *log));
    ExportSource source(std::move(log), keys.signing);
    source.origin_ = keys.first_origin;
    CL_TRY_ASSIGN(source.known_, signed_before(head, *source.log_, source.signer_->public_key()));
    CL_TRY_ASSIGN(auto const end, source.log_->head());
    source.size_ = end.size;
    for (Checkpoint const& checkpoint : source.known_) {
        if (checkpoint.size > end.size)
            return fail(errc::rollback_detected, "the ledger is older than a checkpoint that it has signed");
    }
    return source;
}

Result<void> ExportSource::compare(Checkpoint const& known) const {
    if (known.size != tree_.size() || (known.root == tree_.root() && known.origin == origin_)) return {};
    return fail(errc::chain_broken,
                "the entries do not have the root and the name that were signed at size " + std::to_string(known.size));
}

Result<void> ExportSource::stream(std::function<Result<void>(Seq, std::string_view)> const& visit) {
    Seq next = 0;
    Result<void> outcome;
    auto const one = [&](Seq seq, std::string_view bytes) -> Result<void> {
        if (seq != next++) return fail(errc::chain_broken, "entry " + std::to_string(next - 1) + " is missing");
        tree_.append(leaf_hash(bytes));
        // The name is the entries' own: an old head must not bring one back that was given up.
        CL_TRY_ASSIGN(auto const name, name_given_by(bytes));
        origin_ = name.value_or(origin_);
        for (Checkpoint const& checkpoint : known_) CL_TRY(compare(checkpoint));
        return visit(seq, bytes);
    };
    for (Seq from = 0; from < size_; from += slice) {
        CL_TRY(log_->range(from, std::min(from + slice, size_), [&](Seq seq, std::string_view bytes) {
            outcome = one(seq, bytes);
            return outcome.has_value();
        }));
        CL_TRY(outcome);
    }
    if (next != size_) return fail(errc::chain_broken, "entry " + std::to_string(next) + " is missing");
    return {};
}

std::string ExportSource::checkpoint() const {
    return sign_checkpoint(Checkpoint{origin_, tree_.size(), tree_.root()}, *signer_);
}

}  // namespace cl::service
