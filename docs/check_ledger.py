#!/usr/bin/env python3
"""Checks a whole-ledger export (consent-ledger export --format ndjson) with Python's standard library alone: the form of each entry, the chain, the
order, the counts, the Merkle root and the Ed25519 signature. It shares no line with the ledger or its verifier: docs/format.md is all it was written
from. What `data` of each kind may hold, and whether the rules were kept, is for consent-verify.

    python3 check_ledger.py EXPORT [VKEYFILE]      exit 0 intact, 1 altered, 2 usage, 3 cannot tell

Without VKEYFILE the key is the one that entry 0 names: then the ledger vouches for itself."""
import base64, datetime, hashlib, json, re, sys

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
    due = hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8]
    require(public[:1] == b"\x01" and due == identity, "the key's name and id do not belong together")
    return name, public[1:]

def checkpoint_of(note, name, public):
    text, _, signatures = note.rpartition("\n\n")
    identity = hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4]
    origin, size, root = (text + "\n").split("\n")[:3]
    for line in signatures.splitlines():
        dash, signer, blob = line.split(" ")
        blob = base64.b64decode(blob, validate=True)
        if dash == "\u2014" and signer == name == origin and blob[:4] == identity and signed(public, (text + "\n").encode(), blob[4:]):
            return int(size), base64.b64decode(root, validate=True)
    raise ValueError("the checkpoint is not signed by this key")

# ---- The entries (docs/format.md "Entry" and "Canonical JSON")
LONGEST, LARGEST = 65_535, 2**53 - 1
ID, HEX, TIME = "[A-Za-z0-9._:-]{1,128}", "[0-9a-f]{64}", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z"
SCOPE = {"lists?": [ID, 1, 64], "purpose?": "[^\x00-\x1f\x7f]{1,128}", "seller?": "[^\x00-\x1f\x7f]{1,128}"}
ITEM = {"digest": HEX, "fields": [ID, 0, LONGEST], "for?": 0, "held_by?": ID, "kind": ID, "occurred_at?": TIME, "scope?": SCOPE, "verified?": bool}
STATE = {"blocked": bool, "level": "none|conversational|informational|promotional", "list?": {"id": ID, "member": bool}, "opted_in": bool}
ENTRY = {"account?": "[a-z0-9][a-z0-9-]{0,62}", "account_seq?": 1, "actor?": {"id": ID, "kind": "agent|api|contact|import|system"}, "channel?": ID,
         "contact?": HEX, "contact_prev?": 0, "contact_seq?": 1, "data": dict, "evidence?": [ITEM, 1, 16], "kind": "[a-z][a-z0-9_.]{0,127}",
         "occurred_at?": TIME, "policy?": {"pack": ID, "rules": 0}, "prev": HEX, "recorded_at": TIME, "request?": {"body": HEX, "key": HEX}, "seq": 0,
         "source?": {"platform?": ID, "record?": ID, "token?": ID}, "state?": STATE, "to?": "[+]?" + ID, "v": 1}
TRAILER = {"checkpoint": "(?s).*", "entries": 0, "first_seq": 0, "last_seq": -1}

def require(true, what, kind=ValueError):
    if not true:
        raise kind(what)

def fits(value, form):
    """Whether it has that form: a pattern, the least integer, [form of the items, least and most of them], {name, with ? if optional: form}, a type."""
    if isinstance(form, str):
        return isinstance(value, str) and re.fullmatch(form, value) is not None and len(value.encode()) <= LONGEST and (form != TIME or is_time(value))
    if type(form) is int:
        return type(value) is int and form <= value <= LARGEST
    if isinstance(form, list):
        return type(value) is list and form[1] <= len(value) <= form[2] and all(fits(one, form[0]) for one in value)
    if isinstance(form, dict):
        forms = {name.rstrip("?"): one for name, one in form.items()}
        return type(value) is dict and value and {name for name in form if name[-1] != "?"} <= set(value) <= set(forms) and all(
            fits(one, forms[name]) for name, one in value.items())
    return type(value) is form

def is_time(text):
    try:  # the year 0 has a day more in February, as the year 4
        return bool(datetime.datetime(int(text[:4]) or 4, *(int(text[at:at + 2]) for at in (5, 8, 11, 14, 17))))
    except ValueError:
        return False

def is_entry(entry):
    """Each member has its form, and those that go together are there together (which number is due, the counts say)."""
    together = ("account" in entry) == ("account_seq" in entry) and ("contact" in entry) == ("contact_seq" in entry)
    nested = ("account" in entry or "contact" not in entry) and ("contact" in entry or "contact_prev" not in entry)
    fields = [item["fields"] for item in entry.get("evidence", [])] if fits(entry, ENTRY) and entry["v"] == 1 else None
    return together and nested and fields is not None and all(names == sorted(set(names)) for names in fields)

class Tree:
    """RFC 6962, by the right edge alone: a full subtree for each bit of the size."""
    def __init__(self):
        self.edge = []
    def add(self, leaf):
        height = 0
        while self.edge and self.edge[-1][0] == height:
            leaf, height = hashlib.sha256(b"\x01" + self.edge.pop()[1] + leaf).digest(), height + 1
        self.edge.append((height, leaf))
    def root(self):
        root = self.edge[-1][1] if self.edge else hashlib.sha256(b"").digest()
        for _, left in reversed(self.edge[:-1]):
            root = hashlib.sha256(b"\x01" + left + root).digest()
        return root

