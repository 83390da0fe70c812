// What goes wrong while somebody works: each has its words and a way on, and nothing that was shown before passes for an answer.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { account, axe, open as openAt, shoot, stage } from "./harness.mjs";

const on = stage();
const { service, browser } = on;
let page;
beforeEach(() => ({ page } = on));

const open = (address, heading) => openAt(page, service.url, address, heading);
const problem = (status, code, headers = {}) => ({ status, headers: { "Cache-Control": "no-store", ...headers }, contentType: "application/problem+json",
  body: JSON.stringify({ status, code, title: code, detail: `the service says ${code}` }) });

/** Every answer of a path of the account is this one. */
const answer = (path, given) => page.route(`${service.url}/v1/accounts/${account}/${path}**`, (route) => route.fulfill(given));

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

test("each refusal has its words, and a way on where there is one", async () => {
  browser.expected = [/status of (4\d\d|500|503)/];
  for (const [status, words, way] of [
    [503, "The service cannot answer at the moment.", "Try again"],
    [500, "The service failed.", "Try again"],
    [403, "This token may not see that.", "Use another token"],
    [422, "The service did not accept this.", null],
  ]) {
    await answer("obligations", problem(status, "x"));
    await open("obligations", "Obligations");
    await page.getByText(words).waitFor();
    await page.getByText("The service says x.").waitFor();
    assert.equal(await page.getByText("did not answer").count(), 0);
    assert.equal(await page.locator(".failure button").count(), way ? 1 : 0, String(status));
    if (way) await page.getByRole("button", { name: way }).waitFor();
    assert.deepEqual(await axe(page), []);
    await page.unrouteAll();
    await open("lists", "Lists");
  }
  await answer("obligations", problem(429, "rate_limited", { "Retry-After": "7" }));
  await open("obligations?status=all", "Obligations");
  await page.getByText("Too many requests: wait a moment.").waitFor();
  await page.getByText("in 7 seconds, the service says").waitFor();
  await shoot(page, "too-many");
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("table").waitFor();
});

test("an answer that says nothing but its status is not said to have been none", async () => {
  browser.expected = [/status of 500/];
  await page.route(`${service.url}/v1/entries/27/proof`, (route) => route.fulfill({ status: 500, body: "", headers: { "Cache-Control": "no-store" } }));
  await open("entry/27", "Entry 27");
  await page.getByText("The service failed. Its log says why.").waitFor();
  await page.getByText("The answer's status is 500.").waitFor();
  assert.equal(await page.getByText("did not answer").count(), 0);
});

