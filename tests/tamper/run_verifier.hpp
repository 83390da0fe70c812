// Runs the real consent-verify and reads its JSON report.
#pragma once

#include "ledger/core/json.hpp"
#include "tests/common/places.hpp"
#include "tests/support/ledger_files.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/wait.h>

#include <cstdio>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cl::test {

struct Verdict {
    int exit_code = -1;
    std::optional<Seq> first_bad;
    std::optional<Seq> first_unsigned;  ///< the first entry that no signature covers
    std::set<std::string> ids;          ///< integrity findings
    json::Object report;
    std::string text;  ///< the JSON, for messages and for searching
};

/// `arguments` are put in single quotes; they hold none.
inline Verdict run_verifier(std::vector<std::string> const& arguments) {
    std::string command = "'" + cl::test::binary_dir().string() + "/consent-verify' --format json";
    for (std::string const& argument : arguments) command += " '" + argument + "'";
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    BOOST_REQUIRE(pipe != nullptr);
    Verdict verdict;
    char buffer[4096];
    for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) verdict.text.append(buffer, got);
    int const status = ::pclose(pipe);
    BOOST_REQUIRE(WIFEXITED(status));
    verdict.exit_code = WEXITSTATUS(status);
    if (verdict.text.empty()) return verdict;  // usage
    verdict.text.pop_back();
    verdict.report = *must(json::parse(verdict.text, 100'000'000)).as_object();
    BOOST_TEST(*verdict.report.find("exit_code")->as_int() == verdict.exit_code);
    if (json::Value const* const seq = verdict.report.find("first_bad_seq")) verdict.first_bad = *seq->as_int();
    json::Object const& ledger = *verdict.report.find("ledger")->as_object();
    if (json::Value const* const end = ledger.find("unsigned")) {
        verdict.first_unsigned = *end->as_object()->find("first_seq")->as_int();
    }
    for (json::Value const& group : *verdict.report.find("integrity_findings")->as_array()) {
        verdict.ids.emplace(group.as_object()->string("id"));
    }
    return verdict;
}

/// Exit 1, `id` among the findings, and `seq` as the first bad entry.
inline void is_tampering(Verdict const& verdict, std::string const& id, Seq seq) {
    BOOST_TEST(verdict.exit_code == 1, verdict.text);
    BOOST_TEST(verdict.ids.contains(id), id << " is not in " << verdict.text);
    BOOST_REQUIRE_MESSAGE(verdict.first_bad.has_value(), verdict.text);
    BOOST_TEST(*verdict.first_bad == seq, verdict.text);
}

}  // namespace cl::test
