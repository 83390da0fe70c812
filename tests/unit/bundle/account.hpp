// A small account, the bundles of it, and their files as values.
#pragma once

#include "ledger/bundle/bundle.hpp"
#include "ledger/bundle/planner.hpp"
#include "tests/support/service_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cl::bundle::test {

using cl::test::item;
using cl::test::need;
using cl::test::ServiceFixture;

inline std::string const ana = "+15550100101";
inline std::string const bob = "+15550100102";
inline std::string const eve = "+15550100103";

using Files = std::map<std::string, std::string>;

inline std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

/// The files of a zip that has their sizes in front of them, by the name below its folder; read from the front, without its directory.
inline Files files_of(std::string_view zip) {
    Files files;
    while (zip.substr(0, 4) == "PK\x03\x04") {
        std::size_t const size = little(zip, 18, 4);
        std::size_t const name = little(zip, 26, 2);
        std::size_t const body = 30 + name + little(zip, 28, 2);
        std::string_view const path = zip.substr(30, name);
        files[std::string(path.substr(path.find('/') + 1))] = zip.substr(body, size);
        zip.remove_prefix(body + size);
    }
    BOOST_TEST(zip.substr(0, 4) == "PK\x01\x02");
    return files;
}

inline std::vector<json::Object> lines_of(std::string const& text) {
    std::vector<json::Object> all;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const end = text.find('\n', at);
        BOOST_REQUIRE(end != std::string::npos);
        auto value = need(json::parse(std::string_view(text).substr(at, end - at), 1'000'000));
        all.push_back(std::move(*value.as_object()));
        at = end + 1;
    }
    return all;
}

inline std::int64_t number(json::Object const& object, std::string_view name) {
    json::Value const* const value = object.find(name);
    return value == nullptr || value->as_int() == nullptr ? -1 : *value->as_int();
}

struct Account : ServiceFixture {
    Account() {
        open();
        define("other");
        account_entry("list.defined", R"({"list":"promo","name":"Promo","purpose":"marketing"})");
        account_entry("actor.defined", R"({"actor":"agent-7","name":"Sam Agent"})");
        add("contact.added", ana, R"({"origin":"manual","name":"Ana =1"})");
        add("opt_in.agent", bob, R"({"note":"asked by phone"})");
        add("list.added", ana, R"({"list":"promo"})");
        send(message("Stop", "m1", ana));
        clock.advance(hour);
        middle = clock.now();
        add("opt_in.agent", eve, R"({"note":"walked in"})");
        add("list.removed", ana, R"({"list":"promo"})");
        clock.advance(hour);
        late = clock.now();
        add("contact.blocked", bob, "{}");
        post("other",
             {item(R"({"kind":"contact.added","phone":"+15550100109","source":{"record":"x"},"data":{"origin":"manual"}})")});
    }

    void account_entry(std::string const& kind, std::string const& data) {
        post(R"({"kind":")" + kind + R"(","source":{"record":")" + kind + R"("},"data":)" + data + "}");
    }
    service::ItemResult add(std::string const& kind, std::string const& phone, std::string const& data) {
        auto result = post(R"({"kind":")" + kind + R"(","phone":")" + phone + R"(","source":{"platform":"crm","record":"r)" +
                           std::to_string(++records) + R"("},"data":)" + data + "}");
        if (result.problem) throw std::runtime_error(result.problem->detail + result.problem->pointer);
        return result;
    }
    std::string id(std::string const& phone) const { return to_hex(need(service->make_queries())->contact_of("acme", phone)); }

    static Asked asked(std::string_view text) { return need(read_asked(need(json::parse(text, 10'000)))); }
    Planner planner(Asked of, std::string account = "acme") const {
        return Planner(std::move(account), std::move(of),
                       Ledger{service->origin(), note::to_vkey(service->verifier_key()), "test 1"});
    }
    Result<Planner> plan(Asked of, std::string account = "acme") const {
        Planner planner = this->planner(std::move(of), std::move(account));
        auto const queries = need(service->make_queries());
        for (bool more = true; more;) {
            CL_TRY_ASSIGN(more, planner.step(*queries));
        }
        return planner;
    }
    void erase(std::string const& phone) {
        auto const done = post(R"({"kind":"subject.erased","contact":")" + id(phone) + R"(","source":{"record":"erase-)" +
                               phone.back() + R"("},"data":{}})");
        BOOST_TEST((done.status == service::ItemStatus::recorded));
    }
    /// Why a bundle cannot be promised; nothing: it can.
    std::optional<errc> refused(Planner const& plan, Seq issued) const {
        Bundle bundle(plan.plan(), issued);
        auto const queries = need(service->make_queries());
        for (;;) {
            auto const more = bundle.prepare(*queries);
            if (!more) return more.error().code;
            if (!*more) return std::nullopt;
        }
    }
    /// Records the statement of a plan, as the API does.
    Seq issue(Planner const& plan) const {
        if (plan.issued()) return *plan.issued();
        auto const said = json::write(json::Object{{"kind", "export.issued"},
                                                   {"source", json::Object{{"record", "x" + std::to_string(entries().size())}}},
                                                   {"data", plan.statement()}});
        auto const result = post(said);
        if (result.problem) throw std::runtime_error(result.problem->detail + result.problem->pointer);
        return result.seq;
    }
    std::string zip(Planner const& plan, Seq issued) const {
        Bundle bundle(plan.plan(), issued);
        auto const queries = need(service->make_queries());
        std::string out;
        while (need(bundle.step(*queries, out))) {
        }
        BOOST_TEST(bundle.progress() == 1'000);
        return out;
    }
    std::string zip(std::string_view of) const {
        Planner const plan = need(this->plan(asked(of)));
        return zip(plan, issue(plan));
    }
    Files files(std::string_view of) const { return files_of(zip(of)); }

    static constexpr Millis hour = 3'600'000;
    Millis middle = 0;
    Millis late = 0;
    int records = 0;
};

inline std::vector<std::int64_t> numbers(std::string const& text, std::string_view name) {
    std::vector<std::int64_t> all;
    for (json::Object const& line : lines_of(text)) all.push_back(number(line, name));
    return all;
}

}  // namespace cl::bundle::test
