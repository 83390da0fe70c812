// One contact: what may be sent to it now or could at any date, why, and everything that happened.
import { html } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { useLoad } from "../load.js";
import { go, to } from "../routes.js";
import { session } from "../session.js";
import { Box, Entry, Severity, Time, stateWords } from "../parts/basics.js";
import { Bundle } from "../parts/bundle.js";
import { Download, fetchFile } from "../parts/download.js";
import { Field } from "../parts/form.js";
import { Empty, Failure, Loaded } from "../parts/status.js";
import { isTime, secondsSince } from "../words/times.js";
import { Timeline } from "./timeline.js";

/** `2026-11-28T16:51` of a field as UTC, and back. */
const asTime = (field) => field && `${field}${field.length === 16 ? ":00" : ""}Z`;
const asField = (time) => (isTime(time) ? time.replace(/(\.\d+)?Z$/, "") : "");

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

/** A time that has not come yet: nobody can say what was then. */
const toCome = (time) => isTime(time) && secondsSince(time) < 0;

function when({ at, known_at }) {
  if (!at && !known_at) return "Now";
  const ahead = toCome(at) || toCome(known_at);
  const proviso = ahead && ", if nothing more were recorded until then";
  const [was, knew] = ahead ? ["would be", "would know"] : ["was", "knew"];
  if (!at) return html`What the ledger ${knew} at <${Time} at=${known_at} both />${proviso}`;
  if (!known_at) return html`What ${was} true at <${Time} at=${at} both />${proviso || ", by all that is known today"}`;
  return html`What ${was} true at <${Time} at=${at} both />, as far as the ledger ${knew} at <${Time} at=${known_at} both />${proviso}`;
}

function Facts({ seen: { state, because, obligations, findings } }) {
  const none = html`<span class="quiet">none</span>`;
  return html`<p class="state" role="status"><${Box} on=${state.opted_in} yes="Opted-in" no="Not opted-in" /><${Box} on=${state.blocked}
      tone="out" yes="Blocked" no="Not blocked" /><strong>${stateWords(state)}</strong></p>
    <dl class="facts">
      <div><dt>Because of</dt><dd>${because.length ? because.map((seq, i) => html`${i > 0 && ", "}<${Entry} seq=${seq} />`)
        : html`<span class="quiet">no entry by then</span>`}</dd></div>
      <div><dt>Consent for</dt><dd>${state.level === "none" ? "none on record" : `${state.level} messages`}</dd></div>
      <div><dt>Lists</dt><dd><${Lists} lists=${state.lists} /></dd></div>
      <div><dt>Open duties</dt><dd>${obligations.length ? obligations.map((one) => html`<p><${Entry}
        seq=${one.seq} />: ${one.kind === "review" ? "judge a message" : `remove from ${one.list}`}, due <${Time}
          at=${one.due_at} /></p>`) : none}</dd></div>
      <div><dt>Open findings</dt><dd>${findings.length ? findings.map((one) => html`<p><${Severity} of=${one.severity} /> <${Entry}
        seq=${one.seq}>${one.id}<//> ${one.what}</p>`) : none}</dd></div>
    </dl>
    <p class="quiet">This is the service's answer. The entries that it rests on can be checked: each one's page does it.</p>`;
}

/** At a time: in the past a contact may not have been there yet. */
function StateThen({ route }) {
  const { at, known_at } = route.query;
  const [id] = route.args;
  const seen = useLoad((options) => getJson(withQuery(accountPath("contacts", id), { at, known_at }), options), [id, at, known_at, session.account]);
  if (seen.problem?.status === 404) {
    return html`<p role="status"><strong>The ledger had no record of this contact then.</strong> Nothing known, nothing allowed.</p>`;
  }
  return html`<${Loaded} of=${seen}>${(value) => html`<${Facts} seen=${value} />`}<//>`;
}

