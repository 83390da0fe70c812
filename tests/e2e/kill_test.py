"""kill -9 under concurrent load, again and again: every receipt that was handed out still holds, and a retry makes no second entry."""
import http.client
import json
import os
import random
import threading
import time
import unittest

from harness import CHANGES, INBOUND, LedgerTest, Receipt, change, number

ROUNDS = 200 if os.environ.get("CL_LONG") == "1" else 20
WORKERS = 8


class Worker(threading.Thread):
    """Posts until the server is gone. `receipts`: what was acknowledged. `open_item`: what was posted last without an answer."""

    def __init__(self, server, token, name):
        super().__init__(name=name)
        self.server, self.token, self.receipts, self.open_item = server, token, {}, None

    def run(self):
        client = self.server.client(self.token)
        for i in range(100000):
            record = f"{self.name}-{i}"
            phone = number(random.randrange(500))
            if i % 4 == 3:
                path, item = INBOUND, {"from": phone, "to": number(9999), "body": random.choice(["STOP", "hi"]), "message_id": record}
            else:
                path, item = CHANGES, change(random.choice(["opt_out.agent", "contact.added"]), phone, record)
                if item["kind"] == "contact.added":
                    item["data"] = {"origin": "manual"}
            self.open_item = (path, item)
            try:
                answer = client.post(path, item)
            except (OSError, http.client.HTTPException):
                return
            if answer.status not in (200, 201):
                return
            results = answer.json["results"] if path == INBOUND else [answer.json]
            self.receipts[record] = (path, item, [(one["seq"], one["leaf_hash"], one["receipt"]) for one in results])
            self.open_item = None


class KillTest(LedgerTest):
    @classmethod
    def start_options(cls):
        return "--rate", "0"

    def test_every_receipt_still_holds(self):
        seed = random.randrange(1 << 32)
        print("seed", seed)
        random.seed(seed)
        receipts, unanswered = {}, []
        for kill in range(ROUNDS):
            workers = [Worker(self.server, self.tokens["writer"], f"k{kill}-{i}") for i in range(WORKERS)]
            for worker in workers:
                worker.start()
            time.sleep(random.uniform(0.05, 0.6))
            self.server.kill()
            for worker in workers:
                worker.join()
                receipts.update(worker.receipts)
                unanswered += [worker.open_item] if worker.open_item else []
            if kill % 3 == 2:  # the projections are disposable at any time
                for name in os.listdir(self.server.data):
                    if name.startswith("state.db"):
                        os.remove(self.server.data / name)
            self.server.start(options=self.start_options())
        self.assertGreater(len(receipts), 20 * ROUNDS)
        self.check_receipts(receipts)
        self.check_retries(receipts, unanswered)
        self.assert_clean()

    def check_receipts(self, receipts):
        raw = self.server.client(self.tokens["all"])
        seqs = {}
        for record, (_, _, results) in receipts.items():
            for seq, leaf, receipt in results:
                self.assertTrue(Receipt(**receipt).holds())
                self.assertEqual(seqs.setdefault(seq, record), record, "two receipts for one seq")
                if seq % 5 == 0:
                    self.assertEqual(raw.get(f"/v1/entries/{seq}").body.decode(), receipt["entry"])
                    later = Receipt(receipt["entry"], raw.get(f"/v1/entries/{seq}/proof").body.decode())
                    self.assertTrue(later.holds())
        raw.close()

    def check_retries(self, receipts, unanswered):
        client = self.server.client(self.tokens["writer"])
        before = self.server.size()
        for path, item, results in list(receipts.values())[::7]:
            answer = client.post(path, item)
            again = answer.json["results"] if path == INBOUND else [answer.json]
            self.assertEqual([(one["status"], one["seq"], one["leaf_hash"]) for one in again],
                             [("replayed", seq, leaf) for seq, leaf, _ in results])
        self.assertEqual(self.server.size(), before)
        for path, item in unanswered:
            first, second = client.post(path, item), client.post(path, item)
            self.assertIn(first.status, (200, 201), first.body)
            one = (first.json["results"] if path == INBOUND else [first.json])
            two = (second.json["results"] if path == INBOUND else [second.json])
            self.assertEqual([result["seq"] for result in one], [result["seq"] for result in two], json.dumps(item))
        client.close()


if __name__ == "__main__":
    unittest.main()
