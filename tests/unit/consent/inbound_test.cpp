// An inbound message as posted, and what it leads to.
#include "ledger/consent/inbound.hpp"

#include "ledger/core/limits.hpp"
#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::consent::test {
namespace {

Result<InboundMessage> posted(json::Object const& extra) {
    json::Object message{{"from", "+15550100123"}, {"to", "+15550199999"}, {"body", "hi"}, {"message_id", "SM1"}};
    for (json::Member const& member : extra) {
        if (member.value.is_null()) {
            message.erase(member.name);
        } else {
            message.set(member.name, member.value);
        }
    }
    return parse_inbound(message);
}

InboundMessage message(std::string_view body) {
    return posted({{"body", body}}).value();
}

/// `opt_out.stop keyword=stop; …`: the entries of a plan in a line.
std::string line(InboundPlan const& plan) {
    std::string out(name(plan.cls));
    for (PlannedEntry const& entry : plan.entries)
        out += "; " + std::string(info(entry.kind).name) + " " + json::write(entry.data);
    return out;
}

std::string plan(History const& history, std::string_view body, std::int64_t minutes = 100) {
    return line(plan_inbound(message(body), at(minutes), history.pack, history.account, history.contact));
}

Event trigger(char const* id, json::Array words, char const* match, char const* cls, char const* list = nullptr,
              bool reply = false) {
    json::Object data{{"trigger", id}, {"words", std::move(words)}, {"match", match}, {"class", cls}};
    if (list != nullptr) data.set("list", list);
    if (reply) data.set("reply", json::Object{{"commit", "x"}});
    return {Kind::trigger_defined, 0, std::move(data)};
}

BOOST_AUTO_TEST_SUITE(inbound_messages)

BOOST_AUTO_TEST_CASE(a_message_is_taken_apart) {
    auto const one =
        posted({{"from", "+1 (555) 010-0123"}, {"received_at", "2026-11-16T13:00:00+01:00"}, {"provider", "twilio"}});
    BOOST_REQUIRE(one.has_value());
    BOOST_TEST(one->from == "+15550100123");
    BOOST_TEST(!one->ignored);
    BOOST_TEST(*one->received_at == at(0));
    BOOST_TEST(one->record == "SM1");
    BOOST_TEST((one->fields == std::vector<std::string>{"body", "from", "message_id", "provider", "received_at", "to"}));
    BOOST_TEST(one->canonical.starts_with(R"({"body":"hi","from":"+1 (555) 010-0123")"));
}

BOOST_AUTO_TEST_CASE(faults_by_pointer) {
    struct Row {
        json::Object change;
        char const* pointer;
    };
    Row const rows[] = {
        {{{"from", json::Value()}}, "/from"},
        {{{"from", ""}}, "/from"},
        {{{"to", json::Value()}}, "/to"},
        {{{"from", "15550107006"}}, "/from"},
        {{{"from", "+0155501"}}, "/from"},
        {{{"from", "555 010 7006"}}, "/from"},
        {{{"from", "41 23 45 67"}}, "/from"},  // a whole number where numbers have eight digits
        {{{"from", "5550107"}}, "/from"},
        {{{"from", "(1)5550107006"}}, "/from"},
        {{{"from", "+12345"}}, "/from"},
        {{{"from", "tel:+15550107006"}}, "/from"},
        {{{"from", "whatsapp:15550107006"}}, "/from"},
        {{{"from", "\uff0b\uff11\uff15\uff15\uff15\uff10\uff11\uff10\uff17\uff10\uff10\uff16"}}, "/from"},
        {{{"from", "\u0661\u0662\u0663"}}, "/from"},
        {{{"from", "---"}}, "/from"},
        {{{"from", std::string(129, 'x')}}, "/from"},
        {{{"body", json::Value()}}, "/body"},
        {{{"body", 7}}, "/body"},
        {{{"message_id", json::Value()}}, "/message_id"},
        {{{"message_id", ""}}, "/message_id"},
        {{{"message_id", std::string(1'025, 'x')}}, "/message_id"},
        {{{"received_at", "2026-11-16T13:00:00"}}, "/received_at"},
        {{{"x", "1"}}, "/x"},
    };
    for (Row const& row : rows) {
        BOOST_TEST_CONTEXT(json::write(row.change)) {
            auto const refused = posted(row.change);
            BOOST_REQUIRE(!refused.has_value());
            BOOST_TEST((refused.error().code == errc::invalid));
            BOOST_TEST(refused.error().pointer == row.pointer);
        }
    }
    BOOST_TEST(parse_inbound(json::Array{}).error().pointer == "");
}

BOOST_AUTO_TEST_CASE(senders_without_a_number_are_ignored) {
    for (char const* const from : {"12345", "654321", "123-45", "MYBANK", "Bank 24", "anonymous"})
        BOOST_TEST(posted({{"from", from}})->ignored);
    BOOST_TEST(posted({{"to", "12345"}})->to == "12345");
}

BOOST_AUTO_TEST_CASE(nothing_is_too_long_to_be_taken) {
    std::string const blanks(limits::message_bytes, ' ');
    auto const stop = posted({{"body", blanks + "STOP"}});
    BOOST_REQUIRE(stop.has_value());
    BOOST_TEST(stop->withheld);
    BOOST_TEST(stop->kept.size() < limits::evidence_item_bytes);
    InboundPlan const planned = plan_inbound(*stop, at(0), texting_pack(), {}, {});
    BOOST_TEST(line(planned) ==
               R"(stop; opt_out.stop {"keyword":"stop","language":"en","match":"whole","text_withheld":true})");
    BOOST_TEST(!posted({{"body", std::string(limits::message_bytes - 4, ' ') + "STOP"}})->withheld);
    // Which words opt out is also the account's own choice.
    History const own{trigger("bye", {"genug jetzt"}, "included", "optout", "promo"), added(0)};
    auto const words = posted({{"body", blanks + "genug jetzt"}});
    BOOST_REQUIRE(words.has_value());
    BOOST_TEST(line(plan_inbound(*words, at(5), own.pack, own.account, own.contact)) ==
               R"(optout; trigger.fired {"list":"promo","text_withheld":true,"trigger":"bye"})");
    // Two long texts that begin alike are two messages.
    BOOST_TEST(stop->kept == posted({{"body", blanks + "hello"}})->kept);
    BOOST_TEST(stop->canonical != posted({{"body", blanks + "hello"}})->canonical);
    auto const odd = posted({{"body", std::string(limits::message_bytes, '\x01')},
                             {"to", std::string(20'000, '\x01')},
                             {"provider", std::string(20'000, '\x01')},
                             {"in_reply_to", std::string(20'000, '\x01')},
                             {"message_id", std::string(1'024, '\x01')}});
    BOOST_REQUIRE(odd.has_value());
    BOOST_TEST(odd->kept.size() <= limits::evidence_item_bytes);
}

BOOST_AUTO_TEST_CASE(what_is_no_id_is_left_out_and_said) {
    struct Row {
        json::Object change;
        bool withheld;
    };
    Row const rows[] = {
        {{{"to", ""}}, false},
        {{{"to", "not a sender"}}, true},
        {{{"to", "+15550100123"}}, true},
        {{{"message_id", "a/b+c=="}}, true},
        {{{"message_id", "SM-5550100123"}}, true},
        {{{"provider", "my provider"}}, true},
        {{{"provider", ""}}, false},
        {{{"in_reply_to", "x y"}}, true},
        {{{"provider", "p5550100123"}}, true},
    };
    for (Row const& row : rows) {
        for (char const* const body : {"hi", "STOP", "our own word"}) {
            json::Object change = row.change;
            change.set("body", body);
            BOOST_TEST_CONTEXT(json::write(change)) {
                auto const taken = posted(change);
                BOOST_REQUIRE(taken.has_value());
                BOOST_TEST(taken->withheld == row.withheld);
                BOOST_TEST(valid_id(taken->record));
                BOOST_TEST(taken->message_id == (change.contains("message_id") ? change.string("message_id") : "SM1"));
                InboundPlan const planned = plan_inbound(*taken, at(0), texting_pack(), {}, {});
                BOOST_REQUIRE(planned.entries.size() == 1U);
                BOOST_TEST(planned.entries[0].data.contains("text_withheld") == row.withheld);
                BOOST_TEST(check_stored_data(planned.entries[0].kind, planned.entries[0].data).has_value());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_own_number_that_ends_like_the_senders_is_another_number) {
    auto const posted = json::parse(R"({"from":"+12015550101","to":"+12025550101","body":"hi","message_id":"m"})", 4096);
    BOOST_REQUIRE(posted.has_value());
    BOOST_TEST(parse_inbound(*posted).has_value());
    auto const itself = json::parse(R"({"from":"+12015550101","to":"+12015550101","body":"hi","message_id":"m"})", 4096);
    BOOST_TEST(parse_inbound(*itself)->to.empty());
    BOOST_TEST(parse_inbound(*posted)->to == "+12025550101");
}

BOOST_AUTO_TEST_CASE(a_stop_whose_id_carries_the_number_is_taken_without_it) {
    auto const stop = posted({{"body", "STOP"}, {"message_id", "SM-5550100123"}, {"to", "+15550100123"}});
    BOOST_REQUIRE(stop.has_value());
    BOOST_TEST(stop->record == "withheld");
    BOOST_TEST(stop->message_id == "SM-5550100123");
    BOOST_TEST(stop->to.empty());
    auto const optout = posted({{"body", "OPTOUT"}, {"message_id", "SM-5550100123"}});
    History const history{trigger("bye", {"optout"}, "exact", "optout", "promo"), added(0)};
    BOOST_TEST(line(plan_inbound(optout.value(), at(5), history.pack, history.account, history.contact)) ==
               R"(optout; trigger.fired {"list":"promo","text_withheld":true,"trigger":"bye"})");
}

BOOST_AUTO_TEST_CASE(a_stop_makes_one_entry_whoever_sends_it) {
    constexpr char const* expected = R"(stop; opt_out.stop {"keyword":"stop","language":"en","match":"whole"})";
    BOOST_TEST(plan({}, "S.T.O.P") == expected);
    BOOST_TEST(plan({added(0)}, "stop") == expected);
    BOOST_TEST(plan({added(0), stop(1)}, "STOP!") == expected);
    BOOST_TEST(plan({added(0), blocked(1)}, "stop") == expected);
    // Before any trigger of the account's own.
    BOOST_TEST(plan({trigger("t", {"stop"}, "exact", "custom")}, "stop") == expected);
}

BOOST_AUTO_TEST_CASE(an_unseen_number_becomes_a_contact_by_its_first_ordinary_message) {
    BOOST_TEST(plan({}, "do you sell tents?") == R"(other; contact.added {"origin":"inbound"})");
    BOOST_TEST(plan({}, "START") == R"(start; contact.added {"origin":"inbound"})");
    BOOST_TEST(plan({}, "HELP") == R"(help; contact.added {"origin":"inbound"}; trigger.fired {"trigger":"HELP"})");
    BOOST_TEST(plan({trigger("hours", {"hours"}, "included", "custom")}, "what are your hours?") ==
               R"(trigger; contact.added {"origin":"inbound"}; trigger.fired {"trigger":"hours"})");
}

BOOST_AUTO_TEST_CASE(a_message_without_effect_makes_no_entry) {
    BOOST_TEST(plan({added(0)}, "hello") == "other");
    BOOST_TEST(plan({added(0)}, "START") == "start");
    BOOST_TEST(plan({added(0), stop(50)}, "hello", 50) == "other");
    BOOST_TEST(plan({added(0), stop(50)}, "hello", 49) == "other");
    BOOST_TEST(plan({added(0), blocked(10), unblocked(50)}, "hello", 50) == "other");
}

BOOST_AUTO_TEST_CASE(a_later_message_opts_back_in) {
    BOOST_TEST(plan({added(0), stop(50)}, "hello", 51) == R"(other; opt_in.inbound {"class":"other","message":"SM1"})");
    BOOST_TEST(plan({added(0), stop(50)}, "START", 51) == R"(start; opt_in.inbound {"class":"start","message":"SM1"})");
    BOOST_TEST(plan({added(0), blocked(10), unblocked(50)}, "hello", 51) ==
               R"(other; opt_in.inbound {"class":"other","message":"SM1"})");
}

BOOST_AUTO_TEST_CASE(help_and_optout_opt_back_in_after_their_trigger_where_the_pack_says_so) {
    History history{trigger("bye", {"optout"}, "exact", "optout", "promo"), added(0), stop(50)};
    BOOST_TEST(plan(history, "HELP") ==
               R"(help; trigger.fired {"trigger":"HELP"}; opt_in.inbound {"class":"help","message":"SM1"})");
    BOOST_TEST(plan(history, "OPTOUT") ==
               R"(optout; trigger.fired {"list":"promo","trigger":"bye"}; opt_in.inbound {"class":"optout","message":"SM1"})");
    BOOST_TEST(plan(history, "HELP", 49) == R"(help; trigger.fired {"trigger":"HELP"})");
    history.pack.compliance_keyword_reopts_in = false;
    BOOST_TEST(plan(history, "HELP") == R"(help; trigger.fired {"trigger":"HELP"})");
    BOOST_TEST(plan(history, "OPTOUT") == R"(optout; trigger.fired {"list":"promo","trigger":"bye"})");
    history.add(trigger("deals", {"deals"}, "exact", "custom"));
    BOOST_TEST(plan(history, "deals!") ==
               R"(trigger; trigger.fired {"trigger":"deals"}; opt_in.inbound {"class":"other","message":"SM1"})");
}

BOOST_AUTO_TEST_CASE(an_optout_is_about_a_list_where_one_is_to_be_found) {
    constexpr char const* account = R"(optout; opt_out.stop {"keyword":"optout","language":"en","match":"whole"})";
    BOOST_TEST(plan({added(0)}, "Optout") == account);
    BOOST_TEST(plan({}, "OPTOUT") == account);
    BOOST_TEST(plan({trigger("bye", {"optout"}, "exact", "optout"), added(0)}, "OPTOUT") == account);
    History two{trigger("bye", {"bye promo"}, "exact", "optout", "promo"),
                trigger("bye2", {"bye news"}, "exact", "optout", "news"), added(0)};
    BOOST_TEST(plan(two, "OPTOUT") == account);
    BOOST_TEST(plan(two, "Bye, news!") == R"(optout; trigger.fired {"list":"news","trigger":"bye2"})");
    History one{trigger("bye", {"bye promo"}, "exact", "optout", "promo"), added(0)};
    BOOST_TEST(plan(one, "OPTOUT") == R"(optout; trigger.fired {"list":"promo","trigger":"bye"})");
    two.add(trigger("OPTOUT", {"never"}, "exact", "optout", "third"));
    BOOST_TEST(plan(two, "OPTOUT") == R"(optout; trigger.fired {"list":"third","trigger":"OPTOUT"})");
}

BOOST_AUTO_TEST_CASE(an_exact_trigger_comes_before_an_included_one_and_words_are_whole) {
    History const history{trigger("a", {"sale"}, "included", "custom"), trigger("z", {"the sale"}, "exact", "custom"),
                          added(0)};
    BOOST_TEST(plan(history, "The SALE!") == R"(trigger; trigger.fired {"trigger":"z"})");
    BOOST_TEST(plan(history, "when is the sale?") == R"(trigger; trigger.fired {"trigger":"a"})");
    BOOST_TEST(plan(history, "sales wholesale") == "other");
    // The account's words come before the built-in ones.
    History const help{trigger("aide", {"help"}, "exact", "custom"), added(0)};
    BOOST_TEST(plan(help, "HELP") == R"(trigger; trigger.fired {"trigger":"aide"})");
}

BOOST_AUTO_TEST_CASE(a_revocation_in_ones_own_words_goes_to_a_person) {
    BOOST_TEST(plan({added(0)}, "please stop texting me") == "review; review.opened {}");
    BOOST_TEST(plan({}, "please stop texting me") == "review; review.opened {}");
    BOOST_TEST(plan({added(0), stop(1)}, "please stop texting me") == "review; review.opened {}");
    BOOST_TEST(plan({added(0), blocked(1)}, "please stop texting me") == "review");
}

BOOST_AUTO_TEST_CASE(a_trigger_word_inside_a_revocation_does_not_hide_it) {
    History const history{trigger("texting", {"texting"}, "included", "custom"), added(0), stop(1)};
    BOOST_TEST(plan(history, "please stop texting me") == R"(trigger; trigger.fired {"trigger":"texting"}; review.opened {})");
    History const unseen{trigger("texting", {"texting"}, "included", "custom")};
    BOOST_TEST(plan(unseen, "please stop texting me") == R"(trigger; trigger.fired {"trigger":"texting"}; review.opened {})");
}

BOOST_AUTO_TEST_CASE(a_blocked_contact_gets_no_entry_and_no_reply) {
    History const history{trigger("hours", {"hours"}, "exact", "custom", nullptr, true), added(0), blocked(1)};
    for (char const* const body : {"hello", "HELP", "hours", "START"}) {
        InboundPlan const planned = plan_inbound(message(body), at(5), history.pack, history.account, history.contact);
        BOOST_TEST(planned.entries.empty());
        BOOST_TEST(planned.reply_text.empty());
        BOOST_TEST(planned.reply_seq == -1);
    }
    BOOST_TEST(plan(history, "OPTOUT") == R"(optout; opt_out.stop {"keyword":"optout","language":"en","match":"whole"})");
}

BOOST_AUTO_TEST_CASE(replies) {
    History const history{trigger("hours", {"hours"}, "exact", "custom", nullptr, true),
                          trigger("mute", {"mute"}, "exact", "custom"),
                          trigger("bye", {"optout"}, "exact", "optout", "promo", true), added(0)};
    auto const reply = [&](char const* body) {
        return plan_inbound(message(body), at(5), history.pack, history.account, history.contact);
    };
    BOOST_TEST(reply("hours").reply_seq == 1);
    BOOST_TEST(reply("mute").reply_seq == -1);
    BOOST_TEST(reply("mute").reply_text.empty());
    BOOST_TEST(reply("OPTOUT").reply_seq == 3);
    BOOST_TEST(reply("HELP").reply_text.find("OPTOUT") != std::string::npos);
    BOOST_TEST(reply("HELP").reply_text.find("STOP") != std::string::npos);
    BOOST_TEST(reply("STOP").reply_text.empty());
    BOOST_TEST(reply("STOP").reply_seq == -1);
    InboundPlan const plain = plan_inbound(message("OPTOUT"), at(5), texting_pack(), {}, {});
    BOOST_TEST(plain.reply_text.find("marketing") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(planned_data_is_what_an_entry_may_hold) {
    History const history{trigger("bye", {"optout"}, "exact", "optout", "promo"), added(0), stop(1)};
    for (char const* const body : {"STOP", "OPTOUT", "HELP", "hello", "START", "please stop texting me"}) {
        for (ContactState const& contact : {history.contact, ContactState{}}) {
            for (PlannedEntry const& entry :
                 plan_inbound(message(body), at(5), history.pack, history.account, contact).entries) {
                BOOST_TEST(check_stored_data(entry.kind, entry.data).has_value());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_the_provider_stopped_is_an_opt_out_whatever_the_words) {
    InboundMessage message =
        parse_inbound(json::parse(R"({"from":"+15550100123","to":"","body":"genug","message_id":"m"})", 1'000).value()).value();
    BOOST_TEST((plan_inbound(message, 0, texting_pack(), {}, {}).cls != InboundClass::stop));
    message.provider_stop = true;
    InboundPlan const plan = plan_inbound(message, 0, texting_pack(), {}, {});
    BOOST_TEST((plan.cls == InboundClass::stop));
    BOOST_REQUIRE(plan.entries.size() == 1U);
    BOOST_TEST(json::write(plan.entries[0].data) == R"({"keyword":"stop","language":"und","match":"provider"})");
    message.body = "STOP";
    BOOST_TEST(plan_inbound(message, 0, texting_pack(), {}, {}).entries.at(0).data.string("match") == "whole");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
