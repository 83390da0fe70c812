// The in-browser verification: it says yes to what is so, and no to every answer that somebody between log and page has altered.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Forged, Signer, plain, written } from "./forge.mjs";
import { account, axe, shoot, stage, stored } from "./harness.mjs";

const on = stage();
const { service, browser } = on;
let page;
beforeEach(() => ({ page } = on));

const good = "This entry is in the signed log.";
const bad = "DOES NOT MATCH";
const show = async (seq) => {
  await page.goto(`${service.url}/#/`);
  await page.getByRole("heading", { level: 1, name: `Account ${account}` }).waitFor();
  await page.goto(`${service.url}/#/entry/${seq}`);
  await page.getByRole("heading", { level: 1, name: `Entry ${seq}` }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".loading"));
};

/** Answers of the path pass through `change(bytes)` on their way to the page. */
const doctor = (path, change) =>
  page.route(`${service.url}${path}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: change(Buffer.from(await answer.body())) });
  });
const flip = (at) => (bytes) => {
  const altered = Buffer.from(bytes);
  altered[at < 0 ? altered.length + at : at] ^= 1;
  return altered;
};
const replaced = (from, to) => (bytes) => {
  const text = bytes.toString("utf8");
  assert.ok(text.includes(from), `${from} in ${text}`);
  return Buffer.from(text.replace(from, to));
};
const isRefused = async () => {
  await page.getByText(bad).first().waitFor();
  assert.equal(await page.getByText(good).count(), 0);
};

test("a good entry: yes, in plain words, with each step", async () => {
  await show(27);
  await page.getByText(good).waitFor();
  await page.getByText("The checkpoint is signed by the key").waitFor();
  assert.equal(await page.locator(".steps li").count(), 5);
  assert.equal(await page.getByText(bad).count(), 0);
  assert.deepEqual(await axe(page), []);
  await shoot(page, "entry");
});

test("with a key from elsewhere it says whose it is; another ledger's key does not match", async () => {
  const { keys } = await (await fetch(`${service.url}/v1/keys`)).json();
  await page.getByText("Checked with the key that this server gave").click();
  await page.getByLabel("A key that you got elsewhere").fill("name+1234");
  await page.getByRole("button", { name: "Check with this key" }).click();
  await page.getByText("A verifier key looks like").waitFor();
  await page.getByLabel("A key that you got elsewhere").fill(keys[0].vkey);
  await page.getByRole("button", { name: "Check with this key" }).click();
  await page.getByText("The key that you gave signed it.").waitFor();
  await page.getByText("Checked with the key that you gave").click();
  await page.getByRole("button", { name: "Use the server's key" }).click();
  await page.getByText("The key came from this server").waitFor();
  await page.getByText("Checked with the key that this server gave").click();
  await page.getByLabel("A key that you got elsewhere").fill("ledger.example/golden+3108bca7+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4");
  await page.getByRole("button", { name: "Check with this key" }).click();
  await isRefused();
  await page.getByText("Checked with the key that you gave").click();
  await page.getByRole("button", { name: "Use the server's key" }).click();
  await page.getByText(good).waitFor();
});

for (const at of [1, 40, 200, -3]) {
  test(`one altered byte of the entry, at ${at}`, async () => {
    await doctor("/v1/entries/27", flip(at));
    await show(27);
    await isRefused();
    if (at === 200) await shoot(page, "entry-doctored");
  });
}

test("an opt-out that was turned into something else", async () => {
  const entry = await (await service.ask("/v1/entries/27")).text();
  await doctor("/v1/entries/27", replaced('"opted_in":', '"opted_in": '));
  await show(27);
  await isRefused();
  assert.ok(entry.includes('"opted_in":'));
});

test("an altered proof, another entry's proof, a proof that is none", async () => {
  const proof = await (await service.ask("/v1/entries/27/proof")).text();
  const hash = proof.split("\n")[2];
  const other = await (await service.ask("/v1/entries/26/proof")).text();
  for (const change of [
    replaced(hash, (hash[0] === "A" ? "B" : "A") + hash.slice(1)),
    replaced("index 27", "index 26"),
    () => Buffer.from(other),
    () => Buffer.from(other.replace("index 26", "index 27")),
    () => Buffer.from("no proof at all"),
    (bytes) => bytes.subarray(0, bytes.length / 2),
  ]) {
    await doctor("/v1/entries/27/proof", change);
    await show(27);
    await isRefused();
    await page.unrouteAll();
  }
});

test("an altered signature, size or root of the checkpoint", async () => {
  const proof = await (await service.ask("/v1/entries/27/proof")).text();
  const [, size, root] = proof.slice(proof.indexOf("\n\n") + 2).split("\n");
  const swap = (text) => (text[5] === "A" ? "B" : "A");
  for (const change of [
    flip(-8),
    flip(-60),
    replaced(`\n${size}\n`, `\n${Number(size) + 1}\n`),
    replaced(root, root.slice(0, 5) + swap(root) + root.slice(6)),
  ]) {
    await doctor("/v1/entries/27/proof", change);
    await show(27);
    await isRefused();
    await page.unrouteAll();
  }
});

test("the overview's checkpoint: altered, and one that forgets what was seen", async () => {
  const overview = async () => {
    await show(27);
    await page.goto(`${service.url}/#/`);
    await page.getByRole("heading", { name: "The log" }).waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
  };
  await doctor("/checkpoint", flip(-8));
  await overview();
  await page.getByText("the key did not sign this checkpoint").waitFor();
  await page.unrouteAll();
  await overview();
  await page.getByText("Signed, and unchanged.").waitFor();

  // Another history under the same key: what a browser that remembers can notice, and a new one cannot.
  const name = Object.keys(JSON.parse(await stored(page)).local)[0];
  const seen = await page.evaluate((kept) => localStorage.getItem(kept), name);
  const note = JSON.parse(seen).note.split("\n");
  note[1] = String(Number(note[1]) - 5);
  await page.evaluate(([kept, value]) => localStorage.setItem(kept, value), [name, JSON.stringify({ ...JSON.parse(seen), note: note.join("\n") })]);
  await overview();
  await page.getByText("DOES NOT MATCH what was seen before.").first().waitFor();
  await shoot(page, "overview-fork");
  assert.deepEqual(await axe(page), []);
  await page.evaluate(([kept, value]) => localStorage.setItem(kept, value), [name, seen]);
});

