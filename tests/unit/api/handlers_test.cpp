#include "ledger/core/limits.hpp"
#include "tests/unit/api/fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace cl::api {

using test::good_change;

BOOST_FIXTURE_TEST_SUITE(handlers_test, test::Fixture)

BOOST_AUTO_TEST_CASE(one_change_is_answered_bare) {
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST(response.status == 201);
    json::Object const body = parsed(response);
    BOOST_TEST(body.string("status") == "recorded");
    BOOST_TEST(body.string("correlation_id") == "42");
    BOOST_TEST(*body.find("seq")->as_int() == 7);
    BOOST_TEST(body.find("receipt")->as_object()->string("proof") == "proof");
    BOOST_TEST(service.asked.front().account == "acme");
}

BOOST_AUTO_TEST_CASE(a_replay_is_200_and_a_refusal_a_problem) {
    service.status = service::ItemStatus::replayed;
    Response const replayed = ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST(replayed.status == 200);
    BOOST_TEST((replayed.headers.back() == std::pair<std::string, std::string>("Idempotency-Replayed", "true")));
    Response const refused = ask(Method::post, "/v1/accounts/acme/changes", "writer", R"({"kind":"nothing"})");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.content_type == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(a_long_correlation_id_is_echoed_up_to_a_whole_character) {
    std::string item = good_change;
    std::string const fits(127, 'x');
    item.replace(item.find("\"42\""), 4, "\"" + fits + "\xc3\xa9\"");  // its 128th byte is the first half of a letter
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", "[" + item + "]");
    json::Object const answer = parsed(response);  // which an answer that is no UTF-8 would not be
    BOOST_REQUIRE(answer.find("results") != nullptr);
    BOOST_TEST((*answer.find("results")->as_array())[0].as_object()->string("correlation_id") == fits);
}

BOOST_AUTO_TEST_CASE(an_array_keeps_the_places_of_faults) {
    std::string const body = std::string("[") + good_change + ",{\"kind\":1}," + good_change + "]";
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", body);
    BOOST_TEST(response.status == 200);
    json::Object const answer = parsed(response);
    json::Array const& results = *answer.find("results")->as_array();
    BOOST_REQUIRE(results.size() == 3u);
    BOOST_TEST(results[0].as_object()->string("status") == "recorded");
    BOOST_TEST(results[1].as_object()->string("status") == "refused");
    BOOST_TEST(results[2].as_object()->string("status") == "recorded");
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(*results[static_cast<std::size_t>(i)].as_object()->find("index")->as_int() == i);
    }
    BOOST_TEST(answer.string("checkpoint") == "note");
}

BOOST_AUTO_TEST_CASE(lines_are_answered_by_lines_and_a_checkpoint) {
    std::string const body = std::string(good_change) + "\r\n\n{broken\n" + good_change;
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", body, "application/x-ndjson");
    BOOST_TEST(response.content_type == "application/x-ndjson");
    BOOST_TEST(std::count(response.body.begin(), response.body.end(), '\n') == 4);
    BOOST_TEST(response.body.find("\"malformed\"") != std::string::npos);
    BOOST_TEST(response.body.ends_with("{\"checkpoint\":\"note\"}\n"));
}

BOOST_AUTO_TEST_CASE(receipts_are_brief_above_a_hundred_items_unless_asked_for) {
    std::string body;
    for (int i = 0; i < 101; ++i) {
        body += std::string(good_change) + "\n";
    }
    Response const brief = ask(Method::post, "/v1/accounts/acme/changes", "writer", body, "application/x-ndjson");
    BOOST_TEST(brief.body.find("receipt") == std::string::npos);
    BOOST_TEST(brief.body.find("leaf_hash") != std::string::npos);
    Response const full = ask(Method::post, "/v1/accounts/acme/changes?receipt=full", "writer", body, "application/x-ndjson");
    BOOST_TEST(full.body.find("receipt") != std::string::npos);
    Response const none = ask(Method::post, "/v1/accounts/acme/changes?receipt=none", "writer", good_change);
    BOOST_TEST(none.body.find("leaf_hash") == std::string::npos);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes?receipt=some", "writer", good_change).status == 422);
}

BOOST_AUTO_TEST_CASE(a_stopped_writer_is_503_with_retry_after) {
    service.whole_failure = fail(errc::writer_stopped, "A write failed.");
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST(response.status == 503);
    BOOST_TEST((response.headers.front() == std::pair<std::string, std::string>("Retry-After", "1")));
}

