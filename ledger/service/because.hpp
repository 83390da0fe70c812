// Which entries made a contact's state what it is: of each of its aspects, the entry that changed it last.
//
// Threads: as the caller's.
#pragma once

#include "ledger/consent/state.hpp"

#include <map>
#include <string>
#include <vector>

namespace cl::service {

/// Watches a replay.
class Because {
public:
    /// `seq` led from `before` to `after`.
    void note(Seq seq, consent::ContactState const& before, consent::ContactState const& after);
    /// In rising order, each once.
    [[nodiscard]] std::vector<Seq> seqs() const;

private:
    Seq existence_ = -1;
    Seq opted_in_ = -1;
    Seq blocked_ = -1;
    Seq level_ = -1;
    std::map<std::string, Seq, std::less<>> lists_;
    std::map<Seq, Seq> duties_;  // of the open ones: opened by -> changed by
};

/// The same from the marks that a state keeps, for a contact with too many entries to replay. Consent that only raised a level, and who
/// an obligation was assigned to, are not among them.
[[nodiscard]] std::vector<Seq> because_of(consent::ContactState const& state);

}  // namespace cl::service
