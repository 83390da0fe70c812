// The last checkpoint that this browser saw of a log, and whether a new one continues it. A checkpoint is public, so it may be kept in the
// browser: only a reader who remembers can notice a log that was rolled back or split.
import { Problem, getBytes, getText } from "../api.js";
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

/** "yes", "no", or "unknown" where a tile did not come, which proves nothing either way. */
async function continues(older, newer, fetchTile) {
  if (older.size === newer.size) return sameRoot(older, newer) ? "yes" : "no";
  try {
    const proof = await consistencyProof(older.size, newer.size, fetchTile);
    return consistent(older.size, newer.size, older.root, newer.root, proof) ? "yes" : "no";
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return error instanceof Problem ? "unknown" : "no";
  }
}

/**
 * A checkpoint shorter than what was seen. No tiles can show it to be the same log, since those of the longer one are not there. But another page
 * of this browser may have seen more while this answer was on its way: the newest checkpoint is asked for once more, and decides.
 */
async function shorter(now, last, keyText, ask) {
  let newest;
  try {
    newest = parseCheckpoint(await ask.checkpoint());
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return { state: error instanceof Problem ? "unchecked" : "unsigned", now, last };
  }
  if (!signedBy(newest, parseKey(keyText))) return { state: "unsigned", now: newest, last };
  if (newest.size < last.size) return { state: "shrunk", now: newest, last };
  const answers = [await continues(last, newest, ask.tile), await continues(now, newest, ask.tile)];
  if (answers.includes("no")) return { state: "fork", now: newest, last };
  return { state: answers.includes("unknown") ? "unchecked" : "behind", now, last };
}

/** How `watch` asks the service. */
const service = (signal) => ({
  tile: (path) => getBytes(path, { signal, token: "" }),
  checkpoint: () => getText("/checkpoint", { signal }),
});

/**
 * Judges a checkpoint: {state, now, last}, where state is
 *   unsigned   the key did not sign it, or it cannot be read
 *   new_key    the key is another than the last time
 *   new_log    the origin is another than the last time: a log that starts anew forgets all that was seen
 *   first      nothing was seen before
 *   same, continues, behind   it is the log that was seen before: unchanged, longer, or an earlier moment of it
 *   shrunk     the newest one has fewer entries than were seen: a log only grows, so it was rolled back
 *   fork       it does not contain what was seen
 *   unchecked  tiles that would tell did not come
 * and remembers the longest one that passes.
 */
export async function watch(note, keyText, { signal, ask = service(signal) } = {}) {
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
  if (now.size < last.size) return shorter(now, last, keyText, ask);
  const answer = await continues(last, now, ask.tile);
  if (answer !== "yes") return { state: answer === "no" ? "fork" : "unchecked", now, last };
  const kept = remembered(now.origin); // meanwhile another page of this browser may have seen more
  if (!kept || kept.key !== keyText || kept.size <= now.size) remember(now, keyText);
  return { state: now.size === last.size ? "same" : "continues", now, last };
}

/** Takes what is shown now as what is known from here on: after the operator has explained a new key or a new log. */
export function accept(note, keyText) {
  remember(parseCheckpoint(note), keyText);
}
