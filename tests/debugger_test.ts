/** Guests at both rings under the real gdb: what a session looks like from there, and what becomes of the calls. */

import { createServer } from "node:net";
import { existsSync } from "node:fs";
import { test } from "node:test";
import process from "node:process";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { abilitiesOf } from "../src/debug/abilities.ts";
import { Sandbox, VmletError } from "../mod.ts";
import { errorOf, guestBytes, HELLO, HOST_ADD } from "./support/guests.ts";
import { DEBUGGED, debuggedGuest, GdbRun, needsGdb, underGdb } from "./support/gdb.ts";
import { Folder } from "./support/cli.ts";
import { needsKvm } from "./support/skip.ts";

const RINGS = [0, 3] as const;
const skip = needsGdb;

/** Asserts that these texts stand in gdb's output in this order. */
function assertSequence(output: string, ...texts: readonly string[]): void {
  let at = 0;
  for (const text of texts) {
    const found = output.indexOf(text, at);
    assert(
      found >= 0,
      `gdb did not write ${JSON.stringify(text)} where it should have:\n${output}`,
    );
    at = found + text.length;
  }
}

for (const ring of RINGS) {
  test(
    `gdb breaks on a C function of a guest at ring ${ring}, looks, steps and changes`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "info symbol $pc",
        "break square",
        "continue",
        "print number",
        "backtrace 3",
        "step",
        "print result = 1000",
        "finish",
        "next",
        "print table",
        "print steps",
        "info registers rip",
        "delete",
        "continue",
      ], (sandbox) => sandbox.exports.compute(5));
      assertSequence(
        output,
        "vmlet_start in section .text",
        "Breakpoint 1, square (number=1) at ",
        "$1 = 1\n",
        "#0  square (number=1)",
        "in sum_of_squares (count=5)",
        "in compute (count=5)",
        "steps++;",
        "$2 = 1000",
        "Value returned is $3 = 1000",
        "for (int i = 1",
        "$4 = {1, 2, 3, 4}",
        "$5 = 1\n",
        "<sum_of_squares+",
        "[Inferior 1 (Remote target) exited normally]",
      );
      assertEquals(result, 1000 + 4 + 9 + 16 + 25 + 1);
    },
  );

  test(
    `gdb debugs a guest at ring ${ring} that runs on another thread, and its imports`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "break square",
        "continue",
        "print number",
        "delete",
        "break ask_host",
        "continue",
        "next",
        "print answer",
        "continue",
      ], async ({ async }) => [await async.compute(2), await async.ask_host(5)]);
      assertSequence(
        output,
        "Breakpoint 1, square (number=1) at ",
        "$1 = 1\n",
        "Breakpoint 2, ",
        "$2 = 6\n",
        "exited normally]",
      );
      assertEquals(result, [1 + 4 + 1, 12]);
    },
  );

  test(
    `gdb debugs several calls of a guest at ring ${ring}, and calls of the host`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "break compute",
        "break ask_host",
        "continue",
        "print count",
        "continue",
        "print count",
        "continue",
        // Over the call of the host.
        "next",
        "print answer",
        "info breakpoints",
        "continue",
      ], ({ exports }) => [exports.compute(1), exports.compute(2), exports.ask_host(41)]);
      assertSequence(
        output,
        "Breakpoint 1, compute (count=1)",
        "$1 = 1",
        "Breakpoint 1, compute (count=2)",
        "$2 = 2",
        "Breakpoint 2, ask_host (value=41)",
        "$3 = 42",
        "breakpoint already hit 2 times",
        "exited normally",
      );
      assertEquals(result, [2, 6, 84]);
    },
  );

  test(
    `gdb calls functions of a guest at ring ${ring}, and its call goes on`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "break square",
        "continue",
        "delete",
        "print square(7)",
        "print sum_of_squares(3)",
        "print number",
        "info symbol $pc",
        "continue",
      ], (sandbox) => sandbox.exports.compute(2));
      assertSequence(
        output,
        "Breakpoint 1, square (number=1)",
        "$1 = 49\n",
        "$2 = 15\n",
        "$3 = 1\n",
        "square + ",
        "exited normally]",
      );
      assertEquals(result, 6);
    },
  );

  test(
    `gdb is refused an address that is not mapped at ring ${ring}, and goes on`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "set mem inaccessible-by-default off",
        "print *(int *)0x7123456789",
        "print *(int *)0x7123456789 = 1",
        "print *(long *)0xffff800000000000",
        "break *0x7123456789",
        "continue",
        "delete",
        "print table",
        "continue",
      ], (sandbox) => sandbox.exports.compute(1));
      assertSequence(
        output,
        "Cannot access memory at address 0x7123456789",
        "Cannot access memory at address 0x7123456789",
        "Cannot access memory at address 0xffff800000000000",
        "Cannot insert breakpoint 1",
        "= {1, 2, 3, 4}",
        "exited normally",
      );
      assertEquals(result, 2);
    },
  );

  test(
    `gdb reads and writes general, x87 and SSE registers at ring ${ring}`,
    { skip },
    async () => {
      const { output } = await underGdb(ring, [
        "print/x $rax = 0x1122334455667788",
        "print/x $eax",
        "print $xmm3.v4_int32[1] = 77",
        "print $xmm3.v4_int32",
        "print $st0 = 1.5",
        "print $st0",
        "print/x $mxcsr = 0x1fa0",
        "info registers mxcsr",
        "print/x $fctrl",
        "print $cs = 5",
        "info registers rip",
        "detach",
      ], () => {});
      assertSequence(
        output,
        "= 0x1122334455667788",
        "= 0x55667788",
        "= 77",
        "= {0, 77, 0, 0}",
        "= 1.5",
        "= 1.5",
        "[ PE IM DM ZM OM UM PM ]",
        "= 0x37f",
        'Could not write register "cs"',
        "<vmlet_start>",
        "detached",
      );
    },
  );

  test(`gdb interrupts an endless loop at ring ${ring}`, { skip }, async () => {
    const { output, result } = await underGdb(
      ring,
      [
        "shell (sleep 1; kill -INT $PPID) &",
        "continue",
        "frame function spin",
        "print stop_spinning",
        "print stop_spinning = 1",
        "continue",
      ],
      (sandbox) => sandbox.exports.spin() > 0,
      { deadline: 60_000 },
    );
    assertSequence(output, "Program received signal SIGINT", "$1 = 0", "$2 = 1", "exited normally");
    assertEquals(result, true);
  });

  test(
    `gdb detaches from a guest at ring ${ring}, whose call goes on without it`,
    { skip },
    async () => {
      const { output, result } = await underGdb(
        ring,
        ["break square", "continue", "detach"],
        ({ exports }) => [exports.compute(3), exports.compute(3)],
      );
      assertSequence(output, "Breakpoint 1, square (number=1)", "detached");
      assertEquals(result, [15, 15]);
    },
  );

  test(
    `gdb that goes away without a word leaves a guest at ring ${ring} as it was`,
    { skip },
    async () => {
      const { output, result } = await underGdb(
        ring,
        ["break square", "continue", "shell kill -KILL $PPID"],
        ({ exports }) => [exports.compute(3), exports.compute(3)],
      );
      assertSequence(output, "Breakpoint 1, square (number=1)");
      assertEquals(result, [15, 15]);
    },
  );

  test(`gdb kills the call of a guest at ring ${ring}`, { skip }, async () => {
    const { result } = await underGdb(
      ring,
      ["break square", "continue", "kill"],
      (sandbox) => sandbox.exports.compute(3),
    );
    assert(result instanceof VmletError);
    assertEquals(result.code, "ERR_CANCELLED");
  });

  test(
    `gdb looks at a crashed guest at ring ${ring}, and does nothing else to it`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "continue",
        "backtrace",
        "print table",
        "print table[0] = 5",
        "print $rax = 1",
        "continue",
        "stepi",
        "break square",
        "detach",
      ], (sandbox) => sandbox.exports.crash(3));
      assertSequence(
        output,
        "The guest has crashed. Guest crashed: write to 0x123456789000 in crash (debugged.c:31)",
        "Program received signal SIGSEGV",
        ...(ring === 3 ? ["crash (value=3)", "#0  "] : ["<signal handler called>"]),
        "crash (value=3)",
        "= {1, 2, 3, 4}",
        "Cannot access memory",
        "Could not write register",
        "cannot go on",
        "Program received signal SIGSEGV",
        "cannot go on",
        "detached",
      );
      assert(result instanceof VmletError);
      assertEquals([result.code, result.address, result.access], [
        "ERR_MEMORY_ACCESS",
        0x1234_5678_9000n,
        "write",
      ]);
    },
  );

  test(`gdb has four hardware breakpoints at ring ${ring}, and no more`, { skip }, async () => {
    const places = ["square", "sum_of_squares", "crash", "ask_host", "spin"];
    const { output, result } = await underGdb(ring, [
      ...places.map((place) => `hbreak ${place}`),
      "continue",
      "delete 5",
      "continue",
      "delete",
      "continue",
    ], (sandbox) => sandbox.exports.compute(1));
    assertSequence(
      output,
      "You may have requested too many hardware breakpoints",
      "Breakpoint 2, sum_of_squares (count=1)",
      "exited normally",
    );
    assertEquals(result, 2);
  });

  test(
    `gdb watches a variable at ring ${ring}, by debug registers or by steps`,
    { skip },
    async () => {
      const byHardware = abilitiesOf(ring).watchpoints;
      const { output, result } = await underGdb(ring, [
        ...(byHardware ? [] : ["set can-use-hw-watchpoints 0"]),
        "break sum_of_squares",
        "continue",
        "next",
        "watch sum",
        "continue",
        "continue",
        "delete",
        "continue",
      ], (sandbox) => sandbox.exports.compute(3));
      assertSequence(
        output,
        byHardware ? "Hardware watchpoint 2: sum" : "Watchpoint 2: sum",
        "Old value = 0",
        "New value = 1",
        "Old value = 1",
        "New value = 5",
        "exited normally",
      );
      assertEquals(result, 15);
    },
  );

  test(
    `gdb's monitor commands tell of a guest at ring ${ring}, and bring it back`,
    { skip },
    async () => {
      const { output, result } = await underGdb(ring, [
        "monitor help",
        "monitor regions",
        "monitor registers",
        "monitor stats",
        "monitor restore",
        "monitor nonsense",
        "break square",
        "continue",
        "monitor snapshot",
        "print number = 100",
        "next",
        "monitor restore",
        "flushregs",
        "print number",
        "delete",
        "continue",
      ], (sandbox) => sandbox.exports.compute(1));
      for (
        const text of [
          "regions",
          "0x1000",
          "heap",
          "kvm_sregs {",
          '"exits": ',
          '"resident": ',
          "Nothing was kept",
          "There is no command",
        ]
      ) {
        assertStringIncludes(output, text);
      }
      assertSequence(output, "= 100", "steps++", "$2 = 1", "exited normally");
      assertEquals(result, 2);
    },
  );
}

