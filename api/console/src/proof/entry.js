// An entry's bytes as what they say. Only one spelling is an entry (RFC 8785 with integers alone, docs/format.md "Entry"): two readers of the
// same bytes could otherwise see two different things, and the page would show one of them under a proof of the other.

const longest = 65_535;
const loneSurrogate = /[\ud800-\udfff]/u;

function canonical(value) {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("a number is no integer below 2^53");
    return String(value);
  }
  if (typeof value === "string") {
    if (loneSurrogate.test(value)) throw new Error("a text is not Unicode");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return String(value);
  const members = Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

/** The members of the entry that these bytes are. Throws where they are none, or are written in another way than an entry must be. */
export function readEntry(bytes) {
  if (bytes.length > longest) throw new Error("it is longer than an entry can be");
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const entry = JSON.parse(text);
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) throw new Error("it is no object");
  if (canonical(entry) !== text) throw new Error("it is written in another way than an entry must be");
  return entry;
}
