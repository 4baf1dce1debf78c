/** Touches a byte of guest memory of 8192 bytes, through a view, at the offset that is its argument. */

import process from "node:process";
import { native } from "../../src/ffi/mod.ts";
import { Memory } from "../../src/kvm/mod.ts";

const offset = Number(process.argv[2]);
using memory = new Memory(8192);
const view = new Uint8Array(native().view(memory.address + offset, 1));
console.log("before");
view[0] = (view[0] ?? 0) + 1;
console.log("after");
