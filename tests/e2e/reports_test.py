"""Reports as an auditor gets them: over HTTP and from the command, the same rows, read with other people's parsers."""
import csv
import datetime
import io
import json
import pathlib
import tempfile
import unittest
from html.parser import HTMLParser

from harness import CHANGES, INBOUND, LEDGER, LOOKUP, VERIFY, Checkpoint, LedgerTest, Receipt, change, leaf_hash, number, run

REPORTS = "/v1/accounts/acme/reports/"
NAMES = ("consent-register", "opt-out-timeliness", "manual-changes", "list-removal-queue", "findings", "suppression", "retention")
COUNT = 700
LINES = {"Content-Type": "application/x-ndjson"}


class Cells(HTMLParser):
    """How many rows an HTML report shows, as a table above its sums or as cards, and every tag."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.rows, self.cards, self.tables = set(), 0, 0, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.tables += tag == "table"
        self.cards += tag == "article"
        self.rows += tag == "tr" and self.tables == 1

    def shown(self):
        return self.cards or self.rows - 1  # the header is one


def read_csv(text):
    """(rows as dictionaries, notes) of a plain CSV report."""
    lines = list(csv.reader(io.StringIO(text, newline="")))
    header = lines[0]
    assert all(len(line) == len(header) for line in lines), "a record of another width"
    rows = [dict(zip(header, line)) for line in lines[1:] if not line[0].startswith("#")]
    return rows, [(line[0], line[1]) for line in lines[1:] if line[0].startswith("#")]


class Reports(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        put = {"kind": "list.defined", "source": {"record": "l"}, "data": {"list": "promo", "purpose": "marketing"}}
        assert cls.admin.post(CHANGES, put).status == 201
        trigger = {"kind": "trigger.defined", "source": {"record": "t"},
                   "data": {"trigger": "out", "words": ["leave"], "match": "exact", "class": "optout", "list": "promo"}}
        assert cls.admin.post(CHANGES, trigger).status == 201
        items = [change("opt_in.agent", number(i), f"in-{i}", data={"note": "=HYPERLINK(\"x\"), said \"yes\"\nZoë"})
                 for i in range(COUNT)]
        items += [change("list.added", number(i), f"list-{i}", data={"list": "promo"}) for i in range(0, COUNT, 50)]
        items += [change("contact.blocked", number(i), f"block-{i}", data={}) for i in range(1, COUNT, 100)]
        answer = cls.writer.post(CHANGES + "?receipt=none", items)
        assert answer.status == 200 and all(r["status"] == "recorded" for r in answer.json["results"]), answer.body[:500]
        for i, text in ((0, "leave"), (1, "stop"), (2, "STOP"), (3, "Stop please")):  # 1 is blocked
            message = {"from": number(i), "to": "+15550199999", "body": text, "message_id": f"m{i}"}
            assert cls.writer.post(INBOUND, message).status in (200, 201)
        cls.contact = cls.auditor.post(LOOKUP, {"phone": number(2)}).json["contact"]

    def command(self, name, *arguments):
        return run(LEDGER, "report", name, "--data", self.server.data, "--account", "acme", *arguments, check=False)

    def of(self, name, query=""):
        parts = [query] if query else []
        if name == "contact-dossier":
            parts.append("contact=" + self.contact)
        return REPORTS + name + ("?" + "&".join(parts) if parts else "")

    def test_http_and_command_give_the_same_rows(self):
        for name in NAMES + ("contact-dossier", "chain-certificate"):
            with self.subTest(report=name):
                answer = self.auditor.get(self.of(name, "format=csv"))
                self.assertEqual(answer.status, 200, answer.body)
                self.assertEqual(answer.headers["content-type"], "text/csv; charset=utf-8; header=present")
                more = ("--contact", self.contact) if name == "contact-dossier" else ()
                made = self.command(name, "--format", "csv", *more)
                self.assertEqual(made.returncode, 0, made.stderr)
                rows, notes = read_csv(answer.body.decode())
                mine, my_notes = read_csv(made.stdout.decode())
                self.assertEqual(rows, mine)
                self.assertTrue(rows)
                self.assertEqual(dict(notes)["#rows"], str(len(rows)))
                self.assertEqual([n for n in notes if n[0] == "#checkpoint"], [n for n in my_notes if n[0] == "#checkpoint"])
                whole = self.auditor.get(self.of(name, "format=json"))
                self.assertEqual(whole.json["rows"], len(rows))
                self.assertEqual(len(whole.json["data"]), len(rows))
                self.assertEqual(whole.json["report"]["ledger"], dict(notes)["#ledger"])
                page = Cells(self.auditor.get(self.of(name, "format=html")).body.decode())
                self.assertEqual(page.shown(), len(rows))

    def test_a_long_report_comes_in_chunks_and_the_connection_lives_on(self):
        answer = self.auditor.get(self.of("manual-changes"))
        self.assertEqual(answer.headers.get("transfer-encoding"), "chunked")
        self.assertNotIn("content-length", answer.headers)
        self.assertEqual(answer.json["rows"], COUNT + COUNT // 50 + COUNT // 100)
        self.assertEqual({row["phone"] for row in answer.json["data"]}, {number(i) for i in range(COUNT)})
        self.assertIsNotNone(self.auditor.connection)
        self.assertEqual(self.auditor.request("HEAD", self.of("manual-changes")).body, b"")
        short = self.auditor.get(self.of("suppression"))
        self.assertEqual({row["phone"] for row in short.json["data"]}, {number(i) for i in [2, 3, *range(1, COUNT, 100)]})

    def test_filters_choose(self):
        rows = self.auditor.get(self.of("manual-changes", "list=promo&kind=list.added")).json["data"]
        self.assertEqual({row["phone"] for row in rows}, {number(i) for i in range(0, COUNT, 50)})
        self.assertEqual(self.auditor.get(self.of("manual-changes", "actor=nobody")).json["rows"], 0)
        queue = self.auditor.get(self.of("list-removal-queue")).json["data"]
        self.assertEqual([row["phone"] for row in queue], [number(0)])
        stops = self.auditor.get(self.of("opt-out-timeliness", "kind=opt_out.stop")).json
        self.assertEqual({row["phone"] for row in stops["data"]}, {number(1), number(2), number(3)})
        self.assertEqual(stops["summary"]["elapsed"][0]["rows"], 3)

    def test_every_form_shows_what_the_filter_says(self):
        """A number that said STOP and is blocked is found by either; a kind given twice is told twice."""
        for kind, numbers in (("opt_out.stop", [1, 2, 3]), ("contact.blocked", range(1, COUNT, 100)), ("opt_out.agent", [])):
            expected = {number(i) for i in numbers}
            rows = self.auditor.get(self.of("suppression", "kind=" + kind)).json["data"]
            self.assertEqual({row["phone"] for row in rows}, expected)
            self.assertLessEqual({row["kind"] for row in rows}, {kind})
            table, _ = read_csv(self.auditor.get(self.of("suppression", "format=csv&kind=" + kind)).body.decode())
            self.assertEqual({row["phone"] for row in table}, {"tel:" + one for one in expected})
            page = Cells(self.auditor.get(self.of("suppression", "format=html&kind=" + kind)).body.decode())
            self.assertEqual(page.shown(), len(expected))
            lines = self.auditor.get(self.of("suppression", "shape=e164&kind=" + kind)).body.splitlines()
            self.assertEqual({json.loads(line)["number"] for line in lines}, expected)
        two = self.auditor.get(self.of("suppression", "kind=opt_out.stop&kind=contact.blocked")).json
        self.assertEqual({row["phone"] for row in two["data"]}, {number(i) for i in [2, 3, *range(1, COUNT, 100)]})
        self.assertEqual(two["report"]["filters"]["kind"], "opt_out.stop\ncontact.blocked")

    def test_a_time_is_not_cut(self):
        rows = self.auditor.get(self.of("contact-dossier")).json["data"]
        first = rows[0]["recorded_at"]
        self.assertTrue(any(row["recorded_at"] > first for row in rows))
        finer = first[:-1] + "9Z"
        later = [row["seq"] for row in rows if row["recorded_at"] > first]
        self.assertEqual([row["seq"] for row in self.auditor.get(self.of("contact-dossier", "from=" + finer)).json["data"]], later)
        self.assertEqual([row["seq"] for row in self.auditor.get(self.of("contact-dossier", "to=" + finer)).json["data"]],
                         [row["seq"] for row in rows if row["recorded_at"] <= first])
        known = {one["entry"]["seq"] for one in self.auditor.get(CHANGES + f"?since={finer}&limit=1000").json["data"]}
        self.assertIn(later[0], known)
        self.assertNotIn(rows[0]["seq"], known)

    def test_a_spreadsheet_gets_no_formula(self):
        body = self.auditor.get(self.of("contact-dossier", "format=csv&profile=spreadsheet")).body
        self.assertTrue(body.startswith(b"\xef\xbb\xbf"))
        cells = [cell for line in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")) for cell in line]
        self.assertIn(f"tel:{number(2)}", cells)
        self.assertFalse([cell for cell in cells if cell[:1] in ("=", "+", "@", "\t", "\r")])
        texts = [cell for cell in cells if "HYPERLINK" in cell]
        self.assertEqual(texts, ["note: =HYPERLINK(\"x\"), said \"yes\"\nZoë"])

    def test_html_has_no_script(self):
        answer = self.auditor.get(self.of("contact-dossier"), headers={"Accept": "text/html"})
        self.assertIn("sandbox", answer.headers["content-security-policy"])
        self.assertFalse(Cells(answer.body.decode()).tags & {"script", "link", "img", "iframe", "object"})

    def test_the_certificate_leads_to_a_check(self):
        items = {row["item"]: row["value"] for row in self.auditor.get(self.of("chain-certificate")).json["data"]}
        key = self.server.folder / "ledger.vkey"
        key.write_text(items["public key"] + "\n")
        result = self.server.verify("--key", key, "--fail-on", "never")
        self.assertEqual(result.returncode, 0, result.stdout)
        checkpoint = Checkpoint(items["checkpoint"])
        self.assertTrue(checkpoint.signed_by(items["public key"]))
        seq = int(items["its last entry"])
        entry = self.auditor.get(f"/v1/entries/{seq}").body
        self.assertEqual(leaf_hash(entry).hex(), items["leaf hash of its last entry"])
        self.assertTrue(Receipt(entry.decode(), items["proof of its last entry"]).holds())

    def test_provider_shapes(self):
        lines = [json.loads(line) for line in self.auditor.get(self.of("suppression", "shape=azure")).body.splitlines()]
        self.assertIn({"from": "+15550199999", "recipients": [{"to": number(2)}]}, lines)
        made = self.command("suppression", "--shape", "aws", "--sender", "Mine")
        rows = list(csv.DictReader(io.StringIO(made.stdout.decode(), newline="")))
        self.assertEqual({row["OptedOutNumber"] for row in rows}, {number(i) for i in [2, 3, *range(1, COUNT, 100)]})

    def test_personal_values_are_left_out_on_demand(self):
        for mode in ("masked", "none"):
            body = self.auditor.get(self.of("contact-dossier", "personal=" + mode)).body
            self.assertNotIn(number(2).encode(), body)
            self.assertNotIn(b"HYPERLINK", body)
        full, none = (self.auditor.get(self.of("retention", "personal=" + mode)).json["data"] for mode in ("full", "none"))
        self.assertEqual([row["contact"] for row in full], [row["contact"] for row in none])

    def test_who_may_ask_and_what_is_refused(self):
        for client in (self.writer, self.server.client(self.tokens["sender"])):
            self.assert_problem(client.get(self.of("findings")), 403, "forbidden")
        self.assertEqual(self.admin.get(self.of("chain-certificate")).status, 200)
        self.assert_problem(self.auditor.get(REPORTS + "secrets"), 404, "not_found")
        self.assert_problem(self.auditor.get(REPORTS + "post-revocation-sends"), 405, "method_not_allowed")  # what was sent must be posted
        self.assert_problem(self.auditor.post(REPORTS + "findings", b"{}", headers=LINES), 405, "method_not_allowed")
        self.assert_problem(self.auditor.get(REPORTS + "findings?colour=red"), 422, "invalid")
        self.assert_problem(self.auditor.get(REPORTS + "contact-dossier"), 422, "invalid")
        self.assert_problem(self.auditor.get(REPORTS + "contact-dossier?contact=" + "0" * 64), 404, "not_found")
        for name in ("retention", "suppression"):
            self.assert_problem(self.auditor.get(REPORTS + name + "?list=none"), 404, "not_found")
            self.assertEqual(self.command(name, "--list", "none").returncode, 3)
            self.assertEqual(self.auditor.get(REPORTS + name + "?list=promo").status, 200)
        self.assert_problem(self.auditor.get("/v1/accounts/other/reports/findings"), 403, "forbidden")

    def test_sends_after_a_revocation_are_those_that_reconcile_finds(self):
        later = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        sends = [{"to": number(i), "at": later, "message_id": f"s{i}"} for i in range(6)]
        text = "".join(json.dumps(row) + "\n" for row in sends)
        answer = self.auditor.post(REPORTS + "post-revocation-sends?format=json", text.encode(), headers=LINES)
        self.assertEqual(answer.status, 200, answer.body)
        told = {row["line"]: row["reason"] for row in answer.json["data"]}
        self.assertEqual(told, {2: "blocked", 3: "opted_out", 4: "opted_out"})  # 1 was blocked, and said STOP as 2 and 3 did
        self.assertEqual(answer.json["summary"]["exposure"], [{"currency": "USD", "messages": 3, "low": 1500, "high": 4500}])
        table = self.auditor.post(REPORTS + "post-revocation-sends?format=csv", text.encode(), headers=LINES)
        self.assertEqual(dict(read_csv(table.body.decode())[1])["#exposure USD low"], "1500")
        made = run(LEDGER, "report", "post-revocation-sends", "--data", self.server.data, "--account", "acme", "--sends", "-", "--format", "json",
                   input=text.encode())
        self.assertEqual(json.loads(made.stdout)["data"], answer.json["data"])
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "sends.ndjson"
            path.write_text(text)
            judged = run(VERIFY, "reconcile", "--ledger", self.server.data, "--sends", path, "--format", "json", check=False)
            found = {finding["id"]: sorted(case["row"] for case in finding["cases"]) for finding in json.loads(judged.stdout)["findings"]}
        self.assertEqual((found["CL-050"], found["CL-034"]), ([2, 3, 4], [2]))
        bad = self.assert_problem(self.auditor.post(REPORTS + "post-revocation-sends", (text + "{}").encode(), headers=LINES), 422, "invalid")
        self.assertEqual(bad["errors"][0]["pointer"], "/7")
        self.assertEqual(self.command("post-revocation-sends").returncode, 2)

    def test_the_command_finds_a_contact_by_its_number(self):
        made = self.command("contact-dossier", "--number", number(2), "--format", "json")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertEqual(json.loads(made.stdout)["report"]["filters"]["contact"], self.contact)
        for arguments in (("secrets",), ("findings", "--list", "a b"), ("contact-dossier",)):
            bad = self.command(*arguments)
            self.assertEqual((bad.returncode, bad.stdout), (2, b""), bad.stderr)
        path = self.server.folder / "out.csv"
        self.assertEqual(self.command("findings", "--output", path).returncode, 0)
        self.assertIn(b"#rows", path.read_bytes())
        self.assertFalse(path.with_name("out.csv.part").exists())


if __name__ == "__main__":
    unittest.main()
