// An item of evidence, and what else an entry says, in a line.
import { visible } from "./texts.js";

const list = (value) => (Array.isArray(value) ? value.map(String).join(", ") : "");

export function evidenceWords(item) {
  const scope = item.scope || {};
  return [
    visible(item.kind).replaceAll("_", " "),
    scope.purpose && `for ${visible(scope.purpose)}`,
    scope.lists && `lists ${visible(list(scope.lists))}`,
    scope.seller && `seller ${visible(scope.seller)}`,
    item.fields && `with ${visible(list(item.fields)).replaceAll("_", " ")}`,
    item.verified && "checked by the provider's signature",
    item.held_by && `kept by ${visible(item.held_by)}`,
  ].filter(Boolean).join("; ");
}

/** A member of `data`. A text that only the vault opens is there as a commitment. */
export function dataWords(value) {
  if (value !== null && typeof value === "object" && typeof value.commit === "string") return `in the vault, committed to as ${value.commit.slice(0, 12)}…`;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return visible(value.join(", "));
  return visible(typeof value === "string" ? value : JSON.stringify(value));
}
