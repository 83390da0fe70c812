// What happened to a contact, entry by entry, with a way to its state right after each.
import { html } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { usePages } from "../load.js";
import { to } from "../routes.js";
import { session } from "../session.js";
import { Entry, Kind, Severity, Time, actorWords } from "../parts/basics.js";
import { after } from "../parts/entries.js";
import { Failure, Loading } from "../parts/status.js";
import { toneOf } from "../words/kinds.js";
import { evidenceWords } from "../words/evidence.js";
import { visible } from "../words/texts.js";

function how(entry) {
  return [
    entry.channel && visible(entry.channel),
    entry.source?.platform && `through ${visible(entry.source.platform)}`,
    entry.data?.keyword && `the word “${visible(entry.data.keyword)}”`,
  ].filter(Boolean).map((words) => `, ${words}`).join("");
}

function Item({ id, entry, findings }) {
  const happened = entry.occurred_at || entry.recorded_at;
  const late = happened.slice(0, 19) !== entry.recorded_at.slice(0, 19);
  return html`<li class=${toneOf(entry.kind, entry.state)}>
    <h3><${Kind} of=${entry.kind} after=${entry.state} /> <span class="quiet"><${Entry} seq=${entry.seq} /></span></h3>
    <p><${Time} at=${happened} both />${late && html` <span class="quiet">recorded <${Time} at=${entry.recorded_at} /></span>`}</p>
    <p>By ${actorWords(entry.actor, entry.source?.token)}${how(entry)}.${entry.data?.list && html` List <b class="id">${entry.data.list}</b>.`}</p>
    ${entry.evidence && html`<p class="quiet">Evidence: ${entry.evidence.map(evidenceWords).join(" | ")}</p>`}
    ${entry.state && html`<p>After it: ${after(entry.state)}. <a class="quiet" href=${to("contact", [id], { at: happened })}
      aria-label=${`state then, at ${happened}`}>state then</a></p>`}
    ${findings.map((one) => html`<p><${Severity} of=${one.severity} /> <b class="id">${one.id}</b> ${one.title}${one.status !== "open"
      && html` <span class="quiet">(${one.status})</span>`}</p>`)}
  </li>`;
}

export function Timeline({ id }) {
  const found = usePages(({ signal, cursor }) => getJson(withQuery(accountPath("contacts", id, "history"), { cursor, limit: 50 }),
    { signal }), [id, session.account]);
  return html`<section aria-labelledby="timeline"><h2 id="timeline">What happened, newest first</h2>
    <ol class="timeline" reversed>${found.rows.map((row) => html`<${Item} key=${row.entry.seq} id=${id} ...${row} />`)}</ol>
    ${found.loading && html`<${Loading} />`}
    ${found.problem && html`<${Failure} problem=${found.problem} retry=${found.reload} />`}
    ${found.more && html`<button type="button" onClick=${found.more}>Show earlier entries</button>`}
  </section>`;
}
