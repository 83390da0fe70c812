// A posted change: what is accepted, and with which pointer the rest is refused.
#include "ledger/consent/change_item.hpp"

#include "ledger/core/limits.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::consent {
namespace {

json::Value parsed(std::string_view text) {
    return json::parse(text, 10'000'000).value();
}

Result<ChangeItem> change(std::string_view text) {
    return parse_change(parsed(text));
}

/// The pointer of the refusal, or `accepted`.
std::string fault(std::string_view text) {
    auto const item = change(text);
    return item ? "accepted" : item.error().pointer;
}

constexpr std::string_view example =
    R"({"kind":"opt_in.agent","phone":"+1 (555) 010-0123","occurred_at":"2026-11-23T13:15:00-05:00",
 "actor":{"kind":"agent","id":"agent-7"},"source":{"platform":"crm","record":"chg-991"},"channel":"sms","to":"+15550199999",
 "data":{"note":"asked by phone"},
 "evidence":[{"kind":"verbal_call","occurred_at":"2026-11-23T13:10:00-05:00","agent":"agent-7","call":"C-17","words":"yes, text me",
              "recording":{"sha256":"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f","held_by":"crm"},
              "scope":{"purpose":"marketing","lists":["promo"]}}],
 "claimed":{"opted_in":true,"blocked":false},"correlation_id":"42"})";

BOOST_AUTO_TEST_SUITE(change_item)

BOOST_AUTO_TEST_CASE(the_example_of_the_wire_is_taken_apart) {
    auto const item = change(example);
    BOOST_REQUIRE(item.has_value());
    BOOST_TEST(int(item->kind) == int(Kind::opt_in_agent));
    BOOST_TEST(item->phone == "+15550100123");
    BOOST_TEST(format_time(*item->occurred_at) == "2026-11-23T18:15:00.000Z");
    BOOST_TEST(item->record == "chg-991");
    BOOST_TEST(item->posted_record == "chg-991");
    BOOST_TEST(item->correlation_id == "42");
    BOOST_TEST(!item->data.contains("note"));
    BOOST_TEST(json::write(*item->data.find("claimed")) == R"({"blocked":false,"opted_in":true})");
    BOOST_REQUIRE(item->sealed.size() == 2U);
    BOOST_TEST(item->sealed[0].pointer == "/data/note");
    BOOST_TEST(item->sealed[0].content == "asked by phone");
    BOOST_TEST(item->sealed[1].pointer == "/evidence/0");
    BOOST_TEST(item->sealed[1].content == json::write((*parsed(example).as_object()->find("evidence")->as_array())[0]));
    Evidence const& evidence = item->evidence.at(0);
    BOOST_TEST((evidence.fields == std::vector<std::string>{"agent", "call", "recording", "words"}));
    BOOST_TEST(evidence.held_by == "crm");
    BOOST_TEST((evidence.scope == Scope{"marketing", {"promo"}, ""}));
    BOOST_TEST(!evidence.verified.has_value());
    BOOST_TEST(item->canonical.find("correlation_id") == std::string::npos);
    BOOST_TEST(item->canonical.starts_with(R"({"actor":{"id":"agent-7","kind":"agent"},"channel":"sms")"));
}

