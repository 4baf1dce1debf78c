// Imports vmlet in Node.js and uses it once. Node.js 20 reads no TypeScript, so typescript makes JavaScript of the
// sources in a temporary folder first, as a bundler of Node.js programs does.
const { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } =
  require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const [root] = process.argv.slice(2);
const ts = require(join(root, "node_modules", "typescript"));
const folder = mkdtempSync(join(tmpdir(), "vmlet-node-"));
cpSync(join(root, "src"), join(folder, "src"), { recursive: true });
cpSync(join(root, "mod.ts"), join(folder, "mod.ts"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
const options = { target: "es2022", module: "esnext" };
for (
  const name of [
    "mod.ts",
    ...readdirSync(join(folder, "src"), { recursive: true }).map((it) => join("src", it)),
  ]
) {
  if (!name.endsWith(".ts")) continue;
  const { outputText } = ts.transpileModule(readFileSync(join(folder, name), "utf8"), {
    compilerOptions: options,
  });
  writeFileSync(
    join(folder, name.replace(/ts$/, "js")),
    outputText.replaceAll(/(from "\.[^"]*)\.ts"/g, '$1.js"'),
  );
}

const guest = readFileSync(join(root, "guest", "examples", "hello.elf"));
import(pathToFileURL(join(folder, "mod.js")).href)
  .then(({ Sandbox }) => Sandbox.create({ guest: new Uint8Array(guest), exports: {} }))
  .then(() => console.log("created"), (error) => console.log(error.code, error.message))
  .finally(() => rmSync(folder, { recursive: true }));
