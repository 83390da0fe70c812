#!/usr/bin/env python3
"""Checks an unpacked evidence bundle with Python's standard library alone. It shares no line with the ledger or its verifier: docs/format.md and
docs/bundle.md are all it was written from.

    python3 check_bundle.py [--key VKEYFILE] [FOLDER]      exit 0 intact, 1 altered or incomplete, 2 usage, 3 cannot tell

FOLDER is the bundle's, by default the one that this script is in. Without --key the key is the one that the bundle names: then it vouches for itself."""
import argparse
import base64
import hashlib
import heapq
import json
import os
import sys

# ---- Ed25519, RFC 8032 5.1.7, on points (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        total = add(total, point) if number & 1 else total
        point, number = add(point, point), number >> 1
    return total


def point_of(octets):
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(key, message, signature):
    a, r, s = point_of(key), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= Q:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = times(s, BASE), add(r, times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---- C2SP signed notes and checkpoints (format.md 5)
def key_of(vkey):
    name, identity, public = vkey.strip().split("+", 2)
    public = base64.b64decode(public, validate=True)
    if public[:1] != b"\x01" or hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8] != identity:
        raise ValueError("the key's name and id do not belong together")
    return name, bytes.fromhex(identity), public[1:]


def checkpoint_of(note, vkey):
    text, _, signatures = note.rpartition("\n\n")
    name, identity, public = key_of(vkey)
    origin, size, root = (text + "\n").split("\n")[:3]
    for line in signatures.splitlines():
        dash, signer, blob = line.split(" ")
        blob = base64.b64decode(blob, validate=True)
        if dash == "\u2014" and signer == name == origin and blob[:4] == identity and signed(public, (text + "\n").encode(), blob[4:]):
            return int(size), base64.b64decode(root, validate=True)
    raise ValueError("the checkpoint is not signed by this key")


