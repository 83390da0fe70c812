// Addresses inside the page: `#/contact/<id>?at=…`. A telephone number never stands in one.
import { useEffect, useState } from "./view.js";
import { read } from "./search/query.js";
import { carriesNumber, likeNumber } from "./words/phones.js";

/** `#/contact/3f…?at=x` as {page: "contact", args: ["3f…"], query: {at: "x"}}. */
export function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const parts = path.split("/").filter(Boolean).map(decoded);
  return { page: parts[0] || "overview", args: parts.slice(1), query: Object.fromEntries(new URLSearchParams(query)) };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a page: `to("contact", [id], {at})`. */
export function to(page, args = [], query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given).toString();
  return `#/${[page, ...args].map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

export function go(page, args, query) {
  location.hash = to(page, args, query);
}

/** As `go`, leaving no trace of the address before. */
export function replace(page, args, query) {
  location.replace(to(page, args, query));
}

/** Whether an address has a telephone number in it: with a plus anywhere, without one where an id cannot look so. */
function namesNumber(hash, { page, args, query }) {
  if (carriesNumber(hash)) return true;
  return page === "search" ? read(query.q || "").number : page !== "entry" && page !== "lists" && args.some(likeNumber);
}

/** The route of the address in force. An address with a number in it is replaced, leaving no trace, before anything is asked: `cleaned`. */
function current() {
  const route = parse(location.hash);
  if (!namesNumber(location.hash, route)) return route;
  history.replaceState(null, "", to("search"));
  return { ...parse(to("search")), cleaned: true };
}

/** The route in force, following the address. */
export function useRoute() {
  const [route, set] = useState(current);
  useEffect(() => {
    const follow = () => set(current());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}
