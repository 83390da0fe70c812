// The page among texts, addresses and servers that mean it ill: nothing of them runs, and nothing of the user's gets out.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Forged, plain, written } from "./forge.mjs";
import { account, open as openAt, shoot, stage } from "./harness.mjs";

const on = stage();
const { service, browser } = on;
let page;
beforeEach(() => ({ page } = on));

const payload = `"\'><img src=x onerror=alert(1)><svg/onload=alert(2)><script>alert(3)</script><a href="javascript:alert(4)">\u202e</a><style>*{display:none}</style>&lt;`;
const number = "+15550100105";
const planted = () => page.evaluate(() => document.querySelectorAll("main img, main script, main style, main iframe, [onerror], [onload], a[href^='javascript:' i]").length);
const still = () => page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector(".loading"));
const lookup = async () => (await (await service.ask(`/v1/accounts/${account}/contacts/lookup`, { method: "POST", body: { phone: number } })).json()).contact;

/** The same answer with another text in place of each that somebody could have written. Times, ids and cursors stay. */
function poisoned(value, name = "") {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, name));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poisoned(one, key)]));
  const kept = /_at$|^(checkpoint|next_cursor|contact|severity|day|until)$/.test(name) || typeof value !== "string";
  return kept ? value : payload;
}

test("markup in any text that the service answers stays a text", async () => {
  const contact = await lookup();
  await page.route(`${service.url}/v1/accounts/**`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: poisoned(await answer.json()) });
  });
  for (const address of ["", "search", "contacts", `contact/${contact}`, "lists", "lists/marketing", "findings?status=all", "obligations?status=all", "reports", "entry/27"]) {
    await page.goto(`${service.url}/#/${address}`);
    await still();
    assert.equal(await planted(), 0, address);
  }
  await page.goto(`${service.url}/#/findings`);
  await page.getByText("<img src=x onerror=alert(1)>").first().waitFor();
  await shoot(page, "hostile-texts");
});

test("markup that was recorded is a text on every page, and what hides in a text is seen", async () => {
  const post = (path, body) => service.ask(`/v1/accounts/${account}/${path}`, { method: "POST", body });
  const [finding] = (await (await service.ask(`/v1/accounts/${account}/findings?limit=1`)).json()).data;
  const waived = await post("changes", { kind: "finding.waived", actor: { kind: "agent", id: "agent-1" }, source: { platform: "crm", record: "hostile-1" },
    data: { rule: finding.id, seq: finding.seq, until: "2099-01-01T00:00:00Z", reason: payload } });
  assert.equal(waived.status, 201);
  await openAt(page, service.url, "findings?status=waived", "Findings");
  await page.getByText("<script>alert(3)</script>").waitFor();
  assert.equal(await planted(), 0);

  const forged = new Forged({ entry: written({ ...plain, data: { keyword: payload }, actor: { kind: "agent", id: payload }, channel: payload }) });
  const fresh = await browser.newcomer();
  await fresh.route(`${service.url}/v1/keys`, (route) => route.fulfill({ json: { keys: [{ vkey: forged.signer.vkey }] }, headers: { "Cache-Control": "no-store" } }));
  await fresh.route(`${service.url}/v1/entries/27`, (route) => route.fulfill({ body: forged.entry, headers: { "Cache-Control": "no-store" } }));
  await fresh.route(`${service.url}/v1/entries/27/proof`, (route) => route.fulfill({ body: forged.proof(), headers: { "Cache-Control": "no-store" } }));
  await fresh.goto(`${service.url}/#/entry/27`);
  await fresh.getByText("Keyword", { exact: true }).waitFor();
  await fresh.getByText("\\u202e").first().waitFor();
  assert.equal(await fresh.evaluate(() => document.querySelectorAll("main img, main script, main style").length), 0);
  assert.ok(!(await fresh.locator("main").textContent()).includes("\u202e"), "a sign that turns the writing round");
  await fresh.context().close();
});

test("the browser would refuse what got through: no inline script, no eval, no markup made of text, no frame around the page", async () => {
  browser.expected = [/CSP:|Content Security Policy|Refused to|frame-ancestors|TrustedHTML|Trusted Type|requires|status of 404/i];
  const ran = await page.evaluate(() => {
    const tried = [];
    const attempt = (name, act) => {
      try {
        act();
        tried.push(name);
      } catch {
        // refused
      }
    };
    attempt("innerHTML", () => (document.createElement("div").innerHTML = "<b>x</b>"));
    attempt("document.write", () => document.write("<b>x</b>"));
    const script = document.createElement("script");
    attempt("script text", () => {
      script.text = "globalThis.ran = true";
      document.head.append(script);
    });
    return [tried, globalThis.ran === true];
  });
  assert.deepEqual(ran, [[], false]);
  const outside = await page.evaluate(() => fetch("http://127.0.0.1:9/").then(() => "sent", () => "refused"));
  assert.equal(outside, "refused");
  const frame = await browser.page();
  await frame.goto(`${service.url}/livez`);
  await frame.evaluate((url) => {
    const inner = document.createElement("iframe");
    inner.src = url;
    document.body.append(inner);
  }, service.url + "/");
  await frame.waitForTimeout(500);
  assert.ok(!(await frame.frames()[1]?.content().catch(() => ""))?.includes("consent-ledger</title>"), "the page was drawn in a frame");
  await frame.context().close();
});

