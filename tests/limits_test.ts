/** Calls that run too long: deadlines and CPU budgets, which need no other thread. */

import { test } from "node:test";
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Sandbox, type VmletError } from "../mod.ts";
import { CODE, CodeGuest, END, END_PORT, loop } from "./support/machine_code.ts";
import { Killer } from "./support/killer.ts";
import { BENCH, errorOf, guestBytes, helloWith } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
/** `jmp` to itself. */
const FOREVER = [0xeb, 0xfe];

/** Keeps this thread busy for so many milliseconds. */
function burn(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function bench(options: { deadline?: number; cpuBudget?: number } = {}) {
  return Sandbox.create({
    guest: guestBytes("bench"),
    exports: BENCH,
    imports: {
      host_add: {
        parameters: ["i32", "i32"],
        result: "i32",
        callback: (a: number, b: number) => a + b,
      },
    },
    ...options,
  });
}

for (const limit of ["deadline", "cpuBudget"] as const) {
  test(
    `Sandbox.create() with a ${limit} ends an endless call, and restore heals`,
    { skip },
    async () => {
      using sandbox = await bench({ [limit]: 20 });
      const clean = sandbox.snapshot();
      for (let i = 0; i < 3; i++) {
        const error = errorOf(() => sandbox.exports.spin());
        assertEquals([error.code, error.limit], ["ERR_DEADLINE", limit], error.message);
        assert((error.elapsed ?? 0) >= 19, `${error.elapsed}`);
        assertStringIncludes(error.message, `${limit} of 20 ms`);
        assertEquals(sandbox.poisoned, true);
        assertEquals(errorOf(() => sandbox.exports.noop()).code, "ERR_POISONED");
        sandbox.restore(clean);
        assertEquals(sandbox.exports.add(40, 2), 42);
      }
    },
  );

  test(`Sandbox.call() has a ${limit} of its own`, { skip }, async () => {
    using sandbox = await bench({ [limit]: 60_000 });
    const error = errorOf(() => sandbox.call("spin", [], { [limit]: 10 }));
    assertEquals([error.code, error.limit], ["ERR_DEADLINE", limit]);
  });

  test(
    `Sandbox.exports with a ${limit} is not ended early, whatever timers still fire`,
    { skip },
    async () => {
      using sandbox = await bench({ [limit]: 250 });
      const end = performance.now() + 1200;
      let calls = 0;
      for (; performance.now() < end; calls++) {
        assertEquals(sandbox.exports.add(calls, 1), calls + 1);
      }
      assert(calls > 100);
    },
  );

  test(`Driver.initialise() with a ${limit} ends a guest that never begins`, { skip }, () => {
    using guest = new CodeGuest(FOREVER, 3);
    const args = { pebAddress: 0, seed: 0n, pageSize: 4096, logLevel: 0 };
    const error = errorOf(() => guest.driver.initialise(args, { [limit]: 10 }));
    assertEquals([error.code, error.limit], ["ERR_DEADLINE", limit]);
  });
}

test(
  "A deadline counts functions of the host, and the guest is not entered again",
  { skip },
  async () => {
    let calls = 0;
    using sandbox = await helloWith(() => {
      calls++;
      burn(30);
      return 1;
    });
    const error = errorOf(() => sandbox.call("add_in_host", [1, 2], { deadline: 10 }));
    assertEquals([error.code, error.limit, calls, sandbox.poisoned], [
      "ERR_DEADLINE",
      "deadline",
      1,
      true,
    ]);
  },
);

test("A CPU budget does not count functions of the host", { skip }, async () => {
  using sandbox = await helloWith(() => {
    burn(60);
    return 7;
  });
  assertEquals(sandbox.call("add_in_host", [1, 2], { cpuBudget: 20 }), 7);
});

test("A CPU budget counts all parts of a call together", { skip }, () => {
  // Each round leaves the guest once, and is shorter than the budget.
  const turns = [...loop(20_000_000), 0xe6, 102];
  let rounds = 0;
  using guest = new CodeGuest([...turns, 0xeb, 256 - turns.length - 2], 3, {
    hooks: {
      out: () => {
        rounds++;
        return false;
      },
    },
  });
  const error = errorOf(() => guest.driver.dispatchCall(CODE, { cpuBudget: 60 }));
  assertEquals([error.code, error.limit], ["ERR_DEADLINE", "cpuBudget"]);
  assert(rounds > 0);
});

test(
  "An inner call ends by the deadline of the call around it, which says so",
  { skip },
  async () => {
    using inner = await bench();
    const errors: VmletError[] = [];
    using outer = await helloWith(() => {
      errors.push(errorOf(() => inner.call("spin", [], { deadline: 60_000 })));
      return 1;
    });
    const error = errorOf(() => outer.call("add_in_host", [1, 2], { deadline: 20 }));
    assertEquals([error.code, errors.map(({ code }) => code)], ["ERR_DEADLINE", ["ERR_DEADLINE"]]);
    assertStringIncludes(errors[0]?.message ?? "", "the call that it is part of");
    assertEquals([inner.poisoned, outer.poisoned], [true, true]);
  },
);

test("An inner call's own deadline leaves the call around it alone", { skip }, async () => {
  using inner = await bench();
  using outer = await helloWith(() => {
    const error = errorOf(() => inner.call("spin", [], { deadline: 10 }));
    assertStringIncludes(error.message, "deadline of 10 ms");
    return 5;
  });
  assertEquals(outer.call("add_in_host", [1, 2], { deadline: 60_000 }), 5);
  assertEquals(outer.poisoned, false);
});

test("An inner call without limits is ended by the deadline around it", { skip }, async () => {
  using inner = await bench();
  using outer = await helloWith(() => {
    inner.exports.spin();
    return 1;
  });
  assertEquals(
    errorOf(() => outer.call("add_in_host", [1, 2], { deadline: 15 })).code,
    "ERR_DEADLINE",
  );
});

test("A kill in a call with a deadline is a kill", { skip }, async () => {
  using sandbox: Sandbox<Record<"add_in_host", { parameters: ["i32", "i32"]; result: "i32" }>> =
    await helloWith(() => {
      assertEquals(sandbox.interruptHandle().kill(), true);
      burn(20);
      return 1;
    }) as never;
  const error = errorOf(() => sandbox.call("add_in_host", [1, 2], { deadline: 5 }));
  assertEquals(error.code, "ERR_CANCELLED");
});

test(
  "A deadline is kept when an inner call's timer fires together with a pause",
  { skip },
  async () => {
    using killer = await Killer.start();
    using inner = new CodeGuest(END, 3);
    using outer = new CodeGuest([0xe6, 102, ...FOREVER], 3, {
      hooks: {
        out: () => {
          inner.driver.dispatchCall(CODE, { deadline: 5 });
          outer.driver.interruptHandle().pause();
          burn(20);
          return false;
        },
      },
    });
    // In case that it is not.
    killer.ask(outer.driver.interruptHandle().token, 3_000_000);
    const error = errorOf(() => outer.driver.dispatchCall(CODE, { deadline: 100 }));
    assertEquals([error.code, error.limit], ["ERR_DEADLINE", "deadline"]);
  },
);

test("A deadline of one call does not reach the next", { skip }, () => {
  using guest = new CodeGuest([...loop(1000), ...END], 3);
  using slow = new CodeGuest([...loop(100_000_000), ...END], 3);
  // Long enough for a busy machine, and the next calls last until it is over.
  const deadline = 100;
  const end = performance.now() + 2 * deadline;
  guest.driver.dispatchCall(CODE, { deadline });
  do assertEquals(slow.call(), [[END_PORT, 0]]); while (performance.now() < end);
});

for (
  const [limits, type] of [
    [{ deadline: "1" }, TypeError],
    [{ cpuBudget: null }, TypeError],
    [{ deadline: 0 }, RangeError],
    [{ deadline: -1 }, RangeError],
    [{ cpuBudget: NaN }, RangeError],
    [{ cpuBudget: Infinity }, RangeError],
    [{ deadline: 1e12 }, RangeError],
  ] as const
) {
  const text = JSON.stringify(limits, (_, value) => typeof value === "number" ? `${value}` : value);
  test(`Sandbox.call() and create() refuse the limits ${text}`, { skip }, async () => {
    using sandbox = await bench();
    assertThrows(() => sandbox.call("noop", [], limits as never), type);
    assertEquals(sandbox.poisoned, false);
    using guest = new CodeGuest(END, 3);
    assertThrows(() => guest.driver.dispatchCall(CODE, limits as never), type);
    let error: unknown;
    await bench(limits as never).catch((it) => error = it);
    assert(error instanceof type);
  });
}

for (const limits of [5, "5", null, () => 5]) {
  test(
    `Sandbox.call() and Driver.dispatchCall() refuse the ${typeof limits} ${limits}`,
    { skip },
    async () => {
      using sandbox = await bench();
      using guest = new CodeGuest(END, 3);
      for (
        const call of [
          () => sandbox.call("noop", [], limits as never),
          () => guest.driver.dispatchCall(CODE, limits as never),
        ]
      ) {
        const error = assertThrows(call, TypeError) as TypeError & { code?: string };
        assertEquals(error.code, "ERR_INVALID_ARG_TYPE");
        assertStringIncludes(error.message, "limits are not an object");
      }
    },
  );
}

test(
  "Limits end calls by the signal that the sandbox was made with, and by no other",
  { skip },
  () => {
    const program = fileURLToPath(new URL("support/signal_program.ts", import.meta.url));
    const runtime = process.versions.bun === undefined ? ["run", "-A", "--quiet"] : [];
    const { stdout, stderr } = spawnSync(process.execPath, [...runtime, program], {
      encoding: "utf8",
    });
    assertEquals(stdout, "ERR_DEADLINE\nERR_DEADLINE\n42\n", stderr);
  },
);
