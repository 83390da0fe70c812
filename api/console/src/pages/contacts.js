// All Contacts and the lists, with the Opted-in and Blocked columns of the platform's own screens.
import { html } from "../view.js";
import { accountPath, getJson, withQuery } from "../api.js";
import { usePages } from "../load.js";
import { to } from "../routes.js";
import { session } from "../session.js";
import { Box, Contact, Entry } from "../parts/basics.js";
import { Bundle } from "../parts/bundle.js";
import { Exports } from "../parts/exports.js";
import { Filter } from "../parts/form.js";
import { Pages } from "../parts/table.js";
import { levels } from "../words/kinds.js";
import { SearchBox } from "./search.js";

const statuses = [["", "Everybody"], ["opted_in", "Opted in"], ["opted_out", "Opted out"], ["blocked", "Blocked"], ["erased", "Erased"]];
const leasts = levels.map((level, i) => [i === 0 ? "" : level, i === 0 ? "Any" : `${level}${i < 3 ? " or more" : ""}`]);

/** A phone's card leaves out what is nothing. */
function Count({ of }) {
  return html`<span class=${of === 0 ? "quiet zero" : ""}>${of}</span>`;
}

const contactColumns = [
  { name: "Contact", show: (row) => html`<span><${Contact} id=${row.contact} />${row.erased && html` <span class="quiet">erased</span>`}</span>` },
  { name: "Opted-in", show: (row) => html`<${Box} on=${row.opted_in} />` },
  { name: "Blocked", show: (row) => html`<${Box} on=${row.blocked} tone="out" />` },
  { name: "Consent for", show: (row) => html`<span>${row.level === "none" ? html`<span class="quiet">none on record</span>` : row.level}</span>` },
  { name: "Lists", show: (row) => html`<${Count} of=${row.lists} />` },
  { name: "Open duties", show: (row) => html`<${Count} of=${row.obligations} />` },
  { name: "First entry", show: (row) => html`<${Entry} seq=${row.first_seq} />` },
  { name: "Last entry", show: (row) => html`<${Entry} seq=${row.last_seq} />` },
];
const memberColumns = [
  ...contactColumns.slice(0, 4),
  { name: "On it since", show: ({ membership }) => membership && html`<${Entry} seq=${membership.seq} />` },
  contactColumns.at(-1),
];

const fields = [
  ["contact", (row) => row.contact],
  ["opted_in", (row) => row.opted_in],
  ["blocked", (row) => row.blocked],
  ["erased", (row) => row.erased],
  ["consent_for", (row) => row.level],
  ["lists", (row) => row.lists],
  ["open_duties", (row) => row.obligations],
  ["first_seq", (row) => row.first_seq],
  ["last_seq", (row) => row.last_seq],
];
const memberFields = [...fields, ["on_list_since_seq", ({ membership }) => membership?.seq], ["on_list_since", ({ membership }) => membership?.added_at]];

function Filters({ route }) {
  return html`<div class="filters" role="group" aria-label="Filters">
    <${Filter} route=${route} name="status" label="Status" options=${statuses} />
    <${Filter} route=${route} name="level" label="Consent for at least" options=${leasts} />
  </div>`;
}

function Saves({ route, place, of, title, name }) {
  const { status, level } = route.query;
  return html`<div class="tools"><${Exports} listing=${{ path: accountPath(...place), params: { status, level }, fields: of, title, name }}
    key=${`${place} ${status} ${level}`} /></div>`;
}

function useContacts(route, ...place) {
  const { status, level } = route.query;
  return usePages(
    ({ signal, cursor }) => getJson(withQuery(accountPath(...place), { status, level, cursor, limit: 100 }), { signal }),
    [status, level, session.account],
  );
}

export function Contacts({ route }) {
  const found = useContacts(route, "contacts");
  return html`<h1 tabindex="-1">All Contacts</h1>
    <${SearchBox} hint="Find a number: +15550100105" />
    <${Filters} route=${route} />
    <${Saves} route=${route} place=${["contacts"]} of=${fields} title="All Contacts" name="contacts" />
    <${Pages} of=${found} columns=${contactColumns} caption="By pseudonym: numbers stay in the vault. Type one above to find its contact."
      empty="No contact is like this." keyOf=${(row) => row.contact} />`;
}

function Members({ route, list }) {
  const found = useContacts(route, "lists", list, "contacts");
  return html`<h1 tabindex="-1">List <span class="id">${list}</span></h1>
    <p><a href=${to("lists")}>All lists</a> · <a href=${to("search", [], { q: `list:${list}` })}>what happened on it</a></p>
    <${Filters} route=${route} />
    <details class="help"><summary>Evidence bundle of this list</summary><${Bundle} scope=${{ kind: "list", list }}
      about=${`everybody who was ever on the list ${list}`} /></details>
    <${Saves} route=${route} place=${["lists", list, "contacts"]} of=${memberFields} title=${`List ${list}`} name=${`list-${list}`} />
    <${Pages} of=${found} columns=${memberColumns} caption="Who stands on this list. That is not yet a permission to send."
      empty="Nobody on this list is like this." keyOf=${(row) => row.contact} />`;
}

const listColumns = [
  { name: "List", show: (row) => html`<a class="id" href=${to("lists", [row.list])}>${row.list}</a>` },
  { name: "Purpose", show: (row) => html`<span>${row.purpose || html`<span class="quiet">not said</span>`}</span>` },
  { name: "Wants consent for", show: (row) => html`<span>${row.level_required ? `${row.level_required} messages` : html`<span class="quiet">not
    said</span>`}</span>` },
  { name: "Opt-out list of", show: (row) => row.opt_out_of && html`<a class="id" href=${to("lists", [row.opt_out_of])}>${row.opt_out_of}</a>` },
  { name: "Defined by", show: (row) => (row.defined ? html`<${Entry} seq=${row.seq} />` : html`<span class="quiet">nobody; somebody
    stands on it all the same</span>`) },
];

export function Lists({ route }) {
  if (route.args[0]) return html`<${Members} route=${route} list=${route.args[0]} />`;
  const found = usePages(({ signal, cursor }) => getJson(withQuery(accountPath("lists"), { cursor }), { signal }), [session.account]);
  return html`<h1 tabindex="-1">Lists</h1>
    <${Pages} of=${found} columns=${listColumns} caption="Lists of the account" empty="The account has no lists." keyOf=${(row) => row.list} />`;
}
