// Loading for views: one value, or pages of rows. What was asked for before is never shown as the answer to what is asked now.
import { useEffect, useState } from "./view.js";

const nothing = { rows: [], loading: true, wanted: "", empty: 0 };

/** `{value, problem, loading, reload}` of `load({signal})`, again whenever one of `inputs` changes. */
export function useLoad(load, inputs) {
  const asked = JSON.stringify(inputs);
  const [state, set] = useState({});
  const [turn, again] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    set({ asked, loading: true });
    load({ signal: abort.signal }).then(
      (value) => abort.signal.aborted || set({ asked, value, loading: false }),
      (problem) => abort.signal.aborted || set({ asked, problem, loading: false }),
    );
    return () => abort.abort();
  }, [asked, turn]);
  const current = state.asked === asked ? state : { loading: true };
  return { ...current, reload: () => again(turn + 1) };
}

/**
 * `{rows, asOf, problem, loading, empty, more, stop, reload}` of pages `{data, has_more, next_cursor, as_of}`; `more` is null at the end. A page may
 * be empty and yet not the last, where what is looked for is rare: the next one is then asked for by itself, up to `stop()`. `empty` counts those.
 * `load` null: nothing is asked for.
 */
export function usePages(load, inputs) {
  const asked = JSON.stringify(inputs);
  const [state, set] = useState({ ...nothing, asked });
  const [turn, again] = useState(0);
  const current = state.asked === asked ? state : { ...nothing, asked };
  const { wanted } = current;
  useEffect(() => {
    if (!load) return undefined;
    const abort = new AbortController();
    set((old) => (old.asked === asked ? old : current)); // what was clicked since this was drawn stays
    load({ signal: abort.signal, cursor: wanted }).then(
      (page) => abort.signal.aborted || set((old) => withPage(old, page, wanted)),
      (problem) => abort.signal.aborted || set((old) => ({ ...old, problem, loading: false })),
    );
    return () => abort.abort();
  }, [asked, wanted, turn, !load]);
  const more = current.next && !current.loading ? () => set({ ...current, loading: true, wanted: current.next, stopped: false }) : null;
  const reload = () => {
    set({ ...current, loading: true, problem: undefined });
    again(turn + 1);
  };
  const stop = () => set((old) => ({ ...old, stopped: true }));
  return { ...current, loading: Boolean(load) && current.loading, more, stop, reload };
}

function withPage(old, page, wanted) {
  const next = page.has_more ? page.next_cursor : "";
  const came = { ...old, rows: wanted ? [...old.rows, ...page.data] : page.data, asOf: page.as_of, next, loading: false };
  if (!next || page.data.length > 0) return { ...came, empty: 0 };
  const seen = { ...came, empty: old.empty + 1 };
  return old.stopped ? seen : { ...seen, loading: true, wanted: next };
}
