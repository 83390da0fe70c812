// One contact: what may be sent to it now or could at any date, why, and everything that happened.
import { html } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { useLoad, usePages } from "../load.js";
import { go, to } from "../routes.js";
import { session } from "../session.js";
import { Box, Entry, Kind, Severity, Time, actorWords, stateWords } from "../parts/basics.js";
import { Bundle } from "../parts/bundle.js";
import { Download, fetchFile } from "../parts/download.js";
import { after } from "../parts/entries.js";
import { Field } from "../parts/form.js";
import { Empty, Failure, Loaded, Loading } from "../parts/status.js";
import { toneOf } from "../words/kinds.js";

/** `2026-11-28T16:51` of a field as UTC, and back. */
const asTime = (field) => field && `${field}${field.length === 16 ? ":00" : ""}Z`;
const asField = (time) => (time || "").replace(/(\.\d+)?Z$/, "");

function AtForm({ route }) {
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    go("contact", route.args, { at: asTime(form.get("at")), known_at: asTime(form.get("known_at")) });
  };
  const { at, known_at } = route.query;
  return html`<form class="filters" onSubmit=${submit} key=${`${at} ${known_at}`}>
    <${Field} label="What was true at (UTC)" name="at" type="datetime-local" step="1" defaultValue=${asField(at)} />
    <${Field} label="As the ledger knew it at (UTC)" name="known_at" type="datetime-local" step="1" defaultValue=${asField(known_at)} />
    <button type="submit">Show</button>
    ${(at || known_at) && html`<a href=${to("contact", route.args)}>Now</a>`}
  </form>`;
}

function Lists({ lists }) {
  const on = Object.entries(lists).filter(([, one]) => one.member);
  if (on.length === 0) return html`<span class="quiet">none</span>`;
  return html`${on.map(([id, one], i) => html`${i > 0 && ", "}<a class="id" href=${to("lists", [id])}>${id}</a> <span
    class="quiet">since <${Entry} seq=${one.seq} /></span>`)}`;
}

function when({ at, known_at }) {
  if (at && known_at) return html`What was true at <${Time} at=${at} both />, as far as the ledger knew at <${Time} at=${known_at} both />`;
  if (at) return html`What was true at <${Time} at=${at} both />, by all that is known today`;
  if (known_at) return html`What the ledger knew at <${Time} at=${known_at} both />`;
  return "Now";
}

/** In the past a contact may not have been there yet. */
function Unknown({ of }) {
  return of.problem?.status === 404
    ? html`<p role="status"><strong>The ledger had no record of this contact then.</strong> Nothing known, nothing allowed.</p>`
    : html`<${Failure} problem=${of.problem} retry=${of.reload} />`;
}

