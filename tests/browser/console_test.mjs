// Every page of the console, as an auditor uses it, with the sample story (scripts/sample). Nothing that a page must not do goes unnoticed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { account, axe, open as openAt, shoot, stage, stored } from "./harness.mjs";

const on = stage();
const { service, browser } = on;
const number = "+15550100105"; // blocked, STOP all the same, unblocked, back in with consent
let page;
beforeEach(() => ({ page } = on));

const open = (address, heading) => openAt(page, service.url, address, heading);
const lookup = async () => (await (await service.ask(`/v1/accounts/${account}/contacts/lookup`, { method: "POST", body: { phone: number } })).json()).contact;
const menu = (name) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true });

test("the page and its files come with what protects them", async () => {
  const root = await fetch(service.url + "/");
  const policy = root.headers.get("content-security-policy");
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"]) {
    assert.ok(policy.split("; ").includes(part), part);
  }
  assert.equal(root.headers.get("x-content-type-options"), "nosniff");
  assert.equal(root.headers.get("referrer-policy"), "no-referrer");
  const html = await root.text();
  assert.ok(!/<script(?![^>]*\bsrc=)|<style|\bon\w+=|\bstyle=/.test(html), "nothing inline");
  let total = html.length;
  for (const [, file] of html.matchAll(/"(\/console\/[^"]+)"/g)) {
    const answer = await fetch(service.url + file);
    assert.equal(answer.status, 200, file);
    assert.match(answer.headers.get("cache-control"), /immutable/);
    total += (await answer.text()).length;
    const again = await fetch(service.url + file, { headers: { "If-None-Match": answer.headers.get("etag") } });
    assert.equal(again.status, 304);
  }
  const [licences] = html.match(/\/console\/licences[^"]+/);
  const texts = await (await fetch(service.url + licences)).text();
  for (const library of ["@noble/ed25519", "@noble/hashes", "htm", "preact"]) assert.match(texts, new RegExp(`^${library} \\d`, "m"));
  assert.ok(texts.includes("Permission is hereby granted") && texts.includes("Apache License"));
  assert.ok(total < 150_000, `${total} bytes`);
  assert.equal((await fetch(`${service.url}/console/other.js`)).status, 404);
});

test("a wrong token is refused in words, and one of the wrong role sees no data", async () => {
  const other = await browser.page();
  browser.expected = [/status of 40[13]/];
  await other.goto(service.url + "/");
  await other.getByLabel("Token").fill("cl_wrong");
  await other.keyboard.press("Enter");
  await other.getByText("This token is not valid.").waitFor();
  await shoot(other, "login-refused");
  await other.getByLabel("Token").fill(service.tokens.sender);
  await other.keyboard.press("Enter");
  await other.getByText("This token's role is sender: it may not read.").waitFor();
  assert.deepEqual(await axe(other), []);
  await other.context().close();
  browser.expected = [];
});

test("a token of all accounts asks which one", async () => {
  const other = await browser.page();
  await other.goto(service.url + "/");
  await other.getByLabel("Token").fill(service.tokens.all);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("heading", { name: "Which account?" }).waitFor();
  assert.deepEqual(await axe(other), []);
  await other.getByLabel("Account").fill(account);
  await other.getByRole("button", { name: "Open" }).click();
  await other.getByRole("heading", { name: `Account ${account}` }).waitFor();
  await other.getByRole("button", { name: "Other account" }).click();
  await other.getByRole("heading", { name: "Which account?" }).waitFor();
  await other.context().close();
});

test("the overview: a checkpoint that is checked, days, findings, duties", async () => {
  await open("overview", `Account ${account}`);
  await page.getByText("Signed.").first().waitFor();
  await page.getByText(/^Last verification by the service: all of its [1-9][0-9,]* entries/).waitFor();
  const { data } = await (await service.ask(`/v1/accounts/${account}/findings?severity=critical`)).json();
  const critical = page.locator(".counts li", { hasText: "critical" });
  assert.equal((await critical.locator("b").textContent()).trim(), String(data.length));
  await page.getByText("As a table").click();
  const [{ entry: newest }] = (await (await service.ask(`/v1/accounts/${account}/changes?limit=1`)).json()).data;
  await page.getByRole("row", { name: new RegExp(newest.recorded_at.slice(0, 10)) }).waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot(page, "overview");
});

