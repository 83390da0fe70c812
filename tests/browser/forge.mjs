// A log of a server that lies: every entry as its maker wants it, under a tree, a checkpoint and a key that fit.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { inclusion, leafOf, tree } from "./rfc6962.mjs";

const base64 = (bytes) => Buffer.from(bytes).toString("base64");

/** An Ed25519 key of its own under a name. */
export class Signer {
  constructor(name) {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    this.name = name;
    this.secret = privateKey;
    const key = Buffer.concat([Buffer.from([1]), publicKey.export({ type: "spki", format: "der" }).subarray(-32)]);
    this.id = createHash("sha256").update(`${name}\n`).update(key).digest().subarray(0, 4);
    this.vkey = `${name}+${this.id.toString("hex")}+${base64(key)}`;
  }

  /** The signed note; `origin` may be another than the name it is signed under. */
  checkpoint(size, root, origin = this.name) {
    const text = `${origin}\n${size}\n${base64(root)}\n`;
    return `${text}\n\u2014 ${this.name} ${base64(Buffer.concat([this.id, sign(null, Buffer.from(text), this.secret)]))}\n`;
  }
}

/** A log of `size` entries with one that is given, at its place. */
export class Forged {
  constructor({ at = 27, entry, size = 40, signer = new Signer("ledger.example.com/forged") }) {
    this.entry = Buffer.from(entry);
    this.signer = signer;
    this.leaves = Array.from({ length: size }, (_, i) => leafOf(i === at ? this.entry : `entry ${i}`));
    this.at = at;
  }

  /** The receipt; what is given is not as it should be. */
  proof({ index = this.at, path = inclusion(this.at, this.leaves), note = this.checkpoint() } = {}) {
    return `c2sp.org/tlog-proof@v1\nindex ${index}\n${path.map((hash) => `${base64(hash)}\n`).join("")}\n${note}`;
  }

  checkpoint(options = {}) {
    return this.signer.checkpoint(options.size ?? this.leaves.length, options.root ?? tree(this.leaves), options.origin);
  }
}

/** An entry as it must be written, of members that are. */
export function written(members) {
  const sorted = (value) => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.keys(value).sort().map((name) => [name, sorted(value[name])]));
  };
  return JSON.stringify(sorted(members));
}

export const plain = {
  v: 1, seq: 27, prev: "0".repeat(64), recorded_at: "2026-11-20T10:00:00.412Z", occurred_at: "2026-11-20T10:00:00.000Z", account: "acme", account_seq: 20,
  contact: "a".repeat(64), contact_seq: 1, kind: "opt_out.stop", data: { keyword: "stop" }, actor: { kind: "contact", id: "contact" },
  state: { opted_in: false, blocked: false, level: "none" },
};
