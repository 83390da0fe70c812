// Days as stacked bars, and the same as a table for whoever does not see them.
import { html } from "../view.js";
import { number } from "../words/numbers.js";

// In the drawing's own units; it is stretched to its place, and all words stand outside of it.
const height = 100;
const step = 10;
const bar = 7;

const parts = [
  { name: "Opt-outs and blocks", of: (day) => day.opt_outs + day.blocks, tone: "out" },
  { name: "Opt-ins", of: (day) => day.opt_ins, tone: "in" },
  { name: "Other entries", of: (day) => day.entries - day.opt_ins - day.opt_outs - day.blocks, tone: "other" },
];

/** A round number that is no less than the largest day. */
function ceiling(days) {
  const most = Math.max(1, ...days.map((day) => day.entries));
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= most);
}

function Bar({ day, at, top }) {
  let y = height;
  return html`<g>
    <title>${day.day}: ${parts.map((part) => `${part.name} ${number(part.of(day))}`).join(", ")}</title>
    <rect class="hover" x=${at * step} y="0" width=${step} height=${height} />
    ${parts.map((part) => {
      const tall = (part.of(day) / top) * height;
      y -= tall;
      return tall > 0 && html`<rect class=${part.tone} x=${at * step + (step - bar) / 2} y=${y} width=${bar} height=${tall} />`;
    })}
  </g>`;
}

export function Chart({ days }) {
  const top = ceiling(days);
  const width = days.length * step;
  const sum = (of) => days.reduce((total, day) => total + of(day), 0);
  const words = parts.map((part) => `${part.name.toLowerCase()} ${sum(part.of)}`).join(", ");
  return html`<figure class="chart">
    <p class="scale quiet">${number(top)} ${top === 1 ? "entry" : "entries"} a day</p>
    <svg viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label=${`${days[0].day} to ${days.at(-1).day}: ${words}`}>
      ${[0, 0.5, 1].map((part) => html`<line x1="0" x2=${width} y1=${height * (1 - part)} y2=${height * (1 - part)} />`)}
      ${days.map((day, at) => html`<${Bar} day=${day} at=${at} top=${top} />`)}
    </svg>
    <p class="ends quiet"><span>${days[0].day}</span><span>${days.at(-1).day}</span></p>
    <figcaption class="legend">${parts.map((part) => html`<span><i class=${part.tone}></i>${part.name} <b>${number(sum(part.of))}</b></span>`)}</figcaption>
    <details><summary>As a table</summary>
      <table class="small"><caption class="hidden">Entries by day</caption>
        <thead><tr><th scope="col">Day</th>${parts.map((part) => html`<th scope="col">${part.name}</th>`)}</tr></thead>
        <tbody>${days.filter((day) => day.entries > 0).map((day) => html`<tr><th
          scope="row">${day.day}</th>${parts.map((part) => html`<td>${number(part.of(day))}</td>`)}</tr>`)}</tbody>
      </table>
    </details>
  </figure>`;
}
