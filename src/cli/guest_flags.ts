/** How guests are compiled and linked: what scripts/guests.ts and `vmlet build` have in common. */

/**
 * Flags of `zig cc` for a guest of any language. Beside these, the caller names the kit's folder and its folder
 * `include` with `-I`. `-fhosted` is true, since the kit has the library that compilers count on, and without it a
 * `memcpy` of four bytes would be a call. zig turns assertions off at `-O2`, hence `-UNDEBUG`. Arithmetic that neither
 * the CPU nor the kit has comes from zig.
 */
export const KIT_FLAGS: readonly string[] = [
  ...["-target", "x86_64-freestanding-none", "-O2"],
  ...["-fhosted", "-UNDEBUG", "-fPIE", "-pie", "-fvisibility=hidden"],
  ...["-fno-sanitize=undefined", "-fno-stack-protector"],
  ...["-fno-asynchronous-unwind-tables", "-fno-unwind-tables"],
  ...["-ffunction-sections", "-fdata-sections", "-Wl,--gc-sections"],
  ...["-Wl,-e,vmlet_start", "-Wl,--build-id=none", "-Wl,-z,noexecstack", "-Wl,-s"],
];

/** Flags for C, behind {@linkcode KIT_FLAGS}. */
export const C_FLAGS: readonly string[] = ["-std=gnu11"];

/** Flags for C++, behind {@linkcode KIT_FLAGS}: what needs a runtime library is off. */
export const CXX_FLAGS: readonly string[] = [
  ...["-std=gnu++17", "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics"],
];

/**
 * Flags for a guest that runs at ring 0, as those of Hyperlight v0.11 do, behind {@linkcode KIT_FLAGS}. Such a guest
 * leaves SSE and x87 alone, which not every KVM runs there: `soft_float` passes numbers with a point in general
 * registers, and zig's library, which is built with the same flags, computes them. Below the stack is one guard page,
 * which no frame may step over; clang itself knows that flag for the systems alone that it has heard of.
 */
export const RING0_FLAGS: readonly string[] = [
  ...["-DVMLET_RING0", "-mcpu=x86_64+soft_float-sse-sse2-mmx-x87"],
  ...["-Xclang", "-fstack-clash-protection"],
];
