/** Guests of ring 0 from the kit under vmlet's own host: what they do in order, and attacks of hostile.c there. */

import { test } from "node:test";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { type ErrorCode, inspectGuest, Sandbox, type SandboxOptions } from "../mod.ts";
import { Memory } from "../src/kvm/mod.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";
import { ECHO, errorOf, HELLO, HOST_ADD, HOSTILE } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

type Options = Omit<SandboxOptions, "guest" | "exports" | "imports">;
type Exports = Sandbox<typeof HOSTILE>["exports"];

const built = (name: string) => buildRing0Guest(`guest/examples/${name}.c`);

async function hostile(options: Options = {}): Promise<Sandbox<typeof HOSTILE>> {
  return await Sandbox.create({ guest: await built("hostile"), exports: HOSTILE, ...options });
}

async function hello(
  options: Options = {},
  callback = HOST_ADD.host_add.callback,
): Promise<Sandbox<typeof HELLO>> {
  const imports = { host_add: { ...HOST_ADD.host_add, callback } };
  return await Sandbox.create({ guest: await built("hello"), exports: HELLO, imports, ...options });
}

/** Where a part of hostile.c's memory begins, with the default sizes. */
async function addressOf(name: string): Promise<bigint> {
  const { layout } = await inspectGuest(await built("hostile"));
  const part = layout.find((it) => it.name === name);
  assert(part, `${name} is not among ${layout.map((it) => it.name)}`);
  return part.address;
}

/** Behind all memory of hostile.c without more of its own: where init data lies. */
async function endOfMemory(): Promise<bigint> {
  const { layout } = await inspectGuest(await built("hostile"));
  return layout.reduce((end, it) => {
    const own = it.address + BigInt(it.size);
    return own > end ? own : end;
  }, 0n);
}

// --- in order -----------------------------------------------------------------------------------------------------

test("a guest of ring 0 echoes every type", { skip }, async () => {
  using sandbox = await Sandbox.create({ guest: await built("echo"), exports: ECHO });
  const { exports } = sandbox;
  const values = {
    echo_i32: [0, -1, 2 ** 31 - 1, -(2 ** 31)],
    echo_u32: [0, 2 ** 32 - 1],
    echo_i64: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)],
    echo_u64: [0n, 2n ** 64n - 1n],
    echo_f32: [0, -0, 1.5, NaN, Infinity, -Infinity, 1.401298464324817e-45, 3.4028234663852886e38],
    echo_f64: [0, -0, 0.1, NaN, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE],
    echo_bool: [true, false],
    echo_string: ["", "é", "a\0b", "\u{10ffff}", "x".repeat(3000)],
  } as const;
  for (const [name, all] of Object.entries(values)) {
    const echo = exports[name as keyof typeof values] as (value: unknown) => unknown;
    for (const value of all) assert(Object.is(echo(value), value), `${name} of ${value}`);
  }
  for (const length of [0, 1, 7, 8, 3000]) {
    const bytes = new Uint8Array(length).map((_, i) => i * 31);
    assertEquals(exports.echo_buffer(bytes), bytes);
  }
  assertEquals(exports.echo_void(), undefined);
  // Its buffers are Hyperlight's.
  const { code, message } = errorOf(() => exports.echo_buffer(new Uint8Array(16 * 1024)));
  assertEquals(code, "ERR_TOO_LARGE");
  assertStringIncludes(message, "memory.input");
  assert(!sandbox.poisoned);
  assertEquals(exports.echo_i32(1), 1);
});

test("a guest of ring 0 echoes what its buffers are made for", { skip }, async () => {
  const memory = { input: 1 << 20, output: 1 << 20 };
  using sandbox = await Sandbox.create({ guest: await built("echo"), exports: ECHO, memory });
  const bytes = new Uint8Array(100_000).map((_, i) => i * 31);
  assertEquals(sandbox.exports.echo_buffer(bytes), bytes);
});

test(
  "a guest of ring 0 calls imports, fails in order, gives up, and counts",
  { skip },
  async () => {
    using sandbox = await hello();
    const { add, add_in_host, count, refuse, give_up, reverse } = sandbox.exports;
    assertEquals([add(1, 2), add_in_host(40, 2), add(2 ** 31 - 1, 1)], [3, 42, -(2 ** 31)]);
    assertEquals(reverse(Uint8Array.of(1, 2, 3)), Uint8Array.of(3, 2, 1));
    const clean = sandbox.snapshot();
    assertEquals([count(), count()], [1, 2]);
    const refused = errorOf(() => refuse(7));
    assertEquals([refused.code, refused.guestCode], ["ERR_GUEST_ERROR", 7]);
    assertEquals(count(), 3);
    const aborted = errorOf(() => give_up(7));
    assertEquals([aborted.code, aborted.guestCode], ["ERR_GUEST_ABORTED", 7]);
    assertEquals(errorOf(() => count()).code, "ERR_POISONED");
    sandbox.restore(clean);
    assertEquals(count(), 1);
  },
);

