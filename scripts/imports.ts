// Lints what src/ and mod.ts import: the layers' matrix, packages, FFI, and import cycles.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import process from "node:process";
import ts from "typescript";
import { ROOT } from "./tools.ts";

/** Who may import whom; a layer may always import itself. ARCHITECTURE.md says why. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "src/ffi": [],
  "src/kvm": ["src/ffi"],
  "src/guest": [],
  "src/driver": ["src/kvm", "src/ffi"],
  "src/debug": ["src/driver", "src/kvm", "src/guest"],
  "src/runner": ["src/driver", "src/kvm", "src/ffi"],
  "src/sandbox": ["src/runner", "src/driver", "src/debug", "src/guest", "src/kvm", "src/ffi"],
  "src/cli": ["mod.ts"],
  "mod.ts": ["src/sandbox"],
};

/**
 * Who may import which package. Static imports of node: are for the command line alone: elsewhere
 * they would keep the package from loading in a browser, so `process.getBuiltinModule` serves.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "src/cli": ["@std/cli", "node:"],
  "src/sandbox": ["@logtape/logtape", "@opentelemetry/api"],
};

/** The one layer where native code is called. */
const FFI = "src/ffi";

/** An import of any form; types are erased, so they cannot make a cycle at load time. */
interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
}

const problems: string[] = [];
/** The modules that each module loads. */
const graph = new Map<string, string[]>();

for (const module of modules()) {
  const source = ts.createSourceFile(
    module,
    readFileSync(join(ROOT, module), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const layer = layerOf(module);
  if (layer === undefined) {
    problems.push(`${module}: is in no layer of scripts/imports.ts`);
    continue;
  }
  const loads: string[] = [];
  visit(source, layer, (found) => {
    const problem = judge(module, layer, found.specifier);
    if (problem !== undefined) problems.push(`${module}:${found.line}: ${problem}`);
    else if (!found.typeOnly && isRelative(found.specifier)) {
      loads.push(resolve(module, found.specifier));
    }
  });
  graph.set(module, loads);
}
problems.push(...cycles());

for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

/** mod.ts and every module in src/, by path from the root. */
function modules(): string[] {
  const inside = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" });
  const paths = inside.filter((path) => path.endsWith(".ts")).map((path) => `src/${path}`);
  return ["mod.ts", ...paths.sort()];
}

function layerOf(module: string): string | undefined {
  return Object.keys(LAYERS).find((layer) => module === layer || module.startsWith(`${layer}/`));
}

function isRelative(specifier: string): boolean {
  return /^\.{1,2}\//.test(specifier);
}

function resolve(module: string, specifier: string): string {
  return relative(ROOT, join(ROOT, dirname(module), specifier));
}

/** What is wrong with an import, if anything. */
function judge(module: string, layer: string, specifier: string): string | undefined {
  if (!isRelative(specifier)) {
    const allowed = PACKAGES[layer] ?? [];
    const fits = allowed.some((name) =>
      name.endsWith(":") ? specifier.startsWith(name) : specifier === name
    );
    return fits ? undefined : `${layer} may not import ${specifier}: ${listed(allowed)}`;
  }
  const target = resolve(module, specifier);
  if (!existsSync(join(ROOT, target))) return `${specifier} does not exist`;
  const other = layerOf(target);
  const allowed = LAYERS[layer] ?? [];
  if (other === layer || (other !== undefined && allowed.includes(other))) return undefined;
  return `${layer} may not import ${target}: ${listed(allowed)}`;
}

function listed(allowed: readonly string[]): string {
  return allowed.length === 0 ? "it may import none" : `it may import ${allowed.join(", ")}`;
}

/** Reports every import below a node, and native calls outside their layer. */
function visit(node: ts.Node, layer: string, report: (found: Import) => void): void {
  const source = node.getSourceFile();
  const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const found = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) {
      report({ specifier: specifier.text, line, typeOnly });
    } else problems.push(`${source.fileName}:${line}: imports a module of a computed name`);
  };
  if (ts.isImportDeclaration(node)) {
    found(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
  } else if (ts.isExportDeclaration(node)) {
    if (node.moduleSpecifier !== undefined) found(node.moduleSpecifier, node.isTypeOnly);
  } else if (ts.isImportTypeNode(node)) {
    found(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    found(node.arguments[0], false);
  } else if (
    layer !== FFI &&
    (ts.isIdentifier(node) && node.text === "dlopen" ||
      ts.isStringLiteralLike(node) && node.text === "bun:ffi")
  ) {
    problems.push(`${source.fileName}:${line}: ${node.text} belongs into ${FFI}`);
  }
  ts.forEachChild(node, (child) => visit(child, layer, report));
}

/** One line for each import that closes a cycle. */
function cycles(): string[] {
  const lines: string[] = [];
  const done = new Set<string>();
  const walk = (module: string, path: readonly string[]) => {
    if (path.includes(module)) {
      lines.push(`cycle: ${[...path.slice(path.indexOf(module)), module].join(" -> ")}`);
    } else if (!done.has(module)) {
      for (const next of graph.get(module) ?? []) walk(next, [...path, module]);
      done.add(module);
    }
  };
  for (const module of graph.keys()) walk(module, []);
  return lines;
}
