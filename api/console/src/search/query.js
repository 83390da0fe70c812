// The search line: `kind:opt_in.* actor:agent-7 after:2026-11-01 -kind:list.added chg-991`, and what it asks of the API.
import { kinds } from "../words/kinds.js";
import { carriesNumber, folded, likeNumber, phoneOf } from "../words/phones.js";

export const qualifiers = {
  kind: "a kind of entry; opt_out.* for all that begin so; -kind: leaves them out",
  actor: "who did it: agent-7",
  source: "the platform that posted it",
  record: "the platform's own id of the change",
  list: "entries about a list",
  after: "recorded at or after a day or time (UTC)",
  before: "recorded before a day or time (UTC)",
};

/** `opt_out.*` as the kinds it stands for. */
function kindsLike(pattern) {
  if (!pattern.endsWith("*")) return kinds.filter((kind) => kind === pattern);
  return kinds.filter((kind) => kind.startsWith(pattern.slice(0, -1)));
}

/** A day or a time as RFC 3339 in UTC, or null. */
export function timeOf(text) {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d))?Z?)?$/.exec(text);
  if (!match) return null;
  const time = new Date(`${match[1]}T${match[2] || "00:00"}:${match[3] || "00"}Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(match[1])) return null;
  return time.toISOString();
}

/** An id of the API: of an actor, a record, a list, a platform. */
const isId = (text) => /^[A-Za-z0-9._:-]{1,128}$/.test(text);
const idsAre = "takes one id: letters, digits and . _ : -";
const numberWhole = "Write a number with + and its country code, an entry as seq:12345678, a record as record:12345678.";
const numberAlone = "Search for one number by itself, with + and its country code.";

class Reading {
  constructor() {
    this.params = {};
    this.wrong = [];
    this.wanted = [];
    this.unwanted = [];
    this.jump = null; // a page that the line means
    this.find = ""; // an id of which the line does not say what it is one of
    this.number = false; // there is one in it, which must not stay in an address
  }

  complain(text) {
    this.wrong.push(text);
  }

  refuseNumber(text) {
    this.number = true;
    this.complain(text);
  }

  qualifier(name, value, without) {
    if (name === "seq" && /^\d+$/.test(value)) return this.go("entry", value);
    // A platform's own id may be all digits, and is called one by who types record:. A day has eight.
    const digits = name === "record" ? /^\d+$/ : /^\d{4}-\d\d-\d\d$/;
    if (likeNumber(value) && !digits.test(value)) return this.refuseNumber(numberAlone);
    if (!Object.hasOwn(qualifiers, name)) return this.complain(`There is no qualifier ${name}: (an id with a colon is written record:${name}:…)`);
    if (!value) return this.complain(`${name}: wants a value`);
    if (without && name !== "kind") return this.complain(`Only -kind: can be left out, not -${name}:`);
    if (name === "kind") return this.kind(value.toLowerCase(), without);
    if (name === "after" || name === "before") return this.time(name, value.toUpperCase());
    if (!isId(value)) return this.complain(`${name}: ${idsAre}`);
    if (this.params[name]) return this.complain(`${name}: can be given once`);
    this.params[name] = value;
  }

  /** One kind or several: `opt_in.*,consent.recorded`. */
  kind(values, without) {
    for (const value of values.split(",").filter(Boolean)) {
      const meant = kindsLike(value);
      if (meant.length === 0) this.complain(`${value} is no kind of entry`);
      (without ? this.unwanted : this.wanted).push(...meant);
    }
  }

  time(name, value) {
    const time = timeOf(value);
    if (!time) return this.complain(`${name}: wants a day, 2026-11-28, or a time, 2026-11-28T16:00Z`);
    const limit = name === "after" ? "since" : "until";
    if (this.params[limit]) return this.complain(`${name}: can be given once`);
    this.params[limit] = time;
  }

  go(page, id) {
    if (this.jump) return this.complain("Only one entry can be opened.");
    this.jump = { page, args: [id] };
  }

  word(text) {
    if (/^\d{1,6}$/.test(text)) return this.go("entry", text);
    if (timeOf(text)) return this.complain("A day is searched for by after: or before:.");
    if (!isId(text)) return this.complain(`“${text}” is no id: an id has letters, digits and . _ : -`);
    if (this.find) return this.complain("Only one id can be searched for.");
    this.find = text;
  }

  done() {
    if (this.wanted.length || this.unwanted.length) {
      const from = this.wanted.length ? this.wanted : kinds;
      this.params.kind = [...new Set(from)].filter((kind) => !this.unwanted.includes(kind));
      if (this.params.kind.length === 0 && this.wrong.length === 0) this.complain("These kinds leave nothing.");
    }
    return this;
  }
}

/** Whether words one after the other are a number without its plus, in pieces. A day is none. */
function inPieces(words) {
  const pieces = words.map((word) => (/^[\d().\-/]+$/.test(word) && !timeOf(word) ? word : " | "));
  return pieces.join("").split("|").some((run) => likeNumber(run));
}

// What people paste around an id: quotes, and a comma behind.
const bare = (text) => text.replaceAll('"', "").replace(/[,;]+$/, "");

/**
 * {phone} for a number alone: it must be looked up by POST and stand in no address. Otherwise {params, find, jump, wrong, number}: parameters of
 * GET …/changes, an id to look for among them, or a page to go to, or what is wrong with it; `number`: something in it looks like a telephone number.
 */
export function read(text) {
  const phone = phoneOf(text);
  const reading = new Reading();
  if (phone) return { ...reading.done(), phone, number: true };
  const parts = [...folded(text).matchAll(/(-?)([a-z]+):("[^"]*"|\S*)|("[^"]*"\S*|\S+)/gi)];
  if (carriesNumber(text)) reading.refuseNumber(numberAlone);
  else if (inPieces(parts.map(([, , , , word = ":"]) => bare(word)))) reading.refuseNumber(numberWhole);
  if (reading.number) return reading.done();
  for (const [, without, name, value, word] of parts) {
    if (name) reading.qualifier(name.toLowerCase(), bare(value), without === "-");
    else if (bare(word)) reading.word(bare(word));
  }
  if (reading.find && reading.jump) reading.complain("An entry's place leaves nothing to search for.");
  return reading.done();
}

/** The line narrowed by a qualifier, in place of those that say more of the same. */
export function withQualifier(text, name, value) {
  const others = text.split(/\s+/).filter((word) => word && !word.toLowerCase().startsWith(`${name}:`));
  return [...others, `${name}:${value}`].join(" ");
}
