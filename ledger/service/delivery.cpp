#include "ledger/service/delivery.hpp"

#include <utility>

namespace cl::service {
namespace {

constexpr std::size_t findings_of_one_entry = 64;

}  // namespace

void Delivery::expect(ItemResult& result, Intake::Taken const& taken) {
    result.status = taken.status;
    result.seq = taken.seq;
    expected_.push_back(Expected{&result, taken});
}

Result<void> Delivery::fill_stored(ItemResult& result, Seq seq) {
    CL_TRY_ASSIGN(auto bytes, core_->store->entry(seq));
    if (!bytes) return fail(errc::store_corrupt, "entry " + std::to_string(seq) + " is known but not in the ledger");
    CL_TRY_ASSIGN(Entry const entry, decode(*bytes));
    result.leaf = leaf_hash(*bytes);
    result.contact = entry.contact;
    result.state = entry.state;
    result.entry = std::make_shared<std::string const>(std::move(*bytes));
    CL_TRY_ASSIGN(auto rows, reader_->findings(entry.account, {seq, {}}, findings_of_one_entry));
    for (state::FindingRow& row : rows) {
        if (row.finding.seq == seq) result.findings.push_back(std::move(row.finding));
    }
    return {};
}

Result<void> Delivery::settle(Batch& batch) {
    for (Expected const& one : std::exchange(expected_, {})) {
        ItemResult& result = *one.result;
        Recorded const* const recorded = batch.recorded(one.taken.seq);
        if (recorded == nullptr) {
            CL_TRY(fill_stored(result, one.taken.seq));
            continue;
        }
        CL_TRY_ASSIGN(std::string bytes, batch.entry(recorded->seq));
        result.leaf = recorded->leaf;
        result.contact = recorded->contact;
        result.state = recorded->state;
        result.findings = recorded->findings;
        result.entry = std::make_shared<std::string const>(std::move(bytes));
    }
    return {};
}

Result<void> Delivery::add_receipts(std::vector<ItemResult>& results, ReceiptDetail detail, Published const& published) {
    for (ItemResult& result : results) {
        if (detail != ReceiptDetail::full) result.entry.reset();
        if (detail != ReceiptDetail::full || result.status == ItemStatus::refused) continue;
        TlogProof proof;
        proof.index = result.seq;
        CL_TRY_ASSIGN(proof.hashes, tiles_->inclusion(result.seq, *published.edge));
        proof.checkpoint = published.checkpoint;
        result.proof = write_proof(proof);
    }
    return {};
}

Result<std::string> Delivery::opened_reply(Seq seq) {
    CL_TRY_ASSIGN(auto const opening, core_->store->opening(seq, "/data/reply"));
    return opening ? opening->content : std::string();
}

void Delivery::answer(Job& job) {
    auto const published = core_->published.get();
    if (auto* append = std::get_if<AppendJob>(&job)) {
        append->answer.checkpoint = published->checkpoint;
        auto added = add_receipts(append->answer.results, append->request.receipt, *published);
        if (!added) return append->done(std::move(added).error());
        return append->done(std::move(append->answer));
    }
    if (auto* inbound = std::get_if<InboundJob>(&job)) {
        if (inbound->refused) return inbound->done(std::move(*inbound->refused));
        inbound->answer.checkpoint = published->checkpoint;
        auto added = add_receipts(inbound->answer.results, inbound->request.receipt, *published);
        if (!added) return inbound->done(std::move(added).error());
        if (inbound->reply_seq >= 0) {
            auto reply = opened_reply(inbound->reply_seq);
            if (reply && !reply->empty()) inbound->answer.reply_text = std::move(*reply);
        }
        return inbound->done(std::move(inbound->answer));
    }
    auto& program = std::get<ProgramJob>(job);
    if (program.refused) return program.done(std::move(*program.refused));
    program.done(Result<void>{});
}

}  // namespace cl::service
