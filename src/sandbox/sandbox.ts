/** The sandbox: a guest with typed functions, imports and a lifecycle. */

import { InterruptHandle, type InterruptToken } from "../driver/mod.ts";
import { outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import { CallEncoder, ResultEncoder, type Value } from "../guest/wire.ts";
import { checkDefinition, checkValue } from "./arguments.ts";
import { GuestOutput, type LogOptions } from "./guest_output.ts";
import { guestName, type GuestSource, parseGuest, readGuest } from "./guest_file.ts";
import { type Call, type Import, Machine } from "./machine.ts";
import { compareExports, compareImports, type Signatures } from "./signatures.ts";
import { makeSnapshot, Snapshot, snapshotBytes } from "./snapshot.ts";
import type {
  Arguments,
  FunctionDefinitions,
  ImportDefinitions,
  ParametersByName,
  Result,
  ResultsByName,
  SyncFunctions,
  ValueType,
} from "./types.ts";

export { InterruptHandle, type InterruptToken };

/** How much memory a guest has, in bytes; each is rounded up to a multiple of 4096 and paid for when touched. */
export interface MemoryOptions {
  /** For `malloc`: 131072 by default. */
  readonly heap?: number;
  /** 65536 by default. */
  readonly stack?: number;
  /** For the arguments of a call and the results of imports: 16777216 by default. */
  readonly input?: number;
  /** For the result of a call and the arguments of imports: 16777216 by default. */
  readonly output?: number;
}

/** What a sandbox is made from. */
export interface SandboxOptions<
  E extends FunctionDefinitions = FunctionDefinitions,
  P extends ParametersByName = ParametersByName,
  R extends ResultsByName = ResultsByName,
> extends LogOptions {
  /** The guest's file: a path, a `file:`, `http:`, `https:` or `data:` URL (also as a string), or its bytes. */
  readonly guest: GuestSource;
  /** What the guest offers; by default what its file says that it does. Where both are there, they must agree. */
  readonly exports?: E;
  /** What the guest may call. Nothing else of the host can be reached from it. */
  readonly imports?: ImportDefinitions<P, R>;
  /** How much memory the guest has. */
  readonly memory?: MemoryOptions;
}

const MEMORY_DEFAULTS: Readonly<Required<MemoryOptions>> = {
  heap: 128 * 1024,
  stack: 64 * 1024,
  input: 16 * 1024 * 1024,
  output: 16 * 1024 * 1024,
};

/** The most that each may be: the address space has more, KVM and FlatBuffers (31 bits) do not. */
const MEMORY_LIMIT = 1024 * 1024 * 1024;
const MEMORY_MINIMUM = 4096;

interface ExportedFunction extends Call {
  readonly parameters: readonly ValueType[];
}

/** Ends the guests of sandboxes that were forgotten, and says so: a leak is a mistake worth knowing. */
const forgotten = new FinalizationRegistry<{ resources: readonly Disposable[]; name: string }>(
  ({ resources, name }) => {
    for (const resource of resources) resource[Symbol.dispose]();
    const { process } = globalThis as {
      process?: { emitWarning?(message: string, options: object): void };
    };
    process?.emitWarning?.(
      `A sandbox of ${name} was never closed. Write \`using sandbox = …\`, or call close()`,
      { type: "VmletWarning", code: "VMLET_UNCLOSED_SANDBOX" },
    );
  },
);

/**
 * A guest: native code in a virtual machine of its own, whose functions are called like any others and which reaches
 * nothing but the imports that it was given.
 *
 * @example A function of a guest
 * ```ts
 * import { Sandbox } from "@vmlet/vmlet";
 *
 * using sandbox = await Sandbox.create({
 *   guest: "guest/examples/hello.elf",
 *   exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
 * });
 * console.log(sandbox.exports.add(1, 2)); // 3
 * ```
 */
export class Sandbox<E extends FunctionDefinitions = FunctionDefinitions> {
  /** The guest's functions, called on this thread until they return. */
  readonly exports: SyncFunctions<E>;
  readonly #machine: Machine;
  readonly #functions: ReadonlyMap<string, ExportedFunction>;
  #running = false;
  #closed = false;

  private constructor(machine: Machine, functions: readonly ExportedFunction[], name: string) {
    this.#machine = machine;
    this.#functions = new Map(functions.map((it) => [it.name, it]));
    const table: Record<string, (...args: Value[]) => Value> = Object.create(null);
    for (const it of functions) table[it.name] = this.#callable(it);
    this.exports = Object.freeze(table) as unknown as SyncFunctions<E>;
    // The imports may refer to the sandbox, so the registry must not hold the machine, which holds them.
    forgotten.register(this, { resources: machine.resources, name }, this);
  }

  /**
   * Loads a guest and lets it initialise.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if an option is of the wrong kind.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if an option has a value that it cannot have.
   * @throws {VmletError} `ERR_INVALID_GUEST` or `ERR_UNSUPPORTED_GUEST` if the file is no guest;
   * `ERR_GUEST_FUNCTION_NOT_FOUND` or `ERR_GUEST_FUNCTION_MISMATCH` if it says otherwise of its functions than the
   * options do; `ERR_NO_HYPERVISOR` if KVM is not there or may not be used; whatever the guest does while it
   * initialises.
   */
  static async create<
    const E extends FunctionDefinitions = FunctionDefinitions,
    const P extends ParametersByName = ParametersByName,
    const R extends ResultsByName = ResultsByName,
  >(options: SandboxOptions<E, P, R>): Promise<Sandbox<E>> {
    if (typeof options !== "object" || options === null) {
      throw wrongType("Cannot create a sandbox: its options are not an object");
    }
    // All that JavaScript passed is read now, so that nothing of it can change while the guest is read.
    const name = guestName(options.guest);
    const defined = definitionsOf(options.exports);
    const imports = importedFunctions(options.imports);
    const sizes = memorySizes(options.memory);
    const said = new GuestOutput(options);
    const image = parseGuest(await readGuest(options.guest));
    const exports = compareExports(name, defined, image.functions?.exports);
    compareImports(name, imports, image.functions?.imports);
    const functions = [...exports].map(([name, { parameters, result }]) => {
      return { name, parameters, result, encoder: new CallEncoder(name, parameters, result) };
    });
    return new Sandbox<E>(Machine.create(image, sizes, imports, said), functions, name);
  }

  /** Whether a call ended in the middle of the guest. A poisoned sandbox refuses further calls. */
  get poisoned(): boolean {
    return this.#machine.poisoned;
  }

  /** Whether {@linkcode close} was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Ends the guest and gives its memory back. Closing twice is harmless.
   *
   * @throws {VmletError} `ERR_BUSY` from inside a call: an import cannot close the sandbox that called it.
   */
  close(): void {
    if (this.#closed) return;
    if (this.#running) {
      throw new VmletError("ERR_BUSY", "Cannot close the sandbox: a call of it is running");
    }
    this.#closed = true;
    forgotten.unregister(this);
    this.#machine.close();
  }

  /**
   * What ends a running call from any thread: its `token` goes to a Worker, and
   * {@linkcode InterruptHandle.from}`(token).kill()` there ends the call that runs here with `ERR_CANCELLED`.
   * The sandbox is then poisoned. The handle stays valid, and does nothing more, when the sandbox is closed.
   */
  interruptHandle(): InterruptHandle {
    return this.#machine.interruptHandle();
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Calls a function by its name, as {@linkcode exports} does.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if the definitions have no such function, or an argument is of another
   * type.
   * @throws {VmletError} Whatever becomes of the call.
   */
  call<K extends keyof E & string>(
    name: K,
    args: Arguments<E[K]["parameters"]>,
  ): Result<E[K]["result"]> {
    const callee = this.#functions.get(name);
    if (!callee) throw wrongType(`Cannot call "${name}": the exports define no such function`);
    if (!Array.isArray(args)) {
      throw wrongType(`Cannot call "${name}": its arguments are not an array`);
    }
    return this.#call(callee, args) as Result<E[K]["result"]>;
  }

  /**
   * Takes a snapshot of the guest, between two calls.
   *
   * @throws {VmletError} `ERR_POISONED`, `ERR_BUSY` during a call, `ERR_CLOSED`.
   */
  snapshot(): Snapshot {
    this.#check("take a snapshot");
    this.#checkPoison("take a snapshot");
    return makeSnapshot(this, this.#machine.snapshot());
  }

  /**
   * Makes the guest what it was when the snapshot was taken: its memory, its registers, and what an earlier call left
   * in the buffers is gone. A poisoned sandbox is usable again.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no snapshot.
   * @throws {VmletError} `ERR_SNAPSHOT_MISMATCH` if it was taken of another sandbox, `ERR_BUSY` during a call,
   * `ERR_CLOSED`.
   */
  restore(snapshot: Snapshot): void {
    this.#check("restore");
    if (!(snapshot instanceof Snapshot)) {
      throw wrongType("Cannot restore: the argument is not a snapshot");
    }
    const bytes = snapshotBytes(snapshot, this);
    if (!bytes) {
      throw new VmletError(
        "ERR_SNAPSHOT_MISMATCH",
        "Cannot restore: the snapshot was taken of another sandbox",
      );
    }
    this.#machine.restore(bytes);
  }

  /** Throws unless something can be done to the guest now. */
  #check(what: string): void {
    if (this.#closed) {
      throw new VmletError("ERR_CLOSED", `Cannot ${what}: the sandbox is closed`);
    }
    if (this.#running) {
      throw new VmletError(
        "ERR_BUSY",
        `Cannot ${what}: another call of this sandbox is running, use a second sandbox`,
      );
    }
  }

  #checkPoison(what: string): void {
    if (!this.poisoned) return;
    throw new VmletError(
      "ERR_POISONED",
      `Cannot ${what}: an earlier call ended in the middle of the guest, ` +
        "so its state cannot be trusted: restore a snapshot, or create another sandbox",
    );
  }

  /** A function that calls the guest's. It has one array for the arguments of all calls, so that none is made. */
  #callable(callee: ExportedFunction): (...args: unknown[]) => Value {
    const { length } = callee.parameters;
    const values: unknown[] = new Array(length).fill(undefined);
    const call = (count: number) => {
      try {
        return this.#call(callee, values, count);
      } finally {
        // What was passed is not kept alive until the next call.
        for (let i = 0; i < length; i++) values[i] = undefined;
      }
    };
    const refuseIfRunning = () => {
      if (this.#running) this.#check(`call "${callee.name}"`);
    };
    return function () {
      // Before the values of a call that is running are overwritten.
      refuseIfRunning();
      // A rest parameter would make an array for each call.
      const given = arguments;
      for (let i = 0; i < length; i++) values[i] = given[i];
      return call(given.length);
    };
  }

  #call(callee: ExportedFunction, args: readonly unknown[], count = args.length): Value {
    const { name, parameters } = callee;
    // On the hot path: the message is put together only where it is needed.
    if (this.#closed || this.#running) this.#check(`call "${name}"`);
    if (this.poisoned) this.#checkPoison(`call "${name}"`);
    // From here on, since looking at an argument may run code of its owner's (a proxy).
    this.#running = true;
    try {
      if (count !== parameters.length) {
        throw wrongType(
          `Cannot call "${name}": it takes ${parameters.length} arguments, not ${count}`,
        );
      }
      for (let i = 0; i < parameters.length; i++) {
        checkValue(parameters[i] as ValueType, args[i], name, i);
      }
      return this.#machine.call(callee, args as readonly Value[]);
    } finally {
      this.#running = false;
    }
  }
}

/** The definitions of exports that the options give, checked; undefined where there are none. */
function definitionsOf(exports: FunctionDefinitions | undefined): Signatures | undefined {
  if (exports === undefined) return undefined;
  if (typeof exports !== "object" || exports === null) {
    throw wrongType("Cannot create a sandbox: its exports are not an object");
  }
  return new Map(
    Object.entries(exports).map(([name, it]) => [name, checkDefinition("export", name, it)]),
  );
}

function importedFunctions(imports: object | undefined): Map<string, Import> {
  const functions = new Map<string, Import>();
  if (imports === undefined) return functions;
  if (typeof imports !== "object" || imports === null) {
    throw wrongType("Cannot create a sandbox: its imports are not an object");
  }
  for (const [name, definition] of Object.entries(imports)) {
    const { parameters, result } = checkDefinition("import", name, definition);
    const callback: unknown = definition.callback;
    if (typeof callback !== "function") {
      throw wrongType(`Cannot define import "${name}": its callback is not a function`);
    }
    const call = callback as Import["callback"];
    functions.set(name, { parameters, result, callback: call, encoder: new ResultEncoder(result) });
  }
  return functions;
}

function memorySizes(memory: MemoryOptions = {}): Required<MemoryOptions> {
  if (typeof memory !== "object" || memory === null) {
    throw wrongType("Cannot create a sandbox: memory is not an object");
  }
  const sizes = { ...MEMORY_DEFAULTS };
  for (const key of Object.keys(MEMORY_DEFAULTS) as (keyof MemoryOptions)[]) {
    const size: unknown = memory[key];
    if (size === undefined) continue;
    if (typeof size !== "number") {
      throw wrongType(`Cannot create a sandbox: memory.${key} is not a number of bytes`);
    }
    if (!Number.isSafeInteger(size) || size < MEMORY_MINIMUM || size > MEMORY_LIMIT) {
      throw outOfRange(
        `Cannot create a sandbox: memory.${key} is ${size}, and it may be ${MEMORY_MINIMUM} to ${MEMORY_LIMIT} bytes`,
      );
    }
    sizes[key] = size;
  }
  return sizes;
}
