// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), verifier keys, and receipts (tlog-proof).
import * as ed25519 from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2";
import { concat, equal, fromBase64, toHex, utf8 } from "./bytes.js";

ed25519.etc.sha512Sync = (...parts) => sha512(concat(...parts));

/** `name+id+base64(01 key)`, as in /v1/keys. Throws with a sentence for whoever pasted it. */
export function parseKey(text) {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  if (!match) throw new Error("A verifier key looks like name+1a2b3c4d+base64.");
  const [, name, id, encoded] = match;
  let bytes;
  try {
    bytes = fromBase64(encoded);
  } catch {
    throw new Error("The last part of the key is not base64.");
  }
  if (bytes.length !== 33 || bytes[0] !== 1) throw new Error("This is no Ed25519 key.");
  if (toHex(sha256(concat(utf8(`${name}\n`), bytes)).subarray(0, 4)) !== id) {
    throw new Error("The key does not belong to its name and id: a character is wrong or missing.");
  }
  return { name, id, key: bytes.subarray(1), text: text.trim() };
}

/** A checkpoint without its signatures checked: {origin, size, root, text, signatures}. Throws where it is none. */
export function parseCheckpoint(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) throw new Error("The checkpoint is no signed note.");
  const text = note.slice(0, end + 1);
  const lines = text.split("\n");
  if (lines.length !== 4 || !lines[0] || !/^(0|[1-9][0-9]{0,18})$/.test(lines[1])) throw new Error("The checkpoint has another form.");
  const root = fromBase64(lines[2]);
  if (root.length !== 32) throw new Error("The checkpoint's root is no SHA-256 hash.");
  const signatures = note
    .slice(end + 2, -1)
    .split("\n")
    .map((line) => /^\u2014 (\S+) (\S+)$/.exec(line))
    .map((match) => match && { name: match[1], bytes: fromBase64(match[2]) });
  if (signatures.includes(null)) throw new Error("A signature line has another form.");
  return { origin: lines[0], size: BigInt(lines[1]), root, text, signatures, note };
}

/** True if the key signed the checkpoint, under its own name, which is the log's origin. */
export function signedBy(checkpoint, key) {
  const signed = checkpoint.signatures.find(
    (one) => one.name === key.name && one.bytes.length === 68 && toHex(one.bytes.subarray(0, 4)) === key.id,
  );
  if (!signed || checkpoint.origin !== key.name) return false;
  try {
    return ed25519.verify(signed.bytes.subarray(4), utf8(checkpoint.text), key.key, { zip215: false });
  } catch {
    return false;
  }
}

/** {index, path, checkpoint} of a tlog-proof. Throws where it is none. */
export function parseProof(text) {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  const index = /^index (0|[1-9][0-9]{0,18})$/.exec(lines[1] || "");
  if (end < 0 || lines[0] !== "c2sp.org/tlog-proof@v1" || !index) throw new Error("The proof has another form.");
  const path = lines.slice(2).map(fromBase64);
  if (path.length > 64 || path.some((hash) => hash.length !== 32)) throw new Error("The proof has a hash of another length.");
  return { index: BigInt(index[1]), path, checkpoint: parseCheckpoint(text.slice(end + 2)) };
}

export const sameRoot = (a, b) => a.size === b.size && equal(a.root, b.root);
