// What a pack changes, from the entry that activates it on and not before.
#include "ledger/consent/business_days.hpp"
#include "ledger/consent/check.hpp"
#include "ledger/consent/inbound.hpp"
#include "ledger/consent/pack_json.hpp"
#include "ledger/consent/pack_keywords.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::consent::test {
namespace {

BOOST_AUTO_TEST_SUITE(pack_behaviour)

/// A history whose account decides by the pack in force, as the service and the verifier do.
class Account {
public:
    Outcome add(Event const& event) {
        history.pack = *pack_in_force(history.account.policies);
        return history.add(event);
    }
    Outcome activate(std::int64_t m, std::string const& pack, json::Object overrides = {}) {
        json::Object data = {{"pack", pack}, {"rules", 1}, {"digest", to_hex(pack_digest(*find_pack({pack, 1})))}};
        if (!overrides.empty()) data.set("overrides", std::move(overrides));
        return add({Kind::policy_activated, m, std::move(data)});
    }
    [[nodiscard]] bool on_list(std::string_view id) const {
        auto const found = history.contact.lists.find(id);
        return found != history.contact.lists.end() && found->second.member;
    }
    [[nodiscard]] CheckAnswer campaign(std::int64_t m) const {
        return check({MessageType::campaign, {}}, *pack_in_force(history.account.policies), history.account, &history.contact,
                     at(m));
    }
    History history;
};

Event help(std::int64_t m, std::string_view cls = "help") {
    return {Kind::opt_in_inbound, m, {{"message", "m"}, {"class", cls}}, {sms(m)}, {"contact", "contact"}};
}

BOOST_AUTO_TEST_CASE(a_stop_clears_lists_where_the_pack_says_so) {
    Account account;
    account.add(added(0));
    account.add(joined(1, "promo"));
    account.add(stop(2));
    BOOST_TEST(account.on_list("promo"));
    account.activate(3, "strict");
    BOOST_TEST(account.on_list("promo"));  // not before: the next STOP does it
    account.add(stop(4));
    BOOST_TEST(!account.on_list("promo"));
}

BOOST_AUTO_TEST_CASE(an_addition_that_is_told_after_the_stop_that_clears_lists_does_not_count) {
    Account account;
    account.activate(0, "strict");
    account.add(late(stop(5), 10));
    account.add(late(joined(4, "promo"), 11));
    BOOST_TEST(!account.on_list("promo"));
    account.add(late(joined(6, "promo"), 12));
    BOOST_TEST(account.on_list("promo"));
}

BOOST_AUTO_TEST_CASE(help_opts_in_again_under_texting_alone) {
    for (Pack const& pack : all_packs()) {
        if (pack.needs_confirmed_date) continue;
        Account account;
        account.add(added(0));
        account.add(stop(1));
        account.activate(2, std::string(pack.name));
        account.add(help(3));
        BOOST_TEST_CONTEXT(pack.name) BOOST_TEST(account.history.contact.opted_in == (pack.name == "texting"));
    }
}

BOOST_AUTO_TEST_CASE(an_ordinary_message_opts_in_again_unless_the_pack_asks_for_start) {
    for (auto const& [pack, opts_in] : {std::pair("texting", true), std::pair("us-2025", true), std::pair("ca-casl", true),
                                        std::pair("eu-gdpr", false), std::pair("strict", false)}) {
        Account account;
        account.add(added(0));
        account.add(stop(1));
        account.activate(2, pack);
        account.add(hi(3));
        BOOST_TEST_CONTEXT(pack) {
            BOOST_TEST(account.history.contact.opted_in == opts_in);
            account.add(help(4, "start"));
            BOOST_TEST(account.history.contact.opted_in);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_new_contact_is_opted_in_by_the_source_document_alone) {
    for (Pack const& pack : all_packs()) {
        if (pack.needs_confirmed_date) continue;
        Account account;
        account.activate(0, std::string(pack.name));
        account.add(added(1));
        BOOST_TEST_CONTEXT(pack.name) BOOST_TEST(account.history.contact.opted_in == (pack.name == "texting"));
    }
}

BOOST_AUTO_TEST_CASE(revoke_all_ends_everything_by_a_request_about_one_list) {
    Event const off_promo = {Kind::opt_out_request, 3, {{"via", "phone"}, {"list", "promo"}}};
    for (bool const all : {false, true}) {
        Account account;
        account.add(added(0));
        account.add(joined(1, "promo"));
        account.activate(2, "texting", all ? json::Object{{"list_request_scope", "account"}} : json::Object{});
        account.add(off_promo);
        BOOST_TEST(!account.on_list("promo"));
        BOOST_TEST(account.history.contact.opted_in == !all);
    }
    Account account;
    account.add(added(0));
    account.activate(1, "texting", {{"list_request_scope", "account"}});
    account.add(optout(2, "promo"));
    BOOST_TEST(!account.history.contact.opted_in);
    BOOST_TEST(account.history.contact.obligations.size() == 1);  // and somebody still has to take it off the list
    // The OPTOUT itself is no new message, though a HELP is one here.
    account.add(help(3, "optout"));
    BOOST_TEST(!account.history.contact.opted_in);
    account.add(help(4));
    BOOST_TEST(account.history.contact.opted_in);
}

BOOST_AUTO_TEST_CASE(deadlines_are_the_packs) {
    auto const due = [](std::string const& pack, json::Object overrides) {
        Account account;
        account.add(added(0));
        account.activate(1, pack, std::move(overrides));
        account.add(optout(2, "promo"));
        account.add({Kind::review_opened, 3, {}, {sms(3)}, {"contact", "contact"}});
        std::string text;
        for (Obligation const& open : account.history.contact.obligations) text += format_time(open.due_at).substr(0, 10) + " ";
        return text;
    };
    BOOST_TEST(due("texting", {}) == "2026-12-01 2026-12-01 ");  // Thanksgiving
    BOOST_TEST(due("ca-casl", {}) == "2026-11-30 2026-11-30 ");
    BOOST_TEST(due("eu-gdpr", {}) == "2026-11-18 2026-11-18 ");
    BOOST_TEST(due("texting", {{"calendar", "every-day"}, {"review_days", 1}}) == "2026-11-26 2026-11-17 ");
}

BOOST_AUTO_TEST_CASE(a_late_opt_out_is_judged_by_the_packs_numbers) {
    Event const two_days_late = late(stop(3), 3 + 2 * 24 * 60);
    for (auto const& [pack, severity] : {std::pair("texting", Severity::high), std::pair("strict", Severity::critical)}) {
        Account account;
        account.add(added(0));
        account.activate(1, pack, pack == std::string("strict") ? json::Object{{"revocation_days", 0}} : json::Object{});
        BOOST_TEST_CONTEXT(pack) BOOST_TEST(raised(account.add(two_days_late), "CL-010", severity));
    }
    Account hurried;
    hurried.activate(0, "strict");
    BOOST_TEST(raised(hurried.add(late(stop(1), 3)), "CL-010", Severity::medium));
    Account calm;
    BOOST_TEST(!raised(calm.add(late(stop(1), 3)), "CL-010"));
}

BOOST_AUTO_TEST_CASE(evidence_is_held_to_the_packs_fields_and_levels) {
    Account account;
    account.add(stop(0));
    BOOST_TEST(!raised(account.add(ticked(1, {call(1)})), "CL-003"));
    account.add(stop(2));
    account.activate(3, "us-2025");
    Outcome const incomplete = account.add(ticked(4, {call(4)}));
    BOOST_REQUIRE(raised(incomplete, "CL-003"));
    BOOST_TEST(find(incomplete, "CL-003")->what == "verbal_call lacks name");
    BOOST_TEST((account.history.contact.level == Level::informational));
    // An agent's own word gives a conversation, or nothing.
    for (auto const& [pack, level] : {std::pair("us-2025", Level::conversational), std::pair("eu-gdpr", Level::none)}) {
        Account other;
        other.activate(0, pack);
        other.add(ticked(1, {attestation(1)}));
        BOOST_TEST_CONTEXT(pack) BOOST_TEST((other.history.contact.level == level));
    }
}

BOOST_AUTO_TEST_CASE(what_the_later_pack_asks_completes_an_earlier_record) {
    Account account;
    account.activate(0, "us-2025");
    Seq const opt_in = account.history.seq + 1;
    BOOST_TEST(raised(account.add(ticked(1, {call(1)})), "CL-003"));
    Evidence whole = call(1);
    whole.fields.insert(whole.fields.begin() + 2, "name");
    std::sort(whole.fields.begin(), whole.fields.end());
    BOOST_TEST(closed(account.add(consent(2, {whole}, {{"for", opt_in}})), "CL-003", opt_in));
}

BOOST_AUTO_TEST_CASE(consent_ends_when_the_pack_says) {
    constexpr std::int64_t day = 24 * 60;
    Account account;
    account.activate(0, "ca-casl");
    account.add(ticked(1, {call(1)}));
    BOOST_TEST((account.campaign(2).reason == CheckReason::ok));
    BOOST_TEST((account.campaign(730 * day).reason == CheckReason::ok));
    BOOST_TEST((account.campaign(731 * day).reason == CheckReason::consent_expired));
    account.activate(3, "ca-casl", {{"informational_validity_days", 0}});
    BOOST_TEST((account.campaign(731 * day).reason == CheckReason::ok));
    account.activate(4, "us-2025");
    BOOST_TEST((account.campaign(9'000 * day).reason == CheckReason::ok));
    // A conversation was never enough, expired or not.
    Account talk;
    talk.activate(0, "ca-casl");
    talk.add(ticked(1, {attestation(1)}));
    BOOST_TEST((talk.campaign(2).reason == CheckReason::level_too_low));
    BOOST_TEST((talk.campaign(300 * day).reason == CheckReason::level_too_low));
}

BOOST_AUTO_TEST_CASE(consent_older_than_the_pack_lets_it_count_is_a_finding) {
    constexpr std::int64_t day = 24 * 60;
    for (auto const& [pack, fires] : {std::pair("ca-casl", true), std::pair("us-2025", false)}) {
        Account account;
        account.activate(0, pack);
        Outcome const old = account.add(ticked(1, {call(-800 * day)}));
        BOOST_TEST_CONTEXT(pack) BOOST_TEST(raised(old, "CL-060") == fires);
        BOOST_TEST_CONTEXT(pack) BOOST_TEST(!raised(account.add(ticked(2, {call(-day)})), "CL-060"));
    }
}

std::string read(std::string_view text, Pack const& pack) {
    Classification const found = classify(text, pack);
    return std::string(name(found.cls)) + (found.match.empty() ? "" : " ") + std::string(found.match);
}

BOOST_AUTO_TEST_CASE(match_modes) {
    Pack begins = texting_pack();
    begins.match = MatchMode::begins_with;
    Pack contains = texting_pack();
    contains.match = MatchMode::contains;
    struct {
        char const* text;
        char const* whole;
        char const* begins;
        char const* contains;
    } const rows[] = {
        {"STOP", "stop whole", "stop whole", "stop whole"},
        {"Stop texting me please", "review phrase", "stop begins_with", "stop contains"},
        {"Opt out of these now", "review phrase", "stop begins_with", "stop contains"},
        {"we have got to stop this terrible bill", "other", "other", "stop contains"},
        {"I'm on the bus. Next stop!", "other", "other", "stop contains"},
        {"the weekend was unstoppable", "other", "other", "other"},
        {"START", "start whole", "start whole", "start whole"},
        {"HELP", "help whole", "help whole", "help whole"},
        {"OPTOUT", "optout whole", "optout whole", "optout whole"},
        {"", "other", "other", "other"},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.text) {
            BOOST_TEST(read(row.text, texting_pack()) == row.whole);
            BOOST_TEST(read(row.text, begins) == row.begins);
            BOOST_TEST(read(row.text, contains) == row.contains);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_keyword_of_another_language_is_reviewed_never_dropped) {
    constexpr std::string_view english[] = {"en"};
    Pack pack = texting_pack();
    pack.languages = english;
    BOOST_TEST(read("abmelden", texting_pack()) == "stop whole");
    BOOST_TEST(read("abmelden", pack) == "review phrase");
    BOOST_TEST(read("stop", pack) == "stop whole");
    pack.match = MatchMode::contains;
    BOOST_TEST(read("bitte das hier abmelden ja", pack) != "stop contains");
}

BOOST_AUTO_TEST_CASE(an_inbound_message_is_read_by_the_pack) {
    auto const message = parse_inbound(json::Object{
        {"from", "+15550100123"}, {"to", "+15550199999"}, {"message_id", "m"}, {"body", "Stop texting me please"}});
    BOOST_REQUIRE(message.has_value());
    ContactState contact;
    contact.contact_seq = 1;
    contact.opted_in = true;
    InboundPlan const mild = plan_inbound(*message, at(0), texting_pack(), {}, contact);
    BOOST_TEST((mild.cls == InboundClass::review));
    InboundPlan const hard = plan_inbound(*message, at(0), *find_pack({"strict", 1}), {}, contact);
    BOOST_REQUIRE(hard.entries.size() == 1);
    BOOST_TEST((hard.entries.front().kind == Kind::opt_out_stop));
    BOOST_TEST(hard.entries.front().data.string("match") == "begins_with");
}

// A replay that finds the pack in force from the entries alone comes to the states that the appends made.
BOOST_AUTO_TEST_CASE(replay_equals_append) {
    Account append;
    Account replay;
    auto const both = [&](auto const& act) {
        Outcome const first = act(append);
        // The account as it is kept between two entries.
        replay.history.account = account_from_text(to_text(replay.history.account)).value();
        replay.history.contact = contact_from_text(to_text(replay.history.contact)).value();
        Outcome const second = act(replay);
        BOOST_TEST((first.state == second.state));
        BOOST_TEST((first.raised == second.raised));
        BOOST_TEST((append.history.account == replay.history.account));
        BOOST_TEST((append.history.contact == replay.history.contact));
    };
    std::int64_t m = 0;
    for (Pack const& pack : all_packs()) {
        if (pack.needs_confirmed_date) continue;
        ++m;
        both([&](Account& account) { return account.activate(m, std::string(pack.name), {{"revocation_days", 1}}); });
        for (auto const& event : {added, stop, hi}) both([&](Account& account) { return account.add(event(m)); });
        both([&](Account& account) { return account.add(joined(m, "promo")); });
        both([&](Account& account) { return account.add(optout(m, "promo")); });
        both([&](Account& account) { return account.add(ticked(m, {form(m)})); });
    }
    BOOST_TEST(append.history.account.policies.size() == 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
