// The search line: `kind:opt_in.* actor:agent-7 after:2026-11-01 -kind:list.added chg-991`, and what it asks of the API.
import { kinds } from "../words/kinds.js";

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

/** A telephone number, however it is written with a plus; null for anything else. */
export function phoneOf(text) {
  const bare = text.replace(/[\s().-]/g, "");
  return /^\+\d{7,15}$/.test(bare) ? bare : null;
}

/** What might be a number and must not become part of an address. */
const likeNumber = (text) => /^\+?[\d\s().-]*$/.test(text) && text.replace(/\D/g, "").length >= 7;

class Reading {
  constructor() {
    this.params = {};
    this.wrong = [];
    this.wanted = [];
    this.unwanted = [];
    this.jump = null;
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
    if (!Object.hasOwn(qualifiers, name)) return this.complain(`There is no qualifier ${name}:`);
    if (!value) return this.complain(`${name}: wants a value`);
    if (without && name !== "kind") return this.complain(`Only -kind: can be left out, not -${name}:`);
    if (name === "kind") return this.kind(value, without);
    if (name === "after" || name === "before") return this.time(name, value);
    // A platform's own id may be all digits, and is called one by who types record:.
    if (likeNumber(value) && !(name === "record" && /^\d+$/.test(value))) return this.refuseNumber("Search for a number by itself, with + and country code.");
    if (this.params[name]) return this.complain(`${name}: can be given once`);
    this.params[name] = value;
  }

  kind(value, without) {
    const meant = kindsLike(value);
    if (meant.length === 0) this.complain(`${value} is no kind of entry`);
    (without ? this.unwanted : this.wanted).push(...meant);
  }

  time(name, value) {
    const time = timeOf(value);
    if (!time) return this.complain(`${name}: wants a day, 2026-11-28, or a time, 2026-11-28T16:00Z`);
    this.params[name === "after" ? "since" : "until"] = time;
  }

  word(text) {
    if (/^[0-9a-f]{64}$/.test(text)) this.jump = { page: "contact", args: [text] };
    else if (/^\d{1,6}$/.test(text)) this.jump = { page: "entry", args: [text] };
    else if (likeNumber(text)) this.refuseNumber("Write a number with + and its country code, an entry as seq:12345678.");
    else if (this.params.record) this.complain("Only one record can be searched for.");
    else this.params.record = text;
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

/**
 * {phone} for a number alone: it must be looked up by POST and stand in no address. Otherwise {params, jump, wrong, number}: parameters of
 * GET …/changes, or a page to go to, or what is wrong with it; `number`: something in it looks like a telephone number.
 */
export function read(text) {
  const phone = phoneOf(text.trim());
  if (phone) return { phone, params: {}, wrong: [], jump: null, number: true };
  const reading = new Reading();
  for (const [, without, name, value, word] of text.matchAll(/(-?)([a-z]+):(\S*)|(\S+)/g)) {
    if (name === "seq" && /^\d+$/.test(value)) reading.jump = { page: "entry", args: [value] };
    else if (name) reading.qualifier(name, value, without === "-");
    else reading.word(word);
  }
  return reading.done();
}

/** The line narrowed by a qualifier, in place of those that say more of the same. */
export function withQualifier(text, name, value) {
  const others = text.split(/\s+/).filter((word) => word && !word.startsWith(`${name}:`));
  return [...others, `${name}:${value}`].join(" ");
}