test("search: qualifiers, facets, ids, and a number that stands in no address", async () => {
  await menu("Search").click();
  const box = page.getByRole("searchbox");
  await box.fill("kind:opt_out.*");
  await box.press("Enter");
  await page.waitForFunction(() => {
    const said = [...document.querySelectorAll("td .kind")].map((cell) => cell.textContent);
    return said.length > 2 && said.every((words) => /STOP|Opted out|asked not/.test(words));
  });
  assert.deepEqual(await axe(page), []);
  await shoot(page, "search");
  await page.getByRole("group", { name: "Narrow the rows loaded" }).getByRole("link").first().click();
  await page.waitForFunction(() => /^kind:opt_out\.[a-z]+$/.test(document.querySelector("[name=q]").value));
  assert.match(page.url(), /q=kind%3Aopt_out\.[a-z]+$/);
  await box.fill("kind:nothing before:yesterday");
  await box.press("Enter");
  await page.getByText("nothing is no kind of entry").waitFor();
  await page.getByText("before: wants a day").waitFor();
  assert.equal(await page.locator("tbody tr, .exports").count(), 0, "the rows of the line before, and their export");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q", "the focus stays in the line");
  assert.deepEqual(await axe(page), []);
  await box.fill("chg-nobody-has");
  await box.press("Enter");
  await page.getByText("No entry matches.").waitFor();
  assert.equal(await page.locator(".exports").count(), 0);
  await box.fill("27");
  await box.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Entry 27" }).waitFor();
  await open("search", "Search");
  await box.fill("15550100105");
  await box.press("Enter");
  await page.getByText("Write a number with +").waitFor();
  await box.fill("+1 (555) 010-0105");
  await box.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Contact" }).waitFor();
  assert.ok(page.url().endsWith(`#/contact/${await lookup()}`));
});

test("what is typed as soon as a page is drawn stays in the search line", async () => {
  await open("search?q=kind:opt_out.*", "Search");
  const kept = await page.evaluate(async () => {
    const box = document.querySelector("[name=q]");
    await new Promise((drawn) => {
      new MutationObserver(drawn).observe(document.querySelector("main"), { subtree: true, childList: true });
      location.hash = "#/search?q=kind:opt_in.*";
    });
    box.value = "typed meanwhile";
    await new Promise((later) => setTimeout(later, 200));
    return box.value;
  });
  assert.equal(kept, "typed meanwhile");
});

test("the hint in the search line is drawn whole", async () => {
  await open("search", "Search");
  const box = page.getByRole("searchbox");
  const drawn = async (hint) => {
    await box.evaluate((one, words) => ([...one.attributes].find(({ value }) => /opt.in/.test(value)).value = words), hint);
    return (await box.screenshot()).toString("base64");
  };
  assert.notEqual(await drawn("opt_in"), await drawn("opt in"), "the underscore");
});

test("an id by itself leads to what has it, and where several things have it, asks which", async () => {
  const box = page.getByRole("searchbox");
  const search = async (line) => {
    await open("search", "Search");
    await box.fill(line);
    await box.press("Enter");
  };
  const rows = async (line) => {
    await page.waitForFunction((wanted) => document.querySelector("[name=q]").value === wanted && document.querySelector("tbody tr"), line);
    assert.ok(page.url().endsWith(`q=${encodeURIComponent(line).replaceAll("%20", "+")}`), page.url());
  };
  await search("agent-7");
  await rows("actor:agent-7");
  await search("kind:opt_in.* agent-7");
  await rows("kind:opt_in.* actor:agent-7");
  await search("story-23");
  await rows("record:story-23");
  await search("notices");
  await rows("list:notices");
  await search("d-2026-1");
  await page.getByRole("heading", { name: "Disclosure defined" }).waitFor();
  const define = { kind: "actor.defined", source: { platform: "crm", record: "crm" }, data: { actor: "agent-crm" } };
  assert.equal((await service.ask(`/v1/accounts/${account}/changes`, { method: "POST", body: define })).status, 201);
  await search("crm");
  await page.getByText("Several things have the id").waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot(page, "search-several");
  await page.getByRole("link", { name: "record:crm" }).click();
  await rows("record:crm");
  assert.equal(await page.locator("tbody tr").count(), 1);
});

