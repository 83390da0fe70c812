// All rows of a listing as a file, by the filter in force, whatever of them the page shows.
import { html } from "../view.js";
import { getJson, withQuery } from "../api.js";
import { session } from "../session.js";
import { csvField } from "../words/cells.js";
import { number, size } from "../words/numbers.js";
import { Download, save } from "./download.js";

const pageRows = 1000;

const escaped = (value) => String(value ?? "").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const csv = {
  type: "text/csv",
  head: ({ fields }) => `${fields.map(([name]) => name).join(",")}\r\n`,
  row: (row, { fields }) => `${fields.map(([, of]) => csvField(of(row))).join(",")}\r\n`,
  between: "",
  tail: () => "",
};

const json = {
  type: "application/json",
  head: ({ title, filter }) => `{"listing":${JSON.stringify(title)},"account":${JSON.stringify(session.account)},"filter":${JSON.stringify(filter)},"data":[\n`,
  row: (row) => JSON.stringify(row),
  between: ",\n",
  tail: ({ asOf, made }) => `\n],"made_at":${JSON.stringify(made)},"as_of":${JSON.stringify(asOf)}}\n`,
};

const look = "body{font:10pt/1.4 sans-serif;margin:2em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.2em .4em;text-align:left;"
  + "vertical-align:top;overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}pre{white-space:pre-wrap;overflow-wrap:anywhere}";

const page = {
  type: "text/html",
  head: ({ title, filter, fields }) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; style-src 'unsafe-inline'"><title>${escaped(title)}</title><style>${look}</style></head><body><h1>${escaped(title)}</h1>
<p>Account ${escaped(session.account)} of ${escaped(session.who.origin)}. Filter: ${escaped(Object.keys(filter).length ? JSON.stringify(filter) : "none")}. Times are UTC.</p>
<table><thead><tr>${fields.map(([name]) => `<th scope="col">${escaped(name)}</th>`).join("")}</tr></thead><tbody>\n`,
  row: (row, { fields }) => `<tr>${fields.map(([, of]) => `<td>${escaped(of(row))}</td>`).join("")}</tr>\n`,
  between: "",
  tail: ({ rows, asOf, made }) => `</tbody></table><p>${rows} rows, made ${escaped(made)}, as of this checkpoint:</p><pre>${escaped(asOf?.checkpoint)}</pre></body></html>\n`,
};

const forms = { csv, json, html: page };

/** Follows the listing to its end and saves it. */
async function write(listing, name, { signal, told }) {
  const form = forms[name];
  const filter = Object.fromEntries(Object.entries(listing.params).filter(([, value]) => value !== undefined && value !== ""));
  const parts = [form.head({ ...listing, filter })];
  let [rows, asOf, cursor] = [0, null, ""];
  do {
    const came = await getJson(withQuery(listing.path, { ...listing.params, cursor, limit: pageRows }), { signal });
    const written = came.data.map((row) => form.row(row, listing)).join(form.between);
    if (written) parts.push(new Blob([rows > 0 ? form.between : "", written]));
    rows += came.data.length;
    asOf = came.as_of;
    cursor = came.has_more ? came.next_cursor : "";
    told(`${number(rows)} rows`);
  } while (cursor);
  parts.push(form.tail({ rows, asOf, made: new Date().toISOString() }));
  const file = `${session.account}-${listing.name}.${name}`;
  const blob = new Blob(parts);
  save([blob], form.type, file);
  return `Saved ${file}: ${number(rows)} ${rows === 1 ? "row" : "rows"}, ${size(blob.size)}`;
}

/**
 * Buttons that save all of a listing. `listing`: {path, params, fields: [[name, of(row)]], title, name}; `own`: forms that the service
 * itself writes, {ndjson: run}.
 */
export function Exports({ listing, own = {} }) {
  const offered = ["csv", "ndjson", "json", "html"].filter((name) => own[name] || forms[name]);
  return html`<div class="exports" role="group" aria-label="Save all of these"><span class="quiet">Save all of these:</span>
    ${offered.map((name) => html`<${Download} key=${name} run=${own[name] || ((how) => write(listing, name, how))}>${name.toUpperCase()}<//>`)}</div>`;
}
