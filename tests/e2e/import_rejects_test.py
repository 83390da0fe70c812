"""The files that an import writes: rows that were not taken, mended and imported, and that no file takes the place of another."""
import csv
import io
import json
import os
import stat

from harness import LEDGER, LOOKUP, LedgerTest, change, number, run
from import_test import Import


class Rejects(LedgerTest):
    records_commands = True

    def setUp(self):
        self.run_import = Import(self.server)

    def look(self, phone):
        return self.auditor.post(LOOKUP, {"phone": phone}).json

    def test_rejects_can_be_mended_and_imported(self):
        rejects = self.server.folder / "rejects.csv"
        text = (f"phone,status,note\n{number(91)},out,\"a, \"\"b\"\"\"\n0155,out,x\n{number(92)},maybe,\"two\nlines\"\n"
                f"{number(93)},out\n\"{number(94)}\"x,out,y\n").encode() + number(95).encode() + b",out,\xff\n"
        told = self.run_import(text, "--rejects", rejects)
        self.assertEqual((self.run_import.code, told["recorded"], told["rejected"]), (3, 1, 5), self.run_import.stderr)
        self.assertEqual(stat.S_IMODE(rejects.stat().st_mode), 0o600)
        rows = list(csv.reader(io.StringIO(rejects.read_bytes().decode("latin-1"), newline="")))
        self.assertEqual(rows[0], ["import_line", "import_reason", "phone", "status", "note"])
        self.assertEqual([row[0] for row in rows[1:]], ["3", "4", "6", "7", "8"])
        self.assertEqual(rows[2][2:], [number(92), "maybe", "two\nlines"])
        for phone in (number(92), "0155"):
            self.assertNotIn(phone, self.run_import.stderr)
        mended = "".join(",".join(row) + "\n" for row in [rows[0], ["4", "", number(92), "out", ""]])
        self.assertEqual(self.run_import(mended)["recorded"], 1)

    def test_rejects_of_lines_can_be_mended_and_imported(self):
        """What is an object stands as one in the line of its rejection, all else as its text; a row that was put right is recorded."""
        rejects, again = self.server.folder / "rejects.ndjson", self.server.folder / "again.ndjson"
        good = change("contact.added", number(1_701), "mend-1", data={"origin": "manual"})
        bad = dict(change("contact.added", number(1_702), "mend-2", data={"origin": "manual"}), kind="contact.addedd")
        other = change("contact.added", number(1_703), "mend-3", data={"origin": "manual"})
        lines = [json.dumps(bad, indent=None), json.dumps(good), json.dumps(other)[:-1], '{"a":1},"row":{"kind":"contact.added"}', "{"]
        told = self.run_import("\n".join(lines) + "\n", "--rejects", rejects, name="mend.ndjson")
        self.assertEqual((self.run_import.code, told["recorded"], told["rejected"]), (3, 1, 4), self.run_import.stderr)
        self.assertEqual(stat.S_IMODE(rejects.stat().st_mode), 0o600)
        read = [json.loads(line) for line in rejects.read_text().splitlines()]
        self.assertEqual([(one["import_line"], one["row"]) for one in read], [(1, bad), (3, lines[2]), (4, lines[3]), (5, "{")])
        self.assertTrue(all(one["import_reason"] and set(one) == {"import_line", "import_reason", "row"} for one in read), read)
        # As it is nothing of it is taken, and the rejects of it are of one layer.
        told = self.run_import(rejects.read_bytes(), "--rejects", again, name="unmended.ndjson")
        self.assertEqual((told["format"], told["recorded"], told["rejected"]), ("ndjson", 0, 4), self.run_import.stderr)
        self.assertEqual([json.loads(line)["row"] for line in again.read_text().splitlines()], [one["row"] for one in read])
        self.assertEqual(self.run_import(rejects.read_bytes(), "--dry-run", name="unmended.ndjson")["rejected"], 4)
        # The one inside of its object, the other inside of its text, a third with its lines apart and without a reason.
        mended = rejects.read_text().replace("contact.addedd", "contact.added").splitlines()[:2]
        mended[1] = json.dumps(dict(read[1], row=read[1]["row"] + "}"))
        mended.append(json.dumps({"row": json.dumps(change("contact.added", number(1_704), "mend-4", data={"origin": "manual"}), indent=1), "import_line": 9}))
        told = self.run_import("\n".join(mended) + "\n", name="mended.ndjson")
        self.assertEqual((self.run_import.code, told["recorded"], told["kinds"]), (0, 3, {"contact.added": 3}), self.run_import.stderr)
        for index in (1_701, 1_702, 1_703, 1_704):
            self.assertTrue(self.look(number(index))["known"])

    def test_rejects_of_rejects_have_one_line_and_reason(self):
        first, second = self.server.folder / "first.csv", self.server.folder / "second.csv"
        self.run_import(f"phone,status\n0155,out\n{number(1_711)},maybe\n", "--rejects", first)
        self.run_import(first.read_bytes(), "--rejects", second, name="list-2.csv")
        rows = list(csv.reader(io.StringIO(second.read_text(), newline="")))
        self.assertEqual([[row[0], *row[2:]] for row in rows], [["import_line", "phone", "status"], ["2", "0155", "out"], ["3", number(1_711), "maybe"]])

    def refuse(self, code, word, *options, file, stdin=None, account="acme"):
        """Nothing is recorded, and no file is another than it was."""
        before = self.server.size(), self.files()
        done = run(LEDGER, "import", "--data", self.server.data, "--account", account, *options, file, check=False, stdin=stdin)
        self.assertEqual((done.returncode, done.stdout), (code, b""), done.stderr)
        # A rehearsal says what it has read; no row is spoken of.
        said = [line for line in done.stderr.decode().splitlines() if "replayed" not in line]
        self.assertEqual(len(said), 1, said)
        self.assertIn(word, said[0])
        self.assertEqual((self.server.size(), self.files()), before)

    def files(self):
        return {path.name: path.read_bytes() for path in self.server.folder.iterdir() if path.is_file() and path.name != "serve.log"}

    def test_no_file_takes_the_place_of_another(self):
        folder = self.server.folder
        names = ("rejects-1.csv", "hard.csv", "soft.csv", "mine.csv.part", "contacts.csv", "fresh.state", "fresh")
        self.addCleanup(lambda: [(folder / name).unlink(missing_ok=True) for name in names])
        path = folder / "rejects-1.csv"
        path.write_text("import_line,import_reason,phone,status\n" + "".join(f"{i},x,{number(1_800 + i)},out\n" for i in range(500)))
        (folder / "hard.csv").hardlink_to(path)
        (folder / "soft.csv").symlink_to("rejects-1.csv")
        (folder / "mine.csv.part").hardlink_to(path)
        (folder / "contacts.csv").write_text(f"phone,status\n{number(1_800)},out\n")
        for name in ("rejects-1.csv", "hard.csv", "soft.csv", "../" + folder.name + "/rejects-1.csv"):
            for option in ("--rejects", "--state"):
                self.refuse(2, f"the input and {option} are the same file", option, folder / name, file=path)
            with path.open() as stdin:
                self.refuse(2, "the input and --rejects are the same file", "--rejects", folder / name, file="-", stdin=stdin)
        for option in ("--rejects", "--state"):
            self.refuse(2, f"the input and the .part of {option} are the same file", option, folder / "mine.csv", file=path)
        self.refuse(2, "--rejects and --state are the same file", "--rejects", folder / "fresh", "--state", folder / "fresh", file=path)
        self.refuse(2, "are the same file", "--rejects", folder / "fresh.part", "--state", folder / "fresh", file=path)
        # What is neither: another list, given in the wrong place.
        self.refuse(2, "does not hold rejected rows", "--rejects", folder / "contacts.csv", file=path)
        self.refuse(2, "is not the state of an import", "--state", folder / "contacts.csv", file=path)
        self.refuse(2, "are files", "--rejects", "-", file=path)

    def test_what_cannot_be_written_is_refused_before_a_row_is_read(self):
        path = self.server.folder / "unread.csv"
        path.write_text(f"phone,status\n{number(1_790)},out\n0155,out\n")
        pipe = self.server.folder / "pipe"
        os.mkfifo(pipe)
        for option in ("--rejects", "--state"):
            for target in ("/nonexistent/file", self.server.folder, pipe):
                self.refuse(3, f"cannot write {target}", option, target, file=path)
        self.assertFalse(self.look(number(1_790))["known"])

    def test_an_account_that_is_not_there_is_said_once(self):
        path, rejects = self.server.folder / "unread.csv", self.server.folder / "nowhere.csv"
        path.write_text("phone,status\n" + "".join(f"{number(1_900 + i)},out\n" for i in range(50)))
        for account in ("nope", "no pe"):
            for options in ((), ("--dry-run",)):
                self.refuse(3, f'there is no account "{account}"', *options, "--rejects", rejects, file=path, account=account)
        lines = self.server.folder / "new-account.ndjson"
        item = change("contact.added", number(1_950), "new-1", data={"origin": "manual"})
        lines.write_text(json.dumps(item) + "\n")
        self.refuse(3, 'there is no account "fresh"', file=lines, account="fresh")
        # Lines may bring their account along.
        lines.write_text(json.dumps({"kind": "account.defined", "source": {"record": "new"}, "data": {"enforce": False}}) + "\n" + json.dumps(item) + "\n")
        done = run(LEDGER, "import", "--data", self.server.data, "--account", "fresh", "--json", lines, check=False)
        self.assertEqual((done.returncode, json.loads(done.stdout)["recorded"]), (0, 2), done.stderr)
