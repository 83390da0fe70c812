"""Evidence bundles: made over HTTP and by the command, checked with sha256sum, with the script inside, and by recomputing what is opened."""
import base64
import hashlib
import io
import json
import os
import pathlib
import sys
import unittest
import zipfile

from harness import CHANGES, LEDGER, SOURCE, LedgerTest, change, number, run

EXPORTS = "/v1/accounts/acme/exports"
ANA, BOB = number(1), number(2)


def files_of(data):
    """Of the zip, by the name below its folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def lines(files, name):
    return [json.loads(line) for line in files[name].decode().splitlines()]


class BundleTest(LedgerTest):
    records_commands = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        items = [change("contact.added", ANA, "b-1", data={"origin": "manual", "name": "Ana, =cmd|'x'"}),
                 change("opt_in.agent", ANA, "b-2", data={"note": "said yes \u2603"}),
                 change("list.added", ANA, "b-3", data={"list": "promo"}),
                 change("opt_in.agent", BOB, "b-4", data={"note": "by phone"}),
                 change("opt_out.agent", ANA, "b-5", data={"reason": "called"})]
        assert cls.writer.post(CHANGES, items).status == 200

    def bundle(self, status=201, **body):
        answer = self.auditor.post(EXPORTS, body)
        self.assertEqual(answer.status, status, answer.body[:500])
        return answer

    def unpacked(self, data, name):
        folder = self.server.folder / name
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(folder)
        return next(folder.iterdir())

    def checked(self, folder, *arguments, code=0):
        result = run(sys.executable, "-B", folder / "check_bundle.py", *arguments, check=False, cwd="/")
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return result.stdout.decode()

    def test_each_scope_stands_sha256sum_and_the_script_inside(self):
        key = self.server.folder / "bundle.vkey"
        key.write_text(self.vkey() + "\n")
        scopes = {"contact": {"phone": ANA}, "list": {"list": "promo"}, "account": {}, "range": {"since": "2020-01-01T00:00:00Z"}}
        for kind, more in scopes.items():
            for openings in ("full", "redacted"):
                with self.subTest(kind=kind, openings=openings):
                    answer = self.bundle(scope=dict(more, kind=kind), openings=openings)
                    self.assertEqual(answer.headers["content-type"], "application/zip")
                    issued = int(answer.headers["export-issued"])
                    self.assertIn(f"</v1/entries/{issued}>", answer.headers["link"])
                    self.assertIn(f"consent-evidence-{issued}", answer.headers["content-disposition"])
                    folder = self.unpacked(answer.body, f"{kind}-{openings}")
                    for listed in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
                        run("sha256sum", "--strict", "-c", listed, cwd=folder)
                    self.assertIn("signed by the key that the bundle names", self.checked(folder))
                    self.assertNotIn("names itself", self.checked(folder, "--key", key))
                    self.assertEqual((folder / "check_bundle.py").read_bytes(), (SOURCE / "docs" / "check_bundle.py").read_bytes())

    def test_openings_commit_to_the_entries_and_the_twin_differs_in_nothing_else(self):
        answer = self.bundle(scope={"kind": "contact", "phone": ANA})
        full, issued = files_of(answer.body), int(answer.headers["export-issued"])
        twin = files_of(self.bundle(200, issued=issued, openings="redacted").body)
        opened = {row["id"]: row for row in lines(full, "data/openings.ndjson")}
        self.assertEqual(list(opened), [row["id"] for row in lines(twin, "data/openings.ndjson")])
        entries = lines(full, "data/entries.ndjson")
        self.assertEqual([entry["contact_seq"] for entry in entries], list(range(1, len(entries) + 1)))
        note = next(entry for entry in entries if "note" in entry["data"])
        row = opened[f"{note['seq']}:/data/note"]
        content = base64.b64decode(row["content"])
        self.assertEqual(content.decode(), "said yes \u2603")
        digest = hashlib.sha256(b"consent-ledger/content/v1\0" + bytes.fromhex(row["salt"]) + content).hexdigest()
        self.assertEqual(digest, note["data"]["note"]["commit"])
        for name in ("data/entries.ndjson", "data/context.ndjson", "data/proofs/inclusion.ndjson", "data/checkpoint"):
            self.assertEqual(full[name], twin[name], name)
        for name, body in twin.items():
            self.assertNotIn(ANA.encode(), body, name)
            self.assertNotIn("said yes".encode(), body, name)
        for name, body in full.items():
            self.assertNotIn(BOB.encode(), body, name)
        self.assertIn(("tel:" + ANA).encode(), full["data/views/entries.csv"])

    def test_what_was_altered_is_seen(self):
        folder = self.unpacked(self.bundle(scope={"kind": "account"}).body, "altered")
        entries = folder / "data" / "entries.ndjson"
        good = entries.read_bytes()
        entries.write_bytes(good.replace(b'"origin":"manual"', b'"origin":"import"', 1))
        self.assertIn("was changed", self.checked(folder, code=1))

        def redo(name, body):
            """The file and the list of digests, as a forger would."""
            (folder / name).write_bytes(body)
            listed = folder / "manifest-sha256.txt"
            text = [line if not line.endswith("  " + name) else hashlib.sha256(body).hexdigest() + "  " + name
                    for line in listed.read_text().splitlines()]
            listed.write_text("\n".join(text) + "\n")
            tags = folder / "tagmanifest-sha256.txt"
            tags.write_text("".join((hashlib.sha256(listed.read_bytes()).hexdigest() + line[64:] if line.endswith("  manifest-sha256.txt")
                                     else line) + "\n" for line in tags.read_text().splitlines()))
        redo("data/entries.ndjson", good.replace(b'"origin":"manual"', b'"origin":"import"', 1))
        self.assertIn("not the one that its proof is of", self.checked(folder, code=1))
        redo("data/entries.ndjson", b"".join(good.splitlines(keepends=True)[:-1]))
        self.assertIn("ALTERED OR INCOMPLETE", self.checked(folder, code=1))
        redo("data/entries.ndjson", good)
        self.checked(folder)
        openings = (folder / "data" / "openings.ndjson").read_bytes()
        redo("data/openings.ndjson", b"".join(openings.splitlines(keepends=True)[1:]))
        self.assertIn("no row for", self.checked(folder, code=1))
        redo("data/openings.ndjson", openings)
        self.assertIn("data/views, how-to-verify.txt and this script: compared with the digests", self.checked(folder))
        # What the manifest says beside what is signed.
        manifest = (folder / "data" / "manifest.json").read_bytes()
        said = json.loads(manifest)
        for change_it in (lambda m: m.update(origin="other.example.com/log"), lambda m: m["issued"].update(token="t_other"),
                          lambda m: m["entries"].update(first_seq=0), lambda m: m["entries"].update(last_seq=99)):
            doctored = json.loads(manifest)
            change_it(doctored)
            self.assertNotEqual(doctored, said)
            redo("data/manifest.json", json.dumps(doctored, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())
            self.assertIn("ALTERED OR INCOMPLETE", self.checked(folder, code=1))
        redo("data/manifest.json", manifest.replace(b'{', b'{"account":"other",', 1))
        self.assertIn("canonical", self.checked(folder, code=1))
        redo("data/manifest.json", manifest)
        self.checked(folder)
        # A file that is gone from the list, too.
        listed, tags = (folder / "manifest-sha256.txt").read_text(), (folder / "tagmanifest-sha256.txt").read_text()
        (folder / "tagmanifest-sha256.txt").write_text("".join(line + "\n" for line in tags.splitlines() if not line.endswith("  manifest-sha256.txt")))
        self.assertIn("manifest-sha256.txt", self.checked(folder, code=1))
        (folder / "tagmanifest-sha256.txt").write_text(tags)
        report = folder / "data" / "views" / "report.html"
        page = report.read_bytes()
        report.unlink()
        less = "".join(line + "\n" for line in listed.splitlines() if not line.endswith("  data/views/report.html"))
        (folder / "manifest-sha256.txt").write_text(less)
        (folder / "tagmanifest-sha256.txt").write_text(tags.replace(hashlib.sha256(listed.encode()).hexdigest(), hashlib.sha256(less.encode()).hexdigest()))
        self.assertIn("data/views/report.html", self.checked(folder, code=1))
        report.write_bytes(page)
        (folder / "manifest-sha256.txt").write_text(listed)
        (folder / "tagmanifest-sha256.txt").write_text(tags)
        self.checked(folder)
        (folder / "data" / "extra").write_text("x")
        self.assertIn("was added: data/extra", self.checked(folder, code=1))

    def test_the_same_again_in_another_zone_with_another_mask_is_the_same_bytes(self):
        first = self.bundle(scope={"kind": "list", "list": "promo"})
        issued = first.headers["export-issued"]
        for zone, mask in (("Asia/Tokyo", 0o077), ("UTC", 0o022)):
            output = self.server.folder / (zone.replace("/", "-") + ".zip")
            run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--issued", issued, "--output", output,
                env=dict(os.environ, TZ=zone), preexec_fn=lambda m=mask: os.umask(m) and None)
            self.assertEqual(output.read_bytes(), first.body, zone)

    def test_the_command_reads_the_number_from_standard_input_and_writes_whole_or_not_at_all(self):
        output = self.server.folder / "by-number.zip"
        said = run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--number", "-", "--redacted", "--output", output,
                   input=(ANA + "\n").encode())
        self.assertIn(b"issued by entry", said.stderr)
        self.assertEqual(output.stat().st_mode & 0o777, 0o600)
        self.assertEqual(json.loads(files_of(output.read_bytes())["data/manifest.json"])["openings"], "redacted")
        missing = self.server.folder / "missing.zip"
        refused = run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--list", "nobody", "--output", missing, check=False)
        self.assertEqual(refused.returncode, 3)
        self.assertFalse(missing.exists() or pathlib.Path(str(missing) + ".part").exists())
        for wrong in ((), ("--all", "--list", "promo"), ("--issued", "3", "--all")):
            self.assertEqual(run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--output", missing, *wrong,
                                 check=False).returncode, 2)

    def test_the_same_again_until_somebody_in_it_is_erased(self):
        """The same bytes after more was recorded and after a restart; refused, and not made otherwise, once somebody in it was erased."""
        eve = number(77)
        contact = self.writer.post(CHANGES, change("opt_in.agent", eve, "e-1", data={"note": "by phone"})).json["contact"]
        first = self.bundle(scope={"kind": "contact", "phone": eve})
        issued = int(first.headers["export-issued"])
        twin = self.bundle(200, issued=issued, openings="redacted").body
        self.writer.post(CHANGES, [change("opt_out.agent", eve, "e-2"), change("opt_in.agent", ANA, "e-3", data={"note": "again"})])
        self.assertEqual(self.bundle(200, issued=issued).body, first.body)
        type(self).server.stop()
        type(self).server.start()
        for name in ("writer", "auditor", "admin"):
            getattr(self, name).close()
            setattr(type(self), name, self.server.client(self.tokens[name]))
        self.assertEqual(self.bundle(200, issued=issued).body, first.body)
        self.assertEqual(self.admin.post(f"/v1/accounts/acme/contacts/{contact}/erase", {"request": "dsr-77"}).status, 201)
        refused = self.assert_problem(self.auditor.post(EXPORTS, {"issued": issued}), 409, "refused_by_policy")
        self.assertIn("was erased by entry", refused["detail"])
        self.assertEqual(self.bundle(200, issued=issued, openings="redacted").body, twin)
        output = self.server.folder / "erased.zip"
        made = run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--issued", issued, "--output", output, check=False)
        self.assertNotEqual(made.returncode, 0)
        self.assertFalse(output.exists() or pathlib.Path(str(output) + ".part").exists())
        again = self.bundle(scope={"kind": "contact", "contact": contact})
        self.assertIn("erased 1", self.checked(self.unpacked(again.body, "erased")))
        self.assertNotIn(eve.encode(), again.body)

    def test_nobody_states_what_a_bundle_holds_but_the_program(self):
        """Else whoever may issue bundles could leave out the last entries of one, and have that signed."""
        before = self.server.size()
        forged = {"kind": "export.issued", "source": {"platform": "x", "record": "forged"}, "actor": {"kind": "system", "id": "s"},
                  "data": {"scope": "account", "digest": "0" * 64, "entries": 1, "tree_size": 3, "account_seq": 2}}
        for client in (self.auditor, self.admin):
            self.assert_problem(client.post(CHANGES, forged), 422, "invalid")
            self.assertEqual(client.post(CHANGES, [forged]).json["results"][0]["status"], "refused")
            lines = client.post(CHANGES, (json.dumps(forged) + "\n").encode(), headers={"Content-Type": "application/x-ndjson"})
            self.assertIn(b'"refused"', lines.body)
        self.assertEqual(self.server.size(), before)

    def test_what_cannot_be_asked_for_is_refused_and_leaves_nothing(self):
        size = self.auditor.get("/checkpoint").body.split(b"\n")[1]
        cases = [({"scope": {"kind": "planet"}}, 422), ({"scope": {"kind": "contact"}}, 422), ({}, 422), ({"issued": 1}, 404),
                 ({"scope": {"kind": "contact", "phone": "+15550009999"}}, 404), ({"scope": {"kind": "list", "list": "nobody"}}, 404),
                 ({"scope": {"kind": "contact", "contact": "0" * 64}}, 404), ({"issued": 10**9}, 404), ([], 422),
                 ({"scope": {"kind": "range", "since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}}, 422)]
        for body, status in cases:
            with self.subTest(body=body):
                self.assertEqual(self.auditor.post(EXPORTS, body).status, status)
        self.assertEqual(self.auditor.post(EXPORTS, b"{").status, 400)
        self.assertEqual(self.writer.post(EXPORTS, {"scope": {"kind": "account"}}).status, 403)
        self.assertEqual(self.auditor.get("/checkpoint").body.split(b"\n")[1], size)

    def test_memory_stays_bounded(self):
        """A larger account is streamed by a server whose memory does not grow by what it sends."""
        items = [change("contact.added", number(1000 + i), f"m-{i}", data={"origin": "import", "name": "x" * 500}) for i in range(4000)]
        for start in range(0, len(items), 1000):
            self.assertEqual(self.writer.post(CHANGES + "?receipt=none", items[start:start + 1000]).status, 200)

        def peak():
            status = pathlib.Path(f"/proc/{self.server.process.pid}/status").read_text()
            return int(status.split("VmHWM:")[1].split()[0]) * 1024
        before = peak()
        answer = self.bundle(scope={"kind": "account"})
        self.assertGreater(len(answer.body), 12_000_000)
        self.assertLess(peak() - before, 64_000_000)
        self.assertIn("intact", self.checked(self.unpacked(answer.body, "large")))


class ManyEntriesTest(LedgerTest):
    def test_a_contact_of_more_entries_than_its_chain_is_walked_for(self):
        """Above 20,000 entries they are found by reading through the account: the same entries, as complete."""
        total = 20_050
        for start in range(0, total, 2_005):
            items = [change("contact.edited", ANA, f"l-{i}", data={"fields": ["name"]}) for i in range(start, start + 2_005)]
            self.assertEqual(self.writer.post(CHANGES + "?receipt=none", items).status, 200)
        self.writer.post(CHANGES, [change("contact.added", BOB, "l-bob", data={"origin": "manual"})])
        answer = self.auditor.post(EXPORTS, {"scope": {"kind": "contact", "phone": ANA}})
        self.assertEqual(answer.status, 201)
        files = files_of(answer.body)
        self.assertEqual([entry["contact_seq"] for entry in lines(files, "data/entries.ndjson")], list(range(1, total + 1)))
        self.assertEqual(len(lines(files, "data/contacts.ndjson")), 1)


class WithoutServerTest(LedgerTest):
    def test_a_bundle_is_made_of_a_directory_that_nobody_serves(self):
        self.writer.post(CHANGES, [change("contact.added", ANA, "w-1", data={"origin": "manual"})])
        self.server.stop()
        output = self.server.folder / "offline.zip"
        run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--all", "--output", output)
        first = output.read_bytes()
        issued = json.loads(files_of(first)["data/manifest.json"])["issued"]
        self.assertEqual(issued["token"], "cli")
        run(LEDGER, "bundle", "--data", self.server.data, "--account", "acme", "--issued", str(issued["seq"]), "--output", output)
        self.assertEqual(output.read_bytes(), first)
        self.server.start()


if __name__ == "__main__":
    unittest.main()
