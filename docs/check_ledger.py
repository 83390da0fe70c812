#!/usr/bin/env python3
"""Checks a whole-ledger export (consent-ledger export --format ndjson) with Python's standard library alone: the chain, the order, the counts,
the Merkle root and the Ed25519 signature. It shares no line with the ledger or its verifier: docs/format.md is all it was written from.

    python3 check_ledger.py EXPORT [VKEYFILE]      exit 0 intact, 1 altered, 2 usage, 3 cannot tell

Without VKEYFILE the key is the one that entry 0 names: then the ledger vouches for itself."""
import base64
import hashlib
import json
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


# ---- C2SP signed notes and checkpoints (docs/format.md "Notes and checkpoints")
def key_of(vkey):
    name, identity, public = vkey.strip().split("+", 2)
    public = base64.b64decode(public, validate=True)
    if public[:1] != b"\x01" or hashlib.sha256(name.encode() + b"\n" + public).hexdigest()[:8] != identity:
        raise ValueError("the key's name and id do not belong together")
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


def canonical(value):
    """RFC 8785 for what an entry may hold: integers, text, no fractions. Names sort by UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(json.dumps(name, ensure_ascii=False) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, float):
        raise ValueError("a fraction")
    return json.dumps(value, ensure_ascii=False)


def check(path, vkey):
    tree, previous, newest, counts, last, seq = Tree(), "0" * 64, "", {}, {}, 0
    trailer, names = None, []
    with open(path, "rb") as lines:
        for line in lines:
            entry = json.loads(line)
            if trailer is not None:
                raise ValueError("something stands behind the trailer")
            if "trailer" in entry:
                trailer = entry["trailer"]
                continue
            line = line.rstrip(b"\n")
            where = f"entry {seq}: "
            if canonical(entry).encode() != line:
                raise ValueError(where + "not in its canonical form")
            if entry["seq"] != seq or entry["prev"] != previous:
                raise ValueError(where + "does not follow the one before it")
            if entry["recorded_at"] < newest:
                raise ValueError(where + "recorded before the one before it")
            account, contact = entry.get("account"), (entry.get("account"), entry.get("contact"))
            if account is not None:
                counts[account] = counts.get(account, 0) + 1
                if entry["account_seq"] != counts[account]:
                    raise ValueError(where + "the account's count is broken")
            if contact[1] is not None:
                number, before = last.get(contact, (0, None))
                if entry["contact_seq"] != number + 1 or entry.get("contact_prev") != before:
                    raise ValueError(where + "the contact's history is broken")
                last[contact] = (number + 1, seq)
            if seq == 0:
                first, vkey = entry["data"]["key"], vkey or entry["data"]["key"]
            if entry["kind"] in ("ledger.created", "ledger.restored"):
                names.append(entry["data"]["origin"])  # an older copy that was put back goes on under a new name, with the same key
                if seq > 0 and "key" in entry["data"] and key_of(entry["data"]["key"]) != (names[-1], key_of(first)[1]):
                    raise EOFError(where + "another key signs from here on")
            leaf = hashlib.sha256(b"\x00" + line).digest()
            tree.add(leaf)
            previous, newest, seq = leaf.hex(), entry["recorded_at"], seq + 1
    if trailer is None:
        raise EOFError("the export has no trailer: it is cut off")
    if (trailer["entries"], trailer["first_seq"], trailer["last_seq"]) != (seq, 0, seq - 1):
        raise ValueError("entries are missing at the end, or this is no whole ledger")
    name, public = key_of(vkey)
    size, root = checkpoint_of(trailer["checkpoint"], names[-1], public)
    if name not in names:
        raise ValueError("the key is of a ledger with another name")
    if (size, root) != (seq, tree.root()):
        raise ValueError("the entries are not those that were signed")
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
    except (ValueError, KeyError, TypeError, IndexError) as reason:
        print("ALTERED:", reason)
        return 1
    print(f"intact: {entries} entries, root {root}, signed" + ("" if vkey else " by the key that the ledger names itself"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
