// The Merkle tree of RFC 6962 once more, with node's own SHA-256: what the console's is held against.
import { createHash } from "node:crypto";

const sha = (...parts) => new Uint8Array(createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest());
export const leafOf = (entry) => sha([0], entry);
export const nodeOf = (left, right) => sha([1], left, right);
const split = (n) => 2 ** (Math.ceil(Math.log2(n)) - 1);

export function tree(leaves) {
  if (leaves.length === 1) return leaves[0];
  return nodeOf(tree(leaves.slice(0, split(leaves.length))), tree(leaves.slice(split(leaves.length))));
}

export function inclusion(i, leaves) {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return i < k ? [...inclusion(i, leaves.slice(0, k)), tree(leaves.slice(k))] : [...inclusion(i - k, leaves.slice(k)), tree(leaves.slice(0, k))];
}
