"""Tables of reports and bundles, read as docs/reports.md says: no text of anybody takes a row away, adds one, or is a formula in a spreadsheet."""
import csv
import io
import itertools
import re
import unittest
import zipfile

from harness import CHANGES, INBOUND, LOOKUP, SOURCE, LedgerTest, change, number

REPORTS = "/v1/accounts/acme/reports/"
SEPARATORS = ",;\t|"
FORMULA = re.compile("[ \"]*[=+@\uff1d\uff0b\uff0d\uff20-]")
NOTES = ["called\n#1 ok", "asked on call #5 today", "#rows,1", "\"#", "#", "x\"\r\n#rows,0\r\n#", "\n\n#", "say \"yes\", #2\r#", "x;=1+1;y",
         "\"=1+1\"", "a\t@SUM(1)|-2", "; \"=1\"", "'=1", ";'=1", "=cmd|'/C calc'!A0", "line\n+1555\n- item", "007", "'007", "2026-10-01",
         "said \u202eni detpo yltnereffid\u202c and agreed\u200b"]


def documented_readers():
    """The recipes of docs/reports.md "Formats" that need nothing but Python."""
    text = (SOURCE / "docs" / "reports.md").read_text()
    return [code for code in re.findall(r"```python\n(.*?)```", text, re.S) if "pandas" not in code]


def unguarded(text):
    """What was recorded, from a cell for spreadsheets."""
    text = re.sub("(?:(?<=[,;|\t\r\n])|^)'(?=[ \"']*[=+@\uff1d\uff0b\uff0d\uff20-])", "", text)
    return re.sub("^'(?='*(?:[\t\r\n]|[0-9 $%()+,./:Ee-]+$))", "", text)


