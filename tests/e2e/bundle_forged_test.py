"""Two checkers that share no line, over the same forged bundles: whatever a generator alters, consent-verify and the script inside of the bundle say the
same of it. The forger knows the formats: each second time all digests are made to fit again."""
import contextlib
import hashlib
import importlib.util
import io
import json
import os
import random
import shutil
import sys
import zipfile

from harness import CHANGES, INBOUND, SOURCE, VERIFY, LedgerTest, change, number, run

EXPORTS = "/v1/accounts/acme/exports"
ROUNDS = int(os.environ.get("CL_FORGERIES", "240"))
# What people read and run: consent-verify knows what these have to be, and the script says that it does not look at them.
VIEWS = {"data/views/entries.csv", "data/views/report.html", "how-to-verify.txt", "check_bundle.py"}


def checker():
    spec = importlib.util.spec_from_file_location("check_bundle", SOURCE / "docs" / "check_bundle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sealed(files):
    """All digests made to fit, as every forger can."""
    data = [name for name in files if name.startswith("data/")]
    info = files.get("bag-info.txt", b"")
    if b"Payload-Oxum: " in info:
        total = sum(len(files[name]) for name in data)
        files["bag-info.txt"] = info[:info.index(b"Payload-Oxum: ")] + b"Payload-Oxum: %d.%d\n" % (total, len(data))
    unlisted = ("certificate.txt", "custody.csv", "tagmanifest-sha256.txt")
    for listing, names in (("manifest-sha256.txt", data), ("tagmanifest-sha256.txt", [name for name in files if name not in data and name not in unlisted])):
        if listing in files:
            files[listing] = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names).encode()
    return files


