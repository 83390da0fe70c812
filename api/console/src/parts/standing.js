// What the service says of itself: when it last verified its whole log, and what is wrong with it. Words of the service, no proof.
import { html } from "../view.js";
import { getJson } from "../api.js";
import { useLoad } from "../load.js";
import { Loaded } from "./status.js";
import { Time } from "./basics.js";
import { number } from "../words/numbers.js";

function Verified({ at, entries }) {
  return html`<p>Last verification by the service: all of its ${number(entries)} entries, <${Time} at=${at} both />.</p>`;
}

export function Standing() {
  const said = useLoad((options) => getJson("/readyz?verbose", { ...options, also: [503] }), []);
  return html`<${Loaded} of=${said}>${({ checks, verified }) => {
    const wrong = checks.filter((one) => !one.ok);
    const damaged = wrong.find((one) => one.name === "chain");
    return html`${damaged && html`<div class="verdict bad" role="alert"><p><strong>THE SERVICE FINDS ITS LEDGER DAMAGED.</strong> ${damaged.reason}.</p></div>`}
      ${verified ? html`<${Verified} ...${verified} />` : !damaged && html`<p class="quiet">The service has not verified its whole log since it was started.</p>`}
      ${wrong.filter((one) => one !== damaged).map((one) => html`<p class="notice">The service is not well: ${one.reason}.</p>`)}`;
  }}<//>`;
}
