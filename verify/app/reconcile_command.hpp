// `consent-verify reconcile`: sends and rejections against the ledger.
#pragma once

namespace cl::verify {

/// `argv[0]` is the word `reconcile`. Returns the exit code; the report is on stdout, the rest on stderr.
[[nodiscard]] int run_reconcile(int argc, char const* const* argv);

}  // namespace cl::verify
