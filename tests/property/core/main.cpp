#define BOOST_TEST_MODULE core_properties
#include <boost/test/unit_test.hpp>
