// Service::open: the steps of recovery.hpp in their order, then the writer.
#include "ledger/log/sqlite_log.hpp"
#include "ledger/service/catch_up.hpp"
#include "ledger/service/recovery.hpp"
#include "ledger/service/renaming.hpp"
#include "ledger/service/service_impl.hpp"

#include <utility>

namespace cl::service {
namespace {

log::SqliteLogPaths paths_of(DataDir const& dir) {
    return {dir.ledger(), dir.vault()};
}

}  // namespace

Doors file_doors() {
    return Doors{
        [](DataDir const& dir) { return log::open_sqlite_log(paths_of(dir)); },
        [](DataDir const& dir, state::Identity const& identity) { return state::Projections::open(dir.state(), identity); }};
}

Result<std::unique_ptr<Service>> open_service(std::filesystem::path const& root, Environment const& env, Options const& options,
                                              Doors const& doors) {
    DataDir const dir{root};
    CL_TRY(require_ledger(dir));
    std::error_code ignored;
    if (std::filesystem::exists(dir.backup_notice(), ignored)) {
        return fail(errc::store_foreign, "this directory is a backup; it is not written to: bring it back with restore");
    }
    CL_TRY_ASSIGN(LockFile lock, LockFile::take(dir.lock()));
    CL_TRY_ASSIGN(auto store, doors.open_log(dir));
    CL_TRY_ASSIGN(Keys keys, check_keys(dir, *store));
    auto core = std::make_shared<Core>(env, keys.signing, std::move(keys.contact));
    core->store = std::move(store);
    core->make_log_reader = [paths = paths_of(dir)] { return log::open_log_reader(paths); };
    core->token_uses.open(dir.last_used());
    CL_TRY_ASSIGN(Recovered recovered, recover(dir, *core, keys.first_origin, options));
    core->origin = recovered.origin;
    CL_TRY_ASSIGN(state::Identity const identity, identity_of(*core->store));
    CL_TRY_ASSIGN(core->projections, doors.open_projections(dir, identity));
    CL_TRY(check_watermark(*core));
    CL_TRY_ASSIGN(auto tokens, core->projections->make_reader());
    CL_TRY_ASSIGN(HeadFile head, HeadFile::open(dir.head()));
    auto writer = std::make_unique<Writer>(*core, std::move(recovered), std::move(head));
    CL_TRY(writer->first_checkpoint());
    CL_TRY(end_renaming(dir));
    writer->start();
    auto service = std::make_unique<ServiceImpl>(dir, std::move(lock), std::move(core), std::move(writer), std::move(tokens));
    if (options.verify_every > 0) service->verify_every(options.verify_every);
    return std::unique_ptr<Service>(std::move(service));
}

Result<std::unique_ptr<Service>> Service::open(std::filesystem::path const& dir, Environment const& env,
                                               Options const& options) {
    return open_service(dir, env, options, file_doors());
}

}  // namespace cl::service
