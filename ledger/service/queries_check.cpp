// May these numbers be texted?
#include "ledger/core/limits.hpp"
#include "ledger/service/contact_sweep.hpp"
#include "ledger/service/patience.hpp"
#include "ledger/service/pending.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cl::service {
namespace {

constexpr int attempts = 3;  // an administrator who changes a list during each of them is at work: ask later

struct Asked {
    Hash32 contact;
    std::uint32_t place = 0;  // in the request
};

}  // namespace

Result<QueriesImpl::SeenAccount> QueriesImpl::see(std::string_view account) {
    CL_TRY(check_ready());
    Patience patience;
    do {
        auto published = core_->published.get();
        auto state = state_->account(account);
        if (!state) return fail(errc::not_found, "There is no such account.");
        if (state->last_seq <= published->last()) return SeenAccount{std::move(published), std::move(state)};
    } while (patience.wait());
    return fail(errc::not_ready, "the writer is about to publish this account's newest entry; try again");
}

Result<CheckView> QueriesImpl::check(std::string_view account, consent::CheckMessage const& message,
                                     std::span<std::string const> numbers) {
    if (numbers.size() > limits::check_numbers) return fail(errc::too_large, "too many numbers in one check");
    // In the order of the file's pages, so that each page is read once.
    std::vector<Asked> asked(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        asked[i] = {core_->contact_key.contact(account, numbers[i]), static_cast<std::uint32_t>(i)};
    }
    std::sort(asked.begin(), asked.end(), [](Asked const& a, Asked const& b) { return a.contact < b.contact; });
    CheckView view;
    view.results.resize(numbers.size());
    for (int attempt = 0; attempt < attempts; ++attempt) {
        Millis const now = core_->env.clock.now();
        ContactSweep sweep(*this, account, [&](std::size_t place, consent::ContactState const* state) {
            consent::Pack const& pack = pack_of(&sweep.account());
            view.results[asked[place].place] = consent::check(message, pack, sweep.account(), state, now);
        });
        CL_TRY(sweep.begin());
        for (Asked const& one : asked) CL_TRY(sweep.look(one.contact));
        CL_TRY(sweep.settle());
        if (sweep.redefined()) continue;
        view.as_of = as_of(sweep.published());
        return view;
    }
    return fail(errc::not_ready, "the account's lists are being changed; try again");
}

}  // namespace cl::service
