/** Writes a guest as a TypeScript module, for programs that shall need no other file. */

import type { FunctionDefinition, FunctionDefinitions } from "../../mod.ts";

const LINE = 120;

/** What a module is made from. */
export interface EmbeddedGuest {
  /** What it was built from, in words. */
  readonly origin: string;
  readonly bytes: Uint8Array;
  readonly exports: FunctionDefinitions;
  readonly imports: FunctionDefinitions;
}

/**
 * The module's text. Its default export can be spread into the options of a sandbox. Equal guests give equal text, and
 * the text needs no other module: its types are those of the literals.
 */
export function guestModule({ origin, bytes, exports, imports }: EmbeddedGuest): string {
  const lines = base64(bytes).match(new RegExp(`.{1,${LINE}}`, "g")) ?? [];
  const wanted = Object.keys(imports).length === 0 ? "" : `
/** What the guest may call: give each a \`callback\`, and the sandbox all of them as \`imports\`. */
export const imports = ${definitions(imports)} as const;
`;
  return `// Made from ${origin} by \`vmlet build --embed\`: build it anew instead of changing it.
// deno-fmt-ignore-file
// deno-lint-ignore-file

const functions = ${definitions(exports)} as const;
${wanted}
/** A guest, its file and the functions that it offers: \`Sandbox.create({ ...guest${
    wanted === "" ? "" : ", imports: { … }"
  } })\`. */
const guest: { readonly guest: Uint8Array; readonly exports: typeof functions } = {
  guest: decode(\`
${lines.join("\n")}
\`),
  exports: functions,
};
export default guest;

function decode(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
`;
}

function definitions(functions: FunctionDefinitions): string {
  const lines = Object.entries(functions).map(([name, it]) => `  ${key(name)}: ${literal(it)},\n`);
  return `{\n${lines.join("")}}`;
}

/** A property's key: quoted where it is no identifier, and in brackets where written plainly it would be none. */
function key(name: string): string {
  if (name === "__proto__") return `["${name}"]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function literal({ parameters, result }: FunctionDefinition): string {
  const types = parameters.map((type) => `"${type}"`).join(", ");
  return `{ parameters: [${types}], result: "${result}" }`;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
