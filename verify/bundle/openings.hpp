// The values that are shown: each commitment of an entry has a row in data/openings.ndjson, with salt and content that give it, or with the
// reason why they are not there.
//
// Threads: belongs to one thread.
#pragma once

#include "verify/bundle/erasures.hpp"
#include "verify/bundle/manifest.hpp"
#include "verify/bundle/rows.hpp"

#include <string>
#include <utility>
#include <vector>

namespace cl::verify::bundle {

/// Where an entry commits to a value, and to what: every `{"commit":…}` in `data`, and the digest of each item of evidence. By pointer.
[[nodiscard]] std::vector<std::pair<std::string, Hash32>> commitments_of(Entry const& entry);

class Openings {
public:
    Openings(Archive const& archive, Manifest const& manifest, Findings& findings);
    /// The next entry, in order. `about_others`: its values are withheld in a full bundle too. Returns the rows of its commitments, by pointer.
    [[nodiscard]] std::vector<OpeningRow> take(Entry const& entry, bool about_others, Erasures& erasures);
    void finish();
    /// Values that fit, and those that are not shown.
    [[nodiscard]] Shown const& shown() const noexcept { return shown_; }

private:
    void surplus(std::string_view why);
    void check(Entry const& entry, OpeningRow const& row, Hash32 const& commitment, Erasures& erasures);

    bool redacted_;
    Findings& findings_;
    Rows<OpeningRow> rows_;
    Shown shown_;
};

}  // namespace cl::verify::bundle
