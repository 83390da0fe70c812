// Telephone numbers in what people type and paste, however they are written. None may stand in an address (docs/console.md).

/** A digit of any script as its value. The ten of a script stand in a row, with no other before them. */
function digit(sign) {
  const point = sign.codePointAt(0);
  let zero = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

/** One spelling for what looks alike: no marks of direction, every dash a hyphen, every quote `"`, full-width signs and other digits as plain ones. */
export const folded = (text) =>
  text
    .normalize("NFKC")
    .replace(/[\p{Cf}\ufe00-\ufe0f\u20e3]/gu, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/[\p{Pi}\p{Pf}'\u201a\u201e\u2032\u2033]/gu, '"')
    .replace(/\u2795/gu, "+")
    .replace(/[\s\p{Cc}\p{Z}]/gu, " ")
    .replace(/[^0-9\P{Nd}]/gu, digit);

const turns = 5;

/** With what is percent-encoded, also more than once, as what it stands for. */
function unescaped(text) {
  let plain = text;
  for (let turn = 0; turn < turns && plain.includes("%"); ++turn) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      plain = plain.replace(/%[2-7][0-9a-f]/gi, decodeURIComponent);
    }
  }
  return plain;
}

/** Whether seven digits or more follow a plus somewhere in it, whatever but letters stands between them. */
export const carriesNumber = (text) => /\+(?:[^\p{L}\d+]{0,3}\d){7}/u.test(folded(unescaped(text)));

// What people put between the digits.
const between = /[\s().\-/_~\u00b7\u2022]/g;

/** A number without its plus, or what looks like one. More digits than two numbers have are a hash. */
export function likeNumber(text) {
  const digits = text.replace(between, "");
  return /^\d{7,30}$/.test(digits);
}

/** A number by itself, as `+15550100105`: with its plus, also as `tel:`, in quotes or brackets, or with a comma behind. Null for anything else. */
export function phoneOf(text) {
  const bare = folded(unescaped(text)).replace(/^[^+\p{L}\d]+|[^\p{L}\d]+$/gu, "");
  const [, number = bare] = /^(?:tel|sms|callto):(?:\/\/)?([^;,?]+)/i.exec(bare) || [];
  const digits = number.replace(between, "");
  return /^\+\d{7,15}$/.test(digits) ? digits : null;
}
