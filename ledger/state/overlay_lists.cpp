// The overlay's part of obligations and lists.
#include "ledger/state/overlay.hpp"

#include <set>

namespace cl::state {
namespace {

void collect(ObligationChanges const& changes, ObligationChanges::Key const& after, std::size_t limit,
             std::vector<ObligationRow>& out) {
    auto row = changes.rows.upper_bound(after);
    for (std::size_t taken = 0; taken < limit && row != changes.rows.end() && row->first.first == after.first; ++taken, ++row) {
        out.push_back(row->second);
    }
}

void lay_over(ObligationChanges const& changes, ObligationChanges::Key const& key, ObligationRow& row) {
    if (auto const found = changes.rows.find(key); found != changes.rows.end()) row = found->second;
}

/// A list of nobody's (the empty id) is all contacts, and no list.
void collect(Buffer const& buffer, ListRef const& after, std::size_t limit, std::set<std::string>& out) {
    auto place = buffer.members().upper_bound(after);
    for (std::size_t taken = 0; taken < limit && place != buffer.members().end() && place->first.account == after.account;
         ++taken, ++place) {
        out.insert(place->first.list);
    }
}

}  // namespace

ObligationsView Overlay::obligations(std::string_view account, ObligationKey const& after, std::size_t limit) const {
    ObligationChanges::Key const from{std::string(account), after};
    ObligationsView view;
    {
        std::scoped_lock const lock(mutex_);
        view.active = active_->obligations();
        if (frozen_) view.frozen = frozen_->obligations();
        collect(*view.active, from, limit, view.rows);
    }
    if (view.frozen) collect(*view.frozen, from, limit, view.rows);
    return view;
}

void Overlay::complete(ObligationsView const& view, std::string_view account, std::vector<ObligationRow>& rows) const {
    // As with findings: the view's buffers still have all that they had.
    std::scoped_lock const lock(mutex_);
    ObligationChanges::Key key{std::string(account), {}};
    for (auto& row : rows) {
        key.second = {row.due_at, row.seq};
        if (view.frozen) lay_over(*view.frozen, key, row);
        lay_over(*view.active, key, row);
    }
}

std::vector<MemberChunk> Overlay::members(ListRef const& list) const {
    std::vector<MemberChunk> chunks;
    std::scoped_lock const lock(mutex_);
    for (Buffer const* const buffer : {frozen_.get(), static_cast<Buffer const*>(active_.get())}) {
        if (buffer == nullptr) continue;
        auto const found = buffer->members().find(list);
        if (found != buffer->members().end()) chunks.insert(chunks.end(), found->second.begin(), found->second.end());
    }
    return chunks;
}

std::vector<std::string> Overlay::lists_in_use(std::string_view account, std::string_view after, std::size_t limit) const {
    ListRef const from{std::string(account), std::string(after)};
    std::set<std::string> ids;
    {
        std::scoped_lock const lock(mutex_);
        collect(*active_, from, limit, ids);
        if (frozen_) collect(*frozen_, from, limit, ids);
    }
    std::vector<std::string> ordered(ids.begin(), ids.end());
    if (ordered.size() > limit) ordered.resize(limit);
    return ordered;
}

}  // namespace cl::state