BOOST_AUTO_TEST_CASE(the_frame) {
    struct Row {
        char const* text;
        char const* pointer;
    };
    constexpr Row rows[] = {
        {R"([])", ""},
        {R"("x")", ""},
        {R"({"phone":"+15550100123"})", "/kind"},
        {R"({"kind":"contact.exploded","phone":"+15550100123"})", "/kind"},
        {R"({"kind":"ledger.created"})", "/kind"},
        {R"({"kind":"token.created"})", "/kind"},
        {R"({"kind":"contact.blocked"})", "/phone"},
        {R"({"kind":"contact.blocked","phone":"5550100123"})", "/phone"},
        {R"({"kind":"contact.blocked","phone":15550100123})", "/phone"},
        {R"({"kind":"contact.blocked","contact":"abc"})", "/contact"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","contact":"00"})", "/contact"},
        {R"({"kind":"account.defined","phone":"+15550100123"})", "/phone"},
        {R"({"kind":"account.defined","evidence":[]})", "/evidence"},
        {R"({"kind":"account.defined","claimed":{"opted_in":true}})", "/claimed"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","mood":1})", "/mood"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","a/b~":1})", "/a~1b~0"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","occurred_at":"2026-11-23T13:15:00"})", "/occurred_at"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","occurred_at":1})", "/occurred_at"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","actor":"me"})", "/actor"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","actor":{"kind":"ghost","id":"a"}})", "/actor/kind"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","actor":{"kind":"agent"}})", "/actor/id"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","actor":{"kind":"agent","id":"a b"}})", "/actor/id"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","actor":{"kind":"agent","id":"a","name":"x"}})", "/actor/name"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","source":{"token":"t"}})", "/source/token"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","source":{"record":""}})", "/source/record"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","channel":"s m s"})", "/channel"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","to":"not a sender"})", "/to"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","data":[]})", "/data"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","claimed":{}})", "/claimed"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","claimed":{"level":"none"}})", "/claimed/level"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","data":{"claimed":{"opted_in":true}}})", "/data/claimed"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","data":{"text_withheld":true}})", "/data/text_withheld"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","evidence":{}})", "/evidence"},
        {R"({"kind":"contact.blocked","phone":"+15550100123"})", "accepted"},
        {R"({"kind":"contact.blocked","phone":"+15550100123","to":"12345","channel":"sms"})", "accepted"},
        {R"({"kind":"hold.placed","data":{"matter":"m"}})", "accepted"},
        {R"({"kind":"hold.placed","phone":"+15550100123","data":{"matter":"m"}})", "accepted"},
    };
    for (Row const& row : rows) {
        BOOST_TEST_CONTEXT(row.text) {
            BOOST_TEST(fault(row.text) == row.pointer);
        }
    }
}

BOOST_AUTO_TEST_CASE(refusals_never_repeat_the_input) {
    auto const item = change(R"({"kind":"contact.blocked","phone":"+1555010012x","data":{"secret stuff":"hunter2"}})");
    BOOST_REQUIRE(!item.has_value());
    BOOST_TEST(item.error().detail.find("555") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_message_class_of_a_re_opt_in_is_the_servers) {
    auto const with_body = [](std::string_view body) {
        return change(
            R"({"kind":"opt_in.inbound","phone":"+15550100123","data":{"message":"SM1"},"evidence":[{"kind":"inbound_sms","body":")" +
            std::string(body) + R"("}]})");
    };
    BOOST_TEST(with_body("S.T.O.P")->data.string("class") == "stop");
    BOOST_TEST(with_body("hello")->data.string("class") == "other");
    BOOST_TEST(!change(R"({"kind":"opt_in.inbound","phone":"+15550100123","data":{"message":"SM1"}})")->data.contains("class"));
    BOOST_TEST(fault(R"({"kind":"opt_in.inbound","phone":"+15550100123","data":{"message":"SM1","class":"other"}})") ==
               "/data/class");
}

BOOST_AUTO_TEST_CASE(nothing_clear_carries_the_number) {
    struct Row {
        char const* members;
        char const* pointer;
    };
    constexpr Row rows[] = {
        {R"("source":{"record":"rec-555.010.0123"})", "/source/record"},
        {R"("source":{"record":"r","platform":"p15550100123"})", "/source/platform"},
        {R"("actor":{"kind":"contact","id":"0100123"})", "/actor/id"},
        {R"("channel":"5550100123")", "/channel"},
        {R"("to":"+15550100123")", "/to"},
        {R"("evidence":[{"kind":"in_person","scope":{"purpose":"for 555 010 0123"}}])", "/evidence/0/scope/purpose"},
        {R"("evidence":[{"kind":"in_person"},{"kind":"in_person","scope":{"lists":["a","l5550100123"]}}])",
         "/evidence/1/scope/lists/1"},
        {R"("evidence":[{"kind":"in_person","held_by":"h5550100123"}])", "/evidence/0/held_by"},
        {R"("source":{"record":"100123"})", "accepted"},
        {R"("source":{"record":"15550100124"})", "accepted"},
        {R"("evidence":[{"kind":"in_person","words":"call 5550100123"}])", "accepted"},
        {R"("correlation_id":"5550100123")", "accepted"},
    };
    for (Row const& row : rows) {
        BOOST_TEST_CONTEXT(row.members) {
            std::string const text = R"({"kind":"opt_in.agent","phone":"+15550100123",)" + std::string(row.members) + "}";
            BOOST_TEST(fault(text) == row.pointer);
            BOOST_TEST(fault(R"({"kind":"opt_out.agent","phone":"+15550100123",)" + std::string(row.members) + "}") ==
                       "accepted");
        }
    }
    BOOST_TEST(fault(R"({"kind":"list.added","phone":"+15550100123","data":{"list":"l5550100123"}})") == "/data/list");
    BOOST_TEST(fault(R"({"kind":"opt_in.consent","phone":"+15550100123","data":{"method":"form","lists":["l5550100123"]}})") ==
               "/data/lists");
}

