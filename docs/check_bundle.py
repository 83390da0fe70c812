#!/usr/bin/env python3
"""Checks an unpacked evidence bundle with Python's standard library alone. It shares no line with the ledger or its verifier: docs/format.md and
docs/bundle.md are all it was written from.

    python3 check_bundle.py [--key VKEYFILE] [FOLDER]      exit 0 intact, 1 altered or incomplete, 2 usage, 3 cannot tell

FOLDER is the bundle's, by default the one that this script is in. Without --key the key is the one that the bundle names: then it vouches for itself."""
import argparse, base64, hashlib, heapq, itertools, json, os, re, stat, sys

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

# ---- C2SP signed notes and checkpoints (docs/format.md "Notes and checkpoints")
def key_of(vkey):
    name, identity, public = vkey.strip().split("+", 2)
    public = base64.b64decode(public, validate=True)
    require(public[:1] == b"\x01" and hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8] == identity, "the key's name and id do not belong together")
    return name, bytes.fromhex(identity), public[1:]

def vkey_of(name, public):
    return "%s+%s+%s" % (name, hashlib.sha256(name.encode() + b"\n\x01" + public).hexdigest()[:8], base64.b64encode(b"\x01" + public).decode())

def checkpoint_of(note, vkey):
    text, _, signatures = note.rpartition("\n\n")
    name, identity, public = key_of(vkey)
    origin, size, root = (text + "\n").split("\n")[:3]
    require(note.endswith("\n") and size.isascii() and size.isdigit() and size == str(int(size)), "the checkpoint is cut off, or its size is no number")
    for line in signatures.splitlines():
        dash, signer, blob = line.split(" ")
        blob = base64.b64decode(blob, validate=True)
        if dash == "\u2014" and signer == name == origin and blob[:4] == identity and signed(public, (text + "\n").encode(), blob[4:]):
            return int(size), base64.b64decode(root, validate=True)
    raise ValueError("the checkpoint is not signed by this key")

# ---- RFC 6962
def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()

def climb(fn, sn, start, path):
    """The roots of the smaller and of the larger tree to which a proof leads from `start` (RFC 9162 2.1.3.2 and 2.1.4.2)."""
    old = new = start
    for step in path:
        if sn == 0:
            return None, None
        if fn & 1 or fn == sn:
            old, new = node(step, old), node(step, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = node(new, step)
        fn, sn = fn >> 1, sn >> 1
    return (old, new) if sn == 0 else (None, None)

def included(index, size, leaf, path, root):
    return index < size and climb(index, size - 1, leaf, path)[1] == root

def consistent(first, second, first_root, second_root, path):
    """For 0 < first < second."""
    if not 0 < first < second or not path:
        return False
    path = [first_root] + path if first & (first - 1) == 0 else path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    return climb(fn, sn, path[0], path[1:]) == (first_root, second_root)

# ---- The files
class CannotTell(Exception):
    pass

def require(true, what, kind=ValueError):
    if not true:
        raise kind(what)

def canonical(value):
    """RFC 8785 for what is here: integers, text, no fractions. Names sort by UTF-16 code units."""
    if isinstance(value, dict):
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in sorted(value, key=lambda one: one.encode("utf-16-be"))) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    require(type(value) is not float and (type(value) is not int or abs(value) < 2**53), "a number that is no integer, or too large")
    return json.dumps(value, ensure_ascii=False)

def hash_of(text):
    """32 bytes. A salt of another length would move the border between it and the content: the same digest, another text."""
    require(isinstance(text, str) and len(text) == 64 and set(text) <= set("0123456789abcdef"), "a hash is not 64 lower-case hexadecimal digits")
    return bytes.fromhex(text)

def lines_of(folder, name):
    """(object, exact bytes) of each line."""
    with open(os.path.join(folder, name), "rb") as file:
        for line in iter(lambda: file.readline(LONGEST_LINE), b""):
            require(line.endswith(b"\n"), name + ": a line is too long, or the last one is cut off")
            yield object_of(line[:-1].decode(), name + ": a line"), line[:-1]

def text_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        text = file.read(LONGEST_LINE)
    require(len(text) < LONGEST_LINE, name + " is larger than such a file can be")
    return text

def object_of(text, what):
    value = json.loads(text)
    require(isinstance(value, dict) and canonical(value) == text, what + " is not in its canonical form")
    return value

