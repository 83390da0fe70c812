// Documents for auditors and regulators, made by the service and saved here.
import { html, useState } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { useLoad } from "../load.js";
import { session } from "../session.js";
import { Bundle } from "../parts/bundle.js";
import { Download, fetchFile } from "../parts/download.js";
import { Field, Select } from "../parts/form.js";
import { kinds, wordsOf } from "../words/kinds.js";

// What each report is, and which of the filters it takes (docs/reports.md).
const span = ["from", "to", "list"];
const acts = [...span, "kind", "actor"];
const reports = [
  ["consent-register", "Consent register", "Every opt-in and recorded consent with its evidence, or that there is none.", acts],
  ["opt-out-timeliness", "Opt-out timeliness", "How long each revocation took, against the deadline of its day.", acts],
  ["manual-changes", "Manual changes", "What agents changed by hand, and how much of it with evidence.", acts],
  ["list-removal-queue", "List removal queue", "Who is to be taken off a list, and by when.", [...span, "actor"]],
  ["findings", "Findings", "What the rules object to, with source and remedy.", acts],
  ["suppression", "Suppression list", "Numbers that must not be texted.", acts],
  ["retention", "Retention and holds", "Until when each contact's record is needed.", span],
  ["chain-certificate", "Chain certificate", "The ledger's head, its key, and how to check both.", []],
];
const sends = ["post-revocation-sends", "Sends after a revocation", "Messages that went to somebody who had opted out, out of a list of what was sent.", span];
const filterNames = { from: "time", to: "time", list: "list", kind: "kind", actor: "actor" };

const forms = [["html", "HTML, to print"], ["csv", "CSV"], ["spreadsheet", "CSV for spreadsheets"], ["json", "JSON"]];
const persons = [["", "Shown in full"], ["masked", "Masked"], ["none", "Left out"]];
const media = { html: "text/html", csv: "text/csv", spreadsheet: "text/csv", json: "application/json" };

function query(takes, form, filters) {
  const chosen = Object.fromEntries(takes.map((name) => [name, filters[name]]));
  const format = form === "spreadsheet" ? "csv" : form;
  return { ...chosen, format, profile: form === "spreadsheet" ? "spreadsheet" : "", personal: takes.length ? filters.personal : "" };
}

/** The filters in force that this report has not: it shows more than they say. */
function notTaken(takes, filters) {
  const names = Object.entries(filterNames).filter(([name]) => filters[name] && !takes.includes(name)).map(([, words]) => words);
  return [...new Set(names)].join(" and ");
}

/** `prepare` gives what else the request has, or throws what there is to say first. */
function Report({ report: [name, title, words, takes], form, filters, children, prepare = () => ({}) }) {
  const path = withQuery(accountPath("reports", name), query(takes, form, filters));
  const file = `${name}.${form === "spreadsheet" ? "csv" : form}`;
  const over = notTaken(takes, filters);
  return html`<section aria-labelledby=${name}><h2 id=${name}>${title}</h2><p>${words}</p>${children}
    ${over && html`<p class="quiet">Not narrowed by ${over}.</p>`}
    <div class="tools"><${Download} describedBy=${name} run=${async ({ signal, told }) => fetchFile(path, media[form], file, { ...prepare(), signal },
      told)}>Save<//></div></section>`;
}

/** What was sent is not in the ledger, so it has to be given: lines of JSON (docs/reports.md). */
function Sends({ form, filters }) {
  const [file, take] = useState(null);
  const prepare = () => {
    if (!file) throw new Error("choose the file of what was sent first");
    return { method: "POST", type: "application/x-ndjson", body: file };
  };
  return html`<${Report} report=${sends} form=${form} filters=${filters} prepare=${prepare}><${Field} label="What was sent, as NDJSON" type="file"
    accept=".ndjson,.jsonl,.json,.txt" onChange=${(event) => take(event.target.files[0] || null)} /><//>`;
}

/** The widest scope that the filters leave: a list, a time, or the account. */
function scopeOf({ list, from, to }) {
  if (list) return [{ kind: "list", list }, `everybody who was ever on the list ${list}`];
  if (from || to) return [{ kind: "range", since: from || undefined, until: to || undefined }, "what was recorded in that time"];
  return [{ kind: "account" }, "the whole account"];
}

const asTime = (day) => day && `${day}T00:00:00Z`;

function Filters({ filters, set, form, pick }) {
  const take = (name, read = (value) => value) => (event) => set({ ...filters, [name]: read(event.target.value.trim()) });
  const lists = useLoad((options) => getJson(withQuery(accountPath("lists"), { limit: 1000 }), options), [session.account]);
  return html`<div class="filters" role="group" aria-label="What the reports show">
      <${Select} label="Format" value=${form} options=${forms} onPick=${pick} />
      <${Select} label="Numbers and texts" value=${filters.personal || ""} options=${persons} onPick=${(personal) => set({ ...filters, personal })} />
      <${Field} label="From (UTC)" type="date" onChange=${take("from", asTime)} />
      <${Field} label="Before (UTC)" type="date" onChange=${take("to", asTime)} />
      <${Field} label="List" onChange=${take("list")} placeholder="any" list="lists" />
      <${Field} label="Actor" onChange=${take("actor")} placeholder="any" />
      <${Select} label="Kind of entry" value=${filters.kind || ""} options=${[["", "Any"], ...kinds.map((kind) => [kind, wordsOf(kind)])]}
        onPick=${(kind) => set({ ...filters, kind })} />
      <datalist id="lists">${lists.value?.data.map((one) => html`<option value=${one.list} />`)}</datalist>
    </div>`;
}

export function Reports() {
  const [form, pick] = useState("html");
  const [filters, set] = useState({});
  const [scope, about] = scopeOf(filters);
  return html`<h1 tabindex="-1">Reports</h1>
    <p>Each says the signed checkpoint that it speaks of. A contact's dossier is on the contact's page.</p>
    <${Filters} filters=${filters} set=${set} form=${form} pick=${pick} />
    <div class="reports">${reports.map((report) => html`<${Report} key=${`${session.account} ${report[0]}`} report=${report}
      form=${form} filters=${filters} />`)}
      <${Sends} form=${form} filters=${filters} />
      <section aria-labelledby="bundle"><h2 id="bundle">Evidence bundle</h2><${Bundle} scope=${scope} about=${about} key=${about} /></section></div>`;
}
