"""2,000 idle connections and 500 slow ones (in the header, in the body, in reading the answer) beside a healthy client: it is served all the
while, and the server's memory stays where it was. The figures are printed."""
import resource
import socket
import statistics
import time
import unittest

from harness import CHANGES, LedgerTest, change, number

IDLE, SLOW_HEADER, SLOW_BODY, SLOW_READER = 2_000, 200, 200, 100
MIB = 1024 * 1024


class SlowClients(LedgerTest):
    def setUp(self):
        self.others = []
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = IDLE + SLOW_HEADER + SLOW_BODY + SLOW_READER + 200
        if hard < wanted:
            self.skipTest(f"this system allows {hard} open files a process, and the test needs {wanted}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
        self.addCleanup(lambda: [one.close() for one in self.others])

    def connect(self, data=b"", buffer=None):
        one = socket.socket()
        if buffer:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        one.connect(("127.0.0.1", self.server.port))
        one.sendall(data)
        self.others.append(one)

    def rss(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

    def append(self, first, count):
        """How long each of so many appends took, in ms."""
        taken = []
        for index in range(first, first + count):
            start = time.monotonic()
            answer = self.writer.post(CHANGES, change("contact.added", number(index), f"s{index}", data={"origin": "manual"}))
            taken.append((time.monotonic() - start) * 1000)
            self.assertEqual(201, answer.status, answer.body)
        return taken

    def test_a_healthy_client_beside_them(self):
        alone, before = self.append(0, 100), self.rss()
        token = self.tokens["auditor"].encode()
        start = b" HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + b"\r\n"
        body = b"POST " + CHANGES.encode() + b" HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + self.tokens["writer"].encode() + (
            b"\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{")
        for _ in range(IDLE):
            self.connect()
        for _ in range(SLOW_HEADER):
            self.connect(b"GET /checkpoint HTTP/1.1\r\nX-Slow: ")
        for _ in range(SLOW_BODY):
            self.connect(body)
        for _ in range(SLOW_READER):  # many answers asked for, none of them read
            self.connect((b"GET " + CHANGES.encode() + b"?limit=100" + start + b"\r\n") * 20, buffer=4_096)
        beside = []
        for round_ in range(5):
            beside += self.append(100 + 40 * round_, 40)
            for one in self.others[IDLE:IDLE + SLOW_HEADER + SLOW_BODY]:
                try:
                    one.sendall(b" ")
                except OSError:
                    pass  # it was closed: a slow header has a deadline
        after = self.rss()
        print(f"\nappend alone: p50 {statistics.median(alone):.1f} ms, longest {max(alone):.1f} ms; beside {len(self.others)} connections: "
              f"p50 {statistics.median(beside):.1f} ms, longest {max(beside):.1f} ms; memory {before // MIB} -> {after // MIB} MiB")
        self.assertLess(after - before, 192 * MIB)
        self.assertEqual(200, self.server.client().get("/readyz").status)
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
