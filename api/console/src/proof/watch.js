// The last checkpoint that this browser saw of a log, and whether a new one continues it. A checkpoint is public, so it may be kept in the
// browser: only a reader who remembers can notice a log that was rolled back or split.
import { Problem, getBytes } from "../api.js";
import { parseCheckpoint, parseKey, sameRoot, signedBy } from "./note.js";
import { consistencyProof } from "./tiles.js";
import { consistent } from "./tree.js";

const prefix = "consent-ledger/checkpoint/";
const place = (origin) => prefix + origin;

function remembered(origin) {
  try {
    const kept = JSON.parse(localStorage.getItem(place(origin)));
    return kept && { ...parseCheckpoint(kept.note), key: kept.key, seen: kept.seen };
  } catch {
    return null; // no storage, or nothing in it that can be read
  }
}

/** The log of another origin that this address served before: the one seen last, or null. */
function otherLog(origin) {
  try {
    const origins = Object.keys(localStorage).filter((name) => name.startsWith(prefix) && name !== place(origin));
    const logs = origins.map((name) => remembered(name.slice(prefix.length))).filter(Boolean);
    return logs.sort((a, b) => String(b.seen).localeCompare(String(a.seen)))[0] || null;
  } catch {
    return null;
  }
}

function remember(checkpoint, key) {
  try {
    const kept = { note: checkpoint.note, key, seen: new Date().toISOString() };
    localStorage.setItem(place(checkpoint.origin), JSON.stringify(kept));
  } catch {
    // Without storage nothing is remembered, and the next answer says so.
  }
}

async function continues(older, newer, fetchTile) {
  if (older.size === newer.size) return sameRoot(older, newer);
  try {
    const proof = await consistencyProof(older.size, newer.size, fetchTile);
    return consistent(older.size, newer.size, older.root, newer.root, proof);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    // A tile that does not come proves nothing either way, and is no verdict.
    if (error instanceof Problem) throw new Problem(0, { code: "unchecked", detail: "The log's hash tiles did not come, so nobody can say whether it continues what this browser saw." });
    return false;
  }
}

/**
 * Judges a checkpoint: {state, now, last}, where state is
 *   unsigned   the key did not sign it, or it cannot be read
 *   new_key    the key is another than the last time
 *   new_log    the origin is another than the last time: a log that starts anew forgets all that was seen
 *   first      nothing was seen before
 *   same, continues, behind   it is the log that was seen before: unchanged, longer, or an earlier moment of it
 *   fork       it is not
 * and remembers the longest one that passes.
 */
export async function watch(note, keyText, { signal } = {}) {
  const fetchTile = (path) => getBytes(path, { signal, token: "" });
  let now;
  try {
    now = parseCheckpoint(note);
    if (!signedBy(now, parseKey(keyText))) return { state: "unsigned", now };
  } catch (error) {
    return { state: "unsigned", now, why: error.message };
  }
  const last = remembered(now.origin);
  if (!last) {
    const other = otherLog(now.origin);
    if (other) return { state: "new_log", now, last: other };
    remember(now, keyText);
    return { state: "first", now };
  }
  if (last.key !== keyText) return { state: "new_key", now, last };
  const [older, newer] = now.size < last.size ? [now, last] : [last, now];
  if (!(await continues(older, newer, fetchTile))) return { state: "fork", now, last };
  if (now.size < last.size) return { state: "behind", now, last };
  remember(now, keyText);
  return { state: now.size === last.size ? "same" : "continues", now, last };
}

/** Takes what is shown now as what is known from here on: after the operator has explained a new key or a new log. */
export function accept(note, keyText) {
  remember(parseCheckpoint(note), keyText);
}
