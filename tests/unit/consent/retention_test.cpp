// Until when a record is needed: each status has a contact that has it, and one beside it that has not.
#include "ledger/consent/retention.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent {
std::ostream& operator<<(std::ostream& out, Retention status) {
    return out << name(status);
}
}  // namespace cl::consent

namespace cl::consent::test {
namespace {

constexpr Millis stop_at = 1'000'000;

ContactState opted_out() {
    ContactState contact;
    contact.contact_seq = 1;
    contact.revoked = Mark{1, stop_at};
    return contact;
}

Retention status(ContactState const& contact, Millis now, bool held = false) {
    return retention_of(contact, texting_pack(), held, now).status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(retention)

BOOST_AUTO_TEST_CASE(an_opt_out_is_kept_for_as_long_as_the_pack_says_and_due_at_that_moment) {
    Millis const until = stop_at + texting_pack().retention_ms;
    BOOST_TEST(status(opted_out(), until - 1) == Retention::keep);
    BOOST_TEST(status(opted_out(), until) == Retention::due);
    auto const found = retention_of(opted_out(), texting_pack(), false, 0);
    BOOST_TEST(found.last_act.value() == stop_at);
    BOOST_TEST(found.keep_until.value() == until);
    // A later act counts anew.
    ContactState later = opted_out();
    later.held.informational = stop_at + 1;
    BOOST_TEST(status(later, until) == Retention::keep);
}

BOOST_AUTO_TEST_CASE(consent_that_is_relied_on_is_never_due) {
    ContactState contact;
    contact.opted_in = true;
    contact.level = Level::informational;
    contact.held.informational = stop_at;
    Millis const late = stop_at + 10 * texting_pack().retention_ms;
    BOOST_TEST(status(contact, late) == Retention::in_use);
    contact.opted_in = false;
    contact.level = Level::none;
    BOOST_TEST(status(contact, late) == Retention::due);
    // In by the platform's default alone, after a consent that does not count any more: nothing is relied on.
    contact.opted_in = true;
    BOOST_TEST(status(contact, late) == Retention::due);
}

BOOST_AUTO_TEST_CASE(a_hold_and_an_erasure_come_before_the_date) {
    Millis const late = stop_at + 10 * texting_pack().retention_ms;
    BOOST_TEST(status(opted_out(), late, true) == Retention::held);
    BOOST_TEST(status(opted_out(), 0, true) == Retention::held);
    ContactState erased = opted_out();
    erased.erased = true;
    BOOST_TEST(status(erased, late, true) == Retention::erased);
    // Something was recorded since: it is kept, held and due like anything else.
    erased.opened_seq = 7;
    BOOST_TEST(status(erased, 0) == Retention::keep);
    BOOST_TEST(status(erased, late) == Retention::due);
    BOOST_TEST(status(erased, late, true) == Retention::held);
    BOOST_TEST(status(ContactState{}, late) == Retention::nothing);
}

BOOST_AUTO_TEST_CASE(whoever_is_not_due_is_told_why) {
    RetentionOf found;
    found.status = Retention::due;
    BOOST_TEST(!not_due(found).has_value());
    found.status = Retention::held;
    BOOST_TEST((not_due(found)->code == errc::hold));
    for (auto const one : {Retention::nothing, Retention::in_use, Retention::keep, Retention::erased}) {
        found.status = one;
        BOOST_TEST((not_due(found)->code == errc::refused_by_policy));
        BOOST_TEST(!not_due(found)->detail.empty());
    }
}

BOOST_AUTO_TEST_CASE(names_are_read_back) {
    for (auto const one :
         {Retention::nothing, Retention::in_use, Retention::keep, Retention::due, Retention::held, Retention::erased}) {
        BOOST_TEST((retention_from(name(one)) == one));
    }
    BOOST_TEST(!retention_from("overdue").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent::test
