// The bag (BagIt, RFC 8493): every file against the digests in manifest-sha256.txt and tagmanifest-sha256.txt, none missing, none added.
//
// Threads: functions on values of the caller.
#pragma once

#include "verify/bundle/archive.hpp"
#include "verify/bundle/findings.hpp"

#include <functional>
#include <map>
#include <string>

namespace cl::verify::bundle {

/// SHA-256 of each file that could be read, by name.
using Digests = std::map<std::string, Hash32, std::less<>>;

/// Hashes and compares all files. What is wrong goes into the report as INT-060 to INT-062.
[[nodiscard]] Digests check_bag(Archive const& archive, Findings& findings);

}  // namespace cl::verify::bundle
