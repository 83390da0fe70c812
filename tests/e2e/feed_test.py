"""The change feed: a copy of an account made by long polling, beside writers and over restarts, has every entry once."""
import http.client
import json
import threading
import time
import unittest

from harness import CHANGES, LedgerTest, change, number

FEED = CHANGES + "?after={}&wait={}&limit=50"


class Copier(threading.Thread):
    """Follows the feed until `last` is copied; opens its connection again when the server goes away."""

    def __init__(self, test, last=None):
        super().__init__()
        self.test, self.last, self.after, self.entries, self.answers, self.failure = test, last, 0, [], 0, None

    def run(self):
        client = None
        while self.last is None or self.after < self.last:
            client = client or self.test.server.client(self.test.tokens["auditor"])
            client.port = self.test.server.port
            try:
                answer = client.get(FEED.format(self.after, 20))
            except (OSError, http.client.HTTPException):
                client.close()
                time.sleep(0.02)
                continue
            if answer.status != 200:
                time.sleep(0.02)
                continue
            self.answers += 1
            self.entries += [one["entry"] for one in answer.json["data"]]
            self.after = answer.json["next_after"]
        client.close()


class FeedTest(LedgerTest):
    def post(self, record, count=1):
        items = [change("contact.added", number(i % 500), f"{record}-{i}", data={"origin": "manual"}) for i in range(count)]
        answer = self.writer.post(CHANGES, items if count > 1 else items[0])
        self.assertIn(answer.status, (200, 201), answer.body)

    def newest(self):
        page = self.auditor.get(CHANGES + "?limit=1").json
        return page["data"][0]["entry"]["account_seq"]

    def test_it_answers_at_once_or_with_the_next_entry(self):
        self.post("first")
        newest = self.newest()
        page = self.auditor.get(FEED.format(newest - 1, 60))
        self.assertEqual([one["entry"]["account_seq"] for one in page.json["data"]], [newest])
        self.assertEqual(page.json["next_after"], newest)
        self.assertIn(f"after={newest}", page.headers["link"])
        self.assertNotIn("next_cursor", page.json)
        copier = Copier(self, newest + 1)
        copier.after = newest
        copier.start()
        time.sleep(0.3)
        self.assertEqual(copier.answers, 0)
        self.post("second")
        copier.join(10)
        self.assertEqual([entry["account_seq"] for entry in copier.entries], [newest + 1])
        self.assertEqual(copier.answers, 1)

    def test_an_empty_page_says_where_it_stands(self):
        self.post("third")
        newest = self.newest()
        begun = time.monotonic()
        page = self.auditor.get(FEED.format(newest, 1))
        self.assertEqual((page.status, page.json["data"], page.json["has_more"], page.json["next_after"]), (200, [], False, newest))
        self.assertGreater(time.monotonic() - begun, 0.9)
        filtered = self.auditor.get(FEED.format(newest - 1, 0) + "&kind=opt_out.stop").json
        self.assertEqual((filtered["data"], filtered["next_after"]), ([], newest))
        lines = self.auditor.get(FEED.format(newest - 1, 0), headers={"Accept": "application/x-ndjson"})
        self.assertEqual(json.loads(lines.body)["account_seq"], newest)
        self.assertIn(f"after={newest}", lines.headers["link"])
        self.assert_problem(self.auditor.get(FEED.format(newest + 1, 0)), 422, "invalid")
        self.assert_problem(self.auditor.get(CHANGES + "?wait=5"), 422, "invalid")

    def test_copies_beside_writers_have_every_entry_once(self):
        stop = threading.Event()
        copiers = [Copier(self) for _ in range(3)]

        def write(name):
            client, turn = self.server.client(self.tokens["writer"]), 0
            while not stop.is_set():
                client.port = self.server.port
                items = [change("contact.added", number(i), f"{name}-{turn}-{i}", data={"origin": "manual"}) for i in range(turn % 40 + 1)]
                try:
                    client.post(CHANGES, items)
                    turn += 1
                except (OSError, http.client.HTTPException):
                    client.close()
                    time.sleep(0.02)
            client.close()

        writers = [threading.Thread(target=write, args=(f"w{i}",)) for i in range(3)]
        for thread in copiers + writers:
            thread.start()
        for restart in range(2):
            time.sleep(1.5)
            if restart == 0:
                self.server.kill()
            else:
                self.assertEqual(self.server.stop(), 0)
            self.server.start()
            for client in (self.writer, self.auditor, self.admin):
                client.close()
                client.port = self.server.port
        time.sleep(1)
        stop.set()
        for writer in writers:
            writer.join()
        newest = self.newest()
        for copier in copiers:
            copier.last = newest
        self.post("end")  # whoever waits goes on
        for copier in copiers:
            copier.join(30)
            self.assertFalse(copier.is_alive())
            seqs = [entry["account_seq"] for entry in copier.entries]
            self.assertEqual(seqs, list(range(1, len(seqs) + 1)))
            self.assertGreaterEqual(len(seqs), newest)
        reference = self.auditor.get(CHANGES + "?after=0&limit=1000").json["data"]
        self.assertEqual([one["entry"] for one in reference], copiers[0].entries[:len(reference)])
        print(f"{newest} entries copied by each of {len(copiers)} clients in {[copier.answers for copier in copiers]} answers, over 2 restarts")

    def test_a_stop_does_not_wait_for_who_waits(self):
        copiers = []
        for _ in range(20):
            copier = Copier(self, self.newest() + 1)
            copier.after = copier.last - 1
            copier.start()
            copiers.append(copier)
        time.sleep(0.3)
        begun = time.monotonic()
        self.assertEqual(self.server.stop(), 0)
        taken = time.monotonic() - begun
        self.server.start()
        for client in (self.writer, self.auditor, self.admin):
            client.close()
            client.port = self.server.port
        self.post("after")
        for copier in copiers:
            copier.join(30)
            self.assertEqual(len(copier.entries), 1)
        print(f"a stop with 20 waiting: {taken:.2f} s")
        self.assertLess(taken, 8)  # the drain gives up after ten


if __name__ == "__main__":
    unittest.main()