test(
  "A1.11, A10.7 Sandbox.create() tells where gdb can attach, and what it may not",
  { skip: needsKvm },
  async () => {
    const create = (debug: unknown) =>
      Sandbox.create({
        guest: guestBytes("hello"),
        exports: HELLO,
        imports: HOST_ADD,
        debug: debug as { port: number },
      });
    for (
      const debug of [1, null, { port: "1" }, { host: 1 }, { path: 1 }, { wait: 1 }, {
        listening: 1,
      }, { path: "a", port: 1 }]
    ) {
      const error = await create(debug).then(() => undefined, (error) => error);
      assert(error instanceof TypeError, JSON.stringify(debug));
    }
    for (
      const debug of [{ port: -1 }, { port: 65536 }, { port: 1.5 }, { path: "" }, {
        path: "a".repeat(108),
      }]
    ) {
      const error = await create(debug).then(() => undefined, (error) => error);
      assert(error instanceof RangeError, JSON.stringify(debug));
    }
    const targets: string[] = [];
    using sandbox = await Sandbox.create({
      guest: guestBytes("hello"),
      exports: HELLO,
      imports: HOST_ADD,
      debug: { wait: false, listening: ({ target }) => targets.push(target) },
    });
    assertMatch(targets.join(), /^127\.0\.0\.1:\d+$/);
    assertEquals(sandbox.exports.add(1, 2), 3);
  },
);