BOOST_AUTO_TEST_CASE(an_opt_out_that_carries_the_number_is_taken_without_it) {
    auto const item = change(
        R"({"kind":"opt_out.request","phone":"+15550100123","source":{"platform":"crm5550100123","record":"r-5550100123"},
        "actor":{"kind":"agent","id":"5550100123"},"channel":"5550100123","to":"+15550100123",
        "data":{"via":"phone","list":"l-5550100123"},
        "evidence":[{"kind":"in_person","held_by":"h5550100123","scope":{"purpose":"5550100123","lists":["l5550100123"]}}]})");
    BOOST_REQUIRE(item.has_value());
    BOOST_TEST(item->record == "withheld");
    BOOST_TEST(item->posted_record == "r-5550100123");
    BOOST_TEST(item->actor->id == "withheld");
    BOOST_TEST(item->platform.empty());
    BOOST_TEST(item->channel.empty());
    BOOST_TEST(item->to.empty());
    BOOST_TEST(item->evidence[0].held_by.empty());
    BOOST_TEST(!item->evidence[0].scope.has_value());
    BOOST_TEST(!item->data.contains("list"));
    BOOST_TEST(*item->data.find("text_withheld")->as_bool());
    BOOST_TEST(json::write(item->data).find("0100123") == std::string::npos);
    BOOST_REQUIRE(item->sealed.size() == 2U);
    BOOST_TEST(item->sealed[1].pointer == "/data/list");
    BOOST_TEST(item->sealed[1].content == "l-5550100123");
}

BOOST_AUTO_TEST_CASE(members_of_the_wrong_type) {
    std::pair<char const*, char const*> const rows[] = {
        {R"({"kind":"contact.unblocked","phone":"+15550100123","source":"crm"})", "/source"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","source":{"record":1}})", "/source/record"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","channel":1})", "/channel"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","to":1})", "/to"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","correlation_id":1})", "/correlation_id"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","evidence":[1]})", "/evidence/0"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","claimed":1})", "/claimed"},
        {R"({"kind":"contact.unblocked","phone":"+15550100123","actor":{"kind":"agent","id":1}})", "/actor/id"},
        {R"({"kind":"contact.blocked","contact":1})", "/contact"},
        {R"({"kind":"list.defined","contact":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","data":{"list":"l"}})",
         "/contact"},
        {R"({"kind":"list.defined","data":{"list":"l"},"evidence":[]})", "/evidence"},
    };
    for (auto const& [text, pointer] : rows) BOOST_TEST(fault(text) == pointer, text);
}

BOOST_AUTO_TEST_CASE(a_correlation_id_has_an_end) {
    auto const with = [](std::size_t size) {
        return fault(R"({"kind":"contact.unblocked","phone":"+15550100123","correlation_id":")" + std::string(size, 'c') +
                     R"("})");
    };
    BOOST_TEST(with(128) == "accepted");
    BOOST_TEST(with(129) == "/correlation_id");
}

BOOST_AUTO_TEST_CASE(the_first_message_is_the_one_that_is_meant) {
    std::string const one = R"({"kind":"inbound_sms","message_id":"m1","from":"+15550100123","body":"hi"})";
    std::string const other = R"({"kind":"inbound_sms","message_id":"m2","from":"+15550100199","body":"STOP"})";
    std::string const elsewhere = R"({"kind":"inbound_sms","message_id":"m3","from":"+15550100199","for":3})";
    auto const noted = [](std::string const& evidence) {
        auto const item =
            change(R"({"kind":"opt_in.inbound","phone":"+15550100123","data":{"message":"m1"},"evidence":[)" + evidence + "]}");
        return json::write(item.value().data);
    };
    BOOST_TEST(noted(one) == R"({"class":"other","message":"m1"})");
    BOOST_TEST(noted(one + "," + other) == R"({"class":"stop","message":"m1"})");
    BOOST_TEST(noted(other) == R"({"class":"stop","message":"m1","mismatch":["message_id","from"]})");
    BOOST_TEST(noted(elsewhere + "," + one) == R"({"class":"other","message":"m1"})");
    BOOST_TEST(noted(elsewhere) == R"({"message":"m1"})");
}

