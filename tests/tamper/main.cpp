#define BOOST_TEST_MODULE tamper
#include <boost/test/unit_test.hpp>
