// Amazon SNS: signatures by keys and certificates made on the spot, and envelopes that only look like it.
#include "api/providers/unpinned.hpp"
#include "ledger/core/hash32.hpp"
#include "ledger/core/limits.hpp"
#include "tests/support/rsa_signer.hpp"
#include "tests/unit/api/delivery.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace cl::api::providers {
namespace {

constexpr Millis two_hours = 2LL * 3'600'000;
constexpr char const* topic = "arn:aws:sns:us-east-1:111122223333:inbound";

json::Object sms(std::string const& body) {
    return {{"originationNumber", "+15550100123"},
            {"destinationNumber", "+15550199999"},
            {"messageKeyword", "JOIN"},
            {"messageBody", body},
            {"inboundMessageId", "in-1"},
            {"previousPublishedMessageId", "out-7"}};
}

json::Object notification(std::string const& message) {
    return {{"Type", "Notification"},
            {"MessageId", "m-1"},
            {"TopicArn", topic},
            {"Message", message},
            {"Timestamp", format_time(now)},
            {"SignatureVersion", "2"},
            {"SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem"}};
}

json::Object question(char const* type) {
    return {{"Type", type},
            {"MessageId", "m-2"},
            {"Token", "abc123"},
            {"TopicArn", topic},
            {"Message", "You have chosen to subscribe"},
            {"SubscribeURL", "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription"},
            {"Timestamp", format_time(now)},
            {"SignatureVersion", "2"}};
}

/// As the documentation of SNS says it, a second time: the test shares no line with the program here.
std::string string_to_sign(json::Object const& envelope) {
    std::string out;
    bool const message = envelope.string("Type") == "Notification";
    for (char const* name : {"Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"}) {
        std::string const member = name;
        if ((member == "SubscribeURL" || member == "Token") && message) continue;
        if (!envelope.contains(member)) continue;
        out += member + "\n" + std::string(envelope.string(member)) + "\n";
    }
    return out;
}

struct Sns {
    test::OwnedSsl<EVP_PKEY> key = test::rsa(2'048);
    Webhook hook{.account = "acme", .provider = "aws", .url = "", .secret = "", .scheme = ""};

    Sns() {
        hook.certificates = read_certificates(test::certificate(key.get(), now / 1'000 - 60, now / 1'000 + 86'400)).value();
        hook.topics = {"arn:aws:sns:us-east-1:111122223333:other", topic};
    }
    [[nodiscard]] Request request(json::Object envelope) const {
        EVP_MD const* const md = envelope.string("SignatureVersion") == "1" ? EVP_sha1() : EVP_sha256();
        envelope.set("Signature", to_base64(test::sign(key.get(), md, string_to_sign(envelope))));
        Request made = json_body(json::write(std::move(envelope)));
        made.content_type = "text/plain";
        return made;
    }
    [[nodiscard]] bool takes(json::Object const& envelope, Millis at = now) const {
        return accepted(aws, hook, request(envelope), at);
    }
};

BOOST_AUTO_TEST_SUITE(provider_aws)

BOOST_AUTO_TEST_CASE(both_versions_of_the_signature) {
    Sns const sns;
    json::Object envelope = notification(json::write(sms("STOP")));
    BOOST_TEST(sns.takes(envelope));
    envelope.set("SignatureVersion", "1");
    BOOST_TEST(sns.takes(envelope));
    envelope.set("Subject", "a subject");
    BOOST_TEST(sns.takes(envelope));
    envelope.set("SignatureVersion", "3");
    BOOST_TEST(!sns.takes(envelope));
    BOOST_TEST(sns.takes(question("SubscriptionConfirmation")));
    BOOST_TEST(sns.takes(question("UnsubscribeConfirmation")));
    BOOST_TEST(!sns.takes(question("SomethingElse")));
}

BOOST_AUTO_TEST_CASE(what_was_changed_after_it_was_signed) {
    Sns const sns;
    Request const good = sns.request(notification(json::write(sms("hello"))));
    json::Object const envelope = *json::parse(good.body, good.body.size()).value().as_object();
    for (auto const& [name, value] :
         {std::pair{"Message", "{}"}, std::pair{"MessageId", "m-3"}, std::pair{"Timestamp", "2026-11-20T10:00:00.000Z"},
          std::pair{"Type", "SubscriptionConfirmation"}, std::pair{"SignatureVersion", "1"}, std::pair{"Subject", "x"},
          std::pair{"TopicArn", "arn:aws:sns:us-east-1:111122223333:other"}, std::pair{"Signature", "AAAA"},
          std::pair{"Signature", "!"}}) {
        BOOST_TEST_CONTEXT(name) {
            json::Object changed = envelope;
            changed.set(name, value);
            BOOST_TEST(!accepted(aws, sns.hook, json_body(json::write(changed))));
        }
    }
    // What is not signed proves nothing, and harms nothing.
    json::Object elsewhere = envelope;
    elsewhere.set("SigningCertURL", "https://example.com/mine.pem");
    BOOST_TEST(accepted(aws, sns.hook, json_body(json::write(elsewhere))));
    for (char const* const body : {"{", "[]", "{}", "", "7"}) {
        BOOST_TEST(!accepted(aws, sns.hook, json_body(body)));
    }
}

/// The string to sign has no lengths: whoever may publish could put further lines into a message, but not into the rest.
BOOST_AUTO_TEST_CASE(lines_that_pass_for_members) {
    Sns const sns;
    json::Object split = notification("hello");
    split.set("MessageId", "m-1\nSubject\nforged");
    BOOST_TEST(!sns.takes(split));
    BOOST_TEST(sns.takes(notification("hello\nMessageId\nm-9")));
}

BOOST_AUTO_TEST_CASE(only_topics_and_certificates_of_the_configuration) {
    Sns sns;
    json::Object foreign = notification(json::write(sms("STOP")));
    foreign.set("TopicArn", "arn:aws:sns:us-east-1:999999999999:inbound");
    BOOST_TEST(!sns.takes(foreign));
    json::Object const envelope = notification(json::write(sms("STOP")));
    Sns const stranger;
    BOOST_TEST(!accepted(aws, sns.hook, stranger.request(envelope)));
    // A new certificate beside the old one: both are taken while it is exchanged.
    Webhook both = stranger.hook;
    both.certificates.push_back(sns.hook.certificates.front());
    BOOST_TEST(accepted(aws, both, sns.request(envelope)));
    BOOST_TEST(accepted(aws, both, stranger.request(envelope)));
    sns.hook.certificates = read_certificates(test::certificate(sns.key.get(), now / 1'000 - 60, now / 1'000 - 1)).value();
    BOOST_TEST(!sns.takes(envelope));
}

BOOST_AUTO_TEST_CASE(how_old_it_may_be) {
    Sns const sns;
    json::Object const envelope = notification(json::write(sms("STOP")));
    BOOST_TEST(sns.takes(envelope, now + two_hours));
    BOOST_TEST(!sns.takes(envelope, now + two_hours + 1));
    BOOST_TEST(!sns.takes(envelope, now - limits::webhook_window_ms - 1));
}

/// What a certificate of Amazon's may have signed that nobody has pinned yet is to be sent again; anything else is refused for good.
BOOST_AUTO_TEST_CASE(a_certificate_that_is_not_pinned) {
    Sns const sns;
    Sns const stranger;
    auto const verdict = [&](json::Object const& envelope, Millis at = now) {
        return aws.check(sns.hook, stranger.request(envelope), at).error();
    };
    json::Object envelope = notification(json::write(sms("STOP")));
    BOOST_TEST((verdict(envelope).code == errc::key_missing));
    BOOST_TEST(verdict(envelope).detail == "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem");
    BOOST_TEST((verdict(envelope, now + two_hours + 1).code == errc::forbidden));
    std::string const region = "https://sns.us-east-1.amazonaws.com";
    for (std::string const& url :
         {std::string(), region, region + "/SimpleNotificationService-.pem", region + "/SimpleNotificationService-a/b.pem",
          region + "/SimpleNotificationService-0.pem?x", region + ":444/SimpleNotificationService-0.pem",
          region + "/SimpleNotificationService-" + std::string(65, 'a') + ".pem", region + "/x.pem",
          std::string("http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem"),
          std::string("https://sns.us-east-1.amazonaws.com.example.com/SimpleNotificationService-0.pem"),
          std::string("https://x@sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem"),
          std::string("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem")}) {
        BOOST_TEST_CONTEXT(url) {
            envelope.set("SigningCertURL", url);
            BOOST_TEST((verdict(envelope).code == errc::forbidden));
        }
    }
    json::Object foreign = notification(json::write(sms("STOP")));
    foreign.set("TopicArn", "arn:aws:sns:us-east-1:999999999999:inbound");
    BOOST_TEST((verdict(foreign).code == errc::forbidden));
    // An old one that has ended is as good as none.
    Webhook ended = sns.hook;
    ended.certificates = read_certificates(test::certificate(sns.key.get(), now / 1'000 - 60, now / 1'000 - 1)).value();
    Request const own = sns.request(notification(json::write(sms("STOP"))));
    BOOST_TEST((aws.check(ended, own, now).error().code == errc::key_missing));
}

BOOST_AUTO_TEST_CASE(what_is_not_pinned_is_told_once_an_hour_and_of_few) {
    Unpinned unpinned;
    BOOST_TEST(unpinned.note("acme", "https://x/1.pem", 0));
    BOOST_TEST(!unpinned.note("acme", "https://x/1.pem", Unpinned::again_ms - 1));
    BOOST_TEST(unpinned.note("acme", "https://x/1.pem", Unpinned::again_ms));
    BOOST_TEST(unpinned.note("other", "https://x/1.pem", 0));
    BOOST_TEST(unpinned.warnings().size() == 1U);
    for (int i = 2; i < 100; ++i) static_cast<void>(unpinned.note("acme", "https://x/" + std::to_string(i), 0));
    BOOST_TEST(unpinned.warnings().size() == Unpinned::most - 1);
    // Those made up by somebody do not keep the one that counts out: it is sent again, and a minute later there is room.
    BOOST_TEST(!unpinned.note("acme", "https://x/real.pem", Unpinned::gives_way_ms - 1));
    BOOST_TEST(unpinned.note("acme", "https://x/real.pem", Unpinned::gives_way_ms));
    BOOST_TEST(unpinned.warnings().back().ends_with("https://x/real.pem"));
    unpinned.forget();
    BOOST_TEST(unpinned.warnings().empty());
}

BOOST_AUTO_TEST_CASE(messages) {
    auto const got = read(aws, json_body(json::write(notification(json::write(sms("STOP"))))));
    BOOST_REQUIRE(got.size() == 1U);
    BOOST_TEST(json::write(got[0]) == R"({"body":"STOP","from":"+15550100123","in_reply_to":"out-7","message_id":"in-1",)"
                                      R"("provider":"aws","received_at":")" +
                                          format_time(now) + R"(","to":"+15550199999"})");
    for (char const* const other : {"hello", "{}", R"({"eventType":"TEXT_DELIVERED"})", "[1]"}) {
        BOOST_TEST(read(aws, json_body(json::write(notification(other)))).empty());
    }
    // What is one and cannot be read is refused, so that somebody hears of it; a STOP is not passed over.
    std::string const broken = R"({"originationNumber":"+15550100123","messageBody":"STOP \ud83d"})";
    BOOST_TEST(!aws.messages(json_body(json::write(notification(broken)))).has_value());
    BOOST_TEST(read(aws, json_body(json::write(question("SubscriptionConfirmation")))).empty());
}

BOOST_AUTO_TEST_CASE(questions_to_the_operator) {
    auto const ask = [](json::Object const& envelope) { return aws.confirmation(json_body(json::write(envelope))); };
    BOOST_TEST(!ask(notification("{}")).has_value());
    auto const start = ask(question("SubscriptionConfirmation"));
    BOOST_REQUIRE(start.has_value());
    BOOST_TEST(start->topic == topic);
    BOOST_TEST(!start->ended);
    BOOST_TEST(ask(question("UnsubscribeConfirmation"))->ended);

    auto const folder = std::filesystem::temp_directory_path() / ("cl-confirm-" + std::to_string(::getpid()));
    auto const path = keep_confirmation(folder, "acme", *start, now);
    BOOST_REQUIRE(path.has_value());
    struct stat status {};
    BOOST_REQUIRE(::stat(path->c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
    std::ifstream file(*path);
    std::string const text((std::istreambuf_iterator<char>(file)), {});
    BOOST_TEST(text.find("confirm-subscription --authenticate-on-unsubscribe true --topic-arn " + std::string(topic) +
                         " --token abc123\"") != std::string::npos);
    BOOST_TEST((keep_confirmation(folder, "acme", *start, now).value() == *path));
    Confirmation hostile = *start;
    hostile.token = "x; rm -rf /";
    BOOST_TEST(!keep_confirmation(folder, "acme", hostile, now).has_value());
    std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::providers
