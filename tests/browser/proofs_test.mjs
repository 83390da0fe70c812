// The console's proofs by themselves, bundled as they are for the page: trees of every small size and a large one, and everything altered.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { load } from "./bundled.mjs";

const { consistent, rootOf } = await load("proof/tree.js");
const { consistencyProof, tilePath } = await load("proof/tiles.js");
const { parseKey, parseCheckpoint, signedBy } = await load("proof/note.js");
const { checkEntry } = await load("proof/check.js");

// ---- RFC 6962 once more, with node's own SHA-256
const sha = (...parts) => new Uint8Array(createHash("sha256").update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest());
const leaf = (i) => sha([0], `entry ${i}`);
const node = (left, right) => sha([1], left, right);
const split = (n) => 2 ** (Math.ceil(Math.log2(n)) - 1);
const tree = (hashes) => (hashes.length === 1 ? hashes[0] : node(tree(hashes.slice(0, split(hashes.length))), tree(hashes.slice(split(hashes.length)))));
function inclusion(i, hashes) {
  if (hashes.length === 1) return [];
  const k = split(hashes.length);
  return i < k ? [...inclusion(i, hashes.slice(0, k)), tree(hashes.slice(k))] : [...inclusion(i - k, hashes.slice(k)), tree(hashes.slice(0, k))];
}
const leaves = Array.from({ length: 700 }, (_, i) => leaf(i));
const same = (a, b) => a !== null && Buffer.from(a).equals(Buffer.from(b));

/** Tiles of the first `size` leaves, of exactly the widths that a log serves. */
function tilesOf(size) {
  return async (path) => {
    const [, level, n, partial] = /^\/tile\/(\d+)\/(\d{3})(?:\.p\/(\d+))?$/.exec(path);
    const each = 256 ** Number(level);
    const width = Number(partial || 256);
    const hashes = [];
    for (let i = 0; i < width; ++i) {
      const begin = (Number(n) * 256 + i) * each;
      assert.ok(begin + each <= size, `${path} is beyond a tree of ${size}`);
      hashes.push(tree(leaves.slice(begin, begin + each)));
    }
    return new Uint8Array(Buffer.concat(hashes));
  };
}

test("every entry of every small tree is included, and nowhere else", () => {
  for (let size = 1; size <= 40; ++size) {
    const root = tree(leaves.slice(0, size));
    for (let i = 0; i < size; ++i) {
      const path = inclusion(i, leaves.slice(0, size));
      assert.ok(same(rootOf(BigInt(i), BigInt(size), leaves[i], path), root));
      assert.ok(!same(rootOf(BigInt(i), BigInt(size), leaves[i + 1], path), root), "another entry");
      assert.ok(size === 1 || !same(rootOf(BigInt(i), BigInt(size), leaves[i], path.slice(1)), root), "a hash is missing");
      assert.equal(rootOf(BigInt(i), BigInt(size), leaves[i], [...path, root]), null, "a hash too many");
      assert.equal(rootOf(BigInt(size), BigInt(size), leaves[i], path), null, "beyond the tree");
    }
  }
});

test("a longer tree continues a shorter one, by tiles, and no other", async () => {
  const sizes = [1, 2, 3, 5, 8, 13, 64, 100, 255, 256, 257, 300, 511, 512, 513, 650];
  for (const first of sizes) {
    for (const second of sizes.filter((size) => size >= first)) {
      const [a, b] = [BigInt(first), BigInt(second)];
      const [older, newer] = [tree(leaves.slice(0, first)), tree(leaves.slice(0, second))];
      const proof = await consistencyProof(a, b, tilesOf(second));
      assert.ok(consistent(a, b, older, newer, proof), `${first} to ${second}`);
      assert.ok(!consistent(a, b, leaf(999), newer, proof), "another past");
      assert.ok(!consistent(a, b, older, leaf(999), proof), "another present");
      assert.ok(proof.length === 0 || !consistent(a, b, older, newer, proof.slice(1)), "a hash is missing");
      assert.ok(!consistent(a, b, older, newer, [...proof, older]), "a hash too many");
    }
  }
  assert.ok(!consistent(5n, 4n, leaves[0], leaves[0], []), "a shorter tree continues nothing");
});

test("tiles have the names that C2SP gives them", () => {
  assert.equal(tilePath(0, 0n, 60), "/tile/0/000.p/60");
  assert.equal(tilePath(1, 1234067n, 0), "/tile/1/x001/x234/067");
});

// docs/format.md 9: the worked example, whose seed nobody may use for anything else.
const key = "ledger.example/golden+3108bca7+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
const entry = Buffer.from(
  '{"account":"acme","account_seq":1,"data":{},"kind":"account.defined","prev":"43577facb1b309ae8e13e6856f75b69143f6fe91506bdd65aa0ae7fd9dd07410","recorded_at":"2026-11-20T09:00:00.250Z","seq":1,"v":1}',
);
const note =
  "ledger.example/golden\n2\nflk7SOuBgFiM2UCnmkMuK6A1PtOepeIPlE889drlMZI=\n\n" +
  "\u2014 ledger.example/golden MQi8p4jMZa5R7/Jq+wv+vINGtMovzQKoO9/5pCdAgkEShtFHG9rAOAanwlmN/matRKW2DoWiBQpH7yeuO0TAIaTr1wU=\n";
const sibling = Buffer.from("43577facb1b309ae8e13e6856f75b69143f6fe91506bdd65aa0ae7fd9dd07410", "hex").toString("base64");
const proof = `c2sp.org/tlog-proof@v1\nindex 1\n${sibling}\n\n${note}`;

test("the worked example of the format verifies", () => {
  assert.ok(signedBy(parseCheckpoint(note), parseKey(key)));
  const result = checkEntry({ seq: 1, entry, proof, key });
  assert.ok(result.ok, JSON.stringify(result.steps));
  assert.equal(result.leaf, "d2f2fac4874fff13701efda088e592acb32e7efe260262c22227be95fb1a89b1");
});

test("a single altered byte anywhere is found", () => {
  for (let i = 0; i < entry.length; ++i) {
    const altered = Buffer.from(entry);
    altered[i] ^= 1;
    assert.ok(!checkEntry({ seq: 1, entry: altered, proof, key }).ok, `byte ${i} of the entry`);
  }
  for (let i = 0; i < proof.length; ++i) {
    const altered = proof.slice(0, i) + String.fromCharCode(proof.charCodeAt(i) ^ 1) + proof.slice(i + 1);
    assert.ok(!checkEntry({ seq: 1, entry, proof: altered, key }).ok, `character ${i} of the proof: ${proof[i]}`);
  }
  assert.ok(!checkEntry({ seq: 0, entry, proof, key }).ok, "another place");
});

test("a key is taken only as it is written", () => {
  assert.equal(parseKey(` ${key}\n`).name, "ledger.example/golden");
  for (let i = 0; i < key.length; ++i) {
    assert.throws(() => parseKey(key.slice(0, i) + (key[i] === "A" ? "B" : "A") + key.slice(i + 1)), `character ${i}`);
  }
  const other = "ledger.example/other+";
  assert.ok(!signedBy(parseCheckpoint(note), { ...parseKey(key), name: other }), "another name");
});
