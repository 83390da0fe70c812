// The console's proofs by themselves, bundled as they are for the page: trees of every small size and a large one, and everything altered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundled.mjs";
import { Forged, Signer, plain, written } from "./forge.mjs";
import { inclusion, leafOf, tree } from "./rfc6962.mjs";

const { consistent, rootOf } = await load("proof/tree.js");
const { consistencyProof, tilePath } = await load("proof/tiles.js");
const { parseKey, parseCheckpoint, signedBy } = await load("proof/note.js");
const { checkEntry } = await load("proof/check.js");
const { findLeaf } = await load("proof/leaf.js");
const { watch } = await load("proof/watch.js");

const leaf = (i) => leafOf(`a leaf ${i}`);
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

test("an entry is found by its leaf hash, wherever in the log it stands, and no other hash is", async () => {
  for (const size of [1, 255, 256, 257, 512, 650]) {
    for (const at of [0, 1, 200, 255, 256, 511, 512, size - 1].filter((place) => place < size)) {
      assert.equal(await findLeaf(Buffer.from(leaves[at]).toString("hex"), BigInt(size), tilesOf(size), () => {}), BigInt(at), `${at} of ${size}`);
    }
    const seen = [];
    assert.equal(await findLeaf(Buffer.from(leaves[size]).toString("hex"), BigInt(size), tilesOf(size), (many) => seen.push(many)), null);
    assert.equal(seen.at(-1), BigInt(size));
  }
  assert.equal(await findLeaf("00", 0n, tilesOf(0), () => {}), null);
});

/** A log of the leaves above, as a browser meets it that has seen `seen` of them; `log(size)`: a checkpoint of so many. */
function met(seen) {
  const signer = new Signer("ledger.example.com/met");
  const log = (size, change = (some) => some) => signer.checkpoint(size, tree(change(leaves.slice(0, size))));
  const kept = new Map();
  globalThis.localStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  const look = (note, { tiles = async () => assert.fail("a tile was asked for"), newest = async () => assert.fail("the newest checkpoint was asked for") } = {}) =>
    watch(note, signer.vkey, { ask: { tile: tiles, checkpoint: newest } });
  return { signer, log, look, start: () => look(log(seen)), memory: () => JSON.stringify([...kept]) };
}
test("a log that has become shorter was rolled back: no tile is needed to say so, and what was seen is not forgotten", async () => {
  const { log, look, start, memory } = met(304);
  assert.equal((await start()).state, "first");
  const before = memory();
  const seen = await look(log(4), { newest: async () => log(4) });
  assert.deepEqual([seen.state, seen.now.size, seen.last.size, seen.last.note, seen.now.note], ["shrunk", 4n, 304n, log(304), log(4)]);
  assert.equal((await look(log(4), { newest: async () => log(303) })).state, "shrunk", "grown again, and still shorter");
  assert.equal((await look(log(303, (some) => [leaf(999), ...some.slice(1)]), { newest: async () => log(303) })).state, "shrunk");
  assert.equal(memory(), before);
});

test("an answer that was overtaken by another page of the browser is an earlier moment, if the newest checkpoint continues both", async () => {
  const { signer, log, look, start } = met(304);
  await start();
  const tiles = tilesOf(310);
  assert.equal((await look(log(300), { newest: async () => log(310), tiles })).state, "behind");
  assert.equal((await look(log(300, (some) => [leaf(999), ...some.slice(1)]), { newest: async () => log(310), tiles })).state, "fork", "no moment of that log");
  assert.equal((await look(log(300), { newest: async () => log(310, (some) => [leaf(999), ...some.slice(1)]), tiles })).state, "fork", "another log is served by now");
  assert.equal((await look(log(300), { newest: async () => new Signer(signer.name).checkpoint(310, tree(leaves.slice(0, 310))) })).state, "unsigned");
  assert.equal((await look(log(300), { newest: async () => "no checkpoint" })).state, "unsigned");
});

test("of two pages of a browser, the slower one does not put a shorter checkpoint in the place of a longer one", async () => {
  const { log, look, start, memory } = met(68);
  await start();
  let quicker;
  const tiles = async (path) => {
    quicker ??= look(log(80), { tiles: tilesOf(80) });
    assert.equal((await quicker).state, "continues");
    return tilesOf(73)(path);
  };
  assert.equal((await look(log(73), { tiles })).state, "continues");
  assert.ok(memory().includes(JSON.stringify(JSON.stringify(log(80))).slice(3, -3)), memory());
  assert.equal((await look(log(75), { newest: async () => log(75) })).state, "shrunk");
});

// docs/format.md "Worked example", whose seed nobody may use for anything else.
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

