// Entries as rows: when, what, about whom, by whom, and what it led to.
import { html } from "../view.js";
import { visible } from "../words/texts.js";
import { Contact, Entry, Kind, Severity, Time, actorWords } from "./basics.js";

export const entryColumns = [
  { name: "Recorded", show: ({ entry }) => html`<${Entry} seq=${entry.seq}><${Time} at=${entry.recorded_at} /><//>` },
  { name: "What", wide: true, show: ({ entry }) => html`<span><${Kind} of=${entry.kind} after=${entry.state} /> <span class="quiet id">${entry.kind}</span></span>` },
  { name: "Contact", show: ({ entry }) => entry.contact && html`<${Contact} id=${entry.contact} />` },
  { name: "By", show: ({ entry }) => html`<span>${actorWords(entry.actor, entry.source?.token)}${entry.source?.platform && html` <span
    class="quiet">through ${visible(entry.source.platform)}</span>`}</span>` },
  { name: "After it", show: ({ entry }) => entry.state && html`<span>${after(entry.state)}</span>` },
  { name: "Findings", show: ({ findings }) => findings.length > 0 && html`<span class="tags">${findings.map((one) => html`<span
    class="tag"><${Severity} of=${one.severity} /> ${one.id}</span> `)}</span>` },
];

/** The same for a file that is made here; the service's own CSV has more columns. */
export const entryFields = [
  ["seq", ({ entry }) => entry.seq],
  ["recorded_at", ({ entry }) => entry.recorded_at],
  ["occurred_at", ({ entry }) => entry.occurred_at],
  ["kind", ({ entry }) => entry.kind],
  ["contact", ({ entry }) => entry.contact],
  ["actor", ({ entry }) => entry.actor && `${entry.actor.kind} ${entry.actor.id}`],
  ["source", ({ entry }) => entry.source && [entry.source.platform, entry.source.record].filter(Boolean).join(" ")],
  ["state", ({ entry }) => entry.state && after(entry.state)],
  ["findings", ({ findings }) => findings.map((one) => `${one.id} ${one.severity}`).join(", ")],
];

export function after(state) {
  const words = [state.opted_in ? "opted in" : "opted out"];
  if (state.blocked) words.push("blocked");
  if (state.opted_in && state.level !== "none") words.push(state.level);
  if (state.list) words.push(`${state.list.member ? "on" : "off"} ${visible(state.list.id)}`);
  return words.join(", ");
}
