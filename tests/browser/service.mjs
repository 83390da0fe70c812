// The real service on a ledger of its own, with the sample story in it.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const binaries = process.env.CL_BINARY_DIR || join(source, "build/release");
const ledger = join(binaries, "consent-ledger");
export const account = "acme";

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
    this.tokens.operator = run(ledger, ["token", "create", "--data", this.data, "--account", "*", "--role", "admin"]);
    this.listens = await freePort();
    this.serve(); // at once: the port is anybody's until then
    this.recorder = new Recorder();
    await this.recorder.start(this.listens);
    this.port = this.recorder.port;
    this.url = `http://127.0.0.1:${this.port}`;
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

  /** Copies the ledger as it is now, for `putCopyBack`, which starts the service with the copy in its place. */
  async keepCopy() {
    await this.halt();
    cpSync(this.data, `${this.data}.kept`, { recursive: true });
    this.serve();
    await this.ready();
  }

  async putCopyBack() {
    await this.halt();
    rmSync(this.data, { recursive: true });
    renameSync(`${this.data}.kept`, this.data);
    this.serve();
    await this.ready();
  }

  async stop() {
    if (this.child) await this.halt();
    rmSync(this.folder, { recursive: true, force: true });
    await this.recorder?.stop();
  }
}
