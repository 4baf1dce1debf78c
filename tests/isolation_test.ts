/** Attacks of guest/examples/hostile.c: each ends in a typed error, and the host goes on. */

import { test } from "node:test";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ErrorCode, Sandbox } from "../mod.ts";
import { errorOf, type HOSTILE, hostile } from "./support/guests.ts";
import { END_ADDRESS } from "../src/guest/ring3.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
type Exports = Sandbox<typeof HOSTILE>["exports"];

/** Runs an attack, checks its end, and that a new sandbox answers. */
async function attack(
  run: (guest: Exports) => unknown,
  code: ErrorCode | readonly ErrorCode[],
  facts: Record<string, unknown> = {},
): Promise<string> {
  using sandbox = await hostile();
  const error = errorOf(() => run(sandbox.exports));
  assert([code].flat().includes(error.code), `${error.code}: ${error.message}`);
  for (const [name, value] of Object.entries(facts)) {
    assertEquals(error[name as keyof typeof error], value, `${name} of: ${error.message}`);
  }
  assert(sandbox.poisoned);
  assertEquals(errorOf(() => sandbox.exports.hello()).code, "ERR_POISONED");
  using other = await hostile();
  assertEquals(other.exports.hello(), 42);
  return error.message;
}

// Addresses that src/guest/layout.ts and src/guest/ring3.ts give to each part.
const ENTRY_CODE = 0x7f_0000_0000n;
const ENTRY_DATA = 0x7f_0000_1000n;
const DESCRIPTORS = 0x7f_0001_0000n;
const HANDLERS = 0x7f_0002_0000n;
const HANDLER_STACK = 0x7f_0003_0000n;
const INPUT = 0x11_0000_0000n;
const STACK_TOP = 0x78_0000_0000n;

for (
  const [what, address] of [
    ["address 0", 0n],
    ["the last byte of page 0", 4095n],
    ["the host's entry code", ENTRY_CODE],
    ["the host's entry data", ENTRY_DATA],
    ["the host's descriptor tables", DESCRIPTORS],
    ["the host's exception handlers", HANDLERS],
    ["the host's exception stack", HANDLER_STACK],
    ["its own code's pages", 0x20_0000n],
    ["an address where nothing is", 0xdead_beef_000n],
    ["the highest user address", 0x7fff_ffff_ffffn],
    ["the kernel's half of the address space", 0xffff_8000_0000_0000n],
    ["behind its stack", STACK_TOP],
    ["behind its input buffer", INPUT + 0x100_0000n],
  ] as const
) {
  test(`a guest that writes to ${what} ends in ERR_MEMORY_ACCESS`, { skip }, async () => {
    const facts = { address, access: "write" };
    await attack((it) => it.write_at(address), "ERR_MEMORY_ACCESS", facts);
  });
}

for (
  const [what, address] of [
    ["the host's descriptor tables", DESCRIPTORS],
    ["the host's exception handlers", HANDLERS],
    ["the host's exception stack", HANDLER_STACK],
    ["address 0", 0n],
    ["an address where nothing is", 0x1234_5678_9000n],
  ] as const
) {
  test(`a guest that reads ${what} ends in ERR_MEMORY_ACCESS`, { skip }, async () => {
    const facts = { address, access: "read" };
    await attack((it) => it.read_at(address), "ERR_MEMORY_ACCESS", facts);
  });
}

for (
  const [what, address] of [
    ["address 0", 0n],
    ["its input buffer", INPUT],
    ["its stack", STACK_TOP - 64n],
    ["the host's entry data", ENTRY_DATA],
    ["the host's exception handlers", HANDLERS],
    ["the middle of a handler", HANDLERS + 1n],
    ["an address where nothing is", 0xdead_beef_000n],
  ] as const
) {
  test(`a guest that jumps to ${what} ends in ERR_MEMORY_ACCESS`, { skip }, async () => {
    const facts = { address, access: "execute", rip: address };
    await attack((it) => it.jump_to(address), "ERR_MEMORY_ACCESS", facts);
  });
}

test(
  "a guest that jumps into the host's entry code only enters itself again",
  { skip },
  async () => {
    // The code resets the extended state, calls what rax says (here 0 or a stale pointer) and ends the call.
    await attack((it) => it.jump_to(ENTRY_CODE), ["ERR_MEMORY_ACCESS", "ERR_GUEST_PROTOCOL"]);
  },
);

test(
  "a guest that jumps to the end of the entry code ends the call without a result",
  { skip },
  async () => {
    const message = await attack((it) => it.jump_to(BigInt(END_ADDRESS)), "ERR_GUEST_PROTOCOL");
    assertStringIncludes(message, "the stack is empty");
  },
);

test("a guest that changes its own code ends in ERR_MEMORY_ACCESS", { skip }, async () => {
  await attack((it) => it.change_code(), "ERR_MEMORY_ACCESS", { access: "write" });
});

test("a guest that runs its data ends in ERR_MEMORY_ACCESS", { skip }, async () => {
  await attack((it) => it.run_data(), "ERR_MEMORY_ACCESS", { access: "execute" });
});