test("a token that ends in the middle of the work: signing in again leads back to the same page", async () => {
  browser.expected = [/status of 401/];
  const other = await browser.page();
  await browser.signIn(other);
  await other.route(`${service.url}/v1/accounts/**`, (route) => route.fulfill(problem(401, "unauthorized")));
  await other.goto(`${service.url}/#/findings?severity=critical`);
  await other.getByText("The token is not valid any more.").first().waitFor();
  await other.getByRole("button", { name: "Sign in again" }).first().click();
  await other.getByText("Sign in again to go on here.").waitFor();
  await other.unrouteAll();
  await other.getByLabel("Token").fill(service.tokens.auditor);
  await other.keyboard.press("Enter");
  await other.getByRole("heading", { level: 1, name: "Findings" }).waitFor();
  assert.match(other.url(), /#\/findings\?severity=critical$/);
  await other.context().close();
});

test("an answer that is none: no JSON, half of it, another type", async () => {
  for (const body of ["<html>a proxy's page</html>", '{"data":[', ""]) {
    await answer("lists", { status: 200, contentType: "text/html", headers: { "Cache-Control": "no-store" }, body });
    await open("lists", "Lists");
    await page.getByText("The answer broke off, or is not what it should be.").waitFor();
    await page.unrouteAll();
    await open("overview", `Account ${account}`);
  }
  browser.expected = [/status of 502/];
  await answer("lists", { status: 502, contentType: "text/html", headers: { "Cache-Control": "no-store" }, body: "<h1>Bad gateway</h1>" });
  await open("lists", "Lists");
  await page.getByText("Something failed.").waitFor();
  await page.unrouteAll();
  await open("overview", `Account ${account}`);
  await answer("lists", { status: 200, contentType: "application/json", headers: { "Cache-Control": "no-store" }, body: '{"data":[null],"has_more":false}' });
  await page.goto(`${service.url}/#/lists`);
  await page.getByRole("heading", { name: "This page failed" }).waitFor();
  await page.getByText("Nothing on this page has been checked.").waitFor();
  await open("overview", `Account ${account}`);
});

test("a service that is not well says so on the overview, and that its ledger is damaged first of all", async () => {
  browser.expected = [/status of 503/];
  const checks = [{ name: "writer", ok: true }, { name: "disk", ok: false, reason: "the volume is almost full" },
    { name: "chain", ok: false, reason: "the ledger does not verify: entry 10 does not follow the entry before it" }];
  await page.route(`${service.url}/readyz**`, (route) => route.fulfill({ status: 503, headers: { "Cache-Control": "no-store" }, json: { ready: false, checks } }));
  await open("lists", "Lists"); // the overview may stand there already, and asks when it is opened
  await open("overview", `Account ${account}`);
  const alarm = page.getByRole("alert").filter({ hasText: "THE SERVICE FINDS ITS LEDGER DAMAGED." });
  await alarm.getByText("entry 10 does not follow the entry before it").waitFor();
  await page.getByText("The service is not well: the volume is almost full.").waitFor();
  assert.equal(await page.getByText("The service has not verified its whole log").count(), 0);
  assert.deepEqual(await axe(page), []);
  await shoot(page, "overview-damaged");
  await page.unrouteAll();
  await open("lists", "Lists");
  await open("overview", `Account ${account}`);
  await page.getByText("Last verification by the service").waitFor();
  assert.equal(await alarm.count(), 0);
});

test("an answer that takes long is said to, and may be left", async () => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(`${service.url}/v1/accounts/${account}/obligations**`, async (route) => {
    await held;
    await route.fallback().catch(() => {});
  });
  await page.goto(`${service.url}/#/obligations`);
  await page.getByText("This takes longer than usual.").waitFor();
  assert.deepEqual(await axe(page), []);
  await page.getByRole("link", { name: "Findings", exact: true }).click();
  await page.getByRole("table").waitFor();
  release();
});

test("what is rare is looked for through the whole ledger, and the search can be stopped", async () => {
  let pages = 0;
  await page.route(`${service.url}/v1/accounts/${account}/changes?record=**`, async (route) => {
    pages += 1;
    const last = pages === 4;
    if (pages > 4) await new Promise((done) => setTimeout(done, 400));
    await route.fulfill({ json: { data: [], has_more: !last, ...(last ? {} : { next_cursor: `c${pages}` }) }, headers: { "Cache-Control": "no-store" } }).catch(() => {});
  });
  await open("search?q=record:nobody-has", "Search");
  await page.getByText("No entry matches.").waitFor();
  assert.equal(pages, 4);
  await page.goto(`${service.url}/#/search?q=record:nobody-else`);
  await page.getByText("Still looking: nothing in").waitFor();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Look further" }).waitFor();
  await page.getByText("0 rows so far").waitFor();
});

test("an id is looked for through the whole ledger as well, and that search can be stopped", async () => {
  let answer = true;
  const asked = new Set();
  await page.route(`${service.url}/v1/accounts/${account}/changes?**`, async (route) => {
    asked.add([...new URL(route.request().url()).searchParams.keys()][0]);
    if (!answer) return;
    await route.fulfill({ json: { data: [], has_more: true, next_cursor: "c" }, headers: { "Cache-Control": "no-store" } }).catch(() => {});
    await new Promise((done) => setTimeout(done, 200));
  });
  await page.goto(`${service.url}/#/search?q=nobody-has`);
  await page.getByText(/Looking for what has this id: nothing in \d+ parts/).waitFor();
  assert.deepEqual([...asked].sort(), ["actor", "kind", "list", "record", "source"]);
  answer = false;
  assert.deepEqual(await axe(page), []);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText("Stopped.").waitFor();
  assert.equal(await page.locator("tbody tr, .exports").count(), 0);
});