BOOST_AUTO_TEST_CASE(no_form_of_a_text_refuses_an_opt_out) {
    std::string const long_text(300, 'a');
    for (std::string const& more :
         {R"("channel":"text message")" + std::string(), R"("to":"the shop")" + std::string(),
          R"("source":{"record":")" + long_text + R"("})", R"("source":{"platform":"our crm"})" + std::string(),
          R"("actor":{"kind":"agent","id":"Bob Smith"})" + std::string(),
          R"("data":{"via":"phone","list":"no id"})" + std::string(), R"("evidence":[{"kind":"rumour"}])" + std::string(),
          R"("evidence":[{"kind":"in_person","scope":{"purpose":")" + long_text + R"("}}])"}) {
        std::string const data = more.starts_with(R"("data")") ? "" : R"("data":{"via":"phone"},)";
        auto const item = change(R"({"kind":"opt_out.request","phone":"+15550100123",)" + data + more + "}");
        BOOST_TEST_CONTEXT(more.substr(0, 60)) {
            BOOST_REQUIRE(item.has_value());
            BOOST_TEST(item->data.contains("text_withheld"));
            BOOST_TEST(check_stored_data(item->kind, item->data).has_value());
        }
        std::string const other = R"({"kind":"opt_in.agent","phone":"+15550100123",)" + more + "}";
        if (data != "") BOOST_TEST(!change(other).has_value(), more.substr(0, 60));
    }
    auto const item = change(R"({"kind":"opt_out.agent","phone":"+15550100123","source":{"record":"chg 9"},
        "actor":{"kind":"agent","id":"Bob Smith"}})")
                          .value();
    BOOST_TEST(item.record == "withheld");
    BOOST_TEST(item.posted_record == "chg 9");
    BOOST_TEST(item.actor->id == "withheld");
    // What an opt-out is cannot be left out.
    BOOST_TEST(fault(R"({"kind":"opt_out.request","phone":"+15550100123","data":{"via":"pigeon"}})") == "/data/via");
    BOOST_TEST(fault(R"({"kind":"opt_out.request","phone":"555","data":{"via":"phone"}})") == "/phone");
}

BOOST_AUTO_TEST_CASE(no_limit_refuses_an_opt_out_or_a_block) {
    std::string const text(limits::text_bytes + 1, 'x');
    auto const with_reason = [&](std::string_view kind) {
        return change(R"({"kind":")" + std::string(kind) + R"(","phone":"+15550100123","data":{"reason":")" + text + R"("}})");
    };
    BOOST_TEST(!with_reason("contact.unblocked").has_value());
    BOOST_TEST(with_reason("contact.unblocked").error().pointer == "/data/reason");
    for (char const* const kind : {"contact.blocked", "opt_out.agent"}) {
        BOOST_REQUIRE(with_reason(kind).has_value());
        BOOST_TEST(with_reason(kind)->sealed.empty());
        BOOST_TEST(*with_reason(kind)->data.find("text_withheld")->as_bool());
    }
    std::string many;
    for (std::size_t i = 0; i <= limits::evidence_items; ++i)
        many += std::string(i == 0 ? "" : ",") + R"({"kind":"in_person"})";
    auto const with_many = [&](std::string_view kind) {
        return change(R"({"kind":")" + std::string(kind) + R"(","phone":"+15550100123","evidence":[)" + many + "]}");
    };
    BOOST_TEST((with_many("opt_in.agent").error().code == errc::too_large));
    BOOST_TEST(with_many("opt_in.agent").error().pointer == "/evidence/16");
    BOOST_TEST(with_many("opt_out.agent")->evidence.size() == limits::evidence_items);
    BOOST_TEST(with_many("opt_out.agent")->data.contains("text_withheld"));
}

BOOST_AUTO_TEST_CASE(ids_and_accounts) {
    for (char const* const good : {"a", "A.b_c:d-9", "0"}) BOOST_TEST(valid_id(good));
    for (char const* const bad : {"", "a b", "a/b", "ä", "+1"}) BOOST_TEST(!valid_id(bad));
    BOOST_TEST(valid_id(std::string(128, 'x')));
    BOOST_TEST(!valid_id(std::string(129, 'x')));
    for (char const* const good : {"a", "acme", "0-a", "a-"}) BOOST_TEST(valid_account(good));
    for (char const* const bad : {"", "-a", "A", "a_b", "*"}) BOOST_TEST(!valid_account(bad));
    BOOST_TEST(valid_account(std::string(63, 'x')));
    BOOST_TEST(!valid_account(std::string(64, 'x')));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent
