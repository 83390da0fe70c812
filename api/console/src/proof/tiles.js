// Consistency proofs out of the log's hash tiles (C2SP tlog-tiles), which anybody may read: the service makes no proof, so it cannot choose
// what to prove.
import { nodeHash } from "./tree.js";

const width = 256n;

/** `tile/<level>/<n>` with n in groups of three digits, and its width where it is partial. */
export function tilePath(level, n, partial) {
  let rest = String(n % 1000n).padStart(3, "0");
  for (let higher = n / 1000n; higher > 0n; higher /= 1000n) rest = `x${String(higher % 1000n).padStart(3, "0")}/${rest}`;
  return `/tile/${level}/${rest}${partial ? `.p/${partial}` : ""}`;
}

/** Reads nodes of the tree of `size` leaves; `fetchTile(path)` gives a tile's bytes. */
class TreeReader {
  constructor(size, fetchTile) {
    this.size = size;
    this.fetchTile = fetchTile;
    this.tiles = new Map();
  }

  async tile(level, n) {
    const hashes = this.size / width ** BigInt(level);
    const full = (n + 1n) * width <= hashes;
    const path = tilePath(level, n, full ? 0 : Number(hashes % width));
    if (!this.tiles.has(path)) this.tiles.set(path, await this.fetchTile(path));
    return this.tiles.get(path);
  }

  /** The root of the complete subtree of 2^height leaves that is the index-th of its height. */
  async complete(height, index) {
    const level = Math.floor(height / 8);
    const rest = height - level * 8;
    const first = index << BigInt(rest);
    const tile = await this.tile(level, first / width);
    let hashes = [];
    for (let i = 0n; i < 1n << BigInt(rest); ++i) {
      const at = Number((first + i) % width) * 32;
      if (tile.length < at + 32) throw new Error("a tile is shorter than its tree");
      hashes.push(tile.subarray(at, at + 32));
    }
    while (hashes.length > 1) hashes = pairs(hashes);
    return hashes[0];
  }

  /** The root of leaves begin to end, as RFC 6962 cuts them: begin is a multiple of a power of two that is no less than their number. */
  async subtree(begin, end) {
    const count = end - begin;
    if ((count & (count - 1n)) === 0n) return this.complete(count.toString(2).length - 1, begin / count);
    const split = largestPowerBelow(count);
    return nodeHash(await this.subtree(begin, begin + split), await this.subtree(begin + split, end));
  }
}

function pairs(hashes) {
  const above = [];
  for (let i = 0; i < hashes.length; i += 2) above.push(nodeHash(hashes[i], hashes[i + 1]));
  return above;
}

/** The largest power of two that is less than n; n > 1. */
function largestPowerBelow(n) {
  return 1n << BigInt((n - 1n).toString(2).length - 1);
}

/** RFC 6962 2.1.2: the proof that the tree of `second` leaves begins with that of `first`. */
export async function consistencyProof(first, second, fetchTile) {
  if (first === 0n || first >= second) return [];
  const reader = new TreeReader(second, fetchTile);
  const proof = [];
  let [begin, end, whole] = [0n, second, true]; // `whole`: the older tree is the subtree itself so far, so its root is known
  while (first !== end) {
    const split = begin + largestPowerBelow(end - begin);
    if (first <= split) {
      proof.push(await reader.subtree(split, end));
      end = split;
    } else {
      proof.push(await reader.subtree(begin, split));
      begin = split;
      whole = false;
    }
  }
  if (!whole) proof.push(await reader.subtree(begin, end));
  return proof.reverse();
}
