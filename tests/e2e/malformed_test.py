"""A thousand malformed requests from a generator: each gets a 4xx or a closed connection, none is a fault of the server's own, and the next
good request is served. CL_TEST_SEED names another run, CL_LONG=1 draws one anew."""
import json
import random
import socket
import unittest

import contract
from harness import CHANGES, INBOUND, LOOKUP, LedgerTest, change, number, parsed_answer, seed_of_run
from recorder import faults_of

CHECK = "/v1/accounts/acme/check"
GOOD = {
    CHANGES: change("opt_in.agent", number(1), "r1", data={"note": "asked"}, evidence=[
        {"kind": "verbal_call", "occurred_at": "2026-11-20T10:00:00Z", "agent": "a7", "scope": {"lists": ["promo"]}}]),
    INBOUND: {"from": number(2), "to": "+15550199999", "body": "hello", "message_id": "m1"},
    LOOKUP: {"phone": number(3)},
    CHECK: {"numbers": [number(4)], "message": {"type": "one_to_one"}},
}
JUNK = [None, True, 0, -1, 1.5, 10**30, "", "x", "\u0000", [], [[]], {}, {"": 0}, {"a": None}]


class Maker:
    """Bytes of one request that no server may take."""

    def __init__(self, seed, token):
        self.random, self.token = random.Random(seed), token

    def request(self):
        return self.random.choice([self.truncated, self.wrong_type, self.missing, self.extra, self.duplicate, self.nested, self.not_utf8,
                                   self.noise, self.numbers, self.smuggled, self.bad_header, self.bad_line, self.bad_target])()

    def framed(self, path, body, extra=b"", method=b"POST", kind=b"application/json"):
        return (method + b" " + path.encode() + b" HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + self.token.encode() +
                b"\r\nContent-Type: " + kind + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n" + extra + b"\r\n" + body)

    def good(self):
        path = self.random.choice(list(GOOD))
        return path, json.loads(json.dumps(GOOD[path]))

    def truncated(self):
        path, value = self.good()
        text = json.dumps(value).encode()
        return self.framed(path, text[:self.random.randrange(len(text))])

    def wrong_type(self):
        path, value = self.good()
        name = self.random.choice(list(value))
        bad = [junk for junk in JUNK if type(junk) is not type(value[name]) and junk is not None or isinstance(junk, float)]
        value[name] = self.random.choice(bad)
        return self.framed(path, json.dumps(value).encode())

    def missing(self):
        path, value = self.good()
        required = {CHANGES: ["kind", "phone", "source"], INBOUND: ["from", "to", "body", "message_id"], LOOKUP: ["phone"], CHECK: ["numbers"]}
        del value[self.random.choice(required[path])]
        return self.framed(path, json.dumps(value).encode())

    def extra(self):
        path, value = self.good()
        value["x" + str(self.random.random())] = self.random.choice(JUNK)
        return self.framed(path, json.dumps(value).encode())

    def duplicate(self):
        path, value = self.good()
        name = self.random.choice(list(value))
        text = json.dumps(value)
        return self.framed(path, (text[:-1] + ", " + json.dumps(name) + ": " + json.dumps(value[name]) + "}").encode())

    def nested(self):
        depth = self.random.choice([40, 1_000, 200_000])
        opening, closing = self.random.choice([(b"[", b"]"), (b'{"a":', b"}")])
        return self.framed(self.good()[0], opening * depth + b"1" + closing * depth)

    def not_utf8(self):
        path, value = self.good()
        text = bytearray(json.dumps(value).encode())
        at = text.index(b'": "') + 4
        text[at:at] = self.random.choice([b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80", b"\\ud800", b"\x01"])
        return self.framed(path, bytes(text))

    def noise(self):
        return self.framed(self.good()[0], self.random.randbytes(self.random.randrange(1, 3_000)))

    def numbers(self):
        path, value = self.good()
        text = json.dumps(value)
        return self.framed(path, (text[:-1] + ', "n": ' + self.random.choice(["01", "1e999", "NaN", "-", "0x1", "9" * 5_000, "+1"]) + "}").encode())

    def smuggled(self):
        path, value = self.good()
        body = json.dumps(value).encode()
        return self.framed(path, body, self.random.choice([
            b"Transfer-Encoding: chunked\r\n", b"Content-Length: 3\r\n", b"Transfer-Encoding: xchunked\r\n",
            b"Transfer-Encoding: chunked, identity\r\n", b"Content-Length: +5\r\n",
            b"Content-Length : 5\r\n", b"Transfer-Encoding\t: chunked\r\n"]))

    def bad_header(self):
        path, value = self.good()
        return self.framed(path, json.dumps(value).encode(), self.random.choice([
            b"X: " + b"y" * 40_000 + b"\r\n", b"X" * 40_000 + b": y\r\n", b"X\x00: y\r\n", b"X: a\x00b\r\n", b": y\r\n",
            b"no colon\r\n", b"X: y\n\r\n\r\n"[:5] + b"\rz: 1\r\n", b"\xff: y\r\n"]))

    def bad_line(self):
        first = self.random.choice([b"POST", b"POST /", b"POST / HTTP/9.9", b"POST  / HTTP/1.1", b"\x16\x03\x01\x02\x00", b"P\x00ST / HTTP/1.1",
                                    b"/ POST HTTP/1.1", b"GET http://x/y HTTP/1.1", b"CONNECT x:1 HTTP/1.1", b"PRI * HTTP/2.0", b"DELETE / HTTP/1.1"])
        return first + b"\r\nHost: x\r\nContent-Length: 0\r\n\r\n"

    def bad_target(self):
        path = self.random.choice(["/v1/accounts/%zz/changes", "/v1/accounts/a%2fb/changes", "/v1/accounts/%00/changes", "/" + "a" * 9_000,
                                   "//", "/v1/accounts/acme/changes?limit=-1", "/v1/accounts/acme/changes?limit=1&limit=2",
                                   "/../../etc/passwd", "/v1/accounts/acme/changes?\xa0"])
        return self.framed(path, b"", method=b"GET")


class Malformed(LedgerTest):
    def send(self, request):
        """The status, or None where the connection ended without one."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as connection:
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                answer = b""
                while piece := connection.recv(65_536):
                    answer += piece
            except OSError:  # reset or not connected any more: the server has closed it
                return None
        if not answer.startswith(b"HTTP/1."):
            return None
        parsed = parsed_answer(answer)
        self.assertEqual(parsed.headers.get("content-type"), "application/problem+json", request[:2_000])
        self.assertEqual(contract.problem_faults(parsed), [], request[:2_000])
        self.assertEqual(faults_of(request, answer), [], request[:2_000])
        return parsed.status

    def test_a_thousand_of_them(self):
        seed = seed_of_run()
        maker = Maker(seed, self.tokens["admin"])
        before, seen = self.server.size(), {}
        for index in range(1_000):
            request = maker.request()
            status = self.send(request)
            seen[status] = seen.get(status, 0) + 1
            self.assertTrue(status is None or 400 <= status < 500, (seed, index, status, request[:2_000]))
            if index % 100 == 99:
                self.assertEqual(200, self.writer.post(LOOKUP, GOOD[LOOKUP]).status, (seed, index))
        self.assertEqual(before, self.server.size(), seed)
        for word in ("internal", "failed", "exception"):
            self.assertNotIn(word, self.server.log().lower(), seed)
        self.assertGreater(seen.get(400, 0), 100, seen)
        self.assertGreater(seen.get(422, 0), 100, seen)
        self.assertEqual(201, self.writer.post(CHANGES, change("contact.added", number(9), "last", data={"origin": "manual"})).status)
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
