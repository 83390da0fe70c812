// Which trigger an inbound text fires, and what comes of it: docs/behaviour.md "Order and precedence".
#include "ledger/consent/inbound.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

TriggerDef trigger(std::string cls, std::vector<std::string> words, bool included, std::string list = {},
                   bool has_reply = false) {
    return {.words = std::move(words),
            .included = included,
            .cls = std::move(cls),
            .list = std::move(list),
            .seq = 7,
            .has_reply = has_reply};
}

InboundPlan plan(AccountState const& account, std::string const& body, ContactState const& contact = {}) {
    json::Object const posted = {{"from", "+15550100123"}, {"to", ""}, {"body", body}, {"message_id", "m"}};
    return plan_inbound(parse_inbound(posted).value(), at(0), texting_pack(), account, contact);
}

std::string kinds(InboundPlan const& plan) {
    std::string out;
    for (PlannedEntry const& entry : plan.entries) out += std::string(info(entry.kind).name) + " ";
    return out;
}

BOOST_AUTO_TEST_SUITE(triggers)

BOOST_AUTO_TEST_CASE(an_exact_one_goes_before_an_included_one_and_a_stop_before_both) {
    AccountState account;
    account.triggers["a-included"] = trigger("custom", {"sale"}, true);
    account.triggers["z-exact"] = trigger("help", {"summer sale"}, false, {}, true);
    InboundPlan const exact = plan(account, "Summer Sale!");
    BOOST_TEST((exact.cls == InboundClass::help));
    BOOST_TEST(exact.reply_seq == 7);
    BOOST_TEST(exact.entries.back().data.string("trigger") == "z-exact");
    InboundPlan const included = plan(account, "when is the sale?");
    BOOST_TEST((included.cls == InboundClass::trigger));
    BOOST_TEST(included.reply_seq == -1);
    BOOST_TEST(included.reply_text.empty());
    BOOST_TEST(kinds(included) == "contact.added trigger.fired ");
    BOOST_TEST((plan(account, "wholesale").cls == InboundClass::other));
    account.triggers["stop"] = trigger("custom", {"stop"}, false);
    BOOST_TEST((plan(account, "STOP").cls == InboundClass::stop));
}

BOOST_AUTO_TEST_CASE(words_that_mean_nothing_match_nothing) {
    AccountState account;
    account.triggers["odd"] = trigger("custom", {"", ""}, false);
    account.triggers["odd-too"] = trigger("custom", {""}, true);
    BOOST_TEST((plan(account, "").cls == InboundClass::other));
    BOOST_TEST((plan(account, "!!!").cls == InboundClass::other));
}

BOOST_AUTO_TEST_CASE(help_and_optout_mean_the_accounts_own_where_it_is_clear_which) {
    AccountState account;
    auto const fired = [&](std::string const& body) { return plan(account, body).entries.back().data; };
    BOOST_TEST(fired("HELP").string("trigger") == "HELP");
    account.triggers["info"] = trigger("help", {"i n f o x"}, false);
    account.triggers["leave"] = trigger("optout", {"leave promo"}, false, "promo");
    BOOST_TEST(fired("HELP").string("trigger") == "info");
    BOOST_TEST(fired("OPTOUT").string("trigger") == "leave");
    BOOST_TEST(fired("OPTOUT").string("list") == "promo");
    account.triggers["leave-too"] = trigger("optout", {"leave vip"}, false, "vip");
    BOOST_TEST(kinds(plan(account, "OPTOUT")) == "opt_out.stop ");  // which of the two? then everything
    account.triggers["OPTOUT"] = trigger("optout", {"x y"}, false, "news");
    BOOST_TEST(fired("OPTOUT").string("list") == "news");
    account.triggers["HELP"] = trigger("custom", {"q q"}, false);
    BOOST_TEST(fired("HELP").string("trigger") == "info");
}

BOOST_AUTO_TEST_CASE(a_revocation_around_a_trigger_is_reviewed_as_well) {
    AccountState account;
    account.triggers["sale"] = trigger("custom", {"sale"}, true);
    InboundPlan const both = plan(account, "please stop texting me about the sale");
    BOOST_TEST(kinds(both) == "trigger.fired review.opened ");
}

BOOST_AUTO_TEST_CASE(an_optout_of_the_accounts_own_words_ends_everything_without_a_list) {
    AccountState account;
    account.triggers["bye"] = trigger("optout", {"bye bye"}, false);
    account.triggers["ciao"] = trigger("optout", {"ciao"}, true);
    InboundPlan const exact = plan(account, "bye bye");
    BOOST_TEST(json::write(exact.entries.at(0).data) == R"({"keyword":"optout","language":"und","match":"whole"})");
    BOOST_TEST(plan(account, "ok ciao then").entries.at(0).data.string("match") == "included");
    ContactState blocked;
    blocked.blocked = true;
    blocked.contact_seq = 1;
    BOOST_TEST(kinds(plan(account, "bye bye", blocked)) == "opt_out.stop ");
    BOOST_TEST(plan(account, "bye bye", blocked).reply_text.empty());
    BOOST_TEST(kinds(plan(account, "hello", blocked)).empty());
    BOOST_TEST(kinds(plan(account, "HELP", blocked)).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
