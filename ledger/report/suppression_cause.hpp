// Private: which entry keeps a contact from being texted. There may be several: whoever said STOP may be blocked, and erased, as well.
//
// Threads: as Source.
#pragma once

#include "ledger/report/read.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace cl::report {

struct Cause {
    std::string_view reason;  ///< opted_out, blocked, erased, list_opt_out
    Entry entry;
};

/// The cause of one contact that is asked for: the one that a check names; else, with a list, what keeps the contact off that; else
/// the newest of all revocations, blocks and erasures since the contact was in. None for who may be texted.
class CauseSearch {
public:
    using Asked = std::function<Result<bool>(Entry const&)>;

    explicit CauseSearch(std::shared_ptr<consent::ContactState const> state) : state_(std::move(state)) {}
    /// Reads entries, at most so many, and takes them off; true when it is over.
    [[nodiscard]] Result<bool> step(Desk const& desk, std::size_t& entries, Asked const& asked);
    [[nodiscard]] std::optional<Cause> const& found() const noexcept { return found_; }
    [[nodiscard]] consent::ContactState const& state() const noexcept { return *state_; }

private:
    [[nodiscard]] Result<void> look_at_state(Desk const& desk, Asked const& asked);
    [[nodiscard]] Result<void> look_at(Desk const& desk, Seq seq, std::string_view reason, Asked const& asked);
    [[nodiscard]] Result<void> look_back(Desk const& desk, Entry entry, Asked const& asked);
    [[nodiscard]] Result<void> take(Entry const& entry, std::string_view reason, Asked const& asked);
    [[nodiscard]] std::string_view reason_of(Entry const& entry) const;

    std::shared_ptr<consent::ContactState const> state_;
    bool begun_ = false;
    std::optional<Seq> next_;     ///< to be looked back at
    std::optional<Entry> newer_;  ///< of the contact's entries after that, the oldest one that says how it left the contact
    std::optional<Cause> found_;
};

}  // namespace cl::report