test("a leaf hash leads to its entry, a pseudonym to its contact, any other hash nowhere", async () => {
  browser.expected = [/status of 404/];
  await open("entry/27", "Entry 27");
  const leaf = await page.locator("dl.facts dd").last().textContent();
  assert.match(leaf, /^[0-9a-f]{64}$/);
  const box = page.getByRole("searchbox");
  for (const [line, heading] of [[leaf, "Entry 27"], [leaf.toUpperCase(), "Entry 27"], [await lookup(), "Contact"]]) {
    await open("search", "Search");
    await box.fill(line);
    await box.press("Enter");
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  }
  await open(`search?q=${"0123456789abcdef".repeat(4)}`, "Search");
  await page.getByText("and no entry's leaf hash").waitFor();
  await open(`contact/${leaf}`, "Contact");
  await page.getByRole("link", { name: "Is it a leaf hash?" }).click();
  await page.getByRole("heading", { level: 1, name: "Entry 27" }).waitFor();
});

test("an opt-in that had no effect is not shown as one that had", async () => {
  const { data } = await (await service.ask(`/v1/accounts/${account}/changes?kind=opt_in.agent&limit=100`)).json();
  const vain = data.find(({ entry }) => !entry.state.opted_in).entry;
  const good = data.find(({ entry }) => entry.state.opted_in && !entry.state.blocked).entry;
  await open(`entry/${vain.seq}`, `Entry ${vain.seq}`);
  await page.getByRole("heading", { name: "Opted in by an agent, without effect" }).waitFor();
  await open(`contact/${vain.contact}`, "Contact");
  const item = (seq) => page.locator(".timeline > li", { has: page.getByRole("link", { name: `entry ${seq}`, exact: true }) });
  await item(vain.seq).getByText("Opted in by an agent, without effect").waitFor();
  assert.equal(await item(vain.seq).first().getAttribute("class"), "");
  assert.equal(await item(vain.seq).locator(".kind.in").count(), 0);
  await shoot(page, "contact-in-vain");
  await open(`entry/${good.seq}`, `Entry ${good.seq}`);
  await page.locator("h2 .kind.in").waitFor();
  assert.equal(await page.getByText("without effect").count(), 0);
  await open(`contact/${good.contact}?at=2099-01-01T00:00:00Z`, "Contact");
  await page.getByText("if nothing more were recorded until then").waitFor();
  assert.equal(await page.getByRole("heading", { name: /^What was true at/ }).count(), 0);
});

test("All Contacts and lists, as the platform's users know them", async () => {
  await menu("All Contacts").click();
  await page.getByRole("columnheader", { name: "Opted-in" }).waitFor();
  await page.getByRole("columnheader", { name: "Blocked" }).waitFor();
  const all = await page.locator("tbody tr").count();
  await shoot(page, "contacts");
  await page.getByLabel("Status").selectOption("blocked");
  await page.waitForFunction((before) => document.querySelectorAll("tbody tr").length < before && !document.querySelector(".loading"), all);
  assert.ok((await page.locator("td[data-name=Blocked] .box").allTextContents()).every((text) => text === "Yes"));
  assert.match(page.url(), /status=blocked/);
  assert.deepEqual(await axe(page), []);
  await menu("Lists").click();
  await page.getByRole("link", { name: "marketing", exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: "List marketing" }).waitFor();
  await page.getByRole("columnheader", { name: "Opted-in" }).waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot(page, "list");
});