BOOST_AUTO_TEST_CASE(an_inbound_message_gets_class_and_reply) {
    std::string const message = R"({"from":"+15550100101","to":"+15550100199","body":"HELP","message_id":"m"})";
    Response const response = ask(Method::post, "/v1/accounts/acme/inbound", "writer", message);
    BOOST_TEST(response.status == 200);
    json::Object const body = parsed(response);
    BOOST_TEST(body.string("class") == "help");
    BOOST_TEST(body.find("reply")->as_object()->string("text") == "reply");
    service.ignored = true;
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/inbound", "writer", message).status == 202);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/inbound", "writer", "{}").status == 422);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/inbound", "auditor", message).status == 403);
}

BOOST_AUTO_TEST_CASE(pages_name_the_next_one) {
    Response const response = ask(Method::get, "/v1/accounts/acme/changes?kind=opt_out.stop&limit=5", "auditor");
    BOOST_TEST(response.status == 200);
    BOOST_TEST((response.headers.back() ==
                std::pair<std::string, std::string>(
                    "Link", "</v1/accounts/acme/changes?kind=opt_out.stop&limit=5&cursor=next/5>; rel=\"next\"")));
}

BOOST_AUTO_TEST_CASE(filters_that_are_none_are_refused) {
    for (std::string_view const query : {"limit=0", "limit=1001", "limit=5x", "limit=1&limit=2", "kind=x", "colour=red",
                                         "actor=", "cursor=", "since=today", "after=-1", "after=3&order=newest", "order=up"}) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes?" + std::string(query), "auditor").status == 422);
        }
    }
    for (std::string_view const query :
         {"since=2026-11-23T00:00:00Z", "after=3", "kind=opt_out.stop&kind=opt_out.agent", "actor=a"}) {
        BOOST_TEST_CONTEXT(query) {
            BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes?" + std::string(query), "auditor").status == 200);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failing_look_up_is_logged_and_not_told) {
    Response const response = ask(Method::get, "/v1/accounts/acme/findings", "auditor");
    BOOST_TEST(response.status == 500);
    BOOST_TEST(response.body.find("SELECT") == std::string::npos);
    BOOST_TEST(log.find("SELECT") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_fault_of_the_service_leaves_a_line_and_tells_nothing) {
    Error const fault = fail(errc::store_corrupt, "secret table");
    std::string const message = R"({"from":"+15550100101","to":"+15550100199","body":"HELP","message_id":"m"})";
    auto const check = [&](Response const& response) {
        BOOST_TEST(response.status == 500);
        BOOST_TEST(response.body.find("secret") == std::string::npos);
        BOOST_TEST(log.find("store_corrupt: secret table") != std::string::npos);
        log.clear();
    };
    service.whole_failure = service.no_queries = fault;
    check(ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change));
    check(ask(Method::post, "/v1/accounts/acme/inbound", "writer", message));
    check(ask(Method::get, "/v1/entries/1", "writer"));
    service.no_queries.reset();
    service.whole_failure = fail(errc::not_found, "no such account");
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change).status == 404);
    BOOST_TEST(log.empty());
}

