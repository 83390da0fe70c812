// Loading, nothing there, and what went wrong: said where it happens, and to a screen reader.
import { html, useEffect, useState } from "../view.js";
import { to } from "../routes.js";
import { signOut } from "../session.js";

const slowMs = 5_000;

/** `stop`: what a button does that gives up waiting. */
export function Loading({ what = "Loading", stop }) {
  const [slow, say] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => say(true), slowMs);
    return () => clearTimeout(timer);
  }, []);
  return html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span>${what}…${slow && " This takes longer than usual."}${stop
    && html` <button type="button" class="plain" onClick=${stop}>Stop</button>`}</p>`;
}

export function Empty({ children }) {
  return html`<p class="empty" role="status">${children}</p>`;
}

const advice = {
  network: "No answer came. Is the network there, and the service running?",
  timeout: "No answer came in time.",
  broken: "The answer cannot be read.",
  number: "Not asked.",
  401: "The token is not valid any more.",
  403: "This token may not see that.",
  404: "There is nothing by that name here.",
  409: "The service refused it.",
  413: "That is more than the service takes at once.",
  422: "The service did not accept this.",
  429: "Too many requests: wait a moment.",
  500: "The service failed. Its log says why.",
  503: "The service cannot answer at the moment.",
};

/** What trying again cannot change. */
const final = new Set([401, 403, 404, 409, 413, 422]);

function said(problem) {
  const words = problem.message || "";
  if (problem.status === 0 && problem.code === "network") return "";
  const sentence = words && words[0].toUpperCase() + words.slice(1);
  return sentence && !/[.!?]$/.test(sentence) ? `${sentence}.` : sentence;
}

function WayOn({ problem, retry }) {
  if (problem.status === 401) {
    return html`<button type="button" onClick=${() => signOut("The token is not valid any more. Sign in again to go on here.")}>Sign in again</button>`;
  }
  if (problem.status === 403) {
    return html`<button type="button" class="plain" onClick=${() => signOut("Sign in with a token that may see this page.")}>Use another token</button>`;
  }
  if (problem.status === 404) return html`<a href=${to("search")}>Search</a> · <a href=${to("overview")}>Overview</a>`;
  return retry && !final.has(problem.status) && html`<button type="button" onClick=${retry}>Try again</button>${problem.retryAfter > 0
    && html` <span class="quiet">in ${problem.retryAfter} ${problem.retryAfter === 1 ? "second" : "seconds"}, the service says</span>`}`;
}

/** A failure with what can be done about it. */
export function Failure({ problem, retry }) {
  const known = advice[problem.status === 0 ? problem.code : problem.status] || "Something failed.";
  const words = said(problem);
  return html`<div class="failure" role="alert">
    <p><strong>${known}</strong> ${words !== known && words}</p>
    ${problem.errors?.map((one) => one.pointer && html`<p class="quiet">${one.pointer}: ${one.detail}</p>`)}
    <p><${WayOn} problem=${problem} retry=${retry} /></p>
  </div>`;
}

/** What a `useLoad` has come to: the value shown by `children(value)`, else why not. */
export function Loaded({ of, what, children }) {
  if (of.loading) return html`<${Loading} what=${what} />`;
  if (of.problem) return html`<${Failure} problem=${of.problem} retry=${of.reload} />`;
  return children(of.value);
}
