// Files for the user: fetched with the token, which no link could carry, and handed over as a download.
import { html, useState } from "../view.js";
import { ask, Problem } from "../api.js";

/** The name that the service gave the file, or ours. */
function nameFrom(response, otherwise) {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") || "")?.[1] || otherwise;
}

export function save(parts, type, name) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Downloads one document. */
export async function fetchFile(path, accept, name, options = {}) {
  const response = await ask(path, { accept, ...options });
  const blob = await response.blob().catch(() => {
    throw new Problem(0, { detail: "The answer broke off: the file was not saved." });
  });
  save([blob], blob.type, nameFrom(response, name));
}

/**
 * Follows a listing to its end and joins the pages: of CSV, the header once. `told(rows)` is called after every page.
 */
export async function fetchPages(path, accept, name, told) {
  const parts = [];
  let rows = 0;
  for (let next = path; next; ) {
    const response = await ask(next, { accept });
    let text = await response.text();
    if (accept === "text/csv" && parts.length > 0) text = text.slice(text.indexOf("\r\n") + 2);
    rows += text.split("\n").length - 1;
    parts.push(text);
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get("Link") || "")?.[1];
    told(rows);
  }
  save(parts, accept, name);
}

/** A button that says how far it is, and what went wrong. `run(told)` does the work. */
export function Download({ children, run, describedBy }) {
  const [state, set] = useState("");
  const start = async () => {
    set("working…");
    try {
      await run((rows) => set(`${rows} lines…`));
      set("saved");
    } catch (problem) {
      set(`failed: ${problem.message}`);
    }
  };
  return html`<span class="download"><button type="button" class="plain" disabled=${state.endsWith("…")} onClick=${start} aria-describedby=${describedBy}>${children}</button
    ><span role="status" class="quiet">${state}</span></span>`;
}
