#include "verify/bundle/entry_stream.hpp"

#include "ledger/core/bundle_format.hpp"

#include <utility>

namespace cl::verify::bundle {

std::optional<Seq> seq_of(Item const& item) noexcept {
    if (item.entry) return item.entry->seq;
    return item.envelope ? std::optional<Seq>(item.envelope->seq) : std::nullopt;
}

EntryStream::EntryStream(Archive const& archive, Findings& findings)
    : scope_{Lines(archive, bundle_format::file::entries, findings), true, std::nullopt},
      context_{Lines(archive, bundle_format::file::context, findings), false, std::nullopt} {
    advance(scope_);
    advance(context_);
}

void EntryStream::advance(Side& side) {
    side.next.reset();
    if (auto line = side.lines.next()) {
        bool const whole = line->ended && !line->too_long;
        if (!whole) line->bytes.clear();  // no entry: too long for one, or cut off
        side.next = Placed{to_item(Row{std::nullopt, std::move(line->bytes)}), side.in_scope, side.lines.number()};
    }
}

std::optional<Placed> EntryStream::next() {
    auto const unplaced = [](Side const& side) { return side.next && !seq_of(side.next->item); };
    Side* from = &scope_;
    if (!scope_.next || unplaced(context_)) {
        from = &context_;
    } else if (context_.next && !unplaced(scope_) && *seq_of(context_.next->item) < *seq_of(scope_.next->item)) {
        from = &context_;
    }
    if (!from->next) return std::nullopt;
    std::optional<Placed> out = std::move(from->next);
    advance(*from);
    return out;
}

}  // namespace cl::verify::bundle
