"""Malformed and unacceptable requests: each gets a 4xx that says what is wrong (or a closed connection), nothing is written, the next
request is served, and nothing personal is repeated."""
import gzip
import json
import socket
import time
import unittest

from harness import CHANGES, INBOUND, LOOKUP, LedgerTest, change, number, parsed_answer
from recorder import faults_of

GOOD = change("contact.added", number(1), "good", data={"origin": "manual"})


def without(name):
    return {key: value for key, value in GOOD.items() if key != name}


BODIES = [  # (what, body, status, pointer or None)
    ("empty", b"", 400, None),
    ("no JSON", b"hello", 400, None),
    ("cut off", b'{"kind":"contact.added"', 400, None),
    ("trailing text", json.dumps(GOOD).encode() + b" x", 400, None),
    ("NUL after the end", json.dumps(GOOD).encode() + b"\0", 400, None),
    ("duplicate member", b'{"kind":"contact.added","kind":"contact.added"}', 400, None),
    ("invalid UTF-8", b'{"kind":"\xff"}', 400, None),
    ("lone surrogate", b'{"kind":"\\ud800"}', 400, None),
    ("fraction", b'{"kind":1.5}', 400, None),
    ("exponent", b'{"kind":1e3}', 400, None),
    ("integer too large", b'{"kind":9007199254740993}', 400, None),
    ("deep", b"[" * 5000 + b"]" * 5000, 400, None),
    ("UTF-16", json.dumps(GOOD).encode("utf-16"), 400, None),
    ("a number", b"17", 422, ""),
    ("null", b"null", 422, ""),
    ("an empty array", b"[]", 422, None),
    ("no kind", without("kind"), 422, "/kind"),
    ("unknown kind", {**GOOD, "kind": "contact.exploded"}, 422, "/kind"),
    ("a kind of the program", {**GOOD, "kind": "ledger.created"}, 422, "/kind"),
    ("no phone", without("phone"), 422, None),
    ("phone as a number", {**GOOD, "phone": 15550100101}, 422, "/phone"),
    ("phone without plus", {**GOOD, "phone": "15550100101"}, 422, "/phone"),
    ("phone with letters", {**GOOD, "phone": "+1555CALLNOW"}, 422, "/phone"),
    ("phone too long", {**GOOD, "phone": "+1234567890123456"}, 422, "/phone"),
    ("an unknown contact", {**without("phone"), "contact": "0" * 64}, 422, "/contact"),
    ("contact in capitals", {**without("phone"), "contact": "A" * 64}, 422, "/contact"),
    ("phone and contact", {**GOOD, "contact": "0" * 64}, 422, None),
    ("unknown member", {**GOOD, "mood": "good"}, 422, "/mood"),
    ("unknown data member", {**GOOD, "data": {"origin": "manual", "colour": "red"}}, 422, "/data/colour"),
    ("data missing", without("data"), 422, None),
    ("data of the wrong type", {**GOOD, "data": []}, 422, "/data"),
    ("origin not of the list", {**GOOD, "data": {"origin": "heaven"}}, 422, "/data/origin"),
    ("time without offset", {**GOOD, "occurred_at": "2026-11-23T10:00:00"}, 422, "/occurred_at"),
    ("time that is none", {**GOOD, "occurred_at": "2026-02-30T10:00:00Z"}, 422, "/occurred_at"),
    ("time as a number", {**GOOD, "occurred_at": 1700000000}, 422, "/occurred_at"),
    ("actor without id", {**GOOD, "actor": {"kind": "agent"}}, 422, "/actor/id"),
    ("actor of no kind", {**GOOD, "actor": {"kind": "ghost", "id": "a"}}, 422, "/actor/kind"),
    ("actor id with a space", {**GOOD, "actor": {"kind": "agent", "id": "a b"}}, 422, "/actor/id"),
    ("source with more", {**GOOD, "source": {"record": "x", "token": "t"}}, 422, "/source/token"),
    ("record too long", {**GOOD, "source": {"record": "x" * 129}}, 422, "/source/record"),
    ("the number in clear", {**GOOD, "source": {"record": "rec-" + number(1)[1:]}}, 422, "/source/record"),
    ("evidence of no kind", {**GOOD, "evidence": [{"kind": "rumour"}]}, 422, "/evidence/0/kind"),
    ("evidence no array", {**GOOD, "evidence": {}}, 422, "/evidence"),
    ("evidence verified by the poster", {**GOOD, "evidence": [{"kind": "inbound_sms", "verified": True}]}, 422, None),
    ("claimed of the wrong type", {**GOOD, "claimed": {"opted_in": "yes"}}, 422, "/claimed/opted_in"),
    ("a text too long", {**GOOD, "kind": "opt_in.agent", "data": {"note": "x" * 5000}}, 422, "/data/note"),
]

