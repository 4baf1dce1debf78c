// vmlet run: arguments of every type, results as text and JSON, and how it ends where the guest does not answer.
import process from "node:process";
import { test } from "node:test";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run as runProgram } from "../scripts/tools.ts";
import { Folder, isDeno, RUN, vmlet } from "./support/cli.ts";
import { guestBytes } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const hello = (file = "hello.elf") => `guest/examples/${file}`;
const run = (...args: string[]) => vmlet(RUN, "run", ...args);

/** hello.elf without the section headers, so that it does not say what it offers. */
function undescribed(): Folder {
  const bytes = guestBytes("hello");
  const view = new DataView(bytes.buffer);
  view.setBigUint64(40, 0n, true);
  view.setUint32(60, 0, true);
  return new Folder({ "guest.elf": bytes });
}

for (
  const [args, out] of [
    [["add", "1", "2"], "3\n"],
    [["add", "-5", "0x10"], "11\n"],
    [["add", "i32:-0x5", "+7"], "2\n"],
    [["add", "-1", "-1", "--json"], '{"type":"i32","result":-2}\n'],
    [["add", "1", "2", "--result", "i32"], "3\n"],
    [["--json", "add", "--", "-1", "2"], '{"type":"i32","result":1}\n'],
    [["count"], "1\n"],
    [["reverse", "abc"], "cba"],
    [["reverse", ""], ""],
    [["reverse", "buffer:buffer:é", "--json"], '{"type":"buffer","result":"qcM6cmVmZnVi"}\n'],
    [["reverse", "--", "--json"], "nosj--"],
  ] as const
) {
  test(`vmlet run ${args.join(" ")} prints the result`, { skip: needsKvm }, () => {
    const [first, ...rest] = args;
    const own = first === "--json" ? [first, hello(), ...rest] : [hello(), ...args];
    assertEquals(run(...own), { code: 0, out, error: "" });
  });
}

test("vmlet run takes every type, as the guest describes it or as the argument says", {
  skip: needsKvm,
}, () => {
  const cases = [
    ["i32", "-2147483648", "-2147483648", "-2147483648"],
    ["u32", "4294967295", "4294967295", "4294967295"],
    ["i64", "-0x8000000000000000", "-9223372036854775808", '"-9223372036854775808"'],
    ["u64", "18446744073709551615", "18446744073709551615", '"18446744073709551615"'],
    ["f32", "0.5", "0.5", "0.5"],
    ["f64", "-1e300", "-1e+300", "-1e+300"],
    ["f64", "-0", "-0", "-0"],
    ["f64", "NaN", "NaN", '"NaN"'],
    ["f64", "-Infinity", "-Infinity", '"-Infinity"'],
    ["bool", "true", "true", "true"],
    ["bool", "false", "false", "false"],
    ["string", 'ä"\u{1f600}', 'ä"\u{1f600}', '"ä\\"\u{1f600}"'],
    ["string", "string:i32:5", "i32:5", '"i32:5"'],
  ] as const;
  for (const [type, text, shown, json] of cases) {
    const guest = [hello("echo.elf"), `echo_${type}`];
    assertEquals(run(...guest, text), { code: 0, out: `${shown}\n`, error: "" }, type);
    const typed = text.startsWith(`${type}:`) ? text : `${type}:${text}`;
    const { out } = run(...guest, typed, "--json", `--result=${type}`);
    assertEquals(out, `{"type":"${type}","result":${json}}\n`);
  }
});

test(
  "vmlet run reads a file into a buffer, larger than the default",
  { skip: needsKvm },
  async () => {
    const bytes = new Uint8Array(17 * 1024 * 1024).fill(0x61);
    bytes[0] = 0x62;
    using folder = new Folder({ large: bytes });
    const tool = [...(isDeno ? ["run", "-A"] : []), "src/cli/main.ts"];
    const { code, output } = await runProgram([
      ...[process.execPath, ...tool] as const,
      ...["run", hello(), "reverse", `@${folder.at("large")}`],
    ], { capture: true });
    assertEquals([code, output.length], [0, bytes.length]);
    assertEquals([output[0], output.at(-1)], ["a", "b"]);
  },
);

test("vmlet run prints nothing for void", { skip: needsKvm }, () => {
  const guest = [hello("bench.elf"), "noop"];
  assertEquals(run(...guest), { code: 0, out: "", error: "" });
  assertEquals(run(...guest, "--json").out, '{"type":"void","result":null}\n');
});