BOOST_AUTO_TEST_CASE(what_stopped_the_writer_is_for_the_log_alone) {
    for (errc const code : {errc::writer_stopped, errc::clock_jump, errc::busy}) {
        service.not_ready = service.whole_failure = fail(code, "ledger.db: COMMIT: disk I/O error (SQLite 10)");
        for (Response const& response :
             {ask(Method::get, "/readyz"), ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change)}) {
            BOOST_TEST(response.status == 503);
            BOOST_TEST(response.body.find("SQLite") == std::string::npos);
            BOOST_TEST(!parsed(response).string("detail").empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(full_receipts_of_a_large_batch_are_refused_before_anything_is_written) {
    std::string items;
    for (std::size_t i = 0; i < limits::full_receipts; ++i) {
        items += std::string(good_change) + ",";
    }
    char const* const full = "/v1/accounts/acme/changes?receipt=full";
    std::string body = "[" + items.substr(0, items.size() - 1) + "]";
    BOOST_TEST(ask(Method::post, full, "writer", body).status == 200);
    BOOST_TEST(service.asked.size() == 1u);
    body = "[" + items + good_change + "]";
    Response const refused = ask(Method::post, full, "writer", body);
    BOOST_TEST(refused.status == 413);
    BOOST_TEST(parsed(refused).string("detail").find("receipt=full") != std::string::npos);
    BOOST_TEST(service.asked.size() == 1u);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes", "writer", body).status == 200);
}

BOOST_AUTO_TEST_CASE(a_large_body_is_read_on_another_thread_and_a_small_one_at_once) {
    ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST((service.asked_on == std::this_thread::get_id()));
    std::string const large = std::string(limits::http_inline_bytes, ' ') + good_change;
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes", "writer", large).status == 201);
    BOOST_TEST((service.asked_on != std::this_thread::get_id()));
}

BOOST_AUTO_TEST_CASE(too_many_items_are_refused_while_they_are_read) {
    std::string zeros = "[0";
    for (std::size_t i = 1; i <= limits::batch_items; ++i) {
        zeros += ",0";
    }
    // The rest is not looked at: it would be malformed.
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", zeros + ",oops");
    BOOST_TEST(response.status == 413);
    std::string nested = "[[0";
    for (std::size_t i = 0; i < limits::json_nodes; ++i) {
        nested += ",0";
    }
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes", "writer", nested + "]]").status == 413);
    BOOST_TEST(service.asked.empty());
}

BOOST_AUTO_TEST_CASE(an_append_whose_answer_has_no_room_is_not_begun) {
    std::string body;
    for (int i = 0; i < 5'000; ++i) {
        body += (i == 0 ? "[" : ",") + std::string(good_change);
    }
    body += "]";
    Hold other(app.memory(), "someone");
    other.trade(limits::http_memory_bytes);
    Response const refused = ask(Method::post, "/v1/accounts/acme/changes", "writer", body);
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.headers.front().first == "Retry-After");
    BOOST_TEST(ask(Method::get, "/v1/accounts/acme/changes", "auditor").status == 503);
    BOOST_TEST(service.asked.empty());
    other.trade(0);
    BOOST_TEST(ask(Method::post, "/v1/accounts/acme/changes", "writer", body).status == 200);
    BOOST_TEST(app.memory()->used() == 0u);
}

BOOST_AUTO_TEST_CASE(entries_carry_a_strong_tag) {
    Response const response = ask(Method::get, "/v1/entries/3", "writer");
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == "{\"seq\":3}");
    BOOST_TEST(response.headers.front().first == "ETag");
    std::string const tag = response.headers.front().second;
    for (std::string const& field : {tag, "\"other\", " + tag, "W/" + tag, std::string("*")}) {
        Response const same = ask(Method::get, "/v1/entries/3", "writer", {}, "application/json", field);
        BOOST_TEST(same.status == 304);
        BOOST_TEST(same.body.empty());
        BOOST_TEST(same.headers.front().second == tag);
    }
    for (std::string const& field : {std::string("\"other\""), tag.substr(1), std::string(",")}) {
        BOOST_TEST(ask(Method::get, "/v1/entries/3", "writer", {}, "application/json", field).status == 200);
    }
    for (std::string_view const seq : {"x", "-1", "03", "9999999999999999999999", "1.0"}) {
        BOOST_TEST(ask(Method::get, "/v1/entries/" + std::string(seq), "writer").status == 404);
    }
}

BOOST_AUTO_TEST_CASE(the_checkpoint_has_a_tag_that_changes_with_it) {
    auto const tag_of = [](Response const& response) {
        for (auto const& [name, value] : response.headers) {
            if (name == "ETag") return value;
        }
        return std::string();
    };
    std::string const tag = tag_of(ask(Method::get, "/checkpoint"));
    BOOST_TEST(tag.size() == 66u);
    BOOST_TEST(ask(Method::get, "/checkpoint", {}, {}, "application/json", tag).status == 304);
    service.note = "another checkpoint\n";
    Response const next = ask(Method::get, "/checkpoint", {}, {}, "application/json", tag);
    BOOST_TEST(next.status == 200);
    BOOST_TEST(next.body == service.note);
    BOOST_TEST(tag_of(next) != tag);
}