LONGEST_LINE = 262_144
DATA = {"data/" + name for name in ("manifest.json", "entries.ndjson", "context.ndjson", "proofs/inclusion.ndjson", "proofs/consistency.ndjson",
        "checkpoint", "keys.json", "openings.ndjson", "contacts.ndjson", "views/entries.csv", "views/report.html")}
TAGS = {"bagit.txt", "bag-info.txt", "how-to-verify.txt", "check_bundle.py", "manifest-sha256.txt"}
CONTEXT = {"ledger.created", "ledger.restored", "key.rotated", "account.defined", "actor.defined", "list.defined", "trigger.defined",
           "disclosure.defined", "policy.activated", "export.issued"}

def check_digests(folder):
    """Every file of a bundle is there, and no other; each but those that people write into is listed, and is what the list says."""
    paths = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]
    require(all(stat.S_ISREG(os.lstat(path).st_mode) for path in paths), "a file is a link or a device")
    found = {os.path.relpath(path, folder).replace(os.sep, "/") for path in paths}
    require(found & {"bagit.txt", "data/manifest.json"}, "there is no evidence bundle in " + folder, CannotTell)
    wrong = (DATA | TAGS | {"tagmanifest-sha256.txt"}) ^ (found - {"certificate.txt", "custody.csv"})  # people write into these two
    require(not wrong, "a file is missing, or was added: " + ", ".join(sorted(wrong)))
    for name, due in (("manifest-sha256.txt", DATA), ("tagmanifest-sha256.txt", TAGS)):
        text = text_of(folder, name)
        listed = dict(reversed(line.split("  ", 1)) for line in text.split("\n")[:-1] if line.count("  ") == 1)
        require("".join(digest + "  " + path + "\n" for path, digest in listed.items()) == text, name + " has a line that sha256sum would not take")
        require(set(listed) == due, name + " lists other files than a bundle has")
        for path, digest in listed.items():
            running = hashlib.sha256()
            with open(os.path.join(folder, path), "rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    running.update(piece)
            require(running.hexdigest() == digest, path + " was changed: its SHA-256 is not the one that is listed")

def committed(entry):
    """The places of commitments in an entry, and what stands there (docs/format.md "Commitments, pseudonyms, request tags")."""
    places = {"/data/" + name.replace("~", "~0").replace("/", "~1"): value["commit"] for name, value in entry["data"].items()
              if isinstance(value, dict) and set(value) == {"commit"}}
    places.update({"/evidence/%d" % i: item["digest"] for i, item in enumerate(entry.get("evidence", []))})
    return sorted(places.items())

class Shown:
    """Openings and numbers: what is shown is what was recorded, and what is said to be erased was erased by an entry."""
    def __init__(self, manifest, openings):
        self.account, self.redacted, self.rows = manifest["account"], manifest["openings"] == "redacted", openings
        require(manifest["openings"] in ("full", "redacted"), "manifest.json: openings are neither full nor redacted")
        self.range = manifest["scope"]["kind"] == "range"  # of a range, the entry that erases may lie outside
        self.openings, self.numbers = ({"full": 0, "withheld": 0, "erased": 0} for _ in range(2))
        self.erased, self.claimed = {}, {}
    def row(self, row, names, shown, what, tally, others):
        """`others`: it is about somebody whom the bundle is not about, and so withheld in a full one too."""
        kind = row.get("absent", "full")
        require(kind in tally and set(row) == set(names) | (shown if kind == "full" else {"absent"}), what + " has a row of another form")
        require(kind == "withheld" or not self.redacted, what + " is not withheld in a redacted bundle")
        require(kind != "withheld" or self.redacted or others, what + " is withheld, and a full bundle shows it")
        tally[kind] += 1
        return kind
    def entry(self, entry, others):
        for pointer, digest in committed(entry):
            row, _ = next(self.rows, ({}, None))
            place = {"id": "%d:%s" % (entry["seq"], pointer), "seq": entry["seq"], "pointer": pointer}
            require(canonical({name: row.get(name) for name in place}) == canonical(place), "openings.ndjson: no row for " + place["id"])
            kind = self.row(row, place, {"salt", "content"}, place["id"], self.openings, others)
            if kind == "full":
                content = base64.b64decode(row["content"], validate=True)
                found = hashlib.sha256(b"consent-ledger/content/v1\0" + hash_of(row["salt"]) + content).hexdigest()
                require(found == digest and base64.b64encode(content).decode() == row["content"], place["id"] + " is not what the entry commits to")
            elif kind == "erased":
                require("contact" in entry, place["id"] + " is said to be erased, and is about nobody")
                self.claimed[entry["contact"]] = entry["seq"]
        if entry["kind"] == "subject.erased":
            self.erased[entry["contact"]] = entry["seq"]
    def end(self, folder, contacts, strangers):
        require(next(self.rows, None) is None, "an opening is of no entry")
        last = ""
        for row, _ in lines_of(folder, "data/contacts.ndjson"):
            contact = row["contact"]
            require(contact in contacts and contact > last, "contacts.ndjson: %s has no entry, or stands out of order" % contact)
            contacts.remove(contact)
            last, kind = contact, self.row(row, {"contact"}, {"phone", "salt"}, "contact " + contact, self.numbers, contact in strangers)
            if kind == "full":
                text = b"consent-ledger/contact/v1\0" + hash_of(row["salt"]) + self.account.encode() + b"\0" + row["phone"].encode()
                require(hashlib.sha256(text).hexdigest() == contact, "a number is not that of contact " + contact)
            elif kind == "erased":
                require(self.range or contact in self.erased, "no entry erases contact " + contact)
        require(not contacts, "contacts.ndjson: a contact is missing")
        for contact, seq in self.claimed.items():
            require(self.range or self.erased.get(contact, -1) >= seq, "entry %d: a value is said to be erased, and no entry from there on erases it" % seq)

class Scope:
    """That nothing of the scope is missing (docs/bundle.md "Scopes")."""
    def __init__(self, manifest):
        self.scope, self.account, self.last = manifest["scope"], manifest["account"], manifest["last"]
        self.kind, self.counts, self.members, self.inside = self.scope["kind"], {}, set(), set()
        self.time, self.first, self.number, self.before, self.after = "", None, None, 0, 0
        asked = {"contact": {"contact"}, "list": {"list"}, "account": set(), "range": set(self.scope) & {"since", "until"}}
        require(self.kind in asked and set(self.scope) == {"kind"} | asked[self.kind], "the scope is unknown")
        times = [self.scope[name] for name in asked["range"]] if self.kind == "range" else ["2000-01-01T00:00:00.000Z"]
        require(times and all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time) for time in times), "the scope has no time")
    def outside(self, entry):
        """Of a range: that the entry is the one before it, or the one behind it."""
        return not self.scope.get("since", "") <= entry["recorded_at"] < self.scope.get("until", "~")
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
        self.before += self.time < self.scope.get("since", "")
        self.after += self.time >= self.scope.get("until", "~")
    def end(self):
        if self.kind == "contact":
            require(self.last == {"contact_seq": self.counts[self.scope["contact"]][0]}, "entries of the contact are missing at the end")
        elif self.kind == "list":
            require(set(self.counts) == self.members, "a contact was never on the list")
        elif self.kind == "account":
            require((self.first, self.last) == (1, {"account_seq": self.number}), "entries of the account are missing")
        else:
            begins, ends = self.before == 1 or (self.before == 0 and self.first == 1), self.after or self.last == {"account_seq": self.number}
            require(begins and ends, "the range does not begin or end where it should")

