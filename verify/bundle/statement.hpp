// export.issued, the signed statement of what the bundle holds and where it ends, and the manifest, against what is there.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/bag.hpp"
#include "verify/bundle/findings.hpp"
#include "verify/bundle/key_history.hpp"
#include "verify/bundle/manifest.hpp"
#include "verify/bundle/scope_check.hpp"

#include <map>
#include <optional>
#include <string>

namespace cl::verify::bundle {

/// What was counted while the entries went by.
struct Seen {
    std::map<std::string, std::int64_t> kinds;  ///< of the entries in scope
    std::int64_t context = 0;                   ///< lines
    std::optional<Entry> issued;                ///< the export.issued that stands last in the log
    Shown openings;
    Shown contacts;
    std::vector<merkle::Size> earlier;  ///< `from` of the consistency proofs
};

/// INT-067: that export.issued is there, stands last under the checkpoint, and states what is here.
void check_statement(Manifest const& manifest, Seen const& seen, ScopeCheck const& scope, Digests const& digests,
                     Findings& findings);

/// INT-063: that the manifest says what is here.
void check_manifest(Manifest const& manifest, Seen const& seen, ScopeCheck const& scope,
                    std::optional<Checkpoint> const& checkpoint, Findings& findings);

/// INT-063: that keys.json has the keys that the entries name.
void check_keys(Archive const& archive, KeyHistory const& history, Findings& findings);

}  // namespace cl::verify::bundle
