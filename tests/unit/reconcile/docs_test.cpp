// The catalogue and its page say the same.
#include "tests/common/places.hpp"
#include "tests/common/temp_dir.hpp"
#include "verify/reconcile/rule.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace cl::verify::reconcile;

BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(every_rule_has_all_its_texts_in_order) {
    std::string last;
    for (Rule const& rule : all_rules()) {
        BOOST_TEST(std::string(rule.info.id) > last);
        last = rule.info.id;
        for (std::string_view const text : {rule.info.title, rule.info.citation, rule.info.condition, rule.info.remedy}) {
            BOOST_TEST(text.size() > 5U, rule.info.id);
        }
        for (std::string_view const unclear : {"from memory", "secondary source", "Source document", "text seen"})
            BOOST_TEST(rule.info.citation.find(unclear) == std::string_view::npos, rule.info.id << unclear);
        BOOST_TEST((rule.words != nullptr));
        BOOST_TEST((&all_rules()[rule_number(rule.info.id)] == &rule));
    }
    BOOST_TEST(all_rules().size() <= 32U);  // one bit each, gather.cpp
}

BOOST_AUTO_TEST_CASE(the_page_lists_the_catalogue) {
    std::string const page = cl::test::read_file(cl::test::source_dir() / "docs/reconcile.md");
    for (Rule const& rule : all_rules()) {
        std::string const row = "| " + std::string(rule.info.id) + " | " + std::string(name(rule.info.severity)) + " | " +
                                std::string(rule.info.title) + " | " + std::string(rule.info.condition) + " |";
        BOOST_TEST(page.find(row) != std::string::npos, row);
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(BadRow::count_of_reasons); ++i) {
        std::string const reason = "`" + std::string(name(static_cast<BadRow>(i))) + "`";
        BOOST_TEST(page.find(reason) != std::string::npos, reason);
    }
}

BOOST_AUTO_TEST_SUITE_END()