test("what is recorded later continues the log that was seen, by its tiles", async () => {
  const tiles = [];
  page.on("request", (request) => request.url().includes("/tile/") && tiles.push(request.url()));
  for (let i = 0; i < 300; i += 100) {
    const items = Array.from({ length: 100 }, (_, k) => ({
      kind: "contact.added", phone: `+1555020${String(1000 + i + k)}`, source: { platform: "crm", record: `more-${i + k}` }, data: { origin: "manual" },
    }));
    const answer = await service.ask(`/v1/accounts/${account}/changes?receipt=none`, { method: "POST", body: items });
    assert.equal(answer.status, 200);
  }
  await show(300);
  await page.getByText(good).waitFor();
  await page.getByText(/The first \d+ of its entries are the ones that this browser saw/).or(page.getByText("Signed, and unchanged.")).first().waitFor();
  assert.ok(tiles.length > 0, "no tile was read");
  await page.goto(`${service.url}/#/search`);
  await page.getByRole("button", { name: "Show more" }).click();
  await page.getByText("100 rows so far").or(page.getByText(/100 so far/)).first().waitFor();
});

/** A server that has made up the log: its key, entry 27 with its proof. `sheet` asks it, and nobody else. */
async function serve(sheet, forged, proof = forged.proof()) {
  const headers = { "Cache-Control": "no-store" };
  await sheet.route(`${service.url}/v1/keys`, (route) => route.fulfill({ headers, json: { keys: [{ vkey: forged.signer.vkey }] } }));
  await sheet.route(`${service.url}/v1/entries/27`, (route) => route.fulfill({ headers, body: forged.entry }));
  await sheet.route(`${service.url}/v1/entries/27/proof`, (route) => route.fulfill({ headers, body: proof }));
}
const real = "ledger.example.com/browser";