test("a guest of ring 0 is told what its import throws", { skip }, async () => {
  const thrown = new Error("the host is tired");
  using sandbox = await hello({}, () => {
    throw thrown;
  });
  const error = errorOf(() => sandbox.exports.add_in_host(1, 2));
  assertStringIncludes(error.message, "the host is tired");
  assertEquals(sandbox.poisoned, error.code === "ERR_GUEST_ABORTED");
});

test("a guest of ring 0 logs what its host wants", { skip }, async () => {
  const records: string[] = [];
  using sandbox = await Sandbox.create({
    guest: await buildRing0Guest("kit.c"),
    imports: {
      host_text: { parameters: ["string"], result: "string", callback: () => "an answer" },
    },
    log: ({ level, message }) => records.push(`${level} ${message}`),
    logLevel: "trace",
  });
  assertEquals(sandbox.call("log_all", ["a message"]), 5);
  assertEquals(records.slice(-5), [
    ...["trace a message 1", "debug a message 2", "info a message 3"],
    ...["warn a message 4", "error a message 5"],
  ]);
});

test(
  "a guest of ring 0 has HostPrint without being given it, others have not",
  { skip },
  async () => {
    const source = "examples/hyperlight/guest.c";
    const [ring0, ring3] = await Promise.all([buildRing0Guest(source), buildGuest(source)]);
    {
      // The guest's file says of HostPrint what the one of the host says of itself.
      using sandbox = await Sandbox.create({ guest: ring0 });
      assertEquals(sandbox.call("PrintOutput", [""]), 0);
    }
    const printed: string[] = [];
    const imports = {
      HostPrint: {
        parameters: ["string"],
        result: "i32",
        callback: (text: string) => printed.push(text),
      },
    } as const;
    for (const guest of [ring0, ring3]) {
      using sandbox = await Sandbox.create({ guest, imports });
      assertEquals(sandbox.call("PrintOutput", ["a text"]), printed.length);
    }
    assertEquals(printed, ["a text", "a text"]);
    using sandbox = await Sandbox.create({ guest: ring3 });
    const { message } = errorOf(() => sandbox.call("PrintOutput", [""]));
    assertStringIncludes(message, "HostFunction HostPrint was not found");
  },
);

// --- attacks ------------------------------------------------------------------------------------------------------

/** A page that no guest of these tests has, in the half that the page directory covers, and one behind it. */
const NOWHERE = [2n ** 29n, 2n ** 30n, 2n ** 46n, 0xffff_8000_0000_0000n];

/**
 * Each attack, and how it may end: as the guest's own handlers report it, or, where KVM emulates ring 0 and cannot
 * emulate an instruction, as an exit that says so.
 */
