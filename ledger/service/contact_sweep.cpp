#include "ledger/service/contact_sweep.hpp"

#include "ledger/service/patience.hpp"

#include <algorithm>
#include <utility>

namespace cl::service {
namespace {

constexpr int rounds = 1'000;

bool redefines(std::string_view kind) noexcept {
    return kind == "list.defined" || kind == "account.defined" || kind == "policy.activated";
}

}  // namespace

Result<void> ContactSweep::begin() {
    CL_TRY_ASSIGN(auto seen, queries_->see(account_name_));
    published_ = std::move(seen.published);
    account_ = std::move(seen.state);
    return {};
}

Result<void> ContactSweep::look(Hash32 const& contact) {
    contacts_.push_back(contact);
    return look_again(contacts_.size() - 1);
}

Result<void> ContactSweep::look_again(std::size_t place) {
    CL_TRY_ASSIGN(auto const state, queries_->state_->contact(account_name_, contacts_[place]));
    bool const known = state && state->contact_seq > 0;
    if (known) newest_ = std::max(newest_, state->last_seq);
    visit_(place, known ? state.get() : nullptr);
    return {};
}

// A state that was read after a checkpoint was published includes all that the checkpoint covers. So a state is the one under the
// checkpoint unless it includes something newer; then the next checkpoint is tried, for which only the contacts of the entries between
// the two have to be looked at again. Each round is shorter than the one before.
Result<void> ContactSweep::settle() {
    Patience patience;
    for (int round = 0; round < rounds;) {
        if (newest_ <= published_->last()) return {};
        auto next = queries_->core_->published.get();
        if (next->last() == published_->last()) {
            if (!patience.wait()) break;
            continue;
        }
        ++round;
        CL_TRY(follow(published_->last() + 1, next->last()));
        published_ = std::move(next);
    }
    return fail(errc::not_ready, "these contacts change faster than they can be read; try again");
}

Result<void> ContactSweep::follow(Seq first, Seq last) {
    std::vector<std::size_t> places;
    Result<void> failed;
    CL_TRY(queries_->log_->range(first, last + 1, [&](Seq, std::string_view bytes) {
        auto const entry = decode(bytes);
        if (!entry) {
            failed = entry.error();
            return false;
        }
        if (entry->account != account_name_) return true;
        if (!entry->contact) {
            redefined_ = redefined_ || redefines(entry->kind);
            return true;
        }
        auto const [from, to] = std::equal_range(contacts_.begin(), contacts_.end(), *entry->contact);
        for (auto place = from; place != to; ++place) places.push_back(static_cast<std::size_t>(place - contacts_.begin()));
        return true;
    }));
    CL_TRY(failed);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    for (std::size_t const place : places) CL_TRY(look_again(place));
    return {};
}

}  // namespace cl::service
