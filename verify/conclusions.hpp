// What a run comes to once the entries are over: what signatures cover, what could not be seen, when it is judged, and the pin.
//
// Threads: functions on values of the caller; keep_pin writes the pin file and nothing else.
#pragma once

#include "verify/options.hpp"
#include "verify/report.hpp"
#include "verify/run.hpp"
#include "verify/trust.hpp"

#include <functional>
#include <string>

namespace cl::verify {

/// What the check of signatures comes to, and which entries none covers (docs/verifier.md "The end of the log").
void judge_coverage(Options const& options, Run const& run, Overview const& overview, Trust const& trust, Report& report);

/// What of rollback and identity cannot be seen in such a source.
void judge_rollback(Run const& run, Overview const& overview, Report& report);

/// What was checked, in words.
void note_checks(Run const& run, Trust const& trust, Report& report);

/// When due dates and waivers are judged.
void choose_time(Options const& options, Overview const& overview, Clock const& clock, Report& report);

/// The newest state that a valid signature confirms.
struct SignedState {
    merkle::Size size = 0;  ///< 0 = none
    Hash32 root;
    std::string note;
};

/// Makes the pin or moves it on, to what is signed and no further, after a run without any doubt about the bytes up to there.
void keep_pin(Options const& options, SignedState const& state, Trust const& trust, Report& report);

/// What the consent findings are at a time, compared with a baseline.
using Summarise = std::function<ConsentSummary(Millis at, BaselineUse const& use)>;

/// What the consent findings are at report.at, compared with the baseline; writes the new baseline if one is asked for, after a run without
/// any doubt about the bytes.
void judge_consent(Options const& options, Summarise const& summarise, Report& report);

}  // namespace cl::verify
