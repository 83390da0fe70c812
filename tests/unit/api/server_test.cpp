#include "api/server.hpp"

#include "ledger/core/limits.hpp"
#include "tests/unit/api/running.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdio>
#include <thread>

namespace cl::api {

using test::Running;
using test::status_of_reply;

BOOST_FIXTURE_TEST_SUITE(server_test, Running)

BOOST_AUTO_TEST_CASE(a_request_is_answered) {
    std::string const reply = say("GET /checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    BOOST_TEST(status_of_reply(reply) == 200);
    BOOST_TEST(reply.ends_with("\r\n\r\ncheckpoint\n"));
}

BOOST_AUTO_TEST_CASE(head_has_the_length_and_no_body) {
    std::string const reply = say("HEAD /checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    BOOST_TEST(reply.find("Content-Length: 11") != std::string::npos);
    BOOST_TEST(reply.ends_with("\r\n\r\n"));
}

std::string ask_for_list(std::string const& list, std::string const& version = "1.1", std::string const& method = "GET") {
    return method + " /v1/accounts/acme/reports/retention?format=csv&list=" + list + " HTTP/" + version +
           "\r\nHost: x\r\nAuthorization: Bearer auditor\r\nConnection: close\r\n\r\n";
}

std::size_t contacts_in(std::string const& reply) {
    std::string const id(64, '0');
    std::size_t count = 0;
    for (std::size_t at = reply.find(id); at != std::string::npos; at = reply.find(id, at + 1)) ++count;
    return count;
}

BOOST_AUTO_TEST_CASE(a_long_report_comes_in_chunks) {
    std::string const reply = say(ask_for_list("long"));
    BOOST_TEST(status_of_reply(reply) == 200);
    BOOST_TEST(reply.find("Transfer-Encoding: chunked") != std::string::npos);
    BOOST_TEST(reply.find("Content-Length") == std::string::npos);
    BOOST_TEST(contacts_in(reply) == 6);
    BOOST_TEST(reply.find("#rows,6,") != std::string::npos);
    BOOST_TEST(reply.ends_with("\r\n0\r\n\r\n"));
    BOOST_TEST(nothing_is_held());
    std::string const head = say(ask_for_list("long", "1.1", "HEAD"));
    BOOST_TEST(head.ends_with("\r\n\r\n"));
    BOOST_TEST(contacts_in(head) == 0);
}

BOOST_AUTO_TEST_CASE(an_old_client_gets_it_until_the_connection_ends) {
    std::string const reply = say(ask_for_list("long", "1.0"));
    BOOST_TEST(reply.find("chunked") == std::string::npos);
    BOOST_TEST(contacts_in(reply) == 6);
    BOOST_TEST(reply.ends_with("#rows,6,,,,,,,,\r\n"));
}

BOOST_AUTO_TEST_CASE(a_report_that_cannot_be_finished_is_not_taken_for_whole) {
    std::string const reply = say(ask_for_list("cut"));
    BOOST_TEST(status_of_reply(reply) == 200);
    BOOST_TEST(contacts_in(reply) == 1);
    BOOST_TEST(reply.find("#rows") == std::string::npos);
    BOOST_TEST(!reply.ends_with("\r\n0\r\n\r\n"));
    BOOST_TEST(reply.find("SELECT") == std::string::npos);
    std::lock_guard const lock(log_mutex);
    BOOST_TEST(log.find("a report failed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_fails_before_the_first_row_is_a_problem) {
    BOOST_TEST(status_of_reply(say(ask_for_list("nobody"))) == 404);
}

BOOST_AUTO_TEST_CASE(what_is_no_http_is_refused) {
    BOOST_TEST(status_of_reply(say("hello\r\n\r\n")) == 400);
    BOOST_TEST(status_of_reply(say("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'a') + "\r\n\r\n")) == 431);
    BOOST_TEST(status_of_reply(say("GET /" + std::string(5'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n")) == 413);
    BOOST_TEST(
        status_of_reply(say(
            "POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")) ==
        400);
}

BOOST_AUTO_TEST_CASE(what_follows_a_body_of_unknown_length_is_no_request) {
    std::string const hidden = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (char const* const coding :
         {"gzip", "identity", "xchunked", "chunked, chunked", "gzip, chunked", "chunked, gzip", "gzip\r\nContent-Length: 5"}) {
        BOOST_TEST_CONTEXT(coding) {
            std::string const framing = std::string("Host: x\r\nTransfer-Encoding: ") + coding + "\r\n\r\n";
            for (char const* const line : {"GET /livez HTTP/1.1\r\n", "POST /v1/accounts/acme/changes HTTP/1.1\r\n"}) {
                std::string const reply = say(line + framing + hidden);
                BOOST_TEST(status_of_reply(reply) == 400);
                BOOST_TEST(reply.find("HTTP/1.1 ", 1) == std::string::npos);
            }
        }
    }
    // The one coding that there is, however it is spelled, but not of an old client.
    std::string const head =
        "POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer writer\r\nConnection: close\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: Chunked \r\n\r\n";
    BOOST_TEST(status_of_reply(say(head + "1\r\n{\r\n0\r\n\r\n")) == 400);
    std::string const body = test::good_change;
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size());
    BOOST_TEST(status_of_reply(say(head + size + body + "\r\n0\r\n\r\n")) == 201);
    std::string const old = say("GET /livez HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    BOOST_TEST(old.starts_with("HTTP/1.0 400 "));
    BOOST_TEST(status_of_reply(say("GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")) == 400);
    BOOST_TEST(status_of_reply(say("GET /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer auditor\r\n"
                                   "Authorization: Bearer writer\r\n\r\n")) == 400);
}

BOOST_AUTO_TEST_CASE(a_body_is_objected_to_before_it_is_read) {
    std::string const head = "POST /v1/accounts/acme/contacts/lookup HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer writer\r\n";
    BOOST_TEST(status_of_reply(say(head + "Content-Type: application/json\r\nContent-Length: 99999999\r\n\r\n")) == 413);
    BOOST_TEST(status_of_reply(say(head + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")) == 415);
    BOOST_TEST(status_of_reply(say("GET /checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")) == 400);
    BOOST_TEST(status_of_reply(say("POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n")) ==
               401);
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_first_is_told_to_go_on) {
    std::string const body = test::good_change;
    std::string const reply =
        say("POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer writer\r\n"
            "Content-Type: application/json; charset=utf-8\r\nExpect: 100-continue\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
    BOOST_TEST(reply.starts_with("HTTP/1.1 100 Continue\r\n"));
    BOOST_TEST(reply.find("HTTP/1.1 201 ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_order) {
    std::string const one = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
    std::string const reply = say(one + one + "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    std::size_t const second = reply.find("HTTP/1.1 200", 5);
    BOOST_REQUIRE(second != std::string::npos);
    BOOST_TEST(reply.find("HTTP/1.1 404", second) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_at_once) {
    std::vector<std::thread> clients;
    std::atomic<int> good{0};
    for (int i = 0; i < 16; ++i) {
        clients.emplace_back([this, &good] {
            for (int k = 0; k < 20; ++k) {
                std::string const reply =
                    say("GET /v1/entries/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer writer\r\n\r\n");
                good += status_of_reply(reply) == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }
    BOOST_TEST(good.load() == 320);
}

BOOST_AUTO_TEST_CASE(connections_that_announce_much_and_send_nothing_keep_nobody_out) {
    std::string const head =
        "POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    std::string const announced = "Content-Length: " + std::to_string(limits::http_batch_body_bytes) + "\r\n\r\n";
    std::vector<std::unique_ptr<test::OpenConnection>> silent;
    for (int i = 0; i < 16; ++i) {
        silent.push_back(std::make_unique<test::OpenConnection>(server->port()));
        BOOST_REQUIRE(silent.back()->send(head + "Authorization: Bearer writer\r\n" + announced + "["));
    }
    for (auto const& [token, size] : {std::pair<std::string, std::size_t>{"writer", 100'000}, {"writer2", 2'000'000}}) {
        std::string const body = std::string(size, ' ') + test::good_change;
        std::string const reply = say(head + "Authorization: Bearer " + token +
                                      "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        BOOST_TEST(status_of_reply(reply) == 201);
    }
    BOOST_TEST(app.memory()->used() < 1'000'000u);
}

BOOST_AUTO_TEST_CASE(one_tokens_bodies_leave_room_for_anothers) {
    Hold bulk(app.memory(), "t");
    bulk.trade(limits::http_principal_bytes);
    std::string const head =
        "POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
    std::string const body = std::string(2'000'000, ' ') + test::good_change;
    auto const post = [&](std::string const& token, std::string const& text) {
        return status_of_reply(say(head + "Authorization: Bearer " + token +
                                   "\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text));
    };
    BOOST_TEST(post("writer", body) == 503);
    BOOST_TEST(post("writer", test::good_change) == 201);  // a STOP's size gets in
    BOOST_TEST(post("writer2", body) == 201);
    bulk.trade(0);
    BOOST_TEST(post("writer", body) == 201);
}

BOOST_AUTO_TEST_CASE(an_answer_is_counted_until_it_is_sent) {
    std::string body = "[0";
    for (int i = 1; i < 10'000; ++i) {
        body += R"(,{"correlation_id":")" + std::string(120, 'c') + "\"}";
    }
    body += "]";
    test::OpenConnection slow(server->port(), 4'096);
    BOOST_REQUIRE(
        slow.send("POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer writer\r\n"
                  "Content-Type: application/json\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body));
    std::string const begun = slow.receive(1'000);
    BOOST_TEST(status_of_reply(begun) == 200);
    auto const at = begun.find("Content-Length: ");
    BOOST_REQUIRE(at != std::string::npos);
    BOOST_TEST(app.memory()->used() == std::stoull(begun.substr(at + 16)));
    while (!slow.receive(1'000'000).empty()) {
    }
    for (int i = 0; i < 1'000 && app.memory()->used() > 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    BOOST_TEST(app.memory()->used() == 0u);
}

BOOST_AUTO_TEST_CASE(a_taken_port_is_said) {
    ServerOptions options;
    options.port = server->port();
    options.connections = 1;
    auto const second = Server::listen(app, options);
    BOOST_REQUIRE(!second.has_value());
    BOOST_TEST(second.error().detail.find(std::to_string(options.port)) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
