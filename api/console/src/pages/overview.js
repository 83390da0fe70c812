// How the ledger stands: the log, what was recorded lately, what is open.
import { html } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { useLoad } from "../load.js";
import { to } from "../routes.js";
import { session } from "../session.js";
import { Chart } from "../parts/chart.js";
import { Loaded } from "../parts/status.js";
import { Severity, Time } from "../parts/basics.js";
import { LogPanel } from "../parts/trust.js";
import { severities } from "../words/kinds.js";
import { secondsSince } from "../words/times.js";

// Counted here, of one page of each: more than that is said as "or more".
const most = 1000;

const ages = [
  ["Overdue", (one) => one.overdue],
  ["Due within 2 days", (one) => -secondsSince(one.due_at) < 2 * 86400],
  ["Due within 10 days", (one) => -secondsSince(one.due_at) < 10 * 86400],
  ["Due later", () => true],
];

function countBy(rows, groups) {
  const counts = groups.map(() => 0);
  for (const row of rows) counts[groups.findIndex(([, holds]) => holds(row))] += 1;
  return counts;
}

function Activity() {
  const days = useLoad((options) => getJson(withQuery(accountPath("activity"), { days: 30 }), options), [session.account]);
  return html`<section aria-labelledby="activity" class="wide"><h2 id="activity">Recorded in the last 30 days</h2>
    <${Loaded} of=${days}>${(seen) => html`
      <${Chart} days=${seen.days} />
      ${!seen.complete && html`<p class="notice">Only the newest entries are counted here, those since <${Time}
        at=${seen.counted_from} />. Earlier days are higher than shown.</p>`}
    `}<//></section>`;
}

function Findings() {
  const found = useLoad((options) => getJson(withQuery(accountPath("findings"), { limit: most }), options), [session.account]);
  return html`<section aria-labelledby="findings"><h2 id="findings">Open findings</h2>
    <${Loaded} of=${found}>${({ data, has_more }) => {
      const counts = countBy(data, severities.map((name) => [name, (one) => one.severity === name]));
      return html`<ul class="counts">
        ${severities.map((name, i) => html`<li><a href=${to("findings", [], { severity: name === "info" ? ""
          : name })}><b>${counts[i]}${has_more && counts[i] ? "+" : ""}</b> <${Severity} of=${name} /></a></li>`)}
      </ul>${has_more && html`<p class="notice">There are more than ${most}; the first ${most} are counted.</p>`}`;
    }}<//></section>`;
}

function Obligations() {
  const open = useLoad((options) => getJson(withQuery(accountPath("obligations"), { limit: most }), options), [session.account]);
  return html`<section aria-labelledby="duties"><h2 id="duties">Open obligations</h2>
    <${Loaded} of=${open}>${({ data, has_more }) => {
      const counts = countBy(data, ages);
      return html`<ul class="counts">
        ${ages.map(([name], i) => html`<li class=${i === 0 && counts[0] ? "late" : ""}><a
          href=${to("obligations")}><b>${counts[i]}${has_more && i === 3 ? "+" : ""}</b> ${name}</a></li>`)}
      </ul>${has_more && html`<p class="notice">There are more than ${most}; those due first are counted.</p>`}`;
    }}<//></section>`;
}

/** When the account's last entry was recorded. */
function Newest() {
  const last = useLoad((options) => getJson(withQuery(accountPath("changes"), { limit: 1 }), options), [session.account]);
  return html`<${Loaded} of=${last}>${({ data: [row] }) =>
    row && html`<p class="lead">The last change was recorded <${Time} at=${row.entry.recorded_at} both />.</p>`}<//>`;
}

export function Overview() {
  return html`<h1 tabindex="-1">Account <span class="id">${session.account}</span></h1>
    <${Newest} />
    <div class="panels"><${LogPanel} /><${Findings} /><${Obligations} /><${Activity} /></div>`;
}
