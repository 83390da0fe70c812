// A data directory read without its lock: the checks of a start that write nothing, then projections of its own.
#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/catch_up.hpp"
#include "ledger/service/head_file.hpp"
#include "ledger/service/queries_impl.hpp"
#include "ledger/service/recovery.hpp"

#include <stdlib.h>

#include <utility>

namespace cl::service {
namespace {

/// A directory that is gone with its object.
class Scratch {
public:
    static Result<Scratch> make(std::filesystem::path const& below) {
        std::string pattern = (below / "consent-ledger-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) return fail(errc::io, "no directory for working files can be made");
        Scratch made;
        made.path_ = pattern;
        return made;
    }
    ~Scratch() {
        std::error_code ignored;
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    Scratch& operator=(Scratch&&) = delete;
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;

    [[nodiscard]] std::filesystem::path const& path() const noexcept { return path_; }

private:
    Scratch() = default;
    std::filesystem::path path_;
};

class ReadOnlyImpl final : public ReadOnly {
public:
    ReadOnlyImpl(Scratch scratch, std::shared_ptr<Core> core, std::unique_ptr<Queries> queries)
        : scratch_(std::move(scratch)), core_(std::move(core)), queries_(std::move(queries)) {}
    Queries& queries() noexcept override { return *queries_; }
    std::string origin() const override { return core_->origin; }
    note::VerifierKey verifier_key() const override {
        return note::make_key(core_->origin, core_->signer.public_key()).value();
    }

private:
    Scratch scratch_;  // first, so that it goes last
    std::shared_ptr<Core> core_;
    std::unique_ptr<Queries> queries_;
};

/// What was signed before, the head first. Read before the ledger's end: a running writer writes it the other way round, so the end that is
/// read later is never the older one.
Result<std::vector<Checkpoint>> signed_before(DataDir const& dir, log::LogReader& log, Core const& core) {
    CL_TRY_ASSIGN(auto const head, HeadFile::read(dir.head()));
    if (head.presence != HeadPresence::valid) {
        return fail(errc::rollback_detected, "the file head is missing or damaged: the ledger may be older than it was");
    }
    auto known = open_own_checkpoint(head.note, core.signer.public_key());
    if (!known) return fail(errc::rollback_detected, "the file head belongs to another ledger");
    std::vector<Checkpoint> all{std::move(*known)};
    CL_TRY_ASSIGN(auto const stored, log.last_checkpoint());
    if (stored) {
        CL_TRY_ASSIGN(Checkpoint checkpoint, open_own_checkpoint(stored->note, core.signer.public_key()));
        all.push_back(std::move(checkpoint));
    }
    return all;
}

Result<void> compare(std::vector<Checkpoint> const& known, log::LogReader& log, Edge const& edge) {
    TileSource tiles(log);
    for (Checkpoint const& one : known) {
        if (one.size > edge.size) {
            return fail(errc::rollback_detected, "the ledger is older than a checkpoint that it has signed");
        }
        CL_TRY_ASSIGN(Hash32 const root, tiles.root(one.size, edge));
        if (root != one.root) return fail(errc::chain_broken, "the ledger is not the one that was signed");
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<ReadOnly>> open_read_only(std::filesystem::path const& root, std::filesystem::path const& below,
                                                 Environment const& env) {
    DataDir const dir{root};
    std::error_code ignored;
    if (!std::filesystem::exists(dir.ledger(), ignored)) {
        return fail(errc::io, "there is no ledger in this directory; make one with init");
    }
    log::SqliteLogPaths const paths{dir.ledger(), dir.vault()};
    CL_TRY_ASSIGN(auto const log, log::open_log_reader(paths));
    CL_TRY_ASSIGN(Keys keys, check_keys(dir, *log));
    auto core = std::make_shared<Core>(env, keys.signing, std::move(keys.contact));
    core->make_log_reader = [paths] { return log::open_log_reader(paths); };
    CL_TRY_ASSIGN(auto const known, signed_before(dir, *log, *core));
    CL_TRY_ASSIGN(Tail const tail, check_tail(*log));
    CL_TRY(compare(known, *log, tail.edge));
    core->origin = known.front().origin;
    CL_TRY_ASSIGN(Scratch scratch, Scratch::make(below));
    CL_TRY_ASSIGN(state::Identity const identity, identity_of(*log));
    CL_TRY_ASSIGN(core->projections, state::Projections::open(DataDir{scratch.path()}.state(), identity));
    std::vector<Seq> erasures;
    CL_TRY(catch_up(*core, *log, tail.head, erasures, [] { return true; }));
    Tree tree(tail.edge);
    auto published = std::make_shared<Published>();
    published->checkpoint = sign_checkpoint(Checkpoint{core->origin, tree.size(), tree.root()}, core->signer);
    published->edge = tree.snapshot();
    core->published.set(std::move(published));
    core->status.ready();
    CL_TRY_ASSIGN(auto queries, QueriesImpl::make(core));
    return std::unique_ptr<ReadOnly>(std::make_unique<ReadOnlyImpl>(std::move(scratch), std::move(core), std::move(queries)));
}

}  // namespace cl::service
