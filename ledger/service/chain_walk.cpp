#include "ledger/service/chain_walk.hpp"

#include "ledger/core/entry.hpp"

#include <string>

namespace cl::service {
namespace {

std::string at(Seq seq) {
    return "entry " + std::to_string(seq);
}

}  // namespace

Result<void> ChainWalk::take(Seq seq, std::string_view bytes) {
    if (seq != next_) return fail(errc::chain_broken, at(next_) + " is missing");
    auto const envelope = decode_envelope(bytes);
    if (!envelope) return fail(errc::chain_broken, at(seq) + " cannot be read: " + envelope.error().detail);
    if (envelope->seq != seq) return fail(errc::chain_broken, at(seq) + " says that it is another one");
    if (envelope->prev != leaf_) return fail(errc::chain_broken, at(seq) + " does not follow the entry before it");
    leaf_ = leaf_hash(bytes);
    ++next_;
    return {};
}

Result<void> ChainWalk::follow(log::LogReader& log, Seq to, std::function<Result<void>(Seq, std::string_view)> const& visit) {
    Result<void> outcome;
    CL_TRY(log.range(next_, to, [&](Seq seq, std::string_view bytes) {
        outcome = take(seq, bytes);
        if (outcome) outcome = visit(seq, bytes);
        return outcome.has_value();
    }));
    CL_TRY(outcome);
    if (next_ != to) return fail(errc::chain_broken, at(next_) + " is missing");
    return {};
}

Result<void> compare_tile(log::LogReader& log, int level, merkle::Size index, ExpandedTile const& made) {
    CL_TRY_ASSIGN(auto const stored, log.tile(level, index));
    if (stored && *stored == made.bytes(tile::full_width)) return {};
    if (level > 0)
        return fail(errc::store_corrupt, "a tile of level " + std::to_string(level) + " does not fit the tiles below it");
    return fail(errc::chain_broken, "the entries up to " + std::to_string((index + 1) * tile::full_width - 1) +
                                        " do not have the hashes of their tile");
}

}  // namespace cl::service
