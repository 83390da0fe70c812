// The record itself, read through what a Queries object has.
//
// Threads: as Queries.
#pragma once

#include "ledger/service/core.hpp"
#include "ledger/service/records.hpp"
#include "ledger/service/tile_source.hpp"

namespace cl::service {

class RecordsImpl final : public Records {
public:
    /// All outlive the object.
    RecordsImpl(Core const& core, log::LogReader& log, state::Reader& state, TileSource& tiles)
        : core_(core), log_(log), state_(state), tiles_(tiles) {}

    merkle::Size size() const override;
    Result<Seq> seq_at(std::string_view account, std::int64_t account_seq) override;
    Result<std::string> entry(Seq seq) override;
    Result<void> range(Seq first, Seq last, std::function<void(Seq, std::string_view)> const& visit) override;
    Result<std::vector<Hash32>> inclusion(Seq seq, merkle::Size size) override;
    Result<std::vector<Hash32>> consistency(merkle::Size from, merkle::Size to) override;
    Result<Hash32> root(merkle::Size size) override;
    Result<std::string> checkpoint(merkle::Size size, std::string const& origin) override;
    Result<std::optional<Opened>> opening(Seq seq, std::string_view pointer) override;

private:
    Core const& core_;
    log::LogReader& log_;
    state::Reader& state_;
    TileSource& tiles_;
};

}  // namespace cl::service
