// The record itself: see records.hpp.
#include "ledger/service/records_impl.hpp"

#include <utility>

namespace cl::service {

merkle::Size RecordsImpl::size() const {
    return core_.published.get()->edge->size;
}

Result<Seq> RecordsImpl::seq_at(std::string_view account, std::int64_t account_seq) {
    CL_TRY_ASSIGN(auto const seq, state_.seq_at(account, account_seq));
    if (!seq || *seq >= size()) return fail(errc::not_found, "the account has no such entry");
    return *seq;
}

Result<std::string> RecordsImpl::entry(Seq seq) {
    if (seq < 0 || seq >= size()) return fail(errc::not_found, "no such entry");
    CL_TRY_ASSIGN(auto bytes, log_.entry(seq));
    if (!bytes) return fail(errc::store_corrupt, "entry " + std::to_string(seq) + " is missing");
    return std::move(*bytes);
}

Result<void> RecordsImpl::range(Seq first, Seq last, std::function<void(Seq, std::string_view)> const& visit) {
    if (first < 0 || last > size()) return fail(errc::not_found, "no such entries");
    return log_.range(first, last, [&](Seq seq, std::string_view bytes) {
        visit(seq, bytes);
        return true;
    });
}

Result<std::vector<Hash32>> RecordsImpl::inclusion(Seq seq, merkle::Size size) {
    auto const published = core_.published.get();
    return tiles_.inclusion(seq, size, *published->edge);
}

Result<std::vector<Hash32>> RecordsImpl::consistency(merkle::Size from, merkle::Size to) {
    auto const published = core_.published.get();
    return tiles_.consistency(from, to, *published->edge);
}

Result<Hash32> RecordsImpl::root(merkle::Size size) {
    auto const published = core_.published.get();
    return tiles_.root(size, *published->edge);
}

Result<std::string> RecordsImpl::checkpoint(merkle::Size size, std::string const& origin) {
    CL_TRY_ASSIGN(Hash32 const at, root(size));
    return sign_checkpoint(Checkpoint{origin, size, at}, core_.signer);
}

Result<std::optional<Opened>> RecordsImpl::opening(Seq seq, std::string_view pointer) {
    CL_TRY_ASSIGN(auto found, log_.opening(seq, pointer));
    if (!found) return std::optional<Opened>();
    return std::optional(Opened{found->salt, std::move(found->content)});
}

}  // namespace cl::service
