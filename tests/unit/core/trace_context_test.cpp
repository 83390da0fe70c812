#include "ledger/core/trace_context.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl {

BOOST_AUTO_TEST_SUITE(trace_context)

BOOST_AUTO_TEST_CASE(a_traceparent_is_taken_as_the_standard_has_it) {
    std::string const good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    BOOST_TEST(valid_traceparent(good));
    std::string const none = "00-00000000000000000000000000000000-00f067aa0ba902b7-01";
    std::string const no_parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01";
    std::string upper = good;
    upper[5] = 'F';
    std::string other_version = good;
    other_version[1] = '1';
    for (std::string const& bad : {none, no_parent, upper, other_version, good + "-", good.substr(1), std::string()}) {
        BOOST_TEST(!valid_traceparent(bad), bad);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl
