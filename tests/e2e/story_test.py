"""The sample story over HTTP, and what an auditor sees of it afterwards (S1-S22)."""
import json
import re
import unittest

from harness import CHANGES, LOOKUP, SOURCE, LedgerTest, Receipt, run

SAMPLE = SOURCE / "scripts" / "sample"


class StoryTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        token = cls.server.folder / "admin.token"
        token.write_text(cls.tokens["admin"])
        cls.command = [SAMPLE / "load", f"http://127.0.0.1:{cls.server.port}", token, "--start", cls.server.folder / "start"]
        cls.first = run(*cls.command, check=False)
        cls.size_after = cls.server.size()

    def lookup(self, phone, **more):
        answer = self.writer.post(LOOKUP, {"phone": phone, **more})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def test_every_step_leads_to_what_the_story_says(self):
        self.assertEqual(self.first.returncode, 0, self.first.stderr.decode())

    def test_the_story_shows_every_sentence(self):
        shown = set()
        for line in (SAMPLE / "story.ndjson").read_text().splitlines():
            shown |= set(json.loads(line)["shows"].split())
        self.assertEqual(shown, {f"S{i}" for i in range(1, 23)})

    def test_loading_it_again_changes_nothing(self):
        again = run(*self.command, check=False)
        self.assertEqual(self.server.size(), self.size_after, again.stderr.decode())

    def test_the_verifier_finds_it_intact_and_flags_what_lacks_consent(self):
        report = self.assert_clean()
        for rule in ("CL-001", "CL-002", "CL-032", "CL-045", "CL-006"):
            self.assertIn(rule, report)
        strict = self.server.verify()
        self.assertEqual(strict.returncode, 4, strict.stdout.decode())

    def test_replay_agrees_with_what_the_server_reports(self):
        report = json.loads(self.server.verify("--fail-on", "never", "--format", "json").stdout)
        replayed = [(one["id"], one["seq"]) for one in report["findings"]]
        replayed += [(one["id"], seq) for one in report["aggregated_findings"] for seq in one["sample_seqs"]]
        served, path = [], "/v1/accounts/acme/findings?limit=7"
        while path:
            answer = self.auditor.get(path)
            self.assertEqual(answer.status, 200, answer.body)
            served += [(one["id"], one["seq"]) for one in answer.json["data"]]
            link = re.match(r"<(.*)>; rel=\"next\"", answer.headers.get("link", ""))
            path = link.group(1) if link else None
        self.assertEqual(sorted(served), sorted(replayed))
        closed = self.auditor.get("/v1/accounts/acme/findings?status=closed").json["data"]
        self.assertEqual({one["id"] for one in closed}, {"CL-001", "CL-030"})  # by the form, and by the opt-in in the right order

    def test_a_numbers_state_and_timeline(self):
        cara = self.lookup("+1 (555) 010-0103")
        self.assertTrue(cara["known"] and cara["state"]["opted_in"])
        self.assertEqual(cara["state"]["level"], "informational")
        self.assertEqual(cara["findings"], [])  # cured by the form
        history = self.auditor.get(f"/v1/accounts/acme/contacts/{cara['contact']}/history").json
        kinds = [one["entry"]["kind"] for one in history["data"]]
        self.assertEqual(kinds, ["consent.recorded", "opt_in.agent", "opt_out.agent", "list.added", "opt_in.agent"])
        self.assertEqual([one["entry"]["contact_seq"] for one in history["data"]], [5, 4, 3, 2, 1])

    def test_what_was_true_then_and_what_was_known_then(self):
        ana = self.lookup("+15550100101")
        history = self.auditor.get(f"/v1/accounts/acme/contacts/{ana['contact']}/history").json["data"]
        stop = next(one["entry"] for one in history if one["entry"]["kind"] == "opt_out.stop")
        self.assertFalse(self.lookup("+15550100101", at=stop["occurred_at"])["state"]["opted_in"])
        first = history[-1]["entry"]
        before_all = self.lookup("+15550100101", known_at="2020-01-01T00:00:00Z")
        self.assertFalse(before_all["known"])
        self.assertTrue(self.lookup("+15550100101", at=first["occurred_at"])["state"]["opted_in"])

    def test_an_unknown_number_is_unknown(self):
        nobody = self.lookup("+15550100150")
        self.assertFalse(nobody["known"])
        self.assertFalse(nobody["state"]["opted_in"])

    def test_the_removal_closed_only_its_own_duty(self):
        gus = self.lookup("+15550100107")
        self.assertEqual([one["kind"] for one in gus["obligations"]], [])
        self.assertEqual({name for name, one in gus["state"]["lists"].items() if one["member"]},
                         {"notices", "marketing-opt-out", "marketing"})

    def test_no_number_name_or_text_is_in_the_log(self):
        raw = self.server.client(self.tokens["all"])
        entries = b"".join(raw.get(f"/v1/entries/{seq}").body for seq in range(self.server.size()))
        for personal in (b"5550100101", b"Ana", b"blue jacket", b"asked by phone", b"texting me"):
            self.assertNotIn(personal, entries)
        raw.close()

    def test_changes_pages_cover_the_account_without_gap_or_repetition(self):
        seen, path = [], CHANGES + "?limit=9"
        while path:
            page = self.auditor.get(path)
            seen += [one["entry"]["account_seq"] for one in page.json["data"]]
            link = re.match(r"<(.*)>; rel=\"next\"", page.headers.get("link", ""))
            path = link.group(1) if link else None
        self.assertEqual(seen, list(range(len(seen), 0, -1)))
        feed = self.auditor.get(CHANGES + "?after=0&limit=1000", headers={"Accept": "application/x-ndjson"})
        self.assertEqual([one["account_seq"] for one in feed.lines], list(range(1, len(seen) + 1)))
        stops = self.auditor.get(CHANGES + "?kind=opt_out.stop&limit=100").json["data"]
        self.assertTrue(stops and all(one["entry"]["kind"] == "opt_out.stop" for one in stops))

    def test_receipts_can_be_had_later(self):
        raw = self.server.client(self.tokens["all"])
        vkey = self.vkey()
        for seq in (0, 1, self.size_after - 1):
            receipt = Receipt(raw.get(f"/v1/entries/{seq}").body.decode(), raw.get(f"/v1/entries/{seq}/proof").body.decode())
            self.assertTrue(receipt.holds())
            self.assertTrue(receipt.checkpoint.signed_by(vkey))
        raw.close()


if __name__ == "__main__":
    unittest.main()
