// What the parts of a running service share: keys, store, projections, and what is published.
//
// Threads: keys and names are constant; store and projections belong to the writer (make_reader and open_reader aside); the rest is safe
// on any thread.
#pragma once

#include "ledger/core/keys.hpp"
#include "ledger/log/log_store.hpp"
#include "ledger/service/bell.hpp"
#include "ledger/service/counters.hpp"
#include "ledger/service/day_counts.hpp"
#include "ledger/service/erasures.hpp"
#include "ledger/service/published.hpp"
#include "ledger/service/service.hpp"
#include "ledger/service/status.hpp"
#include "ledger/service/token_uses.hpp"
#include "ledger/state/projections.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace cl::service {

/// Opens one more reader of the log, for another thread.
using LogReaderMaker = std::function<Result<std::unique_ptr<log::LogReader>>()>;

struct Core {
    Core(Environment const& environment, SecretBytes const& seed, SecretBytes contacts)
        : env(environment), signer(seed), contact_key(std::move(contacts)) {}

    Environment env;
    Ed25519Signer signer;
    ContactKey contact_key;
    std::string origin;
    std::unique_ptr<log::LogStore> store;
    std::unique_ptr<state::Projections> projections;
    LogReaderMaker make_log_reader;
    PublishedBox published;
    Bell bell;
    Status status;
    Counters counters;
    TokenUses token_uses;
    DayCounts day_counts;
    Erasures erasures;

    void say(std::string const& line) const {
        if (env.log) env.log(line);
    }
};

}  // namespace cl::service
