// Signatures by the vectors that the providers' own documentation and SDKs publish, and what each delivery is taken for.
#include "api/providers/provider.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"
#include "tests/unit/api/delivery.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api::providers {
namespace {

BOOST_AUTO_TEST_SUITE(providers_of_messages)

constexpr std::string_view twilio_call =
    "CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";

BOOST_AUTO_TEST_CASE(twilio_by_its_vectors) {
    auto const signed_with = [](std::string body, std::string const& signature, std::string const& url,
                                std::string const& query = "?foo=1&bar=2") {
        return accepted(twilio, hook(url, "12345"),
                        form(std::move(body), {{"x-twilio-signature", signature}}, "/myapp.php" + query));
    };
    std::string const url = "https://mycompany.com/myapp.php";
    std::string const body(twilio_call);
    BOOST_TEST(signed_with(body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url));
    BOOST_TEST(!signed_with(body, "RSOYDt4T1cUTdK1PDd93/VVr8B9=", url));
    BOOST_TEST(!signed_with(body, "", url));
    BOOST_TEST(!signed_with(body + "&Body=x", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url));
    BOOST_TEST(!signed_with(body, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, "?foo=1&bar=3"));
    BOOST_TEST(signed_with(body, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=", "http://mycompany.com:1234/myapp.php"));
    // The port that the scheme means, said in the signature alone.
    BOOST_TEST(signed_with(body, "kvajT1Ptam85bY51eRf/AJRuM3w=", url));
    BOOST_TEST(signed_with(body, "kvajT1Ptam85bY51eRf/AJRuM3w=", "https://mycompany.com:443/myapp.php"));
    BOOST_TEST(signed_with(body, "0ZXoZLH/DfblKGATFgpif+LLRf4=", "http://mycompany.com/myapp.php"));
    BOOST_TEST(
        signed_with("Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234&Digits=1234", "IK+Dwps556ElfBT0I3Rgjkr1wJU=", url));
}

BOOST_AUTO_TEST_CASE(twilio_json_is_bound_to_its_digest) {
    std::string const body = R"({"property": "value", "boolean": true})";
    std::string const sum = to_hex(digest(Digest::sha256, body));
    BOOST_TEST(sum.starts_with("0a1ff763"));
    auto const signed_body = [&](std::string const& text) {
        return accepted(twilio, hook("https://mycompany.com/myapp.php", "12345"),
                        json_body(text, {{"x-twilio-signature", "a9nBmqA0ju/hNViExpshrM61xv4="}},
                                  "/myapp.php?foo=1&bar=2&bodySHA256=" + sum));
    };
    BOOST_TEST(signed_body(body));
    BOOST_TEST(!signed_body(body + " "));
}

BOOST_AUTO_TEST_CASE(twilio_messages) {
    auto const got =
        read(twilio, form("MessageSid=SM1&From=%2B15550100123&To=%2B15550199999&Body=St%C3%B6p+it&NumMedia=0", {}));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(json::write(got[0]) ==
               R"({"body":"Stöp it","from":"+15550100123","message_id":"SM1","provider":"twilio","to":"+15550199999"})");
    auto const stopped =
        twilio.messages(form("MessageSid=SM2&From=whatsapp%3A%2B15550100123&To=x&Body=&OptOutType=STOP", {})).value();
    BOOST_REQUIRE(stopped.size() == 1U);
    BOOST_TEST(stopped[0].provider_stop);
    BOOST_TEST(stopped[0].posted.string("from") == "+15550100123");
    BOOST_TEST(read(twilio, form("MessageSid=SM3&MessageStatus=delivered&To=%2B15550100123&From=%2B15550199999", {})).empty());
    BOOST_TEST(
        twilio.answer("A <b> & \"c\"", {}).body ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>A &lt;b&gt; &amp; &quot;c&quot;</Message></Response>");
    BOOST_TEST(twilio.answer({}, {}).body == "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>");
}

BOOST_AUTO_TEST_CASE(vonage_by_its_vectors) {
    Millis const then = 1'461'605'396'000;
    struct {
        char const* scheme;
        char const* signature;
    } const vectors[] = {{"md5hash", "6af838ef94998832dbfc29020b564830"},
                         {"md5", "c15c21ced558c93a226c305f58f902f2"},
                         {"sha1", "3e19a4e6880fdc2c1426bfd0587c98b9532f0210"},
                         {"sha256", "a321e824b9b816be7c3f28859a31749a098713d39f613c80d455bbaffae1cd24"},
                         {"", "A321E824B9B816BE7C3F28859A31749A098713D39F613C80D455BBAFFAE1CD24"}};
    for (auto const& vector : vectors) {
        std::string const body = std::string("a=1&b=2&timestamp=1461605396&sig=") + vector.signature;
        Webhook const webhook = hook("", "secret", vector.scheme);
        BOOST_TEST_CONTEXT(vector.scheme) {
            BOOST_TEST(accepted(vonage, webhook, form(body, {}), then));
            BOOST_TEST(accepted(vonage, webhook, form(body, {}), then + 299'000));
            BOOST_TEST(!accepted(vonage, webhook, form(body, {}), then + 301'000));
            BOOST_TEST(!accepted(vonage, webhook, form(body + "&c=3", {}), then));
            BOOST_TEST(!accepted(vonage, hook("", "other", vector.scheme), form(body, {}), then));
        }
    }
    std::string const text =
        R"({"a":"1","b":2,"timestamp":"1461605396","sig":"a321e824b9b816be7c3f28859a31749a098713d39f613c80d455bbaffae1cd24"})";
    BOOST_TEST(accepted(vonage, hook("", "secret"), json_body(text), then));
}

BOOST_AUTO_TEST_CASE(vonage_messages) {
    auto const got = read(vonage, form("msisdn=15550100123&to=15550199999&messageId=0A&text=STOP&type=text&"
                                       "message-timestamp=2026-11-20+10%3A00%3A00",
                                       {}));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(got[0].string("from") == "+15550100123");
    BOOST_TEST(got[0].string("to") == "+15550199999");
    BOOST_TEST(got[0].string("received_at") == "2026-11-20T10:00:00Z");
    auto const odd = read(vonage, form("msisdn=15550100123&to=1&messageId=0B&text=STOP&message-timestamp=yesterday", {}));
    BOOST_TEST(!odd.at(0).contains("received_at"));
    BOOST_TEST(read(vonage, form("msisdn=15550100123&status=delivered&messageId=0A", {})).empty());
}

/// RFC 8032 7.1, TEST 1: the key; its signature of our text was computed with another program.
BOOST_AUTO_TEST_CASE(telnyx_signs_time_and_raw_body) {
    Webhook const webhook = hook("", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    std::string const body = R"({"data":{"event_type":"message.received"}})";
    std::string const signature = "D8V3Y5g4IR9DxyGCfvQ9LLR4Ca7VOaLW4UIAAa4/I28WqWfCVi1tOzuqL1HTLsmZVFP5sYhtG1ljH2X7dsYRCw==";
    auto const request = [&](std::string const& text, std::string const& time) {
        return json_body(text, {{"telnyx-signature-ed25519", signature}, {"telnyx-timestamp", time}});
    };
    BOOST_TEST(accepted(telnyx, webhook, request(body, "1795000000")));
    BOOST_TEST(!accepted(telnyx, webhook, request(body + " ", "1795000000")));
    BOOST_TEST(!accepted(telnyx, webhook, request(body, "1795000001")));
    BOOST_TEST(!accepted(telnyx, webhook, request(body, "1795000000"), now + 301'000));
    BOOST_TEST(!accepted(telnyx, webhook, json_body(body)));
    BOOST_TEST(!accepted(telnyx, hook("", "AAAA"), request(body, "1795000000")));
}

BOOST_AUTO_TEST_CASE(telnyx_messages) {
    auto const got = read(telnyx, json_body(R"({"data":{"event_type":"message.received","payload":{"id":"t1","text":"STOP",
        "from":{"phone_number":"+15550100123"},"to":[{"phone_number":"+15550199999"}],"received_at":"2026-11-20T10:00:00.000+00:00"}}})"));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(got[0].string("message_id") == "t1");
    BOOST_TEST(got[0].string("to") == "+15550199999");
    BOOST_TEST(read(telnyx, json_body(R"({"data":{"event_type":"message.finalized","payload":{}}})")).empty());
    BOOST_TEST(!telnyx.messages(json_body("[1]")).has_value());
    BOOST_TEST(!telnyx.messages(json_body("{")).has_value());
}

BOOST_AUTO_TEST_CASE(basic_authentication) {
    for (Provider const* const provider : {&bandwidth, &sinch}) {
        Request request = json_body("[]");
        BOOST_TEST(!accepted(*provider, hook("", "user:pass"), request));
        request.authorization = "Basic dXNlcjpwYXNz";
        BOOST_TEST(accepted(*provider, hook("", "user:pass"), request));
        BOOST_TEST(!accepted(*provider, hook("", "user:past"), request));
        request.authorization = "Bearer dXNlcjpwYXNz";
        BOOST_TEST(!accepted(*provider, hook("", "user:pass"), request));
    }
}

BOOST_AUTO_TEST_CASE(bandwidth_messages_come_in_arrays) {
    std::string const one =
        R"({"type":"message-received","to":"+15550199999","message":{"id":"b1","from":"+15550100123","text":"STOP","time":"2026-11-20T10:00:00.000Z"}})";
    std::string const other = R"({"type":"message-delivered","message":{"id":"b2"}})";
    auto const got = read(bandwidth, json_body("[" + one + "," + other + "," + one + "]"));
    BOOST_REQUIRE(got.size() == 2U);
    BOOST_TEST(got[1].string("message_id") == "b1");
    BOOST_TEST(got[0].string("to") == "+15550199999");
    BOOST_TEST(!bandwidth.messages(json_body("{}")).has_value());
    BOOST_TEST(!bandwidth.messages(json_body("[1]")).has_value());
}

BOOST_AUTO_TEST_CASE(sinch_messages) {
    auto const got = read(sinch, json_body(R"({"type":"mo_text","id":"s1","from":"15550100123","to":"12345","body":"STOP",
        "received_at":"2026-11-20T10:00:00Z"})"));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(got[0].string("from") == "+15550100123");
    BOOST_TEST(got[0].string("to") == "12345");
    BOOST_TEST(read(sinch, json_body(R"({"type":"delivery_report_sms"})")).empty());
    BOOST_TEST(!sinch.messages(json_body("[]")).has_value());
}

BOOST_AUTO_TEST_CASE(plivo_by_its_vector_and_by_its_rule) {
    auto const v2 = [](std::string const& signature, std::string const& scheme) {
        return accepted(plivo, hook("https://answer.url", "my_auth_token", scheme),
                        form("", {{"x-plivo-signature-v2", signature}, {"x-plivo-signature-v2-nonce", "12345"}}));
    };
    std::string const good = "ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=";
    BOOST_TEST(v2(good, "v2"));
    BOOST_TEST(v2("AAAA, " + good, "v2"));
    BOOST_TEST(!v2("AAAA", "v2"));
    BOOST_TEST(!v2(good, ""));  // V2 proves no text: taken only where it is asked for
    auto const v3 = [](std::string const& text, std::string body, std::string const& target) {
        std::string const mac = to_base64(hmac(Digest::sha256, "my_auth_token", text + ".12345"));
        return accepted(
            plivo, hook("https://answer.url", "my_auth_token"),
            form(std::move(body), {{"x-plivo-signature-v3", mac}, {"x-plivo-signature-v3-nonce", "12345"}}, target));
    };
    BOOST_TEST(v3("https://answer.url?From1Texta b", "Text=a+b&From=1", "/hook"));
    BOOST_TEST(v3("https://answer.url?a=1&b=2.From1", "From=1", "/hook?b=2&a=1"));
    BOOST_TEST(!v3("https://answer.url?From1Texta b", "Text=a+c&From=1", "/hook"));
}

BOOST_AUTO_TEST_CASE(plivo_messages_and_its_answer) {
    auto const got = read(plivo, form("From=15550100123&To=15550199999&Text=STOP&Type=sms&MessageUUID=p1", {}));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(got[0].string("message_id") == "p1");
    BOOST_TEST(read(plivo, form("From=15550199999&To=15550100123&Status=delivered&MessageUUID=p1", {})).empty());
    BOOST_TEST(plivo.answer("Bye", got[0]).body.find("<Message src=\"+15550199999\" dst=\"+15550100123\">Bye</Message>") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(forms) {
    auto const read_form = parse_form("a=1+2&b=%26%3D&c&a=3").value();
    BOOST_TEST(value_of(read_form, "a") == "1 2");
    BOOST_TEST(value_of(read_form, "b") == "&=");
    BOOST_TEST(value_of(read_form, "c").empty());
    BOOST_TEST(!parse_form("a=%zz").has_value());
    BOOST_TEST(with_plus("12345") == "12345");
    BOOST_TEST(with_plus("ACME") == "ACME");
    BOOST_TEST(with_plus("+15550100123") == "+15550100123");
    BOOST_TEST((find_provider("nobody") == nullptr));
    BOOST_TEST(!same_secret("", ""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::providers