test("another log in place of the one that was seen: under another name, and under its own name with another key", async () => {
  await show(27);
  await page.getByText(good).waitFor();
  await serve(page, new Forged({ entry: written(plain) }));
  await show(27);
  await isRefused();
  await page.getByText("THIS IS ANOTHER LOG.").waitFor();
  assert.equal(await page.locator("dl.facts").count(), 0);
  await shoot(page, "entry-another-log");
  assert.deepEqual(await axe(page), []);
  await page.unrouteAll();
  await serve(page, new Forged({ entry: written(plain), signer: new Signer(real) }));
  await show(27);
  await isRefused();
  await page.getByText("THE KEY HAS CHANGED.").waitFor();
  await page.unrouteAll();
  await show(27);
  await page.getByText(good).waitFor();
});

test("a browser that has seen nothing is told whose word it takes; the operator's own key unmasks the rest", async () => {
  const { keys } = await (await fetch(`${service.url}/v1/keys`)).json();
  const fresh = await browser.newcomer();
  await serve(fresh, new Forged({ entry: written(plain), signer: new Signer(real) }));
  await fresh.goto(`${service.url}/#/entry/27`);
  await fresh.getByText("The key came from this server: whose key it is, is not shown by that.").waitFor();
  await fresh.getByText("Checked with the key that this server gave").click();
  await fresh.getByLabel("A key that you got elsewhere").fill(keys[0].vkey);
  await fresh.getByRole("button", { name: "Check with this key" }).click();
  await fresh.getByText(bad).first().waitFor();
  assert.equal(await fresh.getByText(good).count(), 0);
  await fresh.context().close();
});

test("what is shown of an entry comes from the bytes that were hashed, whatever the service says elsewhere", async () => {
  await page.route(`${service.url}/v1/accounts/**`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll("consent.recorded", "opt_out.stop").replaceAll("agent-7", "agent-8") });
  });
  await show(27);
  await page.getByText(good).waitFor();
  await page.getByRole("heading", { name: "Consent recorded" }).waitFor();
  await page.getByText("agent agent-7").waitFor();
  assert.equal(await page.locator("dl.facts").getByText("agent-8").count(), 0);
});

const made = written(plain);
for (const [name, forged, proof] of [
  ["says something twice", new Forged({ entry: made.replace("{", '{"kind":"opt_in.consent",') })],
  ["has an integer beyond 2^53", new Forged({ entry: made.replace('"account_seq":20', '"account_seq":9007199254740993') })],
  ["is another's: the proof is for another place", new Forged({ entry: made }), (one) => one.proof({ index: 26 })],
  ["lies beyond the end of the log", new Forged({ entry: made }), (one) => one.proof({ note: one.checkpoint({ size: 27 }) })],
  ["stands under a checkpoint of another log", new Forged({ entry: made }), (one) => one.proof({ note: one.checkpoint({ origin: "ledger.example.com/else" }) })],
  ["stands under a checkpoint that another key signed", new Forged({ entry: made }), (one) => one.proof({ note: new Forged({ entry: made }).checkpoint() })],
  ["has types that no entry has", new Forged({ entry: written({ ...plain, recorded_at: 5, actor: "x", evidence: 7 }) })],
]) {
  test(`an entry that was hashed and signed, but ${name}: no word of proof, and nothing shown as its content`, async () => {
    const fresh = await browser.newcomer();
    await serve(fresh, forged, proof?.(forged));
    await fresh.goto(`${service.url}/#/entry/27`);
    await fresh.getByText(/DOES NOT MATCH|This page failed/).first().waitFor();
    assert.equal(await fresh.getByText(good).count(), 0);
    assert.equal(await fresh.locator("dl.facts").count(), 0);
    await fresh.context().close();
  });
}

