// A small account with one contact for each thing that a report is about, and the reports of it as values.
#pragma once

#include "ledger/report/report.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace cl::report::test {

using cl::test::need;
using cl::test::ServiceFixture;

inline constexpr Millis second = 1'000;
inline constexpr Millis day = 24 * 3'600 * second;
inline std::string const in_evidence = "+15550100101";
inline std::string const in_bare = "+15550100102";
inline std::string const on_list = "+15550100103";
inline std::string const is_blocked = "+15550100104";
inline std::string const said_stop = "+15550100105";
inline std::string const asked_late = "+15550100106";
inline std::string const was_imported = "+15550100107";

struct Account : ServiceFixture {
    Account() {
        open();
        account_entry("list.defined", R"({"list":"promo","purpose":"marketing"})");
        account_entry("actor.defined", R"({"actor":"agent-7"})");
        account_entry("trigger.defined",
                      R"({"trigger":"t1","words":["leave"],"match":"exact","class":"optout","list":"promo"})");
        add("contact.added", in_evidence, R"({"origin":"manual","name":"Ana =1"})");
        add("opt_in.consent", in_evidence, R"({"method":"form","disclosure":"d1"})", {}, evidence());
        add("opt_in.agent", in_bare, R"({"note":"asked by phone"})", "agent-7");
        add("list.added", on_list, R"({"list":"promo"})", "agent-7");
        send(message("leave", "m1", on_list));
        add("contact.blocked", is_blocked, "{}", "agent-7");
        send(message("Stop", "m2", said_stop));
        add("opt_out.request", asked_late, R"({"via":"email"})", "agent-8", {}, 30 * day);
        post(R"({"kind":"opt_out.stop","phone":")" + was_imported +
             R"(","actor":{"kind":"import","id":"i"},"source":{"record":"imp"},)" + R"("occurred_at":")" +
             format_time(clock.now() - 90 * day) + R"(","data":{}})");
    }

    void account_entry(std::string const& kind, std::string const& data) {
        auto const result = post(R"({"kind":")" + kind + R"(","source":{"record":"a)" + std::to_string(++records) +
                                 R"("},"data":)" + data + "}");
        if (result.problem) throw std::runtime_error(result.problem->detail + result.problem->pointer);
    }
    std::string evidence() const {
        return R"([{"kind":"web_form","occurred_at":")" + format_time(clock.now() - day) +
               R"(","url":"https://acme.example/join","form":"f1","form_version":"2","disclosure":"d1","checkbox_default":"off",)" +
               R"("ip":"192.0.2.1","user_agent":"x","scope":{"purpose":"marketing","lists":["promo"]}}])";
    }
    service::ItemResult add(std::string const& kind, std::string const& phone, std::string const& data,
                            std::string const& agent = {}, std::string const& evidence = {}, Millis ago = 0) {
        std::string text = R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"platform":"crm","record":"r)" +
                           std::to_string(++records) + R"("},"data":)" + data;
        if (!agent.empty()) text += R"(,"actor":{"kind":"agent","id":")" + agent + R"("})";
        if (!evidence.empty()) text += R"(,"evidence":)" + evidence;
        if (ago > 0) text += R"(,"occurred_at":")" + format_time(clock.now() - ago) + "\"";
        auto result = post(text + "}");
        if (result.problem) throw std::runtime_error(result.problem->detail + result.problem->pointer);
        return result;
    }
    std::string id(std::string const& phone) const { return to_hex(need(service->make_queries())->contact_of("acme", phone)); }

    Result<std::string> document(std::string const& name, report::Parameters const& parameters,
                                 service::Queries* from = nullptr) {
        report::Order order;
        CL_TRY_ASSIGN(order.report, report::find_report(name));
        CL_TRY_ASSIGN(order.filter, report::read_filter(*order.report, parameters, report::Format::json));
        order.account = "acme";
        order.origin = service ? service->origin() : "";
        order.vkey = "key";
        order.now = clock.now();
        order.sends = sends;
        auto const running = report::make_report(std::move(order));
        auto const own = from == nullptr ? need(service->make_queries()) : nullptr;
        std::string out;
        for (bool more = true; more;) {
            CL_TRY_ASSIGN(more, running->step(from == nullptr ? *own : *from, out));
        }
        return out;
    }
    json::Object whole(std::string const& name, report::Parameters const& parameters = {}) {
        std::string const text = need(document(name, parameters));
        auto value = need(json::parse(text, 1 << 22));
        return *value.as_object();
    }
    std::vector<json::Object> rows(std::string const& name, report::Parameters const& parameters = {}) {
        json::Object const all = whole(name, parameters);
        std::vector<json::Object> data;
        for (json::Value const& row : *all.find("data")->as_array()) data.push_back(*row.as_object());
        BOOST_TEST(*all.find("rows")->as_int() == static_cast<std::int64_t>(data.size()));
        return data;
    }
    /// The numbers of its rows, sorted.
    std::vector<std::string> phones(std::string const& name, report::Parameters const& parameters = {}) {
        std::vector<std::string> all;
        for (json::Object const& row : rows(name, parameters)) all.emplace_back(row.string("phone"));
        std::sort(all.begin(), all.end());
        return all;
    }
    /// The one row of a number.
    json::Object row_of(std::string const& name, std::string const& phone, report::Parameters const& parameters = {}) {
        std::vector<json::Object> found;
        for (json::Object const& row : rows(name, parameters)) {
            if (row.string("phone") == phone) found.push_back(row);
        }
        BOOST_REQUIRE_MESSAGE(found.size() == 1, name + " has " + std::to_string(found.size()) + " rows of it");
        return found.front();
    }

    int records = 0;
    std::string sends;  ///< for the report about them
};

using Strings = std::vector<std::string>;

inline std::string said(json::Object const& row, std::string_view name) {
    json::Value const* const value = row.find(name);
    return value == nullptr ? "-" : json::write(*value);
}

}  // namespace cl::report::test
