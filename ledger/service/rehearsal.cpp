// A service that does everything and records nothing (service.hpp, open_rehearsal).
#include "ledger/log/rehearsal_log.hpp"
#include "ledger/service/recovery.hpp"
#include "ledger/service/service_impl.hpp"
#include "ledger/service/snapshot.hpp"

#include <utility>

namespace cl::service {

Result<std::unique_ptr<Service>> open_rehearsal(std::filesystem::path const& root, std::filesystem::path const& below,
                                                Environment const& env) {
    CL_TRY_ASSIGN(Snapshot snapshot, take_snapshot(root, below, env, SignWith::key_of_nobody));
    auto core = std::move(snapshot.core);
    DataDir const dir{snapshot.scratch.path()};
    CL_TRY_ASSIGN(LockFile lock, LockFile::take(dir.lock()));
    CL_TRY_ASSIGN(auto log, log::open_rehearsal_log(core->make_log_reader, snapshot.tail.head, dir.root));
    core->store = std::move(log.store);
    core->make_log_reader = std::move(log.make_reader);
    Recovered recovered{std::move(snapshot.tail), core->origin};
    recovered.tail.erasures.clear();  // of the ledger's own: the ledger's service sees to them
    CL_TRY_ASSIGN(auto tokens, core->projections->make_reader());
    CL_TRY_ASSIGN(HeadFile head, HeadFile::open(dir.head()));
    auto writer = std::make_unique<Writer>(*core, std::move(recovered), std::move(head));
    CL_TRY(writer->first_checkpoint());
    writer->start();
    auto rests_on = std::make_shared<Scratch>(std::move(snapshot.scratch));
    return std::unique_ptr<Service>(std::make_unique<ServiceImpl>(dir, std::move(lock), std::move(core), std::move(writer),
                                                                  std::move(tokens), std::move(rests_on)));
}

}  // namespace cl::service
