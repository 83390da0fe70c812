// What the page can say of the log as a whole: who signed it, and whether it still is the one that this browser saw before.
import { html, useState } from "../view.js";
import { getJson, getText } from "../api.js";
import { useLoad } from "../load.js";
import { parseKey } from "../proof/note.js";
import { toBase64 } from "../proof/bytes.js";
import { accept, watch } from "../proof/watch.js";
import { session, update } from "../session.js";
import { Loaded } from "./status.js";
import { Time } from "./basics.js";
import { Field } from "./form.js";
import { Standing } from "./standing.js";
import { number } from "../words/numbers.js";

/** {key, own}: the verifier key to check with; `own`: it was not the server that gave it. */
export async function keyInUse(options) {
  if (session.key) return { key: session.key, own: true };
  const { keys } = await getJson("/v1/keys", options);
  return { key: keys[0].vkey, own: false };
}

/** The newest checkpoint, judged. */
export function useWatch() {
  return useLoad(
    async (options) => {
      const { key, own } = await keyInUse(options);
      const note = await getText("/checkpoint", options);
      return { ...(await watch(note, key, options)), key, own, checked: new Date().toISOString() };
    },
    [session.key],
  );
}

function verdict({ state, now, last }) {
  const size = now && `${number(now.size)} entries`;
  const said = {
    first: ["ok", "Signed. Seen for the first time.",
      "This browser has no earlier checkpoint of this log. From now on it remembers one, and will notice if the log is rolled back or rewritten."],
    same: ["ok", "Signed, and unchanged.", `It is the checkpoint that this browser saw before, with ${size}.`],
    continues: ["ok", "Signed, and it continues what was seen before.", last
      && `The first ${number(last.size)} of its entries are the ones that this browser saw: computed here, from the log's hash tiles.`],
    behind: ["", "Signed: an earlier moment of the same log.", last
      && `This browser has seen ${number(last.size)} entries; what is shown has ${size}. The newest checkpoint has all of them.`],
    shrunk: ["bad", last && now && `THE LOG WAS ROLLED BACK: ${number(last.size)} entries were seen, now there are ${number(now.size)}.`,
      "A log only grows. The same key signed both, so entries that this browser saw have been taken away: an older copy was put back, or the end was cut off. Keep both checkpoints below; together they are the proof."],
    unchecked: ["warn", "NOT CHECKED.",
      "The log's hash tiles did not come, so nobody can say whether it continues what this browser saw. If that stays so, ask the operator, and keep both checkpoints below."],
    new_key: ["bad", "THE KEY HAS CHANGED.",
      "Another key signed the log that this browser saw before. A change of keys is an entry in the log (key.rotated) and known to the operator: ask, before you trust anything here."],
    new_log: ["bad", "THIS IS ANOTHER LOG.", last && now
      && `This address served ${last.origin} when this browser last looked, and now serves ${now.origin}, which begins anew: nothing compares the two. A restored ledger has a new origin, known to the operator: ask, before you trust anything here.`],
    unsigned: ["bad", "DOES NOT MATCH: the key did not sign this checkpoint.",
      "Either the key belongs to another ledger, or the checkpoint was altered."],
    fork: ["bad", "DOES NOT MATCH what was seen before.",
      "The log was rolled back or rewritten: it does not contain the entries that this browser saw. Keep both checkpoints below; together they are the proof."],
  };
  return said[state];
}

/** What only the operator can explain; the user decides. */
const explained = new Set(["fork", "shrunk", "new_key", "new_log"]);

export function Verdict({ of, reload }) {
  const [tone, title, words] = verdict(of);
  const take = () => {
    accept(of.now.note, of.key);
    reload();
  };
  return html`<div class="verdict ${tone}" role=${tone === "bad" ? "alert" : "status"}>
    <p><strong>${title}</strong> ${words}</p>
    ${of.why && html`<p class="quiet">${of.why}</p>`}
    ${of.last && html`<p class="quiet">Last seen here: ${number(of.last.size)} entries, <${Time} at=${of.last.seen} />.</p>`}
    ${(explained.has(of.state) || of.state === "unchecked") && html`<details><summary>The two checkpoints</summary>
      <pre>${of.last.note}</pre><pre>${of.now.note}</pre>
      ${explained.has(of.state) && html`<button type="button" class="plain" onClick=${take}>I have been told why: remember the new one</button>`}</details>`}
  </div>`;
}

export function LogPanel() {
  const log = useWatch();
  return html`<section aria-labelledby="log"><h2 id="log">The log</h2>
    <${Loaded} of=${log} what="Checking the newest checkpoint">${(seen) => html`
      ${seen.now && html`<dl class="facts">
        <div><dt>Entries</dt><dd class="number">${number(seen.now.size)}</dd></div>
        <div><dt>Root</dt><dd class="id">${toBase64(seen.now.root)}</dd></div>
        <div><dt>Checked here</dt><dd><${Time} at=${seen.checked} /></dd></div>
        <div><dt>Origin</dt><dd class="id">${seen.now.origin}</dd></div>
      </dl>`}
      <${Verdict} of=${seen} reload=${log.reload} />
      <${KeyForm} own=${seen.own} current=${seen.key} />
      <p><button type="button" class="plain" onClick=${log.reload}>Check again</button></p>`}
    <//><${Standing} /></section>`;
}

/** The key that is checked with, and the way to bring one's own. */
export function KeyForm({ own, current }) {
  const [wrong, complain] = useState("");
  const take = (event) => {
    event.preventDefault();
    try {
      update({ key: parseKey(new FormData(event.target).get("key")).text });
    } catch (error) {
      complain(error.message);
    }
  };
  return html`<details class="key"><summary>${own ? "Checked with the key that you gave" : "Checked with the key that this server gave"}</summary>
    <p class="id">${current}</p>
    <p>${own
      ? "What matches was signed by that key's owner, whoever serves this page."
      : "This shows that the server's answers fit together. It does not show that the key is the operator's: a server that lies about the log can lie about its key. Paste the key that the operator gave you in another way, such as in a contract or by telephone."}</p>
    ${own ? html`<button type="button" class="plain" onClick=${() => update({ key: "" })}>Use the server's key</button>` : html`<form
      onSubmit=${take}>
      <${Field} label="A key that you got elsewhere" name="key" required placeholder="name+1a2b3c4d+base64" />
      <button type="submit">Check with this key</button>
      ${wrong && html`<p role="alert" class="wrong">${wrong}</p>`}</form>`}
  </details>`;
}
