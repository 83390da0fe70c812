// A module of the console, bundled as it is for the page, for tests under node.
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const source = resolve(dirname(fileURLToPath(import.meta.url)), "../../api/console/src");
const modules = process.env.CL_CONSOLE_MODULES;
const { buildSync } = createRequire(join(modules, "package.json"))("esbuild");

export async function load(name) {
  const built = buildSync({
    entryPoints: [join(source, name)],
    bundle: true,
    write: false,
    format: "esm",
    nodePaths: [join(modules, "node_modules")],
  });
  return import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].contents).toString("base64")}`);
}