def begin_period(periods, entry):
    """A key of the history, as the ledger's own entries name it; ledger.restored need not repeat the one in force."""
    if entry["kind"] not in ("ledger.created", "ledger.restored", "key.rotated"):
        return
    rotated, data = entry["kind"] == "key.rotated", entry["data"]
    require(not rotated or data["old_key"] == periods[-1]["vkey"], "entry %d replaces another key than the one in force" % entry["seq"])
    vkey = data.get("new_key" if rotated else "key") or vkey_of(data["origin"], key_of(periods[-1]["vkey"])[-1])
    periods[-1:] = [dict(before, to_seq=entry["seq"] - 1) for before in periods[-1:]] + [{"vkey": vkey, "from_seq": entry["seq"]}]

def check_statement(entry, manifest):
    """export.issued says what manifest.json says, and leaves no room for entries of the account that it does not count."""
    said = dict(manifest["scope"], **manifest["last"])
    said.update(scope=said.pop("kind"), digest=manifest["digest"], entries=manifest["entries"]["count"], tree_size=manifest["tree_size"])
    require(entry["kind"] == "export.issued" and entry["account"] == manifest["account"] and canonical(entry["data"]) == canonical(said),
            "export.issued states something else")
    issued = {"seq": entry["seq"], "recorded_at": entry["recorded_at"], "token": entry.get("source", {}).get("token", "")}
    require(canonical(issued) == canonical(manifest["issued"]), "export.issued was recorded at another time, or by another token")
    require(0 <= manifest["tree_size"] <= entry["seq"], "export.issued states a longer log than there was")
    between = entry["account_seq"] - 1 - manifest["last"].get("account_seq", entry["account_seq"] - 1)
    require(0 <= between <= entry["seq"] - manifest["tree_size"], "export.issued is itself a later entry of the account than it says")

