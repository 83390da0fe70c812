// The page for whoever reads it in another way: without a pointer, without colours, at 400 per cent, with another theme.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { account, axe, open as openAt, shoot, stage } from "./harness.mjs";

const on = stage();
const { service, browser } = on;
let page;
beforeEach(() => ({ page } = on));

const still = (sheet) => sheet.waitForFunction(() => document.querySelector("main h1") && !document.querySelector(".loading"));
const anyContact = async () => (await (await service.ask(`/v1/accounts/${account}/contacts?limit=1`)).json()).data[0].contact;
const pages = async () => ["", "search?q=kind:opt_out.*", "contacts", `contact/${await anyContact()}`, "lists", "lists/marketing", "entry/27", "findings?status=all",
  "obligations?status=all", "reports"];

test("at 400 per cent of 1280 pixels nothing has to be moved sideways to be read", async () => {
  const narrow = await browser.page({ width: 320, height: 640 });
  await browser.signIn(narrow);
  for (const address of await pages()) {
    await narrow.goto(`${service.url}/#/${address}`);
    await still(narrow);
    const wide = await narrow.evaluate(() => [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
      && !one.closest("thead, .skip, .hidden")).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(wide, [], address);
    assert.ok((await narrow.evaluate(() => document.documentElement.scrollWidth)) <= 320, address);
  }
  await shoot(narrow, "reports-320");
  await narrow.context().close();
});

test("forced colours: every page keeps its words and its marks, and the chart its parts", async () => {
  const forced = await browser.page({ forcedColors: "active" });
  await browser.signIn(forced);
  for (const address of await pages()) {
    await forced.goto(`${service.url}/#/${address}`);
    await still(forced);
    assert.deepEqual(await axe(forced), [], address);
  }
  await openAt(forced, service.url, "", `Account ${account}`);
  await shoot(forced, "overview-forced-colours");
  const fills = await forced.evaluate(() => ["in", "out", "other"].map((part) => getComputedStyle(document.querySelector(`.legend i.${part}`)).backgroundColor));
  assert.equal(new Set(fills).size, 3, fills.join());
  await forced.context().close();
});

test("the chart's parts stand out from its ground by three to one, in both schemes", async () => {
  for (const dark of [false, true]) {
    const sheet = await browser.page({ dark });
    await browser.signIn(sheet);
    await sheet.locator(".legend").waitFor();
    const contrasts = await sheet.evaluate(() => {
      const channel = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
      const luminance = (colour) => {
        const [r, g, b] = colour.match(/\d+/g).map(Number).map(channel);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = luminance(getComputedStyle(document.querySelector(".panels > section")).backgroundColor);
      return [...document.querySelectorAll(".legend i")].map((one) => {
        const [a, b] = [luminance(getComputedStyle(one).backgroundColor), ground].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
      });
    });
    assert.ok(contrasts.length === 3 && contrasts.every((one) => one >= 3), contrasts.join());
    await sheet.context().close();
  }
});

test("by keyboard: the skip link comes first and works, the focus is seen, and what opens can be opened", async () => {
  await page.goto(`${service.url}/#/contacts`);
  await still(page);
  await page.locator(".brand").focus();
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the page");
  assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0), "the skip link is seen while it has the focus");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const seen = new Set();
  for (let i = 0; i < 12; ++i) {
    await page.keyboard.press("Tab");
    const [name, outline] = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return [document.activeElement.outerHTML.slice(0, 60), outlineStyle !== "none" && outlineWidth !== "0px"];
    });
    assert.ok(outline, `the focus is not seen on ${name}`);
    seen.add(name);
  }
  assert.ok(seen.size > 8, "the focus goes on");
  await page.goto(`${service.url}/#/`);
  await page.locator(".chart summary").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("table", { name: "Entries by day" }).waitFor();
});

test("what loads, fails or is found is said in a live region, and each page has one first heading and its landmarks", async () => {
  await page.goto(`${service.url}/#/nowhere`);
  for (const address of await pages()) {
    await page.goto(`${service.url}/#/${address}`);
    await still(page);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, address);
    assert.equal(await page.evaluate(() => document.querySelector("main h1, main h2, main p, main section").tagName), "H1", `what comes first of ${address}`);
    for (const landmark of ["banner", "navigation", "main", "contentinfo"]) assert.equal(await page.getByRole(landmark).count(), 1, `${landmark} of ${address}`);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", address);
  }
  await openAt(page, service.url, "search?q=kind:opt_out.*", "Search");
  await page.getByRole("status").filter({ hasText: /rows, and no more|so far/ }).waitFor();
});
