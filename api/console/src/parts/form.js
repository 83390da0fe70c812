// Filters: labelled selects and fields that change the address, so that a view can be kept and shared.
import { html } from "../view.js";
import { go } from "../routes.js";

/** `[value, words]` pairs, or values that are their own words. */
export function Select({ label, value, options, onPick }) {
  return html`<label class="field"><span>${label}</span>
    <select value=${value} onChange=${(event) => onPick(event.target.value)}>
      ${options.map((one) => {
        const [key, words] = Array.isArray(one) ? one : [one, one];
        return html`<option value=${key} selected=${key === value}>${words}</option>`;
      })}
    </select></label>`;
}

/** A select whose choice stands in the address. */
export function Filter({ route, name, label, options, initial = "" }) {
  const pick = (value) => go(route.page, route.args, { ...route.query, [name]: value === initial ? "" : value });
  return html`<${Select} label=${label} value=${route.query[name] || initial} options=${options} onPick=${pick} />`;
}

export function Field({ label, hint, ...rest }) {
  return html`<label class="field"><span>${label}</span><input autocomplete="off" spellcheck="false" ...${rest} />${hint
    && html`<small>${hint}</small>`}</label>`;
}