def check_entries(folder, manifest, size, root):
    """Both files of entries with their proofs and openings. Returns the keys that the ledger's own entries name, and what is shown."""
    inclusion, shown = lines_of(folder, "data/proofs/inclusion.ndjson"), Shown(manifest, lines_of(folder, "data/openings.ndjson"))
    scope, digest, previous, periods, contacts = Scope(manifest), hashlib.sha256(), -1, [], set()
    first, last, issued, kinds, context = None, None, None, {}, 0
    files = [zip(lines_of(folder, name), itertools.repeat(inside)) for inside, name in enumerate(("data/context.ndjson", "data/entries.ndjson"))]
    for (entry, line), inside in heapq.merge(*files, key=lambda item: item[0][0]["seq"]):
        seq = entry["seq"]
        require(type(seq) is int and seq > previous and canonical(entry["v"]) == "1", "entry %s is out of place" % seq)
        require((seq == 0) == (entry["kind"] == "ledger.created"), "entry %d: ledger.created is the first entry, and no other" % seq)
        previous, leaf = seq, hashlib.sha256(b"\0" + line).digest()
        proof, _ = next(inclusion, ({}, None))
        require(set(proof) == {"seq", "leaf_hash", "hashes"} and canonical([proof["seq"], proof["leaf_hash"]]) == canonical([seq, leaf.hex()]),
                "entry %d is not the one that its proof is of" % seq)
        require(included(seq, size, leaf, [hash_of(one) for one in proof["hashes"]], root), "entry %d is not under the checkpoint" % seq)
        shown.entry(entry, scope.outside(entry) if inside else entry["kind"] == "actor.defined")
        if inside:
            digest.update(line + b"\n")
            first, last = seq if first is None else first, seq
            require(seq < manifest["tree_size"], "entry %d is later than what was read" % seq)
            scope.add(entry)
            kinds[entry["kind"]] = kinds.get(entry["kind"], 0) + 1
            contacts.update([entry["contact"]] if "contact" in entry else [])
            scope.inside.update([entry["contact"]] if "contact" in entry and not scope.outside(entry) else [])
            continue
        context += 1
        require(entry.get("account", manifest["account"]) == manifest["account"] and entry["kind"] in CONTEXT and "contact" not in entry,
                "entry %d does not belong in context.ndjson" % seq)
        begin_period(periods, entry)
        issued = entry if seq == manifest["issued"]["seq"] else issued
    require(issued is not None and next(inclusion, None) is None, "export.issued is missing, or a proof is of no entry")
    check_statement(issued, manifest)
    require(digest.hexdigest() == manifest["digest"], "entries.ndjson is not what was issued")
    scope.end()
    shown.end(folder, contacts, contacts - scope.inside)
    counted = {"entries": {"count": sum(kinds.values()), "first_seq": first, "last_seq": last, "kinds": kinds}, "context": {"count": context},
               "openings_count": shown.openings, "contacts": shown.numbers}
    require(canonical({name: manifest[name] for name in counted}) == canonical(counted), "manifest.json counts otherwise")
    return periods, shown, scope.before + scope.after

def check_consistency(folder, manifest, size, root):
    sizes = []
    for row, _ in lines_of(folder, "data/proofs/consistency.ndjson"):
        path = [hash_of(one) for one in row["hashes"]]
        require(set(row) == {"from", "to", "from_root", "hashes"} and {type(row["from"]), type(row["to"])} == {int} and row["from"] > (sizes[-1] if sizes else 0), "consistency.ndjson has a row of another form")
        require(row["to"] == size and consistent(row["from"], size, hash_of(row["from_root"]), root, path),
                "the tree of %d entries is not the beginning of this one" % row["from"])
        sizes.append(row["from"])
    require(canonical(sizes) == canonical(manifest["earlier"]), "manifest.json names other earlier bundles")

