"""Lines of JSON, made from the document: what a line is there may be sent, what it is not is refused by itself, and every line of the answer
is one that the document has. CL_TEST_SEED names another run, CL_LONG=1 draws one anew and makes it long."""
import json
import os
import random
import unittest

from contract_test import DOCUMENT, STATE, Operations
from generator import Maker, well_formed
from harness import CHANGES, seed_of_run

DOCUMENTS = 1_000 if os.environ.get("CL_LONG") else 150
SENDS = "/v1/accounts/acme/reports/post-revocation-sends"
TYPES = ("application/x-ndjson", "application/jsonl")
BLANK = ("", " ", "\t", "\r")


class Lines(Operations):
    def setUp(self):
        self.seed = seed_of_run()
        self.random = random.Random(self.seed)
        self.maker = self.maker_of(self.random)

    def schema(self, path):
        body = next(operations["POST"]["requestBody"] for name, _, operations in self.contract.paths
                    if name == path.replace("acme", "{account}"))
        return body["content"][TYPES[0]]["x-lines"]["schema"]

    def made(self, schema, most=12):
        """Lines, and of each what it is: good, spoiled (perhaps), broken (no JSON object of its own), blank."""
        rows = []
        for _ in range(self.random.randint(1, most)):
            kind = self.random.choice(["good", "good", "spoiled", "broken", "blank"])
            value = self.maker.value(schema)
            if kind == "spoiled":
                value = self.maker.spoiled(value)
            text = json.dumps(value, ensure_ascii=self.random.random() < 0.5).encode("utf-8", "replace")
            if kind == "broken":
                text = self.maker.broken(text)
            rows.append((kind, self.random.choice(BLANK).encode() if kind == "blank" else text, value))
        return rows

    def send(self, path, rows):
        end = self.random.choice([b"\n", b"\r\n"])
        body = end.join(text for _, text, _ in rows) + self.random.choice([b"", end])
        headers = {"Content-Type": self.random.choice(TYPES) + self.random.choice(["", "; charset=utf-8"])}
        if path.startswith(CHANGES):
            headers["Idempotency-Key"] = f"lines-{self.random.random()}"
        return self.client.request("POST", path, body=body, headers=headers)

    def test_every_line_of_a_stream_of_changes(self):
        schema, seen = self.schema(CHANGES), {}
        for index in range(DOCUMENTS):
            rows = self.made(schema)
            answer = self.send(CHANGES + self.random.choice(["", "?receipt=full", "?receipt=brief", "?receipt=none"]), rows)
            given = [row for row in rows if row[0] != "blank"]
            if not given:
                self.assertLess(answer.status, 500, (self.seed, index))
                continue
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, "application/x-ndjson"), (self.seed, index, answer.body))
            *results, last = answer.lines
            self.assertIn("checkpoint", last, (self.seed, index))
            self.assertEqual([one["index"] for one in results], list(range(len(given))), (self.seed, index))
            for (kind, text, value), result in zip(given, results):
                what = (self.seed, index, kind, text[:500], result)
                code = result["problem"]["code"] if result["status"] == "refused" else result["status"]
                seen[kind, code] = seen.get((kind, code), 0) + 1
                if kind == "good":
                    self.assertIn(code, STATE | {"recorded", "replayed"}, what)
                    if len(value.get("correlation_id", "").encode()) <= 128:
                        self.assertEqual(result.get("correlation_id"), value.get("correlation_id") or None, what)
                elif kind == "broken":
                    self.assertIn(code, ("malformed", "invalid"), what)
        for kind, code in (("good", "recorded"), ("spoiled", "invalid"), ("broken", "malformed")):
            self.assertGreater(seen.get((kind, code), 0), DOCUMENTS / 10, (self.seed, seen))

    def test_every_line_of_a_log_of_sends(self):
        schema, taken = self.schema(SENDS), 0
        for index in range(DOCUMENTS * 2):
            rows = self.made(schema, most=4)
            form = self.random.choice(["json", "csv", "html"])
            answer = self.send(f"{SENDS}?format={form}", rows)
            what = (self.seed, index, [row[:2] for row in rows], answer.status, answer.body[:500])
            kinds = {kind for kind, _, _ in rows}
            if "broken" in kinds:
                self.assertEqual(answer.status, 422, what)
            elif kinds <= {"good", "blank"}:
                self.assertEqual(answer.status, 200, what)
            else:
                self.assertIn(answer.status, (200, 422), what)
            if answer.status == 200 and form == "json":
                given = sum(kind != "blank" for kind, _, _ in rows)
                self.assertEqual(sum(row["sends"] for row in answer.json["summary"]["outcomes"]), given, what)
                taken += 1
        self.assertGreater(taken, DOCUMENTS / 20, self.seed)

    def tearDown(self):
        self.assertNotIn("internal", self.server.log().lower(), self.seed)
        self.assert_clean()


class Made(unittest.TestCase):
    def test_good_lines_hold_and_broken_ones_are_no_json(self):
        self.assertTrue(well_formed(b'{"a":1}') and well_formed(b'{}'))
        for text in (b'{"a":1', b"\xff", b'{"a":1,"a":2}', b'{"a":1.5}', b"x"):
            self.assertFalse(well_formed(text), text)
        maker = Maker(random.Random(1))
        for _ in range(200):
            self.assertFalse(well_formed(maker.broken(b'{"kind":"contact.added","phone":"+15550100"}')))
        self.assertIn("x-problems", DOCUMENT)


if __name__ == "__main__":
    unittest.main()
