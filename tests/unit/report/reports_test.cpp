// Each report over a small account: which rows must be in it, which must not, and what they say.
#include "tests/unit/report/account.hpp"

#include <map>
#include <set>

using namespace cl;
using namespace cl::report::test;

BOOST_FIXTURE_TEST_SUITE(reports, Account)

BOOST_AUTO_TEST_CASE(the_head_says_what_it_speaks_of) {
    json::Object const all = whole("consent-register", {{"list", "promo"}});
    json::Object const& head = *all.find("report")->as_object();
    BOOST_TEST(head.string("ledger") == "ledger.example/test");
    BOOST_TEST(head.string("account") == "acme");
    BOOST_TEST(head.string("generated_at") == format_time(clock.now()));
    BOOST_TEST(json::write(*head.find("filters")) == R"({"list":"promo"})");
    json::Object const& as_of = *head.find("as_of")->as_object();
    BOOST_TEST(as_of.string("checkpoint") == service->checkpoint());
    BOOST_TEST(*as_of.find("seq")->as_int() == service->stats().size - 1);
    BOOST_TEST(
        (document("consent-register", {{"list", "none"}, {"contact", std::string(64, '0')}}).error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_dossier_has_every_entry_of_its_contact_in_order) {
    auto const all = rows("contact-dossier", {{"contact", id(in_evidence)}});
    BOOST_REQUIRE(all.size() == 2);
    BOOST_TEST(all[0].string("kind") == "contact.added");
    BOOST_TEST(all[0].string("texts") == "name: Ana =1");
    BOOST_TEST(said(all[0], "opted_in_before") == "-");
    BOOST_TEST(all[1].string("kind") == "opt_in.consent");
    BOOST_TEST(said(all[1], "opted_in_before") == "true");
    BOOST_TEST(all[1].string("level_before") == "none");
    BOOST_TEST(all[1].string("level") == "promotional");
    BOOST_TEST(all[1].string("evidence") == "web_form");
    BOOST_TEST(all[1].string("evidence_opened").find("https://acme.example/join") != std::string::npos);
    BOOST_TEST(all[1].string("leaf_hash") ==
               to_hex(leaf_hash(entries().at(static_cast<std::size_t>(*all[1].find("seq")->as_int())))));
    json::Object const head = whole("contact-dossier", {{"contact", id(in_evidence)}});
    json::Object const& about = *head.find("report")->as_object()->find("about")->as_object();
    BOOST_TEST(about.string("phone") == in_evidence);
    BOOST_TEST(about.string("on list promo") == "");
    BOOST_TEST(about.string("proof of the last entry").starts_with("c2sp.org/tlog-proof@v1\n"));
    BOOST_TEST((document("contact-dossier", {{"contact", std::string(64, '0')}}).error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_dossier_of_some_entries_tells_what_stood_before_each_of_them) {
    report::Parameters const one{{"contact", id(in_evidence)}};
    auto const with = [&](std::string const& name, std::string const& value) {
        report::Parameters all = one;
        all.emplace_back(name, value);
        return rows("contact-dossier", all);
    };
    auto const whole = rows("contact-dossier", one);
    auto const consents = with("kind", "opt_in.consent");
    BOOST_REQUIRE(consents.size() == 1);
    BOOST_TEST(json::write(consents[0]) ==
               json::write(whole[1]));  // the entry before it is not shown, and told of all the same
    BOOST_TEST(with("kind", "contact.blocked").empty());
    BOOST_TEST(with("actor", "nobody").empty());
    BOOST_TEST(with("from", "2999-01-01T00:00:00Z").empty());
    BOOST_TEST(with("to", "2999-01-01T00:00:00Z").size() == whole.size());
}

BOOST_AUTO_TEST_CASE(the_suppression_list_by_what_took_a_number_out) {
    BOOST_TEST(phones("suppression", {{"kind", "contact.blocked"}}) == (Strings{is_blocked}));
    BOOST_TEST(phones("suppression", {{"kind", "opt_out.stop"}}) == (Strings{said_stop, was_imported}));
    BOOST_TEST(phones("suppression", {{"actor", "i"}}) == (Strings{was_imported}));
    BOOST_TEST(phones("suppression", {{"actor", "nobody"}}).empty());
}

BOOST_AUTO_TEST_CASE(personal_values_are_shown_masked_or_left_out) {
    for (std::string const mode : {"masked", "none"}) {
        for (report::ReportInfo const& one : report::all_reports()) {
            report::Parameters parameters{{"personal", mode}};
            if (one.name == "contact-dossier") parameters.emplace_back("contact", id(in_evidence));
            std::string const text = need(document(std::string(one.name), parameters));
            for (char const* const secret : {"+1555010010", "Ana", "asked by phone", "acme.example/join"}) {
                BOOST_TEST(text.find(secret) == std::string::npos, std::string(one.name) + " shows " + secret + " as " + mode);
            }
        }
    }
    BOOST_TEST(phones("suppression", {{"personal", "masked"}}) == (Strings{"***0104", "***0105", "***0106", "***0107"}));
}

BOOST_AUTO_TEST_CASE(the_register_has_every_opt_in_with_its_evidence_or_without) {
    BOOST_TEST(phones("consent-register") == (Strings{in_evidence, in_evidence, in_bare, on_list}));
    // Its OPTOUT opted it in, as the default pack has it: the text message is the evidence, and worth no more than an answer.
    json::Object const wrote = row_of("consent-register", on_list);
    BOOST_TEST(wrote.string("act") == "opt_in.inbound");
    BOOST_TEST(wrote.string("evidence_kind") == "inbound_sms");
    BOOST_TEST(wrote.string("level") == "conversational");
    json::Object const backed = row_of("consent-register", in_evidence, {{"kind", "opt_in.consent"}});
    BOOST_TEST(backed.string("evidence_kind") == "web_form");
    BOOST_TEST(backed.string("level") == "promotional");
    BOOST_TEST(backed.string("lists") == "promo");
    BOOST_TEST(backed.string("purpose") == "marketing");
    BOOST_TEST(backed.string("disclosure") == "d1");
    BOOST_TEST(backed.string("counts") == "yes");
    BOOST_TEST(backed.string("consent_at") == format_time(clock.now() - day));
    json::Object const bare = row_of("consent-register", in_bare);
    BOOST_TEST(bare.string("evidence_kind") == "none");
    BOOST_TEST(bare.string("counts") == "no_evidence");
    BOOST_TEST(bare.string("actor") == "agent-7");
    // A STOP ends it, for that contact alone.
    clock.advance(second);
    send(message("stop", "m9", in_evidence));
    BOOST_TEST(row_of("consent-register", in_evidence, {{"kind", "opt_in.consent"}}).string("counts") == "ended");
    BOOST_TEST(row_of("consent-register", in_evidence, {{"kind", "opt_in.consent"}}).string("status_now") == "opted_out");
    BOOST_TEST(phones("consent-register", {{"actor", "agent-7"}}) == Strings{in_bare});
    BOOST_TEST(phones("consent-register", {{"contact", id(in_bare)}}) == Strings{in_bare});
    BOOST_TEST(phones("consent-register", {{"kind", "list.added"}}).empty());
    BOOST_TEST(phones("consent-register", {{"to", format_time(clock.now() - day)}}).empty());
}

BOOST_AUTO_TEST_CASE(timeliness_judges_each_revocation_by_the_packs_limits) {
    BOOST_TEST(row_of("opt-out-timeliness", said_stop).string("status") == "in_time");
    json::Object const late = row_of("opt-out-timeliness", asked_late);
    BOOST_TEST(late.string("status") == "late");
    BOOST_TEST(late.string("via") == "email");
    BOOST_TEST(said(late, "elapsed_seconds") == std::to_string(30 * day / second));
    BOOST_TEST(*late.find("business_days")->as_int() > 10);
    BOOST_TEST(late.string("findings").find("CL-010") != std::string::npos);
    BOOST_TEST(row_of("opt-out-timeliness", was_imported).string("status") == "imported");
    BOOST_TEST(row_of("opt-out-timeliness", on_list).string("status") == "open");
    BOOST_TEST(phones("opt-out-timeliness", {{"status", "late"}}) == Strings{asked_late});
    BOOST_TEST(phones("opt-out-timeliness", {{"kind", "remove_from_list"}}) == Strings{on_list});
    BOOST_TEST(phones("opt-out-timeliness", {{"kind", "opt_out.stop"}}) == (Strings{said_stop, was_imported}));
    // A filter on the rows leaves what they add up to.
    json::Object const all = whole("opt-out-timeliness", {{"status", "late"}});
    json::Object const& limits = *all.find("report")->as_object()->find("about")->as_object();
    BOOST_TEST(limits.string("policy pack") == "texting 1");
    BOOST_TEST(limits.string("days to honour a revocation") == "10");
    json::Array const& elapsed = *all.find("summary")->as_object()->find("elapsed")->as_array();
    BOOST_REQUIRE(elapsed.size() == 3);
    json::Object const& requests = *elapsed[0].as_object();
    BOOST_TEST(requests.string("what") == "opt_out.request");
    BOOST_TEST(said(requests, "late") == "1");
    BOOST_TEST(said(requests, "p50") == std::to_string(30 * day / second));
    BOOST_TEST(said(*elapsed[1].as_object(), "rows") == "2");
    clock.advance(60 * day);
    BOOST_TEST(row_of("opt-out-timeliness", on_list).string("status") == "overdue");
    add("list.removed", on_list, R"({"list":"promo"})", "agent-7");
    BOOST_TEST(row_of("opt-out-timeliness", on_list).string("status") == "late");
}

BOOST_AUTO_TEST_CASE(manual_changes_are_those_of_people) {
    auto const acts = phones("manual-changes");
    BOOST_TEST(acts == (Strings{in_evidence, in_evidence, in_bare, on_list, is_blocked, asked_late}));
    BOOST_TEST(phones("manual-changes", {{"actor", "agent-7"}}) == (Strings{in_bare, on_list, is_blocked}));
    BOOST_TEST(phones("manual-changes", {{"list", "promo"}, {"actor", "agent-7"}}) == Strings{on_list});
    json::Object const bare = row_of("manual-changes", in_bare);
    BOOST_TEST(said(bare, "with_evidence") == "false");
    BOOST_TEST(said(bare, "reason_given") == "true");
    BOOST_TEST(bare.string("findings").find("CL-001") != std::string::npos);
    json::Object const all = whole("manual-changes", {{"actor", "agent-7"}});
    json::Array const& people = *all.find("summary")->as_object()->find("actors")->as_array();
    BOOST_REQUIRE(people.size() == 1);
    json::Object const& person = *people[0].as_object();
    BOOST_TEST(person.string("actor") == "agent-7");
    BOOST_TEST((said(person, "acts") == "3" && said(person, "opt_ins") == "1" && said(person, "blocks") == "1"));
    BOOST_TEST((said(person, "list_changes") == "1" && said(person, "percent_with_evidence") == "0"));
}

BOOST_AUTO_TEST_CASE(an_agents_own_word_is_no_evidence_and_a_cured_finding_is_told_as_closed) {
    std::string const attested = "+15550100121";
    std::string const word = R"([{"kind":"agent_attestation","occurred_at":")" + format_time(clock.now() - day) +
                             R"(","agent":"agent-9","reason":"asked","supervisor":"s"}])";
    account_entry("actor.defined", R"({"actor":"agent-9"})");
    auto const opt_in = add("opt_in.agent", attested, "{}", "agent-9", word);
    report::Parameters const own{{"actor", "agent-9"}, {"kind", "opt_in.agent"}};
    auto const sums = [&] {
        json::Object const all = whole("manual-changes", own);
        return *all.find("summary")->as_object()->find("actors")->as_array()->at(0).as_object();
    };
    json::Object const bare = row_of("manual-changes", attested, own);
    BOOST_TEST(bare.string("evidence") == "agent_attestation");
    BOOST_TEST(said(bare, "with_evidence") == "false");
    BOOST_TEST(bare.string("findings").find("CL-001") != std::string::npos);
    BOOST_TEST(bare.string("findings").find("closed") == std::string::npos);
    BOOST_TEST((said(sums(), "percent_with_evidence") == "0" && said(sums(), "findings_closed") == "0"));
    auto const cure = add("consent.recorded", attested, R"({"for":)" + std::to_string(opt_in.seq) + "}", "agent-9", evidence());
    std::string const closed = "CL-001 (closed by " + std::to_string(cure.seq) + ")";
    json::Object const cured = row_of("manual-changes", attested, own);
    BOOST_TEST(cured.string("findings").find(closed) != std::string::npos);
    BOOST_TEST(said(cured, "with_evidence") == "true");
    BOOST_TEST((said(sums(), "percent_with_evidence") == "100" && said(sums(), "findings") == said(sums(), "findings_closed")));
    for (std::string const format : {"csv", "json", "html"}) {
        BOOST_TEST(need(document("manual-changes", {{"format", format}})).find(closed) != std::string::npos, format);
        std::string const dossier = need(document("contact-dossier", {{"contact", id(attested)}, {"format", format}}));
        BOOST_TEST(dossier.find(closed) != std::string::npos, format);
    }
    json::Object const dossier = whole("contact-dossier", {{"contact", id(attested)}, {"kind", "contact.blocked"}});
    std::string const told = json::write(*dossier.find("summary")->as_object()->find("findings"));
    BOOST_TEST(told == R"([{"findings":0,"status":"open"},{"findings":0,"status":"waived"},{"findings":)" +
                           said(sums(), "findings") + R"(,"status":"closed"}])");
}

