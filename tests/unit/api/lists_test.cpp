// Check, obligations, lists, contacts and settings: how they are asked and answered, without a ledger.
#include "ledger/core/limits.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using namespace cl::api;
using test::Fixture;

namespace {

constexpr char const* check_path = "/v1/accounts/acme/check";

std::string code(Response const& response) {
    return std::string(Fixture::parsed(response).string("code"));
}

/// The pointer of the one error.
std::string pointer(Response const& response) {
    auto const body = Fixture::parsed(response);
    auto const* errors = body.find("errors");
    BOOST_REQUIRE(errors != nullptr && errors->as_array() != nullptr && errors->as_array()->size() == 1U);
    return std::string(errors->as_array()->front().as_object()->string("pointer"));
}

std::string check_body(std::string const& numbers, std::string const& message = R"({"type":"one_to_one"})") {
    return R"({"numbers":)" + numbers + R"(,"message":)" + message + "}";
}

/// `{"numbers":[…]}` of that many.
std::string many(std::size_t count) {
    std::string numbers = "[";
    for (std::size_t i = 0; i < count; ++i) numbers += (i == 0 ? "" : ",") + std::string(R"("+1 (555) 010-0101")");
    return check_body(numbers + "]");
}

std::int64_t integer(json::Object const& object, std::string_view name) {
    auto const* value = object.find(name);
    BOOST_REQUIRE(value != nullptr && value->as_int() != nullptr);
    return *value->as_int();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lists)

BOOST_AUTO_TEST_CASE(a_check_is_answered_in_the_order_of_the_request_with_reason_seq_and_since) {
    Fixture f;
    auto const response = f.ask(Method::post, check_path, "sender", check_body(R"(["+15550100101","+15550100102"])"));
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == R"({"as_of":{"checkpoint":"note","seq":9},"results":[{"allowed":true,"reason":"ok"},)"
                                R"({"allowed":false,"reason":"opted_out","seq":1,"since":"1970-01-01T00:00:01.000Z"}]})");
    auto const empty = f.ask(Method::post, check_path, "writer", check_body("[]"));
    BOOST_TEST(empty.body == R"({"as_of":{"checkpoint":"note","seq":9},"results":[]})");
}

BOOST_AUTO_TEST_CASE(a_check_that_is_not_acceptable_is_named_by_its_place_and_never_repeated) {
    Fixture f;
    struct Bad {
        std::string body;
        std::string pointer;
    };
    Bad const bad[] = {
        {check_body(R"(["+15550100101","+15550100102","5550100103"])"), "/numbers/2"},
        {check_body(R"(["+15550100101",7])"), "/numbers/1"},
        {check_body(R"("+15550100101")"), "/numbers"},
        {R"({"message":{"type":"campaign"}})", "/numbers"},
        {R"({"numbers":[]})", "/message"},
        {check_body("[]", R"({})"), "/message/type"},
        {check_body("[]", R"({"type":"spam"})"), "/message/type"},
        {check_body("[]", R"({"type":"campaign","list":"a b"})"), "/message/list"},
        {check_body("[]", R"({"type":"campaign","to":"x"})"), "/message/to"},
        {R"({"numbers":[],"message":{"type":"campaign"},"also":1})", "/also"},
        {"[]", ""},
    };
    for (Bad const& one : bad) {
        BOOST_TEST_CONTEXT(one.body) {
            auto const response = f.ask(Method::post, check_path, "sender", one.body);
            BOOST_TEST(response.status == 422);
            BOOST_TEST(pointer(response) == one.pointer);
            BOOST_TEST(response.body.find("5550100") == std::string::npos);
        }
    }
    BOOST_TEST(f.ask(Method::post, check_path, "sender", "{").status == 400);
    BOOST_TEST(f.ask(Method::post, std::string(check_path) + "?number=1", "sender", check_body("[]")).status == 422);
}

BOOST_AUTO_TEST_CASE(a_large_check_is_answered_whole_and_one_number_more_is_too_many) {
    Fixture f;
    auto const response = f.ask(Method::post, check_path, "sender", many(limits::check_numbers));
    BOOST_TEST(response.status == 200);
    auto const value = json::parse(response.body, 32U << 20, 1U << 20);
    BOOST_REQUIRE(value.has_value());
    auto const& results = *value->as_object()->find("results")->as_array();
    BOOST_TEST(results.size() == limits::check_numbers);
    BOOST_TEST(integer(*results.back().as_object(), "seq") == static_cast<std::int64_t>(limits::check_numbers) - 1);
    BOOST_TEST(f.app.memory()->used() == 0U);

    auto const above = f.ask(Method::post, check_path, "sender", many(limits::check_numbers + 1));
    BOOST_TEST(above.status == 413);
    BOOST_TEST(code(above) == "too_large");
}

