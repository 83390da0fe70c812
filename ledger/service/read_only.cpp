// A data directory read without its lock.
#include "ledger/service/queries_impl.hpp"
#include "ledger/service/snapshot.hpp"
#include "ledger/service/tree.hpp"

#include <utility>

namespace cl::service {
namespace {

class ReadOnlyImpl final : public ReadOnly {
public:
    ReadOnlyImpl(Snapshot snapshot, std::unique_ptr<Queries> queries)
        : snapshot_(std::move(snapshot)), queries_(std::move(queries)) {}
    Queries& queries() noexcept override { return *queries_; }
    std::string origin() const override { return snapshot_.core->origin; }
    note::VerifierKey verifier_key() const override {
        return note::make_key(snapshot_.core->origin, snapshot_.core->signer.public_key()).value();
    }

private:
    Snapshot snapshot_;
    std::unique_ptr<Queries> queries_;
};

}  // namespace

Result<std::unique_ptr<ReadOnly>> open_read_only(std::filesystem::path const& root, std::filesystem::path const& below,
                                                 Environment const& env) {
    CL_TRY_ASSIGN(Snapshot snapshot, take_snapshot(root, below, env, SignWith::ledger_key));
    Core& core = *snapshot.core;
    Tree tree(snapshot.tail.edge);
    auto published = std::make_shared<Published>();
    published->checkpoint = sign_checkpoint(Checkpoint{core.origin, tree.size(), tree.root()}, core.signer);
    published->edge = tree.snapshot();
    core.published.set(std::move(published));
    core.status.ready();
    CL_TRY_ASSIGN(auto queries, QueriesImpl::make(snapshot.core));
    return std::unique_ptr<ReadOnly>(std::make_unique<ReadOnlyImpl>(std::move(snapshot), std::move(queries)));
}

}  // namespace cl::service