test("a contact: what happened, and its state at any time", async () => {
  const contact = await lookup();
  await open(`contact/${contact}`, "Contact");
  const history = (await (await service.ask(`/v1/accounts/${account}/contacts/${contact}/history?limit=100`)).json()).data;
  assert.equal(await page.locator(".timeline > li").count(), history.length);
  assert.deepEqual(await axe(page), []);
  await shoot(page, "contact");
  const [first] = history.map(({ entry }) => entry).sort((a, b) => a.seq - b.seq);
  const before = new Date(new Date(first.occurred_at) - 60_000).toISOString().slice(0, 19).replace(/:00$/, "");
  browser.expected = [/status of 404/];
  await page.getByLabel("As the ledger knew it at (UTC)").fill(before);
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("The ledger had no record of this contact then.").waitFor();
  const now = page.getByRole("link", { name: "Now" });
  await now.click();
  await now.waitFor({ state: "detached" }); // the form of the page before is drawn until the page follows
  browser.expected = [];
  const stop = history.find(({ entry }) => entry.kind === "opt_out.stop").entry;
  // The browser writes no seconds where there are none, and takes what it would write alone.
  const then = new Date(new Date(stop.occurred_at).getTime() + 1_000).toISOString().slice(0, 19).replace(/:00$/, "");
  await page.getByLabel("What was true at (UTC)").fill(then);
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("Not opted-in").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "HTML, to print" }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /<title>/);
});

test("a contact that was erased says so, and a hold is shown", async () => {
  const phone = "+15550100177";
  const change = { kind: "contact.added", phone, source: { platform: "crm", record: "browser-1" }, data: { origin: "manual" } };
  const { contact } = await (await service.ask(`/v1/accounts/${account}/changes`, { method: "POST", body: change })).json();
  await service.ask(`/v1/accounts/${account}/contacts/${contact}/erase`, { method: "POST", body: { request: "mail-7" } });
  await service.ask(`/v1/accounts/${account}/contacts/${contact}/holds`, { method: "POST", body: { matter: "case-7" } });
  await open(`contact/${contact}`, "Contact");
  await page.getByText(/Erased by/).waitFor();
  await page.getByText("The number stays suppressed.").waitFor();
  await page.getByText("case-7").waitFor();
});

test("findings and obligations, with their source", async () => {
  await open("findings?severity=critical", "Findings");
  assert.ok((await page.locator("td .severity").allTextContents()).every((text) => text === "critical"));
  assert.ok((await page.locator("td[data-name=Source]").first().textContent()).length > 5);
  assert.deepEqual(await axe(page), []);
  await shoot(page, "findings");
  await page.getByLabel("Status").selectOption("waived");
  await page.waitForURL(/status=waived/);
  await open("obligations?status=all", "Obligations");
  await page.locator("td", { hasText: "Remove from a list" }).first().waitFor();
  assert.deepEqual(await axe(page), []);
  await shoot(page, "obligations");
});

test("every report can be saved in every format", async () => {
  await open("reports", "Reports");
  assert.deepEqual(await axe(page), []);
  await shoot(page, "reports");
  for (const form of ["html", "csv", "spreadsheet", "json"]) {
    await page.waitForTimeout(1_200); // Chromium drops what a page saves beyond ten files in a row without a pause of a second
    await page.getByLabel("Format").selectOption(form);
    for (const button of await page.locator(".reports section:not(:has([type=file]))").getByRole("button", { name: "Save" }).all()) {
      const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
      assert.ok(readFileSync(await download.path()).length > 50, `${download.suggestedFilename()} as ${form}`);
    }
  }
});

test("evidence bundles: of a contact, its redacted twin, and of what the filters leave", async () => {
  const zip = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
    const bytes = readFileSync(await download.path());
    assert.match(download.suggestedFilename(), /\.zip$/);
    assert.equal(bytes.subarray(0, 2).toString(), "PK");
    assert.ok(bytes.includes("data/manifest.json"));
    return bytes.toString("latin1");
  };
  const contact = await lookup();
  await open(`contact/${contact}`, "Contact");
  assert.ok((await zip("Bundle (zip)")).includes(contact));
  assert.ok((await zip("Redacted twin")).includes('"openings":"redacted"'));
  await open("reports", "Reports");
  assert.ok((await zip("Bundle (zip)")).includes('"kind":"account"'));
  await page.getByLabel("List", { exact: true }).fill("marketing");
  await page.keyboard.press("Tab");
  await page.getByText("everybody who was ever on the list marketing").waitFor();
  assert.ok((await zip("Bundle (zip)")).includes('"list":"marketing"'));
});

