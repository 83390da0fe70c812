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
import { number } from "../words/numbers.js";
import { secondsSince, span } from "../words/times.js";

// Counted here, of one page: more than that is said as "or more".
const most = 1000;

const days = (count) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 19) + "Z";
const dueWithin = (count) => (one) => -secondsSince(one.due_at) < count * 86_400;
const ages = [
  ["Overdue", (one) => one.overdue, () => ({ due_before: days(0) })],
  ["Due within 2 days", dueWithin(2), () => ({ due_before: days(2) })],
  ["Due within 10 days", dueWithin(10), () => ({ due_before: days(10) })],
  ["Due later", () => true, () => ({})],
];

function countBy(rows, groups) {
  const counts = groups.map(() => 0);
  for (const row of rows) counts[groups.findIndex(([, holds]) => holds(row))] += 1;
  return counts;
}

/** The service counts so many entries at a time, and goes on where it ended: asked again, up to this often, before there is something to show. */
const turns = 10;

async function countDays(options) {
  let seen;
  for (let turn = 0; turn < turns && !seen?.complete; ++turn) seen = await getJson(withQuery(accountPath("activity"), { days: 30 }), options);
  return seen;
}

function Activity() {
  const days = useLoad(countDays, [session.account]);
  return html`<section aria-labelledby="activity" class="wide"><h2 id="activity">Recorded in the last 30 days</h2>
    <${Loaded} of=${days}>${(seen) => html`
      <${Chart} days=${seen.days} />
      ${!seen.complete && html`<p class="notice">Counted so far: what was recorded since <${Time} at=${seen.counted_from} />. Earlier days are higher
        than shown. <button type="button" class="plain" onClick=${days.reload}>Count on</button></p>`}
    `}<//></section>`;
}

function Findings() {
  const found = useLoad((options) => getJson(accountPath("findings", "summary"), options), [session.account]);
  return html`<section aria-labelledby="findings"><h2 id="findings">Open findings</h2>
    <${Loaded} of=${found}>${({ open, complete }) => html`<ul class="counts">
        ${severities.map((name) => html`<li><a href=${to("findings", [], { severity: name === "info" ? ""
          : name })}><b class=${open[name] ? "" : "none"}>${number(open[name])}${complete ? "" : "+"}</b> <${Severity} of=${name} /></a></li>`)}
      </ul>${!complete && html`<p class="notice">There are more findings than are counted here. A report has all of them.</p>`}`}<//></section>`;
}

function Oldest({ data }) {
  if (data.length === 0) return html`<p class="quiet">Nobody is waiting.</p>`;
  return html`<p class="quiet">The oldest is open for ${span(Math.max(...data.map((one) => one.age_seconds)))}.</p>`;
}

function Obligations() {
  const open = useLoad((options) => getJson(withQuery(accountPath("obligations"), { limit: most }), options), [session.account]);
  return html`<section aria-labelledby="duties"><h2 id="duties">Open obligations</h2>
    <${Loaded} of=${open}>${({ data, has_more }) => {
      const counts = countBy(data, ages);
      return html`<ul class="counts">
        ${ages.map(([name, , query], i) => html`<li class=${i === 0 && counts[0] ? "late" : ""}><a
          href=${to("obligations", [], query())}><b class=${counts[i] ? "" : "none"}>${number(counts[i])}${has_more && i === 3 ? "+" : ""}</b> ${name}</a></li>`)}
      </ul>${has_more ? html`<p class="notice">There are more than ${number(most)}; those due first are counted.</p>` : html`<${Oldest} data=${data} />`}`;
    }}<//></section>`;
}

/** When the account's last entry was recorded. */
function Newest() {
  const last = useLoad((options) => getJson(withQuery(accountPath("changes"), { limit: 1 }), options), [session.account]);
  return html`<${Loaded} of=${last}>${({ data: [row] }) =>
    row ? html`<p class="lead">The last change was recorded <${Time} at=${row.entry.recorded_at} both />.</p>` : html`<p class="lead">Nothing has been recorded for this account yet.</p>`}<//>`;
}

export function Overview() {
  return html`<h1 tabindex="-1">Account <span class="id">${session.account}</span></h1>
    <${Newest} />
    <div class="panels"><${LogPanel} /><${Findings} /><${Obligations} /><${Activity} /></div>`;
}