// A server that makes up the whole log signs what it likes. The page must not call an entry proven that two readers could read in two ways.
const judged = (forged, proof = forged.proof(), key = forged.signer.vkey) => checkEntry({ seq: "27", entry: forged.entry, proof, key });

test("a log that was made up verifies under its own key: what follows fails for no other reason", () => {
  const result = judged(new Forged({ entry: written(plain) }));
  assert.ok(result.ok, JSON.stringify(result.steps));
  assert.equal(result.entry.kind, "opt_out.stop");
  assert.ok(judged(new Forged({ entry: written({ ...plain, data: { keyword: "re\u0301\u{1F600}\u202e\u0001\u2028" } }) })).ok, "any text that is Unicode");
});

const canonical = written(plain);
const twice = (first) => canonical.replace("{", `{${first},`);
for (const [name, entry] of [
  ["a member twice, the other one first", twice('"kind":"opt_in.consent"')],
  ["its place twice", twice('"seq":26')],
  ["a space", canonical.replace(":", ": ")],
  ["a line end", `${canonical}\n`],
  ["a byte order mark", `\ufeff${canonical}`],
  ["members in another order", JSON.stringify(plain)],
  ["a letter written as an escape", canonical.replace('"stop"', '"\\u0073top"')],
  ["half of a surrogate pair", canonical.replace('"stop"', '"\\ud800"')],
  ["a number with a point", canonical.replace('"v":1', '"v":1.0')],
  ["minus nothing", canonical.replace('"v":1', '"v":-0')],
  ["an integer beyond 2^53", canonical.replace('"account_seq":20', '"account_seq":9007199254740993')],
  ["a fraction", canonical.replace('"account_seq":20', '"account_seq":20.5')],
  ["its place as a text", canonical.replace('"seq":27', '"seq":"27"')],
  ["an array", `[${canonical}]`],
  ["bytes that are no UTF-8", Buffer.concat([Buffer.from(canonical.slice(0, -1)), Buffer.from([0xff, 0x7d])])],
  ["nothing at all", ""],
  ["more than an entry can hold", written({ ...plain, data: { keyword: "x".repeat(70_000) } })],
  ["a depth that overflows", `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
]) {
  test(`an entry is not proven that is hashed and signed, but has ${name}`, () => {
    const result = judged(new Forged({ entry }));
    assert.ok(!result.ok);
    assert.equal(result.entry, null);
  });
}

test("a proof that fits something else proves nothing", () => {
  const forged = new Forged({ entry: canonical });
  const other = new Forged({ entry: canonical, size: 41, signer: forged.signer });
  const path = inclusion(27, forged.leaves);
  const stranger = new Signer(forged.signer.name);
  for (const [name, proof] of Object.entries({
    "another index": forged.proof({ index: 26 }),
    "an index beyond 2^53": forged.proof({ index: "9007199254740993" }),
    "a hash less": forged.proof({ path: path.slice(0, -1) }),
    "a hash more": forged.proof({ path: [...path, path[0]] }),
    "hashes in another order": forged.proof({ path: [...path].reverse() }),
    "no hash": forged.proof({ path: [] }),
    "a tree that ends before the entry": forged.proof({ note: forged.checkpoint({ size: 27 }) }),
    "a size to which the path is too short": forged.proof({ note: forged.checkpoint({ size: 70 }) }),
    "the root of another moment": forged.proof({ note: other.checkpoint() }),
    "another moment's root under this size": forged.proof({ note: forged.checkpoint({ root: tree(other.leaves) }) }),
    "another log's name in the checkpoint": forged.proof({ note: forged.checkpoint({ origin: "ledger.example.com/else" }) }),
    "another key of the same name": forged.proof({ note: stranger.checkpoint(40, tree(forged.leaves)) }),
    "no signature": forged.proof().replace(/\u2014.*\n$/, ""),
    "half of the proof": forged.proof().slice(0, 60),
    "the proof twice": forged.proof() + forged.proof(),
  })) {
    assert.ok(!judged(forged, proof).ok, name);
  }
  assert.ok(!judged(new Forged({ entry: canonical, at: 26 })).ok, "the same entry at another place of the log");
  assert.ok(!judged(forged, forged.proof(), stranger.vkey).ok, "the key that is trusted is another");
  assert.ok(!judged(forged, forged.proof(), forged.signer.vkey.replace("forged", "forget")).ok, "a key that is mistyped");
});

test("a letter is its own bytes, however it looks", () => {
  const forged = new Forged({ entry: written({ ...plain, data: { keyword: "\u00e9" } }) });
  const lookalike = Buffer.from(written({ ...plain, data: { keyword: "e\u0301" } }));
  assert.ok(judged(forged).ok);
  assert.ok(!checkEntry({ seq: "27", entry: lookalike, proof: forged.proof(), key: forged.signer.vkey }).ok);
});
