// The open findings of one contact (or of an account, for those about no contact), packed to a few bytes each. A contact that is opted in
// without consent again and again has hundreds of them; as the objects that the rules work with, they would cost the verifier's memory
// as much as all else that it knows of the contact, many times over.
//
// Threads: plain values, any thread.
#pragma once

#include "ledger/consent/rules.hpp"
#include "ledger/consent/state.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace cl::verify {

struct OpenFinding {
    Seq seq = 0;
    std::uint16_t rule = 0;  ///< index given by ConsentFindings
    consent::Severity severity{};
    bool in_state = false;  ///< the rules hold it too, since a later entry can cure it
    std::string what = {};  ///< Finding::what where the rules need it (consent::cured_by_what), else empty
    friend bool operator==(OpenFinding const&, OpenFinding const&) = default;
};

/// As it is worked with.
struct OpenItems {
    std::vector<OpenFinding> findings;    ///< as they were raised
    std::vector<consent::Mark> unproven;  ///< ContactState::unproven
    friend bool operator==(OpenItems const&, OpenItems const&) = default;
};

/// As it is kept.
class PackedItems {
public:
    void assign(OpenItems const& items);
    [[nodiscard]] OpenItems items() const;
    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_.size(); }

private:
    std::string bytes_;
};

}  // namespace cl::verify