BOOST_AUTO_TEST_CASE(a_failure_inside_a_check_stays_in_the_log) {
    Fixture f;
    auto const response = f.ask(Method::post, check_path, "sender", check_body("[]", R"({"type":"campaign","list":"broken"})"));
    BOOST_TEST(response.status == 500);
    BOOST_TEST(response.body.find("SELECT") == std::string::npos);
    BOOST_TEST(f.log.find("SELECT") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(obligations_say_age_owner_and_whether_they_are_overdue) {
    Fixture f;
    auto const response = f.ask(Method::get, "/v1/accounts/acme/obligations?assignee=agent-9&limit=7", "writer");
    BOOST_TEST(response.status == 200);
    auto const body = Fixture::parsed(response);
    auto const& data = *body.find("data")->as_array();
    BOOST_REQUIRE(data.size() == 2U);
    auto const& open = *data[0].as_object();
    BOOST_TEST(open.string("status") == "open");
    BOOST_TEST(open.string("assignee") == "agent-9");
    BOOST_TEST(open.string("list") == "promo");
    BOOST_TEST(open.string("due_at") == "1970-01-01T00:00:02.000Z");
    BOOST_TEST(open.string("rule") == "CL-040");
    BOOST_TEST(!open.string("citation").empty());
    BOOST_TEST(*open.find("overdue")->as_bool());
    BOOST_TEST(integer(open, "age_seconds") > 1'000'000);
    auto const& closed = *data[1].as_object();
    BOOST_TEST(closed.string("status") == "closed");
    BOOST_TEST(closed.string("rule") == "CL-015");
    BOOST_TEST(integer(closed, "closed_by") == 8);
    BOOST_TEST(integer(closed, "age_seconds") == 3);  // what it took
    BOOST_TEST(!*closed.find("overdue")->as_bool());
    BOOST_TEST(!closed.contains("list"));
    BOOST_TEST(body.string("next_cursor") == "next/7");
}

BOOST_AUTO_TEST_CASE(filters_that_are_not_known_are_refused) {
    Fixture f;
    for (std::string const target :
         {"obligations?status=done", "obligations?kind=", "obligations?kind=walk", "obligations?assignee=a%20b",
          "obligations?due_before=tomorrow", "obligations?limit=0", "obligations?stat=open", "contacts?status=out",
          "contacts?level=high", "contacts?list=promo", "contacts?limit=1001", "lists?status=open",
          "lists/promo/contacts?status=in", "lists?limit=x"}) {
        BOOST_TEST_CONTEXT(target) {
            BOOST_TEST(f.ask(Method::get, "/v1/accounts/acme/" + target, "auditor").status == 422);
        }
    }
    BOOST_TEST(f.ask(Method::get, "/v1/accounts/acme/obligations?contact=12", "auditor").status == 404);
    BOOST_TEST(f.ask(Method::get, "/v1/accounts/acme/lists/nobody/contacts", "auditor").status == 404);
    BOOST_TEST(f.ask(Method::get, "/v1/accounts/acme/lists/a%20b/contacts", "auditor").status == 404);
    BOOST_TEST(
        f.ask(Method::get, "/v1/accounts/acme/obligations?assignee=&due_before=2026-11-23T00:00:00Z", "auditor").status == 200);
}

BOOST_AUTO_TEST_CASE(lists_and_contacts_are_told_as_they_are) {
    Fixture f;
    auto const lists = f.ask(Method::get, "/v1/accounts/acme/lists", "auditor");
    BOOST_TEST(lists.body.find(R"([{"defined":false,"list":"loose"},{"defined":true,"level_required":"promotional",)"
                               R"("list":"promo","purpose":"marketing","seq":3}])") != std::string::npos);
    auto const contacts = f.ask(Method::get, "/v1/accounts/acme/contacts?status=blocked&level=informational", "auditor");
    BOOST_TEST(contacts.status == 200);
    BOOST_TEST(contacts.body.find(R"("blocked":true)") != std::string::npos);
    BOOST_TEST(contacts.body.find(R"("level":"informational")") != std::string::npos);
    BOOST_TEST(contacts.body.find("membership") == std::string::npos);
    auto const members = f.ask(Method::get, "/v1/accounts/acme/lists/promo/contacts", "auditor");
    BOOST_TEST(members.body.find(R"("membership":{"level":"none","seq":4})") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_setting_is_posted_as_its_entry_under_a_key_of_what_stood_before) {
    Fixture f;
    auto const response = f.ask(Method::put, "/v1/accounts/acme/lists/promo", "admin",
                                R"({"purpose":"marketing","level_required":"promotional"})");
    BOOST_TEST(response.status == 201);
    BOOST_REQUIRE(f.service.asked.size() == 1U);
    auto const& asked = f.service.asked[0];
    BOOST_TEST(asked.account == "acme");
    BOOST_TEST(asked.idempotency_key.starts_with("put\n3\n"));
    auto const& change = *asked.items.at(0).change;
    BOOST_TEST((change.kind == consent::Kind::list_defined));
    BOOST_TEST(change.data.string("list") == "promo");
    BOOST_TEST(change.data.string("purpose") == "marketing");

    f.ask(Method::put, "/v1/accounts/acme/triggers/t.1", "admin",
          R"({"words":["leave"],"match":"exact","class":"optout","list":"promo","reply":"done"})");
    f.ask(Method::put, "/v1/accounts/acme/actors/agent-7", "admin", "{}");
    f.ask(Method::put, "/v1/accounts/acme/policy", "admin",
          R"({"pack":"texting","rules":1,"digest":")" + std::string(64, 'a') + R"("})");
    BOOST_REQUIRE(f.service.asked.size() == 4U);
    BOOST_TEST((f.service.asked[1].items.at(0).change->kind == consent::Kind::trigger_defined));
    BOOST_TEST(f.service.asked[2].items.at(0).change->data.string("actor") == "agent-7");
    BOOST_TEST((f.service.asked[3].items.at(0).change->kind == consent::Kind::policy_activated));
}

BOOST_AUTO_TEST_CASE(a_setting_that_stands_already_is_not_posted_again) {
    Fixture f;
    auto const response = f.ask(Method::put, "/v1/accounts/acme/lists/promo", "admin", R"({"purpose":"the same"})");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(Fixture::parsed(response).string("status") == "replayed");
    BOOST_TEST(f.service.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_setting_that_is_not_acceptable_is_refused_with_a_pointer_into_the_body) {
    Fixture f;
    struct Bad {
        char const* path;
        char const* body;
        char const* pointer;
    };
    Bad const bad[] = {
        {"lists/promo", R"({"purpose":7})", "/purpose"},
        {"lists/promo", R"({"list":"promo"})", "/list"},
        {"lists/promo", R"({"colour":"red"})", "/colour"},
        {"lists/promo", R"({"level_required":"high"})", "/level_required"},
        {"lists/a%20b", R"({})", ""},
        {"triggers/t1", R"({"match":"exact","class":"optout"})", "/words"},
        {"policy", R"({"pack":"texting"})", "/digest"},
        {"actors/agent-7", R"([])", ""},
    };
    for (Bad const& one : bad) {
        BOOST_TEST_CONTEXT(one.path << " " << one.body) {
            auto const response = f.ask(Method::put, "/v1/accounts/acme/" + std::string(one.path), "admin", one.body);
            BOOST_TEST(response.status == 422);
            BOOST_TEST(pointer(response) == one.pointer);
        }
    }
    BOOST_TEST(f.service.asked.empty());
}

BOOST_AUTO_TEST_CASE(each_route_has_its_roles) {
    Fixture f;
    auto const get = [&](std::string const& target, char const* token) {
        return f.ask(Method::get, "/v1/accounts/acme/" + target, token).status;
    };
    for (char const* const token : {"writer", "sender", "auditor"}) {
        BOOST_TEST(f.ask(Method::put, "/v1/accounts/acme/lists/promo", token, "{}").status == 403);
        BOOST_TEST(f.ask(Method::put, "/v1/accounts/acme/policy", token, "{}").status == 403);
    }
    BOOST_TEST(get("obligations", "sender") == 403);
    BOOST_TEST(get("obligations", "writer") == 200);
    BOOST_TEST(get("contacts", "writer") == 403);
    BOOST_TEST(get("lists", "sender") == 403);
    BOOST_TEST(get("lists/promo/contacts", "writer") == 403);
    BOOST_TEST(f.ask(Method::post, "/v1/accounts/other/check", "sender", check_body("[]")).status == 403);
    BOOST_TEST(f.ask(Method::get, "/v1/accounts/acme/lists/promo", "admin").status == 405);
}

BOOST_AUTO_TEST_SUITE_END()