const ATTACKS: readonly (readonly [
  what: string,
  run: (guest: Exports) => unknown,
  codes: readonly ErrorCode[],
  facts?: Readonly<Record<string, unknown>>,
])[] = [
  ...NOWHERE.flatMap((address) =>
    [
      [
        `writes to 0x${address.toString(16)}`,
        (it: Exports) => it.write_at(address),
        ["ERR_MEMORY_ACCESS"],
        { address, access: "write", vector: 14, guestCode: 15 },
      ],
      [
        `reads 0x${address.toString(16)}`,
        (it: Exports) => it.read_at(address),
        ["ERR_MEMORY_ACCESS"],
        { address, access: "read", vector: 14, guestCode: 15 },
      ],
      [
        `jumps to 0x${address.toString(16)}`,
        (it: Exports) => it.jump_to(address),
        ["ERR_MEMORY_ACCESS"],
        { address, access: "execute", rip: address },
      ],
    ] as const
  ),
  // Its own page tables: it may, and what follows is its own loss.
  ["breaks its page tables", (it) => it.write_at(0n), ["ERR_UNEXPECTED_EXIT", "ERR_GUEST_ABORTED"]],
  ["jumps into its page tables", (it) => it.jump_to(0n), ["ERR_MEMORY_ACCESS"], {
    access: "execute",
  }],
  ["runs code on its stack", (it) => it.run_stack(), ["ERR_MEMORY_ACCESS"], { access: "execute" }],
  ["recurses endlessly", (it) => it.recurse_endlessly(), ["ERR_STACK_OVERFLOW"]],
  ...[0x1_1000n, 0x800_0000n, 0x2_0000_0000n].map((size) =>
    [
      `has a frame of ${size} bytes`,
      (it: Exports) => it.huge_frame(size),
      ["ERR_STACK_OVERFLOW"],
    ] as const
  ),
  ["divides by zero", (it) => it.divide(1, 0), ["ERR_GUEST_EXCEPTION"], { vector: 0 }],
  ["divides too much", (it) => it.divide(-(2 ** 31), -1), ["ERR_GUEST_EXCEPTION"], { vector: 0 }],
  ["runs an invalid opcode", (it) => it.invalid_opcode(), ["ERR_GUEST_EXCEPTION"], { vector: 6 }],
  ["stops at a breakpoint", (it) => it.breakpoint(), [
    "ERR_GUEST_EXCEPTION",
    "ERR_UNEXPECTED_EXIT",
  ]],
  ["steps through itself", (it) => it.single_step(), ["ERR_GUEST_EXCEPTION"], { vector: 1 }],
  ["interrupts itself", (it) => it.software_interrupt(), [
    "ERR_GUEST_EXCEPTION",
    "ERR_UNEXPECTED_EXIT",
  ]],
  ["calls a system that is not there", (it) => it.system_call(), [
    "ERR_MEMORY_ACCESS",
    "ERR_GUEST_EXCEPTION",
    "ERR_UNEXPECTED_EXIT",
  ]],
  ["halts in the middle", (it) => it.halt(), ["ERR_GUEST_PROTOCOL"]],
  ["reads an address that is not canonical", (it) => it.non_canonical(), ["ERR_GUEST_EXCEPTION"]],
  ["aborts without an end", (it) => it.flood_abort(), ["ERR_GUEST_ABORTED"], { guestCode: 0 }],
  // MSRs are denied, also those by which a guest would have the kernel write to its memory.
  ...[0x10, 0x277, 0xc000_0080, 0xc000_0082, 0x4b56_4d00, 0x4b56_4d03].flatMap((msr) =>
    [
      [`reads MSR 0x${msr.toString(16)}`, (it: Exports) => it.read_msr(msr)],
      [`writes MSR 0x${msr.toString(16)}`, (it: Exports) => it.write_msr(msr)],
    ].map(([what, run]) =>
      [
        what as string,
        run as (it: Exports) => unknown,
        ["ERR_GUEST_EXCEPTION"],
        { vector: 13 },
      ] as const
    )
  ),
  ...[0, 98, 100, 104, 105, 107, 108, 110, 0x3f8, 0xffff].map((port) =>
    [
      `writes to port ${port}`,
      (it: Exports) => it.write_port(port),
      ["ERR_FORBIDDEN_PORT"],
      { port },
    ] as const
  ),
  ...[0, 99, 101, 102, 103, 108, 0xffff].map((port) =>
    [
      `reads port ${port}`,
      (it: Exports) => it.read_port(port),
      ["ERR_FORBIDDEN_PORT"],
      { port },
    ] as const
  ),
  ["writes much to a port", (it) => it.write_port_string(107, 1n << 62n), ["ERR_FORBIDDEN_PORT"]],
  ["logs nothing, often", (it) => it.write_port_string(99, 1n << 40n), ["ERR_GUEST_PROTOCOL"]],
  ["calls nothing", (it) => it.write_port(101), ["ERR_GUEST_PROTOCOL"]],
  ["calls from a stack that is none", (it) => it.lie(1n << 63n, 0n, 0, true), [
    "ERR_GUEST_PROTOCOL",
  ]],
  ["answers with itself", (it) => it.lie(24n, 24n, 4, false), ["ERR_GUEST_PROTOCOL"]],
  ["forges a stack", (it) => it.forge(new Uint8Array(64), true), ["ERR_GUEST_PROTOCOL"]],
  // Exceptions have a stack of their own.
  ["has its stack nowhere", (it) => it.push_at(2n ** 30n + 8n), ["ERR_MEMORY_ACCESS"], {
    access: "write",
    address: 2n ** 30n,
  }],
  ["has a stack that is not canonical", (it) => it.push_at(1n << 63n), ["ERR_GUEST_EXCEPTION"]],
  ["has its stack in its page tables", (it) => it.push_at(8n), [
    "ERR_UNEXPECTED_EXIT",
    // Reported in the end, by tables that the CPU remembers.
    "ERR_GUEST_ABORTED",
  ]],
];

