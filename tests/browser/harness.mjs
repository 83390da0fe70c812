// The real service with the sample story, and a browser that reports everything that a page must not do.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const binaries = process.env.CL_BINARY_DIR || join(source, "build/release");
const ledger = join(binaries, "consent-ledger");
const modules = createRequire(join(process.env.CL_BROWSER_MODULES || join(binaries, "rooms/tests/browser/npm"), "package.json"));
const { chromium } = modules("playwright-core");
const axeFile = modules.resolve("axe-core/axe.min.js");
export const account = "acme";
export const screenshots = join(binaries, "screenshots");

function run(command, options) {
  const done = spawnSync(command, options, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${options.join(" ")}: ${done.stderr || done.error}`);
  return done.stdout.trim();
}

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

const python = process.env.CL_PYTHON || "python3";

/** The relay that holds what the page is answered against the OpenAPI document, in front of `port`. */
class Recorder {
  async start(port) {
    this.child = spawn(python, ["-B", join(source, "tests/e2e/recorder.py"), String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    this.ended = new Promise((done) => this.child.once("exit", done));
    this.port = Number(await new Promise((found) => this.child.stdout.once("data", (text) => found(String(text)))));
  }

  async stop() {
    this.child.kill("SIGTERM");
    if ((await this.ended) !== 0) throw new Error("an answer is not as the OpenAPI document says; it stands above");
  }
}

/** A ledger of its own, served, with the sample story in it. */
export class Service {
  async start() {
    this.folder = mkdtempSync(join(tmpdir(), "console-"));
    this.data = join(this.folder, "data");
    run(ledger, ["init", "--data", this.data, "--origin", "ledger.example.com/browser"]);
    this.tokens = {};
    for (const role of ["auditor", "admin", "writer", "sender"]) {
      this.tokens[role] = run(ledger, ["token", "create", "--data", this.data, "--account", account, "--role", role]);
    }
    this.tokens.all = run(ledger, ["token", "create", "--data", this.data, "--account", "*", "--role", "auditor"]);
    this.listens = await freePort();
    this.recorder = new Recorder();
    await this.recorder.start(this.listens);
    this.port = this.recorder.port;
    this.url = `http://127.0.0.1:${this.port}`;
    this.serve();
    await this.ready();
    const tokenFile = join(this.folder, "token");
    run("/bin/sh", ["-c", 'umask 077 && printf %s "$1" >"$2"', "sh", this.tokens.admin, tokenFile]);
    run(python, [join(source, "scripts/sample/load"), this.url, tokenFile]);
  }

  serve() {
    this.child = spawn(ledger, ["serve", "--data", this.data, "--listen", `127.0.0.1:${this.listens}`], { stdio: ["ignore", "ignore", "inherit"] });
    this.ended = new Promise((done) => this.child.once("exit", done));
  }

  async ready() {
    for (let tries = 0; tries < 300; ++tries) {
      if (await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)) return;
      await new Promise((again) => setTimeout(again, 100));
    }
    throw new Error("the service was not ready after 30 seconds");
  }

  async ask(path, { method = "GET", body, role = "admin" } = {}) {
    const headers = { Authorization: `Bearer ${this.tokens[role]}`, "Content-Type": "application/json" };
    return fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
  }

  async halt() {
    this.child.kill("SIGTERM");
    await this.ended;
  }

  async stop() {
    if (this.child) await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
    await this.recorder?.stop();
  }
}

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
  async page({ width = 1280, height = 900, dark = false } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
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
    page.on("console", (message) => message.type() === "error" && complain(`console: ${message.text()}`));
    page.on("pageerror", (error) => complain(`error: ${error.stack}`));
    page.on("request", (request) => {
      const address = request.url();
      if (address.startsWith("blob:")) return;
      if (!address.startsWith(`${this.service.url}/`)) complain(`a request to another host: ${address}`);
      if (/\+1\d{10}|%2B1\d{10}|cl_[A-Za-z0-9]+_/.test(address)) complain(`a number or a token in an address: ${address}`);
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
}

/** What axe finds, as lines. Injected through the debugger, so that the page's policy stays as it is. */
export async function axe(page) {
  const { readFileSync } = await import("node:fs");
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
