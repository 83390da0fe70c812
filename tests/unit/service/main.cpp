#define BOOST_TEST_MODULE unit_service
#include <boost/test/unit_test.hpp>