BOOST_AUTO_TEST_CASE(an_unchanged_check_is_412_and_never_a_yes) {
    char const* const target = "/v1/accounts/acme/check";
    std::string const body = R"({"numbers":["+15550100101"],"message":{"type":"campaign"}})";
    Response const first = ask(Method::post, target, "sender", body);
    BOOST_TEST(first.status == 200);
    BOOST_TEST(first.headers.back().first == "ETag");
    std::string const tag = first.headers.back().second;
    Response const same = ask(Method::post, target, "sender", body, "application/json", tag);
    BOOST_TEST(same.status == 412);
    BOOST_TEST(parsed(same).string("code") == "precondition_failed");
    BOOST_TEST(same.body.find("allowed") == std::string::npos);
    std::string const other = R"({"numbers":["+15550100101","+15550100102"],"message":{"type":"campaign"}})";
    BOOST_TEST(ask(Method::post, target, "sender", other, "application/json", tag).status == 200);
}

BOOST_AUTO_TEST_CASE(a_missing_key_says_where_keys_are_described) {
    service.item_problem = fail(errc::idempotency_required, "give a key");
    Response const response = ask(Method::post, "/v1/accounts/acme/changes", "writer", good_change);
    BOOST_TEST(response.status == 400);
    BOOST_TEST(
        (response.headers.back() == std::pair<std::string, std::string>("Link", "</openapi.json>; rel=\"describedby\"")));
}

BOOST_AUTO_TEST_CASE(readiness_says_why_not) {
    BOOST_TEST(ask(Method::get, "/readyz").status == 200);
    service.not_ready = fail(errc::not_ready, "rebuilding: 10 of 20");
    Response const response = ask(Method::get, "/readyz");
    BOOST_TEST(response.status == 503);
    BOOST_TEST(response.body.find("10 of 20") != std::string::npos);
    BOOST_TEST(ask(Method::get, "/healthz").status == 503);
    BOOST_TEST(ask(Method::get, "/livez").status == 200);
}

BOOST_AUTO_TEST_CASE(every_check_is_listed_when_asked_for) {
    Response const well = ask(Method::get, "/readyz?verbose");
    BOOST_TEST(well.status == 200);
    BOOST_TEST(well.body == R"({"checks":[{"name":"writer","ok":true},{"name":"disk","ok":true}],"ready":true})");
    service.not_ready = fail(errc::writer_stopped, "SQLITE_IOERR in /var/lib/x");
    Response const stopped = ask(Method::get, "/readyz?verbose=1");
    BOOST_TEST(stopped.status == 503);
    BOOST_TEST(stopped.body.find(R"({"name":"writer","ok":false,"reason":"Nothing can be recorded)") != std::string::npos);
    BOOST_TEST(stopped.body.find("SQLITE") == std::string::npos);
    BOOST_TEST(ask(Method::get, "/readyz").body.find("SQLITE") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_log_of_sends_is_counted_until_the_last_row_of_its_report_is_sent) {
    std::string sends;
    for (std::size_t i = 0; i < 20 * limits::report_page_items; ++i) {
        sends += R"({"to":"+15550100101","at":"2026-11-23T18:15:00Z"})"
                 "\n";
    }
    {
        Response const begun = ask(Method::post, "/v1/accounts/acme/reports/post-revocation-sends?format=json", "auditor",
                                   sends, "application/x-ndjson");
        BOOST_REQUIRE(begun.status == 200);
        BOOST_REQUIRE(begun.rest != nullptr);
        BOOST_TEST(app.memory()->used() >= sends.size());
    }
    app.stop();  // the reader that made the first rows lets go of them after it has answered
    BOOST_TEST(app.memory()->used() == 0u);
}

BOOST_AUTO_TEST_CASE(a_problem_says_its_code_to_the_log_and_the_metrics) {
    BOOST_TEST(ask(Method::get, "/nowhere").problem == "not_found");
    BOOST_TEST(ask(Method::get, "/v1/entries/1").problem == "unauthorized");
    BOOST_TEST(ask(Method::post, "/livez").problem == "method_not_allowed");
    BOOST_TEST(ask(Method::get, "/livez").problem.empty());
    app.answered({.id = "1", .traceparent = {}, .token = {}, .status = 404, .problem = "not_found"});
    app.answered({.id = "2", .traceparent = {}, .token = {}, .status = 200});
    std::string const page = ask(Method::get, "/metrics", "everything").body;
    BOOST_TEST(page.find("consent_ledger_http_problems_total{problem=\"not_found\"} 1\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
