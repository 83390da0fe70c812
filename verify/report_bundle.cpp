// The parts of the text report that a bundle has, and no ledger.
#include "verify/report.hpp"
#include "verify/text_layout.hpp"
#include "verify/words.hpp"

namespace cl::verify {

std::string bundle_section(Report const& report) {
    if (!report.bundle) {
        return "";
    }
    BundleSummary const& bundle = *report.bundle;
    std::string const beside =
        bundle.neighbours > 0 ? " and " + counted(bundle.neighbours, "neighbour", "neighbours") + " of that time" : "";
    return field("scope", bundle.subject) +
           field("entries",
                 grouped(bundle.entries) + beside + ", and " + grouped(bundle.context) + " by which they are judged") +
           field("taken from", "a log of " + counted(bundle.checkpoint_size, "entry", "entries") + ", read up to entry " +
                                   std::to_string(bundle.tree_size - 1)) +
           field("openings", bundle.redacted ? "redacted: texts, evidence and numbers are withheld" : "shown");
}

std::string proof_section(Report const& report) {
    if (!report.bundle) {
        return "";
    }
    std::string out;
    auto const add = [&out](std::string_view title, std::vector<std::string> const& sentences) {
        if (!sentences.empty()) out += "\n" + std::string(title) + "\n";
        for (std::string const& sentence : sentences) out += wrapped("  - ", sentence);
    };
    add("Proven", report.bundle->proven);
    add("Stated by the signer, and not proven by the bundle alone", report.bundle->stated);
    add("Not proven", report.not_checked);
    return out;
}

}  // namespace cl::verify