def check_tags(folder, manifest):
    """bagit.txt and bag-info.txt have one form each."""
    sizes = [os.path.getsize(os.path.join(folder, name)) for name in DATA]
    info = "Source-Organization: %s\nExternal-Identifier: consent-evidence-%d\nExternal-Description: consent ledger, account %s, scope %s\n" % (
        manifest["origin"], manifest["issued"]["seq"], manifest["account"], manifest["scope"]["kind"])
    info += "Bagging-Date: %s\nBag-Software-Agent: %s\nPayload-Oxum: %d.%d\n" % (
        manifest["issued"]["recorded_at"][:10], manifest["program"], sum(sizes), len(sizes))
    bagit = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    require((text_of(folder, "bagit.txt"), text_of(folder, "bag-info.txt")) == (bagit, info), "bagit.txt or bag-info.txt is not what manifest.json says")

MANIFEST = {"format", "origin", "account", "scope", "openings", "issued", "tree_size", "checkpoint_size", "digest", "entries", "context",
            "openings_count", "contacts", "last", "earlier", "program"}

def check(folder, vkey):
    check_digests(folder)
    manifest, keys = (object_of(text_of(folder, name), name) for name in ("data/manifest.json", "data/keys.json"))
    other = CannotTell if str(manifest["format"]).startswith("consent-ledger-bundle/") else ValueError
    require(manifest["format"] == "consent-ledger-bundle/1", "the bundle is of another format", other)
    require(set(manifest) == MANIFEST, "manifest.json has other members")
    names = [period["vkey"] for period in keys["keys"]]
    known = vkey is None or vkey.strip() in names
    size, root = checkpoint_of(text_of(folder, "data/checkpoint"), names[-1] if known else vkey)
    require(size == manifest["checkpoint_size"] == manifest["issued"]["seq"] + 1, "the checkpoint is of another size")
    periods, shown, neighbours = check_entries(folder, manifest, size, root)
    require(canonical(keys) == canonical({"keys": periods, "origin": manifest["origin"]}) and key_of(names[-1])[0] == manifest["origin"], "keys.json is not what the ledger's entries say")
    require(known, "the ledger's entries name another key")
    check_consistency(folder, manifest, size, root)
    check_tags(folder, manifest)
    require(not known or vkey is None or key_of(vkey)[-1] == key_of(names[-1])[-1], "the key that you trust was replaced by " + names[-1] + ": find out from others whether that is so", CannotTell)
    return manifest, shown.openings, root, neighbours

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", metavar="VKEYFILE")
    parser.add_argument("folder", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    asked = parser.parse_args()
    try:
        vkey = open(asked.key, encoding="utf-8").read() if asked.key else None
        manifest, opened, root, neighbours = check(asked.folder, vkey)
    except (OSError, CannotTell) as reason:
        print("cannot tell:", reason)
        return 3
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as reason:
        print("ALTERED OR INCOMPLETE:", reason)
        return 1
    beside = ", and %d beside them, before or behind it" % neighbours if neighbours else ""
    print("intact: %d entries of scope %s%s, issued by entry %d of %s" % (
        manifest["entries"]["count"] - neighbours, manifest["scope"]["kind"], beside, manifest["issued"]["seq"], manifest["origin"]))
    print("opened %(full)d values, withheld %(withheld)d, erased %(erased)d" % opened)
    print("data/views, how-to-verify.txt and this script: compared with the digests that lie beside them, no more; certificate.txt and custody.csv: with nothing")
    print("stated by its signer: that nothing follows before entry %d, that no member of a list, and no second entry of one number, is left out" % manifest["tree_size"]
          + (", and that what is said to be erased was erased" if manifest["scope"]["kind"] == "range" else ""))
    if manifest["earlier"]:
        print("continues the trees of", *manifest["earlier"], "entries with the roots in consistency.ndjson")
    print("which bundles of this scope were issued before, nothing signed says: compare with the checkpoints that you kept")
    print("root " + root.hex() + ", signed" + ("" if asked.key else " by the key that the bundle names itself"))
    return 0

if __name__ == "__main__":
    sys.exit(main())