def canonical(value, depth=1):
    """RFC 8785 for what an entry may hold: integers, text, no fractions. Names sort by UTF-16 code units."""
    require(depth <= 32 or not isinstance(value, (dict, list)), "nested too deeply")
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(name, ensure_ascii=False) + ":" + canonical(value[name], depth + 1) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(one, depth + 1) for one in value) + "]"
    require(not isinstance(value, float) and (not isinstance(value, int) or abs(value) <= LARGEST), "a number that is no integer, or too large")
    return json.dumps(value, ensure_ascii=False)

def object_of(line, what):
    value = json.loads(line)
    require(isinstance(value, dict) and canonical(value).encode() == line, what + "not in its canonical form")
    return value

class Counts:
    """That no entry of an account or a contact is missing, by the numbers that they have."""
    def __init__(self):
        self.accounts, self.contacts = {}, {}
    def add(self, entry, where):
        account, contact = entry.get("account"), (entry.get("account"), entry.get("contact"))
        if account is not None:
            self.accounts[account] = self.accounts.get(account, 0) + 1
            require(entry["account_seq"] == self.accounts[account], where + "the account's count is broken")
        if contact[1] is not None:
            number, before = self.contacts.get(contact, (0, None))
            require((entry["contact_seq"], entry.get("contact_prev")) == (number + 1, before), where + "the contact's history is broken")
            self.contacts[contact] = (number + 1, entry["seq"])

def another_key(entry, names, where):
    """Notes the ledger's names in `names`: a copy that was put back goes on under a new one, with the same key. Says so if it has another."""
    require((entry["seq"] == 0) == (entry["kind"] == "ledger.created"), where + "ledger.created is the first entry, and no other")
    if entry["kind"] in ("ledger.created", "ledger.restored"):
        key = key_of(entry["data"]["key"]) if entry["seq"] == 0 or "key" in entry["data"] else (entry["data"]["origin"], *list(names.values())[:1])
        require(key[0] == entry["data"]["origin"], where + "the key has another name than the ledger")
        names[key[0]] = key[1]
    return entry["kind"] == "key.rotated" or len(set(names.values())) > 1

def check(path, vkey):
    tree, counts, names, doubt, trailer = Tree(), Counts(), {}, None, None
    previous, newest, seq = "0" * 64, "", 0
    with open(path, "rb") as lines:
        for line in iter(lambda: lines.readline(LONGEST + 2), b""):
            where = f"entry {seq}: "
            require(trailer is None, "something stands behind the trailer")
            if line.startswith(b'{"trailer":'):
                trailer = object_of(line[:-1] if line[-1:] == b"\n" else line, "the trailer: ")
                require(fits(trailer, {"trailer": TRAILER}), "the trailer has another form")
                continue
            require(len(line) < LONGEST + 2, where + "longer than an entry can be")
            require(line[-1:] == b"\n", "the export is cut off in the middle of a line", EOFError)
            entry = object_of(line[:-1], where)
            other = type(entry.get("v")) is int and entry["v"] != 1  # its place can be checked, and its meaning cannot
            require(other or is_entry(entry), where + "not of the form that entries have")
            require(canonical([entry["seq"], entry["prev"]]) == canonical([seq, previous]), where + "does not follow the one before it")
            if other:
                doubt = doubt or where + "of a format that is newer than this script"
            elif doubt is None:
                require(entry["recorded_at"] >= newest, where + "recorded before the one before it")
                newest = entry["recorded_at"]
                counts.add(entry, where)
                doubt = where + "another key signs from here on" if another_key(entry, names, where) else None
            leaf = hashlib.sha256(b"\x00" + line[:-1]).digest()
            tree.add(leaf)
            previous, seq = leaf.hex(), seq + 1
    require(trailer is not None, "the export has no trailer: it is cut off", EOFError)
    said = trailer["trailer"]
    require((said["entries"], said["first_seq"], said["last_seq"]) == (seq, 0, seq - 1), "entries are missing at the end, or this is no whole ledger")
    require(doubt is None, doubt, EOFError)
    name, public = key_of(vkey) if vkey else next(iter(names.items()))
    size, root = checkpoint_of(said["checkpoint"], list(names)[-1], public)
    require(name in names, "the key is of a ledger with another name")
    require(public in names.values(), "the ledger names another key")
    require((size, root) == (seq, tree.root()), "the entries are not those that were signed")
    return seq, root.hex()

def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        vkey = open(arguments[2], encoding="utf-8").read() if len(arguments) == 3 else None
        entries, root = check(arguments[1], vkey)
    except (OSError, EOFError) as reason:
        print("cannot tell:", reason)
        return 3
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as reason:
        print("ALTERED:", reason)
        return 1
    print(f"intact: {entries} entries, root {root}, signed" + ("" if vkey else " by the key that the ledger names itself"))
    print("not looked at: what the data of each kind may hold, and whether the rules were kept; consent-verify does")
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv))
