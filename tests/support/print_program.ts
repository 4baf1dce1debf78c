/** Prints its arguments from a guest through HostPrint's default; the first is the guest's file. */

import process from "node:process";
import { Sandbox } from "../../mod.ts";

const [guest = "", ...texts] = process.argv.slice(2);
const exports = { Print: { parameters: ["string"], result: "i32" } } as const;
using sandbox = await Sandbox.create({ guest, exports });
for (const text of texts) console.error(sandbox.exports.Print(text));
