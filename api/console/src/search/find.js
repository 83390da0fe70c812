// What a word by itself is the id of: every filter that the API has for ids is asked, the newest entries first, so many at a time.
const filters = ["record", "actor", "list", "source"];
// What has an id by which no entry can be filtered: the entry that made it is found all the same.
const definitions = ["actor.defined", "trigger.defined", "disclosure.defined", "token.created"];

const ways = (id, params) => [
  ...filters.filter((name) => !params[name]).map((name) => ({ name, query: { ...params, [name]: id, limit: 1 }, fits: () => true })),
  ...(params.kind ? [] : [{ name: "", query: { ...params, kind: definitions, limit: 1000 }, fits: ({ data = {}, kind }) => data[kind.split(".")[0]] === id }]),
];

/**
 * Where an id was found: [{name, entry}], the newest entry for each filter that has any; name "": the entry defines what has the id, said only where
 * no filter has it. [] where there is none. `ask(query)` gives a page of changes; `told(turn)` is called before each turn, which looks through as many
 * entries as the service does for a page; who is found in it ends the search.
 */
export async function findId(id, params, ask, told) {
  let open = ways(id, params);
  for (let turn = 0; open.length > 0; ++turn) {
    told(turn);
    const pages = await Promise.all(open.map(({ query }) => ask(query)));
    const found = open.flatMap(({ name, fits }, i) => pages[i].data.filter(({ entry }) => fits(entry)).slice(0, 1).map(({ entry }) => ({ name, entry })));
    if (found.length > 0) return found.some(({ name }) => name) ? found.filter(({ name }) => name) : found;
    open = open.map((way, i) => ({ ...way, query: { ...way.query, cursor: pages[i].has_more ? pages[i].next_cursor : "" } })).filter(({ query }) => query.cursor);
  }
  return [];
}
