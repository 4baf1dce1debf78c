/** What a guest may have found out about its CPU, and what another machine's CPU lacks of it. */

import { platformHere } from "../driver/platform.ts";

/** Registers of CPUID. */
const REGISTERS = ["eax", "ebx", "ecx", "edx"] as const;

/** The leaves of CPUID whose bits are features, and the registers that have them (Intel SDM volume 2, CPUID). */
const FEATURES: readonly (readonly [leaf: number, index: number, registers: string])[] = [
  [1, 0, "ecx edx"],
  [7, 0, "ebx ecx edx"],
  [7, 1, "eax ebx ecx edx"],
  [7, 2, "edx"],
  [13, 1, "eax"],
  [0x8000_0001, 0, "ecx edx"],
  [0x8000_0008, 0, "ebx"],
];

/** Bits that tell of the moment, not of the CPU: CPUID.1:ECX.OSXSAVE. */
const OSXSAVE = 1 << 27;

/** The names of those that most programs ask for. */
const NAMES: Readonly<Record<string, string>> = {
  "1.0.ecx.0": "SSE3",
  "1.0.ecx.1": "PCLMULQDQ",
  "1.0.ecx.9": "SSSE3",
  "1.0.ecx.12": "FMA",
  "1.0.ecx.13": "CMPXCHG16B",
  "1.0.ecx.19": "SSE4.1",
  "1.0.ecx.20": "SSE4.2",
  "1.0.ecx.22": "MOVBE",
  "1.0.ecx.23": "POPCNT",
  "1.0.ecx.25": "AES",
  "1.0.ecx.28": "AVX",
  "1.0.ecx.29": "F16C",
  "1.0.ecx.30": "RDRAND",
  "7.0.ebx.3": "BMI1",
  "7.0.ebx.5": "AVX2",
  "7.0.ebx.8": "BMI2",
  "7.0.ebx.16": "AVX-512F",
  "7.0.ebx.18": "RDSEED",
  "7.0.ebx.19": "ADX",
  "7.0.ebx.29": "SHA",
  "7.0.ebx.30": "AVX-512BW",
  "7.0.ebx.31": "AVX-512VL",
  "7.0.ecx.8": "GFNI",
  "7.0.ecx.9": "VAES",
  "80000001.0.ecx.5": "LZCNT",
};

/** What guests see of this machine's CPU. Numbers have 32 bits, by the name of the leaf, its index and the register. */
export interface CpuFeatures {
  readonly bits: Readonly<Record<string, number>>;
  /** XCR0: the parts of the extended state, of which a guest may know how much room they take. */
  readonly xcr0: number;
}

/**
 * What guests of this machine see.
 *
 * @throws {VmletError} `ERR_NO_HYPERVISOR`.
 */
export function cpuFeatures(): CpuFeatures {
  const { cpuid, xcr0 } = platformHere();
  const bits: Record<string, number> = {};
  for (const entry of cpuid.entries) {
    const known = FEATURES.find(([leaf, index]) =>
      leaf === entry.function && index === entry.index
    );
    if (!known) continue;
    for (const register of REGISTERS.filter((it) => known[2].includes(it))) {
      const isFirst = entry.function === 1 && register === "ecx";
      const value = (isFirst ? entry[register] & ~OSXSAVE : entry[register]) >>> 0;
      if (value !== 0) bits[`${entry.function.toString(16)}.${entry.index}.${register}`] = value;
    }
  }
  return { bits, xcr0: Number(xcr0) };
}

/** What the first CPU has and the second has not, in words; undefined if a guest of the first one can go on there. */
export function missingFeatures(wanted: CpuFeatures, here: CpuFeatures): string | undefined {
  const missing: string[] = [];
  for (const [name, value] of Object.entries(wanted.bits)) {
    const lost = value & ~(here.bits[name] ?? 0);
    for (let bit = 0; bit < 32; bit++) {
      if ((lost >>> bit & 1) === 0) continue;
      missing.push(NAMES[`${name}.${bit}`] ?? `CPUID ${name} bit ${bit}`);
    }
  }
  if (missing.length > 0) {
    const more = missing.length > 8 ? ` and ${missing.length - 8} more` : "";
    return `the CPU has no ${missing.slice(0, 8).join(", ")}${more}`;
  }
  if (wanted.xcr0 === here.xcr0) return undefined;
  const hex = (value: number) => `0x${value.toString(16)}`;
  return `the CPU's extended state is ${hex(here.xcr0)} (XCR0) instead of ${hex(wanted.xcr0)}`;
}
