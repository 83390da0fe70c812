"""docs/check_ledger.py, which shares no line with the programs, comes to the same verdict as consent-verify on every export here."""
import json
import sys
import unittest

from harness import CHANGES, LEDGER, SOURCE, VERIFY, LedgerTest, Server, change, number, run

CHECK = SOURCE / "docs" / "check_ledger.py"


class IndependentTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        token = cls.server.folder / "admin.token"
        token.write_text(cls.tokens["admin"])
        run(SOURCE / "scripts" / "sample" / "load", f"http://127.0.0.1:{cls.server.port}", token, "--start", cls.server.folder / "start")
        items = [change("contact.added", number(i), f"in-{i}", data={"origin": "import", "batch": f"b-{i}"}) for i in range(300, 700)]
        assert cls.writer.post(CHANGES, items).status == 200
        cls.export = cls.server.folder / "ledger.ndjson"
        run(LEDGER, "export", "--data", cls.server.data, "--format", "ndjson", "--output", cls.export)
        cls.key = cls.server.folder / "ledger.vkey"
        cls.key.write_text(cls.writer.get("/v1/keys").json["keys"][0]["vkey"] + "\n")

    def both(self, path, *key):
        """The exit codes of the two, which must agree."""
        ours = run(VERIFY, path, *(["--key", key[0]] if key else []), "--fail-on", "never", check=False)
        theirs = run(sys.executable, CHECK, path, *key, check=False)
        self.assertEqual(theirs.returncode, ours.returncode, theirs.stdout + theirs.stderr + ours.stdout[-1500:])
        return theirs

    def doctored(self, name, change_lines):
        lines = self.export.read_bytes().splitlines(keepends=True)
        path = self.server.folder / name
        path.write_bytes(b"".join(change_lines(lines)))
        return path

    def test_an_untouched_export_is_intact_with_and_without_the_key(self):
        said = self.both(self.export, self.key)
        self.assertEqual(said.returncode, 0)
        report = json.loads(run(VERIFY, self.export, "--fail-on", "never", "--format", "json").stdout)
        self.assertIn(f"intact: {report['ledger']['entries']} entries".encode(), said.stdout)
        self.assertEqual(self.both(self.export).returncode, 0)

    def test_a_ledger_that_was_restored_is_followed_by_both_to_its_new_name(self):
        backup, data = self.server.folder / "backup", self.server.folder / "restored"
        run(LEDGER, "backup", "--data", self.server.data, "--to", backup, "--with-keys")
        run(LEDGER, "restore", "--from", backup, "--data", data)
        again = Server.__new__(Server)
        again.folder, again.data, again.process, again.port = self.server.folder / "again", data, None, 0
        again.folder.mkdir()
        again.start(options=("--accept-rollback", "--new-origin", "ledger.example.com/again"))
        self.addCleanup(again.stop)
        client = again.client(self.tokens["writer"])
        self.assertEqual(client.post(CHANGES, change("contact.added", number(900), "again", data={"origin": "manual"})).status, 201)
        new_key = again.folder / "ledger.vkey"
        new_key.write_text(client.get("/v1/keys").json["keys"][0]["vkey"] + "\n")
        client.close()
        export = again.folder / "ledger.ndjson"
        run(LEDGER, "export", "--data", data, "--format", "ndjson", "--output", export)
        for key in ((), (self.key,), (new_key,)):
            self.assertEqual(self.both(export, *key).returncode, 0, key)
        said = run(VERIFY, data, "--fail-on", "never").stdout.decode()
        self.assertIn('goes on under the name "ledger.example.com/again"', " ".join(said.split()))
        # The old name signs nothing of it, and the old ledger never had the new one.
        old = self.export.read_bytes().splitlines(keepends=True)[-1]
        lines = export.read_bytes().splitlines(keepends=True)
        (again.folder / "mixed.ndjson").write_bytes(b"".join(lines[:-1] + [old]))
        self.assertEqual(self.both(again.folder / "mixed.ndjson", self.key).returncode, 1)
        self.assertEqual(self.both(self.export, new_key).returncode, 1)

    def test_each_way_of_altering_it_is_seen_by_both(self):
        def edit(lines):
            lines[7] = lines[7].replace(b'"v":1', b'"v": 1')
            return lines

        def swap(lines):
            lines[9], lines[10] = lines[10], lines[9]
            return lines

        def retime(lines):
            lines[-5] = lines[-5].replace(b'"origin":"import"', b'"origin":"manual"')
            return lines
        for name, act in (("edit", edit), ("swap", swap), ("retime", retime), ("delete", lambda lines: lines[:5] + lines[6:]),
                          ("repeat", lambda lines: lines[:5] + lines[4:]), ("behead", lambda lines: lines[1:]), ("tail", lambda lines: lines[:-3] + lines[-1:])):
            with self.subTest(name):
                self.assertEqual(self.both(self.doctored(name + ".ndjson", act), self.key).returncode, 1)

    def test_a_signature_of_another_key_or_a_broken_one_is_seen(self):
        other = Server("ledger.example.com/other")
        self.addCleanup(other.remove)
        other.start()
        foreign = self.server.folder / "foreign.vkey"
        foreign.write_text(other.client().get("/v1/keys").json["keys"][0]["vkey"])
        theirs = run(sys.executable, CHECK, self.export, foreign, check=False)
        self.assertEqual(theirs.returncode, 1)
        self.assertIn(b"not signed by this key", theirs.stdout)
        self.assertNotEqual(run(VERIFY, self.export, "--key", foreign, "--fail-on", "never", check=False).returncode, 0)

        def forge(lines):
            trailer = json.loads(lines[-1])
            note = trailer["trailer"]["checkpoint"]
            head, _, blob = note.rstrip("\n").rpartition(" ")
            place = len(blob) - 10
            trailer["trailer"]["checkpoint"] = head + " " + blob[:place] + ("A" if blob[place] != "A" else "B") + blob[place + 1:] + "\n"
            return lines[:-1] + [json.dumps(trailer, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"]
        self.assertNotEqual(run(sys.executable, CHECK, self.doctored("forged.ndjson", forge), self.key, check=False).returncode, 0)
        self.assertNotEqual(run(VERIFY, self.server.folder / "forged.ndjson", "--key", self.key, "--fail-on", "never", check=False).returncode, 0)

    def test_a_cut_off_export_is_no_pass(self):
        cut = self.doctored("cut.ndjson", lambda lines: lines[:-1])
        self.assertEqual(run(sys.executable, CHECK, cut, self.key, check=False).returncode, 3)
        self.assertEqual(run(VERIFY, cut, "--key", self.key, "--fail-on", "never", check=False).returncode, 3)
        self.assertEqual(run(sys.executable, CHECK, self.server.folder / "missing.ndjson", check=False).returncode, 3)
        self.assertEqual(run(sys.executable, CHECK, check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main()
