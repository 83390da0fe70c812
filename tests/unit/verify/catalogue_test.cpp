// The catalogue: ids are unique, texts are there, and docs/verifier.md shows the same table.
#include "verify/catalogue.hpp"

#include "tests/common/places.hpp"
#include "tests/unit/verify/support.hpp"

#include <set>

using namespace cl;
using namespace cl::test;

BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(each_check_has_an_id_of_its_own_and_all_its_texts) {
    std::set<std::string_view> ids;
    for (verify::CheckInfo const& info : verify::all_checks()) {
        BOOST_TEST(ids.insert(info.id).second);
        BOOST_TEST(info.id.substr(0, 4) == "INT-");
        BOOST_TEST(info.title.size() > 10U);
        BOOST_TEST(info.meaning.size() > 30U);
        BOOST_TEST(info.remedy.size() > 30U);
        BOOST_TEST(verify::find_check(info.id) == &info);
    }
    BOOST_TEST(verify::find_check("INT-999") == nullptr);
}

BOOST_AUTO_TEST_CASE(rules_are_found_in_either_catalogue) {
    BOOST_TEST(verify::find_rule("CL-900") == &verify::state_rule());
    BOOST_TEST(verify::find_rule("CL-001") != nullptr);
    BOOST_TEST(verify::find_rule("CL-999") == nullptr);
    BOOST_TEST(consent::find_rule("CL-900") == nullptr);  // the consent room must never take this id
}

BOOST_AUTO_TEST_CASE(the_documentation_shows_every_check) {
    std::string const page = read_file(cl::test::source_dir() / "docs" / "verifier.md");
    for (verify::CheckInfo const& info : verify::all_checks()) {
        std::string const row = "| " + std::string(info.id) + " | " + std::string(info.title) + " |";
        BOOST_TEST(page.find(row) != std::string::npos, "docs/verifier.md lacks the row " << row);
    }
    BOOST_TEST(page.find("CL-900") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_list_of_checks_names_all_of_both) {
    std::string const list = verify::list_checks();
    for (verify::CheckInfo const& info : verify::all_checks()) BOOST_TEST(list.find(info.id) != std::string::npos);
    for (consent::RuleInfo const& rule : consent::all_rules()) BOOST_TEST(list.find(rule.id) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
