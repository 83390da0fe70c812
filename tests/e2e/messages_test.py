"""Real messages over HTTP: every row of ../shared/data/sms-messages.tsv as an inbound message, then the verifier. The messages are no part
of this repository: without them the test is skipped, and says so."""
import csv
import json
import unittest

from harness import INBOUND, LOOKUP, SHARED, LedgerTest, number

MESSAGES = SHARED / "data" / "sms-messages.tsv"


@unittest.skipUnless(MESSAGES.exists(), "skipped: needs ../shared/data/sms-messages.tsv, which is not part of the repository and not here")
class MessagesTest(LedgerTest):
    def test_no_ordinary_message_is_taken_for_a_stop(self):
        classes, entries = {}, 0
        with MESSAGES.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
        self.assertEqual(len(rows), 2787)
        for index, (label, text) in enumerate(rows):
            answer = self.writer.post(INBOUND, {"from": number(100 + index), "to": number(1), "body": text, "message_id": f"sms-{index}"})
            self.assertEqual(answer.status, 201, answer.body)  # each number is new, so each message makes an entry
            entries += len(answer.json["results"])
            classes.setdefault(label, {}).setdefault(answer.json["class"], []).append(index)
        counts = {label: {name: len(found) for name, found in by.items()} for label, by in classes.items()}
        print("classes:", json.dumps(counts))
        self.assertEqual(classes["ham"].get("stop", []), [])
        self.assertLess(len(classes["ham"].get("review", [])), 25)
        self.assertGreaterEqual(self.server.size(), entries)
        report = json.loads(self.server.verify("--fail-on", "never", "--format", "json").stdout)
        self.assertEqual([one for one in report["findings"] if one["id"].startswith("INT-")], [])
        last = self.writer.post(LOOKUP, {"phone": number(100)}).json
        self.assertEqual((last["state"]["opted_in"], last["state"]["level"]), (True, "conversational"))
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
