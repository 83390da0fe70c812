"""A retention run: lists whose record is not needed any more, and erases them, but nobody who is held, in use, or has come back since."""
import csv
import datetime
import json
import pathlib
import stat
import tempfile
import unittest

from harness import CHANGES, INBOUND, LEDGER, LedgerTest, change, number, run

ACCOUNT = "/v1/accounts/acme"
GDPR = "47ca6022bcb1f5aae29224b9fee28020df7db5a3b176b436ff70b74e05fdd641"  # the digest in docs/policy-packs.md


def days_ago(days):
    return (datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


class RetentionTest(LedgerTest):
    records_commands = True

    def setUp(self):
        super().setUp()
        put = self.admin.request("PUT", f"{ACCOUNT}/policy", {"pack": "eu-gdpr", "rules": 1, "digest": GDPR, "overrides": {"retention_days": 2}})
        self.assertIn(put.status, (200, 201), put.body)

    def stopped(self, index, days):
        answer = self.writer.post(INBOUND, {"from": number(index), "to": "+15550199999", "body": "STOP", "message_id": f"rt-{index}", "received_at": days_ago(days)})
        self.assertEqual(answer.json["class"], "stop", answer.body)
        return answer.json["results"][0]["contact"]

    def opted_in(self, index, days):
        evidence = [{"kind": "web_form", "occurred_at": days_ago(days), "url": "https://example.com/f", "form": "f", "form_version": "1", "disclosure": "d1",
                     "checkbox_default": "off", "ip": "192.0.2.1", "user_agent": "x", "name": "N", "language": "en", "scope": {"purpose": "marketing"}}]
        answer = self.writer.post(CHANGES, change("opt_in.consent", number(index), f"rt-in-{index}", data={"method": "form", "purpose": "marketing"}, evidence=evidence))
        self.assertEqual(answer.status, 201, answer.body)
        self.assertEqual(answer.json["state"]["opted_in"], True)
        return answer.json["contact"]

    def listed(self, status="due"):
        rows, cursor = [], ""
        while True:
            page = self.auditor.get(f"{ACCOUNT}/retention?status={status}&limit=2" + (f"&cursor={cursor}" if cursor else "")).json
            rows += page["data"]
            if not page["has_more"]:
                return {row["contact"]: row for row in rows}
            cursor = page["next_cursor"]

    def test_a_run_lists_what_is_due_and_erases_that_alone(self):
        due, held, fresh, used = self.stopped(301, 5), self.stopped(302, 5), self.stopped(303, 1), self.opted_in(304, 5)
        self.assertEqual(self.admin.post(f"{ACCOUNT}/contacts/{held}/holds", {"matter": "case-4"}).status, 201)
        statuses = {contact: row["status"] for contact, row in self.listed("all").items()}
        self.assertEqual([statuses[one] for one in (due, held, fresh, used)], ["due", "held", "keep", "in_use"])
        self.assertEqual(list(self.listed()), [due])
        self.assertEqual(self.listed("held")[held]["holds"], ["case-4"])
        size = self.server.size()
        for contact, code in ((held, "hold"), (fresh, "refused_by_policy"), (used, "refused_by_policy")):
            self.assert_problem(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase?if_due=true", {}), 409, code)
        self.assertEqual(self.server.size(), size)

        with tempfile.TemporaryDirectory() as folder:
            where = ("--data", self.server.data, "--account", "acme")
            output = pathlib.Path(folder) / "due.csv"
            run(LEDGER, "retention", *where, "--output", output)
            self.assertEqual(self.server.size(), size)  # a list erases nobody
            with output.open(newline="") as file:
                self.assertEqual([row["contact"] for row in csv.DictReader(file)], [due])
            certificates = pathlib.Path(folder) / "certificates.ndjson"
            self.assertEqual(run(LEDGER, "retention", *where, "--output", output, "--certificates", certificates, check=False).returncode, 2)
            done = run(LEDGER, "retention", *where, "--output", output, "--erase", "--request", "run-1", "--certificates", certificates)
            told = [json.loads(line) for line in certificates.read_text().splitlines()]
            self.assertEqual([(one["contact"], one["complete"], one["searched"], one["request"]) for one in told], [(due, True, True, "run-1")])
            self.assertEqual(stat.S_IMODE(certificates.stat().st_mode), 0o600)
            self.assertEqual(json.loads(done.stdout), {"due": 1, "erased": 1, "not_erased": 0})
            self.assertEqual(run(LEDGER, "retention", *where, "--erase", check=False).returncode, 2)  # the list must be kept
        certificate = self.auditor.get(f"{ACCOUNT}/contacts/{due}/erasure").json
        self.assertEqual((certificate["complete"], certificate["request"]), (True, "run-1"))
        self.assertEqual(self.listed(), {})
        for other in (held, fresh, used):
            self.assert_problem(self.auditor.get(f"{ACCOUNT}/contacts/{other}/erasure"), 404, "not_found")
        self.assertEqual([one for one in self.auditor.get(f"{ACCOUNT}/findings?rule=CL-062&status=all").json["data"]], [])

    def test_what_was_recorded_of_an_erased_person_is_due_in_its_turn(self):
        contact = self.stopped(310, 5)
        self.assertEqual(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase?if_due=true", {}).status, 201)
        self.assertEqual(self.listed("erased")[contact]["status"], "erased")
        self.assert_problem(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase?if_due=true", {"request": "twice"}), 409, "refused_by_policy")
        edit = change("contact.edited", number(310), "rt-310-e", data={"fields": ["name"], "name": "Back Again"})
        self.assertEqual(self.writer.post(CHANGES, edit).status, 201)
        row = self.listed("all")[contact]  # the erasure itself is the last act
        self.assertEqual((row["status"], "erased_by" in row), ("keep", True))
        put = self.admin.request("PUT", f"{ACCOUNT}/policy", {"pack": "eu-gdpr", "rules": 1, "digest": GDPR, "overrides": {"retention_days": 1}})
        self.assertIn(put.status, (200, 201), put.body)
        self.assert_problem(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase?if_due=true", {}), 409, "refused_by_policy")

    def test_the_run_stops_where_the_service_does_and_goes_on_later(self):
        due = {self.stopped(320 + i, 5) for i in range(3)}
        with tempfile.TemporaryDirectory() as folder:
            output = pathlib.Path(folder) / "due.csv"
            where = ("--data", self.server.data, "--account", "acme", "--output", output, "--erase")
            first = json.loads(run(LEDGER, "retention", *where, "--max", "2").stdout)
            self.assertEqual(first, {"due": 2, "erased": 2, "not_erased": 0})
            self.assertEqual(json.loads(run(LEDGER, "retention", *where).stdout), {"due": 1, "erased": 1, "not_erased": 0})
            self.assertEqual(json.loads(run(LEDGER, "retention", *where).stdout), {"due": 0, "erased": 0, "not_erased": 0})
        self.assertEqual(due - set(self.listed("erased")), set())

    def test_bad_filters_are_refused(self):
        self.assert_problem(self.auditor.get(f"{ACCOUNT}/retention?status=old"), 422, "invalid")
        self.assert_problem(self.auditor.get(f"{ACCOUNT}/retention?due=1"), 422, "invalid")
        self.assert_problem(self.writer.get(f"{ACCOUNT}/retention"), 403, "forbidden")
        contact = self.stopped(305, 1)
        self.assert_problem(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase?if_due=yes", {}), 422, "invalid")
        self.assert_problem(self.admin.post(f"{ACCOUNT}/contacts/{'ab' * 32}/erase?if_due=true", {}), 404, "not_found")


if __name__ == "__main__":
    unittest.main()
