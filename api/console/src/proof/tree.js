// The Merkle tree of RFC 6962: hashes, inclusion (RFC 9162 2.1.3.2) and consistency (2.1.4.2). Sizes and indexes are BigInt.
import { sha256 } from "@noble/hashes/sha2";
import { concat, equal } from "./bytes.js";

const zero = Uint8Array.of(0);
const one = Uint8Array.of(1);

export const leafHash = (entry) => sha256(concat(zero, entry));
export const nodeHash = (left, right) => sha256(concat(one, left, right));

/** The root that a path leads to from a leaf, or null where the path has not the length that index and size ask for. */
export function rootOf(index, size, leaf, path) {
  if (index >= size) return null;
  let fn = index;
  let sn = size - 1n;
  let hash = leaf;
  for (const sibling of path) {
    if (sn === 0n) return null;
    if (fn & 1n || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? hash : null;
}

/** True if the tree of `second` entries begins with the whole tree of `first`. */
export function consistent(first, second, firstRoot, secondRoot, proof) {
  if (first > second) return false;
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot);
  if (first === 0n) return proof.length === 0;
  const powerOfTwo = (first & (first - 1n)) === 0n;
  const path = powerOfTwo ? [firstRoot, ...proof] : proof;
  if (path.length === 0) return false;
  let fn = first - 1n;
  let sn = second - 1n;
  while (fn & 1n) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let older = path[0];
  let newer = path[0];
  for (const hash of path.slice(1)) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      older = nodeHash(hash, older);
      newer = nodeHash(hash, newer);
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      newer = nodeHash(newer, hash);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equal(older, firstRoot) && equal(newer, secondRoot);
}
