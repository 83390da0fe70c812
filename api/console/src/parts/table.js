// Pages of rows. A table on a screen with room; on a phone each row is a card, with the column's name before its value.
import { html } from "../view.js";
import { number } from "../words/numbers.js";
import { Empty, Failure, Loading } from "./status.js";

/** `columns`: [{name, show(row), wide?}]; `of`: what usePages gives; `empty`: what to say where there is nothing. */
export function Pages({ of, columns, caption, empty, keyOf }) {
  return html`<div>
    ${of.rows.length > 0 && html`<${Table} rows=${of.rows} columns=${columns} caption=${caption} keyOf=${keyOf} />`}
    ${of.loading && html`<${Searching} of=${of} />`}
    ${of.problem && html`<${Failure} problem=${of.problem} retry=${of.reload} />`}
    ${!of.loading && !of.problem && of.rows.length === 0 && !of.more && html`<${Empty}>${empty}<//>`}
    ${!of.loading && !of.problem && html`<${More} of=${of} />`}</div>`;
}

/** The service looks through so many rows for a page, and no more. */
function Searching({ of }) {
  return of.empty === 0 ? html`<${Loading} />` : html`<${Loading} what=${`Still looking: nothing in ${of.empty} ${of.empty === 1
    ? "part" : "parts"} of the ledger so far`} stop=${of.stop} />`;
}

function More({ of }) {
  const count = `${number(of.rows.length)} ${of.rows.length === 1 ? "row" : "rows"}`;
  if (of.more) {
    return html`<p class="more"><button type="button" onClick=${of.more}>${of.empty > 0 ? "Look further"
      : "Show more"}</button> <span role="status">${count} so far</span></p>`;
  }
  return of.rows.length > 0 && html`<p class="more" role="status">${count}, and no more</p>`;
}

/** With roles said: a phone's layout takes a table's own meaning from it. */
export function Table({ rows, columns, caption, keyOf }) {
  return html`<table class="rows" role="table">
    <caption>${caption}</caption>
    <thead role="rowgroup"><tr role="row">
      ${columns.map((column) => html`<th scope="col" role="columnheader" class=${column.wide ? "wide" : ""}>${column.name}</th>`)}
    </tr></thead>
    <tbody role="rowgroup">
      ${rows.map((row) => html`<tr role="row" key=${keyOf(row)}>
        ${columns.map((column) => html`<td role="cell" data-name=${column.name} class=${column.wide ? "wide" : ""}>${column.show(row)}</td>`)}
      </tr>`)}
    </tbody>
  </table>`;
}