test("a guest that runs code on its stack ends in ERR_MEMORY_ACCESS", { skip }, async () => {
  await attack((it) => it.run_stack(), "ERR_MEMORY_ACCESS", { access: "execute" });
});

test("a guest that recurses endlessly ends in ERR_STACK_OVERFLOW", { skip }, async () => {
  await attack((it) => it.recurse_endlessly(), "ERR_STACK_OVERFLOW", { access: "write" });
});

for (const size of [0x1_1000n, 0x800_0000n, 0x2_0000_0000n]) {
  test(
    `a guest with a stack frame of ${size} bytes ends in ERR_STACK_OVERFLOW`,
    { skip },
    async () => {
      await attack((it) => it.huge_frame(size), "ERR_STACK_OVERFLOW");
    },
  );
}

test(
  "a guest that divides by zero ends in ERR_GUEST_EXCEPTION with vector 0",
  { skip },
  async () => {
    const message = await attack((it) => it.divide(1, 0), "ERR_GUEST_EXCEPTION", { vector: 0 });
    assertStringIncludes(message, "DivideByZero");
  },
);

test(
  "a guest whose quotient overflows ends in ERR_GUEST_EXCEPTION with vector 0",
  { skip },
  async () => {
    await attack((it) => it.divide(-(2 ** 31), -1), "ERR_GUEST_EXCEPTION", { vector: 0 });
  },
);

for (
  const [name, vectors] of [
    ["invalid_opcode", [6]],
    ["breakpoint", [3]],
    ["single_step", [1]],
    // Without a gate of DPL 3, an interrupt instruction is #GP; this KVM may say #UD.
    ["software_interrupt", [13, 6]],
    ["halt", [13]],
    ["disable_interrupts", [13]],
    ["read_control_register", [13]],
    ["write_control_register", [13]],
    ["load_descriptor_table", [13]],
    // #GP, or #SS from KVM's emulator.
    ["non_canonical", [13]],
  ] as const
) {
  test(`a guest that tries ${name} ends in ERR_GUEST_EXCEPTION`, { skip }, async () => {
    using sandbox = await hostile();
    const error = errorOf(() => sandbox.exports[name]());
    assertEquals(error.code, "ERR_GUEST_EXCEPTION", error.message);
    assert((vectors as readonly number[]).includes(error.vector ?? -1), error.message);
    assert(error.rip !== undefined && error.rip > 0n);
    assert(sandbox.poisoned);
  });
}

test("a guest that tries a system call gets nowhere", { skip }, async () => {
  // #UD with EFER.SCE off; PVM jumps to address 0, still at ring 3.
  await attack((it) => it.system_call(), ["ERR_GUEST_EXCEPTION", "ERR_MEMORY_ACCESS"]);
});

for (const msr of [0x10, 0x277, 0xc000_0080, 0xc000_0082, 0x4b56_4d00, 0x4b56_4d03]) {
  test(
    `a guest that touches MSR 0x${msr.toString(16)} ends in ERR_GUEST_EXCEPTION`,
    { skip },
    async () => {
      await attack((it) => it.read_msr(msr), "ERR_GUEST_EXCEPTION", { vector: 13 });
      await attack((it) => it.write_msr(msr), "ERR_GUEST_EXCEPTION", { vector: 13 });
    },
  );
}

test("a guest's ports are forbidden unless the protocol has them", { skip }, async () => {
  const served = new Set([99, 101, 102, 103, 104, 105, 106, 108]);
  using sandbox = await hostile();
  const clean = sandbox.snapshot();
  // All 65536 would take long; these hold every port that the bitmap covers, far more behind it, and every power of 2.
  const ports = new Set([
    ...Array(1024).keys(),
    ...Array.from({ length: 16 }, (_, i) => 2 ** i),
    65535,
  ]);
  for (const port of ports) {
    // An abort of no bytes does nothing, and a character for debugging is no error.
    const quiet = port === 102 || port === 103;
    if (quiet) sandbox.exports.write_port(port);
    const error = quiet ? undefined : errorOf(() => sandbox.exports.write_port(port));
    if (served.has(port)) {
      assert(
        error?.code !== "ERR_FORBIDDEN_PORT" || error.vector === undefined,
        `${port} reaches the host`,
      );
    } else {
      assertEquals([error?.code, error?.port], ["ERR_FORBIDDEN_PORT", port], error?.message);
    }
    sandbox.restore(clean);
  }
});

for (const port of [0, 99, 100, 101, 102, 107, 108, 110, 0x3f8, 0xffff]) {
  test(`a guest that reads port ${port} ends in ERR_FORBIDDEN_PORT`, { skip }, async () => {
    await attack((it) => it.read_port(port), "ERR_FORBIDDEN_PORT", { port });
  });
}

for (const [port, count] of [[0x80, 10n], [107, 1n << 62n], [110, 1n]] as const) {
  test(
    `a guest that writes ${count} bytes to port ${port} at once ends in an error`,
    { skip },
    async () => {
      await attack((it) => it.write_port_string(port, count), "ERR_FORBIDDEN_PORT", { port });
    },
  );
}

