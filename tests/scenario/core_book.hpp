// The pure core with as much around it as a caller owes it: entries are numbered and dated, refusals undo, a known message id never acts
// again (docs/promises.md "Retries"). No log, no hashes, no files. What it says has the shape of the HTTP answers, so that a
// test compares like with like.
//
// Threads: belongs to one thread.
#pragma once

#include "ledger/consent/change_item.hpp"
#include "ledger/consent/check.hpp"
#include "ledger/consent/inbound.hpp"
#include "ledger/consent/state.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cl::scenario {

/// One account.
class CoreBook {
public:
    /// A change item as it would be posted: a result of docs/http-api.md "A change", without the receipt.
    [[nodiscard]] json::Object change(json::Value const& posted, Millis now);
    /// A message as it would be posted: `class` and `results`, or a `problem`.
    [[nodiscard]] json::Object inbound(json::Value const& posted, Millis now);
    /// The look-up of a number; its findings are those that are open and not waived.
    [[nodiscard]] json::Object look(std::string const& phone, Millis now) const;
    /// All findings, as `GET findings?status=all` has them.
    [[nodiscard]] json::Object findings(Millis now) const;
    /// May the number be sent such a message?
    [[nodiscard]] json::Object check(std::string const& phone, consent::CheckMessage const& message, Millis now) const;

private:
    struct Raised {
        consent::Finding finding;
        std::optional<Seq> closed_by;
    };
    /// What was posted under a key, and what came of it.
    struct Known {
        std::string body;
        json::Array results;
    };

    [[nodiscard]] json::Object append(Entry& entry, consent::Kind kind, std::string const& phone);
    [[nodiscard]] bool hold_forbids(Entry const& entry, consent::Kind kind, std::string const& phone);
    void keep(consent::Outcome const& outcome);

    /// In force for the next entry.
    [[nodiscard]] consent::Pack const& pack() const noexcept;

    consent::AccountState account_;
    std::map<std::string, consent::ContactState> contacts_;  // by number
    std::map<std::string, std::set<std::string>> holds_;     // matters, by number
    std::map<std::string, Known> known_;
    std::vector<Raised> raised_;
    Seq next_ = 0;
};

}  // namespace cl::scenario
