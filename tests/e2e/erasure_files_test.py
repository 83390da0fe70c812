"""No byte of an erased person in any file of the data directory: whatever was posted, through whichever door, also after a crash in the middle."""
import base64
import json
import pathlib
import subprocess
import sys
import time
import unittest

from harness import CHANGES, INBOUND, LEDGER, LOOKUP, LedgerTest, Server, change, number, run

ACCOUNT = "/v1/accounts/acme"
MINE, OTHER = number(7101), number(7202)
FORM = {"kind": "web_form", "occurred_at": "2026-11-20T10:00:00Z", "url": "https://example.com/join", "form": "f", "form_version": "1",
        "disclosure": "d1", "checkbox_default": "off", "ip": "192.0.2.77", "user_agent": "Lynx/2.9 Quillfeather",
        "name": "Isolde Quillfeather", "language": "en", "scope": {"purpose": "marketing"}}
CALL = {  # of several pages in the vault
        "kind": "verbal_call", "occurred_at": "2026-11-20T10:00:00Z", "agent": "agent-7", "call": "C-1", "words": "yes dear, zebrafinch " * 180,
        "recording": {"sha256": "ab" * 32, "held_by": "crm"}}
# What a person is known by, in the forms in which a program may have written it down.
TEXTS = ("Isolde", "Quillfeather", "192.0.2.77", "zebrafinch", "mulberry", "wintergreen", "marigold", "cardamom", "foxglove", "hollyhock", "nutmegs",
         "peppercorn", "sandalwood", "thistledown")


def forms_of(phone):
    digits = phone[1:]
    yield from (phone, digits, digits[1:], f"{digits[1:4]}-{digits[4:7]}-{digits[7:]}", f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}", "%2B" + digits)
    for text in (phone, digits):
        yield text.encode().hex()
        yield base64.b64encode(text.encode()).decode().rstrip("=")
    yield int(digits).to_bytes(8, "big")[2:]


def needles(phone, texts):
    for form in (*forms_of(phone), *texts):
        yield form if isinstance(form, bytes) else form.encode()
    for text in texts:
        yield text.encode("utf-16-le")


def holding(folder, phone, texts=TEXTS):
    """Every file below the folder that has one of these bytes, with what it has."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found += [(path.name, needle) for needle in needles(phone, texts) if needle in content]
    return found


class Reader:
    """Another process with a read transaction on a database. In this one it would lose its lock with the first look at the file's bytes."""

    def __init__(self, path):
        code = ("import sqlite3, sys; c = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True, isolation_level=None); c.execute('BEGIN'); "
                "print(c.execute('SELECT count(*) FROM openings').fetchone()[0], flush=True); sys.stdin.read()")
        self.process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert int(self.process.stdout.readline()) > 0

    def close(self):
        if self.process.poll() is None:
            self.process.communicate()


