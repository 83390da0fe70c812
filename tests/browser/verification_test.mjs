// The in-browser verification: it says yes to what is so, and no to every answer that somebody between log and page has altered.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Browser, Service, account, axe, shoot, stored } from "./harness.mjs";

const service = new Service();
const browser = new Browser(service);
let page;

before(async () => {
  await service.start();
  await browser.start();
  page = await browser.page();
  await browser.signIn(page);
});
after(async () => {
  await browser.stop();
  await service.stop();
});
afterEach(async () => {
  await page.unrouteAll();
  assert.deepEqual(browser.complaints(), []);
});

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
  assert.equal(await page.locator(".steps li").count(), 4);
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
  await page.getByText("The key came from this server.").waitFor();
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

test("a service that is gone, and one that comes back", async () => {
  browser.expected = [/ERR_CONNECTION_REFUSED|Failed to load resource/];
  await service.halt();
  await page.goto(`${service.url.replace("127", "127")}/#/findings`).catch(() => {});
  await page.getByText("No answer came.").first().waitFor();
  await shoot(page, "network-gone");
  assert.deepEqual(await axe(page), []);
  service.serve();
  await service.ready();
  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.getByRole("table").waitFor();
  browser.expected = [];
});

test("an answer of 401, 403 or 503 in the middle of the work", async () => {
  browser.expected = [/status of (401|403|503)/];
  for (const [status, words] of [[503, "The service cannot answer at the moment."], [403, "This token may not see that."], [401, "The token is not valid any more."]]) {
    await page.route(`${service.url}/v1/accounts/${account}/obligations**`, (route) =>
      route.fulfill({ status, contentType: "application/problem+json", body: JSON.stringify({ status, code: "x", title: "x", detail: "y" }) }));
    await page.goto(`${service.url}/#/obligations`);
    await page.getByText(words).waitFor();
    await page.unrouteAll();
    await page.goto(`${service.url}/#/lists`);
    await page.getByRole("heading", { level: 1, name: "Lists" }).waitFor();
  }
  browser.expected = [];
});