BOOST_AUTO_TEST_CASE(the_queue_has_what_is_to_be_removed_and_by_when) {
    json::Object const open = row_of("list-removal-queue", on_list);
    BOOST_TEST(open.string("list") == "promo");
    BOOST_TEST(said(open, "overdue") == "false");
    BOOST_TEST(*open.find("days_left")->as_int() > 10);
    BOOST_TEST(phones("list-removal-queue", {{"status", "closed"}}).empty());
    BOOST_TEST(phones("list-removal-queue", {{"list", "other"}}).empty());
    BOOST_TEST(phones("list-removal-queue", {{"actor", "agent-9"}}).empty());
    clock.advance(60 * day);
    json::Object const late = row_of("list-removal-queue", on_list);
    BOOST_TEST(said(late, "overdue") == "true");
    BOOST_TEST(*late.find("days_left")->as_int() < 0);
    add("list.removed", on_list, R"({"list":"promo"})", "agent-7");
    BOOST_TEST(phones("list-removal-queue").empty());
    BOOST_TEST(said(row_of("list-removal-queue", on_list, {{"status", "closed"}}), "days_left") == "-");
}

BOOST_AUTO_TEST_CASE(findings_come_with_their_law) {
    json::Object const one = row_of("findings", in_bare, {{"kind", "CL-001"}});
    BOOST_TEST(one.string("severity") == "critical");
    BOOST_TEST(one.string("citation").find("S9") != std::string::npos);
    BOOST_TEST(one.string("fingerprint") == "acme/" + said(one, "seq") + "/CL-001");
    BOOST_TEST(one.string("actor") == "agent-7");
    BOOST_TEST(phones("findings", {{"kind", "CL-010"}}) == Strings{asked_late});
    BOOST_TEST(phones("findings", {{"kind", "CL-001"}, {"actor", "agent-8"}}).empty());
    BOOST_TEST(phones("findings", {{"status", "closed"}, {"contact", id(in_bare)}}).empty());
    auto const waiver = R"({"kind":"finding.waived","source":{"record":"w"},"data":{"rule":"CL-001","seq":)" +
                        said(one, "seq") + R"(,"until":")" + format_time(clock.now() + day) + R"(","reason":"known"}})";
    BOOST_REQUIRE(!post(waiver).problem);
    BOOST_TEST(phones("findings", {{"kind", "CL-001"}, {"contact", id(in_bare)}}).empty());
    json::Object const waived = row_of("findings", in_bare, {{"status", "waived"}});
    BOOST_TEST(waived.string("waiver_reason") == "known");
    BOOST_TEST(waived.string("waived_until") == format_time(clock.now() + day));
}

