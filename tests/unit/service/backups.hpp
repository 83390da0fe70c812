// Backups of the fixture's ledger, and services over what is made of them. Shared by the suites about backups and new names.
//
// Threads: as ServiceFixture.
#pragma once

#include "ledger/service/backup.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>

namespace cl::test {

inline service::BackupView back_up(ServiceFixture& f, std::filesystem::path const& to, bool with_keys = true) {
    return need(service::make_backup({f.dir(), to, with_keys, {}}, f.clock));
}

inline service::RestoreWish wish(std::filesystem::path const& from, std::filesystem::path const& data) {
    service::RestoreWish wish;
    wish.from = from;
    wish.data = data;
    return wish;
}

inline errc refusal(service::RestoreWish const& asked) {
    auto const restored = service::restore_backup(asked);
    BOOST_REQUIRE(!restored);
    BOOST_TEST(!restored.error().detail.empty());
    auto part = asked.data;
    part += ".part";
    BOOST_TEST(!std::filesystem::exists(part));
    return restored.error().code;
}

inline std::set<std::string> names_in(std::filesystem::path const& dir) {
    std::set<std::string> names;
    for (auto const& item : std::filesystem::recursive_directory_iterator(dir)) {
        if (item.is_regular_file()) names.insert(std::filesystem::relative(item.path(), dir).generic_string());
    }
    return names;
}

/// A service over a directory that is not the fixture's own.
inline Result<std::unique_ptr<service::Service>> serve(ServiceFixture& f, std::filesystem::path const& dir,
                                                       service::Options const& options = {}) {
    CL_TRY_ASSIGN(auto service, service::Service::open(dir, f.environment(), options));
    CL_TRY(service->wait_until_ready());
    return service;
}

inline service::Options under_a_new_name(std::string name = "ledger.example/restored") {
    service::Options options;
    options.accept_rollback = true;
    options.new_origin = std::move(name);
    return options;
}

inline errc refused_start(ServiceFixture& f, std::filesystem::path const& dir) {
    auto const started = serve(f, dir);
    BOOST_REQUIRE(!started);
    return started.error().code;
}

}  // namespace cl::test