for (const [what, run, codes, facts = {}] of ATTACKS) {
  test(`a guest of ring 0 that ${what} ends in ${codes.join(" or ")}`, { skip }, async () => {
    using sandbox = await hostile();
    const clean = sandbox.snapshot();
    for (let round = 0; round < 3; round++) {
      const error = errorOf(() => run(sandbox.exports));
      assert(codes.includes(error.code), `${error.code}: ${error.message}`);
      for (const [name, value] of Object.entries(facts)) {
        const found = error[name as keyof typeof error];
        assertEquals(found, value, `${name} of: ${error.message}`);
      }
      assert(sandbox.poisoned);
      assertEquals(errorOf(() => sandbox.exports.hello()).code, "ERR_POISONED");
      sandbox.restore(clean);
      assertEquals(sandbox.exports.hello(), 42);
    }
  });
}

test("a guest of ring 0 may change itself, and a restore undoes it", { skip }, async () => {
  using sandbox = await hostile();
  const { exports } = sandbox;
  const clean = sandbox.snapshot();
  // All of these it may: the machine is its own.
  const changes: (() => unknown)[] = [
    exports.change_code,
    exports.run_data,
    exports.disable_interrupts,
    exports.read_control_register,
    exports.write_control_register,
    exports.load_descriptor_table,
    () => exports.poke(0x2000n + 8n * 300n, 0x83n),
  ];
  for (const change of changes) {
    change();
    assert(!sandbox.poisoned);
    sandbox.restore(clean);
    // Its tables are loaded, or an exception would not be reported.
    assertEquals(errorOf(exports.invalid_opcode).vector, 6);
    sandbox.restore(clean);
    assertEquals(exports.hello(), 42);
  }
  assertEquals(exports.peek(0x2000n + 8n * 300n), 0n);
});

test("a guest of ring 0 without descriptor tables ends in a triple fault", { skip }, async () => {
  using sandbox = await hostile();
  const clean = sandbox.snapshot();
  sandbox.exports.load_descriptor_table();
  const lost = sandbox.snapshot();
  for (let round = 0; round < 2; round++) {
    const { code, message } = errorOf(() => sandbox.exports.invalid_opcode());
    assertEquals(code, "ERR_UNEXPECTED_EXIT");
    assertStringIncludes(message, "triple fault");
    // A snapshot has them as they were when it was taken, gone or there.
    sandbox.restore(clean);
    assertEquals(errorOf(() => sandbox.exports.invalid_opcode()).code, "ERR_GUEST_EXCEPTION");
    sandbox.restore(lost);
  }
});

test("a guest of ring 0 finds nothing of what another left on the thread", { skip }, async () => {
  using one = await hostile();
  using other = await hostile();
  const selectors = other.exports.selectors();
  // Vector registers cannot be used where ring 0 is emulated, which is an exit that says so.
  const unlessEmulated = (run: () => void) => {
    try {
      run();
    } catch (error) {
      assertEquals((error as { code?: string }).code, "ERR_UNEXPECTED_EXIT");
    }
  };
  unlessEmulated(() => one.exports.dirty_registers());
  assertEquals(other.exports.selectors(), selectors);
  unlessEmulated(() => assertEquals(other.exports.find_registers(), 0n));
});

// --- options ------------------------------------------------------------------------------------------------------

const CODE = 0xc3n; // ret

test(
  "Sandbox.create({ executableHeap }) lets a guest run what is in its heap",
  { skip },
  async () => {
    const at = await addressOf("heap") + 64n * 1024n;
    for (const executableHeap of [false, true]) {
      using sandbox = await hostile({ executableHeap });
      sandbox.exports.poke(at, CODE);
      if (executableHeap) {
        sandbox.exports.jump_to(at);
      } else {
        const error = errorOf(() => sandbox.exports.jump_to(at));
        assertEquals([error.code, error.access], ["ERR_MEMORY_ACCESS", "execute"]);
        assertEquals(error.address, at);
      }
    }
  },
);

