// Whether an entry is in the signed log: every step by itself, so that the page can say which one failed.
import { equal, toHex } from "./bytes.js";
import { parseKey, parseProof, signedBy } from "./note.js";
import { leafHash, rootOf } from "./tree.js";

/**
 * `entry`: the exact bytes; `proof`: the tlog-proof; `key`: a verifier key. Gives {ok, leaf, proof, steps: [{what, ok, detail}]}; steps
 * after the first that fails are left out.
 */
export function checkEntry({ seq, entry, proof, key }) {
  const steps = [];
  const leaf = leafHash(entry);
  const result = { ok: false, leaf: toHex(leaf), steps, proof: null };
  const step = (what, ok, detail) => {
    steps.push({ what, ok, detail });
    return ok;
  };
  try {
    const own = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(entry)).seq;
    if (!step("The entry says its own place in the log", String(own) === String(seq), `seq ${own}`)) return result;
    const read = parseProof(proof);
    result.proof = read;
    if (!step("The proof is for that place", String(read.index) === String(seq), `index ${read.index}`)) return result;
    const root = rootOf(read.index, read.checkpoint.size, leaf, read.path);
    const included = root !== null && equal(root, read.checkpoint.root);
    const hashes = `${read.path.length} hashes lead from the entry's bytes to ${root ? "a root" : "nothing"}`;
    if (!step(`The bytes are entry ${seq} of the ${read.checkpoint.size} under the checkpoint`, included, hashes)) return result;
    const trusted = parseKey(key);
    if (!step("The checkpoint is signed by the key", signedBy(read.checkpoint, trusted), `${trusted.name}, key ${trusted.id}`)) return result;
  } catch (error) {
    step("What the server sent can be read", false, error.message);
    return result;
  }
  result.ok = true;
  return result;
}
