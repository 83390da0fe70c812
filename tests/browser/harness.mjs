// A browser that reports everything that a page must not do, and what the tests begin with.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, afterEach, before } from "node:test";
import { Service, account, binaries } from "./service.mjs";

const modules = createRequire(join(process.env.CL_BROWSER_MODULES || join(binaries, "rooms/tests/browser/npm"), "package.json"));
const { chromium } = modules("playwright-core");
const axeFile = modules.resolve("axe-core/axe.min.js");
export { account };
export const screenshots = join(binaries, "screenshots");

const secrets = /\+1\d{10}|%2B1\d{10}|cl_[A-Za-z0-9]+_/;

/** A browser; every page of it is watched. */
export class Browser {
  constructor(service) {
    this.service = service;
    this.wrongs = [];
    this.expected = []; // patterns of console messages that a test provokes
  }

  async start() {
    const executablePath = process.env.CL_CHROMIUM || ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
    if (!executablePath) throw new Error("there is no chromium: scripts/setup installs it, or CL_CHROMIUM names one");
    this.browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
    mkdirSync(screenshots, { recursive: true });
  }

  stop() {
    return this.browser?.close();
  }

  /** A page with an empty storage. */
  async page({ width = 1280, height = 900, dark = false, forcedColors = "none" } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      forcedColors,
      timezoneId: "America/New_York",
      locale: "en-US",
      acceptDownloads: true,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`));
    });
    this.watch(page);
    return page;
  }

  watch(page) {
    const complain = (text) => this.expected.some((one) => one.test(text)) || this.wrongs.push(text);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complain(`console: ${message.text()}`);
      if (secrets.test(message.text())) this.wrongs.push(`a number or a token in the console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      this.wrongs.push(`a script that was in a text ran: ${dialog.message()}`);
      dialog.dismiss();
    });
    page.on("response", (answer) => {
      const cached = answer.headers()["cache-control"];
      if (answer.url().includes("/v1/") && cached !== "no-store") this.wrongs.push(`${answer.url()} may be kept: ${cached}`);
    });
    page.on("pageerror", (error) => complain(`error: ${error.stack}`));
    page.on("request", (request) => {
      const address = request.url();
      if (address.startsWith("blob:")) return;
      if (!address.startsWith(`${this.service.url}/`)) complain(`a request to another host: ${address}`);
      if (secrets.test(address)) complain(`a number or a token in an address: ${address}`);
    });
  }

  /** What no test provoked. */
  complaints() {
    return this.wrongs.splice(0);
  }

  async signIn(page, token = this.service.tokens.auditor) {
    await page.goto(this.service.url + "/");
    await page.getByLabel("Token").fill(token);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
  }

  /** Signed in, and has seen no checkpoint before. */
  async newcomer() {
    const page = await this.page();
    await this.signIn(page);
    await page.getByText("Seen for the first time.").waitFor();
    await page.evaluate(() => localStorage.clear());
    return page;
  }
}

/** What axe finds, as lines. Injected through the debugger, so that the page's policy stays as it is. */
export async function axe(page) {
  await page.evaluate(`{${readFileSync(axeFile, "utf8")}}`);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
}

/** What the page keeps in the browser, all of it. */
export function stored(page) {
  return page.evaluate(() => JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, address: location.href }));
}

/** A picture for whoever looks, once the page is still. */
export async function shoot(page, name) {
  await page.waitForFunction(() => !document.querySelector(".loading"));
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

/** The page at an address inside of it, drawn and still. The address is in force before the page follows it: what is drawn then is the page before. */
export async function open(page, url, address, heading) {
  if (!page.url().startsWith(`${url}/`)) await page.goto(`${url}/`);
  await page.evaluate((hash) => new Promise((followed) => {
    if (location.hash === new URL(hash, location).hash) return followed();
    addEventListener("hashchange", () => setTimeout(followed), { once: true }); // after the page's own, which draws before the next task
    location.hash = hash;
  }), `#/${address}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".loading"));
}

/**
 * What a file of tests begins with: the service, the browser, and `stage.page`, which an auditor is signed in to. Each test ends without a route in
 * between and without a complaint.
 */
export function stage() {
  const service = new Service();
  const browser = new Browser(service);
  const made = { service, browser, page: null };
  before(async () => {
    await service.start();
    await browser.start();
    made.page = await browser.page();
    await browser.signIn(made.page);
  });
  after(async () => {
    await browser.stop();
    await service.stop();
  });
  afterEach(async () => {
    await made.page.unrouteAll();
    browser.expected = [];
    assert.deepEqual(browser.complaints(), []);
  });
  return made;
}
