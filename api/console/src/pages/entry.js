// One entry: what it says, its exact bytes, and whether it is in the signed log, checked here in the browser.
import { html, useState } from "../view.js";
import { accountPath, getBytes, getJson, getText, withQuery } from "../api.js";
import { useLoad } from "../load.js";
import { to } from "../routes.js";
import { session } from "../session.js";
import { checkEntry } from "../proof/check.js";
import { watch } from "../proof/watch.js";
import { Contact, Entry, Kind, Severity, Time, actorWords } from "../parts/basics.js";
import { save } from "../parts/download.js";
import { after } from "../parts/entries.js";
import { Empty, Loaded } from "../parts/status.js";
import { KeyForm, Verdict, keyInUse } from "../parts/trust.js";
import { dataWords, evidenceWords } from "../words/evidence.js";
import { visible } from "../words/texts.js";

/** Bytes, proof and key, and what comes of them. */
function useCheck(seq) {
  return useLoad(
    async (options) => {
      const path = `/v1/entries/${encodeURIComponent(seq)}`;
      const [entry, proof, { key, own }] = await Promise.all([getBytes(path, options), getText(`${path}/proof`, options), keyInUse(options)]);
      const checked = checkEntry({ seq, entry, proof, key });
      const log = checked.ok ? await watch(checked.proof.checkpoint.note, key, options) : null;
      return { entry, proof, key, own, checked, log, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(entry) };
    },
    [seq, session.key],
  );
}

const broken = new Set(["fork", "shrunk", "new_key", "new_log", "unsigned", "unchecked"]);

/** Proven, and by the log that this browser knows. */
const isGood = ({ checked, log }) => checked.ok && !broken.has(log.state);

/** Yes, no, or that it cannot be said. */
function Answer({ seq, seen }) {
  const { checked, own, log } = seen;
  if (isGood(seen)) {
    return html`<div class="verdict ok" role="status"><p><strong>This entry is in the signed log.</strong> Your browser computed it from
      the bytes below: they are entry ${seq} of ${String(checked.proof.checkpoint.size)}, and what is shown of it was read from those same
      bytes. ${own ? "The key that you gave signed it." : "The key came from this server: whose key it is, is not shown by that."}</p></div>`;
  }
  if (log?.state === "unchecked") {
    return html`<div class="verdict warn" role="status"><p><strong>NOT CHECKED to the end.</strong> The entry fits its checkpoint. Whether that
      one continues what this browser saw before could not be computed, so nothing is shown of the entry but its bytes.</p></div>`;
  }
  return html`<div class="verdict bad" role="alert"><p><strong>DOES NOT MATCH.</strong> ${checked.ok
    ? "The entry fits its checkpoint, but the checkpoint does not fit what this browser saw before."
    : "What the server sent is not what a signed log says, at the step marked below. Do not rely on it; keep the receipt, and tell whoever runs the ledger."}</p></div>`;
}

function Verification({ seq, seen, again }) {
  const { checked, own, log } = seen;
  return html`<section class="card" aria-labelledby="proof"><h2 id="proof">Is it in the signed log?</h2>
    <${Answer} seq=${seq} seen=${seen} />
    <ol class="steps">${checked.steps.map((step) => html`<li class=${step.ok ? "" : "bad"}>${step.what}${!step.ok && ": no"} <span
      class="quiet">${step.detail}</span></li>`)}</ol>
    ${log && html`<${Verdict} of=${{ ...log, key: seen.key }} reload=${again} />`}
    <${KeyForm} own=${own} current=${seen.key} />
    <details><summary>What this proves, and what it does not</summary>
      <p>It proves that these bytes stand at this place in the log whose head the key's owner signed, and that the log still has what
        this browser saw of it. Nobody can change the entry without a new signature over another history.</p>
      <p>It does not prove that what the entry says is true, that nothing was left out before it was recorded, or, with the server's own
        key, who the signer is. Those who read the page from the server also run the server's script: to depend on neither, save the
          receipt and check it with <code>consent-verify</code> or a program of your own.</p>
    </details>
    <div class="tools">
      <button type="button" class="plain" onClick=${() => save([seen.entry], "application/json", `entry-${seq}.json`)}>Save the entry</button>
      <button type="button" class="plain" onClick=${() => save([seen.proof], "text/plain", `entry-${seq}.tlog-proof`)}>Save the proof</button>
      <button type="button" class="plain" onClick=${again}>Check again</button>
    </div></section>`;
}