const HALF = 1n << 63n;
const SIZE = 16n * 1024n * 1024n;
for (
  const [what, pointer, back, prefix] of [
    ["an empty stack", 8n, 0n, 0],
    ["a stack pointer of 0", 0n, 0n, 0],
    ["a stack pointer that is not aligned", 17n, 8n, 0],
    ["a stack pointer behind the buffer", SIZE + 8n, 8n, 0],
    ["a stack pointer of 2^63", HALF, 8n, 0],
    ["a stack pointer of 2^64 - 1", 2n * HALF - 1n, 8n, 0],
    ["a back pointer equal to the stack pointer", 24n, 24n, 4],
    ["a back pointer above the stack pointer", 24n, 32n, 4],
    ["a back pointer of 0", 24n, 0n, 4],
    ["a back pointer that is not aligned", 32n, 9n, 4],
    ["a back pointer of 2^63", 24n, HALF, 4],
    ["a size near 2^32", 24n, 8n, 0xffff_fffc],
    ["a size one byte too large", 24n, 8n, 5],
    ["a size of 0", 24n, 8n, 0],
    ["a message of zeroes", 1024n, 8n, 1004],
    ["a message as large as the buffer", SIZE, 8n, 0xff_ffe4],
  ] as const
) {
  test(`a guest that answers with ${what} ends in ERR_GUEST_PROTOCOL`, { skip }, async () => {
    await attack((it) => it.lie(pointer, back, prefix, false), "ERR_GUEST_PROTOCOL");
  });
  test(
    `a guest that calls an import with ${what} ends in ERR_GUEST_PROTOCOL`,
    { skip },
    async () => {
      await attack((it) => it.lie(pointer, back, prefix, true), "ERR_GUEST_PROTOCOL");
    },
  );
}

test("a guest that aborts without an end is stopped after 1024 bytes", { skip }, async () => {
  const message = await attack((it) => it.flood_abort(), "ERR_GUEST_ABORTED", { guestCode: 0 });
  assertStringIncludes(message, "overflowed");
});

test("a call finds nothing of the registers that an earlier call left", { skip }, async () => {
  using sandbox = await hostile();
  assertEquals(sandbox.exports.find_registers(), 0n);
  const selectors = sandbox.exports.selectors();
  sandbox.exports.dirty_registers();
  assertEquals(sandbox.exports.find_registers(), 0n);
  assertEquals(sandbox.exports.selectors(), selectors);
  using other = await hostile();
  assertEquals(other.exports.selectors(), selectors);
});

test("a call finds nothing in the upper halves of vector registers that an earlier call left", {
  skip,
}, async () => {
  using sandbox = await hostile();
  assertEquals(sandbox.exports.find_vectors(), 0n);
  sandbox.exports.dirty_vectors();
  assertEquals(sandbox.exports.find_vectors(), 0n);
  using other = await hostile();
  assertEquals(other.exports.find_vectors(), 0n);
});

for (
  const stack of [
    0n,
    8n,
    0x1001n,
    ENTRY_CODE + 0x800n,
    DESCRIPTORS + 0x800n,
    HANDLER_STACK + 0x800n,
    STACK_TOP + 8n,
  ]
) {
  test(
    `a guest whose stack is at 0x${stack.toString(16)} ends in ERR_MEMORY_ACCESS`,
    { skip },
    async () => {
      const facts = { address: BigInt.asUintN(64, stack - 8n), access: "write" };
      await attack((it) => it.push_at(stack), "ERR_MEMORY_ACCESS", facts);
    },
  );
}

test(
  "a guest with a stack that is not canonical ends in ERR_GUEST_EXCEPTION",
  { skip },
  async () => {
    // #SS, or #GP where KVM delivers it as that.
    using sandbox = await hostile();
    const error = errorOf(() => sandbox.exports.push_at(1n << 63n));
    assertEquals(error.code, "ERR_GUEST_EXCEPTION", error.message);
    assert([12, 13].includes(error.vector ?? -1), error.message);
  },
);

for (
  const [what, leave] of [
    ["a port read", (it: Exports) => it.read_port(101)],
    ["a port read of a port that needs an exit", (it: Exports) => it.read_port(108)],
    ["a string of port writes", (it: Exports) => it.write_port_string(99, 1n << 40n)],
    ["a forged message", (it: Exports) => it.forge(new Uint8Array(64), true)],
    ["a stack overflow", (it: Exports) => it.recurse_endlessly()],
  ] as const
) {
  test(`a call after ${what} and a restore begins where it should`, { skip }, async () => {
    using sandbox = await hostile();
    const clean = sandbox.snapshot();
    for (let round = 0; round < 20; round++) {
      errorOf(() => leave(sandbox.exports));
      sandbox.restore(clean);
      assertEquals(sandbox.exports.hello(), 42);
      assertEquals(sandbox.exports.find_registers(), 0n);
    }
  });
}
