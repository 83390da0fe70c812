// Addresses inside the page: `#/contact/<id>?at=…`. A telephone number never stands in one.
import { useEffect, useState } from "./view.js";

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

/** The route in force, following the address. */
export function useRoute() {
  const [route, set] = useState(() => parse(location.hash));
  useEffect(() => {
    const follow = () => set(parse(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}