function State({ route }) {
  const { at, known_at } = route.query;
  const [id] = route.args;
  const seen = useLoad((options) => getJson(withQuery(accountPath("contacts", id), { at, known_at }), options), [id, at, known_at, session.account]);
  return html`<section class="card" aria-labelledby="state"><h2 id="state">${when(route.query)}</h2>
    ${seen.problem && (at || known_at) && html`<${Unknown} of=${seen} />`}
    ${!(seen.problem && (at || known_at)) && html`<${Loaded} of=${seen}>${({ state, because, obligations, findings }) => html`
      <p class="state" role="status"><${Box} on=${state.opted_in} yes="Opted-in" no="Not opted-in" /><${Box} on=${state.blocked}
        tone="out" yes="Blocked" no="Not blocked" /><strong>${stateWords(state)}</strong></p>
      <dl class="facts">
        <div><dt>Because of</dt><dd>${because.length ? because.map((seq, i) => html`${i > 0 && ", "}<${Entry} seq=${seq} />`)
          : html`<span class="quiet">no entry by then</span>`}</dd></div>
        <div><dt>Consent for</dt><dd>${state.level === "none" ? "none on record" : `${state.level} messages`}</dd></div>
        <div><dt>Lists</dt><dd><${Lists} lists=${state.lists} /></dd></div>
        <div><dt>Open duties</dt><dd>${obligations.length ? obligations.map((one) => html`<p><${Entry}
          seq=${one.seq} />: ${one.kind === "review" ? "judge a message" : `remove from ${one.list}`}, due <${Time}
            at=${one.due_at} /></p>`) : html`<span class="quiet">none</span>`}</dd></div>
        <div><dt>Open findings</dt><dd>${findings.length ? findings.map((one) => html`<p><${Severity} of=${one.severity} /> <${Entry}
          seq=${one.seq}>${one.id}<//> ${one.what}</p>`) : html`<span class="quiet">none</span>`}</dd></div>
      </dl>
      <p class="quiet">Each entry's page checks that it is in the signed log.</p>`}
    <//>`}</section>`;
}

function evidenceWords(items) {
  return items.map((item) => [
    item.kind.replaceAll("_", " "),
    item.scope?.purpose && `for ${item.scope.purpose}`,
    item.scope?.lists && `lists ${item.scope.lists.join(", ")}`,
    item.verified && "checked by the provider's signature",
    item.held_by && `kept by ${item.held_by}`,
  ].filter(Boolean).join(", ")).join("; ");
}

function Item({ entry, findings }) {
  const how = [entry.channel, entry.source?.platform && `through ${entry.source.platform}`, entry.data.keyword
    && `the word “${entry.data.keyword}”`].filter(Boolean).join(", ");
  const late = entry.occurred_at && entry.occurred_at.slice(0, 19) !== entry.recorded_at.slice(0, 19);
  return html`<li class=${toneOf(entry.kind)}>
    <h3><${Kind} of=${entry.kind} /> <span class="quiet"><${Entry} seq=${entry.seq} /></span></h3>
    <p><${Time} at=${entry.occurred_at || entry.recorded_at} both />${late && html` <span class="quiet">recorded <${Time}
      at=${entry.recorded_at} /></span>`}</p>
    <p>By ${actorWords(entry.actor)}${how && `, ${how}`}.${entry.data.list && html` List <b class="id">${entry.data.list}</b>.`}</p>
    ${entry.evidence && html`<p class="quiet">Evidence: ${evidenceWords(entry.evidence)}</p>`}
    ${entry.state && html`<p>After it: ${after(entry.state)}.</p>`}
    ${findings.map((one) => html`<p><${Severity} of=${one.severity} /> <b class="id">${one.id}</b> ${one.title}${one.status !== "open"
      && html` <span class="quiet">(${one.status})</span>`}</p>`)}
  </li>`;
}

function Timeline({ id }) {
  const found = usePages(({ signal, cursor }) => getJson(withQuery(accountPath("contacts", id, "history"), { cursor, limit: 50 }),
    { signal }), [id, session.account]);
  return html`<section aria-labelledby="timeline"><h2 id="timeline">What happened, newest first</h2>
    <ol class="timeline" reversed>${found.rows.map((row) => html`<${Item} key=${row.entry.seq} ...${row} />`)}</ol>
    ${found.loading && html`<${Loading} />`}
    ${found.problem && html`<${Failure} problem=${found.problem} retry=${found.reload} />`}
    ${found.more && html`<button type="button" onClick=${found.more}>Show earlier entries</button>`}
  </section>`;
}

function Keeping({ id }) {
  const holds = useLoad((options) => getJson(accountPath("contacts", id, "holds"), options), [id, session.account]);
  const erasure = useLoad(
    async (options) => {
      const now = await getJson(accountPath("contacts", id), options);
      return now.erased ? getJson(accountPath("contacts", id, "erasure"), options) : null;
    },
    [id, session.account],
  );
  return html`<section class="card" aria-labelledby="keeping"><h2 id="keeping">Holds and erasure</h2>
    <${Loaded} of=${holds}>${({ data }) => data.length === 0 ? html`<p>No legal hold.</p>` : data.map((hold) => html`<p>Hold <b
      class="id">${hold.matter}</b>, ${hold.scope === "account" ? "on the whole account" : "on this contact"},
        since <${Entry} seq=${hold.seq} />. It forbids erasure.</p>`)}<//>
    <${Loaded} of=${erasure}>${(done) => done === null ? html`<p>Not erased: the vault opens number, name and texts.</p>` : html`
      <p>Erased by <${Entry} seq=${done.erased_by} />, <${Time} at=${done.recorded_at} both />. ${done.complete
        ? `${done.openings_erased} openings are gone.` : `${done.openings_left} openings are still there: the erasure is not finished.`}</p>
      <p>${done.suppressed ? "The number stays suppressed." : "The number has opted in since."} All ${done.entries} entries and their
        proofs stay valid.</p>`}<//>
  </section>`;
}

function Dossier({ id }) {
  const path = (format, profile) => withQuery(accountPath("reports", "contact-dossier"), { contact: id, format, profile });
  return html`<section class="card" aria-labelledby="dossier"><h2 id="dossier">Dossier and evidence</h2>
    <p>Everything on record about this contact, with what the vault opens.</p>
    <p><${Download} run=${() => fetchFile(path("html"), "text/html", "dossier.html")}>HTML, to print<//></p>
    <p><${Download} run=${() => fetchFile(path("csv"), "text/csv", "dossier.csv")}>CSV<//>
    <${Download} run=${() => fetchFile(path("json"), "application/json", "dossier.json")}>JSON<//></p>
    <${Bundle} scope=${{ kind: "contact", contact: id }} about="this contact" />
  </section>`;
}

export function ContactPage({ route }) {
  const [id = ""] = route.args;
  if (!/^[0-9a-f]{64}$/.test(id)) return html`<h1 tabindex="-1">Contact</h1><${Empty}>This is no contact's id: it has 64 digits.<//>`;
  return html`<h1 tabindex="-1">Contact <span class="id">${id.slice(0, 12)}…</span></h1>
    <p class="quiet id">${id}</p>
    <${AtForm} route=${route} />
    <div class="columns"><div><${State} route=${route} /><${Timeline} id=${id} /></div><div><${Dossier} id=${id} /><${Keeping}
      id=${id} /></div></div>`;
}
