// docs/classifier.md says what the classifier does: each table in it is the one that the code gives now. And what no figure may hide:
// nobody is opted out by accident, and the fixture of STOP in any format holds without exception.
#include "tests/unit/consent/classifier_table.hpp"

#include "tests/common/places.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <set>

namespace cl::consent {

BOOST_AUTO_TEST_SUITE(classifier_table)

BOOST_AUTO_TEST_CASE(the_page_shows_what_the_code_gives) {
    std::ifstream in(cl::test::source_dir() / "docs/classifier.md");
    std::string const page{std::istreambuf_iterator<char>(in), {}};
    BOOST_REQUIRE(!page.empty());
    for (auto const& [title, table] : samples::tables()) {
        std::string const begin = "<!-- table: " + std::string(title) + " -->\n";
        std::size_t const at = page.find(begin);
        BOOST_TEST_CONTEXT("table: " << title << "; bench_classifier prints it") {
            BOOST_REQUIRE(at != std::string::npos);
            BOOST_TEST(page.substr(at + begin.size(), table.size()) == table);
            BOOST_TEST(page.substr(at + begin.size() + table.size(), 1) == "\n");  // and no row more
        }
    }
}

BOOST_AUTO_TEST_CASE(stop_in_any_format_without_exception) {
    for (Sample const& s : samples::fixture) {
        BOOST_TEST_CONTEXT("text: [" << s.text << "]") {
            BOOST_TEST(name(classify(s.text).cls) == name(s.cls));
        }
    }
}

BOOST_AUTO_TEST_CASE(nobody_is_opted_out_by_accident) {
    auto const check = [](Sample const& s) {
        if (s.cls == MessageClass::stop) return;
        BOOST_TEST_CONTEXT("text: [" << s.text << "]") {
            BOOST_TEST(name(classify(s.text).cls) != "stop");
        }
    };
    for (Sample const& s : samples::worked_on()) check(s);
    for (Sample const& s : samples::never_used()) check(s);
}

BOOST_AUTO_TEST_CASE(there_are_enough_cases_and_none_twice) {
    std::set<std::string_view> seen;
    std::size_t count = 0;
    for (auto const& all : {samples::worked_on(), samples::never_used()}) {
        for (Sample const& s : all) {
            ++count;
            BOOST_TEST(seen.insert(s.text).second, "twice: " << s.text);
        }
    }
    BOOST_TEST(count > 300U);
    auto const all = samples::worked_on();
    for (std::string_view language : samples::languages_promised) {
        samples::Confusion const counts = samples::confusion(all, language);
        for (MessageClass cls : {MessageClass::stop, MessageClass::review, MessageClass::other}) {
            BOOST_TEST(samples::score(counts, cls).cases >= 10U, language << " " << name(cls));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
