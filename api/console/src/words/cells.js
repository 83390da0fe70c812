// Cells of a table that somebody opens in a spreadsheet.

const formula = /[ "']*[=+\-@\uff1d\uff0b\uff0d\uff20]/;
const first = new RegExp(`^(?:${formula.source}|'*[\\t\\r\\n])`);
const behind = new RegExp(`(?<=[,;|\\t\\r\\n])(?=${formula.source})`, "g");
const asNumber = (text) => /^'*[0-9 $%()+,\-./:Ee]+$/.test(text) && /[0-9]/.test(text) && !/^(?:0|[1-9][0-9]{0,14})$/.test(text);

/** A text as spreadsheets must see it, by the rules of the reports for them (docs/reports.md "Formats"): neither a formula nor another number. */
export function guarded(value) {
  const text = value.replaceAll("\0", "");
  return (first.test(text) || asNumber(text) ? "'" : "") + text.replace(behind, "'");
}

/** A field of RFC 4180. */
export function csvField(value) {
  const text = value === undefined || value === null ? "" : String(value);
  const safe = typeof value === "string" ? guarded(value) : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
