/** What an exit of the guest means to its driver, and the error of one that ends a call out of order. */

import { type Access, VmletError } from "../ffi/mod.ts";
import { describeExit } from "../kvm/exit.ts";
import type { Debug, Exit, IoOut } from "../kvm/mod.ts";
import { describeFlags, type MemoryRegion, type Regions } from "./regions.ts";

/** Why a guest stopped for its debugger. */
export interface DebugStop {
  /**
   * `entry`: the breakpoint at the entry point; `breakpoint`: one of the debug registers; `step`: a single step;
   * `int3`: the instruction; `pause`: {@linkcode InterruptHandle.pause}.
   */
  readonly reason: "entry" | "breakpoint" | "step" | "int3" | "pause";
  /** The guest's instruction pointer. */
  readonly rip: bigint;
  /** DR6, which tells the breakpoints apart; 0 where none was hit. */
  readonly dr6: bigint;
}

/** Why one KVM_RUN ended, as far as a driver tells it apart. */
export type DriverExit =
  /** The guest halted: the end of its call. */
  | { readonly type: "halt" }
  /** The guest wrote to a port. */
  | IoOut
  /** The guest touched memory as the region there forbids. */
  | {
    readonly type: "access-violation";
    readonly address: bigint;
    readonly access: Access;
    readonly region: MemoryRegion;
  }
  /** The guest touched an address where no region is. */
  | { readonly type: "mmio"; readonly address: bigint; readonly access: Access }
  /** The guest stopped for its debugger. */
  | { readonly type: "debug"; readonly stop: DebugStop }
  /** A kill ended the call. */
  | { readonly type: "cancelled" }
  /** A signal that meant another guest, or an earlier call: the guest goes on as if nothing was. */
  | { readonly type: "retry" }
  /** Everything that no guest in order does. */
  | { readonly type: "unknown"; readonly exit: Exit };

/** DR6.BS: a single step. */
const DR6_STEP = 1n << 14n;
const INT3 = 3;

/** What an exit means. `entryPoint` is where a breakpoint of the driver's own is, if it has one. */
export function classify(
  exit: Exit,
  regions: Regions,
  entryPoint: number | undefined,
): DriverExit {
  switch (exit.type) {
    case "halt":
      return { type: "halt" };
    case "io-out":
      return exit;
    case "interrupted":
      return { type: "retry" };
    case "debug":
      return { type: "debug", stop: stopOf(exit, entryPoint) };
    case "mmio-read":
    case "mmio-write": {
      const access = exit.type === "mmio-read" ? "read" : "write";
      const { address } = exit;
      const region = regions.violated(Number(address), access);
      return region
        ? { type: "access-violation", address, access, region }
        : { type: "mmio", address, access };
    }
    default:
      return { type: "unknown", exit };
  }
}

function stopOf({ exception, pc, dr6 }: Debug, entryPoint: number | undefined): DebugStop {
  const reason = exception === INT3
    ? "int3"
    : dr6 & DR6_STEP
    ? "step"
    : entryPoint !== undefined && pc === BigInt(entryPoint)
    ? "entry"
    : "breakpoint";
  return { reason, rip: pc, dr6 };
}

/**
 * What a write to a port wrote: one number for each element of a string instruction.
 *
 * @throws {VmletError} `ERR_UNEXPECTED_EXIT` if KVM gives no data, or not as much as it says.
 */
export function outValues({ port, size, count, data }: Omit<IoOut, "type">): number[] {
  if (data.length === 0 || data.length !== size * count) {
    throw new VmletError(
      "ERR_UNEXPECTED_EXIT",
      `The guest wrote to port ${port}, and KVM gives ${data.length} bytes for ${count} elements of ${size}`,
      { port },
    );
  }
  return Array.from({ length: count }, (_, element) => {
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + (data[element * size + i] as number);
    return value;
  });
}

const hex = (value: bigint | number) => `0x${value.toString(16)}`;

/** The error of a guest that overflowed its stack. */
export function stackOverflow(rip: bigint, address?: bigint): VmletError {
  return new VmletError(
    "ERR_STACK_OVERFLOW",
    `Guest crashed: stack overflow at instruction ${
      hex(rip)
    }, give it more with memory.stack or recurse less`,
    address === undefined ? { rip } : { address, rip },
  );
}

/** The error of an access that the region at the address forbids, or of one where no region is. */
export function memoryAccess(
  { address, access }: { readonly address: bigint; readonly access: Access },
  region: MemoryRegion | undefined,
  rip: bigint,
): VmletError {
  const where = region
    ? `${region.name}, ${
      region.flags[access]
        ? "whose memory is gone: a mapped file has become shorter"
        : `whose rights are: ${describeFlags(region.flags)}`
    }`
    : "where no memory is";
  return new VmletError(
    "ERR_MEMORY_ACCESS",
    `Guest crashed: ${access} at physical address ${hex(address)} at instruction ${
      hex(rip)
    }: ${where}`,
    { address, access, rip },
  );
}

/** The error of an exit that no guest in order causes. */
export function unexpectedExit(exit: Exit, rip: bigint): VmletError {
  const at = `at instruction ${hex(rip)}`;
  if (exit.type === "io-in") {
    return new VmletError(
      "ERR_FORBIDDEN_PORT",
      `Guest crashed: read from port ${exit.port} ${at}`,
      { port: exit.port, rip },
    );
  }
  const crash = exit.type === "shutdown" ? "triple fault, " : "";
  const advice = exit.type === "internal-error" && exit.instruction && isFloat(exit.instruction)
    ? ": KVM emulates no floating-point and vector instructions, so where it emulates ring 0, build " +
      "the guest without them: C with -mno-implicit-float, floats by software"
    : "";
  return new VmletError(
    "ERR_UNEXPECTED_EXIT",
    `Guest crashed: ${crash}${describeExit(exit)} ${at}${advice}`,
    { rip },
  );
}

/** Whether code begins with an instruction of x87, MMX, SSE or AVX (Intel SDM volume 2, appendix A), behind any prefixes. */
export function isFloat(code: Uint8Array): boolean {
  const start = code.findIndex((byte) => !isPrefix(byte));
  if (start < 0) return false;
  const [first = 0, second = 0, third = 0] = code.subarray(start);
  // x87; VEX and EVEX.
  if ((first & 0xf8) === 0xd8 || first === 0xc4 || first === 0xc5 || first === 0x62) return true;
  if (first !== 0x0f) return false;
  if (second === 0x38 || second === 0x3a) return third < 0xf0;
  return [[0x10, 0x17], [0x28, 0x2f], [0x50, 0x7f], [0xc2, 0xc2], [0xc4, 0xc6], [0xd0, 0xfe]]
    .some(([from = 0, to = 0]) => second >= from && second <= to);
}

/** Sizes, repetition, segments, and REX. */
function isPrefix(byte: number): boolean {
  return (byte & 0xf0) === 0x40 || (byte >= 0x64 && byte <= 0x67) ||
    [0x26, 0x2e, 0x36, 0x3e, 0xf2, 0xf3].includes(byte);
}
