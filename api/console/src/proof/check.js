// Whether an entry is in the signed log: every step by itself, so that the page can say which one failed.
import { equal, toHex } from "./bytes.js";
import { readEntry } from "./entry.js";
import { parseKey, parseProof, signedBy } from "./note.js";
import { leafHash, rootOf } from "./tree.js";

/** Runs one step after the other, up to the first that fails or throws. */
class Steps {
  constructor() {
    this.taken = [];
  }

  /** `run` gives {ok, detail}; what it throws is why the step failed. */
  take(what, run) {
    if (this.failed) return;
    let came;
    try {
      came = run();
    } catch (error) {
      came = { ok: false, detail: error.message };
    }
    this.taken.push({ what, ...came });
    this.failed = !came.ok;
  }
}

/**
 * `entry`: the exact bytes; `proof`: the tlog-proof; `key`: a verifier key. Gives {ok, leaf, entry, proof, steps: [{what, ok, detail}]}; steps
 * after the first that fails are left out. `entry` is what those very bytes say, and null unless all is well: nothing else may be shown as proven.
 */
export function checkEntry({ seq, entry, proof, key }) {
  const steps = new Steps();
  const leaf = leafHash(entry);
  let said;
  let read = null;
  steps.take("The bytes are an entry, written in the one way that there is", () => {
    said = readEntry(entry);
    return { ok: true, detail: `${entry.length} bytes` };
  });
  steps.take("The entry says its own place in the log", () => ({ ok: said.seq === Number(seq) && String(said.seq) === String(seq), detail: `seq ${said.seq}` }));
  steps.take("The proof is for that place", () => {
    read = parseProof(proof);
    return { ok: String(read.index) === String(seq), detail: `index ${read.index}` };
  });
  steps.take("The hashes lead from the bytes to the root that the checkpoint names", () => {
    const root = rootOf(read.index, read.checkpoint.size, leaf, read.path);
    return { ok: root !== null && equal(root, read.checkpoint.root), detail: `${read.path.length} hashes, a log of ${read.checkpoint.size} entries` };
  });
  steps.take("The checkpoint is signed by the key", () => {
    const trusted = parseKey(key);
    return { ok: signedBy(read.checkpoint, trusted), detail: `${trusted.name}, key ${trusted.id}` };
  });
  const ok = !steps.failed;
  return { ok, leaf: toHex(leaf), entry: ok ? said : null, proof: read, steps: steps.taken };
}
