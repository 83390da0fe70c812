// Bundles the console and writes it as C++: node build.mjs SOURCES MODULES OUTPUT.
// MODULES is where npm has put the libraries. Each file is named by its content's hash, so that a
// browser may keep it for ever, and the page names the files of its own build.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { licences } from "./licences.mjs";

const [sources, modules, output] = process.argv.slice(2);
const esbuild = createRequire(join(modules, "package.json"))("esbuild");

function bundle(file, options) {
  const built = esbuild.buildSync({
    entryPoints: [join(sources, file)],
    bundle: true,
    minify: true,
    write: false,
    legalComments: "none",
    target: ["es2022"],
    nodePaths: [join(modules, "node_modules")],
    logLevel: "warning",
    ...options,
  });
  return Buffer.from(built.outputFiles[0].contents);
}

function asset(path, type, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  return { path: path.replace("HASH", hash), type, bytes, hash };
}

/** Bytes as the elements of a char array: a string literal of that length is beyond what a compiler has to take. */
function elements(bytes) {
  const signed = Array.from(bytes, (byte) => (byte > 127 ? byte - 256 : byte));
  const lines = [];
  for (let at = 0; at < signed.length; at += 32) lines.push(signed.slice(at, at + 32).join(","));
  return lines.join(",\n");
}

function cpp(assets) {
  const arrays = assets.map((one, i) => `constexpr char file_${i}[] = {\n${elements(one.bytes)}};\n`);
  const rows = assets.map((one, i) => `    {"${one.path}", "${one.type}", {file_${i}, sizeof file_${i}}, "${one.hash}"},\n`);
  const sizes = assets.map((_, i) => `sizeof file_${i}`).join(" + ");
  return `// Made by api/console/build.mjs.
#include "api/console/assets.hpp"
#include "ledger/core/limits.hpp"

namespace cl::console {
namespace {

${arrays.join("\n")}
static_assert(${sizes} <= limits::console_asset_bytes, "the console has outgrown its limit");

constexpr Asset all[] = {
${rows.join("")}};

}  // namespace

std::span<Asset const> assets() noexcept {
    return all;
}

}  // namespace cl::console
`;
}

const script = asset("/console/app.HASH.js", "text/javascript; charset=utf-8", bundle("main.js", { format: "esm" }));
const style = asset("/console/app.HASH.css", "text/css; charset=utf-8", bundle("style/index.css", {}));
const { dependencies } = JSON.parse(readFileSync(join(modules, "package.json"), "utf8"));
const texts = asset("/console/licences.HASH.txt", "text/plain; charset=utf-8", Buffer.from(licences(modules, Object.keys(dependencies))));
const icon = asset("/console/icon.HASH.svg", "image/svg+xml", readFileSync(join(sources, "icon.svg")));
let page = readFileSync(join(sources, "index.html"), "utf8");
for (const [name, file] of [["app.js", script], ["app.css", style], ["icon.svg", icon], ["licences.txt", texts]]) {
  if (!page.includes(`"${name}"`)) throw new Error(`index.html does not name ${name}`);
  page = page.replace(`"${name}"`, `"${file.path}"`);
}
const assets = [asset("/", "text/html; charset=utf-8", Buffer.from(page)), script, style, icon, texts];
writeFileSync(output, cpp(assets));
const total = assets.reduce((sum, one) => sum + one.bytes.length, 0);
console.log(`console: ${assets.map((one) => `${one.path} ${one.bytes.length}`).join(", ")}; ${total} bytes in all`);
