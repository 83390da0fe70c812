// One run of the verifier for the tests: a ledger as a file of some sort, options, the report.
#pragma once

#include "tests/support/ledger_files.hpp"
#include "verify/verify.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace cl::test {

inline constexpr Millis test_now = start_time + 86'400'000;

class TestClock final : public Clock {
public:
    [[nodiscard]] Millis now() const override { return test_now; }
    [[nodiscard]] Millis steady() const override { return 0; }
};

inline verify::Report verify_with(verify::Options options) {
    options.workers = 2;
    return verify::verify(options, TestClock());
}

inline verify::Report verify_path(std::filesystem::path const& path) {
    verify::Options options;
    options.source = path;
    return verify_with(options);
}

inline verify::Report verify_tables(Tables const& tables) {
    TempDir const dir;
    return verify_path(write_database(dir / "ledger.db", tables));
}

inline verify::Report verify_text(std::string const& bytes) {
    TempDir const dir;
    write_file(dir / "export.ndjson", bytes);
    return verify_path(dir / "export.ndjson");
}

inline int code_of(verify::Report const& report) {
    return static_cast<int>(exit_code(report));
}

/// How often `id` was found.
inline std::int64_t found(verify::Report const& report, std::string_view id) {
    auto const group = report.integrity.groups().find(id);
    return group == report.integrity.groups().end() ? 0 : group->second.count;
}

/// The first case of `id`; the test fails if there is none.
inline verify::IntegrityFinding first_case(verify::Report const& report, std::string_view id) {
    BOOST_REQUIRE_MESSAGE(found(report, id) > 0, std::string(id) + " was not found:\n" + to_text(report, false));
    return report.integrity.groups().find(id)->second.first.front();
}

inline Seq first_seq(verify::Report const& report, std::string_view id) {
    auto const finding = first_case(report, id);
    BOOST_REQUIRE(finding.seq.has_value());
    return *finding.seq;
}

/// True if the text report holds `words`, wherever its lines are broken.
inline bool says(verify::Report const& report, std::string_view words) {
    std::string flat;
    for (char const c : to_text(report, false)) {
        bool const space = c == ' ' || c == '\n';
        if (!space || !flat.ends_with(' ')) flat += space ? ' ' : c;
    }
    return flat.find(words) != std::string::npos;
}

}  // namespace cl::test
