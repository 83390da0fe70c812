// Signing in: a token, and for a token of all accounts, which one to look at.
import { html, useEffect, useLayoutEffect, useRef, useState } from "../view.js";
import { Problem, getJson } from "../api.js";
import { session, signOut, update } from "../session.js";
import { Failure } from "../parts/status.js";
import { Field } from "../parts/form.js";

const readers = new Set(["auditor", "admin"]);

function Door({ title, children }) {
  useEffect(() => {
    document.title = `${title} · consent-ledger`;
  }, [title]);
  return html`<main class="door"><p class="brand"><span>consent-ledger</span></p><h1>${title}</h1>${children}</main>`;
}

export function Login() {
  const field = useRef(null);
  const [problem, fail] = useState(null);
  const [busy, wait] = useState(false);
  useLayoutEffect(() => field.current.querySelector("input").focus(), []);
  const enter = async (event) => {
    event.preventDefault();
    const token = field.current.querySelector("input").value.trim();
    if (!token) return;
    wait(true);
    fail(null);
    try {
      const who = await getJson("/v1/whoami", { token });
      if (!readers.has(who.role)) throw new Problem(0, { code: "role", detail: `This token's role is ${who.role}: it may not read. Use one of an auditor or admin.` });
      const account = who.accounts.length === 1 && who.accounts[0] !== "*" ? who.accounts[0] : "";
      update({ token, who, account, notice: "" });
    } catch (refused) {
      wait(false);
      fail(refused);
    }
  };
  return html`<${Door} title="Sign in">
    ${session.notice && html`<p role="status" class="notice">${session.notice}</p>`}
    <form onSubmit=${enter} ref=${field}>
      <${Field} label="Token" type="password" name="token" required
        hint="Of the role auditor or admin. It stays in this page's memory and is gone when you close or reload it." />
      <button type="submit" disabled=${busy}>${busy ? "Signing in…" : "Sign in"}</button>
    </form>
    ${problem && html`<${Refused} problem=${problem} />`}
  <//>`;
}

function Refused({ problem }) {
  if (problem.code === "role") return html`<div class="failure" role="alert"><p><strong>This token is of the wrong role.</strong> ${problem.message}</p></div>`;
  if (problem.status !== 401) return html`<${Failure} problem=${problem} />`;
  return html`<div class="failure" role="alert"><p><strong>This token is not valid.</strong> Was all of it pasted? It begins
    with <code>cl_</code>.</p></div>`;
}

/** A token for several accounts, or for all of them. */
export function AccountChoice() {
  const named = session.who.accounts.filter((one) => one !== "*");
  const [problem, fail] = useState(null);
  const asked = useRef(null);
  useLayoutEffect(() => () => asked.current?.abort(), []);
  const choose = async (event) => {
    event.preventDefault();
    const account = new FormData(event.target).get("account").trim();
    if (!account) return;
    fail(null);
    asked.current?.abort(); // the account chosen last is the one that is opened
    const { signal } = (asked.current = new AbortController());
    try {
      await getJson(`/v1/accounts/${encodeURIComponent(account)}/lists?limit=1`, { signal });
      if (!signal.aborted) update({ account });
    } catch (refused) {
      if (!signal.aborted) fail(refused);
    }
  };
  return html`<${Door} title="Which account?">
    <form onSubmit=${choose}>
      <${Field} label="Account" name="account" required pattern="[a-z0-9][a-z0-9\\-]*" list="accounts"
        hint="Its id, as it stands in the addresses of the API." />
      <datalist id="accounts">${named.map((one) => html`<option value=${one} />`)}</datalist>
      <button type="submit">Open</button> <button type="button" class="plain" onClick=${() => signOut()}>Sign out</button>
    </form>
    ${problem && (problem.status === 404 ? html`<div class="failure" role="alert"><p><strong>The ledger has no such account.</strong> Ids are
      lower-case letters, digits and dashes.</p></div>` : html`<${Failure} problem=${problem} />`)}
  <//>`;
}
