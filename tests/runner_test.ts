/** The embedded runner: it works wherever the package is loaded from, and lets its process end. */

import { test } from "node:test";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { assert, assertEquals } from "@std/assert";
import ts from "typescript";
import { bun, type Command, ROOT, run } from "../scripts/tools.ts";
import { native } from "../src/ffi/mod.ts";
import { INTERRUPTED, Kvm, Memory } from "../src/kvm/mod.ts";
import { INTERRUPT_SIGNAL } from "../src/kvm/thread.ts";
import { RUNNER_SCRIPT } from "../src/runner/script.ts";
import { AT, type RunnerData, SHARED_SIZE, STATE, TIME_AT } from "../src/runner/shared.ts";
import { Folder, isDeno } from "./support/cli.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PROGRAM = "tests/support/async_program.ts";
const GUEST = join(ROOT, "guest/examples/bench.elf");
/** What the program prints. */
const PRINTED = "23 42\nERR_DEADLINE\n";

/** Runs a program in this runtime, in Deno with these permissions alone. */
function runProgram(
  program: string,
  permissions: readonly string[] = ["--allow-ffi", "--allow-read"],
  guest = GUEST,
) {
  const args = isDeno ? ["run", "--no-prompt", "--quiet", "--no-check", ...permissions] : [];
  return finished([process.execPath, ...args, program, guest]);
}

async function finished(command: Command): Promise<[code: number, output: string]> {
  const { code, output } = await run(command, { capture: true, timeout: 60_000 });
  return [code, output];
}

test(
  "The embedded runner runs a vCPU of another thread, and ends a turn in time",
  { skip },
  async () => {
    using kvm = Kvm.open();
    using memory = new Memory(4096);
    using vm = kvm.createVm();
    const hostAddress = memory.address;
    vm.setUserMemoryRegion({ slot: 0, guestAddress: 0x1000, size: 4096, hostAddress });
    using vcpu = vm.createVcpu(0);
    const shared = new Int32Array(new SharedArrayBuffer(SHARED_SIZE));
    const times = new Float64Array(shared.buffer);
    const owner = native().gettid();
    const workerData: RunnerData = { memory: shared.buffer, shim: native().path, owner };
    const worker = new Worker(RUNNER_SCRIPT, { eval: true, workerData });
    const turn = (deadline: number) => {
      native().beginCall(vcpu.cell);
      const sregs = vcpu.getSregs();
      sregs.cs.base = 0n;
      sregs.cs.selector = 0;
      vcpu.setSregs(sregs);
      const regs = vcpu.getRegs();
      regs.rip = 0x1000n;
      vcpu.setRegs(regs);
      shared[AT.cell] = vcpu.cell;
      shared[AT.vcpu] = vcpu.fd;
      shared[AT.signal] = INTERRUPT_SIGNAL;
      times[TIME_AT.deadline] = deadline;
      times[TIME_AT.cpuBudget] = Infinity;
      Atomics.store(shared, AT.state, STATE.asked);
      Atomics.notify(shared, AT.state);
      while (Atomics.load(shared, AT.state) !== STATE.done) {
        Atomics.wait(shared, AT.state, STATE.asked);
      }
      native().endCall(vcpu.cell);
      return shared[AT.result];
    };
    try {
      memory.write(0, Uint8Array.of(0xf4)); // hlt
      assertEquals([turn(Infinity), vcpu.exit().type], [0, "halt"]);
      memory.write(0, Uint8Array.of(0xeb, 0xfe)); // jmp to itself
      assertEquals(turn(10), INTERRUPTED);
      memory.write(0, Uint8Array.of(0xe6, 7)); // out 7, al
      assertEquals([turn(Infinity), vcpu.outPort()], [0, 7]);
    } finally {
      await worker.terminate();
    }
  },
);

