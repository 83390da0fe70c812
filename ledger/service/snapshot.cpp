#include "ledger/service/snapshot.hpp"

#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/catch_up.hpp"
#include "ledger/service/recovery.hpp"
#include "ledger/service/tile_source.hpp"

#include <stdlib.h>

#include <array>
#include <utility>
#include <vector>

namespace cl::service {
namespace {

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

SecretBytes key_of_nobody(Random& random) {
    std::array<std::uint8_t, 32> seed{};
    random.fill(seed);
    return SecretBytes(seed);
}

}  // namespace

Result<Scratch> Scratch::make(std::filesystem::path const& below) {
    std::string pattern = (below / "consent-ledger-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return fail(errc::io, "no directory for working files can be made");
    Scratch made;
    made.path_ = pattern;
    return made;
}

Scratch::~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Scratch::Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}

Result<Snapshot> take_snapshot(std::filesystem::path const& root, std::filesystem::path const& below, Environment const& env,
                               SignWith sign_with) {
    DataDir const dir{root};
    CL_TRY(require_ledger(dir));
    log::SqliteLogPaths const paths{dir.ledger(), dir.vault()};
    CL_TRY_ASSIGN(auto const log, log::open_log_reader(paths));
    CL_TRY_ASSIGN(Keys keys, check_keys(dir, *log));
    auto const key = Ed25519Signer(keys.signing).public_key();
    // The head before the ledger's end: a running writer writes them the other way round, so the end read later is never the older one.
    CL_TRY_ASSIGN(auto const head, HeadFile::read(dir.head()));
    CL_TRY_ASSIGN(auto const known, signed_before(head, *log, key));
    CL_TRY_ASSIGN(Tail tail, check_tail(*log));
    CL_TRY(compare(known, *log, tail.edge));
    std::string const origin =
        origin_in_force(tail, known.size() > 1 ? known.back() : Checkpoint{{}, -1, {}}, keys.first_origin);
    if (known.front().origin != origin) {
        return fail(errc::rollback_detected, "the file head is of a name that this ledger does not have now");
    }
    bool const own = sign_with == SignWith::ledger_key;
    SecretBytes const seed = own ? std::move(keys.signing) : key_of_nobody(env.random);
    auto core = std::make_shared<Core>(env, seed, std::move(keys.contact));
    core->make_log_reader = [paths] { return log::open_log_reader(paths); };
    core->origin = own ? origin : "rehearsal.invalid";
    CL_TRY_ASSIGN(Scratch scratch, Scratch::make(below));
    CL_TRY_ASSIGN(state::Identity const identity, identity_of(*log));
    CL_TRY_ASSIGN(core->projections, state::Projections::open(DataDir{scratch.path()}.state(), identity));
    std::vector<Seq> erasures;
    CL_TRY(catch_up(*core, *log, tail.head, erasures, [] { return true; }));
    return Snapshot{std::move(scratch), std::move(core), std::move(tail)};
}

}  // namespace cl::service
