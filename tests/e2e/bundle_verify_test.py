"""Evidence bundles as the service makes them, checked by consent-verify: every scope, redacted, after an erasure, one after the other; what is altered
is found, and the one-page script in the bundle agrees each time."""
import io
import json
import pathlib
import subprocess
import sys
import unittest
import zipfile

from harness import CHANGES, INBOUND, VERIFY, LedgerTest, change, number, run

ACCOUNT = "/v1/accounts/acme"
EXPORTS = ACCOUNT + "/exports"


class BundleVerifyTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.server.folder / "ledger.vkey"
        cls.key.write_text(cls.writer.get("/v1/keys").json["keys"][0]["vkey"] + "\n")
        assert cls.admin.post(CHANGES, {"kind": "list.defined", "data": {"list": "promo", "name": "Offers"}, "source": {"record": "bv-l"}}).status == 201
        cls.ids = [cls.person(index) for index in range(4)]
        cls.made = 0

    @classmethod
    def person(cls, index):
        phone = number(index)
        call = {"kind": "verbal_call", "occurred_at": "2026-11-20T10:00:00Z", "agent": "agent-7", "call": f"C-{index}", "words": f"yes, person {index}",
                "recording": {"sha256": "ab" * 32, "held_by": "crm"}}
        added = cls.writer.post(CHANGES, change("contact.added", phone, f"bv-{index}-a", data={"origin": "manual", "name": f"Person {index}, \"quoted\"\n=line"}))
        assert added.status == 201, added.body
        assert cls.writer.post(CHANGES, change("opt_in.consent", phone, f"bv-{index}-b", data={"method": "call"}, evidence=[call])).status == 201
        if index % 2 == 0:
            assert cls.writer.post(CHANGES, change("list.added", phone, f"bv-{index}-c", data={"list": "promo"})).status == 201
        assert cls.writer.post(INBOUND, {"from": phone, "to": "+15550199999", "body": "STOP", "message_id": f"bv-{index}-m"}).json["class"] == "stop"
        return added.json["contact"]

    def bundle(self, scope, openings="full"):
        answer = self.auditor.post(EXPORTS, {"scope": scope, "openings": openings})
        self.assertIn(answer.status, (200, 201), answer.body[:500])
        type(self).made += 1
        path = self.server.folder / f"bundle-{self.made}.zip"
        path.write_bytes(answer.body)
        return path

    def report(self, path, *arguments, code=0):
        result = run(VERIFY, path, "--key", self.key, "--format", "json", *arguments, check=False)
        self.assertEqual(result.returncode, code, result.stdout.decode()[:6000] + result.stderr.decode())
        return json.loads(result.stdout)

    def unpacked(self, path):
        folder = path.with_suffix("")
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        return next(folder.iterdir())

    def script_code(self, folder):
        """What the bundle's own script says."""
        return subprocess.run([sys.executable, "-B", folder / "check_bundle.py", "--key", self.key, folder], capture_output=True, check=False).returncode

    def scopes(self):
        page = self.auditor.get(f"{ACCOUNT}/changes?limit=100", headers={"Accept": "application/x-ndjson"}).lines
        times = sorted(entry["recorded_at"] for entry in page if "recorded_at" in entry)
        return [{"kind": "contact", "contact": self.ids[0]}, {"kind": "contact", "phone": number(1)}, {"kind": "list", "list": "promo"}, {"kind": "account"},
                {"kind": "range", "since": times[4], "until": times[9]}, {"kind": "range", "since": times[6]}]

    def test_every_scope_shown_and_redacted(self):
        for scope in self.scopes():
            for openings in ("full", "redacted"):
                path = self.bundle(scope, openings)
                report = self.report(path)
                self.assertEqual(report["verdict"], "intact" if not report["finding_counts"]["open_by_rule"] else "findings", scope)
                self.assertGreaterEqual(len(report["bundle"]["proven"]), 2, scope)
                self.assertEqual(report["bundle"]["redacted"], openings == "redacted")
                self.assertLessEqual({"view", "page", "enclosed"}, {check["id"] for check in report["checked"]})
                self.assertEqual(report["bundle"]["neighbours"], (1 + ("until" in scope)) if scope["kind"] == "range" else 0)
                self.assertEqual(report["ledger"]["key_from"], "key file")
                folder = self.unpacked(path)
                self.report(folder)
                self.assertEqual(self.script_code(folder), 0, scope)
                sums = subprocess.run(["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=folder, capture_output=True, check=False)
                self.assertEqual(sums.returncode, 0, sums.stderr)
                for index in range(4):
                    self.assertNotIn(number(index), json.dumps(report))

    def test_after_an_erasure(self):
        erased = self.person(50)
        self.assertEqual(self.admin.post(f"{ACCOUNT}/contacts/{erased}/erase", {"request": "dsr-9"}).status, 201)
        report = self.report(self.bundle({"kind": "contact", "contact": erased}))
        self.assertTrue(any("said to be erased" in sentence for sentence in report["bundle"]["stated_by_signer"]), report["bundle"])
        self.report(self.bundle({"kind": "account"}))

    def test_one_bundle_continues_the_other(self):
        scope = {"kind": "contact", "contact": self.ids[3]}
        first = self.unpacked(self.bundle(scope))
        self.assertEqual(self.writer.post(INBOUND, {"from": number(3), "to": "+15550199999", "body": "STOP", "message_id": "bv-again"}).status, 201)
        report = self.report(self.bundle(scope), "--trusted-checkpoint", first / "data" / "checkpoint")
        self.assertTrue(any("what you kept" in sentence for sentence in report["bundle"]["proven"]), report["bundle"])

    def test_the_whole_ledger_honours_what_was_issued(self):
        for scope in self.scopes():
            self.bundle(scope)
        self.assertIn("what issued evidence bundles state", " ".join(self.assert_clean().split()))

    def test_a_bundle_against_the_whole_ledger(self):
        """The bundle's checkpoint is one of the ledger's: then its entries are the ledger's entries. One of another ledger is not."""
        folder = self.unpacked(self.bundle({"kind": "list", "list": "promo"}))
        self.writer.post(INBOUND, {"from": number(3), "to": "+15550199999", "body": "STOP", "message_id": "bv-later"})
        checkpoint = folder / "data" / "checkpoint"
        self.assert_clean("--trusted-checkpoint", checkpoint)
        note = checkpoint.read_text().split("\n")
        checkpoint.write_text("\n".join(note[:2] + [("A" if note[2][0] != "A" else "B") + note[2][1:]] + note[3:]))
        result = self.server.verify("--fail-on", "never", "--trusted-checkpoint", checkpoint)
        self.assertEqual(result.returncode, 1, result.stdout.decode())

    def test_what_is_altered_is_found_by_both(self):
        sound = self.bundle({"kind": "contact", "contact": self.ids[0]}).read_bytes()
        for name, old, new in (("data/entries.ndjson", b"opt_out.stop", b"opt_in.agent"), ("data/openings.ndjson", b'"salt":"', b'"salt":"0'),
                               ("data/contacts.ndjson", number(0).encode(), number(9).encode()), ("data/proofs/inclusion.ndjson", b'"seq":', b'"seq":9')):
            path = self.server.folder / "altered.zip"
            with zipfile.ZipFile(io.BytesIO(sound)) as archive, zipfile.ZipFile(path, "w") as altered:
                for info in archive.infolist():
                    content = archive.read(info)
                    if info.filename.endswith(name):
                        self.assertIn(old, content, name)
                        content = content.replace(old, new, 1)
                    altered.writestr(info, content)
            report = self.report(path, code=1)
            self.assertIn("INT-061", [finding["id"] for finding in report["integrity_findings"]])
            self.assertEqual(report["bundle"]["proven"] if "bundle" in report else [], [])
            folder = self.unpacked(path)
            self.assertEqual(self.script_code(folder), 1, name)
            for each in sorted(pathlib.Path(folder).rglob("*"), reverse=True):
                each.unlink() if each.is_file() else each.rmdir()
            folder.rmdir()

    def test_a_cut_off_download_is_not_tampering(self):
        path = self.bundle({"kind": "account"})
        path.write_bytes(path.read_bytes()[:-100])
        self.assertEqual(run(VERIFY, path, check=False).returncode, 3)


if __name__ == "__main__":
    unittest.main()