test("Sandbox.create() goes on without a debugger where its port is taken, with a warning", {
  skip: needsKvm,
}, async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const warnings: string[] = [];
  const listen = (warning: Error) => void warnings.push(warning.message);
  process.on("warning", listen);
  try {
    using sandbox = await Sandbox.create({
      guest: guestBytes("hello"),
      exports: HELLO,
      imports: HOST_ADD,
      debug: { port },
    });
    assertEquals(sandbox.exports.add(1, 2), 3);
    // Warnings come later.
    await new Promise((resolve) => setTimeout(resolve, 10));
    assertEquals(warnings.length, 1);
    assertStringIncludes(warnings[0] ?? "", `No debugger can attach at 127.0.0.1:${port}`);
  } finally {
    process.off("warning", listen);
    server.close();
  }
});

test("gdb attaches through a Unix socket to a guest that did not wait", { skip }, async () => {
  using folder = new Folder({ "guest.elf": await debuggedGuest(3) });
  const path = folder.at("socket");
  const results: number[] = [];
  let run: GdbRun;
  {
    using sandbox = await Sandbox.create({
      guest: folder.at("guest.elf"),
      exports: DEBUGGED,
      imports: HOST_ADD,
      debug: { path, wait: false, listening: ({ target }) => assertEquals(target, path) },
    });
    assertEquals(sandbox.exports.compute(1), 2);
    run = new GdbRun(folder.at("guest.elf"), [
      `target remote ${path}`,
      "print steps",
      "break square",
      `shell touch ${folder.at("ready")}`,
      "continue",
      "print number = 3",
      "continue",
      "delete",
      "continue",
    ]);
    // Between two calls, the event loop serves it.
    while (!existsSync(folder.at("ready"))) await new Promise((resolve) => setTimeout(resolve, 50));
    results.push(sandbox.exports.compute(1), sandbox.exports.compute(1));
  }
  assertSequence(
    await run.output(),
    "$1 = 1",
    "Breakpoint 1, square (number=1)",
    "$2 = 3",
    "Breakpoint 1",
    "exited normally",
  );
  assertEquals(results, [10, 2]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assertEquals(existsSync(path), false);
});

test("A10.7 better: gdb attaches to a guest that runs, also at ring 3", { skip }, async () => {
  using folder = new Folder({ "guest.elf": await debuggedGuest(3) });
  let run: GdbRun | undefined;
  {
    using sandbox = await Sandbox.create({
      guest: folder.at("guest.elf"),
      exports: DEBUGGED,
      imports: HOST_ADD,
      debug: {
        wait: false,
        listening: ({ target }) => {
          run = new GdbRun(folder.at("guest.elf"), [
            `target remote ${target}`,
            "frame function spin",
            "print stop_spinning = 1",
            "continue",
          ]);
        },
      },
    });
    assert(sandbox.call("spin", [], { deadline: 60_000 }) > 0);
  }
  assertSequence(await run!.output(), "while (!stop_spinning)", "$1 = 1", "exited normally");
});

test("a snapshot of a guest under gdb has none of its breakpoints", { skip }, async () => {
  const { output, result } = await underGdb(
    3,
    ["break square", "break ask_host", "continue", "continue", "detach"],
    (sandbox) => {
      sandbox.exports.compute(1);
      const clean = sandbox.snapshot();
      sandbox.exports.ask_host(1);
      sandbox.restore(clean);
      return sandbox.exports.compute(2);
    },
  );
  assertSequence(output, "Breakpoint 1", "Breakpoint 2", "detached");
  assertEquals(result, 6);
});

test("gdb debugs an asynchronous call", { skip }, async () => {
  const { output, result } = await underGdb(
    3,
    [
      "break square",
      "continue",
      "backtrace 1",
      "step",
      "print result = 100",
      "delete",
      "continue",
    ],
    async (sandbox) => [await sandbox.async.compute(1), await sandbox.async.compute(1)],
  );
  assertSequence(output, "Breakpoint 1, square (number=1)", "steps++", "= 100", "exited normally");
  assertEquals(result, [101, 2]);
});

test("a deadline does not count the time for which gdb has the guest stopped", {
  skip,
}, async () => {
  const { output, result } = await underGdb(
    3,
    ["break square", "continue", "shell sleep 2", "delete", "continue"],
    ({ exports }) => [exports.compute(2), errorOf(() => exports.spin()).code],
    { deadline: 1000 },
  );
  assertSequence(output, "Breakpoint 1, square (number=1)", "exited normally");
  assertEquals(result, [6, "ERR_DEADLINE"]);
});

test("a breakpoint of the guest's own is a crash where no debugger has attached", {
  skip: needsKvm,
}, async () => {
  using sandbox = await Sandbox.create({
    guest: guestBytes("hostile"),
    exports: { breakpoint: { parameters: [], result: "void" } },
    debug: { wait: false, listening: () => {} },
  });
  assertEquals(errorOf(() => sandbox.exports.breakpoint()).vector, 3);
});
