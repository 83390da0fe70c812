// What the reports say of who was erased, and of who came back since.
#include "ledger/core/limits.hpp"
#include "tests/unit/report/account.hpp"

using namespace cl;
using namespace cl::report::test;

BOOST_FIXTURE_TEST_SUITE(erased, Account)

BOOST_AUTO_TEST_CASE(who_was_erased_is_told_as_erased_everywhere) {
    add("subject.erased", in_evidence, "{}");
    auto const all = rows("contact-dossier", {{"contact", id(in_evidence)}});
    BOOST_REQUIRE(all.size() == 3);
    BOOST_TEST(all[0].string("texts") == "name: erased");
    BOOST_TEST(all[1].string("evidence_opened") == "erased");
    BOOST_TEST(phones("consent-register") == (Strings{in_bare, on_list, "erased", "erased"}));
    BOOST_TEST(row_of("suppression", "erased").string("reason") == "erased");
    json::Object const list = whole("suppression");
    BOOST_TEST(json::write(*list.find("summary")) == R"({"left_out":[{"contacts":1,"what":"number erased"}]})");
    for (report::ReportInfo const& one : report::all_reports()) {
        report::Parameters parameters{{"format", "csv"}};
        if (one.name == "contact-dossier") parameters.emplace_back("contact", id(in_evidence));
        BOOST_TEST(need(document(std::string(one.name), parameters)).find(in_evidence) == std::string::npos, one.name);
    }
}

BOOST_AUTO_TEST_CASE(who_comes_back_after_an_erasure_is_shown_by_number_again) {
    add("subject.erased", said_stop, "{}");
    auto const shaped = [&](std::string const& shape) { return need(document("suppression", {{"shape", shape}})); };
    BOOST_TEST(shaped("aws").find(said_stop) == std::string::npos);
    clock.advance(second);
    send(message("hello", "back", said_stop));
    BOOST_TEST(row_of("retention", said_stop).string("state") == "opted_in");
    BOOST_TEST(row_of("retention", said_stop).find("erased_by") != nullptr);
    clock.advance(second);
    send(message("Stop", "again", said_stop));
    for (std::string const shape : {"twilio", "aws", "azure"}) {
        BOOST_TEST(shaped(shape).find(said_stop) != std::string::npos, shape);
    }
    // What was erased is not shown by it.
    auto const all = rows("contact-dossier", {{"contact", id(said_stop)}});
    BOOST_REQUIRE(all.size() == 4);
    BOOST_TEST(all[0].string("evidence_opened") == "erased");
    BOOST_TEST(all[3].string("evidence_opened").find("Stop") != std::string::npos);
    BOOST_TEST(row_of("suppression", said_stop).string("reason") == "opted_out");
}

BOOST_AUTO_TEST_CASE(who_was_erased_and_came_back_is_on_the_list_since_then) {
    add("subject.erased", said_stop, "{}");
    clock.advance(2 * day);
    Millis const back = clock.now();
    auto const shaped = [&](report::Parameters more) {
        more.emplace_back("shape", "e164");
        return need(document("suppression", more)).find(said_stop) != std::string::npos;
    };
    BOOST_TEST(!shaped({{"from", format_time(back)}}));
    add("consent.recorded", said_stop, "{}", {}, evidence());  // does not opt in, and revokes nothing
    BOOST_TEST(row_of("suppression", said_stop).string("reason") == "erased");
    BOOST_TEST(shaped({{"from", format_time(back)}}));
    BOOST_TEST(shaped({{"from", format_time(back)}, {"to", format_time(back + day)}}));
    BOOST_TEST(!shaped({{"from", format_time(back + day)}}));
}

BOOST_AUTO_TEST_CASE(an_erasure_in_the_middle_of_a_dossier_takes_the_name_in_its_last_lines_too) {
    for (std::size_t i = 0; i < limits::report_page_items; ++i) {
        add("contact.edited", in_evidence, R"({"fields":["email"]})");
    }
    report::Order order;
    order.report = need(report::find_report("contact-dossier"));
    order.filter = need(report::read_filter(*order.report, {{"contact", id(in_evidence)}}, report::Format::json));
    order.account = "acme";
    order.origin = service->origin();
    order.now = clock.now();
    auto const running = report::make_report(std::move(order));
    auto const queries = need(service->make_queries());
    std::string out;
    bool more = true;
    while (more && out.find("Ana =1") == std::string::npos) more = need(running->step(*queries, out));
    BOOST_REQUIRE(more);
    add("subject.erased", in_evidence, "{}");
    std::string rest;
    while (more) more = need(running->step(*queries, rest));
    BOOST_TEST(rest.find("Ana =1") == std::string::npos);
    BOOST_TEST(rest.find(R"("name":"erased")") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
