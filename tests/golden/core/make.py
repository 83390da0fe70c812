#!/usr/bin/env python3
"""Makes the golden vectors of this folder with nothing but Python's standard library: a second implementation of docs/format.md.

    tests/golden/core/make.py          write ledger.ndjson and vectors.json
    tests/golden/core/make.py --check  exit 1 if they would come out differently

The vectors are compared with what the program computes; they change only with a format version.
"""

import base64
import hashlib
import json
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import ed25519  # noqa: E402

ORIGIN = "ledger.example/golden"
SEED = bytes(range(32))
CONTACT_KEY = bytes(range(32, 64))
ACCOUNT, PHONE = "acme", "+15550100123"


def canonical(value):
    """RFC 8785 for integers and for names whose order is the same in UTF-8 and UTF-16."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def base64_text(data):
    return base64.b64encode(data).decode()


# ---- docs/format.md "Hashes, chain and tree"

def leaf_hash(entry):
    return sha256(b"\x00", entry)


def root(leaves):
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\x01", root(leaves[:k]), root(leaves[k:]))


def split(n):
    return 1 << (n - 1).bit_length() - 1


def inclusion(index, leaves):
    if len(leaves) <= 1:
        return []
    k = split(len(leaves))
    if index < k:
        return inclusion(index, leaves[:k]) + [root(leaves[k:])]
    return inclusion(index - k, leaves[k:]) + [root(leaves[:k])]


def consistency(first, leaves, whole=True):
    if first == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if first <= k:
        return consistency(first, leaves[:k], whole) + [root(leaves[k:])]
    return consistency(first - k, leaves[k:], False) + [root(leaves[:k])]


# ---- docs/format.md "Notes and checkpoints" and "Proofs"

PUBLIC = ed25519.public_key(SEED)
KEY_ID = sha256(ORIGIN.encode(), b"\n\x01", PUBLIC)[:4]
VKEY = f"{ORIGIN}+{KEY_ID.hex()}+{base64_text(bytes([1]) + PUBLIC)}"


def checkpoint(leaves):
    text = f"{ORIGIN}\n{len(leaves)}\n{base64_text(root(leaves))}\n"
    return f"{text}\n\u2014 {ORIGIN} {base64_text(KEY_ID + ed25519.sign(SEED, text.encode()))}\n"


def tlog_proof(index, leaves):
    hashes = "".join(base64_text(h) + "\n" for h in inclusion(index, leaves))
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{hashes}\n{checkpoint(leaves)}"


# ---- docs/format.md "Commitments, pseudonyms, request tags"

def blake2b(key, *parts):
    return hashlib.blake2b(b"".join(parts), key=key, digest_size=32).digest()


def keyed(label, *parts):
    subkey = blake2b(CONTACT_KEY, b"consent-ledger/subkey/v1\x00", label)
    return blake2b(subkey, *[len(part).to_bytes(8, "big") + part for part in parts])


SALT = blake2b(CONTACT_KEY, b"consent-ledger/contact-salt/v1\x00", ACCOUNT.encode(), b"\x00", PHONE.encode())
CONTACT = sha256(b"consent-ledger/contact/v1\x00", SALT, ACCOUNT.encode(), b"\x00", PHONE.encode())
CONTENT, CONTENT_SALT = '{"agent":"agent-7","words":"yes, text me"}', bytes(range(64, 96))
COMMITMENT = sha256(b"consent-ledger/content/v1\x00", CONTENT_SALT, CONTENT.encode())


def tags(route, key, index, body):
    return {"key": keyed(b"request-key", ACCOUNT.encode(), route, key, index.to_bytes(8, "big")).hex(),
            "body": keyed(b"request-body", body).hex()}


# ---- The ledger

def state(opted_in, level, **more):
    return {"opted_in": opted_in, "blocked": False, "level": level, **more}


def drafts():
    """Five entries that between them have every member that there is."""
    subject = {"account": ACCOUNT, "contact": CONTACT.hex()}
    policy = {"pack": "texting", "rules": 1}
    yield {"kind": "ledger.created", "recorded_at": "2026-11-20T09:00:00.000Z", "actor": {"kind": "system", "id": "init"},
           "data": {"origin": ORIGIN, "key": VKEY, "format": 1, "contact_key_check": keyed(b"contact-key-check").hex()}}
    yield {"kind": "account.defined", "recorded_at": "2026-11-20T09:00:00.250Z", "account": ACCOUNT, "account_seq": 1, "data": {}}
    yield {"kind": "contact.added", "recorded_at": "2026-11-20T09:30:00.000Z", **subject, "account_seq": 2, "contact_seq": 1,
           "data": {"origin": "import", "batch": "b-1"}, "source": {"record": "row-1", "token": "t_4f"},
           "actor": {"kind": "import", "id": "nightly"}, "state": state(True, "none"), "policy": policy,
           "request": tags(b"changes", b"row-1", 0, b'{"kind":"contact.added"}')}
    yield {"kind": "opt_out.stop", "recorded_at": "2026-11-20T10:00:00.412Z", "occurred_at": "2026-11-20T10:00:00.000Z", **subject,
           "account_seq": 3, "contact_seq": 2, "contact_prev": 2, "channel": "sms", "to": "+15550199999",
           "actor": {"kind": "contact", "id": "contact"}, "source": {"platform": "twilio", "record": "SM1", "token": "t_4f"},
           "data": {"keyword": "stop", "language": "en", "match": "whole"}, "state": state(False, "none"), "policy": policy,
           "evidence": [{"kind": "inbound_sms", "occurred_at": "2026-11-20T10:00:00.000Z", "digest": COMMITMENT.hex(),
                         "fields": ["body", "from", "message_id", "received_at", "to"], "verified": True}],
           "request": tags(b"inbound", b"SM1", 0, b"{}")}
    yield {"kind": "opt_in.consent", "recorded_at": "2026-11-21T08:15:30.001Z", "occurred_at": "2026-11-21T08:10:00.000Z", **subject,
           "account_seq": 4, "contact_seq": 3, "contact_prev": 3, "channel": "voice", "to": "ACME.news",
           "actor": {"kind": "agent", "id": "agent-7"}, "source": {"platform": "crm", "record": "chg-991", "token": "t_4f"},
           "data": {"method": "call", "lists": ["promo"], "note": {"commit": COMMITMENT.hex()}, "words": "\u20ac \u00f6 \U0001f602 \"\\\n\u007f",
                    "numbers": [0, -1, 9007199254740991, -9007199254740991], "nothing": None, "flags": {"a": True, "b": False}},
           "state": state(True, "promotional", list={"id": "promo", "member": True}), "policy": policy,
           "evidence": [{"kind": "verbal_call", "digest": COMMITMENT.hex(), "fields": ["agent", "words"], "held_by": "crm",
                         "scope": {"purpose": "marketing", "lists": ["promo"], "seller": "Acme Shoes, Inc."}},
                        {"kind": "web_form", "digest": COMMITMENT.hex(), "fields": [], "for": 2, "verified": False}],
           "request": tags(b"changes", b"chg-991", 7, CONTENT.encode())}


def entries():
    lines, previous = [], bytes(32)
    for seq, draft in enumerate(drafts()):
        lines.append(canonical({"v": 1, "seq": seq, "prev": previous.hex(), **draft}))
        previous = leaf_hash(lines[-1])
    return lines


def vectors(lines):
    leaves = [leaf_hash(line) for line in lines]
    every = range(len(leaves) + 1)
    return {
        "origin": ORIGIN, "seed": SEED.hex(), "public_key": PUBLIC.hex(), "vkey": VKEY,
        "leaf_hashes": [h.hex() for h in leaves], "roots": [root(leaves[:n]).hex() for n in every],
        "inclusion": [{"index": i, "size": n, "proof": [h.hex() for h in inclusion(i, leaves[:n])]} for n in every for i in range(n)],
        "consistency": [{"first": m, "second": n, "proof": [h.hex() for h in consistency(m, leaves[:n])]}
                        for n in every for m in range(1, n + 1)],
        "checkpoint_2": checkpoint(leaves[:2]), "checkpoint": checkpoint(leaves), "proof_3": tlog_proof(3, leaves),
        "bundle": b"".join(len(line).to_bytes(2, "big") + line for line in lines).hex(),
        "contact_key": CONTACT_KEY.hex(), "account": ACCOUNT, "phone": PHONE, "salt": SALT.hex(), "contact": CONTACT.hex(),
        "check_value": keyed(b"contact-key-check").hex(),
        "message_id": keyed(b"message-id", ACCOUNT.encode(), b"twilio", b"SM1").hex(),
        "request": tags(b"changes", b"chg-991", 7, CONTENT.encode()),
        "content": CONTENT, "content_salt": CONTENT_SALT.hex(), "commitment": COMMITMENT.hex(),
    }


def files():
    lines = entries()
    made = vectors(lines)
    trailer = {"trailer": {"entries": len(lines), "first_seq": 0, "last_seq": len(lines) - 1, "checkpoint": made["checkpoint"]}}
    return {
        "ledger.ndjson": b"".join(line + b"\n" for line in [*lines, canonical(trailer)]),
        "vectors.json": (json.dumps(made, indent=1, sort_keys=True) + "\n").encode(),
    }


def main():
    if sys.argv[1:] == ["--check"]:
        stale = [name for name, data in files().items() if (HERE / name).read_bytes() != data]
        print("stale: " + ", ".join(stale) if stale else "the golden vectors are what docs/format.md makes")
        return 1 if stale else 0
    for name, data in files().items():
        (HERE / name).write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
