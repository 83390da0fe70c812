"""Holds and erasure over HTTP and from the command line: what goes, what stays, and that the files agree."""
import json
import time
import unittest

from harness import CHANGES, INBOUND, LEDGER, LOOKUP, LedgerTest, Receipt, change, number, run

ACCOUNT = "/v1/accounts/acme"
NOTE = "she rang from her mothers garden"
KEPT = "a neighbour who was asked in person"


def evidence(words):
    return [{"kind": "verbal_call", "occurred_at": "2026-11-20T10:00:00Z", "agent": "agent-7", "call": "C-1", "words": words,
             "recording": {"sha256": "ab" * 32, "held_by": "crm"}}]


class ErasureTest(LedgerTest):
    records_commands = True

    def person(self, index):
        """A contact with openings of every sort; its id and the receipt of its opt-in."""
        phone = number(index)
        answer = self.writer.post(CHANGES, change("contact.added", phone, f"er-{index}-a", data={"origin": "manual", "name": f"Person {index} Surname"}))
        self.assertEqual(answer.status, 201, answer.body)
        opted = self.writer.post(CHANGES, change("opt_in.agent", phone, f"er-{index}-b", data={"note": f"{NOTE} {index}"}, evidence=evidence(f"{KEPT} {index}")))
        self.assertEqual(opted.status, 201, opted.body)
        stop = self.writer.post(INBOUND, {"from": phone, "to": "+15550199999", "body": "Stop", "message_id": f"er-{index}-m"})
        self.assertEqual(stop.json["class"], "stop")
        return opted.json["contact"], opted.json["receipt"]

    def files(self):
        """All bytes of the data directory's databases, with their logs."""
        return {path.name: path.read_bytes() for path in self.server.data.glob("*.db*")}

    def holding(self, text):
        return [name for name, content in self.files().items() if text.encode() in content]

    def test_what_opens_a_persons_entries_goes_and_everything_else_stays(self):
        mine, receipt = self.person(101)
        other, others_receipt = self.person(102)
        before = self.auditor.get(f"{ACCOUNT}/contacts/{mine}/history").json["data"]
        self.assertTrue(self.holding(f"{NOTE} 101"))
        self.assertTrue(self.holding("Person 101 Surname"))
        erased = self.admin.post(f"{ACCOUNT}/contacts/{mine}/erase", {"request": "dsr-1"})
        self.assertEqual(erased.status, 201, erased.body)

        for text in (number(101), number(101)[1:], f"{NOTE} 101", f"{KEPT} 101", "Person 101 Surname"):
            self.assertEqual(self.holding(text), [], text)
        for text in (f"{NOTE} 102", f"{KEPT} 102", "Person 102 Surname"):
            self.assertEqual(self.holding(text), ["vault.db"] if "vault.db-wal" not in self.holding(text) else self.holding(text), text)

        certificate = self.auditor.get(f"{ACCOUNT}/contacts/{mine}/erasure").json
        self.assertEqual((certificate["erased_by"], certificate["request"]), (erased.json["seq"], "dsr-1"))
        self.assertEqual((certificate["complete"], certificate["openings_left"], certificate["entries_since"]), (True, 0, 0))
        self.assertGreaterEqual(certificate["openings_erased"], 5)
        self.assertEqual(certificate["entries"], len(before) + 1)
        self.assertTrue(certificate["suppressed"])
        self.assertEqual(certificate["leaf_hash"], erased.json["leaf_hash"])
        self.assert_problem(self.auditor.get(f"{ACCOUNT}/contacts/{other}/erasure"), 404, "not_found")

        # The entries, their order and the receipts that were handed out are as they were.
        after = self.auditor.get(f"{ACCOUNT}/contacts/{mine}/history").json["data"]
        self.assertEqual(after[1:], before)
        for one in (receipt, others_receipt):
            self.assertTrue(Receipt(one["entry"], one["proof"]).holds())
        # The suppression stands, and the number is still recognised.
        state = self.auditor.post(LOOKUP, {"phone": number(101)}).json
        self.assertEqual((state["known"], state["contact"], state["state"]["opted_in"]), (True, mine, False))
        checked = self.writer.post(f"{ACCOUNT}/check", {"numbers": [number(101)], "message": {"type": "one_to_one"}}).json["results"][0]
        self.assertEqual((checked["allowed"], checked["reason"]), (False, "erased"))
        self.assert_clean()

    def test_erasing_again_records_nothing_until_there_is_something_new(self):
        mine, _ = self.person(103)
        first = self.admin.post(f"{ACCOUNT}/contacts/{mine}/erase", {})
        again = self.admin.post(f"{ACCOUNT}/contacts/{mine}/erase", {})
        self.assertEqual((again.status, again.json["status"], again.json["seq"]), (200, "replayed", first.json["seq"]))
        self.assertEqual(self.writer.post(CHANGES, change("contact.edited", number(103), "er-103-z", data={"fields": ["name"], "name": "Back Again"})).status, 201)
        certificate = self.auditor.get(f"{ACCOUNT}/contacts/{mine}/erasure").json
        self.assertEqual((certificate["erased_by"], certificate["entries_since"], certificate["complete"]), (first.json["seq"], 1, True))
        anew = self.admin.post(f"{ACCOUNT}/contacts/{mine}/erase", {})
        self.assertEqual((anew.status, anew.json["status"]), (201, "recorded"))
        self.assertEqual(self.holding("Back Again"), [])

    def test_of_very_many_entries_the_last_are_erased_after_the_answer_and_the_certificate_waits_for_them(self):
        mine, _ = self.person(108)
        many = 20_000
        for begin in range(0, many, 5_000):
            lines = (json.dumps(change("contact.edited", number(108), f"er-108-{i}", data={"fields": ["name"], "name": f"Called {i} Once"}))
                     for i in range(begin, begin + 5_000))
            answer = self.writer.post(CHANGES, "\n".join(lines) + "\n", headers={"Content-Type": "application/x-ndjson"})
            self.assertEqual(answer.status, 200, answer.body[:300])
        self.assertTrue(self.holding("Called 0 Once"))
        self.assertEqual(self.admin.post(f"{ACCOUNT}/contacts/{mine}/erase", {}).status, 201)
        for i in range(300):
            certificate = self.auditor.get(f"{ACCOUNT}/contacts/{mine}/erasure").json
            # Others go on meanwhile.
            self.assertEqual(self.writer.post(CHANGES, change("opt_in.agent", number(109), f"er-109-{i}", data={})).status, 201)
            if certificate["complete"]:
                break
            time.sleep(0.1)
        self.assertEqual((certificate["complete"], certificate["openings_left"], certificate["entries_since"]), (True, 0, 0))
        self.assertGreaterEqual(certificate["openings_erased"], many + 5)
        for i in (0, many // 2, many - 1):
            self.assertEqual(self.holding(f"Called {i} Once"), [], i)

    def test_a_hold_forbids_it_until_every_hold_is_released(self):
        mine, _ = self.person(104)
        path = f"{ACCOUNT}/contacts/{mine}"
        placed = self.admin.post(path + "/holds", {"matter": "case-1"})
        self.assertEqual(placed.status, 201, placed.body)
        twice = self.admin.post(path + "/holds", {"matter": "case-1"})
        self.assertEqual((twice.status, twice.json["seq"]), (200, placed.json["seq"]))
        everyone = self.admin.post(f"{ACCOUNT}/holds", {"matter": "case-2"})
        self.assertEqual(everyone.status, 201, everyone.body)
        self.assertEqual(self.auditor.get(path + "/holds").json["data"],
                         [{"matter": "case-2", "seq": everyone.json["seq"], "scope": "account"},
                          {"matter": "case-1", "seq": placed.json["seq"], "scope": "contact"}])
        self.assert_problem(self.admin.post(path + "/erase", {}), 409, "hold")
        keyed = {"Idempotency-Key": "release-2"}
        self.assertEqual([self.admin.post(f"{ACCOUNT}/holds/case-2/release", {}, headers=keyed).status for _ in range(2)], [201, 200])
        self.assert_problem(self.admin.post(f"{ACCOUNT}/holds/case-2/release", {}), 404, "not_found")
        self.assert_problem(self.admin.post(path + "/erase", {}), 409, "hold")
        self.assertTrue(self.holding(f"{NOTE} 104"))
        self.assertEqual(self.admin.post(path + "/holds/case-1/release", {}).status, 201)
        # Placed again, it is another hold.
        again = self.admin.post(path + "/holds", {"matter": "case-1"})
        self.assertEqual(again.status, 201)
        self.assertNotEqual(again.json["seq"], placed.json["seq"])
        # A release is repeated under its key, whatever was placed and released since; under another there is nothing to release.
        release, keyed = path + "/holds/case-1/release", {"Idempotency-Key": "release-1"}
        ended = self.admin.post(release, {}, headers=keyed)
        self.assertEqual(ended.status, 201)
        repeated = self.admin.post(release, {}, headers=keyed)
        self.assertEqual((repeated.status, repeated.json["seq"], repeated.json["status"]), (200, ended.json["seq"], "replayed"))
        self.assert_problem(self.admin.post(release, {}, headers={"Idempotency-Key": "release-3"}), 404, "not_found")
        self.assertEqual(self.auditor.get(f"{ACCOUNT}/holds").json["data"], [])
        self.assertEqual(self.admin.post(path + "/erase", {}).status, 201)

    def test_what_is_wrong_is_said_and_nothing_is_recorded(self):
        mine, _ = self.person(105)
        path, size = f"{ACCOUNT}/contacts/{mine}", self.server.size()
        for target, body, status, code in ((path + "/erase", {"because": "x"}, 422, "invalid"), (path + "/holds", {}, 422, "invalid"),
                                           (path + "/holds", {"matter": "a b"}, 422, "invalid"), (path + "/erase", [], 422, "invalid"),
                                           (path + "/holds/none/release", {}, 404, "not_found"), (path + "/holds/x/release", {"matter": "x"}, 422, "invalid"),
                                           (f"{ACCOUNT}/contacts/{'ab' * 32}/erase", {}, 404, "not_found"),
                                           (f"{ACCOUNT}/contacts/xyz/erase", {}, 404, "not_found")):
            with self.subTest(target=target, body=body):
                self.assert_problem(self.admin.post(target, body), status, code)
        for client in (self.writer, self.auditor):
            self.assert_problem(client.post(path + "/erase", {}), 403, "forbidden")
            self.assert_problem(client.post(path + "/holds", {"matter": "m"}), 403, "forbidden")
        self.assertEqual(self.server.size(), size)

    def test_from_the_command_line_beside_the_server(self):
        mine, _ = self.person(106)
        where = ("--data", self.server.data, "--account", "acme")
        held = json.loads(run(LEDGER, "hold", "place", *where, "--contact", mine, "--matter", "case-9").stdout)
        self.assertEqual(held["status"], "recorded")
        refused = run(LEDGER, "erase", *where, "--number", "-", input=number(106).encode() + b"\n", check=False)
        self.assertEqual((refused.returncode, refused.stdout), (3, b""))
        self.assertIn(b"hold", refused.stderr)
        self.assertEqual(len(json.loads(run(LEDGER, "hold", "list", *where, "--contact", mine).stdout)["data"]), 1)
        run(LEDGER, "hold", "release", *where, "--contact", mine, "--matter", "case-9")
        certificate = json.loads(run(LEDGER, "erase", *where, "--number", "-", "--request", "dsr-6", input=number(106).encode() + b"\n").stdout)
        self.assertEqual((certificate["complete"], certificate["contact"], certificate["request"]), (True, mine, "dsr-6"))
        unknown = run(LEDGER, "erase", *where, "--number", number(999), check=False)
        self.assertEqual(unknown.returncode, 3)
        self.assertNotIn(number(999)[1:].encode(), unknown.stderr)
        self.assertEqual(run(LEDGER, "erase", *where, check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main()
