// Small things that every page shows: times, states, severities, links to what an id means.
import { html } from "../view.js";
import { to } from "../routes.js";
import { toneOf, wordsOf } from "../words/kinds.js";
import { visible } from "../words/texts.js";
import { isTime, local, utc } from "../words/times.js";

/** A time in UTC, with the reader's own in the hint; `both`: both in full. */
export function Time({ at, both }) {
  if (!at) return html`<span class="quiet">not said</span>`;
  if (!isTime(at)) return html`<span class="wrong">${visible(at)}, which is no time</span>`;
  return html`<time datetime=${at} title=${local(at)}><span>${utc(at)}</span>${both && html` <span class="quiet">(${local(at)})</span>`}</time>`;
}

/** A checkbox as the platform's users know it, to be read only. */
export function Box({ on, yes = "Yes", no = "No", tone = "" }) {
  return html`<span class="box ${on ? "on" : "off"} ${tone}"><svg viewBox="0 0 16 16" aria-hidden="true"><rect x="1.5" y="1.5"
    width="13" height="13" rx="2.5" />${on && html`<path d="M4.5 8.5l2.5 2.5 4.5-5.5" />`}</svg>${on ? yes : no}</span>`;
}

export function Severity({ of }) {
  return html`<span class="severity ${of}">${of}</span>`;
}

/** `after`: the state that an entry of this kind led to. */
export function Kind({ of, after }) {
  return html`<span class="kind ${toneOf(of, after)}">${visible(wordsOf(of, after))}</span>`;
}

/** A pseudonym, shortened; the whole of it is in the address. */
export function Contact({ id }) {
  if (!id) return html`<span class="quiet">none</span>`;
  return html`<a class="id" href=${to("contact", [id])} title=${id} aria-label=${`Contact ${id.slice(0, 12)}`}>${id.slice(0, 12)}…</a>`;
}

export function Entry({ seq, children }) {
  return html`<a href=${to("entry", [String(seq)])}>${children || `entry ${seq}`}</a>`;
}

/** What a state allows, in words. */
export function stateWords(state) {
  if (state.blocked) return "Blocked: no message may be sent or received.";
  if (!state.opted_in) return "Opted out: no message may be sent.";
  if (state.level === "none") return "Opted in, but no consent is on record.";
  return `Opted in, with consent for ${state.level} messages.`;
}

export function actorWords(actor, token) {
  if (!actor) return token ? `whoever held token ${token}` : "the program itself";
  return actor.kind === "contact" ? "the customer" : visible(`${actor.kind} ${actor.id}`);
}
