// What the rules object to, and what has to be done.
import { html } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { usePages } from "../load.js";
import { to } from "../routes.js";
import { session } from "../session.js";
import { Contact, Entry, Severity, Time } from "../parts/basics.js";
import { Exports } from "../parts/exports.js";
import { Filter } from "../parts/form.js";
import { Pages } from "../parts/table.js";
import { severities } from "../words/kinds.js";
import { visible } from "../words/texts.js";
import { span } from "../words/times.js";

const findingStatuses = [["", "Open"], ["waived", "Waived"], ["closed", "Closed"], ["all", "All"]];
const leasts = [["", "Any"], ...severities.slice(0, -1).map((name, i) => [name, i === 0 ? name : `${name} or worse`])];

function Status({ of }) {
  if (of.status === "closed") return html`<span>closed by <${Entry} seq=${of.closed_by} /></span>`;
  if (of.status !== "waived") return html`<span>${of.status}</span>`;
  return html`<span>waived by <${Entry} seq=${of.waiver.seq} /> until <${Time} at=${of.waiver.until} />${of.waiver.reason
    && `: ${visible(of.waiver.reason)}`}</span>`;
}

const findingColumns = [
  { name: "Severity", show: (one) => html`<${Severity} of=${one.severity} />` },
  { name: "Finding", wide: true, show: (one) => html`<span><a class="id" href=${to("findings", [],
    { rule: one.id })} title="All findings of this rule">${one.id}</a> ${one.title || one.what}${one.what && one.title
    && html`<br /><span class="quiet">${one.what}</span>`}</span>` },
  { name: "Source", wide: true, show: (one) => one.citation && html`<small>${one.citation}</small>` },
  { name: "Entry", show: (one) => html`<${Entry} seq=${one.seq} />` },
  { name: "Contact", show: (one) => one.contact && html`<${Contact} id=${one.contact} />` },
  { name: "Status", show: (one) => html`<${Status} of=${one} />` },
];

const findingFields = [
  ["severity", (one) => one.severity],
  ["rule", (one) => one.id],
  ["title", (one) => one.title],
  ["what", (one) => one.what],
  ["citation", (one) => one.citation],
  ["seq", (one) => one.seq],
  ["contact", (one) => one.contact],
  ["status", (one) => one.status],
  ["closed_by", (one) => one.closed_by],
  ["waived_by", (one) => one.waiver?.seq],
  ["waived_until", (one) => one.waiver?.until],
];

export function Findings({ route }) {
  const { status, severity, rule } = route.query;
  const found = usePages(
    ({ signal, cursor }) => getJson(withQuery(accountPath("findings"), { status, severity, rule, cursor }), { signal }),
    [status, severity, rule, session.account],
  );
  return html`<h1 tabindex="-1">Findings</h1>
    <div class="filters" role="group" aria-label="Filters">
      <${Filter} route=${route} name="status" label="Status" options=${findingStatuses} />
      <${Filter} route=${route} name="severity" label="Severity" options=${leasts} />
      ${rule && html`<p class="chosen">Only rule <b class="id">${rule}</b> · <a href=${to("findings", [], { status, severity })}>all rules</a></p>`}
    </div>
    <div class="tools"><${Exports} key=${`${status} ${severity} ${rule}`} listing=${{ path: accountPath("findings"), params: { status, severity,
      rule }, fields: findingFields, title: "Findings", name: "findings" }} /></div>
    <${Pages} of=${found} columns=${findingColumns} caption="What the dated rules object to, oldest first" empty="No finding is like this."
      keyOf=${(one) => `${one.seq} ${one.id}`} />`;
}

const duties = { remove_from_list: "Remove from a list", review: "Judge a message" };
const dutyStatuses = [["", "Open"], ["closed", "Closed"], ["all", "All"]];
const dutyKinds = [["", "Any"], ...Object.entries(duties)];

const dutyColumns = [
  { name: "Due", show: (one) => html`<span><${Time} at=${one.due_at} />${one.overdue && html` <span
    class="severity critical">${one.status === "open" ? "overdue" : "was late"}</span>`}</span>` },
  { name: "What", wide: true, show: (one) => html`<span>${duties[one.kind] || one.kind}${one.list && html` <b class="id">${one.list}</b>`}</span>` },
  { name: "Contact", show: (one) => html`<${Contact} id=${one.contact} />` },
  { name: "Opened by", show: (one) => html`<${Entry} seq=${one.seq} />` },
  { name: "Assigned to", show: (one) => html`<span>${one.assignee || html`<span class="quiet">nobody</span>`}</span>` },
  { name: "Status", show: (one) => html`<span>${one.status === "open" ? `open for ${span(one.age_seconds)}` : html`closed
    by <${Entry} seq=${one.closed_by} /> after ${span(one.age_seconds)}`}</span>` },
  { name: "Source", show: (one) => html`<small>${one.rule}: ${one.citation}</small>` },
];

const dutyFields = [
  ["due_at", (one) => one.due_at],
  ["overdue", (one) => one.overdue],
  ["what", (one) => one.kind],
  ["list", (one) => one.list],
  ["contact", (one) => one.contact],
  ["opened_by", (one) => one.seq],
  ["opened_at", (one) => one.opened_at],
  ["assignee", (one) => one.assignee],
  ["status", (one) => one.status],
  ["closed_by", (one) => one.closed_by],
  ["closed_at", (one) => one.closed_at],
  ["rule", (one) => one.rule],
  ["citation", (one) => one.citation],
];

export function Obligations({ route }) {
  const { status, kind, due_before } = route.query;
  const found = usePages(
    ({ signal, cursor }) => getJson(withQuery(accountPath("obligations"), { status, kind, due_before, cursor }), { signal }),
    [status, kind, due_before, session.account],
  );
  return html`<h1 tabindex="-1">Obligations</h1>
    <div class="filters" role="group" aria-label="Filters">
      <${Filter} route=${route} name="status" label="Status" options=${dutyStatuses} />
      <${Filter} route=${route} name="kind" label="What" options=${dutyKinds} />
      ${due_before && html`<p class="chosen">Only what is due before <${Time} at=${due_before} /> · <a href=${to("obligations", [], { status,
        kind })}>all of them</a></p>`}
    </div>
    <div class="tools"><${Exports} key=${`${status} ${kind} ${due_before}`} listing=${{ path: accountPath("obligations"), params: { status, kind,
      due_before }, fields: dutyFields, title: "Obligations", name: "obligations" }} /></div>
    <${Pages} of=${found} columns=${dutyColumns} caption="What is due first comes first." empty="Nothing is due." keyOf=${(one) => one.seq} />`;
}