class ReportCsv(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        items = [change("opt_in.agent", number(1), f"n-{i}", data={"note": note}) for i, note in enumerate(NOTES)]
        items += [dict(change("list.added", number(1), record, data={"list": "promo"}), actor={"kind": "agent", "id": actor})
                  for record, actor in (("00123456789012345678", "007"), ("1e5", "-agent-0"), ("-1", "7"))]
        put = {"kind": "list.defined", "source": {"record": "l"}, "data": {"list": "promo", "purpose": "marketing"}}
        assert cls.admin.post(CHANGES, put).status == 201
        answer = cls.writer.post(CHANGES, items)
        assert answer.status == 200 and all(r["status"] == "recorded" for r in answer.json["results"]), answer.body[:800]
        stop = {"from": number(1), "to": "+15550199999", "body": "STOP", "message_id": "m-1"}
        assert cls.writer.post(INBOUND, stop).status in (200, 201)
        cls.contact = cls.auditor.post(LOOKUP, {"phone": number(1)}).json["contact"]
        cls.dossier = REPORTS + "contact-dossier?contact=" + cls.contact

    def recipe(self, body):
        """(rows, notes) by the documented recipe."""
        path = self.server.folder / "table.csv"
        path.write_bytes(body)
        names = {"path": path}
        [code] = documented_readers()
        exec(code, names)
        return names["rows"], names["notes"]

    def test_the_documented_recipe_gives_every_row_whatever_stands_in_a_cell(self):
        known = self.auditor.get(self.dossier + "&format=json").json["data"]
        self.assertEqual(known[-1]["kind"], "opt_out.stop")
        for profile in ("plain", "spreadsheet"):
            rows, notes = self.recipe(self.auditor.get(self.dossier + f"&format=csv&profile={profile}").body)
            self.assertEqual([int(row["seq"]) for row in rows], [row["seq"] for row in known], profile)
            self.assertEqual([row["kind"] for row in rows], [row["kind"] for row in known])
            texts = [row["texts"] for row in rows]
            self.assertEqual([unguarded(text) if profile == "spreadsheet" else text for text in texts], [row.get("texts", "") for row in known])
            self.assertEqual(dict(notes)["#rows"], str(len(known)))
            self.assertEqual(dict(notes)["#phone"], "tel:" + number(1))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])})
        self.assertEqual([row["texts"] for row in known if "texts" in row][:len(NOTES)], ["note: " + note for note in NOTES])

    def test_no_row_of_any_report_begins_as_a_note_does(self):
        for name in ("consent-register", "opt-out-timeliness", "manual-changes", "list-removal-queue", "findings", "suppression", "retention",
                     "chain-certificate"):
            answer = self.auditor.get(REPORTS + name + "?format=csv")
            rows, notes = self.recipe(answer.body)
            self.assertEqual(len(rows), self.auditor.get(REPORTS + name).json["rows"], name)
            self.assertEqual(dict(notes)["#rows"], str(len(rows)), name)

    def tables(self):
        """Every table for spreadsheets."""
        for name in ("contact-dossier", "manual-changes", "findings", "suppression", "consent-register"):
            more = "&contact=" + self.contact if name != "suppression" else ""
            yield name, self.auditor.get(REPORTS + name + "?format=csv&profile=spreadsheet" + more).body
        yield "changes", self.auditor.get(CHANGES + "?profile=spreadsheet&limit=1000", headers={"Accept": "text/csv"}).body
        zipped = self.auditor.post("/v1/accounts/acme/exports", {"scope": {"kind": "contact", "contact": self.contact}}).body
        with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
            yield "entries.csv", archive.read(next(name for name in archive.namelist() if name.endswith("entries.csv")))

    def test_no_cell_is_a_formula_whichever_sign_separates_cells(self):
        for name, body in self.tables():
            self.assertTrue(body.startswith(b"\xef\xbb\xbf"), name)
            text = body.decode("utf-8-sig")
            self.assertGreater(text.count("\n"), 1, name)
            for separators in itertools.chain.from_iterable(itertools.combinations(SEPARATORS, n) for n in range(1, 5)):
                # As a reader that knows no quotes, and so begins a cell wherever one may begin; and as one that does.
                cells = re.split("[" + "".join(map(re.escape, separators)) + "\r\n]", text)
                self.assertFalse([cell for cell in cells if FORMULA.match(cell) and not re.fullmatch("-[0-9]+", cell)], (name, separators))
            for separator in SEPARATORS:
                for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                    self.assertFalse([cell for cell in line if FORMULA.match(cell) and not re.fullmatch("-[0-9]+", cell)], (name, separator))

    def test_texts_of_digits_keep_them(self):
        rows, _ = self.recipe(self.auditor.get(CHANGES + "?profile=spreadsheet&limit=1000", headers={"Accept": "text/csv"}).body)
        found = {(row["actor"], row["record"]) for row in rows}
        self.assertTrue({("'007", "'00123456789012345678"), ("'-agent-0", "'1e5"), ("7", "'-1")} <= found, found)
        plain, _ = self.recipe(self.auditor.get(CHANGES + "?limit=1000", headers={"Accept": "text/csv"}).body)
        self.assertTrue({("007", "00123456789012345678"), ("-agent-0", "1e5"), ("7", "-1")} <= {(row["actor"], row["record"]) for row in plain})

    def test_the_profile_of_entries_is_one_that_there_is_and_for_a_table(self):
        self.assert_problem(self.auditor.get(CHANGES + "?profile=excel", headers={"Accept": "text/csv"}), 422, "invalid")
        self.assert_problem(self.auditor.get(CHANGES + "?profile=spreadsheet"), 422, "invalid")
        page = self.auditor.get(CHANGES + "?profile=spreadsheet&limit=1", headers={"Accept": "text/csv"})
        self.assertIn("profile=spreadsheet", page.headers["link"])

    def test_numbers_are_spelled_by_the_form(self):
        rows, _ = self.recipe(self.auditor.get(REPORTS + "suppression?format=csv").body)
        self.assertEqual([(row["phone"], row["to"]) for row in rows], [("tel:" + number(1), "tel:+15550199999")])
        data = self.auditor.get(REPORTS + "suppression").json["data"]
        self.assertEqual([(row["phone"], row["to"]) for row in data], [(number(1), "+15550199999")])
        self.assertEqual(self.auditor.get(self.dossier).json["report"]["about"]["phone"], number(1))
        self.assertIn(f"<dt>phone</dt><dd>{number(1)}</dd>", self.auditor.get(self.dossier + "&format=html").body.decode())

    def test_a_page_shows_what_cannot_be_seen(self):
        page = self.auditor.get(self.dossier + "&format=html").body.decode()
        self.assertIn("said \\u202eni detpo yltnereffid\\u202c and agreed\\u200b", page)
        self.assertFalse(re.search("[\u200b-\u200f\u202a-\u202e\ufeff]", page))

    def test_the_verifier_says_the_same_of_the_table_and_the_page(self):
        zipped = self.auditor.post("/v1/accounts/acme/exports", {"scope": {"kind": "contact", "contact": self.contact}}).body
        path = self.server.folder / "odd.zip"
        path.write_bytes(zipped)
        result = self.server.verify("--fail-on", "never", path=path)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