MESSAGES = [
    ("no sender", {"to": number(9), "body": "hi", "message_id": "m"}, 422),
    ("no id", {"from": number(1), "to": number(9), "body": "hi"}, 422),
    ("no body", {"from": number(1), "to": number(9), "message_id": "m"}, 422),
    ("unknown member", {"from": number(1), "to": number(9), "body": "hi", "message_id": "m", "x": 1}, 422),
    ("naive time", {"from": number(1), "to": number(9), "body": "hi", "message_id": "m", "received_at": "2026-11-23 10:00"}, 422),
    ("an array", [], 422),
    ("no own number", {"from": number(1), "body": "STOP", "message_id": "m"}, 422),
    ("an empty id", {"from": number(1), "to": number(9), "body": "STOP", "message_id": ""}, 422),
    ("a sender without plus", {"from": number(1)[1:], "to": number(9), "body": "STOP", "message_id": "m"}, 422),
    ("a sender with other digits", {"from": "\uff0b\uff11\uff15\uff15\uff15\uff10\uff11\uff10\uff10\uff11\uff10\uff11", "to": number(9), "body": "STOP",
                                    "message_id": "m"}, 422),
    ("a sender that is a number in disguise", {"from": "tel:" + number(1), "to": number(9), "body": "STOP", "message_id": "m"}, 422),
    ("a lone surrogate", b'{"from":"+15550100101","to":"+15550199999","body":"STOP \\ud83d","message_id":"m"}', 400),
]

ODD_STOPS = [  # what would be refused in a change is left out of a message's entry
    ("an empty own number", {"to": ""}, False),
    ("an own number that is none", {"to": "the shop"}, True),
    ("an id with other signs", {"message_id": "a/b+c=="}, True),
    ("an id with the number", {"message_id": "SM" + number(1)[1:]}, True),
    ("a provider that is no id", {"provider": "my provider"}, True),
    ("a body that is too long", {"body": " " * 20000 + "STOP"}, True),
]