test("an account in which nothing has happened yet: words on every page", async () => {
  const blank = "blank";
  const define = { kind: "account.defined", source: { platform: "setup", record: "1" }, data: {} };
  assert.equal((await fetch(`${service.url}/v1/accounts/${blank}/changes`, { method: "POST", body: JSON.stringify(define),
    headers: { Authorization: `Bearer ${service.tokens.operator}`, "Content-Type": "application/json" } })).status, 201);
  const other = await browser.page();
  browser.expected = [/status of 404/];
  await other.goto(service.url + "/");
  await other.getByLabel("Token").fill(service.tokens.all);
  await other.keyboard.press("Enter");
  await other.getByLabel("Account").fill("nobody-has-it");
  await other.keyboard.press("Enter");
  await other.getByText("The ledger has no such account.").waitFor();
  assert.deepEqual(await axe(other), []);
  await other.getByLabel("Account").fill(blank);
  await other.keyboard.press("Enter");
  await other.getByRole("heading", { level: 1, name: `Account ${blank}` }).waitFor();
  for (const [address, words] of [
    ["", "Nobody is waiting."],
    ["search?q=kind:opt_out.*", "No entry matches."],
    ["contacts", "No contact is like this."],
    ["lists", "The account has no lists."],
    ["findings", "No finding is like this."],
    ["obligations", "Nothing is due."],
    [`contact/${"0".repeat(64)}`, "The account has no contact with this id."],
    ["contact/12", "This is no contact's id"],
    ["entry/99999999", "There is no entry 99999999, or it belongs to another account."],
    ["entry/9999999999999999", "An entry has a whole number."],
    ["nowhere", "The address does not lead anywhere."],
    ["constructor", "The address does not lead anywhere."],
    ["__proto__/x", "The address does not lead anywhere."],
  ]) {
    await other.goto(`${service.url}/#/${address}`);
    await other.getByText(words).first().waitFor();
    await shoot(other, `blank-${address.split(/[/?]/)[0] || "overview"}`);
    assert.deepEqual(await axe(other), [], address);
  }
  await other.context().close();
});

test("an answer that comes late leads nobody away from what was asked since", async () => {
  const [slow, quick] = ["+15550100101", "+15550100105"];
  const found = async (phone) => (await (await service.ask(`/v1/accounts/${account}/contacts/lookup`, { method: "POST", body: { phone } })).json()).contact;
  const contacts = [await found(slow), await found(quick)];
  assert.ok(contacts[0] && contacts[1] && contacts[0] !== contacts[1]);
  let late;
  const answered = new Promise((done) => (late = done));
  await page.route(`${service.url}/v1/accounts/${account}/contacts/lookup`, async (route) => {
    if (route.request().postDataJSON().phone === slow) {
      await new Promise((later) => setTimeout(later, 1_000));
      await route.continue().catch(() => {}); // the page has given it up
      return late();
    }
    return route.continue();
  });
  await open("search", "Search");
  const box = page.getByRole("searchbox");
  for (const phone of [slow, quick]) {
    await box.fill(phone);
    await box.press("Enter");
  }
  await page.getByRole("heading", { level: 1, name: "Contact" }).waitFor();
  await answered;
  await page.waitForTimeout(500); // for a wrong turn there is nothing to wait for
  assert.ok(page.url().endsWith(`#/contact/${contacts[1]}`), page.url());
});

test("of two accounts asked for, the one chosen last is opened", async () => {
  const other = await browser.page();
  browser.expected = [/status of 404/];
  await other.goto(service.url + "/");
  await other.getByLabel("Token").fill(service.tokens.all);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("heading", { name: "Which account?" }).waitFor();
  let late;
  const answered = new Promise((done) => (late = done));
  await other.route(`${service.url}/v1/accounts/${account}/lists**`, async (route) => {
    await new Promise((later) => setTimeout(later, 1_000));
    await route.continue().catch(() => {}); // the page has given it up
    late();
  });
  for (const name of [account, "nobody"]) {
    await other.getByLabel("Account").fill(name);
    await other.getByRole("button", { name: "Open" }).click();
  }
  await other.getByText("The ledger has no such account.").waitFor();
  await answered;
  await other.waitForTimeout(500);
  await other.getByRole("heading", { name: "Which account?" }).waitFor();
  await other.context().close();
});