function State({ route, now }) {
  const { at, known_at } = route.query;
  return html`<section class="card" aria-labelledby="state"><h2 id="state">${when(route.query)}</h2>
    ${at || known_at ? html`<${StateThen} route=${route} />` : html`<${Facts} seen=${now} />`}</section>`;
}

function Erasure({ id }) {
  const erasure = useLoad((options) => getJson(accountPath("contacts", id, "erasure"), options), [id, session.account]);
  return html`<${Loaded} of=${erasure}>${(done) => html`
    <p>Erased by <${Entry} seq=${done.erased_by} />, <${Time} at=${done.recorded_at} both />. ${done.complete
      ? `${done.openings_erased} openings are gone.` : `${done.openings_left} openings are still there: the erasure is not finished.`}</p>
    <p>${done.suppressed ? "The number stays suppressed." : "The number has opted in since."} All ${done.entries} entries and their
      proofs stay valid.</p>`}<//>`;
}

function Keeping({ id, erased }) {
  const holds = useLoad((options) => getJson(accountPath("contacts", id, "holds"), options), [id, session.account]);
  return html`<section class="card" aria-labelledby="keeping"><h2 id="keeping">Holds and erasure</h2>
    <${Loaded} of=${holds}>${({ data }) => data.length === 0 ? html`<p>No legal hold.</p>` : data.map((hold) => html`<p>Hold <b
      class="id">${hold.matter}</b>, ${hold.scope === "account" ? "on the whole account" : "on this contact"},
        since <${Entry} seq=${hold.seq} />. It forbids erasure.</p>`)}<//>
    ${erased ? html`<${Erasure} id=${id} />` : html`<p>Not erased: the vault opens number, name and texts.</p>`}
  </section>`;
}

function Dossier({ id }) {
  const path = (format, profile) => withQuery(accountPath("reports", "contact-dossier"), { contact: id, format, profile });
  const get = (format, type) => ({ signal, told }) => fetchFile(path(format), type, `dossier.${format}`, { signal }, told);
  return html`<section class="card" aria-labelledby="dossier"><h2 id="dossier">Dossier and evidence</h2>
    <p>Everything on record about this contact, with what the vault opens.</p>
    <div class="tools"><${Download} run=${get("html", "text/html")}>HTML, to print<//><${Download}
      run=${get("csv", "text/csv")}>CSV<//><${Download} run=${get("json", "application/json")}>JSON<//></div>
    <${Bundle} scope=${{ kind: "contact", contact: id }} about="this contact" />
  </section>`;
}

function Known({ route, now }) {
  const [id] = route.args;
  return html`<${AtForm} route=${route} />
    <div class="columns"><div><${State} route=${route} now=${now} /><${Timeline} id=${id} /></div><div><${Dossier} id=${id} /><${Keeping}
      id=${id} erased=${now.erased} /></div></div>`;
}

export function ContactPage({ route }) {
  const [id = ""] = route.args;
  if (!/^[0-9a-f]{64}$/.test(id)) {
    return html`<h1 tabindex="-1">Contact</h1><${Empty}>This is no contact's id: that has 64 digits, hexadecimal. <a
      href=${to("contacts")}>All Contacts</a><//>`;
  }
  return html`<h1 tabindex="-1">Contact <span class="id">${id.slice(0, 12)}…</span></h1>
    <p class="quiet id">${id}</p>
    <${Present} route=${route} id=${id} />`;
}

function Present({ route, id }) {
  const now = useLoad((options) => getJson(accountPath("contacts", id), options), [id, session.account]);
  if (now.problem?.status === 404) {
    return html`<${Empty}>The account has no contact with this id. <a href=${to("search", [], { q: id })}>Is it a leaf hash?</a> · <a
      href=${to("contacts")}>All Contacts</a> · <a href=${to("search")}>Search</a><//>`;
  }
  return now.problem ? html`<${Failure} problem=${now.problem} retry=${now.reload} />` : html`<${Loaded} of=${now}>${(value) => html`<${Known}
    route=${route} now=${value} />`}<//>`;
}
