// The property tests of ledger/consent; Boost.Test writes main().
#define BOOST_TEST_MODULE property_consent
#include <boost/test/unit_test.hpp>