class Files(LedgerTest):
    @classmethod
    def start_options(cls):
        return ("--log-requests", "--log-format", "json")

    def post(self, item, status=201, client=None):
        answer = (client or self.writer).post(CHANGES, item)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json

    def everything_about(self, phone, tag):
        """Every door by which something personal comes in, and every one by which it goes out."""
        self.post(change("contact.added", phone, tag + "a", data={"origin": "manual", "name": "Isolde Quillfeather"}))
        opted = self.post(change("opt_in.agent", phone, tag + "b", data={"note": "mulberry " * 400}, evidence=[CALL]))
        contact = opted["contact"]
        self.post(change("opt_in.consent", phone, tag + "c", data={"method": "form", "purpose": "marketing"}, evidence=[FORM]))
        self.post(change("list.added", phone, tag + "d", data={"list": "promo"}))
        self.post({"kind": "record.corrected", "source": {"record": tag + "e"}, "data": {"seq": opted["seq"], "note": "it was the wintergreen one"}})
        for i, text in enumerate(("hello marigold", "take me off cardamom please", "STOP", "stop it foxglove", "START")):
            answer = self.writer.post(INBOUND, {"from": phone, "to": "+15550199999", "body": text, "message_id": f"{tag}m{i}"})
            self.assertIn(answer.status, (200, 201), answer.body)
        self.post(change("opt_out.request", phone, tag + "f", data={"via": "email", "words": "no more hollyhock mails"}))
        wrong = self.post(change("opt_in.agent", phone, tag + "g", data={"note": "nutmegs"}))
        found = [finding["id"] for finding in wrong["findings"]]
        self.assertTrue(found)
        self.post({"kind": "finding.waived", "source": {"record": tag + "h"},
                   "data": {"rule": found[0], "seq": wrong["seq"], "until": "2027-01-01T00:00:00Z", "reason": "peppercorn said so"}}, client=self.admin)
        self.post(change("contact.blocked", phone, tag + "i", data={"reason": "sandalwood"}))
        # Retries, a conflict, refusals, and items that stand in a batch, a stream and events.
        self.post(change("contact.blocked", phone, tag + "i", data={"reason": "sandalwood"}), status=200)
        self.post(change("contact.unblocked", phone, tag + "j", data={"reason": "thistledown"}))
        self.assertEqual(self.writer.post(CHANGES, change("contact.edited", phone, tag + "a", data={"fields": ["name"], "name": "Isolde"})).status, 422)
        self.assertEqual(self.writer.post(CHANGES, change("opt_in.agent", phone, "with-" + phone)).status, 422)
        self.assertEqual(self.writer.post(CHANGES + "?colour=Isolde", b"{").status, 422)
        line = json.dumps(change("contact.edited", phone, tag + "k", data={"fields": ["name"], "name": "Quillfeather"}))
        self.assertEqual(self.writer.post(CHANGES, line, headers={"Content-Type": "application/x-ndjson", "Idempotency-Key": tag + phone}).status, 200)
        self.assertEqual(self.writer.post(f"{ACCOUNT}/check", {"numbers": [phone], "message": {"type": "one_to_one"}}).status, 200)
        self.assertEqual(self.auditor.post(LOOKUP, {"phone": phone, "at": "2026-11-20T10:00:00Z"}).status, 200)
        # Out: reports with and without the server, bundles, exports.
        sends = json.dumps({"to": phone, "at": "2026-11-25T10:00:00Z"}).encode()
        self.assertEqual(self.auditor.post(f"{ACCOUNT}/reports/post-revocation-sends", sends, headers={"Content-Type": "application/x-ndjson"}).status, 200)
        for name in ("contact-dossier?contact=" + contact, "suppression?shape=aws", "consent-register?format=html"):
            self.assertEqual(self.auditor.get(f"{ACCOUNT}/reports/{name}").status, 200)
        self.assertIn(self.auditor.post(f"{ACCOUNT}/exports", {"scope": {"kind": "contact", "contact": contact}}).status, (200, 201))
        run(LEDGER, "report", "contact-dossier", "--data", self.server.data, "--account", "acme", "--contact", contact, "--scratch", self.scratch())
        run(LEDGER, "export", "--data", self.server.data, "--output", self.server.folder / "kept.ndjson", check=False)
        return contact

    def scratch(self):
        folder = self.server.folder / "scratch"
        folder.mkdir(exist_ok=True)
        return folder

    def certificate(self, contact, holds=lambda told: told["searched"], seconds=20):
        deadline = time.monotonic() + seconds
        while True:
            told = self.auditor.get(f"{ACCOUNT}/contacts/{contact}/erasure").json
            if holds(told) or time.monotonic() > deadline:
                return told
            time.sleep(0.1)

    def test_a_no_file_has_a_byte_of_an_erased_person(self):
        mine = self.everything_about(MINE, "mine-")
        self.everything_about(OTHER, "other-")
        before = holding(self.server.data, MINE)
        self.assertTrue({"vault.db"} & {name.removesuffix("-wal") for name, _ in before}, before)
        self.assertEqual({name for name, _ in before} - {"vault.db", "vault.db-wal"}, set())  # nowhere else, not even before
        erased = self.admin.post(f"{ACCOUNT}/contacts/{mine}/erase", {"request": "dsr-1"})
        self.assertEqual(erased.status, 201, erased.body)
        self.assertEqual(holding(self.server.folder, MINE, ()), [])
        told = self.certificate(mine)
        self.assertEqual((told["complete"], told["searched"], told["openings_left"], told["entries_since"]), (True, True, 0, 0))
        self.assertTrue(holding(self.server.data, OTHER))
        # The other person's are what is left of the texts: when that one goes as well, nothing is.
        other = self.auditor.post(LOOKUP, {"phone": OTHER}).json["contact"]
        certificate = json.loads(run(LEDGER, "erase", "--data", self.server.data, "--account", "acme", "--contact", other).stdout)
        self.assertEqual((certificate["complete"], certificate["searched"]), (True, True))
        for folder in (self.server.folder, self.scratch()):
            self.assertEqual(holding(folder, OTHER), [])
            self.assertEqual(holding(folder, MINE), [])
        checked = self.writer.post(f"{ACCOUNT}/check", {"numbers": [MINE, OTHER], "message": {"type": "one_to_one"}}).json["results"]
        self.assertEqual([(one["allowed"], one["reason"]) for one in checked], [(False, "erased")] * 2)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(holding(self.server.folder, MINE) + holding(self.server.folder, OTHER), [])
        self.server.start(options=self.start_options())
        type(self).writer, type(self).auditor, type(self).admin = (self.server.client(self.tokens[role]) for role in ("writer", "auditor", "admin"))
        self.assert_clean()

    def test_b_a_crash_before_the_bytes_are_gone_is_made_good_by_the_next_start(self):
        phone = number(7303)
        contact = self.everything_about(phone, "crash-")
        # Another program reads vault.db: the write-ahead log cannot be emptied, and the old bytes are there still.
        other = Reader(self.server.data / "vault.db")
        self.addCleanup(other.close)
        erased = self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase", {})
        self.assertEqual(erased.status, 201, erased.body)
        self.assertTrue(holding(self.server.data, phone, ()))
        told = self.certificate(contact, lambda one: one["complete"], seconds=2)
        self.assertEqual((told["complete"], told["searched"], told["openings_left"]), (False, False, 0))
        self.post(change("contact.added", number(7404), "meanwhile", data={"origin": "manual"}))  # the service goes on
        self.server.kill()
        self.assertTrue(holding(self.server.data, phone, ()))
        other.close()
        self.server.start(options=self.start_options())
        type(self).writer, type(self).auditor, type(self).admin = (self.server.client(self.tokens[role]) for role in ("writer", "auditor", "admin"))
        self.assertEqual(holding(self.server.data, phone), [])
        told = self.certificate(contact, lambda one: one["complete"])
        self.assertEqual((told["complete"], told["searched"], told["openings_left"]), (True, False, 0))
        self.assert_clean()

    def test_c_who_comes_back_is_another_relation(self):
        phone = number(7505)
        contact = self.everything_about(phone, "back-")
        self.assertEqual(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase", {}).status, 201)
        self.assertEqual(holding(self.server.data, phone), [])
        shaped = f"{ACCOUNT}/reports/suppression?shape=aws"
        self.assertNotIn(phone.encode(), self.auditor.get(shaped).body)
        back = self.writer.post(INBOUND, {"from": phone, "to": "+15550199999", "body": "hello, me again", "message_id": "back-again"})
        self.assertEqual(back.json["results"][0]["contact"], contact, back.body)
        self.assertTrue(back.json["results"][0]["state"]["opted_in"])
        self.assertEqual(holding(self.server.data, phone, TEXTS)[0][0].removesuffix("-wal"), "vault.db")
        self.assertEqual({needle for _, needle in holding(self.server.data, phone)} & {text.encode() for text in TEXTS}, set())
        self.writer.post(INBOUND, {"from": phone, "to": "+15550199999", "body": "STOP", "message_id": "back-stop"})
        self.assertIn(phone.encode(), self.auditor.get(shaped).body)
        dossier = self.auditor.get(f"{ACCOUNT}/reports/contact-dossier?contact={contact}").json
        self.assertEqual(dossier["report"]["about"]["phone"], phone)
        self.assertEqual(dossier["data"][0]["texts"], "name: erased")
        told = self.certificate(contact, lambda one: one["complete"])
        self.assertEqual((told["complete"], told["entries_since"]), (True, 2))
        self.assertEqual(self.admin.post(f"{ACCOUNT}/contacts/{contact}/erase", {}).status, 201)
        self.assertEqual(holding(self.server.data, phone), [])
        self.assertEqual(self.certificate(contact)["entries_since"], 0)
        self.assert_clean()


class Copies(unittest.TestCase):
    def test_the_search_finds_every_form(self):
        """The search of these tests itself: a file with one form of a number, or one text, is found by it."""
        server = Server()
        try:
            for needle in needles(MINE, TEXTS):
                path = server.data / "planted"
                path.write_bytes(b"\0x" + needle + b"y\xff")
                self.assertTrue(holding(pathlib.Path(server.data), MINE), needle)
        finally:
            server.remove()


if __name__ == "__main__":
    unittest.main()