BOOST_AUTO_TEST_CASE(the_suppression_list_has_who_is_out_and_nobody_else) {
    BOOST_TEST(phones("suppression") == (Strings{is_blocked, said_stop, asked_late, was_imported}));
    BOOST_TEST(row_of("suppression", is_blocked).string("reason") == "blocked");
    BOOST_TEST(row_of("suppression", said_stop).string("reason") == "opted_out");
    // Of one list: who asked to be off it, too.
    BOOST_TEST(row_of("suppression", on_list, {{"list", "promo"}}).string("reason") == "list_opt_out");
    BOOST_TEST(phones("suppression", {{"list", "promo"}}).size() == 5);
}

BOOST_AUTO_TEST_CASE(providers_get_the_shapes_that_they_take) {
    auto const lines = [this](std::string const& shape, report::Parameters more = {}) {
        more.emplace_back("shape", shape);
        std::string const text = need(document("suppression", more));
        std::vector<json::Object> all;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t const end = text.find('\n', at);
            all.push_back(*need(json::parse(text.substr(at, end - at), 65'536)).as_object());
            at = end + 1;
        }
        return all;
    };
    auto const twilio = lines("twilio", {{"sender", "MG0123"}});
    BOOST_REQUIRE(twilio.size() == 4);
    for (json::Object const& one : twilio) {
        BOOST_TEST(one.size() == 6);
        BOOST_TEST(one.string("correlation_id").size() == 32);
        BOOST_TEST(one.string("status") == "opt-out");
        BOOST_TEST(one.string("sender_id") == "MG0123");
        BOOST_TEST(bool(parse_rfc3339(one.string("date_of_consent"))));
        bool const stop = one.string("contact_id") == said_stop || one.string("contact_id") == was_imported;
        bool const request = one.string("contact_id") == asked_late;
        BOOST_TEST(one.string("source") == (stop ? "opt-out-message" : request ? "offline" : "others"));
    }
    for (json::Object const& one : lines("aws")) {
        BOOST_TEST(one.string("OptOutListName") == "Default");
        BOOST_TEST(one.string("OptedOutNumber").starts_with("+1555"));
        BOOST_TEST(one.size() == 2);
    }
    std::set<std::string> senders;
    for (json::Object const& one : lines("azure")) {
        BOOST_TEST(json::write(*one.find("recipients")).starts_with(R"([{"to":"+1555)"));
        senders.insert(std::string(one.string("from")));
    }
    BOOST_TEST(senders.contains("+15550199999"));  // the number that the STOP was sent to
    std::string const csv = need(document("suppression", {{"shape", "aws"}, {"format", "csv"}, {"sender", "mine"}}));
    BOOST_TEST(csv.starts_with("OptOutListName,OptedOutNumber\r\nmine,+1555"));
    BOOST_TEST(csv.find('#') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(retention_says_what_is_kept_held_due_and_erased) {
    BOOST_TEST(row_of("retention", said_stop).string("status") == "keep");
    BOOST_TEST(row_of("retention", in_bare).string("status") == "nothing");
    add("hold.placed", said_stop, R"({"matter":"case-1"})");
    json::Object const held = row_of("retention", said_stop);
    BOOST_TEST(held.string("status") == "held");
    BOOST_TEST(held.string("holds") == "case-1");
    add("subject.erased", asked_late, "{}");
    json::Object const erased = row_of("retention", "erased");
    BOOST_TEST(erased.string("contact") == id(asked_late));
    BOOST_TEST(erased.string("status") == "erased");
    BOOST_TEST(erased.find("erased_by") != nullptr);
    clock.advance(1'900 * day);
    BOOST_TEST(row_of("retention", in_evidence).string("status") == "in_use");
    BOOST_TEST(row_of("retention", said_stop).string("status") == "held");
    BOOST_TEST(phones("retention", {{"status", "due"}}) == Strings{was_imported});
    BOOST_TEST(phones("retention", {{"contact", id(in_bare)}}) == Strings{in_bare});
}

BOOST_AUTO_TEST_CASE(what_the_person_was_told_stands_in_the_dossier_word_for_word) {
    account_entry("disclosure.defined", R"({"disclosure":"d1","text":"Message and data rates apply, \"as ever\""})");
    std::string proof = evidence();
    proof.insert(proof.find(R"("ip")"), R"("jurisdiction":"US-CA",)");
    auto const consent = add("opt_in.consent", in_bare, R"({"method":"form"})", {}, proof);
    auto const told = [&]() -> std::string {
        for (json::Object const& row : rows("contact-dossier", {{"contact", id(in_bare)}})) {
            if (said(row, "seq") == std::to_string(consent.seq)) return std::string(row.string("disclosures"));
        }
        return "no such row";
    };
    BOOST_TEST(told() == R"(d1: Message and data rates apply, "as ever")");
    BOOST_TEST(row_of("consent-register", in_bare, {{"kind", "opt_in.consent"}}).string("jurisdiction") == "US-CA");
    auto const masked =
        rows("consent-register", {{"kind", "opt_in.consent"}, {"personal", "masked"}, {"contact", id(in_bare)}});
    BOOST_TEST(masked.at(0).find("jurisdiction") == nullptr);
    // Other words under the same id are not what this person was told.
    auto const anew =
        post(R"({"kind":"disclosure.defined","source":{"record":"d1-2"},"data":{"disclosure":"d1","text":"other words"}})");
    BOOST_TEST(told() == "d1: defined anew by entry " + std::to_string(anew.seq));
}

BOOST_AUTO_TEST_CASE(a_dossier_names_the_person_and_a_stop_the_text_it_answered) {
    json::Object const dossier = whole("contact-dossier", {{"contact", id(in_evidence)}});
    BOOST_TEST(json::write(*dossier.find("summary")).find(R"("name":"Ana =1")") != std::string::npos);
    json::Object const masked = whole("contact-dossier", {{"contact", id(in_evidence)}, {"personal", "masked"}});
    BOOST_TEST(json::write(*masked.find("summary")->as_object()->find("person")) == "[]");
    BOOST_TEST(json::write(masked).find("Ana") == std::string::npos);
    send(R"({"from":")" + in_bare + R"(","to":"+15550199999","body":"STOP","message_id":"m9","in_reply_to":"SM-9"})");
    BOOST_TEST(row_of("opt-out-timeliness", in_bare).string("reply_to") == "SM-9");
    BOOST_TEST(row_of("opt-out-timeliness", said_stop).find("reply_to") == nullptr);
    std::string const numbers = need(document("suppression", {{"shape", "e164"}, {"format", "csv"}}));
    BOOST_TEST(numbers.starts_with("number\r\n+1555"));
    BOOST_TEST(numbers.find("\r\n" + in_bare + "\r\n") != std::string::npos);
    BOOST_TEST(numbers.find('#') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_certificate_names_the_signature_and_the_pack) {
    std::map<std::string, std::string> items;
    for (json::Object const& row : rows("chain-certificate")) items.emplace(row.string("item"), row.string("value"));
    BOOST_TEST(items["ledger"] == "ledger.example/test");
    BOOST_TEST(items["checkpoint"] == service->checkpoint());
    BOOST_TEST(items["its last entry"] == std::to_string(service->stats().size - 1));
    BOOST_TEST(items["leaf hash of its last entry"] == to_hex(leaf_hash(entries().back())));
    BOOST_TEST(items["policy pack by default"].find("texting 1") == 0);
    BOOST_TEST(items["public key"] == "key");
    BOOST_TEST(items["to check the ledger"].find("consent-verify ledger.db --key") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reader_without_the_lock_gives_the_same_rows) {
    auto const ledger = need(service::open_read_only(dir(), std::filesystem::temp_directory_path(), environment()));
    clock.advance(second);
    send(message("stop", "later", in_evidence));  // not in what was opened before
    for (report::ReportInfo const& one : report::all_reports()) {
        report::Parameters parameters;
        if (one.name == "contact-dossier") parameters.emplace_back("contact", id(said_stop));
        std::string const text = need(document(std::string(one.name), parameters, &ledger->queries()));
        auto const value = need(json::parse(text, 1 << 22));
        json::Object const& head = *value.as_object()->find("report")->as_object();
        BOOST_TEST(said(*head.find("as_of")->as_object(), "seq") == std::to_string(service->stats().size - 2));
        BOOST_TEST(said(*value.as_object()->find("as_of")->as_object(), "seq") == std::to_string(service->stats().size - 2));
    }
    std::string const before = need(document("suppression", {{"format", "csv"}}, &ledger->queries()));
    BOOST_TEST(before.find(in_evidence) == std::string::npos);
    BOOST_TEST(need(document("suppression", {{"format", "csv"}})).find(in_evidence) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_rolled_back_ledger_is_not_reported_on) {
    close();
    std::filesystem::remove(dir() / "head");
    auto const ledger = service::open_read_only(dir(), std::filesystem::temp_directory_path(), environment());
    BOOST_REQUIRE(!ledger);
    BOOST_TEST((ledger.error().code == errc::rollback_detected));
}

BOOST_AUTO_TEST_CASE(every_format_has_every_row) {
    for (int i = 0; i < 250; ++i) add("opt_in.agent", "+1555019" + std::to_string(1000 + i), "{}", "agent-7");
    for (std::string const format : {"csv", "html", "json"}) {
        std::string const text = need(document("manual-changes", {{"format", format}, {"kind", "opt_in.agent"}}));
        std::size_t count = 0;
        for (std::size_t at = text.find("+1555019"); at != std::string::npos; at = text.find("+1555019", at + 1)) ++count;
        BOOST_TEST(count == 250, format);
    }
}

BOOST_AUTO_TEST_SUITE_END()
