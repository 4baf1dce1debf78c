/** Calls through a sandbox: arguments, results, imports, errors, options. */

import { test } from "node:test";
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { Sandbox, VmletError } from "../mod.ts";
import {
  errorOf,
  guestBytes,
  HELLO,
  hello,
  helloWith,
  rejectionOf,
  undescribed,
} from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

// --- calls ---

test("Sandbox.exports calls the guest and returns its result", { skip }, async () => {
  using sandbox = await hello();
  assertEquals(sandbox.exports.add(1, 2), 3);
  assertEquals(sandbox.exports.add(-(2 ** 31), 2 ** 31 - 1), -1);
});

test(
  "Sandbox.exports passes buffers both ways, empty ones and unaligned ones too",
  { skip },
  async () => {
    using sandbox = await hello();
    for (const length of [0, 1, 3, 4, 7, 8, 4095, 4096, 100_001, 1 << 20]) {
      const bytes = crypto.getRandomValues(new Uint8Array(Math.min(length, 65536)));
      const input = new Uint8Array(length + 1).subarray(1).map((_, i) => bytes[i % 65536] ?? 0);
      assertEquals(sandbox.exports.reverse(input), input.slice().reverse(), `${length} bytes`);
    }
  },
);

test(
  "Sandbox.exports takes a buffer of the largest size and refuses one byte more",
  { skip },
  async () => {
    using sandbox = await hello({ memory: { input: 8192, output: 8192 } });
    const fits = (length: number) => {
      try {
        return sandbox.exports.reverse(new Uint8Array(length)).length === length;
      } catch (error) {
        assertInstanceOf(error, VmletError);
        assertEquals(error.code, "ERR_TOO_LARGE");
        assert(!sandbox.poisoned, "nothing was run");
        return false;
      }
    };
    let length = 4096;
    while (fits(length)) length++;
    assert(length > 8000, `${length - 1} bytes fit into 8192`);
    assertEquals(sandbox.exports.add(1, 2), 3);
  },
);

test(
  "Sandbox.exports reads a result that does not fit as the guest's abort",
  { skip },
  async () => {
    using sandbox = await hello({ memory: { input: 65536, output: 4096 } });
    const error = errorOf(() => sandbox.exports.reverse(new Uint8Array(5000)));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 8]);
    assertStringIncludes(error.message, "does not fit");
  },
);

test("Sandbox.exports gives results that are copies", { skip }, async () => {
  using sandbox = await hello();
  const first = sandbox.exports.reverse(Uint8Array.of(1, 2, 3));
  sandbox.exports.reverse(Uint8Array.of(9, 9, 9));
  assertEquals(first, Uint8Array.of(3, 2, 1));
});

test("Sandbox keeps what the guest keeps between calls", { skip }, async () => {
  using sandbox = await hello();
  assertEquals([1, 2, 3].map(() => sandbox.exports.count()), [1, 2, 3]);
  using other = await hello();
  assertEquals(other.exports.count(), 1);
});

test("Sandbox computes the SHA-256 of real input as node:crypto does", { skip }, async () => {
  using sandbox = await Sandbox.create({
    guest: guestBytes("sha256"),
    exports: { sha256: { parameters: ["buffer"], result: "buffer" } },
  });
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 1_000_000]) {
    const bytes = new Uint8Array(length).map((_, i) => i * 7);
    const expected = new Uint8Array(createHash("sha256").update(bytes).digest());
    assertEquals(sandbox.exports.sha256(bytes), expected, `${length} bytes`);
  }
});

test(
  "Sandbox carries thousands of calls into the guest and out to an import",
  { skip },
  async () => {
    using sandbox = await hello();
    for (let i = 0; i < 2000; i++) assertEquals(sandbox.exports.add_in_host(i, 1), i + 1);
  },
);

// --- what JavaScript gets wrong ---

