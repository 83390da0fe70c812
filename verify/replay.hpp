// The replay: the same state machine that decided when the entries were written runs over them again. Its state must be the stored one;
// the findings that it raises are the report's.
//
// Threads: a Replay belongs to one thread.
#pragma once

#include "verify/book.hpp"
#include "verify/consent_findings.hpp"
#include "verify/item.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cl::verify {

/// An entry that was judged, and the states after it. Valid during the call that shows it.
struct Replayed {
    Entry const& entry;
    consent::Kind kind;
    consent::Pack const& pack;
    consent::AccountState const& account;
    consent::ContactState const* contact;  ///< null for entries without one
    consent::Outcome const& outcome;
};

class Replay {
public:
    explicit Replay(std::function<void(Replayed const&)> observe = {}) : observe_(std::move(observe)) {}
    /// An entry in its order.
    void apply(Item const& item, Subjects const& subjects);
    /// A finding about an entry of an account that takes more than the account's states to see.
    void raise(consent::Finding const& finding, Entry const& entry, Subjects const& subjects);
    /// An item that cannot be replayed: nothing is known of what comes after it, for its subjects or, without any, for all.
    void skip(Item const& item, Subjects const& subjects);

    [[nodiscard]] std::int64_t judged() const noexcept { return judged_; }
    /// What was not evaluated, and why. Empty if everything was.
    [[nodiscard]] std::vector<Incomplete> incomplete() const;
    [[nodiscard]] ConsentFindings const& findings() const noexcept { return findings_; }

private:
    void compare(Entry const& entry, consent::Pack const& pack, consent::Outcome const& outcome, OpenItems& open);
    void do_not_evaluate(std::string const& why, Subjects const& subjects);

    std::function<void(Replayed const&)> observe_;
    ConsentFindings findings_;
    std::map<std::string, std::int64_t> reasons_;  // why rules were not evaluated
    std::int64_t judged_ = 0;
    std::int64_t depending_ = 0;  // entries left out because of an earlier one
    bool all_unsure_ = false;
};

}  // namespace cl::verify
