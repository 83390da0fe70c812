// Findings that are known: a build that failed for them once need not fail again, and fails for every new one. A baseline speaks of consent
// findings only; nothing hides an integrity finding or what could not be checked.
//
// Threads: plain values and functions without state, any thread.
#pragma once

#include "ledger/core/entry.hpp"
#include "ledger/core/error.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify {

/// 32 hex digits that are the same for the same finding in every run over the same ledger, however long it has become.
[[nodiscard]] std::string fingerprint(std::string_view origin, std::string_view rule, std::string_view account, Seq seq);

class Baseline {
public:
    Baseline() = default;
    /// Sorts and removes repetitions.
    Baseline(std::vector<std::string> fingerprints, std::map<std::string, Seq, std::less<>> gathered);

    [[nodiscard]] bool contains(std::string_view fingerprint) const;
    /// True for a gathered finding (a platform default, an import) of an entry that the ledger had when the baseline was made.
    [[nodiscard]] bool contains_gathered(std::string_view rule, std::string_view origin, Seq seq) const;
    [[nodiscard]] std::vector<std::string> const& fingerprints() const noexcept { return fingerprints_; }

private:
    std::vector<std::string> fingerprints_;
    std::map<std::string, Seq, std::less<>> gathered_;  // by rule and origin: entries before this are known
};

/// A file of write_baseline, a JSON report (of --format json; what it left out is not known), or a list of fingerprints, one a line, with
/// `#` before remarks. errc::not_found, malformed, too_large, io.
[[nodiscard]] Result<Baseline> read_baseline(std::filesystem::path const& path);

/// What write_baseline writes: the open findings of a run.
struct BaselineContent {
    std::string origin;
    Seq entries = 0;
    std::vector<std::string> fingerprints;
    std::vector<std::string> gathered;  ///< rules of which findings are gathered
};

/// Replaces the file whole. errc::io, too_large.
[[nodiscard]] Result<void> write_baseline(std::filesystem::path const& path, BaselineContent const& content);

}  // namespace cl::verify