test("tiles that do not come are no verdict, neither good nor bad", async () => {
  const name = Object.keys(JSON.parse(await stored(page)).local).find((key) => key.endsWith(real));
  const old = await (await service.ask("/checkpoint")).text();
  assert.equal((await service.ask(`/v1/accounts/${account}/changes`, { method: "POST", body: { kind: "contact.added", phone: "+15550209999",
    source: { platform: "crm", record: "tiles-1" }, data: { origin: "manual" } } })).status, 201);
  await page.evaluate(([key, note]) => localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), note })), [name, old]);
  browser.expected = [/status of 404/];
  await page.route(`${service.url}/tile/**`, (route) => route.fulfill({ status: 404, json: {} }));
  await show(27);
  await page.getByText("NOT CHECKED.").waitFor();
  assert.equal(await page.getByText(good).count(), 0);
  assert.equal(await page.getByText("rolled back or rewritten").count(), 0);
  assert.equal(await page.locator("dl.facts").count(), 0, "what it says is not shown");
  assert.deepEqual(await axe(page), []);
  await page.goto(`${service.url}/#/`);
  await page.getByText("NOT CHECKED.").waitFor();
  await page.getByText("The two checkpoints").click();
  const notes = await page.locator(".verdict pre").allTextContents();
  assert.equal(notes[0], old);
  assert.equal(notes[1], await (await service.ask("/checkpoint")).text());
  assert.equal(await page.getByRole("button", { name: "remember the new one" }).count(), 0, "nothing to be told why");
  await shoot(page, "overview-unchecked");
});

test("a log that was rolled back: an older copy of the whole ledger, put back in its place", async () => {
  const overview = async () => {
    await page.goto(`${service.url}/#/lists`);
    await page.goto(`${service.url}/#/`);
    await page.getByRole("heading", { name: "The log" }).waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
  };
  const record = async (from, to) => {
    const items = Array.from({ length: to - from }, (_, i) => ({
      kind: "opt_out.request", phone: `+1555030${String(1000 + from + i)}`, source: { platform: "crm", record: `gone-${from + i}` }, data: { via: "phone" },
    }));
    assert.equal((await service.ask(`/v1/accounts/${account}/changes?receipt=none`, { method: "POST", body: items })).status, 200);
  };
  await service.keepCopy();
  const short = await (await service.ask("/checkpoint")).text();
  const before = Number(short.split("\n")[1]);
  await record(0, 300);
  await overview();
  await page.getByText("Signed, and it continues what was seen before.").waitFor();
  const long = await (await service.ask("/checkpoint")).text();
  await service.putCopyBack();
  assert.equal(await (await service.ask("/checkpoint")).text(), short);
  await overview();
  const words = `THE LOG WAS ROLLED BACK: ${before + 300} entries were seen, now there are ${before}.`;
  const alert = page.getByRole("alert").filter({ hasText: words });
  await alert.waitFor();
  assert.ok(await alert.evaluate((one) => one.classList.contains("bad")));
  await page.getByText("The two checkpoints").click();
  assert.deepEqual(await page.locator(".verdict pre").allTextContents(), [long, short]);
  assert.equal(await page.locator(".verdict.ok").count(), 0);
  assert.equal(await page.locator("dd.number").first().textContent(), String(before));
  assert.deepEqual(await axe(page), []);
  await shoot(page, "overview-rolled-back");
  await show(27);
  await isRefused();
  await page.getByText(words).waitFor();
  assert.equal(await page.locator("dl.facts").count(), 0);
  await shoot(page, "entry-rolled-back");

  await record(300, 700); // longer than ever, and still not what was seen
  await overview();
  await page.getByText("DOES NOT MATCH what was seen before.").waitFor();
  await page.getByText("The two checkpoints").click();
  await page.getByRole("button", { name: "remember the new one" }).click();
  await page.getByText("Signed, and unchanged.").waitFor();
});
