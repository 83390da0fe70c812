#include "verify/bundle/order.hpp"

#include "ledger/core/bundle_format.hpp"

namespace cl::verify::bundle {

Order::Order(Archive const& archive, std::optional<Checkpoint> const& checkpoint, Findings& findings)
    : checkpoint_(checkpoint),
      findings_(findings),
      proofs_(Lines(archive, bundle_format::file::inclusion, findings), parse_inclusion) {}

void Order::check_fault(Placed const& placed) {
    Item const& item = placed.item;
    if (!item.fault || item.envelope) return;
    bool const readable = item.fault->code == errc::entry_not_canonical;
    std::string const where = std::string(placed.in_scope ? bundle_format::file::entries : bundle_format::file::context) +
                              " line " + std::to_string(placed.line) + ": ";
    findings_.add(readable ? check::not_canonical : check::not_an_entry, std::nullopt, where + printable(item.fault->detail));
}

void Order::check_inclusion(Item const& item, Seq seq) {
    while (proofs_.peek() != nullptr && proofs_.peek()->seq < seq) {
        findings_.add(check::inclusion, proofs_.peek()->seq, "there is a proof of this entry, and no entry");
        proofs_.pop();
    }
    if (proofs_.peek() == nullptr || proofs_.peek()->seq != seq) {
        findings_.add(check::inclusion, seq, "there is no proof of this entry");
        return;
    }
    InclusionRow const row = *proofs_.peek();
    proofs_.pop();
    if (row.leaf != item.leaf) {
        findings_.add(check::inclusion, seq,
                      "its bytes have leaf hash " + to_hex(item.leaf) + ", its proof is of " + to_hex(row.leaf));
    } else if (checkpoint_) {
        auto const included = merkle::verify_inclusion(seq, checkpoint_->size, item.leaf, row.hashes, checkpoint_->root);
        if (included) {
            ++proven_;
        } else {
            findings_.add(check::inclusion, seq,
                          "its proof does not lead to the root of the checkpoint: " + printable(included.error().detail));
        }
    }
}

void Order::check_neighbour(Item const& item, Seq seq) {
    Hash32 const& prev = item.entry ? item.entry->prev : item.envelope->prev;
    if (last_ && seq == *last_ + 1 && prev != last_leaf_) {
        findings_.add(check::chain, *last_,
                      "entry " + std::to_string(seq) + " was written after another version of entry " + std::to_string(*last_));
    }
}

void Order::check_entry(Item const& item) {
    Entry const& entry = *item.entry;
    if ((entry.seq == 0) != (item.kind == consent::Kind::ledger_created)) {
        findings_.add(
            check::beginning, entry.seq,
            entry.seq == 0 ? "the first entry is not ledger.created" : "ledger.created stands in the middle of the log");
    }
    if (item.content_fault) {
        findings_.add(check::content, entry.seq,
                      printable(item.content_fault->detail) + " at " + printable(item.content_fault->pointer));
    }
    if (last_time_ && entry.recorded_at < *last_time_) {
        findings_.add(check::time, entry.seq,
                      "recorded at " + format_time(entry.recorded_at) + ", after an entry of " + format_time(*last_time_));
    }
    last_time_ = entry.recorded_at;
}

bool Order::take(Placed const& placed) {
    check_fault(placed);
    auto const seq = seq_of(placed.item);
    if (!seq) return false;
    if (last_ && *seq <= *last_) {
        findings_.add(check::scope, *seq, "the entry stands here a second time, or too late");
        return false;
    }
    check_inclusion(placed.item, *seq);
    check_neighbour(placed.item, *seq);
    if (placed.item.entry) check_entry(placed.item);
    last_ = *seq;
    last_leaf_ = placed.item.leaf;
    return true;
}

void Order::finish() {
    for (; proofs_.peek() != nullptr; proofs_.pop()) {
        findings_.add(check::inclusion, proofs_.peek()->seq, "there is a proof of this entry, and no entry");
    }
}

}  // namespace cl::verify::bundle