RAW = [  # bytes on the wire; the answer's status, or None where a closed connection is an answer
    ("no HTTP", b"hello\r\n\r\n", 400),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64, 400),
    ("two lengths", b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
    ("length and chunked", b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("a coding of no known length", b"POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("no host", b"GET /livez HTTP/1.1\r\n\r\n", 400),
    ("an empty host", b"GET /livez HTTP/1.1\r\nHost:\r\n\r\n", 400),
    ("a host that is none", b"GET /livez HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    ("a host with a name before it", b"GET /livez HTTP/1.1\r\nHost: u@x\r\n\r\n", 400),
    ("no host, before a body", b"POST %s HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", 400),
    ("a bad host in HTTP/1.0", b"GET /livez HTTP/1.0\r\nHost: a b\r\n\r\n", 400),
    ("no host in HTTP/1.0", b"GET /livez HTTP/1.0\r\n\r\n", 200),
    ("two hosts", b"GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
    ("negative length", b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ("header too large", b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 40000 + b"\r\n\r\n", 431),
    ("header never ends", b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 20000, 431),
    ("bad escape", b"GET /%%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("absolute target", b"GET http://x/livez HTTP/1.1\r\nHost: y\r\nConnection: close\r\n\r\n", 200),
    ("absolute target without Host", b"GET http://x/livez HTTP/1.1\r\n\r\n", 400),
    ("absolute target of another scheme", b"GET ftp://x/livez HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("absolute target without a host", b"GET http:///livez HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("the server as a whole", b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200),
    ("a star for another method", b"GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("TRACE", b"TRACE /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
    ("a method of nobody's", b"FROB /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
    ("CONNECT", b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", 400),
    ("encoded slash", b"GET /v1/entries%%2f0 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("a body that takes no body", b"GET /checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 400),
]


class OddStopTest(LedgerTest):
    def test_a_stop_is_taken_and_says_what_was_withheld(self):
        for index, (what, change, withheld) in enumerate(ODD_STOPS):
            with self.subTest(what):
                posted = {"from": number(1), "to": number(9), "body": "STOP", "message_id": f"odd-{index}", **change}
                answer = self.writer.post(INBOUND, posted)
                self.assertEqual(answer.status, 201, answer.body)
                entry = json.loads(answer.json["results"][0]["receipt"]["entry"])
                self.assertEqual(entry["kind"], "opt_out.stop")
                self.assertEqual(entry["data"].get("text_withheld", False), withheld)
                self.assertNotIn(number(1)[2:], json.dumps(entry))
                self.assertEqual(self.writer.post(INBOUND, posted).json["results"][0]["status"], "replayed")

    def test_what_is_no_phone_is_ignored(self):
        before = self.server.size()
        for sender in ("12345", "MYBANK"):
            posted = {"from": sender, "to": number(9), "body": "STOP", "message_id": "n"}
            self.assertEqual(self.writer.post(INBOUND, posted).status, 202)
        self.assertEqual(self.server.size(), before)


class BadInputTest(LedgerTest):
    def setUp(self):
        self.before = self.server.size()

    def tearDown(self):
        self.assertEqual(self.server.size(), self.before, "something was written")
        self.assertNotIn("internal error", self.server.log())

    def test_bodies(self):
        for what, body, status, pointer in BODIES:
            with self.subTest(what):
                problem = self.assert_problem(self.writer.post(CHANGES, body), status)
                self.assertTrue(problem.get("detail"))
                if pointer is not None:
                    self.assertEqual(problem["errors"][0]["pointer"], pointer, problem)
                self.assertNotIn(number(1)[2:], json.dumps(problem))

    def test_a_fault_in_one_item_does_not_stop_at_the_door_but_in_its_place(self):
        for what, body, status, _ in BODIES:
            if isinstance(body, dict):
                with self.subTest(what):
                    answer = self.writer.post(CHANGES, [body])
                    self.assertEqual(answer.status, 200)
                    self.assertEqual(answer.json["results"][0]["problem"]["status"], status)

    def test_messages(self):
        for what, body, status in MESSAGES:
            with self.subTest(what):
                problem = self.assert_problem(self.writer.post(INBOUND, body), status)
                self.assertNotIn(number(1)[2:], json.dumps(problem))

    def test_lookups(self):
        for body in (b"", {}, {"phone": 5}, {"phone": "x"}, {"phone": number(1), "when": "now"}, {"phone": number(1), "at": "yesterday"}):
            with self.subTest(str(body)):
                answer = self.writer.post(LOOKUP, body)
                self.assertIn(answer.status, (400, 422), answer.body)

    def test_routes_methods_and_types(self):
        for method, path, status in (("GET", "/nowhere", 404), ("DELETE", CHANGES, 405), ("PUT", CHANGES, 405), ("POST", "/checkpoint", 405),
                                     ("GET", "/v1/entries/x", 404), ("GET", "/v1/entries/00", 404), ("GET", "/v1/entries/999999", 404),
                                     ("GET", "/v1/entries/-1", 404), ("GET", "/tile/0/000", 404), ("GET", "/tile/0/0", 404),
                                     ("GET", "/tile/64/000", 404), ("GET", "/tile/0/x001", 404), ("OPTIONS", "/", 405)):
            with self.subTest(method + path):
                answer = self.writer.request(method, path)
                self.assertEqual(answer.status, status, answer.body)
                if status == 405:
                    self.assertTrue(answer.headers["allow"])
        for kind in ("text/plain", "application/xml", ""):
            self.assert_problem(self.writer.post(CHANGES, json.dumps(GOOD), headers={"Content-Type": kind}), 415)
        for coding in ("gzip", "br", "identity, gzip"):
            headers = {"Content-Type": "application/json", "Content-Encoding": coding}
            self.assert_problem(self.writer.post(CHANGES, json.dumps(GOOD), headers=headers), 415, "unsupported_media_type")
            lines = {**headers, "Content-Type": "application/x-ndjson"}
            self.assert_problem(self.writer.post(CHANGES, gzip.compress(json.dumps(GOOD).encode()), headers=lines), 415, "unsupported_media_type")
            self.assert_problem(self.writer.post(CHANGES, "", headers=lines), 422)

    def test_parameters(self):
        for query in ("limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "kind=nothing", "cursor=AAAA", "sort=up", "since=today",
                      "after=-1", "after=0&order=newest", "order=sideways"):
            with self.subTest(query):
                self.assert_problem(self.auditor.get(CHANGES + "?" + query), 422, "invalid")
        for query in ("status=maybe", "severity=awful", "rule=CL-999", "cursor=%00", "x=1"):
            with self.subTest(query):
                answer = self.auditor.get("/v1/accounts/acme/findings?" + query)
                self.assertEqual(answer.status, 422, answer.body)
        self.assert_problem(self.auditor.get("/v1/accounts/acme/contacts/xyz"), 404)
        self.assert_problem(self.auditor.get(f"/v1/accounts/acme/contacts/{'0' * 64}/history"), 404)

    def test_without_a_token(self):
        stranger = self.server.client()
        for path in (CHANGES, "/v1/entries/0", "/tile/entries/000.p/1"):
            answer = stranger.get(path)
            self.assert_problem(answer, 401, "unauthorized")
            self.assertIn("Bearer", answer.headers["www-authenticate"])
        self.assert_problem(stranger.get(CHANGES, headers={"Authorization": "Basic YTpi"}), 401)
        stranger.close()

    def raw(self, request, wait=15):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=wait) as connection:
            try:
                connection.sendall(request)
            except (BrokenPipeError, ConnectionResetError):
                pass
            answer = b""
            try:
                while chunk := connection.recv(65536):
                    answer += chunk
            except (ConnectionResetError, socket.timeout):
                pass
        self.assertEqual([], faults_of(request, answer), request[:500])
        return answer

    def test_bytes_on_the_wire(self):
        for what, request, status in RAW:
            with self.subTest(what):
                if b"%" in request:
                    request = request.replace(b"%s", CHANGES.encode()).replace(b"%%", b"%")
                answer = self.raw(request)
                self.assertTrue(answer.startswith(b"HTTP/1."), answer[:80])
                self.assertEqual(int(answer.split(b" ")[1]), status, answer[:200])
                self.assertEqual(self.writer.get("/livez").status, 200)

    def test_what_the_server_as_a_whole_takes(self):
        answer = parsed_answer(self.raw(b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        self.assertEqual((answer.status, answer.headers["allow"], answer.body), (200, "GET, HEAD, POST, PUT, OPTIONS", b""))
        answer = parsed_answer(self.raw(b"TRACE /livez HTTP/1.1\r\nHost: x\r\nX-Secret: s3cret\r\nConnection: close\r\n\r\n"))
        self.assertEqual((answer.status, answer.headers["allow"]), (405, "GET, HEAD"))
        self.assertNotIn(b"s3cret", answer.body)

    def test_a_client_that_asks_before_it_sends(self):
        """RFC 9110 10.1.1: 100 after the header was judged, a final status instead of it, nothing of it to HTTP/1.0."""
        body = json.dumps({"phone": number(1)}).encode()

        def header(token, version="1.1", length=len(body)):
            return (f"POST {LOOKUP} HTTP/{version}\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
                    f"Connection: close\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n").encode()
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=15) as connection:
            connection.sendall(header(self.tokens["writer"]))
            self.assertEqual(connection.recv(65536), b"HTTP/1.1 100 Continue\r\n\r\n")
            connection.sendall(body)
            self.assertIn(b" 200 ", connection.recv(65536)[:20])
        for request, status in ((header("cl_nobody_x"), 401), (header(self.tokens["writer"], length=99_999_999), 413)):
            answer = self.raw(request)
            self.assertNotIn(b" 100 ", answer[:20])
            self.assertEqual(int(answer.split(b" ")[1]), status, answer[:200])
        self.assertEqual(self.raw(header(self.tokens["writer"], version="1.0") + body).split(b" ")[1], b"200")
        self.assertEqual(self.raw(header(self.tokens["writer"], length=0)).split(b" ")[1], b"400")

    def test_a_body_larger_than_the_route_takes(self):
        header = f"POST {LOOKUP} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.tokens['writer']}\r\nContent-Type: application/json\r\n"
        announced = self.raw(header.encode() + b"Content-Length: 999999999\r\n\r\n")
        self.assertIn(b" 413 ", announced[:20])
        chunks = b"10000\r\n" + b"x" * 65536 + b"\r\n"
        chunked = self.raw(header.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + chunks * 20 + b"0\r\n\r\n")
        self.assertTrue(chunked == b"" or b" 413 " in chunked[:20], chunked[:80])

    def test_a_request_in_pieces_is_served_and_a_stalled_one_is_closed(self):
        body = json.dumps({"phone": number(1)}).encode()
        request = (f"POST {LOOKUP} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {self.tokens['writer']}\r\n"
                   f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=15) as connection:
            for start in range(0, len(request), 40):
                connection.sendall(request[start:start + 40])
                time.sleep(0.01)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            self.assertIn(b" 200 ", answer[:20])
            self.assertEqual([], faults_of(request, answer))
        started = time.monotonic()
        self.assertEqual(self.raw(b"GET / HTTP/1.1\r\nHost:"), b"")
        self.assertLess(time.monotonic() - started, 14)

    def test_pipelined_requests_are_answered_in_order(self):
        one = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
        last = b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        answer = self.raw(one * 3 + last)
        self.assertEqual([int(part.split(b" ")[0]) for part in answer.split(b"HTTP/1.1 ")[1:]], [200, 200, 200, 404])


if __name__ == "__main__":
    unittest.main()
