// The unit tests of ledger/consent; Boost.Test writes main().
#define BOOST_TEST_MODULE unit_consent
#include <boost/test/unit_test.hpp>
