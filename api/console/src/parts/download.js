// Files for the user: fetched with the token, which no link could carry, and handed over as a download.
import { html, useEffect, useRef, useState } from "../view.js";
import { ask, Problem } from "../api.js";
import { number, size } from "../words/numbers.js";

/** The name that the service gave the file, or ours. */
function nameFrom(response, otherwise) {
  return /filename="([A-Za-z0-9._-]+)"/.exec(response.headers.get("Content-Disposition") || "")?.[1] || otherwise;
}

export function save(parts, type, name) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// A browser keeps the bytes of a Blob on disk where they are many: what came is handed over in pieces of this size.
const pieceBytes = 4 << 20;

/** The whole body in Blobs, read as it comes; `told(bytes)` now and then. */
async function drain(response, told) {
  const blobs = [];
  let chunks = [];
  let [waiting, all] = [0, 0];
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    waiting += next.value.length;
    all += next.value.length;
    if (waiting < pieceBytes) continue;
    blobs.push(new Blob(chunks));
    [chunks, waiting] = [[], 0];
    told(all);
  }
  return { blobs: [...blobs, ...chunks], bytes: all };
}

/** Downloads one document. Gives what to say of it. */
export async function fetchFile(path, accept, name, options = {}, told = () => {}) {
  const response = await ask(path, { accept, ...options });
  const { blobs, bytes } = await drain(response, (so) => told(size(so))).catch((error) => {
    throw error.name === "AbortError" ? error : new Problem(0, { code: "broken", detail: "The answer broke off: the file was not saved." });
  });
  const given = nameFrom(response, name);
  save(blobs, response.headers.get("Content-Type") || accept, given);
  return `Saved ${given}, ${size(bytes)}`;
}

const lines = (bytes) => bytes.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);

/**
 * Follows a listing to its end and joins the pages: of CSV, the header once. `told(words)` after every page. Gives what to say of the file.
 */
export async function fetchPages(path, accept, name, { signal, told }) {
  const parts = [];
  let [rows, written] = [0, 0];
  for (let next = path; next; ) {
    const response = await ask(next, { accept, signal });
    let bytes = new Uint8Array(await response.arrayBuffer());
    if (accept === "text/csv") bytes = parts.length > 0 ? bytes.subarray(bytes.indexOf(10) + 1) : bytes;
    rows += lines(bytes) - (accept === "text/csv" && parts.length === 0 ? 1 : 0);
    written += bytes.length;
    parts.push(new Blob([bytes]));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") || "")?.[1];
    told(`${number(rows)} rows`);
  }
  save(parts, accept, name);
  return `Saved ${name}: ${number(rows)} ${rows === 1 ? "row" : "rows"}, ${size(written)}`;
}

/** A button that says how far it is, and what went wrong. `run({signal, told})` does the work and gives what to say at its end. */
export function Download({ children, run, describedBy }) {
  const [state, set] = useState({ words: "" });
  const abort = useRef(null);
  useEffect(() => () => abort.current?.abort(), []);
  const start = async () => {
    abort.current = new AbortController();
    set({ words: "Working…", busy: true });
    try {
      const done = await run({ signal: abort.current.signal, told: (words) => set({ words: `${words} so far…`, busy: true }) });
      set({ words: done });
    } catch (problem) {
      set(problem.name === "AbortError" ? { words: "Stopped: nothing was saved" } : { words: `Failed: ${problem.message}`, failed: true });
    }
  };
  return html`<span class="download"><button type="button" class="plain" disabled=${state.busy} onClick=${start} aria-describedby=${describedBy}>${children}</button
    >${state.busy && html`<button type="button" class="plain" onClick=${() => abort.current.abort()}>Stop</button>`}<span role="status"
      class=${state.failed ? "wrong" : "quiet"}>${state.words}</span></span>`;
}