test("Sandbox.exports refuses wrong arguments before the guest runs", { skip }, async () => {
  using sandbox = await hello();
  const exports = sandbox.exports as unknown as Record<string, (...args: unknown[]) => unknown>;
  const cases: [string, unknown[], string][] = [
    ["add", [], "ERR_INVALID_ARG_TYPE"],
    ["add", [1], "ERR_INVALID_ARG_TYPE"],
    ["add", [1, 2, 3], "ERR_INVALID_ARG_TYPE"],
    ["add", ["1", 2], "ERR_INVALID_ARG_TYPE"],
    ["add", [1n, 2], "ERR_INVALID_ARG_TYPE"],
    ["add", [undefined, 2], "ERR_INVALID_ARG_TYPE"],
    ["add", [null, 2], "ERR_INVALID_ARG_TYPE"],
    ["add", [1.5, 2], "ERR_OUT_OF_RANGE"],
    ["add", [NaN, 2], "ERR_OUT_OF_RANGE"],
    ["add", [2 ** 31, 2], "ERR_OUT_OF_RANGE"],
    ["add", [-(2 ** 31) - 1, 2], "ERR_OUT_OF_RANGE"],
    ["reverse", [[1, 2]], "ERR_INVALID_ARG_TYPE"],
    ["reverse", [new ArrayBuffer(2)], "ERR_INVALID_ARG_TYPE"],
    ["reverse", ["text"], "ERR_INVALID_ARG_TYPE"],
  ];
  for (const [name, args, code] of cases) {
    const error = assertThrows(() => exports[name]?.(...args)) as Error & { code?: string };
    const kind = code === "ERR_OUT_OF_RANGE" ? RangeError : TypeError;
    assertInstanceOf(error, kind, `${name}(${args})`);
    assertEquals(error.code, code, `${name}(${args}): ${error.message}`);
    assertStringIncludes(error.message, `"${name}"`);
  }
  assertEquals(sandbox.exports.count(), 1, "no call reached the guest");
});

test("Sandbox.exports is frozen and has no prototype", { skip }, async () => {
  using sandbox = await hello();
  assert(Object.isFrozen(sandbox.exports));
  assertEquals(Object.getPrototypeOf(sandbox.exports), null);
  assertEquals(Object.keys(sandbox.exports), Object.keys(HELLO));
});

test("Sandbox.call() passes the values that it checked, also of a proxy", { skip }, async () => {
  using sandbox = await helloWith(() => 0);
  let asked = 0;
  const args = new Proxy<[number, number]>([20, 22], {
    get: (target, key, receiver) =>
      key === "0" && asked++ > 0 ? "20" : Reflect.get(target, key, receiver),
  });
  assertEquals([sandbox.call("add", args), asked], [42, 1]);
});

test("Sandbox.create uses the definitions that it checked, also of a proxy", { skip }, async () => {
  let asked = 0;
  const parameters = new Proxy<["i32", "i32"]>(["i32", "i32"], {
    get: (target, key, receiver) =>
      key === "0" && asked++ > 0 ? "nothing" : Reflect.get(target, key, receiver),
  });
  using sandbox = await Sandbox.create({
    guest: guestBytes("hello"),
    exports: { add: { parameters, result: "i32" } },
  });
  assertEquals([sandbox.exports.add(20, 22), asked], [42, 1]);
});

test("Sandbox.create takes names of 256 bytes, however many each letter has", async () => {
  const { add } = HELLO;
  for (const [letter, bytes] of [["x", 1], ["ß", 2], ["€", 3], ["😀", 4]] as const) {
    const most = letter.repeat(256 / bytes) + "x".repeat(256 % bytes);
    const create = (name: string) => () =>
      Sandbox.create({ guest: guestBytes("hello"), exports: { [name]: add } });
    // That the guest has none is found out later.
    await assertRejects(create(most), VmletError, "the exports define");
    await assertRejects(create(`${most}x`), RangeError, "a name has at most 256 bytes");
  }
});

