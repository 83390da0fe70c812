// Times as people read them. UTC is the record; the browser's own zone stands beside it.
const pad = (number) => String(number).padStart(2, "0");

/** Whether it is a time as the API writes them. Addresses and bytes may hold anything. */
export const isTime = (text) => typeof text === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** `2026-11-28 16:51:35 UTC`. */
export const utc = (text) => `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;

export function local(text) {
  const time = new Date(text);
  const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" }).formatToParts(time).find((part) => part.type === "timeZoneName");
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${day} ${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())} ${zone?.value || "local time"}`;
}

/** `3 days`, `2 hours`, `40 seconds`: the largest unit alone. */
export function span(seconds) {
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [name, size] = units.find(([, size]) => seconds >= size) || units[3];
  const count = Math.max(0, Math.floor(seconds / size));
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

export const secondsSince = (text) => (Date.now() - new Date(text)) / 1000;