# ---- RFC 6962
def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def included(index, size, leaf, path, root):
    """RFC 9162 2.1.3.2."""
    fn, sn, running = index, size - 1, leaf
    if index >= size:
        return False
    for step in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            running = node(step, running)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            running = node(running, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and running == root


def consistent(first, second, first_root, second_root, path):
    """RFC 9162 2.1.4.2, for 0 < first < second."""
    if not 0 < first < second or not path:
        return False
    path = [first_root] + path if first & (first - 1) == 0 else path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = node(step, old), node(step, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node(new, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == first_root and new == second_root


# ---- The files
def canonical(value):
    """RFC 8785 for what is here: integers, text, no fractions. Names sort by UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(name, ensure_ascii=False) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise ValueError("a fraction")
    return json.dumps(value, ensure_ascii=False)


def require(true, what):
    if not true:
        raise ValueError(what)


def lines_of(folder, name):
    """(object, exact bytes) of each line."""
    with open(os.path.join(folder, name), "rb") as file:
        for line in file:
            require(line.endswith(b"\n"), name + ": the last line is cut off")
            value = json.loads(line)
            require(canonical(value).encode() == line[:-1], name + ": a line is not in its canonical form")
            yield value, line[:-1]


def object_of(folder, name):
    text = text_of(folder, name)
    value = json.loads(text)
    require(canonical(value) == text, name + " is not in its canonical form")
    return value


def text_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return file.read()


DATA = {"data/" + name for name in ("manifest.json", "entries.ndjson", "context.ndjson", "proofs/inclusion.ndjson", "proofs/consistency.ndjson",
        "checkpoint", "keys.json", "openings.ndjson", "contacts.ndjson", "views/entries.csv", "views/report.html")}
TAGS = {"bagit.txt", "bag-info.txt", "how-to-verify.txt", "check_bundle.py", "manifest-sha256.txt"}


def check_digests(folder):
    """Every file of a bundle but those that people write into is listed, and is what the list says."""
    listed = {}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in text_of(folder, name).splitlines():
            digest, _, path = line.partition("  ")
            require(path not in listed and path.startswith("data/") == name.startswith("m"), name + " lists " + path)
            listed[path] = digest
    require(set(listed) == DATA | TAGS, "the lists of digests name %s" % (", ".join(sorted(set(listed) ^ (DATA | TAGS)))))
    for path, digest in listed.items():
        running = hashlib.sha256()
        with open(os.path.join(folder, path), "rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                running.update(piece)
        require(running.hexdigest() == digest, path + " was changed: its SHA-256 is not the one that is listed")
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(where, name), folder).replace(os.sep, "/")
            known = path in listed or path in ("certificate.txt", "custody.csv", "tagmanifest-sha256.txt")
            require(known or not path.startswith("data/"), path + " is not listed")


def committed(entry):
    """The places of commitments in an entry, and what stands there (format.md 7)."""
    places = {"/data/" + name.replace("~", "~0").replace("/", "~1"): value["commit"] for name, value in entry["data"].items()
              if isinstance(value, dict) and set(value) == {"commit"}}
    places.update({"/evidence/%d" % i: item["digest"] for i, item in enumerate(entry.get("evidence", []))})
    return sorted(places.items())


def check_opening(entry, openings, tally, withheld):
    for pointer, digest in committed(entry):
        row, _ = next(openings, ({}, None))
        place = {"id": "%d:%s" % (entry["seq"], pointer), "seq": entry["seq"], "pointer": pointer}
        require({name: row.get(name) for name in place} == place, "openings.ndjson: no row for " + place["id"])
        kind = row.get("absent", "full")
        if kind == "full":
            content = base64.b64decode(row["content"], validate=True)
            found = hashlib.sha256(b"consent-ledger/content/v1\0" + bytes.fromhex(row["salt"]) + content).hexdigest()
            require(found == digest, place["id"] + " is not what the entry commits to")
        require(kind == "withheld" or not withheld, place["id"] + " is opened in a redacted bundle")
        tally[kind] += 1


def check_contacts(folder, account, contacts, tally, withheld):
    for row, _ in lines_of(folder, "data/contacts.ndjson"):
        require(row["contact"] in contacts, "contacts.ndjson: " + row["contact"] + " has no entry, or two rows")
        contacts.remove(row["contact"])
        kind = row.get("absent", "full")
        if kind == "full":
            salt = bytes.fromhex(row["salt"])
            text = b"consent-ledger/contact/v1\0" + salt + account.encode() + b"\0" + row["phone"].encode()
            require(hashlib.sha256(text).hexdigest() == row["contact"], "a number is not that of contact " + row["contact"])
        require(kind == "withheld" or not withheld, "a number is shown in a redacted bundle")
        tally[kind] += 1
    require(not contacts, "contacts.ndjson: a contact is missing")


class Scope:
    """That nothing of the scope is missing (bundle.md, Scopes)."""

    def __init__(self, manifest):
        self.scope, self.account, self.last = manifest["scope"], manifest["account"], manifest["last"]
        self.kind, self.counts, self.members = self.scope["kind"], {}, set()
        self.time, self.first, self.number, self.before, self.after = "", None, None, 0, 0

    def add(self, entry):
        where = "entry %d: " % entry["seq"]
        require(entry.get("account") == self.account, where + "is of another account")
        require(entry["recorded_at"] >= self.time, where + "was recorded before the one before it")
        self.time, contact = entry["recorded_at"], entry.get("contact")
        if self.kind in ("contact", "list"):
            require(contact and self.scope.get("contact", contact) == contact, where + "is of another contact")
            number, previous = self.counts.get(contact, (0, None))
            require((entry["contact_seq"], entry.get("contact_prev")) == (number + 1, previous), where + "one of this contact is missing before it")
            self.counts[contact] = (number + 1, entry["seq"])
            if entry.get("state", {}).get("list") == {"id": self.scope.get("list"), "member": True}:
                self.members.add(contact)
            return
        require(self.number is None or entry["account_seq"] == self.number + 1, where + "one of this account is missing before it")
        self.first, self.number = self.first or entry["account_seq"], entry["account_seq"]
        require(not self.after, where + "follows the neighbour after the range")
        if "since" in self.scope and self.time < self.scope["since"]:
            self.before += 1
        if "until" in self.scope and self.time >= self.scope["until"]:
            self.after += 1

    def end(self):
        if self.kind == "contact":
            require(self.last == {"contact_seq": self.counts[self.scope["contact"]][0]}, "entries of the contact are missing at the end")
        elif self.kind == "list":
            require(set(self.counts) == self.members, "a contact was never on the list")
        elif self.kind == "account":
            require((self.first, self.last) == (1, {"account_seq": self.number}), "entries of the account are missing")
        else:
            require(self.kind == "range", "the scope is unknown")
            require(self.before == 1 or (self.before == 0 and self.first == 1), "the range does not begin where it should")
            require(self.after or self.last == {"account_seq": self.number}, "the range does not end where it should")


def keys_from(context_keys, keys):
    """The key of each part of the history, as the ledger's own entries name it."""
    periods = [{"vkey": vkey, "from_seq": seq} for seq, vkey in context_keys]
    for one, following in zip(periods, periods[1:]):
        one["to_seq"] = following["from_seq"] - 1
    require(periods and periods[0]["from_seq"] == 0 and keys["keys"] == periods, "keys.json is not what the ledger's entries say")
    require(key_of(periods[-1]["vkey"])[0] == keys["origin"], "keys.json names another origin")
    return periods[-1]["vkey"]


def check_statement(entry, manifest):
    """export.issued says what manifest.json says."""
    said = dict(manifest["scope"], **manifest["last"])
    said.update(scope=said.pop("kind"), digest=manifest["digest"], entries=manifest["entries"]["count"], tree_size=manifest["tree_size"])
    require(entry["kind"] == "export.issued" and entry["account"] == manifest["account"] and entry["data"] == said, "export.issued states something else")
    issued = {"seq": entry["seq"], "recorded_at": entry["recorded_at"], "token": entry.get("source", {}).get("token", "")}
    require(issued == manifest["issued"], "export.issued was recorded at another time, or by another token")


def tagged(folder, name):
    for entry, line in lines_of(folder, name):
        yield entry["seq"], name, entry, line


def check_entries(folder, manifest, size, root):
    """Both files of entries with their proofs and openings. Returns the keys that the ledger's own entries name, and the tallies."""
    inclusion, openings = lines_of(folder, "data/proofs/inclusion.ndjson"), lines_of(folder, "data/openings.ndjson")
    scope, digest, previous, keys, contacts = Scope(manifest), hashlib.sha256(), -1, [], set()
    first = last = None
    kinds, opened, context, issued, withheld = {}, {"full": 0, "withheld": 0, "erased": 0}, 0, None, manifest["openings"] == "redacted"
    files = [tagged(folder, name) for name in ("data/context.ndjson", "data/entries.ndjson")]
    for seq, name, entry, line in heapq.merge(*files, key=lambda item: item[:2]):
        require(seq > previous and entry["v"] == 1, "entry %d is out of place" % seq)
        previous, leaf = seq, hashlib.sha256(b"\0" + line).digest()
        proof, _ = next(inclusion, ({}, None))
        require((proof.get("seq"), proof.get("leaf_hash")) == (seq, leaf.hex()), "entry %d is not the one that its proof is of" % seq)
        require(included(seq, size, leaf, [bytes.fromhex(one) for one in proof["hashes"]], root), "entry %d is not under the checkpoint" % seq)
        check_opening(entry, openings, opened, withheld)
        if name == "data/entries.ndjson":
            digest.update(line + b"\n")
            first, last = seq if first is None else first, seq
            require(seq < manifest["tree_size"], "entry %d is later than what was read" % seq)
            scope.add(entry)
            kinds[entry["kind"]] = kinds.get(entry["kind"], 0) + 1
            contacts.update([entry["contact"]] if "contact" in entry else [])
            continue
        context += 1
        require(entry.get("account", manifest["account"]) == manifest["account"], "context.ndjson: entry %d is of another account" % seq)
        if entry["kind"] in ("ledger.created", "ledger.restored", "key.rotated"):
            keys.append((seq, entry["data"]["new_key" if entry["kind"] == "key.rotated" else "key"]))
        if seq == manifest["issued"]["seq"]:
            issued = entry
    require(issued is not None, "export.issued is missing")
    check_statement(issued, manifest)
    require(next(inclusion, None) is None and next(openings, None) is None, "a proof or an opening is of no entry")
    require(digest.hexdigest() == manifest["digest"] and kinds == manifest["entries"]["kinds"], "entries.ndjson is not what was issued")
    require(manifest["entries"]["first_seq"] == first and manifest["entries"]["last_seq"] == last, "manifest.json names other entries")
    require(sum(kinds.values()) == manifest["entries"]["count"] and context == manifest["context"]["count"], "manifest.json counts otherwise")
    scope.end()
    numbers = {"full": 0, "withheld": 0, "erased": 0}
    check_contacts(folder, manifest["account"], contacts, numbers, withheld)
    require(opened == manifest["openings_count"] and numbers == manifest["contacts"], "manifest.json counts otherwise what is opened")
    return keys, opened


def check(folder, vkey):
    check_digests(folder)
    manifest, keys = object_of(folder, "data/manifest.json"), object_of(folder, "data/keys.json")
    if manifest["format"] != "consent-ledger-bundle/1":
        raise EOFError("the bundle is of another format")
    size, root = checkpoint_of(text_of(folder, "data/checkpoint"), vkey or keys["keys"][-1]["vkey"])
    require(size == manifest["checkpoint_size"] == manifest["issued"]["seq"] + 1, "the checkpoint is of another size")
    named, opened = check_entries(folder, manifest, size, root)
    own = keys_from(named, keys)
    require(manifest["origin"] == keys["origin"], "manifest.json names another origin")
    require(vkey is None or vkey.strip() == own, "the ledger's entries name another key")
    sizes = []
    for row, _ in lines_of(folder, "data/proofs/consistency.ndjson"):
        path = [bytes.fromhex(one) for one in row["hashes"]]
        require(row["to"] == size and consistent(row["from"], size, bytes.fromhex(row["from_root"]), root, path),
                "the tree of %d entries is not the beginning of this one" % row["from"])
        sizes.append(row["from"])
    require(sizes == manifest["earlier"], "manifest.json names other earlier bundles")
    return manifest, opened, root


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", metavar="VKEYFILE")
    parser.add_argument("folder", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    asked = parser.parse_args()
    try:
        vkey = open(asked.key, encoding="utf-8").read() if asked.key else None
        manifest, opened, root = check(asked.folder, vkey)
    except (OSError, EOFError) as reason:
        print("cannot tell:", reason)
        return 3
    except (ValueError, KeyError, TypeError, IndexError) as reason:
        print("ALTERED OR INCOMPLETE:", reason)
        return 1
    print("intact: %d entries of scope %s, issued by entry %d of %s" %
          (manifest["entries"]["count"], manifest["scope"]["kind"], manifest["issued"]["seq"], manifest["origin"]))
    print("opened %(full)d values, withheld %(withheld)d, erased %(erased)d" % opened)
    print("data/views, how-to-verify.txt and this script: compared with the digests that lie beside them, no more")
    print("root " + root.hex() + ", signed" + ("" if asked.key else " by the key that the bundle names itself"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
