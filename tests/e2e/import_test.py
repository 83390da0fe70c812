"""Imports of others' files: beside a server and without one, twice, mended."""
import datetime
import json
import re
import unittest

from harness import CHANGES, LEDGER, LOOKUP, LedgerTest, SOURCE, change, number, run

AWS = "OptedOutNumber,OptedOutTimestamp,EndUserOptedOut\r\n"


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")


class Import:
    def __init__(self, server):
        self.server = server

    def __call__(self, text, *options, name="list.csv", data=None):
        path = self.server.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = run(LEDGER, "import", "--data", data or self.server.data, "--account", "acme", "--json", *options, path, check=False)
        self.stderr, self.code = done.stderr.decode(), done.returncode
        return json.loads(done.stdout) if done.stdout else None


class BesideAServer(LedgerTest):
    records_commands = True

    def setUp(self):
        self.run_import = Import(self.server)

    def look(self, phone):
        return self.auditor.post(LOOKUP, {"phone": phone}).json

    def history(self, phone):
        contact = self.look(phone)["contact"]
        return [json.loads(json.dumps(row.get("entry", row))) for row in
                self.auditor.get(f"/v1/accounts/acme/contacts/{contact}/history").json["data"]]

    def test_an_opt_out_list_of_aws(self):
        text = AWS + f"{number(1)},1700000000.5,true\r\n{number(2)[1:]},2023-11-14T22:13:20Z,false\r\n"
        told = self.run_import(text)
        self.assertEqual((self.run_import.code, told["format"], told["recorded"], told["kinds"]),
                         (0, "aws", 2, {"opt_out.agent": 1, "opt_out.stop": 1}), self.run_import.stderr)
        self.assertIn("read as aws: phone from", self.run_import.stderr)
        entry = self.history(number(1))[0]
        self.assertEqual((entry["actor"]["kind"], entry["occurred_at"], entry["source"]["platform"]), ("import", "2023-11-14T22:13:20.500Z", "aws"))
        self.assertRegex(entry["source"]["record"], r"^import-[0-9a-f]{40}$")
        self.assertFalse(self.look(number(1))["state"]["opted_in"])
        findings = [finding["id"] for finding in self.look(number(1))["findings"]]
        self.assertNotIn("CL-010", findings)
        again = self.run_import(text)
        self.assertEqual((again["recorded"], again["known"]), (0, 2))

    def test_no_consent_is_invented(self):
        told = self.run_import(f"phone,status,list\n{number(11)},opted in,promo\n{number(12)},pending,\n")
        self.assertEqual((self.run_import.code, told["recorded"], told["rejected"]), (3, 2, 1))
        state = self.look(number(11))["state"]
        self.assertEqual((state["opted_in"], state["level"], state["lists"]["promo"]["member"]), (True, "none", True))
        self.assertIn("CL-001", [finding["id"] for finding in self.look(number(11))["findings"]])
        self.assertFalse(self.look(number(12))["known"])
        self.assertIn("line 3: status: no word that is known", self.run_import.stderr)

    def test_a_consent_of_old_does_not_pass_for_one_of_today(self):
        stop = {"from": number(14), "to": "+15550199999", "body": "STOP", "message_id": "old-1"}
        self.assertEqual(self.writer.post("/v1/accounts/acme/inbound", stop).status, 201)
        head = "phone,status,method,evidence.kind,evidence.agent,evidence.occurred_at\n"
        told = self.run_import(f"{head}{number(14)},subscribed,call,agent_attestation,a1,2020-01-02T03:04:05Z\n")
        self.assertEqual(told["kinds"], {"opt_in.consent": 1})
        self.assertFalse(self.look(number(14))["state"]["opted_in"])
        told = self.run_import(f"{head}{number(15)},subscribed,call,agent_attestation,a1,\n")
        self.assertEqual((told["recorded"], told["rejected"]), (0, 1))
        self.assertFalse(self.look(number(15))["known"])

    def test_a_mended_file_records_the_difference(self):
        rows = [f"{number(20 + i)},out" for i in range(50)]
        self.assertEqual(self.run_import("phone,status\n" + "\n".join(rows))["recorded"], 50)
        rows[7] = f"{number(20 + 7)},blocked"
        mended = "phone,status\r\n" + "\r\n".join(sorted(rows + [f"{number(80)},out", rows[3]], reverse=True)) + "\r\n"
        told = self.run_import(mended)
        self.assertEqual((told["rows"], told["recorded"], told["known"]), (52, 2, 50))

    def test_an_opt_out_without_a_time_is_not_lost_behind_an_older_one(self):
        """Azure's list says no time: the row of a second opt-out is the row of the first."""
        azure = "Sender,Recipient,Country\n" + f"{number(70)},{number(71)},US\n{number(70)},{number(72)},US\n"
        self.assertEqual(self.run_import(azure)["recorded"], 2)
        again = self.run_import(azure)
        self.assertEqual((again["recorded"], again["known"]), (0, 2))
        item = change("opt_in.consent", number(71), "again-1", data={"method": "call"}, evidence=[
            {"kind": "verbal_call", "occurred_at": now(), "agent": "agent-7", "call": "C-1", "words": "yes"}])
        self.assertEqual(self.writer.post(CHANGES, item).status, 201)
        self.assertTrue(self.look(number(71))["state"]["opted_in"])
        told = self.run_import(azure)
        self.assertEqual((told["recorded"], told["known"], told["kinds"]), (1, 1, {"opt_out.agent": 1}))
        self.assertFalse(self.look(number(71))["state"]["opted_in"])
        told = self.run_import(azure)
        self.assertEqual((told["recorded"], told["known"]), (0, 2))
        # With its time it is the same opt-out, which the later consent has followed.
        dated = f"phone,status,occurred_at\n{number(73)},out,2026-01-02T03:04:05Z\n"
        self.assertEqual(self.run_import(dated)["recorded"], 1)
        item = dict(item, phone=number(73), source={"platform": "crm", "record": "again-2"})
        self.assertEqual(self.writer.post(CHANGES, item).status, 201)
        self.assertEqual(self.run_import(dated)["known"], 1)
        self.assertTrue(self.look(number(73))["state"]["opted_in"])
        # Off one list, which a bare addition does not undo and a consent for it does.
        off = f"phone,opt_out_list,via\n{number(74)},promo,text\n"
        self.assertEqual(self.run_import(f"phone,status,list\n{number(74)},in,promo\n")["recorded"], 2)
        self.assertEqual([self.run_import(off)["recorded"] for _ in range(2)], [1, 0])
        added = change("list.added", number(74), "again-3", data={"list": "promo"})
        self.assertEqual(self.writer.post(CHANGES, added).status, 201)
        self.assertEqual(self.run_import(off)["recorded"], 0)
        scope = {"purpose": "marketing", "lists": ["promo"]}
        item = dict(item, phone=number(74), source={"platform": "crm", "record": "again-4"},
                    data={"method": "call", "purpose": "marketing", "lists": ["promo"]}, evidence=[dict(item["evidence"][0], occurred_at=now(), scope=scope)])
        self.assertEqual(self.writer.post(CHANGES, item).status, 201)
        self.assertEqual(self.writer.post(CHANGES, dict(added, source={"platform": "crm", "record": "again-5"})).status, 201)
        self.assertEqual([self.run_import(off)["recorded"] for _ in range(2)], [1, 0])

    def test_a_dry_run_writes_nothing(self):
        before = self.server.size()
        path = self.server.folder / "dry.csv"
        path.write_text(f"phone,status,to\n{number(96)},out,\n{number(97)},in,\n{number(98)},in,not a number or id\n")
        done = run(LEDGER, "import", "--dry-run", "--json", path, check=False)
        told = json.loads(done.stdout)
        self.assertEqual((done.returncode, told["dry_run"], told["recorded"], told["rejected"]), (3, True, 0, 1), done.stderr)
        self.assertEqual(told["kinds"], {"contact.added": 1, "opt_out.agent": 1})
        self.assertIn(b"line 4: invalid: ", done.stderr)
        self.assertEqual(self.server.size(), before)

    def test_a_dry_run_says_what_the_real_run_does(self):
        """Rows that are known, twice in the file, spoiled, refused by the account and screened; an opt-out without a time that is to count again."""
        self.assertEqual(self.admin.post(CHANGES, {"kind": "account.defined", "source": {"record": "enforce"}, "data": {"enforce": True}}).status, 201)
        self.addCleanup(lambda: self.admin.post(CHANGES, {"kind": "account.defined", "source": {"record": "lax"}, "data": {"enforce": False}}))
        known = "".join(f"{number(i)},out,\n" for i in range(200, 260))
        self.assertEqual(self.run_import("phone,status,list\n" + known)["recorded"], 60)
        item = change("opt_in.consent", number(200), "dry-1", data={"method": "call"}, evidence=[
            {"kind": "verbal_call", "occurred_at": now(), "agent": "agent-7", "call": "C-1", "words": "yes"}])
        self.assertEqual(self.writer.post(CHANGES, item).status, 201)
        rows = (known + "".join(f"{number(i)},{'out' if i % 3 else 'in'},{'' if i % 3 else 'promo'}\n" for i in range(250, 1_400))
                + f"{number(1_000)},out,\n0155,out,\n{number(1_500)},maybe,\n{number(251)},blocked,\n{number(1_501)},in,a b\n")
        text = ("phone,status,list,name\n" + rows.replace("\n", ",\n")
                + f"{number(1_502)},in,,my diagnosis is HIV and I take medication for it\n")
        before = self.server.size()
        dry = self.run_import(text, "--dry-run", "--rejects", self.server.folder / "dry-rejects.csv")
        dry_code, dry_errors = self.run_import.code, [line for line in self.run_import.stderr.splitlines() if line.startswith("line ")]
        self.assertEqual(self.server.size(), before)
        real = self.run_import(text, "--rejects", self.server.folder / "real-rejects.csv")
        self.assertEqual((dry.pop("dry_run"), real.pop("dry_run")), (True, False))
        self.assertEqual(dry, real)
        self.assertEqual((dry_code, dry_errors), (self.run_import.code, [line for line in self.run_import.stderr.splitlines() if line.startswith("line ")]))
        for least, name in ((59, "known"), (800, "recorded"), (4, "rejected")):
            self.assertGreaterEqual(real[name], least, real)
        self.assertIn("phi_suspected", " ".join(dry_errors))
        self.assertEqual(*((self.server.folder / name).read_bytes() for name in ("dry-rejects.csv", "real-rejects.csv")))
        again = self.run_import(text, "--dry-run")
        self.assertEqual((again["recorded"], again["rejected"]), (0, real["rejected"]))

    def test_a_dry_run_of_lines(self):
        self.assertEqual(self.admin.post(CHANGES, {"kind": "account.defined", "source": {"record": "enforce-2"}, "data": {"enforce": True}}).status, 201)
        self.addCleanup(lambda: self.admin.post(CHANGES, {"kind": "account.defined", "source": {"record": "lax-2"}, "data": {"enforce": False}}))
        stop = {"from": number(1_600), "to": "+15550199999", "body": "STOP", "message_id": "dry-stop"}
        self.assertEqual(self.writer.post("/v1/accounts/acme/inbound", stop).status, 201)
        lines = json.dumps(change("opt_in.agent", number(1_600), "line-x", data={})) + "\n" + "".join(json.dumps(change("contact.added", number(1_600 + i % 5), f"line-{i % 7}", data={"origin": "manual"})) + "\n" for i in range(10))
        dry = self.run_import(lines + "{}\n[\n", "--dry-run", name="dry.ndjson")
        real = self.run_import(lines + "{}\n[\n", name="dry.ndjson")
        self.assertEqual({**dry, "dry_run": False}, real)
        self.assertIn("line 1: refused_by_policy", self.run_import.stderr)
        self.assertGreater(real["recorded"], 0)
        self.assertGreater(real["rejected"], 1)

    def test_what_cannot_be_meant_is_refused_before_anything_is_read(self):
        before = self.server.size()
        for text, word in ((f"phone;status\n{number(99)};out\n", "commas"), (f"{number(99)},out\n", "header"), ("", "empty"),
                           (f"phone\n{number(99)}\n", "--set status=out"), (f"city,status\nX,out\n", "=phone"),
                           ("phone,status\n".encode("utf-16"), "UTF-8"), (f"phone,status\n{number(99)},out\n".encode("utf-16-le"), "UTF-16"),
                           (f"phone,status,Phone\n{number(99)},out,{number(98)}\n", "two columns are called"),
                           (f"phone,status,evidence.kind,evidence.kind\n{number(99)},in,a,b\n", "two columns for"),
                           (f"phone,status,n\u00e9\n{number(99)},out,\n".encode("latin-1"), "header is not UTF-8")):
            self.assertIsNone(self.run_import(text))
            self.assertEqual(self.run_import.code, 3)
            self.assertIn(word, self.run_import.stderr)
            self.assertNotIn(number(99), self.run_import.stderr)
        for options in (("--scratch", "/tmp"), ("--map", "phone"), ("--map", "x=status"), ("--set", "phone=1"), ("--format", "ndjsonx"), ("--set", "a=1", "--set", "a=2")):
            self.assertIsNone(self.run_import(f"phone,status\n{number(99)},out\n", *options))
            self.assertNotEqual(self.run_import.code, 0)
        self.assertEqual(self.server.size(), before)

    def test_an_account_that_enforces_and_a_text_that_is_screened(self):
        told = self.run_import(f"phone,status,name\n{number(100)},in,my diagnosis is HIV and I take medication for it\n")
        self.assertEqual((told["recorded"] + told["rejected"]), 1)
        self.assertNotIn("HIV", self.run_import.stderr)

    def test_the_summary_for_people(self):
        path = self.server.folder / "people.csv"
        path.write_text(f"phone,status\n{number(101)},out\n")
        done = run(LEDGER, "import", "--data", self.server.data, "--account", "acme", path)
        self.assertEqual(done.stdout.decode(), "1 rows: 1 recorded, 0 known already, 0 refused\n  1 opt_out.agent\n")


class Documentation(unittest.TestCase):
    def test_every_option_is_on_the_page(self):
        page = (SOURCE / "docs" / "import.md").read_text()
        told = run(LEDGER, "import", "--help").stdout.decode()
        for option in set(re.findall(r"--[a-z-]+", told)) - {"--help", "--data", "--account"}:
            self.assertIn(f"`{option}", page, option)
