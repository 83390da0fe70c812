// One check of a bundle for the tests: the files, options, the report.
#pragma once

#include "tests/common/places.hpp"
#include "tests/common/temp_dir.hpp"
#include "tests/support/bundle_builder.hpp"
#include "verify/bundle/verify_bundle.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <set>
#include <string>

namespace cl::test {

class TestClock final : public Clock {
public:
    [[nodiscard]] Millis now() const override { return start_time + 86'400'000; }
    [[nodiscard]] Millis steady() const override { return 0; }
};

inline verify::Report verify_zip(std::string const& bytes, verify::Options options = {}) {
    TempDir const dir;
    write_file(dir / "bundle.zip", bytes);
    options.source = dir / "bundle.zip";
    return verify::bundle::verify(options, TestClock());
}

/// As this release makes it.
inline void make_ours(BundleMaker& bundle) {
    bundle.made_by("consent-ledger " CL_VERSION);
    bundle.enclose(read_file(source_dir() / "docs/check_bundle.py"), read_file(source_dir() / "docs/how-to-verify.txt"));
}

inline int code_of(verify::Report const& report) {
    return static_cast<int>(exit_code(report));
}

inline std::set<std::string> ids_of(verify::Report const& report) {
    std::set<std::string> ids;
    for (auto const& [id, group] : report.integrity.groups()) ids.emplace(id);
    return ids;
}

/// The text report, its lines joined.
inline std::string words_of(verify::Report const& report) {
    std::string flat;
    for (char const c : to_text(report, false)) {
        bool const space = c == ' ' || c == '\n';
        if (!space || !flat.ends_with(' ')) flat += space ? ' ' : c;
    }
    return flat;
}

inline bool says(verify::Report const& report, std::string_view words) {
    return words_of(report).find(words) != std::string::npos;
}

inline BundleAsked of_contact(Story& story, std::string const& phone) {
    BundleAsked asked;
    asked.contact = story.contact(phone);
    return asked;
}
inline BundleAsked of_account() {
    BundleAsked asked;
    asked.kind = "account";
    return asked;
}
inline BundleAsked of_list() {
    BundleAsked asked;
    asked.kind = "list";
    asked.list = "promo";
    return asked;
}
/// Entries 5 to 8 of the small story, with a neighbour on either side.
inline BundleAsked of_range(Story const& story, Seq first = 5, Seq behind = 9) {
    BundleAsked asked;
    asked.kind = "range";
    auto const time = [&story](Seq seq) { return must(decode(story.ledger.lines[static_cast<std::size_t>(seq)])).recorded_at; };
    asked.since = time(first);
    asked.until = time(behind);
    return asked;
}

}  // namespace cl::test