function Facts({ entry, leaf }) {
  const rows = [
    ["Recorded", html`<${Time} at=${entry.recorded_at} both />`],
    entry.occurred_at && ["Occurred", html`<${Time} at=${entry.occurred_at} both />`],
    entry.contact && ["Contact", html`<${Contact} id=${entry.contact} /> <span class="quiet">its entry
      no. ${entry.contact_seq}${entry.contact_prev !== undefined && html`, after <${Entry} seq=${entry.contact_prev} />`}</span>`],
    ["By", actorWords(entry.actor, entry.source?.token)],
    entry.source && ["Source", html`<span class="id">${visible([entry.source.platform,
      entry.source.record].filter(Boolean).join(" · "))}</span> <span class="quiet">posted with token ${entry.source.token}</span>`],
    entry.channel && ["Channel", entry.to ? html`${visible(entry.channel)}, to <span class="id">${visible(entry.to)}</span>` : visible(entry.channel)],
    ...Object.entries(entry.data || {}).map(([name, value]) => [`${name[0].toUpperCase()}${name.slice(1).replaceAll("_", " ")}`, dataWords(value)]),
    entry.evidence && ["Evidence", html`<ul class="plain">${entry.evidence.map((item) => html`<li>${evidenceWords(item)}${item.occurred_at
      && html`; <${Time} at=${item.occurred_at} />`}</li>`)}</ul>`],
    entry.state && ["After it", after(entry.state)],
    entry.policy && ["Judged by", `pack ${entry.policy.pack}, rules ${entry.policy.rules}`],
    entry.account && ["Account", html`<span class="id">${entry.account}</span> <span class="quiet">its entry no. ${entry.account_seq}</span>`],
    ["Leaf hash", html`<span class="id">${leaf}</span>`],
  ].filter(Boolean);
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** What was found about the entry; it stands in the listing of changes, at the entry's own place. */
function EntryFindings({ entry }) {
  const found = useLoad(
    async (options) => {
      if (entry.account !== session.account) return [];
      const { data } = await getJson(withQuery(accountPath("changes"), { after: String(entry.account_seq - 1), limit: 1 }), options);
      return data[0]?.entry.seq === entry.seq ? data[0].findings : [];
    },
    [entry.seq, session.account],
  );
  return html`<${Loaded} of=${found} what="Looking for findings">${(findings) => findings.length > 0 && html`<section class="card"
    aria-labelledby="found"><h2 id="found">Findings about it</h2>
    <p class="quiet">What the service's rules say of the entry. It is no part of what was signed.</p>
    <ul class="findings">${findings.map((one) => html`<li><p><${Severity} of=${one.severity} /> <b
      class="id">${one.id}</b> ${one.title} <span class="quiet">${one.status}</span></p><p>${one.what}</p><p
        class="quiet">${one.citation}</p></li>`)}</ul></section>`}<//>`;
}

function Bytes({ text, entry }) {
  const [raw, show] = useState(false);
  return html`<section class="card" aria-labelledby="bytes"><h2 id="bytes">${entry ? "What is stored" : "What the server sent"}</h2>
    ${entry && html`<div class="tools" role="group" aria-label="Form"><button type="button" class="plain" aria-pressed=${!raw}
      onClick=${() => show(false)}>Readable</button><button type="button" class="plain" aria-pressed=${raw}
        onClick=${() => show(true)}>Exact bytes</button></div>`}
    <pre tabindex="0" aria-label=${raw || !entry ? "The exact bytes" : "The entry as indented JSON"}>${visible(raw || !entry ? text
      : JSON.stringify(entry, null, 2))}</pre></section>`;
}

/** What the entry says is shown where it is proven; else there are the bytes alone. */
function Seen({ seq, seen, again }) {
  const { leaf } = seen.checked;
  const entry = isGood(seen) ? seen.checked.entry : null;
  return html`<div class="columns verdict-first"><div>
      ${entry && html`<section class="card" aria-labelledby="facts"><h2 id="facts"><${Kind} of=${entry.kind} after=${entry.state} /> <span
        class="quiet id">${entry.kind}</span></h2><${Facts} entry=${entry} leaf=${leaf} /></section>`}
      ${entry?.account && html`<${EntryFindings} entry=${entry} />`}
      <${Bytes} text=${seen.text} entry=${entry} />
    </div><div><${Verification} seq=${seq} seen=${seen} again=${again} /></div></div>`;
}

export function EntryPage({ route }) {
  const [seq = ""] = route.args;
  const known = /^(0|[1-9]\d{0,15})$/.test(seq) && Number.isSafeInteger(Number(seq));
  return html`<h1 tabindex="-1">Entry <span class="id">${seq.slice(0, 40)}</span></h1>
    ${known ? html`<${Checked} seq=${seq} />` : html`<${Empty}>An entry has a whole number. <a href=${to("search")}>Search</a><//>`}`;
}

function Neighbours({ seq, size }) {
  const number = Number(seq);
  const last = size !== undefined && BigInt(seq) + 1n >= size;
  return html`<p class="neighbours">${number > 0 && html`<a href=${to("entry", [String(number - 1)])}>← ${number - 1}</a>`}${!last && html`<a
    href=${to("entry", [String(number + 1)])}>${number + 1} →</a>`}${last && html`<span class="quiet">the newest</span>`}</p>`;
}

function Checked({ seq }) {
  const check = useCheck(seq);
  if (check.problem?.status === 404) {
    return html`<${Empty}>There is no entry ${seq}, or it belongs to another account. <a href=${to("search")}>Search</a> · <a
      href=${to("overview")}>Overview</a><//>`;
  }
  return html`<${Neighbours} seq=${seq} size=${check.value?.checked.proof?.checkpoint.size} />
    <${Loaded} of=${check} what="Fetching the entry and checking it">${(seen) => html`<${Seen} seq=${seq} seen=${seen}
      again=${check.reload} />`}<//>`;
}
