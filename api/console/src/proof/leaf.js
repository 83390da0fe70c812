// Which entry has a leaf hash: the log's own hash tiles say it, which anybody may read.
import { toHex } from "./bytes.js";
import { tilePath } from "./tiles.js";

const width = 256n;
const hashBytes = 32;
// Fetched at a time.
const together = 8;

/**
 * The place of the entry with this leaf hash (64 digits, hexadecimal) in the log of `size` entries, newest first, or null. `fetchTile(path)` gives a
 * tile's bytes; `told(seen)`: so many entries were looked through.
 */
export async function findLeaf(hash, size, fetchTile, told) {
  const tiles = (size + width - 1n) / width;
  for (let end = tiles; end > 0n; ) {
    const some = [];
    for (let n = end - 1n; n >= 0n && some.length < together; --n) some.push(n);
    const come = await Promise.all(some.map((n) => fetchTile(tilePath(0, n, (n + 1n) * width <= size ? 0 : Number(size % width)))));
    for (const [i, tile] of come.entries()) {
      for (let at = 0; at + hashBytes <= tile.length; at += hashBytes) {
        if (toHex(tile.subarray(at, at + hashBytes)) === hash) return some[i] * width + BigInt(at / hashBytes);
      }
    }
    end = some.at(-1);
    told(size - end * width);
  }
  return null;
}