class Forger:
    """One change at random, of the bytes, the lines, the values or the files."""

    def __init__(self, seed, other):
        self.random, self.other = random.Random(seed), other

    def forge(self, files):
        way = self.random.choice((self.flip, self.line, self.value, self.value, self.value, self.file, self.spelling, self.border))
        return way.__name__ + ": " + way(files)

    def a_file(self, files, *ends):
        return self.random.choice(sorted(name for name in files if files[name] and name.endswith(ends or ("",))))

    def flip(self, files):
        name = self.a_file(files)
        body = bytearray(files[name])
        at = self.random.randrange(len(body))
        body[at] ^= 1 << self.random.randrange(8)
        files[name] = bytes(body)
        return f"{name} at {at}"

    def line(self, files):
        name = self.a_file(files, ".ndjson", ".txt", ".csv")
        lines = files[name].splitlines(keepends=True)
        at, other = self.random.randrange(len(lines)), self.random.randrange(len(lines))
        way = self.random.choice(("drop", "repeat", "swap", "cut"))
        if way == "drop":
            del lines[at]
        elif way == "repeat":
            lines.insert(other, lines[at])
        elif way == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines = lines[:at]
        files[name] = b"".join(lines)
        return f"{way} {at} of {name}"

    def value(self, files):
        name = self.a_file(files, ".json", "openings.ndjson", "contacts.ndjson", "inclusion.ndjson", "consistency.ndjson", "context.ndjson")
        lines = files[name].decode().split("\n")
        at = self.random.choice([i for i, line in enumerate(lines) if line])
        root = json.loads(lines[at])
        places = list(self.places(root))
        holder, key = self.random.choice(places)
        before = holder[key]
        holder[key] = self.another(before)
        if self.random.random() < 0.15 and isinstance(holder, dict):
            del holder[key]
        if self.random.random() < 0.1:
            root["x"] = 1
        lines[at] = json.dumps(root, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        files[name] = "\n".join(lines).encode()
        return f"{name} line {at} {key}: {str(before)[:60]} to {str(holder[key] if key in holder or isinstance(holder, list) else None)[:60]}"

    def places(self, value):
        for key in (value if isinstance(value, dict) else range(len(value))):
            yield value, key
            if isinstance(value[key], (dict, list)):
                yield from self.places(value[key])

    def another(self, value):
        strange = [None, True, False, 0, 1, -1, 2**53, "", "x", [], {}, [value], {"commit": "0" * 64}]
        if isinstance(value, bool) or value is None:
            return self.random.choice(strange)
        if isinstance(value, int):
            return self.random.choice([value + 1, value - 1, str(value), bool(value), *strange])
        if isinstance(value, str):
            return self.random.choice([value.upper(), value + " ", " " + value, value[:-1], value[1:], value.swapcase(), value + "=", *strange])
        return self.random.choice(strange)

    def file(self, files):
        name = self.random.choice(sorted(files))
        way = self.random.choice(("remove", "empty", "add", "of another bundle"))
        if way == "remove":
            del files[name]
        elif way == "empty":
            files[name] = b""
        elif way == "add":
            name = self.random.choice(("data/notes.txt", "notes.txt", "data/views/.hidden", "fetch.txt"))
            files[name] = b"x"
        else:
            files[name] = self.other[name]
        return f"{way} {name}"

    def spelling(self, files):
        name = self.a_file(files)
        way = self.random.choice(("crlf", "mark", "end", "no end", "space", "case"))
        body = files[name]
        files[name] = {"crlf": body.replace(b"\n", b"\r\n"), "mark": b"\xef\xbb\xbf" + body, "end": body + b"\n", "no end": body[:-1],
                       "space": body.replace(b":", b": ", 1), "case": body.swapcase()}[way]
        return f"{way} {name}"

    def border(self, files):
        """The salt made longer by the first bytes of what is shown: the same digest."""
        import base64
        rows = [json.loads(line) for line in files["data/openings.ndjson"].splitlines()]
        shown = [row for row in rows if "content" in row]
        if not shown:
            return "nothing"
        row, cut = self.random.choice(shown), self.random.choice((-1, 1, 2))
        both = bytes.fromhex(row["salt"]) + base64.b64decode(row["content"])
        row["salt"], row["content"] = both[:32 + cut].hex(), base64.b64encode(both[32 + cut:]).decode()
        files["data/openings.ndjson"] = "".join(json.dumps(one, separators=(",", ":"), sort_keys=True) + "\n" for one in rows).encode()
        return f"by {cut} in {row['id']}"


class ForgedTest(LedgerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check_bundle = checker()
        cls.key = cls.server.folder / "ledger.vkey"
        cls.key.write_text(cls.writer.get("/v1/keys").json["keys"][0]["vkey"] + "\n")
        assert cls.admin.post(CHANGES, {"kind": "actor.defined", "data": {"actor": "agent-1", "name": "Sam"}, "source": {"record": "fo-1"}}).status == 201
        for index in range(3):
            phone = number(index)
            evidence = [{"kind": "verbal_call", "occurred_at": "2026-11-20T10:00:00Z", "agent": "agent-1", "call": "C-1", "words": f"do not stop texting {index}"}]
            for kind, more in (("contact.added", {"data": {"origin": "manual", "name": f"Person {index}"}}), ("opt_in.agent", {"data": {"note": "asked by phone"}}),
                               ("opt_in.consent", {"data": {"method": "call"}, "evidence": evidence}), ("list.added", {"data": {"list": "promo"}})):
                assert cls.writer.post(CHANGES, change(kind, phone, f"fo-{index}-{kind}", **more)).status == 201
            assert cls.writer.post(INBOUND, {"from": phone, "to": "+15550199999", "body": "STOP", "message_id": f"fo-{index}-m"}).status == 201
        gone = cls.writer.post(CHANGES, change("opt_in.agent", number(9), "fo-9", data={"note": "to be erased"})).json["contact"]
        assert cls.admin.post(f"/v1/accounts/acme/contacts/{gone}/erase", {"request": "dsr"}).status == 201

    def setUp(self):
        """The case before may have taken longer than the server keeps an idle connection."""
        for client in (self.writer, self.auditor, self.admin):
            client.close()

    def files(self, scope, openings="full"):
        answer = self.auditor.post(EXPORTS, {"scope": scope, "openings": openings})
        self.assertIn(answer.status, (200, 201), answer.body[:300])
        with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
            return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}

    def unpack(self, files):
        folder = self.server.folder / "forged"
        shutil.rmtree(folder, ignore_errors=True)
        for name, body in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        return folder

    def verdicts(self, files):
        """What consent-verify says of the folder, and what the script does, with what they print."""
        folder = self.unpack(files)
        ours = run(VERIFY, folder, "--key", self.key, "--fail-on", "never", check=False)
        printed, argv = io.StringIO(), sys.argv
        sys.argv = ["check_bundle.py", "--key", str(self.key), str(folder)]
        try:
            with contextlib.redirect_stdout(printed):
                theirs = self.check_bundle.main()
        finally:
            sys.argv = argv
        return ours.returncode, theirs, ours.stdout.decode() + printed.getvalue()

    def test_both_say_the_same_of_whatever_was_altered(self):
        scopes = [{"kind": "contact", "phone": number(0)}, {"kind": "list", "list": "promo"}, {"kind": "account"}, {"kind": "range", "since": "2020-01-01T00:00:00Z"}]
        bundles = [(self.files(scope, openings), self.files({"kind": "contact", "phone": number(1)})) for scope in scopes for openings in ("full", "redacted")]
        bundles += [(self.files(scopes[0]), self.files(scopes[0], "redacted"))]
        for sound, _ in bundles:
            self.assertEqual(self.verdicts(dict(sound))[:2], (0, 0))
        seen = {0: 0, 1: 0, 3: 0}
        for seed in range(ROUNDS):
            sound, other = bundles[seed % len(bundles)]
            files, forger = dict(sound), Forger(seed, other)
            what = forger.forge(files)
            if seed % 2:
                sealed(files)
            ours, theirs, printed = self.verdicts(files)
            changed = {name for name in {*files, *sound} if files.get(name) != sound.get(name)}
            tags = "tagmanifest-sha256.txt"  # nobody's digest covers it, and the order of its lines says nothing
            if sorted(files.get(tags, b"").split(b"\n")) == sorted(sound[tags].split(b"\n")):
                changed -= {tags}
            with self.subTest(seed=seed, what=what, printed=printed[-3000:]):
                of_views = seed % 2 and changed & VIEWS and (ours, theirs) == (1, 0)  # the script says that it does not look at these
                self.assertTrue(ours == theirs or of_views, (ours, theirs))
                # What is nobody's word: people write into two files, and the lists of digests were made anew.
                free = {"certificate.txt", "custody.csv"} | ({"manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"} if seed % 2 else set())
                self.assertTrue(ours != 0 or changed <= free, "altered and taken for sound")
            seen[ours] = seen.get(ours, 0) + 1
        self.assertGreater(seen[1], ROUNDS // 2, seen)

    def test_a_restored_ledger_need_not_repeat_its_key(self):
        vkey, periods = self.vkey().strip(), []
        entry = {"kind": "ledger.created", "seq": 0, "data": {"key": vkey}}
        self.check_bundle.begin_period(periods, entry)
        self.check_bundle.begin_period(periods, {"kind": "ledger.restored", "seq": 7, "data": {"origin": "ledger.example.com/after"}})
        self.assertEqual([(one["from_seq"], one.get("to_seq")) for one in periods], [(0, 6), (7, None)])
        self.assertEqual(self.check_bundle.key_of(periods[1]["vkey"])[::2], ("ledger.example.com/after", self.check_bundle.key_of(vkey)[2]))
        self.check_bundle.begin_period(periods, {"kind": "ledger.restored", "seq": 9, "data": {"origin": self.check_bundle.key_of(vkey)[0], "key": vkey}})
        self.assertEqual(periods[2]["vkey"], vkey)

    def withheld(self, files, name, index):
        """One row that is shown says that it is withheld, and the manifest counts it so."""
        rows = [json.loads(line) for line in files[name].splitlines()]
        row = [one for one in rows if "absent" not in one][index]
        for member in {"salt", "content", "phone"} & set(row):
            del row[member]
        row["absent"] = "withheld"
        manifest = json.loads(files["data/manifest.json"])
        counts = manifest["openings_count" if name == "data/openings.ndjson" else "contacts"]
        counts["full"], counts["withheld"] = counts["full"] - 1, counts["withheld"] + 1
        written = {name: b"".join(self.canonical(one) + b"\n" for one in rows), "data/manifest.json": self.canonical(manifest)}
        return sealed({**files, **written})

    def canonical(self, value):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    def test_a_full_bundle_with_a_value_taken_out_is_altered(self):
        times = [json.loads(line)["recorded_at"] for line in self.files({"kind": "account"})["data/entries.ndjson"].splitlines()]
        within = {"kind": "range", "since": next(time for time in times if time > times[5]), "until": times[-2]}
        for scope in ({"kind": "contact", "phone": number(0)}, {"kind": "list", "list": "promo"}, {"kind": "account"}, within):
            files = self.files(scope)
            ours, theirs, printed = self.verdicts(dict(files))
            self.assertEqual((ours, theirs), (0, 0), printed)
            if scope is within:  # what is in it, and what only shows that nothing is missing, are told apart by both
                inside = sum(within["since"] <= time < within["until"] for time in times)
                self.assertIn(f"intact: {inside} entries of scope range, and 2 beside them, before or behind it", printed)
                self.assertIn(f"These {inside} entries, and 2 neighbours of the time asked for,", " ".join(printed.split()))
            for name, index in (("data/openings.ndjson", 0), ("data/openings.ndjson", -1), ("data/contacts.ndjson", 0)):
                with self.subTest(scope=scope, name=name, index=index):
                    ours, theirs, printed = self.verdicts(self.withheld(files, name, index))
                    self.assertEqual((ours, theirs), (1, 1), printed)
                    self.assertEqual(" ".join(printed.split()).count("withheld, and a full bundle shows it"), 2, printed)
        # An actor's name in the context of a contact, and what a range's neighbours say, are withheld in a full bundle too.
        self.assertIn(b'"absent":"withheld"', self.files({"kind": "contact", "phone": number(0)})["data/openings.ndjson"])

    def test_a_text_cannot_lose_its_beginning_to_its_salt(self):
        files = self.files({"kind": "contact", "phone": number(0)})
        self.assertIn("by", Forger(5, files).border(files))
        self.assertEqual(self.verdicts(sealed(files))[:2], (1, 1))

    def test_texts_that_are_hard_to_spell_are_shown_as_they_are(self):
        phone = number(50)
        texts = ["'quoted'", "''=1", "=1+1", "\tTab", "\r\n=x", "\uff1dfull", "-1", "@x", " in front", "behind ", "a\u0000b", "\u0000=b", "\ufeffmark", "\"", "\u2028",
                 "e\u0301", "\U0001f600", "a,b\r\nc", "\u007f", "</td><script>", "#rows", "x" * 4000]
        for index, text in enumerate(texts):
            evidence = [{"kind": "verbal_call", "occurred_at": "2026-11-20T10:00:00Z", "agent": "a", "call": "c", "words": text}] * 2
            self.assertEqual(self.writer.post(CHANGES, change("opt_in.agent", phone, f"t-{index}", data={"note": text}, evidence=evidence)).status, 201, text)
            self.assertIn(self.writer.post(INBOUND, {"from": phone, "to": text if index % 2 else "+15550199999", "body": text, "message_id": f"t-{index}"}).status,
                          (200, 201, 202), text)
        ours, theirs, printed = self.verdicts(self.files({"kind": "contact", "phone": phone}))
        self.assertEqual((ours, theirs), (0, 0), printed)


if __name__ == "__main__":
    import unittest
    unittest.main()
