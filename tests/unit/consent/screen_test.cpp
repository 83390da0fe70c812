// The screens of free texts: what two independent signs are, what one is not, disguises, and that nothing of the text comes back. All
// numbers are made up or the published test numbers of their issuers.
#include "ledger/consent/screen.hpp"

#include "tests/common/places.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace cl::consent {

namespace {

struct Screened {
    std::string_view text;
    bool health;
    bool personal;
};

std::string seen(ScreenResult const& r) {
    std::string out;
    for (std::size_t i = 0; i < seen_kinds; ++i) {
        auto const kind = static_cast<Seen>(i);
        if (r.has(kind)) out.append(name(kind)).append(r.has_twice(kind) ? " twice; " : "; ");
    }
    return out;
}

void check(std::initializer_list<Screened> cases) {
    for (Screened const& c : cases) {
        ScreenResult const r = screen(c.text);
        BOOST_TEST_CONTEXT("text: [" << c.text << "] seen: " << seen(r)) {
            BOOST_TEST(r.phi_suspected() == c.health);
            BOOST_TEST(r.personal_suspected() == c.personal);
        }
    }
}

std::string repeat(std::string_view part, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += part;
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(screens)

BOOST_AUTO_TEST_CASE(health_information) {
    check({
        {"was diagnosed with diabetes last May", true, false},
        {"dx: HIV", true, false},
        {"takes metformin 500 mg twice a day", true, false},
        {"metformin 500mg", true, false},
        {"patient of the clinic, has epilepsy", true, false},
        {"wants reminders about her chemotherapy from the hospital", true, false},
        {"on sertraline for her ptsd", true, false},
        {"MRN 00123456", true, false},
        {"medical record number: A-1234567", true, false},
        {"Medicare no 1EG4-TE5-MK73", true, false},
        {"chart #88213, HIV", true, false},
        {"member id W1234567, asthma", true, false},
        {"doctor's office, DOB 03/04/1985", true, true},
        {"surgery patient, SSN 212-09-9999", true, true},
        {"epilepsy, write to pat@example.com", true, false},
        {"le diagnosticaron diabetes", true, false},
        {"wurde mit Krebs diagnostiziert, Krankenhaus Mitte", true, false},
        {"diagnostiquée diabète", true, false},
    });
}

BOOST_AUTO_TEST_CASE(one_sign_of_health_is_no_suspicion) {
    check({
        {"asked at the doctor's", false, false},
        {"doctor, hospital, nurse, pain, surgery", false, false},
        {"she works as a nurse at the clinic", false, false},
        {"raising money against cancer", false, false},
        {"sells metformin? no idea", false, false},
        {"member id 12345678", false, false},
        {"record 123456 of the case", false, false},
        {"case number 2210045", false, false},
        {"chart number 12", false, false},
        {"asked by phone, wants promo texts", false, false},
        {"the doctor will call pat@example.com", false, false},
        {"took 2 tablets back to the store", false, false},
    });
}

BOOST_AUTO_TEST_CASE(personal_data) {
    check({
        {"SSN 212-09-9999", false, true},
        {"ssn: 212099999", false, true},
        {"social security number is 212 09 9999", false, true},
        {"her social is 212.09.9999", false, true},
        {"card 4111 1111 1111 1111 exp 04/29", false, true},
        {"Visa 4111111111111111", false, true},
        {"amex 3782 822463 10005", false, true},
        {"4242-4242-4242-4242 cvv 123", false, true},
        {"IBAN DE89 3704 0044 0532 0130 00", false, true},
        {"bank GB82WEST12345698765432", false, true},
        {"bank account number 000123456789", false, true},
        {"routing 021000021 checking 123456789", false, true},
        {"born 4 March 1985", false, true},
        {"DOB: 1985-03-04", false, true},
        {"date of birth March 4th, 1985", false, true},
        {"fecha de nacimiento 04/03/1985", false, true},
        {"geboren am 04.03.1985", false, true},
        {"lives at 742 Evergreen Terrace, Springfield, OR 97403", false, true},
        {"12 Main St apt 4", false, true},
        {"pat@example.com, 12 North Main Street", false, true},
    });
}

BOOST_AUTO_TEST_CASE(one_sign_of_personal_data_is_no_suspicion) {
    check({
        {"wrote from pat@example.com", false, false},
        {"12 North Main Street", false, false},
        {"4111 1111 1111 1111", false, false},       // the form alone
        {"212-09-9999", false, false},               // the form alone
        {"000-12-3456 ssn", false, false},           // no area 000
        {"ssn 666-12-3456", false, false},           // none 666
        {"ssn 912-12-3456", false, false},           // none 9xx
        {"card 4111 1111 1111 1112", false, false},  // check digit
        {"card ending in 1111", false, false},
        {"IBAN DE89 3704 0044 0532 0130 01", false, false},
        {"account 12345678", false, false},  // a customer's account is no bank's
        {"order 4000123412341234", false, false},
        {"birthday on 4 March", false, false},  // no year
        {"my birthday party is on 12/24", false, false},
        {"call me at 5, 10 or 12", false, false},
        {"tracking 1Z999AA10123456784", false, false},
        {"at 5 we go down the road", false, false},
        {"opens 9:30 to 17:00 @ the store", false, false},
        {"be there in 5 min, on my way", false, false},
        {"2 people at the next street", false, false},
        {"call +1 555 010 0123 after 5", false, false},
        {"ticket 2024-11-0042, agent 7", false, false},
        {"", false, false},
    });
}

BOOST_AUTO_TEST_CASE(disguises) {
    check({
        {"ＳＳＮ ２１２－０９－９９９９", false, true},  // full width
        {"S\u200bS\u200bN 2\u200b12-0\u200d9-99\u2060"
         "99",
         false, true},                                           // zero width
        {"\u202essn\u202c 212\u201009\u20109999", false, true},  // direction, typographic hyphens
        {"SSN 2 1 2 0 9 9 9 9 9", false, true},                  // digit by digit
        {"card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", false, true},
        {"card 41 11 11 11 11 11 11 11", false, true},
        {"c\u0301ard 4111\u00a01111\u00a01111\u00a01111", false, true},  // combining, no-break spaces
        {"card 4111 - 1111 - 1111 - 1111", false, true},
        {"visa ٤١١١ ١١١١ ١١١١ ١١١١", false, true},  // Arabic digits
        {"visa ४१११ ११११ ११११ ११११", false, true},  // Devanagari digits
        {"visa 𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏", false, true},  // mathematical digits
        {"d\u00adiagnosed with dia\u200bbetes", true, false},
        {"ＤＩＡＧＮＯＳＥＤ ＷＩＴＨ ＨＩＶ", true, false},
        {"pat at example dot com, dob 03 04 1985", false, true},
        {"pat＠example．com dob 03/04/85", false, true},
        {"𝖽𝗂𝖺𝗀𝗇𝗈𝗌𝖾𝖽: 𝗅𝗎𝗉𝗎𝗌", true, false},
    });
}

BOOST_AUTO_TEST_CASE(a_setting_decides_and_an_opt_out_of_the_screen_is_silent) {
    ScreenResult const both = screen("SSN 212-09-9999, diagnosed with HIV");
    ScreenDecision d = decide(both, {});
    BOOST_TEST((d.action == ScreenAction::refuse));
    BOOST_TEST((d.code() == errc::phi_suspected));
    d = decide(both, {ScreenSetting::flag, ScreenSetting::flag});
    BOOST_TEST((d.action == ScreenAction::flag));
    BOOST_TEST((d.health && d.personal));
    d = decide(both, {ScreenSetting::flag, ScreenSetting::refuse});
    BOOST_TEST((d.action == ScreenAction::refuse));
    BOOST_TEST((d.code() == errc::invalid));
    d = decide(both, {ScreenSetting::off, ScreenSetting::off});
    BOOST_TEST((d.action == ScreenAction::pass));
    BOOST_TEST(d.detail().empty());
    d = decide(screen("asked by phone"), {ScreenSetting::refuse, ScreenSetting::refuse});
    BOOST_TEST((d.action == ScreenAction::pass));
    BOOST_TEST(d.detail().empty());
}

BOOST_AUTO_TEST_CASE(the_text_is_never_echoed) {
    constexpr std::string_view text = "SSN 212-09-9999 card 4111111111111111 pat@example.com lupus metformin 500mg MRN 7654321";
    std::string const detail = decide(screen(text), {ScreenSetting::refuse, ScreenSetting::refuse}).detail();
    BOOST_TEST(!detail.empty());
    for (std::string_view part : {"212", "9999", "4111", "pat", "example", "lupus", "metformin", "500", "7654321", "MRN"}) {
        BOOST_TEST(detail.find(part) == std::string::npos, part);
    }
    BOOST_TEST(detail.find("social security number") != std::string::npos);
    BOOST_TEST(detail.find("payment card number") != std::string::npos);
    BOOST_TEST(detail.find("diagnosis") != std::string::npos);
    // what only the other screen looks for is not named
    std::string const health = decide(screen(text), {ScreenSetting::refuse, ScreenSetting::off}).detail();
    BOOST_TEST(health.find("payment card") == std::string::npos);
}

// With anything but linear time these would not end; nor may any byte hurt.
BOOST_AUTO_TEST_CASE(huge_and_broken_texts) {
    constexpr std::size_t megabytes = 2U << 20U;
    BOOST_TEST(!screen(repeat("4111 ", megabytes)).personal_suspected());
    BOOST_TEST(!screen(repeat("1 ", megabytes)).personal_suspected());
    BOOST_TEST(!screen(std::string(megabytes, '4')).personal_suspected());
    BOOST_TEST(!screen(repeat("a@b.", megabytes)).phi_suspected());
    BOOST_TEST(!screen(repeat("de89", megabytes)).personal_suspected());
    BOOST_TEST(!screen(repeat("\xff\xc3", megabytes)).personal_suspected());
    BOOST_TEST(!screen(repeat("12 main ", megabytes)).personal_suspected());
    BOOST_TEST(screen(repeat("x ", megabytes) + " ssn 212-09-9999").personal_suspected());
}

BOOST_AUTO_TEST_CASE(ordinary_messages) {
    std::ifstream corpus(cl::test::source_dir() / "../shared/data/sms-messages.tsv");
    std::string line;
    if (!std::getline(corpus, line)) {
        std::cout << "skipped: no corpus of messages beside the repository\n";
        return;
    }
    std::size_t ham = 0;
    std::size_t health = 0;
    std::size_t personal = 0;
    while (std::getline(corpus, line)) {
        if (line.rfind("ham\t", 0) != 0) continue;
        ScreenResult const r = screen(std::string_view(line).substr(4));
        ++ham;
        health += r.phi_suspected() ? 1U : 0U;
        personal += r.personal_suspected() ? 1U : 0U;
    }
    std::cout << ham << " ordinary messages: " << health << " with health information, " << personal << " with personal data\n";
    BOOST_TEST(ham > 2'000U);
    BOOST_TEST(health <= 2U);  // 2 when it was measured, and one of them does say what somebody takes against what
    BOOST_TEST(personal == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