test("vmlet run needs types where the guest's file has none", { skip: needsKvm }, () => {
  using folder = undescribed();
  const guest = folder.at("guest.elf");
  const typed = ["add", "i32:1", "i32:2", "--result", "i32"];
  assertEquals(run(guest, ...typed), { code: 0, out: "3\n", error: "" });
  const refused = (message: string, ...args: string[]) =>
    assertEquals(run(guest, ...args), {
      code: 2,
      out: "",
      error: `${message}, see vmlet --help\n`,
    });
  refused("The guest's file does not say what add gives: write --result TYPE", "add", "i32:1");
  refused(
    "The guest's file does not describe its functions: write the type of 1, as in i32:5",
    ...["add", "1"],
  );
  // The guest's own check.
  const { code, error } = run(guest, "count", "--result", "void");
  assertEquals([code, error.split(":")[0]], [1, "ERR_GUEST_FUNCTION_MISMATCH"]);
});

test("vmlet run ends with 1 and the guest's code where the guest fails", { skip: needsKvm }, () => {
  const failed = (error: RegExp, ...args: string[]) => {
    const finished = run(...args);
    assertEquals([finished.code, finished.out], [1, ""]);
    assertMatch(finished.error, error);
  };
  failed(/^ERR_GUEST_ABORTED: .*code 7: gave up with code 7\n$/, hello(), "give_up", "7");
  failed(/^ERR_GUEST_ERROR: .*code 9: refused with code 9\n$/, hello(), "refuse", "9");
  failed(/^ERR_MEMORY_ACCESS: /, hello("hostile.elf"), "write_at", "0");
  failed(/^ERR_STACK_OVERFLOW: /, hello("hostile.elf"), "recurse_endlessly");
});

test(
  "vmlet run says that it offers no imports when the guest calls one",
  { skip: needsKvm },
  () => {
    const { code, out, error } = run(hello(), "add_in_host", "1", "2");
    assertEquals([code, out], [1, ""]);
    assertStringIncludes(
      error,
      "the guest called its import host_add, and vmlet run offers no imports",
    );
  },
);

test("vmlet run ends with 1 where there is no guest", () => {
  const { code, error } = run("guest/examples/nothing.elf", "add");
  assertEquals(code, 1);
  assertMatch(error, /^ERR_INVALID_GUEST: Cannot read the guest \S+nothing\.elf: /);
  assertMatch(run("README.md", "add").error, /^ERR_INVALID_GUEST: .*magic number\n$/);
});

for (
  const [args, message] of [
    [[], "vmlet run needs a guest's file"],
    [["G"], "vmlet run needs a function's name"],
    [["--fly", "G"], "Unknown option --fly"],
    [
      ["G", "add", "--result"],
      "--result  is no type: i32, u32, i64, u64, f32, f64, bool, string, buffer, void",
    ],
    [["G", "nothing"], "The guest has no function nothing, it offers "],
    [["G", "constructor"], "The guest has no function constructor, it offers "],
    [["G", "add", "1"], "The guest has add(i32, i32) -> i32, not add(i32) -> i32"],
    [["G", "add", "1", "2", "3"], "3 is argument 3 of a function that takes 2"],
    [["G", "add", "1", "u32:2"], "The guest has add(i32, i32) -> i32, not add(i32, u32) -> i32"],
    [
      ["G", "add", "1", "2", "--result=u32"],
      "The guest has add(i32, i32) -> i32, not add(i32, i32) -> u32",
    ],
    [["G", "add", "1", "x"], "x is no whole number, and i32 is one"],
    [["G", "add", "1", "1.5"], "1.5 is no whole number, and i32 is one"],
    [["G", "add", "1", "1n"], "1n is no whole number, and i32 is one"],
    [["G", "add", "1", ""], " is no whole number, and i32 is one"],
    [
      ["G", "add", "1", "2147483648"],
      'Argument 1 of "add" is 2147483648, and an i32 is a whole number',
    ],
    [["G", "add", "f64:", "1"], "f64: is no number, and f64 is one"],
    [["G", "add", "bool:1", "1"], "bool:1 is neither true nor false, and a bool is one of them"],
    [["G", "reverse", "@nothing"], "Cannot read nothing: "],
  ] as const
) {
  const runs = args.some((arg) => arg === "2147483648");
  test(
    `vmlet ${["run", ...args].join(" ")} is refused with 2`,
    { skip: runs ? needsKvm : false },
    () => {
      const { code, out, error } = run(...args.map((arg) => arg === "G" ? hello() : arg));
      assertEquals([code, out], [2, ""]);
      assertEquals(error.slice(0, message.length), message);
      assertMatch(error, /, see vmlet --help\n$/);
    },
  );
}

test("vmlet run --help tells how arguments are written and the exit codes", () => {
  const { code, out } = run("--help");
  assertEquals(code, 0);
  for (const part of ["--result TYPE", "--json", "buffer:@FILE", "Exit codes: 0"]) {
    assertStringIncludes(out, part);
  }
});

test("vmlet run says which permission is missing", {
  skip: isDeno ? needsKvm : "Bun has no permissions",
}, () => {
  for (const missing of RUN) {
    const rest = RUN.filter((it) => it !== missing);
    const { code, error } = vmlet(rest, "run", hello(), "add", "1", "2");
    assertEquals(code, 1);
    assertStringIncludes(error, missing);
  }
});
