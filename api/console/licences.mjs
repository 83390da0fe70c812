// The licences of what is bundled into the page, as one text that is shipped with it.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const line = "=".repeat(80);

/** `packages`: as package.json names them. */
export function licences(modules, packages) {
  const parts = packages.map((name) => {
    const folder = join(modules, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, "LICENSE"), "utf8").trim()}`;
  });
  return `The console of consent-ledger is made with these libraries.\n\n${parts.join(`\n\n${line}\n\n`)}\n`;
}
