#define BOOST_TEST_MODULE property_service
#include <boost/test/unit_test.hpp>
