// A contact's state, now and in the past, and its timeline.
#include "ledger/core/limits.hpp"
#include "ledger/service/because.hpp"
#include "ledger/service/cursor.hpp"
#include "ledger/service/erasure.hpp"
#include "ledger/service/patience.hpp"
#include "ledger/service/pending.hpp"
#include "ledger/service/queries_impl.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

std::string history_filter(std::string_view account, Hash32 const& contact) {
    return "history\n" + std::string(account) + "\n" + to_hex(contact);
}

}  // namespace

Result<QueriesImpl::Seen> QueriesImpl::see(std::string_view account, Hash32 const& contact) {
    CL_TRY(check_ready());
    Patience patience;
    do {
        // In this order: what is merged is published next, so the state is at least as new as the checkpoint; if it is newer, the next
        // checkpoint is a moment away.
        auto published = core_->published.get();
        CL_TRY_ASSIGN(auto state, state_->contact(account, contact));
        if (!state || state->contact_seq == 0) return Seen{std::move(published), nullptr};
        if (state->last_seq <= published->last()) return Seen{std::move(published), std::move(state)};
    } while (patience.wait());
    return fail(errc::not_ready, "the writer is about to publish this contact's newest entry; try again");
}

Result<ContactView> QueriesImpl::contact(std::string_view account, Hash32 const& contact, std::optional<Millis> at,
                                         std::optional<Millis> known_at) {
    CL_TRY_ASSIGN(Seen const seen, see(account, contact));
    ContactView view;
    view.contact = contact;
    view.as_of = as_of(*seen.published);
    if (!seen.state) return view;
    if (!at && !known_at) {
        view.state = *seen.state;
        if (view.state.contact_seq <= static_cast<std::int64_t>(limits::because_replay)) {
            CL_TRY(replay(account, seen.state->last_seq, std::nullopt, std::nullopt, view.because));
        } else {
            view.because = because_of(view.state);
        }
        auto const known = state_->account(account);
        std::erase_if(view.state.open, [&](consent::Finding const& finding) {
            return known && consent::waiver_of(*known, finding, core_->env.clock.now(), seen.published->last()) != nullptr;
        });
    } else {
        // All entries are read, those from after the time that is asked for as well.
        if (seen.state->contact_seq > static_cast<std::int64_t>(limits::contact_replay)) {
            return fail(errc::too_large,
                        "the contact has too many entries for a look-up in the past; read its history instead");
        }
        CL_TRY_ASSIGN(view.state, replay(account, seen.state->last_seq, at, known_at, view.because));
    }
    view.known = view.state.contact_seq > 0;
    return view;
}

Result<consent::ContactState> QueriesImpl::replay(std::string_view account, Seq last, std::optional<Millis> at,
                                                  std::optional<Millis> known_at, std::vector<Seq>& because) {
    std::vector<Seq> chain;
    CL_TRY(walk_contact(
        last, [this](Seq seq) { return bytes_of(seq); },
        [&](Entry const& entry) {
            bool const told = !known_at || entry.recorded_at <= *known_at;
            bool const happened = !at || consent::order_key(entry) <= *at;
            if (told && happened) chain.push_back(entry.seq);
            return true;
        }));
    // The account's definitions are taken as they are now: what a list or a trigger meant then is in its own entries.
    auto const known = state_->account(account);
    consent::AccountState definitions = known ? *known : consent::AccountState{};
    consent::ContactState state;
    Because made_by;
    for (auto seq = chain.rbegin(); seq != chain.rend(); ++seq) {
        CL_TRY_ASSIGN(std::string const bytes, bytes_of(*seq));
        CL_TRY_ASSIGN(Entry const entry, decode(bytes));
        auto const kind = consent::kind_from(entry.kind);
        if (!kind) continue;
        consent::Pack const* const pack = consent::pack_of_entry(definitions.policies, entry.seq);
        consent::ContactState const before = state;
        (void)consent::apply(entry, *kind, pack != nullptr ? *pack : pack_of(nullptr), definitions, &state);
        made_by.note(entry.seq, before, state);
    }
    because = made_by.seqs();
    return state;
}

Result<Page<EntryView>> QueriesImpl::history(std::string_view account, Hash32 const& contact, std::size_t limit,
                                             std::string_view cursor) {
    CL_TRY_ASSIGN(Seen const seen, see(account, contact));
    if (!seen.state) return fail(errc::not_found, "no such contact");
    std::string const filter = history_filter(account, contact);
    Seq from = seen.state->last_seq;
    if (!cursor.empty()) {
        CL_TRY_ASSIGN(from, read_position(filter, cursor));
        // A cursor is no secret and can be made up: what it leads to is held to what was asked for.
        if (from < 0 || from > seen.published->last()) return foreign_cursor();
    }
    Page<EntryView> page;
    page.as_of = as_of(*seen.published);
    PageRoom room(limit);
    Result<void> failed;
    CL_TRY(walk_contact(
        from, [this](Seq seq) { return bytes_of(seq); },
        [&](Entry const& entry) {
            if (entry.account != account || entry.contact != contact) {
                failed = foreign_cursor();
                return false;
            }
            if (room.full()) {
                page.has_more = true;
                page.next_cursor = write_position(filter, entry.seq);
                return false;
            }
            auto bytes = bytes_of(entry.seq);
            auto view = bytes ? view_of(account, entry, std::move(*bytes), entry.contact_seq.value_or(0))
                              : Result<EntryView>(bytes.error());
            if (!view) {
                failed = view.error();
                return false;
            }
            room.add(*view);
            page.items.push_back(std::move(*view));
            return true;
        }));
    CL_TRY(failed);
    return page;
}

}  // namespace cl::service
