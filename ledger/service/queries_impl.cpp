#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr std::size_t findings_of_one_entry = 64;
constexpr std::size_t finding_bytes = 512;  // in an answer, about

}  // namespace

AsOf as_of(Published const& published) {
    return AsOf{published.last(), published.checkpoint};
}

std::size_t page_size(std::size_t wanted) noexcept {
    return wanted == 0 ? limits::page_items_default : std::min(wanted, limits::page_items);
}

void PageRoom::add(EntryView const& view) noexcept {
    --items_;
    bytes_ += view.bytes.size() + view.findings.size() * finding_bytes;
}

Result<std::unique_ptr<Queries>> QueriesImpl::make(std::shared_ptr<Core> core) {
    CL_TRY_ASSIGN(auto log, core->make_log_reader());
    CL_TRY_ASSIGN(auto state, core->projections->make_reader());
    return std::unique_ptr<Queries>(new QueriesImpl(std::move(core), std::move(log), std::move(state)));
}

Result<void> QueriesImpl::check_ready() const {
    auto const error = core_->status.readiness();
    if (error && error->code == errc::not_ready) return *error;
    return {};
}

Hash32 QueriesImpl::contact_of(std::string_view account, std::string_view e164) const {
    return core_->contact_key.contact(account, e164);
}

Result<std::string> QueriesImpl::bytes_of(Seq seq) {
    CL_TRY_ASSIGN(auto bytes, log_->entry(seq));
    if (!bytes) return fail(errc::store_corrupt, "entry " + std::to_string(seq) + " is missing");
    return std::move(*bytes);
}

Result<FindingView> QueriesImpl::with_waiver(state::FindingRow&& row, consent::AccountState const* account) {
    FindingView view{std::move(row), std::nullopt};
    if (account == nullptr || view.closed_by) return view;
    consent::Waiver const* const waiver =
        consent::waiver_of(*account, view.finding, core_->env.clock.now(), core_->published.get()->last());
    if (waiver == nullptr) return view;
    CL_TRY_ASSIGN(std::string const bytes, bytes_of(waiver->by));
    CL_TRY_ASSIGN(Entry entry, decode(bytes));
    CL_TRY_ASSIGN(auto reason, log_->opening(waiver->by, "/data/reason"));
    view.waiver = WaiverView{waiver->by, waiver->until, std::move(entry.actor), std::nullopt};
    if (reason) view.waiver->reason = std::move(reason->content);
    return view;
}

Result<std::vector<FindingView>> QueriesImpl::findings_of(std::string_view account, Seq seq) {
    CL_TRY_ASSIGN(auto rows, state_->findings(account, {seq, {}}, findings_of_one_entry));
    auto const known = state_->account(account);
    std::vector<FindingView> views;
    for (state::FindingRow& row : rows) {
        if (row.finding.seq != seq) continue;
        CL_TRY_ASSIGN(FindingView view, with_waiver(std::move(row), known.get()));
        views.push_back(std::move(view));
    }
    return views;
}

Result<EntryView> QueriesImpl::view_of(std::string_view account, Entry const& entry, std::string bytes, std::int64_t position) {
    EntryView view;
    view.seq = entry.seq;
    view.position = position;
    view.bytes = std::move(bytes);
    CL_TRY_ASSIGN(view.findings, findings_of(account, entry.seq));
    return view;
}

Result<std::string> QueriesImpl::entry_within(Principal const& principal, Seq seq, Published const& published) {
    Error const hidden = fail(errc::not_found, "no such entry");
    if (seq < 0 || seq > published.last()) return hidden;
    CL_TRY_ASSIGN(std::string bytes, bytes_of(seq));
    if (principal.covers_all()) return bytes;
    CL_TRY_ASSIGN(Entry const entry, decode(bytes));
    // Another tenant's entry answers as if there were none: its existence is nobody else's business.
    if (entry.account.empty() || !principal.covers(entry.account)) return hidden;
    return bytes;
}

Result<std::string> QueriesImpl::entry(Principal const& principal, Seq seq) {
    return entry_within(principal, seq, *core_->published.get());
}

Result<std::string> QueriesImpl::proof(Principal const& principal, Seq seq) {
    auto const published = core_->published.get();
    CL_TRY(entry_within(principal, seq, *published));
    TlogProof proof;
    proof.index = seq;
    CL_TRY_ASSIGN(proof.hashes, tiles_.inclusion(seq, *published->edge));
    proof.checkpoint = published->checkpoint;
    return write_proof(proof);
}

Result<std::string> QueriesImpl::tile(tile::Coord const& coord) {
    auto const published = core_->published.get();
    if (coord.level != tile::entries) return tiles_.tile(coord, *published->edge);
    if (coord.width < 1 || coord.width > tile::width_at(coord.level, coord.index, published->edge->size)) {
        return fail(errc::not_found, "the tree has no such bundle");
    }
    Seq const first = coord.index * tile::full_width;
    std::string bundle;
    Result<void> added;
    CL_TRY(log_->range(first, first + coord.width, [&](Seq, std::string_view bytes) {
        added = tile::append_to_bundle(bytes, bundle);
        return added.has_value();
    }));
    CL_TRY(added);
    return bundle;
}

}  // namespace cl::service
