// What may be asked of which report: a filter is applied or refused, never ignored.
#include "ledger/report/request.hpp"

#include <boost/test/unit_test.hpp>

using namespace cl;
using namespace cl::report;

namespace {

Result<Filter> ask(std::string_view name, Parameters const& parameters) {
    return read_filter(*find_report(name).value(), parameters, Format::json);
}

std::string const id(64, 'a');

}  // namespace

BOOST_AUTO_TEST_SUITE(request)

BOOST_AUTO_TEST_CASE(every_report_is_found_by_its_name) {
    for (ReportInfo const& one : all_reports()) BOOST_TEST(find_report(one.name).value() == &one);
    BOOST_TEST((find_report("secrets").error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(what_is_given_is_read_and_told_again) {
    auto const filter = ask("manual-changes", {{"from", "2026-11-01T00:00:00Z"},
                                               {"to", "2026-12-01T00:00:00+01:00"},
                                               {"list", "promo"},
                                               {"kind", "list.added"},
                                               {"kind", "list.removed"},
                                               {"actor", "agent-7"},
                                               {"contact", id},
                                               {"format", "csv"},
                                               {"profile", "spreadsheet"},
                                               {"personal", "masked"}});
    BOOST_REQUIRE(filter);
    BOOST_TEST(*filter->from == parse_rfc3339("2026-11-01T00:00:00Z").value());
    BOOST_TEST(filter->kinds.size() == 2);
    BOOST_TEST(filter->actor == "agent-7");
    BOOST_TEST(to_hex(*filter->contact) == id);
    BOOST_TEST((filter->format == Format::csv && filter->profile == Profile::spreadsheet));
    BOOST_TEST((filter->personal == Personal::masked));
    BOOST_TEST(filter->said.size() == 8);  // format and profile are no filters
    BOOST_TEST(ask("findings", {})->status == "open");
    BOOST_TEST(ask("findings", {{"kind", "CL-001"}})->kinds.front() == "CL-001");
}

BOOST_AUTO_TEST_CASE(a_time_finer_than_a_millisecond_is_rounded_up) {
    auto const filter = ask("findings", {{"from", "2026-11-23T18:15:51.5649Z"}, {"to", "2026-11-23T18:15:51.5651Z"}});
    BOOST_REQUIRE(filter);
    BOOST_TEST(format_time(*filter->from) == "2026-11-23T18:15:51.565Z");
    BOOST_TEST(format_time(*filter->to) == "2026-11-23T18:15:51.566Z");
    BOOST_TEST(filter->said.front().second == "2026-11-23T18:15:51.5649Z");
    // Nothing is between them that a millisecond could name.
    BOOST_TEST(!ask("findings", {{"from", "2026-11-23T18:15:51.5641Z"}, {"to", "2026-11-23T18:15:51.5649Z"}}));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_meant_is_refused) {
    struct Bad {
        char const* report;
        Parameters parameters;
    };
    Bad const all[] = {{"findings", {{"colour", "red"}}},
                       {"chain-certificate", {{"list", "promo"}}},
                       {"retention", {{"actor", "a"}}},
                       {"findings", {{"list", "a"}, {"list", "b"}}},
                       {"findings", {{"format", "pdf"}}},
                       {"findings", {{"format", "html"}, {"profile", "spreadsheet"}}},
                       {"findings", {{"profile", "bare"}, {"format", "csv"}}},
                       {"findings", {{"from", "yesterday"}}},
                       {"findings", {{"from", "2026-11-01T00:00:00"}}},
                       {"findings", {{"from", "2026-11-02T00:00:00Z"}, {"to", "2026-11-02T00:00:00Z"}}},
                       {"findings", {{"status", "late"}}},
                       {"findings", {{"kind", "no.kind"}}},
                       {"manual-changes", {{"kind", "CL-001"}}},
                       {"manual-changes", {{"contact", "+15550100101"}}},
                       {"manual-changes", {{"list", "a b"}}},
                       {"contact-dossier", {}},
                       {"suppression", {{"sender", "MG1"}}},
                       {"suppression", {{"shape", "twilio"}, {"format", "html"}}},
                       {"suppression", {{"shape", "twilio"}, {"personal", "none"}}},
                       {"suppression", {{"shape", "aws"}, {"format", "csv"}, {"profile", "spreadsheet"}}}};
    for (Bad const& bad : all) {
        auto const filter = ask(bad.report, bad.parameters);
        BOOST_REQUIRE_MESSAGE(!filter, bad.report);
        BOOST_TEST((filter.error().code == errc::invalid));
        BOOST_TEST(filter.error().detail.find("1555") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(documents_have_a_type_and_a_name) {
    ReportInfo const& list = *find_report("suppression").value();
    auto const csv = ask("suppression", {{"format", "csv"}}).value();
    auto const lines = ask("suppression", {{"shape", "azure"}}).value();
    BOOST_TEST(media_type(csv) == "text/csv; charset=utf-8; header=present");
    BOOST_TEST(media_type(lines) == "application/x-ndjson");
    BOOST_TEST(media_type(ask("findings", {}).value()) == "application/json");
    BOOST_TEST(file_name(list, "acme", csv) == "acme-suppression.csv");
    BOOST_TEST(file_name(list, "acme", lines) == "acme-suppression.ndjson");
}

BOOST_AUTO_TEST_SUITE_END()
