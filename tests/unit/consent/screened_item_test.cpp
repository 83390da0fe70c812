// The screens on what is posted: what is refused, left out, or kept and named, by the pack's settings.
#include "ledger/consent/screened_item.hpp"

#include "tests/unit/consent/history.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace cl::consent::test {
namespace {

constexpr std::string_view health = "diagnosed with diabetes, takes metformin 500 mg";
constexpr std::string_view personal = "card 4111 1111 1111 1111, born 03/04/1985";

Pack pack_of(ScreenSetting health_setting, ScreenSetting personal_setting) {
    Pack pack = texting_pack();
    pack.health_screen = health_setting;
    pack.personal_screen = personal_setting;
    return pack;
}
Pack const flagging = pack_of(ScreenSetting::flag, ScreenSetting::flag);
Pack const refusing = pack_of(ScreenSetting::refuse, ScreenSetting::refuse);
Pack const silent = pack_of(ScreenSetting::off, ScreenSetting::off);

ChangeItem change(std::string const& text) {
    return parse_change(json::parse(text, 1'000'000).value()).value();
}
/// A change of `kind` whose data, without braces, are `data`.
ChangeItem posted(std::string const& kind, std::string const& data, std::string const& evidence = "[]") {
    return change(R"({"kind":")" + kind + R"(","phone":"+15550100123","data":{)" + data + R"(},"evidence":)" + evidence + "}");
}
std::string member(std::string_view name, std::string_view text) {
    return '"' + std::string(name) + R"(":")" + std::string(text) + '"';
}

/// The pointer and code of the refusal, or `taken`.
std::string refusal(ChangeItem item, Pack const& pack) {
    auto const answer = apply_screens(item, pack);
    if (answer) return "taken";
    BOOST_TEST(answer.error().detail.find("diabetes") == std::string::npos);
    BOOST_TEST(answer.error().detail.find("4111") == std::string::npos);
    return answer.error().pointer + (answer.error().code == errc::phi_suspected ? " phi" : " personal");
}

bool stands_in(ChangeItem const& item, std::string_view text) {
    bool const sealed = std::any_of(item.sealed.begin(), item.sealed.end(),
                                    [&](Sealed const& one) { return one.content.find(text) != std::string::npos; });
    return sealed || json::write(item.data).find(text) != std::string::npos;
}

BOOST_AUTO_TEST_SUITE(screened_item)

BOOST_AUTO_TEST_CASE(a_note_is_refused_flagged_or_kept_as_the_pack_says) {
    ChangeItem const item = posted("opt_in.agent", member("note", health));
    BOOST_TEST(refusal(item, texting_pack()) == "/data/note phi");
    BOOST_TEST(refusal(item, flagging) == "taken");
    BOOST_TEST(refusal(item, silent) == "taken");
    ChangeItem const card = posted("opt_in.agent", member("note", personal));
    BOOST_TEST(refusal(card, texting_pack()) == "taken");
    BOOST_TEST(refusal(card, refusing) == "/data/note personal");
    BOOST_TEST(refusal(posted("opt_in.agent", member("note", "her doctor said hello")), refusing) == "taken");
}

BOOST_AUTO_TEST_CASE(what_is_kept_is_named_and_nothing_more) {
    ChangeItem item = posted("opt_in.agent", member("note", std::string(health) + ", " + std::string(personal)));
    BOOST_REQUIRE(apply_screens(item, flagging));
    BOOST_TEST(json::write(item.data) == R"({"suspected":["phi","personal_data"]})");
    BOOST_TEST(stands_in(item, "diabetes"));
    ChangeItem quiet = posted("opt_in.agent", member("note", health));
    BOOST_REQUIRE(apply_screens(quiet, silent));
    BOOST_TEST(quiet.data.empty());
    BOOST_TEST(check_stored_data(Kind::opt_in_agent, json::Object{{"suspected", json::Array{"phi"}}}).has_value());
}

BOOST_AUTO_TEST_CASE(nobody_can_post_the_suspicion) {
    auto const item =
        parse_change(json::parse(R"({"kind":"opt_in.agent","phone":"+15550100123","data":{"suspected":[]}})", 1'000).value());
    BOOST_TEST((!item && item.error().pointer == "/data/suspected"));
}

BOOST_AUTO_TEST_CASE(every_prose_member_is_looked_at) {
    BOOST_TEST(refusal(posted("opt_in.consent", R"("method":"call",)" + member("purpose", health)), refusing) ==
               "/data/purpose phi");
    BOOST_TEST(refusal(posted("contact.edited", R"("fields":["name"],)" + member("name", health)), refusing) ==
               "/data/name phi");
    std::string const text(health);
    BOOST_TEST(refusal(posted("consent.recorded", "", R"([{"kind":"in_person","place":")" + text + R"("}])"), refusing) ==
               "/evidence/0/place phi");
    BOOST_TEST(refusal(posted("consent.recorded", "",
                              R"([{"kind":"in_person","witness":"w"},{"kind":"verbal_call","words":")" + text + R"("}])"),
                       refusing) == "/evidence/1/words phi");
    BOOST_TEST(refusal(posted("consent.recorded", "", R"([{"kind":"verbal_call","recording":{"ref":")" + text + R"("}}])"),
                       refusing) == "/evidence/0/recording/ref phi");
    BOOST_TEST(refusal(posted("consent.recorded", "", R"([{"kind":"in_person","scope":{"purpose":")" + text + R"("}}])"),
                       refusing) == "/evidence/0/scope/purpose phi");
    BOOST_TEST(refusal(change(R"({"kind":"disclosure.defined","data":{"disclosure":"d","text":")" + text + R"("}})"),
                       refusing) == "/data/text phi");
    // Addresses are no prose.
    BOOST_TEST(
        refusal(posted("consent.recorded", "", R"([{"kind":"email","from":"pat@example.com","message_id":"<a@b.example>"}])"),
                refusing) == "taken");
}

BOOST_AUTO_TEST_CASE(an_opt_out_or_a_block_is_recorded_without_the_text) {
    for (auto const& [kind, name] : {std::pair("opt_out.agent", "reason"), std::pair("contact.blocked", "reason")}) {
        ChangeItem item = posted(kind, member(name, health));
        BOOST_REQUIRE(apply_screens(item, refusing));
        BOOST_TEST(json::write(item.data) == R"({"text_withheld":true})");
        BOOST_TEST(item.sealed.empty());
    }
    std::string const text(health);
    ChangeItem item = posted("opt_out.request", R"("via":"phone",)" + member("words", health),
                             R"([{"kind":"verbal_call","agent":"a7","words":")" + text + R"(","recording":{"ref":")" + text +
                                 R"("},"scope":{"purpose":")" + text + R"("}}])");
    BOOST_REQUIRE(apply_screens(item, refusing));
    BOOST_TEST(json::write(item.data) == R"({"text_withheld":true,"via":"phone"})");
    BOOST_REQUIRE(item.sealed.size() == 1U);
    BOOST_TEST(item.sealed[0].content == R"({"agent":"a7","kind":"verbal_call","recording":{},"scope":{}})");
    BOOST_TEST(item.evidence[0].fields == std::vector<std::string>{"agent"});
    BOOST_TEST(!item.evidence[0].scope.has_value());
}

