"""Changes as NDJSON lines: answered while they arrive, in memory that does not grow with the request, and safe to send again after any end.
The figures are printed."""
import http.client
import json
import os
import socket
import threading
import time
import unittest

import contract
from harness import CHANGES, Answer, LedgerTest, change, number

MIB = 1024 * 1024
MANY = 100_000
CONTACTS = 1_000


def line(index, prefix):
    """An agent's note about one of a thousand contacts: bytes of a real platform, and always another record."""
    return json.dumps(change("contact.added", number(index % CONTACTS), f"{prefix}-{index}", data={"origin": "import"},
                             correlation_id=str(index))).encode() + b"\n"


class Stream:
    """A request whose body is sent piece by piece (chunked), and whose answer is read line by line meanwhile."""

    def __init__(self, port, token, path=CHANGES, headers=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.path, self.sent, self.lines = path, [], []
        self.fields = fields = {"Host": "x", "Authorization": "Bearer " + token, "Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked",
                  **(headers or {})}
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        self.socket.sendall(head.encode())
        self.response = None

    def send(self, data):
        self.sent.append(data)
        self.socket.sendall(b"%x\r\n%s\r\n" % (len(data), data))

    def finish(self):
        self.socket.sendall(b"0\r\n\r\n")

    def read(self):
        """The next line, or None at the end."""
        if self.response is None:
            self.response = http.client.HTTPResponse(self.socket, method="POST")
            self.response.begin()
        text = self.response.readline()
        self.lines.append(text)
        if not text:  # whole
            headers = {name.lower(): value for name, value in self.response.getheaders()}
            contract.check("POST", self.path, self.fields, b"".join(self.sent), Answer(self.response.status, headers, b"".join(self.lines)))
        return json.loads(text) if text else None

    def close(self):
        if self.response is not None:
            self.response.close()
        self.socket.close()


class StreamTest(LedgerTest):
    def peak(self):
        with open(f"/proc/{self.server.process.pid}/status", encoding="ascii") as status:
            return next(int(text.split()[1]) * 1024 for text in status if text.startswith("VmHWM"))

    def open(self, **options):
        stream = Stream(self.server.port, self.tokens["writer"], **options)
        self.addCleanup(stream.close)
        return stream

    def exchange(self, count, prefix, path=CHANGES):
        """Sends so many lines on one thread and reads on this one; the lines of the answer, and when the first came before the last was sent."""
        stream, sent, first = self.open(path=path), threading.Event(), None

        def send():
            for start in range(0, count, 500):
                stream.send(b"".join(line(index, prefix) for index in range(start, min(start + 500, count))))
            stream.finish()
            sent.set()

        sender = threading.Thread(target=send)
        sender.start()
        results = []
        while (result := stream.read()) is not None:
            if not results:
                first = not sent.is_set()
            results.append(result)
        sender.join()
        return results, first

    def assert_whole(self, results, count, status="recorded"):
        self.assertEqual(len(results), count + 1)
        self.assertIn("checkpoint", results[-1])
        self.assertEqual([one["index"] for one in results[:-1]], list(range(count)))
        self.assertEqual([one["correlation_id"] for one in results[:-1]], [str(index) for index in range(count)])
        self.assertEqual({one["status"] for one in results[:-1]}, {status})

    def test_1_a_hundred_thousand_in_one_request(self):
        small, _ = self.exchange(1_000, "small")
        self.assert_whole(small, 1_000)
        before = self.peak()
        # What so many changes take whatever the requests are: the projections on their way to state.db.
        for start in range(0, MANY, 1_000):
            items = [json.loads(line(index, "array")) for index in range(start, start + 1_000)]
            self.assertEqual(self.writer.post(CHANGES, items).status, 200)
        arrays = self.peak()
        begun = time.monotonic()
        results, early = self.exchange(MANY, "many")
        taken = time.monotonic() - begun
        self.assert_whole(results, MANY)
        self.assertTrue(early, "the first result came only after the last line was sent")
        after = self.peak()
        print(f"{MANY} changes in {taken:.1f} s ({MANY / taken:.0f} a second); "
              f"peak RSS {before / MIB:.0f} MiB after 1,000, {arrays / MIB:.0f} MiB after {MANY} in arrays of 1,000, "
              f"{after / MIB:.0f} MiB after {MANY} in one stream")
        # Held as a whole, the request and its answer are 50 MiB, and what is parsed of it several times that.
        self.assertLess(after - arrays, 40 * MIB)
        # Again, all of them replays: nothing of the first time is in the way of memory any more.
        again, _ = self.exchange(MANY, "many", path=CHANGES + "?receipt=none")
        self.assert_whole(again, MANY, "replayed")
        self.assertEqual([one["seq"] for one in again[:-1]], [one["seq"] for one in results[:-1]])
        print(f"peak RSS {self.peak() / MIB:.0f} MiB after replaying them")

    def test_2_a_client_that_sends_everything_before_it_reads(self):
        body = b"".join(line(index, "blind") for index in range(MANY))
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        begun = time.monotonic()
        connection.request("POST", CHANGES, body=body, headers={"Authorization": "Bearer " + self.tokens["writer"],
                                                                 "Content-Type": "application/x-ndjson"})
        response = connection.getresponse()
        self.assertEqual(response.status, 200)
        answer = response.read()
        headers = {name.lower(): value for name, value in response.getheaders()}
        contract.check("POST", CHANGES, {"Content-Type": "application/x-ndjson"}, body, Answer(response.status, headers, answer))
        self.assert_whole([json.loads(text) for text in answer.splitlines()], MANY)
        print(f"{len(body) / MIB:.0f} MiB sent before the first of {len(answer) / MIB:.0f} MiB was read: "
              f"{time.monotonic() - begun:.1f} s, peak RSS {self.peak() / MIB:.0f} MiB")
        connection.close()

    def test_line_by_line(self):
        stream = self.open(path=CHANGES + "?receipt=full")
        for index in range(5):
            stream.send(line(index, "lockstep"))
            result = stream.read()
            self.assertEqual((result["index"], result["status"]), (index, "recorded"))
            self.assertIn("receipt", result)
        stream.send(b"\n{oops\n")
        self.assertEqual(stream.read()["problem"]["code"], "malformed")
        stream.finish()
        self.assertIn("checkpoint", stream.read())
        self.assertIsNone(stream.read())

    def test_a_long_line_is_refused_in_its_place_and_what_follows_is_recorded(self):
        """Wherever it stands, however it is cut into pieces, and up to the very byte."""
        for case, (before, length, piece) in enumerate(((0, MIB + 1, MIB + 1), (3, MIB + 1, 65_536), (0, 3 * MIB, 65_536), (2, 9 * MIB, 9 * MIB))):
            with self.subTest(before=before, length=length, piece=piece):
                stream, prefix = self.open(), f"long-{case}"
                body = b"".join(line(i, prefix) for i in range(before)) + b'{"kind":"' + b"x" * (length - 11) + b'"}\n' + line(90, prefix)
                for start in range(0, len(body), piece):
                    stream.send(body[start:start + piece])
                stream.finish()
                answers = [stream.read() for _ in range(before + 3)]
                self.assertEqual([one["status"] for one in answers[:-1]], ["recorded"] * before + ["refused", "recorded"])
                self.assertEqual(answers[before]["problem"]["code"], "too_large")

    def test_a_line_of_the_very_limit_is_taken_though_its_end_comes_later(self):
        text = line(0, "very-limit")[:-1]
        stream = self.open()
        stream.send(text[:-1] + b" " * (MIB - len(text)) + b"}")
        time.sleep(0.3)  # so that its end is a read of its own
        stream.send(b"\n" + line(1, "very-limit"))
        stream.finish()
        self.assertEqual([stream.read()["status"] for _ in range(2)], ["recorded", "recorded"])

    def test_a_client_that_dies_and_sends_again(self):
        count, key = 5_000, {"Idempotency-Key": '"dies"'}
        lines = [line(index, "dies") for index in range(count)]
        stream = self.open(headers=key)
        stream.send(b"".join(lines[:3_000]) + lines[3_000][:50])
        seen = [stream.read() for _ in range(1_200)]
        stream.close()
        # What it had sent goes on for a moment without it.
        again = self.open(headers=key)
        reader = threading.Thread(target=lambda: [again.send(text) for text in (b"".join(lines), )] and again.finish())
        reader.start()
        results = []
        while (result := again.read()) is not None:
            results.append(result)
        reader.join()
        self.assertEqual(len(results), count + 1)
        for first, second in zip(seen, results):
            self.assertEqual((first["status"], first["seq"], first["leaf_hash"]), ("recorded", second["seq"], second["leaf_hash"]))
            self.assertEqual(second["status"], "replayed")
        self.assertEqual(results[count - 1]["status"], "recorded")
        self.assertEqual(len({one["seq"] for one in results[:-1]}), count)

    def test_a_server_that_dies_in_the_middle(self):
        lines = [line(index, "killed") for index in range(20_000)]
        stream = self.open()
        sender = threading.Thread(target=self.ignore, args=(lambda: stream.send(b"".join(lines)),))
        sender.start()
        seen = [stream.read() for _ in range(2_000)]
        self.server.kill()
        while (result := self.ignore(stream.read)) is not None:
            seen.append(result)
        sender.join()
        for name in os.listdir(self.server.data):
            if name.startswith("state.db"):
                os.remove(self.server.data / name)
        self.server.start()
        for client in (self.writer, self.auditor, self.admin):
            client.close()
            client.port = self.server.port
        again = self.writer.post(CHANGES, b"".join(lines), headers={"Content-Type": "application/x-ndjson"}).lines
        self.assertEqual(len(again), len(lines) + 1)
        for first, second in zip(seen, again):
            self.assertEqual((second["status"], second["seq"], second["leaf_hash"]), ("replayed", first["seq"], first["leaf_hash"]))
        self.assert_clean()

    @staticmethod
    def ignore(action):
        try:
            return action()
        except (OSError, http.client.HTTPException, ValueError):
            return None

    def test_a_stopping_server_says_where_it_stopped(self):
        stream = self.open()
        stream.send(line(0, "stopping"))
        self.assertEqual(stream.read()["index"], 0)
        self.assertEqual(self.server.stop(), 0)
        last = stream.read()
        self.assertEqual((last["index"], last["problem"]["code"]), (1, "not_ready"))
        self.assertIsNone(stream.read())
        self.server.start()
        for client in (self.writer, self.auditor, self.admin):
            client.close()
            client.port = self.server.port


if __name__ == "__main__":
    unittest.main()
