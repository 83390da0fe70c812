// Requests to the service this page came from, and their failures as values that can be shown.
import { session } from "./session.js";
import { carriesNumber } from "./words/phones.js";

/** A failure as RFC 9457 tells it; status 0: no answer at all. */
export class Problem extends Error {
  constructor(status, body = {}) {
    super(body.detail || body.title || (status === 0 ? "The service did not answer." : `The answer's status is ${status}.`));
    this.status = status;
    this.code = body.code || (status === 0 ? "network" : "unknown"); // with status 0 also: timeout, broken
    this.title = body.title || "";
    this.errors = Array.isArray(body.errors) ? body.errors : [];
  }
}

// What is shown waits no longer for an answer; what is saved may take its time.
const patienceMs = 60_000;
const patient = (signal) => AbortSignal.any([signal, AbortSignal.timeout(patienceMs)].filter(Boolean));

/** A failure of fetch itself: given up by the page, by the clock, or no answer. */
function failureOf(error, otherwise) {
  if (error.name === "AbortError" || error instanceof Problem) return error;
  if (error.name === "TimeoutError") return new Problem(0, { code: "timeout", detail: `There was no answer within ${patienceMs / 1000} seconds.` });
  return new Problem(0, otherwise);
}

/** What a refusal says of itself, if it says it as RFC 9457 wants. */
async function refusal(response) {
  const body = await response.json().catch(() => null);
  const problem = new Problem(response.status, body && typeof body === "object" ? body : {});
  problem.retryAfter = Number(response.headers.get("Retry-After")) || 0;
  return problem;
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

/** The response, if its status is 2xx or among `also`. Throws a Problem otherwise, or an AbortError. `body`: sent as JSON, a file as its own `type` says. */
export async function ask(path, { method = "GET", body, type = "application/json", accept = "application/json", signal, token = session.token, also = [] } = {}) {
  const headers = { Accept: accept };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = type;
  // Addresses stay in logs.
  if (carriesNumber(path)) throw new Problem(0, { code: "number", detail: "A telephone number would stand in an address. Search for the number instead." });
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
  } catch (error) {
    throw failureOf(error);
  }
  if (!response.ok && !also.includes(response.status)) throw await refusal(response);
  return response;
}

/** What `read` makes of an answer's body; a connection that breaks off is a Problem too. */
async function body(path, options, read) {
  const response = await ask(path, { ...options, signal: patient(options?.signal) });
  try {
    return await read(response);
  } catch (error) {
    throw failureOf(error, { code: "broken", detail: "The answer broke off, or is not what it should be." });
  }
}

export const getJson = (path, options) => body(path, options, (response) => response.json());
export const getText = (path, options) => body(path, { accept: "text/plain", ...options }, (response) => response.text());
export const getBytes = (path, options) =>
  body(path, { accept: "*/*", ...options }, async (response) => new Uint8Array(await response.arrayBuffer()));
export const postJson = (path, posted, options) => getJson(path, { method: "POST", body: posted, ...options });
