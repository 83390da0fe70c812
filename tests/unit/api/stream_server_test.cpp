// Changes as lines over a socket: answered while they arrive.
#include "ledger/core/limits.hpp"
#include "tests/unit/api/running.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <memory>
#include <vector>

namespace cl::api {

using test::good_change;
using test::OpenConnection;
using test::Running;
using test::status_of_reply;

namespace {

std::string head(std::string const& framing, std::string const& token = "writer", std::string const& more = {}) {
    return "POST /v1/accounts/acme/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token +
           "\r\nContent-Type: application/x-ndjson\r\n" + more + framing + "\r\n\r\n";
}

std::string const chunked = "Transfer-Encoding: chunked";

std::string announced(std::string const& body) {
    return "Content-Length: " + std::to_string(body.size());
}

std::string chunk(std::string const& bytes) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return size + bytes + "\r\n";
}

std::string line() {
    return std::string(good_change) + "\n";
}

/// What comes until `text` has come.
std::string until(OpenConnection const& connection, std::string const& text) {
    std::string all;
    while (all.find(text) == std::string::npos) {
        std::string const more = connection.receive(65'536);
        if (more.empty()) break;
        all += more;
    }
    return all;
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(stream_server_test, Running)

BOOST_AUTO_TEST_CASE(a_result_comes_before_the_next_line_is_sent) {
    OpenConnection const client(server->port());
    BOOST_REQUIRE(client.send(head(chunked)));
    for (int i = 0; i < 3; ++i) {
        BOOST_REQUIRE(client.send(chunk(line())));
        std::string const reply = until(client, "\"index\":" + std::to_string(i));
        BOOST_TEST(reply.find("\"recorded\"") != std::string::npos);
        BOOST_TEST(reply.find("checkpoint\":") == std::string::npos);
    }
    BOOST_REQUIRE(client.send("0\r\n\r\n"));
    BOOST_TEST(until(client, "\r\n0\r\n\r\n").find("{\"checkpoint\":\"note\"}\n") != std::string::npos);
    // All was read and answered: the connection serves another request.
    BOOST_REQUIRE(client.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"));
    BOOST_TEST(status_of_reply(until(client, "\r\n\r\n")) == 200);
    BOOST_TEST(nothing_is_held());
}

BOOST_AUTO_TEST_CASE(a_client_that_sends_everything_before_it_reads_is_served) {
    std::size_t const lines = 40'000;
    std::string body;
    for (std::size_t i = 0; i < lines; ++i) body += line();
    std::string const reply = say(head(announced(body), "writer", "Connection: close\r\n") + body);
    BOOST_TEST(status_of_reply(reply) == 200);
    BOOST_TEST(count(reply, "\"index\":") == lines);
    BOOST_TEST(reply.find("\"index\":" + std::to_string(lines - 1) + ",") != std::string::npos);
    BOOST_TEST(count(reply, "\"checkpoint\":") == 1u);
    BOOST_TEST(reply.ends_with("\r\n0\r\n\r\n"));
    BOOST_TEST(nothing_is_held());
}

BOOST_AUTO_TEST_CASE(of_a_client_that_dies_whole_lines_are_taken_and_half_a_line_is_not) {
    {
        OpenConnection const client(server->port());
        BOOST_REQUIRE(client.send(head("Content-Length: 100000")));
        BOOST_REQUIRE(client.send(line() + line() + std::string(good_change).substr(0, 20)));
        until(client, "\"index\":1");
    }
    BOOST_TEST(nothing_is_held());
    std::size_t items = 0;
    std::lock_guard const lock(service.mutex);
    for (service::AppendRequest const& request : service.asked) items += request.items.size();
    BOOST_TEST(items == 2u);
}

BOOST_AUTO_TEST_CASE(a_full_queue_is_waited_for) {
    service.busy_times = 3;
    std::string const body = line() + line();
    std::string const reply = say(head(announced(body), "writer", "Connection: close\r\n") + body);
    BOOST_TEST(status_of_reply(reply) == 200);
    BOOST_TEST(count(reply, "\"recorded\"") == 2u);
}

BOOST_AUTO_TEST_CASE(what_ends_a_stream_early_is_its_last_line) {
    service.whole_failure = fail(errc::writer_stopped, "A write failed.");
    service.good_appends = 1;
    OpenConnection const client(server->port());
    BOOST_REQUIRE(client.send(head(chunked) + chunk(line())));
    until(client, "\"index\":0");
    BOOST_REQUIRE(client.send(chunk(line())));
    std::string const rest = until(client, "\r\n0\r\n\r\n");
    BOOST_TEST(rest.find("{\"index\":1,\"problem\":{") != std::string::npos);
    BOOST_TEST(rest.find("writer_stopped") != std::string::npos);
    BOOST_TEST(rest.find("checkpoint\":") == std::string::npos);
    BOOST_TEST(client.receive(1).empty());  // and the connection
    // Before anything was answered it is the whole answer.
    BOOST_TEST(status_of_reply(say(head(announced(line()), "writer", "Connection: close\r\n") + line())) == 503);
}

BOOST_AUTO_TEST_CASE(framing_that_breaks_off_in_the_middle_is_told) {
    OpenConnection const client(server->port());
    BOOST_REQUIRE(client.send(head(chunked) + chunk(line())));
    until(client, "\"index\":0");
    BOOST_REQUIRE(client.send("no chunk\r\n"));
    BOOST_TEST(until(client, "\r\n0\r\n\r\n").find("\"code\":\"malformed\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_body_without_a_change_is_refused_and_the_connection_stays) {
    OpenConnection const client(server->port());
    BOOST_REQUIRE(client.send(head("Content-Length: 2") + "\n\n"));
    BOOST_TEST(status_of_reply(until(client, "no change")) == 422);
    BOOST_REQUIRE(client.send(head("Content-Length: 0")));
    BOOST_TEST(status_of_reply(until(client, "no change")) == 422);
    BOOST_TEST(status_of_reply(
                   say("POST /v1/accounts/acme/changes?receipt=no HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer writer\r\n"
                       "Connection: close\r\nContent-Type: application/x-ndjson\r\nContent-Length: 3\r\n\r\n{}\n")) == 422);
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_first_and_an_old_one) {
    std::string const body = line();
    std::string const reply = say(head(announced(body), "writer", "Connection: close\r\nExpect: 100-continue\r\n") + body);
    BOOST_TEST(reply.starts_with("HTTP/1.1 100 Continue\r\n"));
    BOOST_TEST(reply.find("HTTP/1.1 200 ") != std::string::npos);
    std::string old = head(announced(body));
    old.replace(old.find("HTTP/1.1"), 8, "HTTP/1.0");
    std::string const answer = say(old + body);
    BOOST_TEST(answer.find("chunked") == std::string::npos);
    BOOST_TEST(answer.ends_with("{\"checkpoint\":\"note\"}\n"));
}

BOOST_AUTO_TEST_CASE(a_server_that_ends_says_so) {
    OpenConnection const client(server->port());
    BOOST_REQUIRE(client.send(head(chunked) + chunk(line())));
    until(client, "\"index\":0");
    server->stop();
    BOOST_TEST(until(client, "\r\n0\r\n\r\n").find("{\"index\":1,\"problem\":{\"code\":\"not_ready\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(streams_of_one_token_leave_room_for_anothers) {
    std::size_t const fit = limits::http_principal_bytes / limits::stream_work_bytes;
    std::vector<std::unique_ptr<OpenConnection>> open;
    for (std::size_t i = 0; i < fit; ++i) {
        open.push_back(std::make_unique<OpenConnection>(server->port()));
        BOOST_REQUIRE(open.back()->send(head(chunked) + chunk(line())));
        BOOST_TEST(until(*open.back(), "\"index\":0").find("recorded") != std::string::npos);
    }
    OpenConnection const more(server->port());
    BOOST_REQUIRE(more.send(head(chunked)));
    BOOST_TEST(status_of_reply(until(more, "busy")) == 503);
    std::string const body = line();
    BOOST_TEST(status_of_reply(say(head(announced(body), "writer2", "Connection: close\r\n") + body)) == 200);
    open.clear();
    BOOST_TEST(nothing_is_held());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cl::api
