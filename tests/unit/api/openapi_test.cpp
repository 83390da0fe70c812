// The OpenAPI document says what the program does, both ways: routes, access, bodies, problems, kinds, reports, limits.
#include "api/openapi.hpp"

#include "ledger/consent/data_schema.hpp"
#include "ledger/consent/pack.hpp"
#include "ledger/consent/rules.hpp"
#include "ledger/core/limits.hpp"
#include "ledger/report/request.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace cl::api {

namespace {

using Names = std::set<std::string>;

json::Object const& document() {
    static json::Object const parsed = [] {
        auto const value = json::parse(openapi_document(), 16 << 20, 1 << 20);
        BOOST_REQUIRE_MESSAGE(value.has_value(), (value ? std::string() : value.error().detail));
        return *value->as_object();
    }();
    return parsed;
}

/// What is there below the names; an empty object where nothing is.
json::Object at(json::Object const& object, std::initializer_list<std::string_view> names) {
    json::Object const* found = &object;
    for (std::string_view const name : names) {
        json::Value const* const value = found->find(name);
        if (value == nullptr || value->as_object() == nullptr) return {};
        found = value->as_object();
    }
    return *found;
}

json::Object schema(std::string const& name) {
    return at(document(), {"components", "schemas", name});
}

Names texts(json::Object const& object, std::string_view name) {
    Names out;
    json::Value const* const value = object.find(name);
    if (value == nullptr || value->as_array() == nullptr) return out;
    for (json::Value const& one : *value->as_array()) out.insert(*one.as_string());
    return out;
}

Names members(json::Object const& object) {
    Names out;
    for (json::Member const& member : object) out.insert(member.name);
    return out;
}

bool flag(json::Object const& object, std::string_view name) {
    json::Value const* const value = object.find(name);
    return value != nullptr && value->as_bool() != nullptr && *value->as_bool();
}

std::int64_t integer(json::Object const& object, std::string_view name) {
    json::Value const* const value = object.find(name);
    return value != nullptr && value->as_int() != nullptr ? *value->as_int() : 0;
}

/// Operations by "METHOD pattern"; those of several paths may be one route's (reports).
std::multimap<std::string, json::Object> operations() {
    std::multimap<std::string, json::Object> out;
    for (json::Member const& path : at(document(), {"paths"})) {
        for (json::Member const& method : *path.value.as_object()) {
            json::Object const& operation = *method.value.as_object();
            std::string_view const route = operation.string("x-route");
            std::string name = method.name;
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
            out.emplace(name + " " + std::string(route.empty() ? std::string_view(path.name) : route), operation);
        }
    }
    return out;
}

std::string key(Route const& route) {
    return std::string(name(route.method)) + " " + std::string(route.pattern);
}

/// `opt_in.agent` -> `OptInAgent`.
std::string pascal(std::string_view text) {
    std::string out;
    bool first = true;
    for (char const c : text) {
        if (c == '.' || c == '_' || c == '-') {
            first = true;
        } else {
            out += first ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
            first = false;
        }
    }
    return out;
}

Names required_of(consent::Kind kind) {
    Names out;
    for (consent::MemberRule const& rule : consent::data_members(kind)) {
        if (rule.required) out.emplace(rule.name);
    }
    return out;
}

Names members_of(consent::Kind kind, bool posted) {
    Names out;
    for (consent::MemberRule const& rule : consent::data_members(kind)) {
        if (!posted || !rule.by_server) out.emplace(rule.name);
    }
    if (posted) return out;
    for (consent::MemberRule const& rule : consent::server_members(kind)) out.emplace(rule.name);
    return out;
}

/// The `enum` of each member that has one, against the choices of the program.
void check_choices(consent::Kind kind, json::Object const& properties) {
    for (consent::MemberRule const& rule : consent::data_members(kind)) {
        Names const choices(rule.choices.begin(), rule.choices.end());
        if (!choices.empty() && properties.contains(rule.name)) {
            BOOST_TEST((texts(at(properties, {rule.name}), "enum") == choices), rule.name);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi_test)

BOOST_AUTO_TEST_CASE(every_route_is_documented_and_every_operation_is_a_route) {
    auto const documented = operations();
    Names routes;
    for (Route const& route : all_routes()) {
        routes.insert(key(route));
        BOOST_TEST(
            documented.contains(key(route)),
            key(route) << " is in api/routes.cpp and in no file of docs/openapi: describe it in the file of its resource "
                          "(docs/openapi/README.md says how).");
    }
    for (auto const& [name, operation] : documented) {
        BOOST_TEST(routes.contains(name),
                   name << " (" << operation.string("operationId")
                        << ") is in docs/openapi and not in api/routes.cpp: remove it there, or add the route.");
    }
}

BOOST_AUTO_TEST_CASE(who_may_call_and_what_a_body_may_be_are_as_written) {
    auto const documented = operations();
    for (Route const& route : all_routes()) {
        auto const [first, last] = documented.equal_range(key(route));
        for (auto one = first; one != last; ++one) {
            json::Object const& operation = one->second;
            BOOST_TEST_CONTEXT(key(route) << ": docs/openapi differs from api/routes.cpp") {
                json::Object const access = at(operation, {"x-access"});
                Names roles;
                for (consent::Role const role : route.access.roles) roles.emplace(consent::name(role));
                BOOST_TEST((texts(access, "roles") == roles), "x-access.roles");
                BOOST_TEST(flag(access, "public") == route.access.is_public);
                BOOST_TEST(flag(access, "signature") == route.access.by_signature);
                BOOST_TEST(flag(access, "all-accounts") == route.access.needs_all_accounts);
                BOOST_TEST(flag(access, "admin-socket") == route.access.admin_socket_only);
                std::string_view const over_rate = access.string("over-rate");
                BOOST_TEST((over_rate == "taken") == (route.access.over_rate == OverRate::taken));
                BOOST_TEST((over_rate == "judged") == (route.access.over_rate == OverRate::judged));
                BOOST_TEST(static_cast<std::size_t>(integer(operation, "x-body-limit")) == route.body_limit);
                Names const types(route.body_types.begin(), route.body_types.end());
                BOOST_TEST((members(at(operation, {"requestBody", "content"})) == types), "requestBody.content");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_failure_that_a_client_can_meet_is_a_problem_of_the_catalogue) {
    json::Object const catalogue = at(document(), {"x-problems"});
    for (int i = 0; i <= static_cast<int>(errc::clock_jump); ++i) {
        auto const code = static_cast<errc>(i);
        if (status_of(code) == 500) continue;
        BOOST_TEST_CONTEXT(name(code) << ": describe it in docs/openapi/problems.yaml") {
            auto const posed = json::parse(problem(fail(code, "detail")).body, 4'096);
            json::Object const& body = *posed->as_object();
            json::Object const written = at(catalogue, {name(code)});
            BOOST_TEST(written.string("title") == body.string("title"));
            BOOST_TEST(integer(written, "status") == status_of(code));
            BOOST_TEST(body.string("type") == "/problems/" + std::string(name(code)));
            BOOST_TEST(!problem_page(name(code)).empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(every_kind_has_the_members_that_the_program_takes_and_stores) {
    Names kinds;
    for (consent::KindInfo const& row : consent::all_kinds()) {
        kinds.emplace(row.name);
        BOOST_TEST_CONTEXT(row.name << ": docs/openapi/kinds.yaml differs from ledger/consent/data_schema.cpp") {
            json::Object const stored = at(schema("Entry" + pascal(row.name)), {"properties", "data"});
            BOOST_TEST((members(at(stored, {"properties"})) == members_of(row.kind, false)), "data, as stored");
            BOOST_TEST((texts(stored, "required") == required_of(row.kind)), "required in data, as stored");
            check_choices(row.kind, at(stored, {"properties"}));
            json::Object const posted = at(schema("Change" + pascal(row.name)), {"properties", "data"});
            // What an export states is found by the export.
            bool const not_posted = row.by_program_only || row.kind == consent::Kind::export_issued;
            BOOST_TEST(posted.empty() == not_posted);
            if (not_posted) continue;
            BOOST_TEST((members(at(posted, {"properties"})) == members_of(row.kind, true)), "data, as posted");
            BOOST_TEST((texts(posted, "required") == required_of(row.kind)), "required in data, as posted");
            check_choices(row.kind, at(posted, {"properties"}));
        }
    }
    BOOST_TEST((texts(schema("Kind"), "enum") == kinds),
               "docs/openapi/kinds.yaml has other kinds than ledger/consent/kinds.cpp");
}

BOOST_AUTO_TEST_CASE(every_report_has_its_filters) {
    for (report::ReportInfo const& info : report::all_reports()) {
        std::string const path = "/v1/accounts/{account}/reports/" + std::string(info.name);
        BOOST_TEST_CONTEXT(info.name << ": docs/openapi/reports.yaml differs from ledger/report/request.cpp") {
            json::Object const operation = at(document(), {"paths", path, info.takes_sends ? "post" : "get"});
            BOOST_REQUIRE(!operation.empty());
            Names written;
            for (json::Value const& one : *operation.find("parameters")->as_array()) {
                std::string_view name = one.as_object()->string("name");
                if (name.empty()) {
                    name = one.as_object()->string("$ref");
                    name.remove_prefix(name.rfind('/') + 1);
                    if (name.starts_with("report-")) name.remove_prefix(7);
                    name = name.substr(0, name.find("-required"));
                    if (name.starts_with("kind-")) name = "kind";
                }
                written.emplace(name);
            }
            Names taken(info.filters.begin(), info.filters.end());
            for (char const* const always : {"account", "format", "profile", "personal"}) taken.emplace(always);
            BOOST_TEST((written == taken), "filters");
        }
    }
}

BOOST_AUTO_TEST_CASE(rules_and_packs_are_those_of_the_program) {
    Names rules;
    for (consent::RuleInfo const& rule : consent::all_rules()) rules.emplace(rule.id);
    BOOST_TEST((texts(schema("KnownRule"), "enum") == rules), "docs/openapi/values.yaml: KnownRule");
    Names packs;
    for (consent::Pack const& pack : consent::all_packs()) packs.emplace(pack.name);
    BOOST_TEST((texts(schema("PackName"), "enum") == packs), "docs/openapi/values.yaml: PackName");
}

BOOST_AUTO_TEST_CASE(limits_are_those_of_the_program) {
    json::Object const limit = at(document(), {"components", "parameters", "limit", "schema"});
    BOOST_TEST(integer(limit, "maximum") == static_cast<std::int64_t>(limits::page_items));
    BOOST_TEST(integer(limit, "default") == static_cast<std::int64_t>(limits::page_items_default));
    json::Object const check = schema("CheckRequest");
    BOOST_TEST(integer(at(check, {"properties", "numbers"}), "maxItems") == static_cast<std::int64_t>(limits::check_numbers));
    BOOST_TEST(integer(schema("EvidenceItems"), "maxItems") == static_cast<std::int64_t>(limits::evidence_items));
    BOOST_TEST(integer(schema("Ids"), "maxItems") == static_cast<std::int64_t>(limits::lists_per_item));
    BOOST_TEST(integer(schema("Text"), "maxLength") == static_cast<std::int64_t>(limits::text_bytes));
}

BOOST_FIXTURE_TEST_CASE(it_is_served_with_a_tag, test::Fixture) {
    Response const whole = ask(Method::get, "/openapi.json");
    BOOST_TEST(whole.status == 200);
    BOOST_TEST(whole.content_type == "application/json");
    BOOST_TEST(whole.body == openapi_document());
    Request again;
    again.method = Method::get;
    again.path = "/openapi.json";
    again.if_none_match = openapi_etag();
    auto admitted = app.admit(again);
    BOOST_REQUIRE(admitted.has_value());
    app.handle(std::move(*admitted), std::move(again), [](Response const& response) {
        BOOST_TEST(response.status == 304);
        BOOST_TEST(response.body.empty());
    });
}

BOOST_FIXTURE_TEST_CASE(a_problems_type_leads_to_its_page, test::Fixture) {
    Response const page = ask(Method::get, "/problems/busy");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.content_type == "text/html; charset=utf-8");
    BOOST_TEST(page.body.find("The service is busy") != std::string::npos);
    BOOST_TEST(ask(Method::get, "/problems/nothing").status == 404);
    BOOST_TEST(problem_page("").empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
