// The classifier on real messages: nobody may be opted out by accident, and reviews must stay rare enough to be read.
// The corpus lies beside the repository, not in it; without it the test says so and checks nothing.
#include "tests/common/places.hpp"
#include "tests/unit/consent/classified.hpp"

#include <array>
#include <fstream>
#include <iostream>

namespace cl::consent {

BOOST_AUTO_TEST_SUITE(classifier_corpus)

BOOST_AUTO_TEST_CASE(ordinary_messages_are_no_opt_outs) {
    std::ifstream corpus(cl::test::source_dir() / "../shared/data/sms-messages.tsv");
    std::string line;
    if (!std::getline(corpus, line)) {  // the header
        std::cout << "skipped: no corpus of messages beside the repository\n";
        return;
    }
    std::array<std::size_t, 6> counts{};
    std::size_t ham = 0;
    while (std::getline(corpus, line)) {
        if (line.rfind("ham\t", 0) != 0) continue;
        ++ham;
        MessageClass const cls = classify(std::string_view(line).substr(4)).cls;
        ++counts[static_cast<std::size_t>(cls)];
        if (cls == MessageClass::stop) BOOST_TEST_MESSAGE("false stop: " << line);
    }
    auto const count = [&](MessageClass cls) { return counts[static_cast<std::size_t>(cls)]; };
    std::cout << ham << " ordinary messages: " << count(MessageClass::stop) << " stop, " << count(MessageClass::review)
              << " review\n";
    BOOST_TEST(ham > 2'000U);
    BOOST_TEST(count(MessageClass::stop) == 0U);
    BOOST_TEST(count(MessageClass::optout) == 0U);
    BOOST_TEST(count(MessageClass::help) == 0U);
    BOOST_TEST(count(MessageClass::start) == 0U);
    BOOST_TEST(count(MessageClass::review) <= 2U);  // 1 in 2,422 when it was measured
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
