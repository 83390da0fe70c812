// Documents for auditors and regulators, made by the service and saved here.
import { html, useState } from "../view.js";
import { accountPath, withQuery } from "../api.js";
import { session } from "../session.js";
import { Bundle } from "../parts/bundle.js";
import { Download, fetchFile } from "../parts/download.js";
import { Field, Select } from "../parts/form.js";

// What each report is, and which of the filters it takes (docs/reports.md).
const reports = [
  ["consent-register", "Consent register", "Every opt-in and recorded consent with its evidence, or that there is none.", ["from", "to", "list"]],
  ["opt-out-timeliness", "Opt-out timeliness", "How long each revocation took, against the deadline of its day.", ["from", "to", "list"]],
  ["manual-changes", "Manual changes", "What agents changed by hand, and how much of it with evidence.", ["from", "to", "list"]],
  ["list-removal-queue", "List removal queue", "Who is to be taken off a list, and by when.", ["from", "to", "list"]],
  ["findings", "Findings", "What the rules object to, with source and remedy.", ["from", "to", "list"]],
  ["suppression", "Suppression list", "Numbers that must not be texted.", ["from", "to", "list"]],
  ["retention", "Retention and holds", "Until when each contact's record is needed.", ["from", "to", "list"]],
  ["chain-certificate", "Chain certificate", "The ledger's head, its key, and how to check both.", []],
];

const forms = [["html", "HTML, to print"], ["csv", "CSV"], ["spreadsheet", "CSV for spreadsheets"], ["json", "JSON"]];
const persons = [["", "Shown in full"], ["masked", "Masked"], ["none", "Left out"]];
const media = { html: "text/html", csv: "text/csv", spreadsheet: "text/csv", json: "application/json" };

function query(takes, form, filters) {
  const chosen = Object.fromEntries(takes.map((name) => [name, filters[name]]));
  const format = form === "spreadsheet" ? "csv" : form;
  return { ...chosen, format, profile: form === "spreadsheet" ? "spreadsheet" : "", personal: takes.length ? filters.personal : "" };
}

function Report({ report: [name, title, words, takes], form, filters }) {
  const path = withQuery(accountPath("reports", name), query(takes, form, filters));
  const file = `${name}.${form === "spreadsheet" ? "csv" : form}`;
  return html`<section aria-labelledby=${name}><h2 id=${name}>${title}</h2><p>${words}</p>
    <div class="tools"><${Download} describedBy=${name} run=${() => fetchFile(path, media[form], file)}>Save<//></div></section>`;
}

/** The widest scope that the filters leave: a list, a time, or the account. */
function scopeOf({ list, from, to }) {
  if (list) return [{ kind: "list", list }, `everybody who was ever on the list ${list}`];
  if (from || to) return [{ kind: "range", since: from || undefined, until: to || undefined }, "what was recorded in that time"];
  return [{ kind: "account" }, "the whole account"];
}

const asTime = (day) => day && `${day}T00:00:00Z`;

export function Reports() {
  const [form, pick] = useState("html");
  const [filters, set] = useState({});
  const take = (name, read = (value) => value) => (event) => set({ ...filters, [name]: read(event.target.value.trim()) });
  const [scope, about] = scopeOf(filters);
  return html`<h1 tabindex="-1">Reports</h1>
    <p>Each says the signed checkpoint that it speaks of. A contact's dossier is on the contact's page.</p>
    <div class="filters" role="group" aria-label="What the reports show">
      <${Select} label="Format" value=${form} options=${forms} onPick=${pick} />
      <${Select} label="Numbers and texts" value=${filters.personal || ""} options=${persons} onPick=${(personal) => set({ ...filters, personal })} />
      <${Field} label="From (UTC)" type="date" onChange=${take("from", asTime)} />
      <${Field} label="Before (UTC)" type="date" onChange=${take("to", asTime)} />
      <${Field} label="List" onChange=${take("list")} placeholder="any" />
    </div>
    <div class="reports">${reports.map((report) => html`<${Report} key=${`${session.account} ${report[0]}`} report=${report}
      form=${form} filters=${filters} />`)}
      <section aria-labelledby="bundle"><h2 id="bundle">Evidence bundle</h2><${Bundle} scope=${scope} about=${about} key=${about} /></section></div>`;
}
