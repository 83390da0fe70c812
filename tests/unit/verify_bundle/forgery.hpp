// One way to alter a bundle by somebody who makes all digests fit again, and what has to come of it.
//
// Threads: plain values.
#pragma once

#include "tests/unit/verify_bundle/support.hpp"

namespace cl::test {

inline constexpr std::string_view entries = "data/entries.ndjson";
inline constexpr std::string_view context = "data/context.ndjson";
inline constexpr std::string_view inclusion = "data/proofs/inclusion.ndjson";
inline constexpr std::string_view openings = "data/openings.ndjson";
inline constexpr std::string_view contacts = "data/contacts.ndjson";
inline constexpr std::string_view manifest = "data/manifest.json";
inline constexpr std::string_view table = "data/views/entries.csv";
inline constexpr std::string_view page = "data/views/report.html";
inline constexpr bool ours = true;  // the manifest says that this release made it

struct Forgery {
    char const* name;
    std::function<BundleAsked(Story&)> asked;
    std::function<void(BundleMaker&)> alter;
    std::set<std::string> ids;  ///< at least these
    bool by_this_release = false;
};

inline BundleAsked bob(Story& story) {
    return of_contact(story, "+15550100002");
}
inline BundleAsked account(Story&) {
    return of_account();
}
inline BundleAsked range(Story& story) {
    return of_range(story);
}
/// Each is exit 1, with the ids that say what it is, and nothing is called proven.
inline void check_forgeries(std::vector<Forgery> const& all) {
    for (Forgery const& forgery : all) {
        Story story = small_story();
        BundleMaker bundle(story, forgery.asked(story));
        if (forgery.by_this_release) make_ours(bundle);
        forgery.alter(bundle);
        bundle.seal();
        auto const report = verify_zip(bundle.zip());
        BOOST_TEST(code_of(report) == 1, forgery.name << "\n" << to_text(report, false));
        auto const ids = ids_of(report);
        for (std::string const& id : forgery.ids)
            BOOST_TEST(ids.contains(id), forgery.name << " lacks " << id << "\n" << to_text(report, false));
        BOOST_TEST((!report.bundle || report.bundle->proven.empty()), forgery.name);
        BOOST_TEST(!ids.contains("INT-061"), forgery.name);
    }
}

}  // namespace cl::test