test(
  "Sandbox.create({ initData }) gives a guest bytes with rights of their own",
  { skip },
  async () => {
    const at = await endOfMemory();
    const bytes = new Uint8Array(5000).fill(Number(CODE));
    for (const [write, execute] of [[false, false], [true, false], [false, true], [true, true]]) {
      using sandbox = await hostile({
        initData: { bytes, ...(write ? { write } : {}), ...(execute ? { execute } : {}) },
      });
      const { peek, poke, jump_to } = sandbox.exports;
      const clean = sandbox.snapshot();
      assertEquals(peek(at), 0xc3c3_c3c3_c3c3_c3c3n);
      assertEquals(peek(at + 4992n), 0xc3c3_c3c3_c3c3_c3c3n);
      assertEquals(peek(at + 5000n), 0n);
      if (write) {
        poke(at, 0x1234n);
        assertEquals(peek(at), 0x1234n);
        sandbox.restore(clean);
        assertEquals(peek(at), 0xc3c3_c3c3_c3c3_c3c3n);
      } else {
        const error = errorOf(() => poke(at, 0x1234n));
        assertEquals([error.code, error.access, error.address], ["ERR_MEMORY_ACCESS", "write", at]);
        sandbox.restore(clean);
      }
      if (execute) {
        jump_to(at);
      } else {
        const error = errorOf(() => jump_to(at));
        assertEquals([error.code, error.access], ["ERR_MEMORY_ACCESS", "execute"]);
      }
    }
    // The host's own bytes are another matter.
    assertEquals(bytes, new Uint8Array(5000).fill(Number(CODE)));
  },
);

test("Sandbox.create() refuses options of ring 0 for guests of ring 3", { skip }, async () => {
  const guest = "guest/examples/hello.elf";
  for (const options of [{ executableHeap: true }, { initData: Uint8Array.of(1) }]) {
    const error = await assertRejects(() => Sandbox.create({ guest, ...options }), TypeError);
    assertEquals((error as TypeError & { code?: string }).code, "ERR_INVALID_ARG_TYPE");
    assertStringIncludes(error.message, "for guests of ring 0");
  }
});

// --- regions ------------------------------------------------------------------------------------------------------

/** Where a region is in physical memory, and where hostile.c puts it by one entry of its page directory. */
const REGION = 0x1_0000_0000;
const WINDOW = 511n * 2n ** 21n;

/** A large page: present, not writable, of 2 MiB. */
const window = (guest: Exports) => guest.poke(0x2000n + 8n * 511n, BigInt(REGION) | 0x81n);

test(
  "Sandbox.mapFile() shows a guest of ring 0 a file in its own page tables",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    using sandbox = await hostile();
    const clean = sandbox.snapshot();
    sandbox.mapFile(folder.at("file"), REGION);
    const { exports } = sandbox;
    assertEquals(errorOf(() => exports.peek(WINDOW)).access, "read");
    sandbox.restore(clean);
    assertEquals(sandbox.mappedRegions, []);
    sandbox.mapFile(folder.at("file"), REGION);
    window(exports);
    assertEquals(exports.peek(WINDOW), new DataView(text("hello wo").buffer).getBigUint64(0, true));
    // Behind the region is nothing.
    const mapped = sandbox.snapshot();
    const { code, address } = errorOf(() => exports.peek(WINDOW + 4096n));
    assertEquals([code, address], ["ERR_MEMORY_ACCESS", BigInt(REGION) + 4096n]);
    sandbox.restore(mapped);
    assertEquals(
      exports.peek(WINDOW + 8n),
      new DataView(text("rld\0\0\0\0\0").buffer).getBigUint64(0, true),
    );
    sandbox.restore(clean);
    window(exports);
    assertEquals(errorOf(() => exports.peek(WINDOW)).address, BigInt(REGION));
  },
);

test("Sandbox.mapRegion() shows a guest of ring 0 memory of the host's", { skip }, async () => {
  using memory = new Memory(4096);
  using sandbox = await hostile();
  const { exports } = sandbox;
  const flags = { read: true, execute: true };
  sandbox.mapRegion({ name: "shared", guestAddress: REGION, size: 4096, memory, flags });
  window(exports);
  const clean = sandbox.snapshot();
  for (const value of [1, 2]) {
    memory.write(0, Uint8Array.of(value));
    assertEquals(exports.peek(WINDOW), BigInt(value));
  }
  memory.write(0, Uint8Array.of(Number(CODE)));
  exports.jump_to(WINDOW);
  // Written to by the guest that gave itself the right: KVM has it read-only.
  exports.poke(0x2000n + 8n * 511n, BigInt(REGION) | 0x83n);
  exports.write_control_register();
  const { code, access, message } = errorOf(() => exports.write_at(WINDOW));
  assertEquals([code, access], ["ERR_MEMORY_ACCESS", "write"]);
  assertStringIncludes(message, "shared, whose rights are: read, execute");
  assertEquals(memory.read(0, 1), Uint8Array.of(Number(CODE)));
  sandbox.restore(clean);
  assertEquals(exports.hello(), 42);
});

function text(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;
}
