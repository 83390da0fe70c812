// Loading, nothing there, and what went wrong: said where it happens, and to a screen reader.
import { html } from "../view.js";
import { signOut } from "../session.js";

export function Loading({ what = "Loading" }) {
  return html`<p class="loading" role="status">${what}…</p>`;
}

export function Empty({ children }) {
  return html`<p class="empty" role="status">${children}</p>`;
}

const advice = {
  0: "No answer came. Is the network there, and the service running?",
  401: "The token is not valid any more.",
  403: "This token may not see that.",
  404: "There is nothing by that name here.",
  422: "The service did not accept this.",
  429: "Too many requests: wait a moment.",
  503: "The service cannot answer at the moment.",
};

/** A failure with what can be done about it. */
export function Failure({ problem, retry }) {
  const said = problem.status === 0 ? "" : problem.message || "";
  const known = advice[problem.status] || "Something failed.";
  return html`<div class="failure" role="alert">
    <p><strong>${known}</strong> ${said !== known && said}</p>
    ${problem.errors?.map((one) => one.pointer && html`<p class="quiet">${one.pointer}: ${one.detail}</p>`)}
    <p>
      ${problem.status === 401 && html`<button type="button"
        onClick=${() => signOut("The token is not valid any more. Sign in again.")}>Sign in again</button>`}
      ${retry && problem.status !== 401 && problem.status !== 403 && html`<button type="button" onClick=${retry}>Try again</button>`}
    </p>
  </div>`;
}

/** What a `useLoad` has come to: the value shown by `children(value)`, else why not. */
export function Loaded({ of, what, children }) {
  if (of.loading) return html`<${Loading} what=${what} />`;
  if (of.problem) return html`<${Failure} problem=${of.problem} retry=${of.reload} />`;
  return children(of.value);
}