test("Sandbox.create refuses wrong options by name", async () => {
  const create = (options: unknown) => () =>
    Sandbox.create(options as { guest: string; exports: Record<never, never> });
  const guest = guestBytes("hello");
  const cases: [unknown, string, string][] = [
    [undefined, "ERR_INVALID_ARG_TYPE", "options"],
    [{ guest: 5, exports: {} }, "ERR_INVALID_ARG_TYPE", "guest"],
    [{ guest: Object.create(null), exports: {} }, "ERR_INVALID_ARG_TYPE", "guest"],
    [{ guest, exports: null }, "ERR_INVALID_ARG_TYPE", "exports"],
    [{ guest, exports: { f: {} } }, "ERR_INVALID_ARG_TYPE", '"f"'],
    [
      { guest, exports: { f: { parameters: ["i33"], result: "i32" } } },
      "ERR_INVALID_ARG_TYPE",
      "i33",
    ],
    [{ guest, exports: { f: { parameters: [], result: "int" } } }, "ERR_INVALID_ARG_TYPE", "int"],
    [
      { guest, exports: { f: { parameters: Array(12).fill("i32"), result: "i32" } } },
      "ERR_OUT_OF_RANGE",
      "12",
    ],
    [{ guest, exports: { "": { parameters: [], result: "i32" } } }, "ERR_OUT_OF_RANGE", "name"],
    [
      { guest, exports: { ["x".repeat(257)]: { parameters: [], result: "i32" } } },
      "ERR_OUT_OF_RANGE",
      "256",
    ],
    [
      { guest, exports: {}, imports: { f: { parameters: [], result: "i32" } } },
      "ERR_INVALID_ARG_TYPE",
      "callback",
    ],
    [{ guest, exports: {}, memory: { heap: "1" } }, "ERR_INVALID_ARG_TYPE", "memory.heap"],
    [{ guest, exports: {}, memory: { stack: 100 } }, "ERR_OUT_OF_RANGE", "memory.stack"],
    [{ guest, exports: {}, memory: { input: 2 ** 40 } }, "ERR_OUT_OF_RANGE", "memory.input"],
    [{ guest, exports: {}, memory: { output: NaN } }, "ERR_OUT_OF_RANGE", "memory.output"],
  ];
  for (const [options, code, part] of cases) {
    const error = await assertRejects(create(options)) as Error & { code?: string };
    assertEquals(error.code, code, error.message);
    assertStringIncludes(error.message, part);
  }
});

// --- guests' files ---

test("Sandbox.create reads a guest from a path, URLs and bytes", { skip }, async () => {
  const url = new URL("../guest/examples/hello.elf", import.meta.url);
  const data = `data:application/octet-stream;base64,${
    btoa(String.fromCharCode(...guestBytes("hello")))
  }`;
  for (const guest of [url.pathname, url, url.href, guestBytes("hello"), data, new URL(data)]) {
    using sandbox = await Sandbox.create({ guest, exports: HELLO });
    assertEquals(sandbox.exports.add(20, 22), 42);
  }
});

test("Sandbox.create says which guest cannot be read, and why", async () => {
  const missing = await rejectionOf(Sandbox.create({ guest: "no/such.elf", exports: {} }));
  assertEquals(missing.code, "ERR_INVALID_GUEST");
  assertStringIncludes(missing.message, "no/such.elf");
  assertInstanceOf(missing.cause, Error);
});

test("Sandbox.create refuses what is no guest", async () => {
  const text = new TextEncoder().encode(
    "#!/bin/sh\necho this is no guest, but it is long enough to be read as one\n",
  );
  const cases: [Uint8Array, string, string][] = [
    [new Uint8Array(0), "ERR_INVALID_GUEST", "0 bytes"],
    [text, "ERR_INVALID_GUEST", "ELF magic"],
    [guestBytes("hello").subarray(0, 100), "ERR_INVALID_GUEST", "program headers"],
    [guestBytes("hello").subarray(0, 4096), "ERR_INVALID_GUEST", "truncated"],
  ];
  for (const [guest, code, part] of cases) {
    const error = await rejectionOf(Sandbox.create({ guest, exports: {} }));
    assertEquals(error.code, code, error.message);
    assertStringIncludes(error.message, part);
  }
  const foreign = guestBytes("hello").slice();
  const note = new TextDecoder("latin1").decode(foreign).indexOf("vmlet\0");
  foreign[note] = 0x78;
  const error = await rejectionOf(Sandbox.create({ guest: foreign, exports: {} }));
  assertEquals(error.code, "ERR_UNSUPPORTED_GUEST");
  assertStringIncludes(error.message, "vmlet build");
});

// --- errors of guests ---

test(
  "Sandbox.exports gives a guest's error with its code, and stays usable",
  { skip },
  async () => {
    using sandbox = await hello();
    const error = errorOf(() => sandbox.exports.refuse(77));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 77]);
    assertStringIncludes(error.message, "refused with code 77");
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.add(1, 2), 3);
  },
);

