// Evidence that stands alone (docs/bundle.md): a zip that proves itself, and its redacted twin.
import { html } from "../view.js";
import { accountPath } from "../api.js";
import { Download, fetchFile } from "./download.js";

/** `scope` as POST …/exports takes it; `about`: whose evidence, in words. */
export function Bundle({ scope, about }) {
  const make = (openings) => ({ signal, told }) =>
    fetchFile(accountPath("exports"), "application/zip", "consent-evidence.zip", { method: "POST", body: { scope, openings }, signal }, told);
  return html`<p>Evidence bundle of ${about}: entries, proofs, checkpoint and how to verify them without us. That it was made, and by which
      token, is recorded in the ledger.</p>
    <div class="tools"><${Download} run=${make("full")}>Bundle (zip)<//><${Download} run=${make("redacted")}>Redacted twin<//></div>
    <p class="quiet">The twin has the same entries and proofs, without numbers, names and texts.</p>`;
}
