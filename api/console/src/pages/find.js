// A word of the search line that may be the id of several things, and where it leads.
import { html, useEffect, useState } from "../view.js";
import { accountPath, getBytes, getJson, getText, withQuery } from "../api.js";
import { replace, to } from "../routes.js";
import { session } from "../session.js";
import { findLeaf } from "../proof/leaf.js";
import { parseCheckpoint } from "../proof/note.js";
import { findId } from "../search/find.js";
import { Entry, Kind, Time } from "../parts/basics.js";
import { Empty, Failure, Loading } from "../parts/status.js";
import { number } from "../words/numbers.js";

const isHash = (id) => /^[0-9a-f]{64}$/i.test(id);

/** The contact of this pseudonym, else the entry of this leaf hash, as a place to go to. */
async function findHash(hash, options, told) {
  const contact = await getJson(accountPath("contacts", hash), options).catch((problem) => {
    if (problem.status !== 404) throw problem;
  });
  if (contact) return { page: "contact", args: [hash] };
  const { size } = parseCheckpoint(await getText("/checkpoint", options));
  const tile = (path) => getBytes(path, { ...options, token: "" });
  const seq = await findLeaf(hash, size, tile, (seen) => told(`No contact has it; ${number(seen)} of ${number(size)} leaf hashes seen`));
  return seq !== null && { page: "entry", args: [String(seq)] };
}

/** The search for `id`: {words} while it goes on, then {found} or {problem}; `stop`. It goes on by itself to where there is one answer. */
function useFinding(id, params, goesOn) {
  const [state, set] = useState({ words: "" });
  const [abort] = useState(() => new AbortController());
  useEffect(() => {
    const options = { signal: abort.signal };
    const told = (words) => set({ words });
    const ask = (query) => getJson(withQuery(accountPath("changes"), query), options);
    const search = isHash(id) ? findHash(id.toLowerCase(), options, told) : findId(id, params, ask, (turn) => told(turn && `nothing in ${turn} ${turn === 1
      ? "part" : "parts"} of the ledger so far`));
    search.then(
      (found) => {
        const place = goesOn(found);
        if (place && !abort.signal.aborted) replace(place.page, place.args, place.query);
        else set({ found: found || [] });
      },
      (problem) => set(problem.name === "AbortError" ? { stopped: true } : { problem }),
    );
    return () => abort.abort();
  }, []);
  return { ...state, stop: () => abort.abort() };
}

function nothing(id, params) {
  if (isHash(id)) return "no contact's pseudonym in this account, and no entry's leaf hash";
  return params.kind ? "no record, actor, list or source of such an entry"
    : "no record, actor, list or source of this account, and no trigger, disclosure or token that was made in it";
}

/** `line(name)`: the search line with the id as that qualifier. */
export function Finding({ id, params, line }) {
  const goesOn = (found) => {
    if (!Array.isArray(found)) return found;
    if (found.length !== 1) return null;
    const [{ name, entry }] = found;
    return name ? { page: "search", args: [], query: { q: line(name) } } : { page: "entry", args: [String(entry.seq)] };
  };
  const { found, problem, stopped, words, stop } = useFinding(id, params, goesOn);
  if (problem) return html`<${Failure} problem=${problem} />`;
  if (stopped) return html`<${Empty}>Stopped. The id was not found so far.<//>`;
  if (!found) return html`<${Loading} what=${`Looking for what has this id${words ? `: ${words}` : ""}`} stop=${stop} />`;
  if (found.length === 0) return html`<${Empty}>No entry matches. <b class="id">${id}</b> is ${nothing(id, params)}.<//>`;
  return html`<p>Several things have the id <b class="id">${id}</b>. Which one is meant?</p>
    <ul>${found.map(({ name, entry }) => html`<li key=${name}><a href=${to("search", [], { q: line(name) })}><span class="id">${name}:${id}</span></a>, last in
      ${" "}<${Entry} seq=${entry.seq} />: <${Kind} of=${entry.kind} after=${entry.state} /> <${Time} at=${entry.recorded_at} /></li>`)}</ul>`;
}