test(
  "Sandbox.exports gives a guest's abort with its code and message, and is poisoned",
  { skip },
  async () => {
    using sandbox = await hello();
    const error = errorOf(() => sandbox.exports.give_up(25));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 25]);
    assertStringIncludes(error.message, "gave up with code 25");
    assert(sandbox.poisoned);
    assertEquals(errorOf(() => sandbox.exports.add(1, 2)).code, "ERR_POISONED");
  },
);

test("Sandbox.exports says which function the guest lacks", { skip }, async () => {
  using sandbox = await Sandbox.create({
    guest: undescribed("hello"),
    exports: { ...HELLO, subtract: { parameters: [], result: "i32" } },
  });
  const error = errorOf(() => sandbox.exports.subtract());
  assertEquals(error.code, "ERR_GUEST_FUNCTION_NOT_FOUND");
  assertStringIncludes(error.message, "subtract");
  assertEquals(sandbox.exports.add(1, 2), 3);
});

test("Sandbox.exports says where a definition and the guest disagree", { skip }, async () => {
  using sandbox = await Sandbox.create({
    guest: undescribed("hello"),
    exports: {
      add: { parameters: ["i32"], result: "i32" },
      reverse: { parameters: ["string"], result: "buffer" },
      count: { parameters: [], result: "string" },
    },
  });
  for (
    const call of [
      () => sandbox.exports.add(1),
      () => sandbox.exports.reverse("x"),
      () => sandbox.exports.count(),
    ]
  ) {
    assertEquals(errorOf(call).code, "ERR_GUEST_FUNCTION_MISMATCH");
    assert(!sandbox.poisoned);
  }
});

test(
  "Sandbox.create takes the exports from the guest's file where none are given",
  { skip },
  async () => {
    using sandbox = await Sandbox.create({ guest: guestBytes("hello") });
    assertEquals(Object.keys(sandbox.exports).sort(), Object.keys(HELLO).sort());
    assertEquals(sandbox.exports.add?.(40, 2), 42);
    assertEquals(sandbox.call("add", [40, 2]), 42);
  },
);

test("Sandbox.create needs exports for a guest whose file says nothing", async () => {
  const create = () => Sandbox.create({ guest: undescribed("hello") });
  const error = await assertRejects(create, TypeError) as TypeError & { code?: string };
  assertEquals(error.code, "ERR_INVALID_ARG_TYPE");
  assertStringIncludes(error.message, "exports");
});

test("Sandbox.create names both sides where the options and the guest's file disagree", async () => {
  const guest = guestBytes("hello");
  const lacks = await rejectionOf(
    Sandbox.create({ guest, exports: { subtract: { parameters: [], result: "i32" } } }),
  );
  assertEquals(lacks.code, "ERR_GUEST_FUNCTION_NOT_FOUND");
  assertStringIncludes(lacks.message, "add_in_host");
  const differs = await rejectionOf(
    Sandbox.create({ guest, exports: { add: { parameters: ["u32", "i32"], result: "i64" } } }),
  );
  assertEquals(differs.code, "ERR_GUEST_FUNCTION_MISMATCH");
  assertStringIncludes(differs.message, '"add" as (u32, i32) -> i64');
  assertStringIncludes(differs.message, "(i32, i32) -> i32");
  const host_add = { parameters: ["i32"], result: "i32", callback: (a: number) => a } as const;
  const wants = await rejectionOf(Sandbox.create({ guest, exports: {}, imports: { host_add } }));
  assertEquals(wants.code, "ERR_GUEST_FUNCTION_MISMATCH");
  assertStringIncludes(wants.message, "the imports define");
});

// --- imports ---

test("Sandbox imports are called with the guest's arguments", { skip }, async () => {
  const seen: unknown[] = [];
  using sandbox = await helloWith((a, b) => {
    seen.push([a, b]);
    return a * b;
  });
  assertEquals(sandbox.exports.add_in_host(6, 7), 42);
  assertEquals(seen, [[6, 7]]);
});

test(
  "Sandbox imports that throw reach the guest, and stay the cause of the call's error",
  { skip },
  async () => {
    const cause = new Error("the database is gone");
    using sandbox = await helloWith(() => {
      throw cause;
    });
    const error = errorOf(() => sandbox.exports.add_in_host(1, 2));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
    assertStringIncludes(error.message, "the database is gone");
    assertEquals(error.cause, cause);
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.add(1, 2), 3);
  },
);

