// The newer ways of some providers: JSON Web Tokens, Event Streams, the Conversation API.
#include "api/providers/jwt.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/mac.hpp"
#include "tests/unit/api/delivery.hpp"

#include <algorithm>

namespace cl::api::providers {
namespace {

std::string base64url(std::string_view bytes) {
    std::string out = to_base64(bytes);
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    while (out.ends_with('=')) out.pop_back();
    return out;
}

std::string token(std::string_view header, std::string_view claims, std::string_view secret) {
    std::string const text = base64url(header) + "." + base64url(claims);
    return text + "." + base64url(hmac(Digest::sha256, secret, text));
}

constexpr std::string_view hs256 = R"({"alg":"HS256","typ":"JWT"})";

BOOST_AUTO_TEST_SUITE(provider_schemes)

/// RFC 7515 A.1, whose key is 64 bytes and whose header has a line end inside.
BOOST_AUTO_TEST_CASE(the_token_of_rfc_7515) {
    std::string const key =
        from_base64("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow==").value();
    std::string const text =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    auto const claims = read_hs256(text, key);
    BOOST_REQUIRE(claims.has_value());
    BOOST_TEST(claims->string("iss") == "joe");
    BOOST_TEST(!read_hs256(text, key.substr(1)).has_value());
}

BOOST_AUTO_TEST_CASE(tokens_that_are_refused) {
    std::string const good = token(hs256, R"({"iat":1})", "secret");
    BOOST_TEST(read_hs256(good, "secret").has_value());
    BOOST_TEST(!read_hs256(good, "").has_value());
    BOOST_TEST(!read_hs256(good + ".", "secret").has_value());
    BOOST_TEST(!read_hs256(good + "=", "secret").has_value());
    BOOST_TEST(!read_hs256(good.substr(0, good.rfind('.')), "secret").has_value());
    BOOST_TEST(!read_hs256(good.substr(0, good.rfind('.') + 1), "secret").has_value());
    BOOST_TEST(!read_hs256("", "secret").has_value());
    BOOST_TEST(!read_hs256("..", "secret").has_value());
    for (std::string_view const header : {R"({"alg":"none"})", R"({"alg":"RS256"})", R"({"alg":"hs256"})", R"({"typ":"JWT"})",
                                          "[]", "{", R"({"alg":"HS256","crit":["exp"]})", R"({"alg":"none","alg":"HS256"})"}) {
        BOOST_TEST_CONTEXT(header) {
            BOOST_TEST(!read_hs256(token(header, R"({"iat":1})", "secret"), "secret").has_value());
        }
    }
    BOOST_TEST(!read_hs256(token(hs256, "[]", "secret"), "secret").has_value());
    // Without a signature, as `none` would have it.
    BOOST_TEST(!read_hs256(base64url(R"({"alg":"none"})") + "." + base64url(R"({"iat":1})") + ".", "secret").has_value());
}

constexpr std::string_view vonage_body =
    R"({"channel":"sms","message_uuid":"u1","to":"15550199999","from":"15550100123","timestamp":"2026-11-20T10:00:00Z",)"
    R"("message_type":"text","text":"STOP","usage":{"price":0.0057},"context":{"message_uuid":"u0"}})";

BOOST_AUTO_TEST_CASE(vonage_messages_api_is_signed_by_token) {
    std::string const body(vonage_body);
    auto const claims = [](std::string const& text, std::int64_t iat) {
        return R"({"api_key":"k","iat":)" + std::to_string(iat) + R"(,"payload_hash":")" +
               to_hex(digest(Digest::sha256, text)) + "\"}";
    };
    auto const delivered = [&](std::string const& with, std::string const& text, Millis at = now) {
        Request request = json_body(text);
        request.authorization = "Bearer " + with;
        return accepted(vonage, hook("", "secret", "jwt"), request, at);
    };
    std::string const good = token(hs256, claims(body, now / 1'000), "secret");
    BOOST_TEST(delivered(good, body));
    BOOST_TEST(delivered(good, body, now + 299'000));
    BOOST_TEST(!delivered(good, body, now + 301'000));
    BOOST_TEST(!delivered(good, body, now - 301'000));
    BOOST_TEST(!delivered(good, body + " "));
    BOOST_TEST(!delivered(token(hs256, claims(body, now / 1'000), "other"), body));
    BOOST_TEST(!delivered(token(hs256, R"({"iat":1795000000})", "secret"), body));
    std::string const timeless = R"({"payload_hash":")" + to_hex(digest(Digest::sha256, body)) + "\"}";
    BOOST_TEST(!delivered(token(hs256, timeless, "secret"), body));
    BOOST_TEST(!accepted(vonage, hook("", "secret", "jwt"), json_body(body)));
    // The signature of the other API does not open this one, nor the other way round.
    Request request = json_body(body);
    request.authorization = "Bearer " + good;
    BOOST_TEST(!accepted(vonage, hook("", "secret", "sha256"), request));
}

BOOST_AUTO_TEST_CASE(vonage_messages_api) {
    auto const got = read(vonage, json_body(std::string(vonage_body)));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(json::write(got[0]) == R"({"body":"STOP","from":"+15550100123","in_reply_to":"u0","message_id":"u1",)"
                                      R"("provider":"vonage","received_at":"2026-11-20T10:00:00Z","to":"+15550199999"})");
    auto const one = [](std::string const& more) {
        return read(vonage, json_body(R"({"message_uuid":"u2","from":"15550100123","to":"1",)" + more + "}"));
    };
    BOOST_TEST(one(R"("channel":"rcs","message_type":"button","button":{"text":"Stop","payload":"p"})").at(0).string("body") ==
               "Stop");
    BOOST_TEST(one(R"("channel":"whatsapp","message_type":"reply","reply":{"title":"STOP","id":"r"})").at(0).string("body") ==
               "STOP");
    BOOST_TEST(one(R"("channel":"mms","message_type":"image","image":{"url":"u"})").at(0).string("body").empty());
    BOOST_TEST(one(R"("channel":"messenger","message_type":"text","text":"STOP")").empty());
    BOOST_TEST(one(R"("channel":"sms","status":"delivered")").empty());
    BOOST_TEST(!vonage.messages(json_body("[1]")).has_value());
    // Version 0.1, and its statuses, which have no message.
    auto const old = [](std::string const& more) {
        return read(vonage, json_body(R"({"message_uuid":"u3","timestamp":"2026-11-20T10:00:00Z",)"
                                      R"("to":{"type":"sms","number":"15550199999"},)"
                                      R"("from":{"type":"sms","number":"15550100123"},)" +
                                      more + "}"));
    };
    BOOST_TEST(json::write(old(R"("message":{"content":{"type":"text","text":"STOP"}})").at(0)) ==
               R"({"body":"STOP","from":"+15550100123","message_id":"u3","provider":"vonage",)"
               R"("received_at":"2026-11-20T10:00:00Z","to":"+15550199999"})");
    BOOST_TEST(old(R"("status":"delivered","message":{})").empty());
    BOOST_TEST(old(R"("usage":{})").empty());
}

std::string event(std::string const& id, std::string const& more) {
    return R"({"specversion":"1.0","type":"com.twilio.messaging.inbound-message.received","source":"AB1","id":"N)" + id +
           R"(","datacontenttype":"2025-10-08T07:17:02.363Z","data":{"messageSid":")" + id +
           R"(","timestamp":"2026-11-20T10:00:00.000Z","from":"+15550100123","to":"+15550199999",)" + more + "}}";
}

BOOST_AUTO_TEST_CASE(twilio_event_streams) {
    Request request =
        json_body("[" + event("SM1", R"("body":"hello","numMedia":0)") + "," +
                  R"({"specversion":"1.0","type":"com.twilio.messaging.message.delivered","id":"N2","data":{"price":0.5}},)" +
                  event("SM3", R"("body":"genug","optOutType":"STOP")") + "]");
    for (char const* const type : {"application/json", "application/cloudevents-batch+json"}) {
        request.content_type = type;
        auto const got = twilio.messages(request).value();
        BOOST_REQUIRE(got.size() == 2U);
        BOOST_TEST(json::write(got[0].posted) ==
                   R"({"body":"hello","from":"+15550100123","message_id":"SM1","provider":"twilio",)"
                   R"("received_at":"2026-11-20T10:00:00.000Z","to":"+15550199999"})");
        BOOST_TEST(!got[0].provider_stop);
        BOOST_TEST(got[1].provider_stop);
    }
    BOOST_TEST(read(twilio, json_body(event("SM4", R"("body":"x")"))).size() == 1U);
    BOOST_TEST(!twilio.messages(json_body("[1]")).has_value());
    BOOST_TEST(!twilio.messages(json_body("[")).has_value());
}

BOOST_AUTO_TEST_CASE(twilio_events_are_bound_to_their_digest) {
    std::string const url = "https://sms.example.com/in";
    std::string const body = "[" + event("SM1", R"("body":"STOP")") + "]";
    std::string const query = "?bodySHA256=" + to_hex(digest(Digest::sha256, body));
    std::string const signature = to_base64(hmac(Digest::sha1, "token", url + query));
    auto const delivered = [&](std::string const& text, char const* type, std::string const& target) {
        Request request = json_body(text, {{"x-twilio-signature", signature}}, target);
        request.content_type = type;
        return accepted(twilio, hook(url, "token"), request);
    };
    BOOST_TEST(delivered(body, "application/json", "/in" + query));
    BOOST_TEST(delivered(body, "application/cloudevents-batch+json", "/in" + query));
    BOOST_TEST(!delivered(body + " ", "application/json", "/in" + query));
    BOOST_TEST(!delivered(body, "application/json", "/in"));
    // A form's digest is not asked for, so its parameters are: the signature of a URL alone opens no form.
    BOOST_TEST(!delivered("Body=STOP", "application/x-www-form-urlencoded", "/in" + query));
}

/// The vector of the vendor's own SDK.
BOOST_AUTO_TEST_CASE(sinch_hmac) {
    std::string const body =
        R"({"app_id":"","accepted_time":"2021-10-18T17:49:13.813615Z","project_id":"e2df3a34-a71b-4448-9db5-a8d2baad28e4",)"
        R"("contact_create_notification":{"contact":{"id":"01FJA8B466Y0R2GNXD78MD9SM1","channel_identities":[{"channel":"SMS",)"
        R"("identity":"48123456789","app_id":""}],"display_name":"New Test Contact","email":"new.contact@email.com",)"
        R"("external_id":"","metadata":"","language":"EN_US"}},"message_metadata":""})";
    Millis const then = 1'634'579'353'000;
    auto const delivered = [&](std::string const& text, std::string const& secret, Millis at,
                               std::string const& algorithm = "HmacSHA256", std::string const& time = "1634579353") {
        return accepted(sinch, hook("", secret, "hmac"),
                        json_body(text, {{"x-sinch-webhook-signature", "6bpJoRmFoXVjfJIVglMoJzYXxnoxRujzR4k2GOXewOE="},
                                         {"x-sinch-webhook-signature-nonce", "01FJA8B4A7BM43YGWSG9GBV067"},
                                         {"x-sinch-webhook-signature-timestamp", time},
                                         {"x-sinch-webhook-signature-algorithm", algorithm}}),
                        at);
    };
    BOOST_TEST(delivered(body, "foo_secret1234", then));
    BOOST_TEST(delivered(body, "foo_secret1234", then + 299'000, ""));
    BOOST_TEST(!delivered(body, "foo_secret1234", then + 301'000));
    BOOST_TEST(!delivered(body, "foo_secret1234", then, "HmacMD5"));
    BOOST_TEST(!delivered(body, "foo_secret1234", then, "HmacSHA256", "1634579354"));
    BOOST_TEST(!delivered(body, "foo_secret", then));
    BOOST_TEST(!delivered(body + " ", "foo_secret1234", then));
    BOOST_TEST(!accepted(sinch, hook("", "foo_secret1234", "hmac"), json_body(body), then));
    BOOST_TEST(read(sinch, json_body(body)).empty());
}

BOOST_AUTO_TEST_CASE(sinch_mms) {
    auto const got = read(sinch, json_body(R"({"type":"mo_media","id":"01B","from":"15550100123","to":"15550199999",)"
                                           R"("received_at":"2026-11-20T10:00:00Z","body":{"subject":"","message":"STOP",)"
                                           R"("media":[{"url":"u","code":0}]}})"));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(got[0].string("body") == "STOP");
    BOOST_TEST(got[0].string("message_id") == "01B");
    BOOST_TEST(read(sinch, json_body(R"({"type":"mo_binary","id":"01C","from":"15550100123","body":"QQ=="})")).empty());
}

BOOST_AUTO_TEST_CASE(sinch_conversations) {
    auto const inbound = [](std::string const& channel, std::string const& content) {
        return read(
            sinch,
            json_body(R"({"event_time":"2026-11-20T10:00:00Z","accepted_time":"2026-11-20T10:00:01Z","message":{"id":"01A",
            "direction":"TO_APP","contact_message":{)" +
                      content + R"(},"channel_identity":{"channel":")" + channel +
                      R"(","identity":"15550100123"},"sender_id":"15550199999"}})"));
    };
    auto const got = inbound("SMS", R"("text_message":{"text":"STOP"})");
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(json::write(got[0]) == R"({"body":"STOP","from":"+15550100123","message_id":"01A","provider":"sinch",)"
                                      R"("received_at":"2026-11-20T10:00:00Z","to":"+15550199999"})");
    BOOST_TEST(inbound("RCS", R"("choice_response_message":{"message_id":"m","postback_data":"STOP"})").at(0).string("body") ==
               "STOP");
    BOOST_TEST(inbound("SMS", R"("location_message":{"coordinates":{"latitude":55.61}})").at(0).string("body").empty());
    BOOST_TEST(inbound("MESSENGER", R"("text_message":{"text":"STOP"})").empty());
    auto const out =
        sinch
            .messages(json_body(R"({"accepted_time":"2026-11-20T10:00:01Z","opt_out_notification":{"request_id":"r1",
        "channel":"WHATSAPP","identity":"15550100123","status":"OPT_OUT_SUCCEEDED"}})"))
            .value();
    BOOST_REQUIRE(out.size() == 1U);
    BOOST_TEST(out[0].provider_stop);
    BOOST_TEST(out[0].posted.string("received_at") == "2026-11-20T10:00:01Z");
    // One that the channel tells of by itself has no request_id: it has an id all the same, and the same when it is sent again.
    auto const untold = [](std::string const& time, std::string const& identity) {
        auto const one =
            read(sinch, json_body(R"({"accepted_time":")" + time + R"(","opt_out_notification":{"channel":"VIBERBM",)" +
                                  R"("identity":")" + identity + R"(","status":"OPT_OUT_SUCCEEDED"}})"));
        return std::string(one.at(0).string("message_id"));
    };
    std::string const id = untold("2026-11-20T10:00:01Z", "15550100123");
    BOOST_TEST(!id.empty());
    BOOST_TEST(id.find("15550100123") == id.npos);
    BOOST_TEST(id == untold("2026-11-20T10:00:01Z", "15550100123"));
    BOOST_TEST(id != untold("2026-11-20T10:00:02Z", "15550100123"));
    BOOST_TEST(id != untold("2026-11-20T10:00:01Z", "15550100124"));
    BOOST_TEST(read(sinch, json_body(R"({"opt_out_notification":{"channel":"SMS","identity":"1","status":"OPT_OUT_FAILED"}})"))
                   .empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::providers
