// Search over the account's entries, with exports of what is found.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../view.js";
import { accountPath, getJson, postJson, withQuery } from "../api.js";
import { usePages } from "../load.js";
import { go, replace, to } from "../routes.js";
import { session } from "../session.js";
import { entryColumns, entryFields } from "../parts/entries.js";
import { fetchPages } from "../parts/download.js";
import { Exports } from "../parts/exports.js";
import { Pages } from "../parts/table.js";
import { Failure } from "../parts/status.js";
import { qualifiers, read, withQualifier } from "../search/query.js";
import { Finding } from "./find.js";

/** The contact that has the number, or false. The number is in a body alone. */
async function findNumber(phone, signal) {
  const found = await postJson(accountPath("contacts", "lookup"), { phone }, { signal });
  return found.known && found.contact;
}

/** `held(yes)`: the line was answered here, and nothing below is the answer; or no longer. */
export function SearchBox({ text = "", hint = "kind:opt_in.* actor:agent-7 after:2026-11-01", held = () => {} }) {
  const [said, say] = useState({ wrong: [] });
  const box = useRef(null);
  const asked = useRef(null);
  useLayoutEffect(() => () => asked.current?.abort(), [text]);
  useLayoutEffect(() => { // with the drawing: a later effect would come over what was typed meanwhile
    box.current.value = text;
    say({ wrong: [] });
  }, [text]);
  const answer = (words) => {
    say(words);
    held(true);
  };
  const search = async (event) => {
    event.preventDefault();
    const line = box.current.value.trim();
    const meant = read(line);
    say({ wrong: [] });
    held(false);
    asked.current?.abort(); // an answer that comes late leads nobody away from what was asked since
    if (!meant.number) return meant.jump && meant.wrong.length === 0 ? go(meant.jump.page, meant.jump.args) : go("search", [], { q: line });
    if (!meant.phone) return answer({ wrong: meant.wrong });
    const { signal } = (asked.current = new AbortController());
    try {
      const contact = await findNumber(meant.phone, signal);
      if (signal.aborted) return;
      if (contact) go("contact", [contact]);
      else answer({ wrong: ["The account has no record of this number."] });
    } catch (problem) {
      if (!signal.aborted) answer({ wrong: [], problem });
    }
  };
  return html`<form class="search" role="search" onSubmit=${search}>
      <input ref=${box} name="q" type="search" aria-label="Search: qualifiers, an id, or a number" aria-describedby="search-said"
        placeholder=${hint} defaultValue=${text} autocomplete="off" spellcheck="false" />
      <button type="submit">Search</button>
    </form>
    <div id="search-said" aria-live="polite">${said.wrong.map((one) => html`<p class="wrong">${one}</p>`)}${said.problem
      && html`<${Failure} problem=${said.problem} />`}</div>`;
}

const facets = [
  ["kind", (entry) => entry.kind],
  ["actor", (entry) => entry.actor?.id],
  ["source", (entry) => entry.source?.platform],
];

function count(rows, of) {
  const counts = new Map();
  for (const { entry } of rows) {
    const value = of(entry);
    if (value) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 6);
}

function Facets({ rows, text }) {
  if (rows.length === 0) return null;
  return html`<div class="facets" role="group" aria-label="Narrow the rows loaded">${facets.map(([name, of]) => {
    const found = count(rows, of);
    return found.length > 1 && html`<p>${name}: ${found.map(([value, times]) => html`<a href=${to("search", [], { q: withQualifier(text,
      name, value) })}>${value} <span class="quiet">${times}</span></a>`)}</p>`;
  })}</div>`;
}

function Help() {
  return html`<details class="help"><summary>What can be searched for</summary>
    <dl class="facts">${Object.entries(qualifiers).map(([name, words]) => html`<div><dt class="id">${name}:</dt><dd>${words}</dd></div>`)}
      <div><dt>27, seq:27</dt><dd>the entry at that place in the log</dd></div>
      <div><dt>64 digits, hex</dt><dd>the contact with that pseudonym, or the entry with that leaf hash</dd></div>
      <div><dt>+15550100105</dt><dd>the contact with that number; it is sent in a request's body and never stands in an address</dd></div>
      <div><dt>any other id</dt><dd>looked for as record:, actor:, list: and source:, then as that of a trigger, a disclosure or a token when it was made</dd></div>
    </dl></details>`;
}

function Saves({ params }) {
  const path = accountPath("changes");
  const whole = { ...params, limit: 1000 };
  const listing = { path, params, fields: entryFields, title: "Entries", name: "entries" };
  return html`<${Exports} listing=${listing} own=${{
    csv: (how) => fetchPages(withQuery(path, { ...whole, profile: "spreadsheet" }), "text/csv", `${session.account}-entries.csv`, how),
    ndjson: (how) => fetchPages(withQuery(path, whole), "application/x-ndjson", `${session.account}-entries.ndjson`, how),
  }} />`;
}

function Found({ params, text, order }) {
  const found = usePages(
    ({ signal, cursor }) => getJson(withQuery(accountPath("changes"), { ...params, cursor, limit: 50 }), { signal }),
    [text, order, session.account],
  );
  return html`<${Facets} rows=${found.rows} text=${text} />
    <div class="tools"><${Order} order=${order} text=${text} /><${Saves} params=${params} key=${JSON.stringify(params)} /></div>
    <${Pages} of=${found} columns=${entryColumns} caption="Entries, as they were recorded. Each one's page checks it." empty="No entry matches."
      keyOf=${({ entry }) => entry.seq} />`;
}

/** The answer to a line that can be answered. An address may mean another page. */
function Answer({ text, meant, order }) {
  const { jump, find, params } = meant;
  useEffect(() => {
    if (jump) replace(jump.page, jump.args);
  }, [text]);
  if (jump) return null;
  if (!find) return html`<${Found} params=${{ ...params, order }} text=${text} order=${order} />`;
  const others = text.split(/\s+/).filter((word) => read(word).find !== find).join(" ");
  return html`<${Finding} key=${text} id=${find} params=${params} line=${(name) => withQualifier(others, name, find)} />`;
}

export function Search({ route }) {
  const text = route.query.q || "";
  const order = route.query.order || "newest";
  const meant = read(text);
  const [held, hold] = useState(false);
  useLayoutEffect(() => hold(false), [route]);
  return html`<h1 tabindex="-1">Search</h1>
    <${SearchBox} text=${text} held=${hold} />
    ${!held && route.cleaned && html`<p class="notice" role="status">The address had a telephone number in it, which was taken out: addresses stay
      in histories and logs. Search for it here, with + and its country code.</p>`}
    ${!held && meant.wrong.map((one) => html`<p class="wrong" role="alert">${one}</p>`)}
    <${Help} />
    ${!held && !route.cleaned && meant.wrong.length === 0 && html`<${Answer} text=${text} meant=${meant} order=${order} />`}`;
}

function Order({ order, text }) {
  const other = order === "newest" ? "oldest" : "newest";
  return html`<span>${order === "newest" ? "Newest first" : "Oldest first"} · <a href=${to("search", [], { q: text,
    order: other === "newest" ? "" : other })}>${other} first</a></span>`;
}
