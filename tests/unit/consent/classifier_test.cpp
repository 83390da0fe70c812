// The classifier on what customers of US business texting send: the fixture of STOP "in any format" (S1), what is a revocation
// in a person's own words, what is neither, and the order between the classes (docs/behaviour.md "Order and precedence").
#include "tests/unit/consent/classified.hpp"

namespace cl::consent {

using enum MessageClass;

BOOST_AUTO_TEST_SUITE(classifier)

BOOST_AUTO_TEST_CASE(stop_in_any_format) {
    Case const cases[] = {
        {"STOP", stop, "stop", "en", "whole"},
        {"stop", stop, "stop", "en", "whole"},
        {" Stop ", stop, "stop", "en", "whole"},
        {"STOP.", stop, "stop", "en", "whole"},
        {"\"STOP\"", stop, "stop", "en", "whole"},
        {"'stop'", stop, "stop", "en", "whole"},
        {"Stop!!!", stop, "stop", "en", "whole"},
        {"*STOP*", stop, "stop", "en", "whole"},
        {"ＳＴＯＰ", stop, "stop", "en", "whole"},
        {"S T O P", stop, "stop", "en", "whole"},
        {"S.T.O.P", stop, "stop", "en", "whole"},
        {"s-t-o-p", stop, "stop", "en", "whole"},
        {"st op", stop, "stop", "en", "whole"},
        {"stop\n", stop, "stop", "en", "whole"},
        {"STOP\r\n\r\n", stop, "stop", "en", "whole"},
        {"STOP\u200b", stop, "stop", "en", "whole"},
        {"🛑 STOP", stop, "stop", "en", "whole"},
        {"STOP 🇺🇸", stop, "stop", "en", "whole"},
        {"STOPALL", stop, "stop all", "en", "whole"},
        {"STOP ALL", stop, "stop all", "en", "whole"},
        {"Stop all", stop, "stop all", "en", "whole"},
        {"stop stop STOP", stop, "stop", "en"},
        {"STOP STOPALL unsubscribe opt out", stop, "stop", "en"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(every_word_of_the_fcc_and_of_the_carriers) {
    Case const cases[] = {
        {"Unsubscribe", stop, "unsubscribe", "en", "whole"},
        {"un-subscribe", stop, "unsubscribe", "en", "whole"},
        {"CANCEL", stop, "cancel", "en", "whole"},
        {"end", stop, "end", "en", "whole"},
        {"Quit", stop, "quit", "en", "whole"},
        {"REVOKE", stop, "revoke", "en", "whole"},
        {"opt out", stop, "opt out", "en", "whole"},
        {"OPT-OUT", stop, "opt out", "en", "whole"},
        {"opt   out!", stop, "opt out", "en", "whole"},
        {"REMOVE", stop, "remove", "en", "whole"},
        {"UNSUB", stop, "unsub", "en", "whole"},
        {"ARRET", stop, "arret", "fr", "whole"},
        {"ARRÊT", stop, "arret", "fr", "whole"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(one_word_optout_is_a_class_of_its_own) {
    Case const cases[] = {
        {"OPTOUT", optout, "optout", "en", "whole"},
        {"optout.", optout, "optout", "en", "whole"},
        {"Optout please", optout, "optout", "en", "polite"},
        {"optout of marketing", review, "optout", "en", "phrase"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(courtesy_changes_nothing) {
    Case const cases[] = {
        {"STOP PLEASE", stop, "stop", "en", "polite"},
        {"Please stop", stop, "stop", "en", "polite"},
        {"Stop. Thank you", stop, "stop", "en", "polite"},
        {"Please, please STOP!! Thanks", stop, "stop", "en", "polite"},
        {"stop pls ty", stop, "stop", "en", "polite"},
        {"S T O P please", stop, "stop", "en", "polite"},
        {"STOP\nThanks again", stop, "stop", "en", "polite"},
        {"PLEASE CANCEL", stop, "cancel", "en", "polite"},
        {"kindly unsubscribe. Thank you very much", stop, "unsubscribe", "en", "polite"},
        {"please", other},
        {"Thank you!", other},
        {"PLEASE CANCEL my order", review, "cancel my", "en", "phrase"},
        {"Please cancel my order!", review, "cancel my", "en", "phrase"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(misspelt_stops) {
    Case const cases[] = {
        {"Stpo", stop, "stop", "en", "typo"},
        {"stopppp", stop, "stop", "en", "typo"},
        {"SSSTTTOOOPPP!!", stop, "stop", "en", "typo"},
        {"STOPSTOP", stop, "stop", "en", "typo"},
        {"quittt", stop, "quit", "en", "typo"},
        {"Please stpo", stop, "stop", "en", "typo"},
        {"unsuscribe", stop, "unsubscribe", "en", "typo"},
        {"ST0P", stop, "stop", "en", "typo"},
        // words of their own
        {"stoop", other},
        {"atop", other},
        {"spot", other},
        {"step", other},
        {"top", other},
        {"shop", other},
        {"3nd", other},
        {"ended", other},
        {"quiet", other},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(revocations_in_a_persons_own_words_go_to_review) {
    Case const cases[] = {
        {"STOP 12345", review, "stop", "en", "phrase"},
        {"Stop-1", review, "stop", "en", "phrase"},
        {"stop1", review, "stop", "en", "phrase"},
        {"STOP ads", review, "stop", "en", "phrase"},
        {"STOP ACME", review, "stop", "en", "phrase"},
        {"STOP NOW", review, "stop", "en", "phrase"},
        {"ok stop", review, "stop", "en", "phrase"},
        {"Hi, I said STOP!", review, "stop", "en", "phrase"},
        {"Stop it!", review, "stop it", "en", "phrase"},
        {"stop texting me", review, "stop texting", "en", "phrase"},
        {"please stop texting me", review, "stop texting", "en", "phrase"},
        {"remove me", review, "remove me", "en", "phrase"},
        {"please opt me out", review, "opt me out", "en", "phrase"},
        {"take me off this list", review, "take me off", "en", "phrase"},
        {"leave me alone", review, "leave me alone", "en", "phrase"},
        {"wrong number", review, "wrong number", "en", "phrase"},
        {"Sorry, you have the wrong number!", review, "wrong number", "en", "phrase"},
        {"not interested", review, "not interested", "en", "phrase"},
        {"goodbye", review, "goodbye", "en", "phrase"},
        {"do not text me", review, "do not text", "en", "phrase"},
        {"do not text and drive", review, "do not text", "en", "phrase"},
        {"Don't contact me again", review, "dont contact", "en", "phrase"},
        {"Don\u2019t text me", review, "dont text", "en", "phrase"},
        {"lose my number", review, "lose my number", "en", "phrase"},
        {"unsubscribe me from these alerts", review, "unsubscribe", "en", "phrase"},
        {"I would like to opt out of your messages", review, "opt out", "en", "phrase"},
        {"I revoke my consent to be contacted", review, {}, "en", "phrase"},
        {"Who is this? STOP!", review, "stop", "en", "phrase"},
        {"STOP\n\nSent from my phone", review, "stop", "en", "phrase"},
        {"Stop. I never asked for any of this and I want it to be over", review, "stop", "en", "phrase"},
        {"🛑", review, "stop sign", "und", "phrase"},
        {"No mas", review, "no mas", "es", "phrase"},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(ordinary_messages) {
    Case const cases[] = {
        {"Yup next stop.", other},
        {"bus stop", other},
        {"stop by", other},
        {"I'll stop by tomorrow", other},
        {"she revoked my earlier RSVP", other},
        {"that clause is irrevocable", other},
        {"We have got to STOP this terrible bill from passing!!", other},
        {"Stop knowing me so well!", other},
        {"Stop the story. I've told him i've returned it", other},
        {"this month end", other},
        {"weekend", other},
        {"The end.", other},
        {"unstoppable", other},
        {"non-stop", other},
        {"I will be home between the hours of", other},
        {"I had to cancel my plans", other},
        {"I quit my job", other},
        {"yes", other},
        {"no", other},
        {"ok", other},
        {"Who is this?", other},
        {"👍", other},
        {"", other},
        {" \n\t ", other},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(help_and_start) {
    Case const cases[] = {
        {"HELP", help, "help", "en", "whole"},
        {"help!", help, "help", "en", "whole"},
        {"Info", help, "info", "en", "whole"},
        {"HELP PLEASE", help, "help", "en", "polite"},
        {"I need help with my order", other},
        {"START", start, "start", "en", "whole"},
        {"UNSTOP", start, "unstop", "en", "whole"},
        {"resume", start, "resume", "en", "whole"},
        {"Subscribe", start, "subscribe", "en", "whole"},
        {"start please", start, "start", "en", "polite"},
        {"Let's start at nine", other},
    };
    check_cases(cases);
}

BOOST_AUTO_TEST_CASE(names_are_those_of_the_wire) {
    BOOST_TEST(name(stop) == "stop");
    BOOST_TEST(name(help) == "help");
    BOOST_TEST(name(optout) == "optout");
    BOOST_TEST(name(start) == "start");
    BOOST_TEST(name(review) == "review");
    BOOST_TEST(name(other) == "other");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::consent