test("Sandbox imports that throw strange things do not break the call", { skip }, async () => {
  const strange = [
    undefined,
    null,
    5,
    "text \ud800",
    { toString: null },
    Symbol("x"),
    new Error("\0".repeat(9999)),
  ];
  for (const thrown of strange) {
    using sandbox = await helloWith(() => {
      throw thrown;
    });
    assertEquals(errorOf(() => sandbox.exports.add_in_host(1, 2)).code, "ERR_GUEST_ERROR");
    assertEquals(sandbox.exports.add(1, 2), 3);
  }
});

test(
  "Sandbox imports that return the wrong thing are an error of the import",
  { skip },
  async () => {
    for (const value of ["3", 1.5, undefined, 3n]) {
      using sandbox = await helloWith(() => value);
      const error = errorOf(() => sandbox.exports.add_in_host(1, 2));
      assertEquals(error.code, "ERR_GUEST_ERROR");
      assertStringIncludes(error.message, 'The result of import "host_add"');
    }
  },
);

test(
  "Sandbox imports that return a promise are ERR_ASYNC_IMPORT in a synchronous call",
  { skip },
  async () => {
    for (const promise of [Promise.resolve(3), Promise.reject(new Error("nobody looks"))]) {
      using sandbox = await helloWith(() => promise);
      assertEquals(errorOf(() => sandbox.exports.add_in_host(1, 2)).code, "ERR_ASYNC_IMPORT");
      assertEquals(sandbox.exports.add(1, 2), 3);
    }
  },
);

test(
  "Sandbox imports that are not there are an error that the guest passes on",
  { skip },
  async () => {
    using sandbox = await Sandbox.create({ guest: guestBytes("hello"), exports: HELLO });
    const error = errorOf(() => sandbox.exports.add_in_host(1, 2));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
    assertStringIncludes(error.message, "HostFunction host_add was not found");
  },
);

test(
  "Sandbox imports with another signature than the guest's are an error of the call",
  { skip },
  async () => {
    using sandbox = await helloWith(() => "3", "string");
    assertStringIncludes(
      errorOf(() => sandbox.exports.add_in_host(1, 2)).message,
      "returns string",
    );
  },
);

test("Sandbox refuses calls and closing from inside an import", { skip }, async () => {
  const codes: string[] = [];
  const sandbox: Sandbox<typeof HELLO> = await helloWith((a, b) => {
    codes.push(errorOf(() => sandbox.exports.add(1, 2)).code, errorOf(() => sandbox.close()).code);
    return a + b;
  });
  assertEquals(sandbox.exports.add_in_host(1, 2), 3);
  assertEquals(codes, ["ERR_BUSY", "ERR_BUSY"]);
  sandbox.close();
});

test("Sandbox imports can call another sandbox", { skip }, async () => {
  using inner = await hello();
  using outer = await helloWith((a, b) => inner.exports.add_in_host(a, b) * 10);
  assertEquals(outer.exports.add_in_host(1, 2), 30);
});

// --- lifecycle ---

test(
  "Sandbox.close() is harmless twice, and calls afterwards are ERR_CLOSED",
  { skip },
  async () => {
    const sandbox = await hello();
    assert(!sandbox.closed);
    sandbox.close();
    sandbox.close();
    assert(sandbox.closed);
    assertEquals(errorOf(() => sandbox.exports.add(1, 2)).code, "ERR_CLOSED");
    assertEquals(sandbox.poisoned, false);
  },
);

test("Sandbox.create checks its options before it reads the guest", async () => {
  const options = { guest: "no/such.elf", exports: {}, imports: { x: {} } } as unknown;
  await assertRejects(
    () => Sandbox.create(options as { guest: string; exports: typeof HELLO }),
    TypeError,
  );
});

test("Sandbox prints its guest, its functions and whether it can be called", { skip }, async () => {
  using sandbox = await Sandbox.create({ guest: "guest/examples/hello.elf", exports: HELLO });
  const text = inspect(sandbox).replace(/\s+/g, " ");
  for (
    const part of [
      /^Sandbox \{ guest: .guest\/examples\/hello\.elf., exports: \[/,
      /.add_in_host./,
      /closed: false/,
    ]
  ) {
    assertMatch(text, part);
  }
  errorOf(() => sandbox.exports.give_up(1));
  assertMatch(inspect(sandbox), /poisoned: true/);
});
