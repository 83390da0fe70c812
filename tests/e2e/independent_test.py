"""docs/check_ledger.py, which shares no line with the programs, comes to the same verdict as consent-verify on every export here."""
import base64
import hashlib
import importlib.util
import json
import sys
import unittest

from harness import CHANGES, LEDGER, SOURCE, VERIFY, LedgerTest, Server, change, number, run

CHECK = SOURCE / "docs" / "check_ledger.py"


def script():
    spec = importlib.util.spec_from_file_location("check_ledger", CHECK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Operator:
    """One who holds the key, and writes and signs whatever he likes."""

    def __init__(self, script, seed, vkey):
        self.script, self.prefix = script, hashlib.sha512(seed).digest()[32:]
        scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
        self.scalar = scalar & (1 << 254) - 8 | 1 << 254
        self.name, self.public = script.key_of(vkey)
        self.identity = bytes.fromhex(vkey.split("+")[1])

    def signature(self, message):
        """RFC 8032 5.1.6."""
        nonce = int.from_bytes(hashlib.sha512(self.prefix + message).digest(), "little") % self.script.Q
        point = self.script.times(nonce, self.script.BASE)
        inverse = pow(point[2], -1, self.script.P)
        x, y = point[0] * inverse % self.script.P, point[1] * inverse % self.script.P
        octets = (y | (x & 1) << 255).to_bytes(32, "little")
        challenge = int.from_bytes(hashlib.sha512(octets + self.public + message).digest(), "little") % self.script.Q
        return octets + ((nonce + challenge * self.scalar) % self.script.Q).to_bytes(32, "little")

    def export(self, entries, of_trailer=lambda trailer: trailer):
        """The entries chained, counted and signed anew."""
        tree, previous, lines = self.script.Tree(), "0" * 64, []
        for entry in entries:
            lines.append(written(dict(entry, prev=previous)))
            leaf = hashlib.sha256(b"\0" + lines[-1]).digest()
            tree.add(leaf)
            previous = leaf.hex()
        text = f"{self.name}\n{len(lines)}\n{base64.b64encode(tree.root()).decode()}\n"
        note = text + f"\n\u2014 {self.name} " + base64.b64encode(self.identity + self.signature(text.encode())).decode() + "\n"
        trailer = {"checkpoint": note, "entries": len(lines), "first_seq": 0, "last_seq": len(lines) - 1}
        return b"".join(line + b"\n" for line in lines + [of_trailer(written({"trailer": trailer}))])


def written(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


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

    def test_what_the_format_does_not_allow_is_seen_by_both_though_it_is_signed(self):
        """By the operator himself, who holds the key: each is of no form that an entry or a trailer has."""
        seed = (self.server.data / "keys" / "signing.key").read_bytes()
        operator = Operator(script(), seed, self.key.read_text().strip())
        lines = self.export.read_bytes().splitlines()[:60]
        at = next(i for i, line in enumerate(lines) if b'"contact_seq":1' in line)

        def deep(depth):
            return {"a": deep(depth - 1)} if depth else 1

        def entry(index, **members):
            entries = [json.loads(line) for line in lines]
            for name, value in members.items():
                entries[index][name] = dict(entries[index][name], **value) if isinstance(value, dict) and name == "data" else value
            return operator.export(entries)

        def trailer(alter):
            return operator.export([json.loads(line) for line in lines], alter)
        whole = operator.export([json.loads(line) for line in lines])
        cases = [("control", 0, whole), ("newer", 3, entry(at, v=2)), ("seq", 1, entry(1, seq=True)), ("v", 1, entry(at, v=True)),
                 ("contact_seq", 1, entry(at, contact_seq=True)), ("a time", 1, entry(at, recorded_at="zzzz")), ("no day", 1, entry(at, occurred_at="2026-02-30T00:00:00.000Z")),
                 ("no second", 1, entry(at, occurred_at="2026-02-20T00:00:60.000Z")), ("large", 1, entry(at, data={"x": 2**53})), ("small", 1, entry(at, data={"x": -2**53})),
                 ("deep", 1, entry(at, data={"x": deep(40)})), ("long", 1, entry(at, data={"x": "x" * 66_000})), ("more", 1, entry(at, zzz=1)),
                 ("empty", 1, entry(at, source={})), ("an actor", 1, entry(at, actor={"id": "a", "kind": "nobody"})), ("an id", 1, entry(at, channel="a b")),
                 ("fields", 1, entry(at, evidence=[{"digest": "0" * 64, "fields": ["b", "a"], "kind": "x"}])), ("nothing", 1, entry(at, evidence=[])),
                 ("a key of another name", 1, entry(0, data={"key": json.loads(lines[0])["data"]["key"].replace("+", "-2+", 1)})),
                 ("a key", 1, entry(0, data={"origin": "ledger.example.com/else"})), ("created twice", 1, entry(1, kind="ledger.created")),
                 ("trailer more", 1, trailer(lambda line: line[:-1] + b',"x":1}')), ("trailer more in it", 1, trailer(lambda line: line[:-2] + b',"x":1}}')),
                 ("trailer space", 1, trailer(lambda line: line.replace(b"{", b"{ ", 1))), ("trailer space in it", 1, trailer(lambda line: line.replace(b":{", b": {", 1))),
                 ("trailer true", 1, trailer(lambda line: line.replace(b'"first_seq":0', b'"first_seq":false'))),
                 ("trailer twice", 1, trailer(lambda line: line + b"\n" + line)), ("no end", 0, whole[:-1]), ("in mid line", 3, whole[:len(whole) // 2])]
        for name, code, body in cases:
            with self.subTest(name):
                (self.server.folder / "signed.ndjson").write_bytes(body)
                said = self.both(self.server.folder / "signed.ndjson", self.key)
                self.assertEqual(said.returncode, code, said.stdout)

    def test_a_cut_off_export_is_no_pass(self):
        cut = self.doctored("cut.ndjson", lambda lines: lines[:-1])
        self.assertEqual(run(sys.executable, CHECK, cut, self.key, check=False).returncode, 3)
        self.assertEqual(run(VERIFY, cut, "--key", self.key, "--fail-on", "never", check=False).returncode, 3)
        self.assertEqual(run(sys.executable, CHECK, self.server.folder / "missing.ndjson", check=False).returncode, 3)
        self.assertEqual(run(sys.executable, CHECK, check=False).returncode, 2)


if __name__ == "__main__":
    unittest.main()
