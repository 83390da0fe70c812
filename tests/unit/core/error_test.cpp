// The stable names, and what becomes of a failure that nobody looks at.
#include "ledger/core/error.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace cl {
namespace {

Result<int> half(int n) {
    if (n % 2 != 0) return fail(errc::invalid, "odd", "/n");
    return n / 2;
}

Result<int> quarter(int n) {
    CL_TRY_ASSIGN(int const once, half(n));
    CL_TRY_ASSIGN(int const twice, half(once));
    return twice;
}

Result<void> is_even(int n) {
    CL_TRY(half(n));
    return {};
}

BOOST_AUTO_TEST_SUITE(error)

BOOST_AUTO_TEST_CASE(each_kind_has_a_name_of_its_own_in_slug_letters) {
    std::set<std::string_view> names;
    int const count = static_cast<int>(errc::clock_jump) + 1;
    for (int i = 0; i < count; ++i) {
        auto const text = name(static_cast<errc>(i));
        BOOST_TEST(text != "unknown");
        BOOST_TEST(std::all_of(text.begin(), text.end(), [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); }));
        names.insert(text);
    }
    BOOST_TEST(names.size() == static_cast<std::size_t>(count));
    BOOST_TEST(name(errc::idempotency_conflict) == "idempotency_conflict");
    BOOST_TEST(name(static_cast<errc>(count)) == "unknown");
}

BOOST_AUTO_TEST_CASE(try_macros_pass_values_on_and_failures_out) {
    BOOST_TEST(quarter(8).value() == 2);
    auto const failed = quarter(6);
    BOOST_REQUIRE(!failed);
    BOOST_CHECK(failed.error() == fail(errc::invalid, "odd", "/n"));
    BOOST_TEST(is_even(4).has_value());
    BOOST_TEST(!is_even(5).has_value());
}

BOOST_AUTO_TEST_CASE(value_of_a_failure_is_a_bug_and_throws) {
    BOOST_CHECK_THROW((void)quarter(1).value(), std::logic_error);
    BOOST_CHECK_NO_THROW((void)quarter(4).value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl
