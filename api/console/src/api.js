// Requests to the service this page came from, and their failures as values that can be shown.
import { session } from "./session.js";

/** A failure as RFC 9457 tells it; status 0: no answer at all. */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail || body.title || "The service did not answer.");
    this.status = status;
    this.code = body.code || (status === 0 ? "network" : "unknown");
    this.title = body.title || "";
    this.errors = body.errors || [];
  }
}

/** `/v1/accounts/<account>/…`, each part encoded. */
export function accountPath(...parts) {
  return ["/v1/accounts", session.account, ...parts].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join("/");
}

/** A path with a query; empty values are left out, arrays repeat their name. */
export function withQuery(path, params) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, one);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The response, if its status is 2xx. Throws a Problem otherwise, or an AbortError. */
export async function ask(path, { method = "GET", body, accept = "application/json", signal, token = session.token } = {}) {
  const headers = { Accept: accept };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Problem(0);
  }
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => ({})));
  return response;
}

/** What `read` makes of an answer's body; a connection that breaks off is a Problem too. */
async function body(path, options, read) {
  const response = await ask(path, options);
  try {
    return await read(response);
  } catch (error) {
    throw error.name === "AbortError" ? error : new Problem(0, { detail: "The answer broke off." });
  }
}

export const getJson = (path, options) => body(path, options, (response) => response.json());
export const getText = (path, options) => body(path, { accept: "text/plain", ...options }, (response) => response.text());
export const getBytes = (path, options) =>
  body(path, { accept: "*/*", ...options }, async (response) => new Uint8Array(await response.arrayBuffer()));
export const postJson = (path, posted, options) => getJson(path, { method: "POST", body: posted, ...options });