BOOST_AUTO_TEST_CASE(a_message_is_never_refused) {
    std::string const body = "stop texting me about " + std::string(health);
    InboundMessage const message =
        parse_inbound(
            json::parse(R"({"from":"+15550100123","to":"+15550199999","message_id":"m","body":")" + body + R"("})", 10'000)
                .value())
            .value();
    InboundMessage kept = message;
    apply_screens(kept, flagging);
    BOOST_TEST(kept.kept == message.kept);
    BOOST_TEST(!kept.withheld);
    InboundMessage withheld = message;
    apply_screens(withheld, refusing);
    BOOST_TEST(withheld.kept == R"({"from":"+15550100123","message_id":"m","to":"+15550199999"})");
    BOOST_TEST((withheld.fields == std::vector<std::string>{"from", "message_id", "to"}));
    for (auto const& [as, data] :
         {std::pair(&kept, R"({"suspected":["phi"]})"), std::pair(&withheld, R"({"text_withheld":true})")}) {
        InboundPlan const plan = plan_inbound(*as, 0, flagging, AccountState{}, ContactState{});
        BOOST_TEST((plan.cls == InboundClass::review));
        BOOST_REQUIRE(plan.entries.size() == 1U);
        BOOST_TEST(json::write(plan.entries[0].data) == data);
    }
}

BOOST_AUTO_TEST_CASE(a_huge_message_is_withheld_whole) {
    std::string const padding(40'000, 'x');
    std::string const text = R"({"from":"+15550100123","to":")" + padding + R"(","message_id":"m","body":")" +
                             std::string(health) + padding + R"("})";
    InboundMessage message = parse_inbound(json::parse(text, 1'000'000).value()).value();
    apply_screens(message, refusing);
    BOOST_TEST(message.kept == R"({"from":"+15550100123","message_id":"m"})");
}

BOOST_AUTO_TEST_CASE(cl080_and_cl081_speak_of_what_was_kept_until_it_is_erased) {
    Event event{Kind::opt_in_agent, 0, {{"suspected", json::Array{"phi", "personal_data"}}}};
    event.evidence = {call(0)};
    History history;
    Outcome const outcome = history.add(event);
    BOOST_TEST(raised(outcome, "CL-080", Severity::high));
    BOOST_TEST(raised(outcome, "CL-081", Severity::low));
    BOOST_TEST(find(outcome, "CL-080")->what.empty());
    Outcome const erased = history.add({Kind::subject_erased, 10});
    BOOST_TEST(closed(erased, "CL-080", 1));
    BOOST_TEST(closed(erased, "CL-081", 1));
    event.data = {{"suspected", json::Array{"personal_data"}}};
    BOOST_TEST(!raised(History().add(event), "CL-080"));
    event.data = {};
    Outcome const clean = History().add(event);
    BOOST_TEST(!raised(clean, "CL-080"));
    BOOST_TEST(!raised(clean, "CL-081"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::consent::test
