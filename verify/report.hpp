// The result of a run: everything that was found, and everything that could not be checked. Rendered as text or JSON; the exit code is
// computed from it and from nothing else.
//
// Threads: plain values and pure functions, any thread.
#pragma once

#include "verify/consent_findings.hpp"
#include "verify/integrity_log.hpp"
#include "verify/source.hpp"
#include "verify/trust.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::verify {

/// In the order in which one beats the next, except that `usage` never comes from a report (docs/verifier.md "Exit codes").
enum class Exit : int { clean = 0, tampering = 1, usage = 2, incomplete = 3, findings = 4 };

enum class PinStatus { none, created, advanced, unchanged, kept };
[[nodiscard]] std::string_view name(PinStatus status) noexcept;
[[nodiscard]] std::string_view name(KeyFrom from) noexcept;

/// A check that was made, in words, with how many times.
struct Checked {
    std::string_view id;  ///< stable, for JSON
    std::string what;
    std::int64_t count = 0;
};

/// What an evidence bundle is, and what it proves.
struct BundleSummary {
    std::string folder;
    std::string account;
    std::string scope;    ///< `contact`, `list`, `account`, `range`
    std::string subject;  ///< the same in words
    bool redacted = false;
    std::int64_t entries = 0;     ///< in scope
    std::int64_t neighbours = 0;  ///< of a range, one before and one behind it
    std::int64_t context = 0;     ///< beside them
    merkle::Size tree_size = 0;
    merkle::Size checkpoint_size = 0;
    Seq issued = 0;                   ///< export.issued
    std::vector<std::string> proven;  ///< sentences; empty unless everything is sound and signed
    std::vector<std::string> stated;  ///< what rests on the signer's word
};

struct Report {
    // What was looked at
    std::string path;
    std::optional<SourceKind> kind;  ///< nothing if it could not be opened
    std::string origin;              ///< as entry 0 states
    std::string key;                 ///< vkey that signatures were checked with; empty without one
    KeyFrom key_from = KeyFrom::none;
    merkle::Size size = 0;       ///< entries read
    std::optional<Hash32> root;  ///< nothing if they could not be put in order
    merkle::Size signed_to = 0;  ///< entries below a valid signature
    std::optional<Millis> first_time;
    std::optional<Millis> last_time;
    std::optional<BundleSummary> bundle;  ///< of a bundle whose manifest could be read
    // What was found
    IntegrityLog integrity;
    std::vector<Incomplete> incomplete;
    ConsentSummary consent;
    std::int64_t judged = 0;  ///< entries whose rules were evaluated
    // What was done
    std::vector<Checked> checked;
    std::vector<std::string> not_checked;  ///< limits of this kind of input, said and not counted against it
    std::map<std::string, std::int64_t> by_kind;
    std::vector<std::pair<std::string, std::int64_t>> by_account;  ///< most entries first
    std::int64_t accounts = 0;
    std::int64_t contacts = 0;
    Millis at = 0;        ///< when due dates and waivers were judged
    std::string at_from;  ///< why then
    std::optional<consent::Severity> fail_on;
    PinStatus pin = PinStatus::none;
    std::string pin_file;
    merkle::Size pin_size = 0;     ///< what the pin had before
    merkle::Size pin_to = 0;       ///< what it has now
    std::string baseline_file;     ///< what was compared with; empty without one
    std::string baseline_written;  ///< what was written; empty if nothing was
};

/// How many entries at the end no valid signature covers. 0 where the entries could not be put in order: that is a finding already.
[[nodiscard]] merkle::Size unsigned_entries(Report const& report) noexcept;
/// `entry 7`, or `entry 7 to entry 9`: those. Precondition: there are some.
[[nodiscard]] std::string unsigned_stretch(Report const& report);

[[nodiscard]] Exit exit_code(Report const& report) noexcept;

/// `intact`, `unsigned_end` (as intact, but no signature covers the last entries), `findings`, `incomplete` or `tampering`: findings of
/// any severity count, whatever --fail-on says.
[[nodiscard]] std::string_view verdict(Report const& report) noexcept;

/// The verdict as sentences for somebody who is not an engineer.
[[nodiscard]] std::string verdict_sentences(Report const& report);

/// What consent-verify --format text prints; ASCII, at most 100 columns where the facts allow it.
[[nodiscard]] std::string to_text(Report const& report, bool quiet);

/// Of a bundle: what it is, for to_text; and what it proves and does not.
[[nodiscard]] std::string bundle_section(Report const& report);
[[nodiscard]] std::string proof_section(Report const& report);

/// What consent-verify --format json prints: one object on one line, RFC 8785; its schema is in docs/verifier.md.
[[nodiscard]] std::string to_json(Report const& report);

/// What consent-verify --format sarif prints: SARIF 2.1.0 as GitHub code scanning reads it. `version`: of this program.
[[nodiscard]] std::string to_sarif(Report const& report, std::string_view version);

/// What consent-verify --format junit prints: JUnit XML as Jenkins and GitLab read it, one test case a check and a rule.
[[nodiscard]] std::string to_junit(Report const& report);

/// What consent-verify --format github prints: workflow commands that GitHub shows as annotations, and the verdict.
[[nodiscard]] std::string to_github(Report const& report);

/// The catalogue as text: for --list-checks.
[[nodiscard]] std::string list_checks();

}  // namespace cl::verify