test("a number in an address is taken out of it, and looked for by nobody", async () => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const address of [`search?q=${encodeURIComponent("+15550100177")}`, "search?q=15550100177", "search?q=actor:%2B15550100177%20kind:opt_in.agent",
    "search?q=a%2B15550100177", "search?q=%2B15550100177%3B", "search?q=%E2%80%AA%2B1%E2%80%91555%E2%80%91010%E2%80%910177%E2%80%AC", "search?q=x&order=%EF%BC%8B15550100177",
    "lists/+15550100177", "lists/%252B15550100177", "lists/%E0%A4%A%2B15550100177", "contact/%2B15550100177", "contact/15550100177", "contacts?status=+15550100177",
    "entry/+15550100177", "nowhere/tel:+15550100177", "reports?+15550100177=1"]) {
    await page.goto(`${service.url}/#/findings`);
    await still();
    asked.length = 0;
    await page.goto(`${service.url}/#/${address}`);
    await page.getByText("The address had a telephone number in it").waitFor();
    assert.equal(page.url(), `${service.url}/#/search`);
    assert.ok(!(await page.locator("main").innerHTML()).includes("0177"), address);
    assert.deepEqual(asked.filter((one) => one.includes("/v1/") || one.includes("0177")), [], address);
    assert.equal(await page.locator("tbody tr, .exports").count(), 0, "rows below it would pass for the answer");
  }
  await page.goBack();
  assert.ok(!page.url().includes("5550100177"));
  await openAt(page, service.url, "search?q=a%2B15550100177", "Search");
  const notice = page.getByText("The address had a telephone number in it");
  await notice.waitFor();
  await page.getByRole("searchbox").fill("kind:opt_out.*");
  await page.keyboard.press("Enter");
  await page.getByRole("table").waitFor();
  assert.equal(await notice.count(), 0, "it is about the address before");
});

test("a number that is pasted into the search line stays out of addresses, however it is written", async () => {
  const contact = await lookup();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const written of ["\u202a+15550100105\u202c", "+1\u2011555\u2011010\u20110105", "+1\u2013555\u2013010\u20130105", '"+15550100105"', "+15550100105,", "+15550100105;",
    "\uff0b15550100105", "\u2039+15550100105\u203a", "tel:+15550100105"]) {
    await openAt(page, service.url, "search", "Search");
    await page.getByRole("searchbox").fill(written);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Contact" }).waitFor();
    assert.ok(page.url().endsWith(`#/contact/${contact}`), written);
  }
  for (const written of ["actor:a+15550100105", "+15550100105 +15550100177", "call +1 555 010 0105"]) {
    await openAt(page, service.url, "search?q=kind:opt_out.*", "Search");
    await page.getByRole("searchbox").fill(written);
    await page.keyboard.press("Enter");
    await page.getByText("Search for one number by itself").waitFor();
    assert.equal(await page.locator("tbody tr, .exports").count(), 0, "the rows of the line before");
    assert.ok(page.url().endsWith("#/search?q=kind:opt_out.*"));
  }
  await openAt(page, service.url, "reports", "Reports");
  await page.getByLabel("Actor", { exact: true }).fill("+15550100105");
  await page.getByRole("region", { name: "Manual changes" }).getByRole("button", { name: "Save" }).click();
  await page.getByText("Failed: A telephone number would stand in an address.").waitFor();
  assert.deepEqual(asked.filter((one) => /0105|0100177/.test(one)), []);
});

test("an address leads to what it says, or says what is wrong with it: never to other rows, nor to their export", async () => {
  await page.goto(`${service.url}/#/search?q=27`);
  await page.getByRole("heading", { level: 1, name: "Entry 27" }).waitFor();
  for (const line of ["kind:nothing", "colour:red", "after:yesterday"]) {
    await openAt(page, service.url, `search?q=${line}`, "Search");
    await page.locator(".wrong").first().waitFor();
    assert.equal(await page.locator("tbody tr, .exports").count(), 0, line);
  }
  const contact = await lookup();
  browser.expected = [/status of 422/];
  await openAt(page, service.url, `contact/${contact}?at=%3Cimg%3E`, "Contact");
  await page.getByText("The service did not accept this.").waitFor();
  for (const address of [`lists/${"x".repeat(3000)}`, "lists/%E0%A4%A", "contacts?status=%00", `search?q=record:${"y".repeat(4000)}`]) {
    browser.expected = [/status of (4\d\d)/];
    await page.goto(`${service.url}/#/${address}`);
    await still();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${address.slice(0, 30)} is ${wider} px too wide`);
  }
});

test("the token is in no place that outlives the page, and gone when the page is left", async () => {
  const other = await browser.page();
  await browser.signIn(other);
  await other.goto(`${service.url}/#/contacts`);
  await other.getByRole("table").waitFor();
  const kept = await other.evaluate(() => JSON.stringify([document.title, history.state, location.href, { ...localStorage }, { ...sessionStorage }, document.cookie,
    document.documentElement.outerHTML, Object.keys(globalThis).filter((name) => typeof globalThis[name] === "string").map((name) => globalThis[name])]));
  assert.ok(!kept.includes(service.tokens.auditor.split("_")[2]));
  assert.deepEqual(await other.evaluate(async () => (await caches.keys()).length + (await indexedDB.databases()).length), 0);
  await other.goto(`${service.url}/livez`);
  await other.goBack();
  await other.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.match(other.url(), /#\/contacts$/);
  await other.context().close();
});

test("nobody at the screen for half an hour: signed out", async () => {
  const other = await browser.page();
  await other.clock.install();
  await browser.signIn(other);
  await other.clock.runFor(29 * 60_000);
  await other.keyboard.press("Shift");
  await other.clock.runFor(29 * 60_000);
  assert.equal(await other.getByRole("navigation", { name: "Pages" }).count(), 1);
  await other.clock.runFor(3 * 60_000);
  await other.getByText("Signed out after 30 minutes without a key or a click.").waitFor();
  await other.context().close();
});
