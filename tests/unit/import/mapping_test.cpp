// Rows of the platforms' own files, and of files of nobody's, as the changes that are posted for them.
#include "api/import/mapping.hpp"

#include "ledger/consent/change_item.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api::import {
namespace {

using Cells = std::vector<std::string_view>;

std::string fixed_name(std::string_view) {
    return "r";
}

Mapping make(Cells const& header, Wishes wishes = {}) {
    auto mapping = Mapping::make(header, std::move(wishes));
    std::string const fault = mapping ? std::string() : mapping.error().detail;
    BOOST_REQUIRE_MESSAGE(mapping.has_value(), fault);
    return std::move(*mapping);
}

/// The changes as `kind` and `data`, one a line; each is one that the service would take.
std::string read(Mapping const& mapping, Cells const& cells) {
    auto const changes = mapping.changes(cells, fixed_name);
    if (!changes) return "! " + changes.error().detail;
    std::string out;
    for (json::Object const& change : *changes) {
        auto const parsed = consent::parse_change(change);
        std::string const fault = parsed ? std::string() : parsed.error().pointer + " " + parsed.error().detail;
        BOOST_TEST(parsed.has_value(), fault);
        BOOST_TEST(change.find("actor")->as_object()->string("kind") == "import");
        json::Value const* const data = change.find("data");
        out += (out.empty() ? "" : " ") + std::string(change.string("kind"));
        if (data != nullptr) out += json::write(*data);
    }
    return out;
}

Wishes with(std::map<std::string, std::string> columns, std::map<std::string, std::string> constants = {}) {
    Wishes wishes;
    wishes.columns = std::move(columns);
    wishes.constants = std::move(constants);
    return wishes;
}

BOOST_AUTO_TEST_SUITE(import_mapping)

BOOST_AUTO_TEST_CASE(aws) {
    Mapping const mapping = make({"OptedOutNumber", "OptedOutTimestamp", "EndUserOptedOut"});
    BOOST_TEST(mapping.shape() == "aws");
    auto const changes = mapping.changes({"+15550100101", "1700000000.5", "true"}, fixed_name).value();
    BOOST_REQUIRE(changes.size() == 1U);
    BOOST_TEST(json::write(changes[0]) == R"({"actor":{"id":"import","kind":"import"},"kind":"opt_out.stop",)"
                                          R"("occurred_at":"2023-11-14T22:13:20.500Z","phone":"+15550100101",)"
                                          R"("source":{"platform":"aws","record":"r"}})");
    BOOST_TEST(read(mapping, {"15550100101", "2023-11-14T22:13:20Z", "false"}) == "opt_out.agent");
    BOOST_TEST(read(mapping, {"+15550100101", "", ""}) == "opt_out.agent");
    BOOST_TEST(read(mapping, {"+15550100101", "", "perhaps"}) == "! asked_by_contact: neither yes nor no");
}

BOOST_AUTO_TEST_CASE(twilio) {
    Mapping const mapping = make({"contact_id", "correlation_id", "sender_id", "status", "source", "date_of_consent"});
    BOOST_TEST(mapping.shape() == "twilio");
    auto const row = [&](char const* status, char const* source) {
        return read(mapping, {"+15550100101", "c1", "MG0123", status, source, "2026-01-02T03:04:05Z"});
    };
    BOOST_TEST(row("opt-out", "opt-out-message") == "opt_out.stop");
    BOOST_TEST(row("opt-out", "website") == R"(opt_out.request{"via":"web"})");
    BOOST_TEST(row("opt-out", "offline") == "opt_out.agent");
    // What Twilio calls consent is a status without its evidence.
    BOOST_TEST(row("opt-in", "website") == R"(contact.added{"origin":"import"})");
    BOOST_TEST(row("re-opt-in", "website") == "! status: no word that is known");
}

BOOST_AUTO_TEST_CASE(azure) {
    Mapping const mapping = make({"Sender", "Recipient", "Country"});
    BOOST_TEST(mapping.shape() == "azure");
    auto const changes = mapping.changes({"+15550199999", "+15550100101", "US"}, fixed_name).value();
    BOOST_REQUIRE(changes.size() == 1U);
    BOOST_TEST(changes[0].string("kind") == "opt_out.agent");
    BOOST_TEST(changes[0].string("to") == "+15550199999");
    BOOST_TEST(!changes[0].contains("occurred_at"));
}

BOOST_AUTO_TEST_CASE(contacts_with_status_and_lists) {
    Mapping const mapping = make({"Phone", "Full name", "Opted in", "Blocked", "Lists", "Created at", "Occurred at"});
    BOOST_TEST(mapping.shape() == "csv");
    auto const row = [&](char const* in, char const* blocked, char const* lists) {
        return read(mapping,
                    {"tel:+1 (555) 010-0101", "Nora", in, blocked, lists, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"});
    };
    BOOST_TEST(row("yes", "", "") == R"(contact.added{"name":"Nora","origin":"import"})");
    BOOST_TEST(row("yes", "no", "promo; news;promo") ==
               R"(contact.added{"name":"Nora","origin":"import"} list.added{"list":"promo"} list.added{"list":"news"})");
    BOOST_TEST(row("no", "no", "promo") == R"(list.added{"list":"promo"} opt_out.agent)");
    BOOST_TEST(row("no", "yes", "") == "opt_out.agent contact.blocked");
    BOOST_TEST(row("yes", "yes", "") == "contact.blocked");
    BOOST_TEST(row("", "", "promo") == R"(contact.added{"name":"Nora","origin":"import"} list.added{"list":"promo"})");
    BOOST_TEST(row("", "", "") == "! status: empty");
    BOOST_TEST(row("perhaps", "", "") == "! opted_in: neither yes nor no");
    auto const changes =
        mapping.changes({"+15550100101", "", "yes", "", "a", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"}, fixed_name)
            .value();
    BOOST_TEST(changes.at(0).string("occurred_at") == "2026-01-01T00:00:00.000Z");
    BOOST_TEST(changes.at(1).string("occurred_at") == "2026-01-01T00:00:00.000Z");
}

BOOST_AUTO_TEST_CASE(opt_outs_as_far_as_they_are_told) {
    Mapping const mapping = make({"phone", "opted_out", "keyword", "via", "reason", "opt_out_list"});
    auto const row = [&](char const* out, char const* keyword, char const* via, char const* reason, char const* list) {
        return read(mapping, {"+15550100101", out, keyword, via, reason, list});
    };
    BOOST_TEST(row("yes", "STOP", "", "", "") == R"(opt_out.stop{"keyword":"STOP"})");
    BOOST_TEST(row("yes", "", "email", "no more", "") == R"(opt_out.request{"via":"email","words":"no more"})");
    BOOST_TEST(row("yes", "", "", "agent's note", "") == R"(opt_out.agent{"reason":"agent's note"})");
    BOOST_TEST(row("", "", "web", "", "promo") == R"(opt_out.request{"list":"promo","via":"web"})");
    BOOST_TEST(row("", "", "", "", "promo") == "! via: required for the opt-out of one list");
    BOOST_TEST(row("no", "", "", "", "") == R"(contact.added{"origin":"import"})");
    BOOST_TEST(row("yes", "", "pigeon", "", "") == "! via: no way that is known");
}

/// An opt-in becomes one only with the evidence that the file has for it.
BOOST_AUTO_TEST_CASE(consent_needs_its_own_evidence) {
    Mapping const mapping = make({"phone", "status", "method", "purpose", "evidence.kind", "evidence.occurred_at",
                                  "evidence.url", "evidence.scope.lists"});
    BOOST_TEST(read(mapping, {"+15550100101", "opted in", "", "", "", "", "", ""}) == R"(contact.added{"origin":"import"})");
    auto const shown = mapping.changes(
        {"+15550100101", "opted in", "form", "marketing", "web_form", "1700000000", "https://x.example", "promo"}, fixed_name);
    BOOST_REQUIRE(shown.has_value());
    BOOST_REQUIRE(shown->size() == 1U);
    BOOST_TEST(shown->front().string("kind") == "opt_in.consent");
    BOOST_TEST(shown->front().string("occurred_at") == "2023-11-14T22:13:20.000Z");
    BOOST_TEST(read(mapping, {"+15550100101", "in", "form", "", "web_form", "", "https://x.example", ""}) ==
               "! occurred_at: required where evidence of consent is given, or evidence.occurred_at");
    BOOST_TEST(
        json::write(*shown->front().find("evidence")) ==
        R"([{"kind":"web_form","occurred_at":"2023-11-14T22:13:20.000Z","scope":{"lists":["promo"]},"url":"https://x.example"}])");
    BOOST_TEST(consent::parse_change(shown->front()).has_value());
    BOOST_TEST(read(mapping, {"+15550100101", "in", "", "", "web_form", "", "", ""}) ==
               "! method: required where evidence of consent is given");
    BOOST_TEST(read(mapping, {"+15550100101", "in", "form", "", "", "1700000000", "", ""}) ==
               "! evidence.kind: evidence without its kind");
}

BOOST_AUTO_TEST_CASE(the_users_own_words) {
    Mapping const mapping =
        make({"Cell = mobile", "Phone", "State"}, with({{"Cell = mobile", "phone"}, {"State", "status"}, {"Phone", "-"}}));
    BOOST_TEST(read(mapping, {"+15550100101", "+15550100999", "out"}) == "opt_out.agent");
    BOOST_TEST(mapping.describe() == "phone from \"Cell = mobile\", status from \"State\"; 1 column is not read");
    Mapping const only = make({"number"}, with({}, {{"status", "out"}, {"via", "web"}}));
    BOOST_TEST(read(only, {"+15550100101"}) == R"(opt_out.request{"via":"web"})");
    auto const refused = [](Cells const& header, Wishes wishes) {
        return Mapping::make(header, std::move(wishes)).error().detail;
    };
    BOOST_TEST(refused({"a", "status"}, {}).find("no column is the number") == 0U);
    BOOST_TEST(refused({"phone", "city"}, {}).find("no column says whether") == 0U);
    BOOST_TEST(refused({"phone"}, with({{"b", "status"}})) == "--map: the file has no column \"b\"");
    BOOST_TEST(refused({"phone", "b", "b"}, with({{"b", "status"}})) == "--map: the file has two columns \"b\"");
    BOOST_TEST(refused({"phone", "b"}, with({{"b", "mood"}})) == "--map: \"mood\" is no member of a row");
    BOOST_TEST(refused({"phone", "b", "c"}, with({{"b", "status"}, {"c", "status"}})) == "--map: two columns for \"status\"");
    BOOST_TEST(refused({"phone"}, with({}, {{"mood", "x"}})).find("--set") == 0U);
    BOOST_TEST(refused({"phone"}, with({}, {{"phone", "+15550100101"}})).find("--set") == 0U);
}

BOOST_AUTO_TEST_CASE(headers_that_are_none) {
    auto const refused = [](Cells const& header) { return Mapping::make(header, {}).error().detail; };
    BOOST_TEST(refused({"Phone;Status;Date"}).find("not separated by commas") != std::string::npos);
    BOOST_TEST(refused({"Phone\tStatus"}).find("not separated by commas") != std::string::npos);
    BOOST_TEST(refused({"+15550100101", "out"}).find("must be a header") != std::string::npos);
    BOOST_TEST(refused({"15550100101", "out"}).find("15550100101") == std::string::npos);
    BOOST_TEST(refused({"phone", "st\xe4tus"}) == "the header is not UTF-8");
    BOOST_TEST(refused(Cells(300, "x")) == "the file has too many columns");
}

BOOST_AUTO_TEST_CASE(rows_that_are_none) {
    Mapping const mapping = make({"phone", "status", "occurred_at"});
    auto const row = [&](std::string_view phone, std::string_view status, std::string_view time) {
        return read(mapping, {phone, status, time});
    };
    BOOST_TEST(row("+15550100101", "out", "2026-01-01 00:00:00").find("! occurred_at: a time without its zone") == 0U);
    for (char const* const phone : {"", "0155501001", "5550100101", "1.55501E+10", "+1", "ACME", "15550100101"}) {
        BOOST_TEST_CONTEXT(phone) {
            BOOST_TEST(row(phone, "out", "") == "! phone: no number in E.164, with + and the country code");
        }
    }
    BOOST_TEST(row("'+15550100101", "out", "") == "opt_out.agent");
    BOOST_TEST(row("+15550100101", "o\xfft", "") == "! not UTF-8");
    BOOST_TEST(row("+15550100101", std::string_view("out\0", 4), "") == "! a NUL character");
    BOOST_TEST(read(mapping, {"+15550100101"}) == "! 1 cells where the header has 3");
    Wishes bare;
    bare.bare_numbers = true;
    BOOST_TEST(read(make({"phone", "status"}, bare), {"15550100101", "out"}) == "opt_out.agent");
}

/// The same row has the same name; every other one another.
BOOST_AUTO_TEST_CASE(names_come_from_the_content) {
    Mapping const mapping = make({"phone", "status", "occurred_at", "list"});
    std::vector<std::string> texts;
    auto const name = [&](std::string_view text) {
        texts.emplace_back(text);
        return "n" + std::to_string(texts.size());
    };
    BOOST_REQUIRE(mapping.changes({"+15550100101", "in", "1700000000", "a;b"}, name).has_value());
    BOOST_REQUIRE(mapping.changes({"+1 555 010 0101", "Opted In", "2023-11-14T22:13:20Z", "a"}, name).has_value());
    BOOST_REQUIRE(texts.size() == 5U);
    BOOST_TEST(texts[0] == texts[3]);
    BOOST_TEST(texts[1] == texts[4]);
    BOOST_TEST(texts[1] != texts[2]);
    BOOST_TEST(texts[0].find("\"record\"") == std::string::npos);
    BOOST_TEST(texts[0].find("+15550100101") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace cl::api::import