test("the keyboard alone leads from the sign-in to an entry, and the focus follows", async () => {
  const other = await browser.page();
  await other.goto(service.url + "/#/search");
  await other.waitForFunction(() => document.activeElement.name === "token");
  await other.keyboard.type(service.tokens.auditor);
  await other.keyboard.press("Enter");
  await other.getByRole("heading", { level: 1, name: "Search" }).waitFor();
  await other.waitForFunction(() => document.activeElement.tagName === "H1");
  await other.keyboard.press("Tab");
  await other.keyboard.type("kind:opt_out.stop");
  await other.keyboard.press("Enter");
  await other.waitForFunction(() => {
    const found = [...document.querySelectorAll("td .kind + .id")].map((cell) => cell.textContent);
    return found.length > 0 && found.every((kind) => kind === "opt_out.stop");
  });
  for (let i = 0; i < 40 && !(await other.evaluate(() => /#\/entry\//.test(document.activeElement.href))); ++i) await other.keyboard.press("Tab");
  await other.keyboard.press("Enter");
  await other.getByText("This entry is in the signed log.").waitFor();
  await other.waitForFunction(() => document.activeElement.tagName === "H1");
  await other.context().close();
});

test("the token is nowhere but in memory, and signing out forgets it", async () => {
  const kept = await stored(page);
  for (const token of Object.values(service.tokens)) assert.ok(!kept.includes(token) && !kept.includes(token.split("_")[2]), kept);
  assert.deepEqual(Object.keys(JSON.parse(kept).local).filter((name) => !name.startsWith("consent-ledger/checkpoint/")), []);
  const other = await browser.page();
  await browser.signIn(other);
  await other.reload();
  await other.getByRole("heading", { name: "Sign in" }).waitFor();
  await browser.signIn(other);
  await other.getByRole("button", { name: "Sign out" }).click();
  await other.getByText("Signed out.").waitFor();
  await other.context().close();
});

test("phone width and the dark scheme: readable, and without a violation", async () => {
  const contact = await lookup();
  const small = await browser.page({ width: 375, height: 800 });
  await browser.signIn(small);
  const dark = await browser.page({ dark: true });
  await browser.signIn(dark);
  for (const [name, address] of [["overview", ""], ["search", "search?q=kind:opt_out.*"], ["contacts", "contacts"], ["contact", `contact/${contact}`], ["entry", "entry/27"], ["findings", "findings"], ["obligations", "obligations"], ["reports", "reports"]]) {
    for (const [look, sheet] of [["phone", small], ["dark", dark]]) {
      await sheet.goto(`${service.url}/#/${address}`);
      await sheet.waitForFunction(() => document.querySelector("main h1") && !document.querySelector(".loading"));
      await shoot(sheet, `${name}-${look}`);
      const wider = await sheet.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${name} is ${wider} px too wide at ${look}`);
      const cut = await sheet.evaluate(() => [...document.querySelectorAll("input[type=datetime-local]")].filter((one) => {
        const free = one.cloneNode();
        free.style.cssText = "position: absolute; width: auto; min-width: 0; max-width: none";
        one.after(free);
        const wanted = free.getBoundingClientRect().width;
        free.remove();
        return one.getBoundingClientRect().width < wanted;
      }).length);
      assert.equal(cut, 0, `${name}: a time is cut off`);
      assert.deepEqual(await axe(sheet), [], `${name} ${look}`);
    }
  }
  await small.goto(`${service.url}/#/nowhere`);
  await small.getByRole("heading", { name: "No such page" }).waitFor();
  await small.context().close();
  await dark.context().close();
});
