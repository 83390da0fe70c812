// One file of a bundle, made a step at a time; and what is known of a file when it was made.
//
// Threads: one at a time.
#pragma once

#include "ledger/bundle/plan.hpp"
#include "ledger/service/queries.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace cl::bundle {

class Part {
public:
    virtual ~Part() = default;
    /// Appends some of the file to `out`; false when it is whole.
    [[nodiscard]] virtual Result<bool> step(service::Queries& queries, std::string& out) = 0;
};

struct Measured {
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    Hash32 sha256{};
    friend bool operator==(Measured const&, Measured const&) = default;
};

/// How many are there, and how many are not.
struct Presence {
    std::int64_t full = 0;
    std::int64_t withheld = 0;
    std::int64_t erased = 0;
};

/// What is known while a bundle is made: the plan, and the files that were made already, by name.
struct Making {
    Plan plan{};
    std::map<std::string_view, Measured> files{};
    Presence openings{};
    Presence contacts{};
};

// The parts. `making` outlives them.
[[nodiscard]] std::unique_ptr<Part> make_entries(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_context(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_inclusion(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_consistency(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_checkpoint(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_keys(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_openings(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_contacts(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_csv(Making& making);
[[nodiscard]] std::unique_ptr<Part> make_html(Making& making);
/// A short text, from what is known by then.
[[nodiscard]] std::unique_ptr<Part> make_text(Making& making, std::string (*text)(Making const&));

// These texts.
[[nodiscard]] std::string manifest(Making const& making);
[[nodiscard]] std::string bagit(Making const& making);
[[nodiscard]] std::string bag_info(Making const& making);
[[nodiscard]] std::string how_to(Making const& making);
[[nodiscard]] std::string script(Making const& making);
[[nodiscard]] std::string certificate(Making const& making);
[[nodiscard]] std::string custody(Making const& making);
[[nodiscard]] std::string data_digests(Making const& making);
[[nodiscard]] std::string tag_digests(Making const& making);

}  // namespace cl::bundle