test(
  "Sandbox.async works from a file, and its idle threads let the process end",
  { skip },
  async () => {
    assertEquals(await runProgram(join(ROOT, PROGRAM)), [0, PRINTED]);
  },
);

test(
  "Sandbox.async works over HTTP",
  { skip: isDeno ? needsKvm : "Bun imports no modules over HTTP" },
  async () => {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      const isModule = path === "/mod.ts" || path === `/${PROGRAM}` || path.startsWith("/src/");
      const isGuest = path === "/guest/examples/bench.elf";
      if (!isModule && !isGuest) return response.writeHead(404).end();
      const type = isModule ? "application/typescript" : "application/octet-stream";
      response.writeHead(200, { "content-type": type }).end(readFileSync(join(ROOT, path)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      // What a registry would do for the dependencies.
      const { imports } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
      using folder = new Folder({ "map.json": JSON.stringify({ imports }) });
      const permissions = [
        ...["--allow-ffi", `--allow-import=${host}`, `--allow-net=${host}`],
        `--import-map=${folder.at("map.json")}`,
      ];
      const url = `http://${host}`;
      assertEquals(
        await runProgram(`${url}/${PROGRAM}`, permissions, `${url}/guest/examples/bench.elf`),
        [0, PRINTED],
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

test("Sandbox.async works from a tree of JavaScript", { skip }, async () => {
  using folder = new Folder({ "package.json": `{ "type": "module" }` });
  symlinkSync(join(ROOT, "node_modules"), folder.at("node_modules"));
  const modules = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts")).map((path) => `src/${path}`);
  for (const module of ["mod.ts", PROGRAM, ...modules]) {
    const { outputText } = ts.transpileModule(readFileSync(join(ROOT, module), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ESNext,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const path = folder.at(module.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  assertEquals(await runProgram(folder.at(PROGRAM.replace(/\.ts$/, ".js"))), [0, PRINTED]);
});

test(
  "Sandbox.async works in a compiled program",
  { skip: isDeno ? "deno compile fetches a runtime of its own" : needsKvm },
  async () => {
    using folder = new Folder();
    const program = folder.at("program");
    const flags = ["build", "--compile", "--outfile", program];
    const [code, output] = await finished([...bun(), ...flags, join(ROOT, PROGRAM)]);
    assertEquals(code, 0, output);
    assertEquals(await finished([program, GUEST]), [0, PRINTED]);
  },
);

test("Sandbox.async works in a Worker", { skip }, async () => {
  // Deno reads the packages' names from the configuration of the program that starts the Worker.
  const { imports } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  using folder = new Folder({ "deno.json": JSON.stringify({ imports }) });
  const url = JSON.stringify(new URL(`../${PROGRAM}`, import.meta.url).href);
  folder.write(
    "main.ts",
    `import { Worker } from "node:worker_threads";
     import process from "node:process";
     new Worker(new URL(${url}), { argv: process.argv.slice(2) });`,
  );
  const [code, output] = await runProgram(folder.at("main.ts"), ["-A"]);
  assertEquals([code, output], [0, PRINTED]);
});

test("A guest does not go on when the Worker that called it is terminated", { skip }, async () => {
  using folder = new Folder();
  const module = JSON.stringify(new URL("../mod.ts", import.meta.url).href);
  folder.write(
    "worker.ts",
    `import { Sandbox } from ${module};
     const exports = { spin: { parameters: [], result: "void" } };
     const sandbox = await Sandbox.create({ guest: ${JSON.stringify(GUEST)}, exports });
     sandbox.async.spin();
     setTimeout(() => postMessage("spins"), 50);`,
  );
  const worker = new globalThis.Worker(new URL(`file://${folder.at("worker.ts")}`).href, {
    type: "module",
  });
  await new Promise((resolve) => worker.onmessage = resolve);
  const used = async () => {
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const during = await used();
  worker.terminate();
  await used();
  const after = await used();
  assert(after < during / 2, `${during} ms of 500 before, ${after} ms after`);
});
