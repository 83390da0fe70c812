#define BOOST_TEST_MODULE import
#include <boost/test/unit_test.hpp>
